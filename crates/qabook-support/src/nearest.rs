//! What may be meant by a misspelt name.

/// The one of `known` that differs from `name` in a letter, or in as many as a third of it, whatever its case; `None` when none
/// is so near.
#[must_use]
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let name = name.to_lowercase();
    let most = (name.chars().count() / 3).max(1);
    let distances = known.into_iter().map(|one| (strsim::osa_distance(&name, &one.to_lowercase()), one));
    distances.filter(|(distance, _)| *distance <= most).min_by_key(|(distance, _)| *distance).map(|(_, one)| one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_and_no_other() {
        let known = ["strict", "storage", "pdf", "Navy"];
        for (name, found) in [
            ("strct", Some("strict")),
            ("strcit", Some("strict")),
            ("pdff", Some("pdf")),
            ("navy", Some("Navy")),
            ("x", None),
            ("", None),
            ("sorting", None),
        ] {
            assert_eq!(nearest(name, known), found, "{name}");
        }
    }
}
