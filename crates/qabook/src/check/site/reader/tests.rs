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
    let page = read("a.html", &format!("<p>外</p><main>{main}</main><p>外</p>"));
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
    let page = read(
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
        let page = read("a.html", &(pieces.concat() + text.as_str()));
        super::super::marks::check(&page, &[]);
        super::super::text::check(&page);
        super::super::metadata::check(&page);
    }
}

#[test]
fn odd_html_does_no_harm() {
    for html in ["", "<", "<main", "</main></p>", "<main><code>", "<script>", "<!--", "<title>", "\0", "<style>@import"]
    {
        read("a.html", html);
    }
}
