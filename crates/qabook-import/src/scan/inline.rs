//! Names that links lead to.

use regex::Regex;
use std::sync::LazyLock;

static NAME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?i)<[a-z][a-z0-9]*\s[^>]*?\b(?:name|id)\s*=\s*["']?([^"'\s>]+)"#).ok());

/// The values of `name` and `id` in HTML.
pub(super) fn names(html: &str) -> Vec<String> {
    let found = NAME.iter().flat_map(|name| name.captures_iter(html));
    found.filter_map(|captures| captures.get(1).map(|name| name.as_str().to_string())).collect()
}

/// What GitHub leaves out of anchors: letters keep their marks, as those of Hindi.
static LEFT_OUT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[^\p{L}\p{M}\p{Nd}\p{Pc}\- ]").ok());

/// The anchor that GitHub makes of a heading's text.
pub(crate) fn github_slug(title: &str) -> String {
    let lower = title.to_lowercase();
    let kept = LEFT_OUT.as_ref().map_or(lower.trim().into(), |left_out| left_out.replace_all(lower.trim(), ""));
    kept.replace(' ', "-")
}
