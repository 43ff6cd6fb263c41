//! A page as the checks need it, read in one pass.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};
use std::collections::HashMap;

use super::reader::{Reader, Sink};
use super::references::Reference;

/// What a page says and refers to.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its path in the site.
    pub(super) path: String,
    /// Whether it has a `<main>`, as every page for readers has; redirects and mdBook's `toc.html` have none.
    pub(super) has_main: bool,
    /// Whether it sends the reader to another page.
    pub(super) is_redirect: bool,
    /// The `href` of `<base>`.
    pub(super) base: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    /// Every id with the line where it first stands.
    pub(super) ids: HashMap<String, usize>,
    /// Ids that stand once more, with that line.
    pub(super) duplicate_ids: Vec<(String, usize)>,
    /// Lines with an empty id, and the text behind it.
    pub(super) empty_ids: Vec<(usize, String)>,
    /// Ids that readers link to: of headings and terms. Those of programs and diagrams are counted through and move.
    pub(super) anchors: Vec<String>,
    pub(super) references: Vec<Reference>,
    /// The text of `<main>`.
    pub(super) blocks: Vec<Block>,
}

/// Text that is read as one: of a paragraph, heading, table cell.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) line: usize,
    /// The text with [`STAND_IN`] in the place of code and formulas.
    pub(super) text: String,
    /// Whether it is the title of an alert.
    pub(super) is_alert_title: bool,
}

/// Stands for what isn't prose: code, formulas, forced line breaks.
pub(super) const STAND_IN: char = '\u{fffc}';

impl Page {
    /// Reads the page at `path`.
    pub(super) fn parse(path: &str, html: &str) -> Self {
        let page = Self { path: path.to_string(), ..Self::default() };
        let tokenizer = Tokenizer::new(Sink::new(Reader::new(page)), TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(html));
        // The tokenizer stops at the end of a script and wants to be called again.
        while !input.is_empty() {
            let _ = tokenizer.feed(&input);
        }
        tokenizer.end();
        tokenizer.sink.into_reader().finish()
    }

    /// Whether its language is Chinese.
    pub(super) fn is_chinese(&self) -> bool {
        self.lang.as_deref().is_some_and(|lang| lang.starts_with("zh"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Pieces of HTML that pull against each other.
    #[rustfmt::skip]
    const PIECES: &[&str] = &[
        "<main>", "</main>", "<p>", "</p>", "<code>", "</code>", "<pre>", "</pre>", "<script>", "</script>", "<style>@import '",
        "</style>", "<title>", "</title>", "<svg>", "<math>", "<h2 id=\"\">", "<i id=a>", "<br>", "<!--", "-->", "<", ">", "&", "\"",
        "汉", "，", "\n", " ", "**", "“", "”", "{{", "$$", "<a href='", "<img srcset='a 1x, ", "<base href=", "\0", "<iframe>",
    ];

    fn blocks(main: &str) -> Vec<String> {
        let page = Page::parse("a.html", &format!("<p>外</p><main>{main}</main><p>外</p>"));
        page.blocks.into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn blocks_are_the_prose_of_main() {
        assert_eq!(
            blocks(
                "<h2 id=\"a\"><a href=\"#a\">甲</a></h2><p>乙<code>**</code>丙<em>丁</em></p><pre>x<code>y</code></pre><ul><li>戊<ul><li>己"
            ),
            ["甲", "乙\u{fffc}丙丁", "\u{fffc}", "戊", "己"]
        );
        assert_eq!(blocks("<script>'<p>x</p>'</script><style>a{}</style>&amp;甲"), ["\u{fffc}\u{fffc}&甲"]);
        assert_eq!(blocks("<math><mi>x</mi><annotation>**</annotation></math>"), ["\u{fffc}"]);
    }

    #[test]
    fn metadata_and_ids_are_read() {
        let page = Page::parse(
            "a.html",
            "<html lang=\"zh-CN\"><title>甲 &lt; 乙</title>\n<meta name=description content=\"丙\">\n\
             <base href=\"/b/\"><main><h1 id=x>标题</h1>\n<h2 id=\"\">？！</h2><p id=x><svg><title>图</title></svg>",
        );
        assert_eq!(page.lang.as_deref(), Some("zh-CN"));
        assert_eq!(page.title.as_deref(), Some("甲 < 乙"));
        assert_eq!((page.description.as_deref(), page.base.as_deref()), (Some("丙"), Some("/b/")));
        assert_eq!((page.ids["x"], &page.anchors[..]), (3, &["x".to_string()][..]));
        assert_eq!((page.duplicate_ids, page.empty_ids), (vec![("x".into(), 4)], vec![(4, "？！".into())]));
    }

    proptest! {
        #[test]
        fn arbitrary_html_does_no_harm(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24), text in any::<String>()) {
            let page = Page::parse("a.html", &(pieces.concat() + &text));
            super::super::text::check(&page);
            super::super::metadata::check(&page);
        }
    }

    #[test]
    fn odd_html_does_no_harm() {
        for html in
            ["", "<", "<main", "</main></p>", "<main><code>", "<script>", "<!--", "<title>", "\0", "<style>@import"]
        {
            Page::parse("a.html", html);
        }
    }
}
