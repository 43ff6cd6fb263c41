//! Heading ids that say what the heading says.

use pinyin::ToPinyin;
use std::collections::{HashMap, HashSet};

/// What a heading without a letter or digit is called.
const NAMELESS: &str = "section";

/// The id for a heading's `text`: 汉字 by their pinyin, letters and digits of other scripts in lower case, hyphens between.
///
/// A 汉字 with several readings gets its most common one.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::new();
    let mut after_word = false;
    for c in text.chars() {
        if let Some(pinyin) = c.to_pinyin() {
            separate(&mut slug);
            // Written as it is typed: ü by the key v.
            slug.extend(pinyin.plain().chars().map(|c| if c == 'ü' { 'v' } else { c }));
            after_word = false;
        } else if c.is_alphanumeric() {
            if !after_word {
                separate(&mut slug);
            }
            slug.extend(c.to_lowercase());
            after_word = true;
        } else if c != '\'' && c != '’' {
            after_word = false;
        }
    }
    if slug.is_empty() { NAMELESS.into() } else { slug }
}

fn separate(slug: &mut String) {
    if !slug.is_empty() {
        slug.push('-');
    }
}

/// `slug`, with `-2`, `-3` … after it when it is already taken on the page; `counts` holds the last number of each.
pub(crate) fn unique(slug: &str, taken: &mut HashSet<String>, counts: &mut HashMap<String, usize>) -> String {
    let count = counts.entry(slug.to_string()).or_insert(0);
    loop {
        *count += 1;
        let id = if *count == 1 { slug.to_string() } else { format!("{slug}-{count}") };
        if taken.insert(id.clone()) {
            return id;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_says_what_the_heading_says() {
        for (heading, id) in [
            ("三次握手", "san-ci-wo-shou"),
            ("TCP 的 TIME_WAIT 状态", "tcp-de-time-wait-zhuang-tai"),
            ("mdBook 0.5.4：女排", "mdbook-0-5-4-nv-pai"),
            ("I/O多路复用（epoll）", "i-o-duo-lu-fu-yong-epoll"),
            ("Don’t panic", "dont-panic"),
            ("Élan Ω", "élan-ω"),
            ("？！", "section"),
            ("", "section"),
        ] {
            assert_eq!(slug(heading), id, "{heading}");
        }
    }

    #[test]
    fn no_id_is_given_twice() {
        let mut taken = HashSet::from(["a-2".to_string()]);
        let mut counts = HashMap::new();
        let ids: Vec<String> = (0..3).map(|_| unique("a", &mut taken, &mut counts)).collect();
        assert_eq!(ids, ["a", "a-3", "a-4"]);
    }
}
