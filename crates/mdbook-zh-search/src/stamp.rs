//! Tells a page which index and which client are its own.
//!
//! Their names are in the page itself: a file that named them could be newer or older in a cache than the page, and a
//! page, its client and its index belong together.

use std::fs;
use std::io::Write;
use std::path::Path;

use crate::error::Error;
use crate::files::PREFIX;

/// Every line that a stamp adds begins with one of these.
const LINES: [&str; 2] = ["<link data-zh-search ", "<script data-zh-search "];

/// What stands for the name of an index that isn't known yet. As long and as random as one, so that a page weighs what it will.
const LATER: &str = "zh-search-b7e151628aed";

/// What each page of an indexed site is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The name of the client's files, without their endings.
    pub(crate) client: String,
    /// The name of the index folder.
    pub(crate) index: String,
}

impl Stamp {
    /// The stamp of the same client for a page that learns by [`Stamp::complete`] which index is its own.
    #[must_use]
    pub fn without_index(&self) -> Self {
        Self { client: self.client.clone(), index: LATER.into() }
    }

    /// The HTML `page`, stamped by [`Stamp::without_index`], with the name of the index; another stays as it is.
    #[must_use]
    pub fn complete(&self, page: &str) -> String {
        let [_, script] = LINES;
        let attribute = |index: &str| format!("{script}data-index=\"{index}\"");
        page.replacen(&attribute(LATER), &attribute(&self.index), 1)
    }

    /// Writes the names into the head of the page at `path`, which has this address in the site; an earlier stamp goes.
    pub(crate) fn put(&self, address: &str, path: &Path) -> Result<(), Error> {
        let io = |source| Error::io(path, source);
        let Ok(page) = String::from_utf8(fs::read(path).map_err(io)?) else { return Ok(()) };
        let Some(stamped) = self.stamped(address, &page) else { return Ok(()) };
        // A reader of the folder never sees half a page.
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(io)?;
        file.write_all(stamped.as_bytes()).map_err(io)?;
        let permissions = fs::metadata(path).map_err(io)?.permissions();
        fs::set_permissions(file.path(), permissions).map_err(io)?;
        file.persist(path).map_err(|error| io(error.error))?;
        Ok(())
    }

    /// The HTML `page`, which has this address in the site, with the names in its head; `None` when there is nothing to
    /// change: no head, no `<main>`, or the same stamp already.
    #[must_use]
    pub fn stamped(&self, address: &str, page: &str) -> Option<String> {
        let root = "../".repeat(address.matches('/').count());
        let (head, rest) = page.split_once("</head>").filter(|(_, rest)| rest.contains("<main"))?;
        let ours = |line: &str| LINES.iter().any(|start| line.starts_with(start));
        let mut stamped: String = head.split_inclusive('\n').filter(|line| !ours(line)).collect();
        if !stamped.ends_with('\n') {
            stamped.push('\n');
        }
        let Self { client, index } = self;
        let [link, script] = LINES;
        debug_assert!(client.starts_with(PREFIX) && index.starts_with(PREFIX), "names of ours need no escaping");
        stamped.push_str(&format!("{link}rel=\"stylesheet\" href=\"{root}{client}.css\">\n"));
        stamped.push_str(&format!("{script}data-index=\"{index}\" defer src=\"{root}{client}.start.js\"></script>\n"));
        stamped.push_str("</head>");
        stamped.push_str(rest);
        (stamped != page).then_some(stamped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head>\n    </head><body><main></main>";

    fn stamp(index: &str) -> Stamp {
        Stamp { client: "zh-search-c".into(), index: index.into() }
    }

    #[test]
    fn an_index_may_be_told_later() {
        let stamp = stamp("zh-search-1");
        let later = stamp.without_index().stamped("a/b.html", PAGE).unwrap();
        assert_eq!(stamp.complete(&later), stamp.stamped("a/b.html", PAGE).unwrap());
        // A text about it is no stamp.
        let text = later.replace("<main>", &format!("<main>{LATER}"));
        assert_eq!(stamp.complete(&text).matches(LATER).count(), 1);
        assert_eq!(stamp.complete(PAGE), PAGE);
    }

    #[test]
    fn a_page_names_its_index_once() {
        let once = stamp("zh-search-1").stamped("a/b.html", PAGE).unwrap();
        assert_eq!(
            once,
            "<head>\n    \n<link data-zh-search rel=\"stylesheet\" href=\"../zh-search-c.css\">\n\
             <script data-zh-search data-index=\"zh-search-1\" defer src=\"../zh-search-c.start.js\"></script>\n\
             </head><body><main></main>"
        );
        assert_eq!(stamp("zh-search-1").stamped("a/b.html", &once), None);
        let newer = stamp("zh-search-2").stamped("a/b.html", &once).unwrap();
        assert_eq!(newer, once.replace("zh-search-1", "zh-search-2"));
    }

    #[test]
    fn what_is_no_page_stays_as_it_is() {
        for other in ["", "<main>", "<head></head>", "</head>"] {
            assert_eq!(stamp("zh-search-1").stamped("b.html", other), None);
        }
    }
}
