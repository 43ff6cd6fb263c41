//! The search's reader of pages: pages of any mdBook, with the HTML that its authors write.

use mdbook_zh_search::{Config, index};
use qabook_words::Words;

use crate::input::try_all;

const PIECES: &[&str] = &[
    "<main>",
    "</main>",
    "<h1 id=\"a\">",
    "</h1>",
    "<h2>",
    "</h2>",
    "<p>",
    "</p>",
    "<p data-aliases=\"",
    "\">",
    "<header>",
    "</header>",
    "<pre><code class=\"language-rust\">",
    "</code></pre>",
    "<script>",
    "</script>",
    "<style>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<svg>",
    "<title>",
    "</title>",
    "<math>",
    "<annotation>",
    "</math>",
    "<template>",
    "<plaintext>",
    "<textarea>",
    "&amp;",
    "&#0;",
    "&#xd800;",
    "&nosuch;",
    "<meta name=\"keywords\" content=\"a,b\">",
    "<div hidden>",
    "<a href=\"?x#y\">",
    "<",
    ">",
    "/",
    "=",
    "'",
    "汉字",
    "中文分词",
    "c++",
    "TIME-WAIT",
    "\u{301}",
    "ﬁ",
    "İ",
    "🦀",
    "\u{0}",
    "\n",
    " ",
    "<td>",
    "<li>",
    "<br/>",
    "<p data-no-index>",
];

#[test]
fn of_pages() {
    let site = tempfile::tempdir().unwrap();
    let words = Words::of_language("zh-CN");
    try_all("search", PIECES, |text| {
        for (file, page) in [
            ("index.html", format!("<html><head><title>A</title></head><body><main>{text}</main></body></html>")),
            ("raw.html", text.to_string()),
        ] {
            std::fs::write(site.path().join(file), page).unwrap();
        }
        if let Err(error) = index(site.path(), &Config::default(), &words) {
            assert!(!error.to_string().is_empty());
        }
    });
}
