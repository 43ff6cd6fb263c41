//! Where the tags are: their ids, and the pages that they fill.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::entry::Entry;
use crate::paging;

/// Bytes that a question takes on a page of tags, besides its title and twice its name.
const TAG_ITEM: usize = 100;

/// On which of the pages of tags each of `tags` is, from 0, by what the items of their questions weigh.
pub(crate) fn pages(tags: &BTreeMap<&str, Vec<&Entry>>) -> HashMap<String, usize> {
    let item = |entry: &&Entry| 2 * entry.slug.len() + entry.title.len() + TAG_ITEM;
    let section = |(tag, entries): (&&str, &Vec<&Entry>)| 3 * tag.len() + entries.iter().map(item).sum::<usize>();
    let sizes: Vec<usize> = tags.iter().map(section).collect();
    let runs = paging::runs(&sizes, paging::LIMIT).into_iter().enumerate();
    let pages = runs.flat_map(|(page, run)| run.map(move |_| page));
    tags.keys().map(ToString::to_string).zip(pages).collect()
}

/// An id for each tag: `tag-` and the tag in lower case, with a number where two would be the same.
pub(crate) fn ids<'a>(tags: impl Iterator<Item = &'a str>) -> HashMap<String, String> {
    let mut taken = HashSet::new();
    let mut ids = HashMap::new();
    for tag in tags {
        let base: String = tag.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        let mut id = format!("tag-{base}");
        let mut count = 1;
        while !taken.insert(id.clone()) {
            count += 1;
            id = format!("tag-{base}-{count}");
        }
        ids.insert(tag.to_string(), id);
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_tags_share_an_id() {
        let ids = ids(["C", "C++", "C--", "网络 IO"].into_iter());
        let ids = ["C", "C++", "C--", "网络 IO"].map(|tag| ids[tag].as_str());
        assert_eq!(ids, ["tag-c", "tag-c--", "tag-c---2", "tag-网络-io"]);
    }
}
