//! Pages, good and broken.

use super::*;

fn main(html: &str) -> Page {
    Page::parse(&format!("<title>书</title><nav>菜单</nav><main>{html}</main>页脚")).unwrap()
}

fn texts(section: &Section) -> Vec<&str> {
    section.blocks.iter().map(|block| block.text.as_str()).collect()
}

#[test]
fn headings_open_sections_and_only_main_is_read() {
    let page = main("<h1 id=a>死锁</h1><p>一</p><h2 id=b>成<em>因</em></h2><p>二</p><h4>细</h4><ul><li>三<li>四</ul>");
    assert_eq!(page.title, "死锁");
    let found: Vec<_> = page.sections.iter().map(|s| (s.anchor.as_str(), s.heading.as_str(), texts(s))).collect();
    assert_eq!(found[1..], [("a", "死锁", vec!["一"]), ("b", "成因", vec!["二", "细", "三", "四"])]);
}

#[test]
fn a_heading_without_an_id_links_to_the_section_above() {
    let page = main("<h1 id=top>a</h1><h2>b</h2><p>c</p>");
    assert_eq!(page.sections[2].anchor, "top");
}

#[test]
fn entities_and_highlighted_code_read_as_text() {
    let page = main("<pre><code><span>let</span> a = <span>&amp;b</span>;\n\n  c&lt;d&gt;</code></pre>");
    assert_eq!(page.sections[0].blocks[0], Block { kind: Kind::Code, text: "let a = &b;".into(), place: None });
    assert_eq!(texts(&page.sections[0]), ["let a = &b;", "c<d>"]);
}

#[test]
fn a_line_break_between_han_is_no_space() {
    assert_eq!(tidy(" 三次\n握手 TCP\n协议 的 一 "), "三次握手 TCP 协议 的 一");
}

#[test]
fn scripts_and_styles_are_not_text_and_formulas_are_hidden() {
    let page = main("<script>var 脚本 = '<p>'</script><math>x<annotation>\\frac</annotation></math><p>正文</p>");
    assert_eq!(texts(&page.sections[0]), ["正文"]);
    assert!(page.hidden.contains("\\frac"), "{:?}", page.hidden);
}

#[test]
fn what_only_repeats_other_pages_is_left_out() {
    let page = main("<p>一<img data-no-index>二</p><div data-no-index><div>三</div><h2>四</h2><p>五</div><p>六</p>");
    assert_eq!(texts(&page.sections[0]), ["一", "二", "六"]);
    assert_eq!((page.sections.len(), page.hidden.trim()), (1, ""));
}

#[test]
fn aliases_and_keywords_are_collected() {
    let page = Page::parse("<meta name=keywords content='a,b'><main><header data-aliases='粘包'>题</header></main>");
    let page = page.unwrap();
    assert_eq!(page.keywords, "a,b\n粘包\n");
    assert_eq!(page.sections[0].blocks, [Block { kind: Kind::Lead, text: "题".into(), place: None }]);
}

#[test]
fn what_is_no_page_is_none_and_broken_html_is_read_as_far_as_it_goes() {
    for no_page in ["", "plain text", "<p>x", "\u{0}\u{1}<<<>>", "<main"] {
        assert_eq!(Page::parse(no_page), None, "{no_page:?}");
    }
    let page = Page::parse("<main><h1>题<p>文</main></main></p><h2 id=>x").unwrap();
    assert_eq!(page.title, "题");
    assert_eq!(Page::parse("<main></main>").unwrap().title, "");
}

/// The places of the first section: id, what it begins with, its blocks.
fn places(html: &str) -> Vec<(String, String, Vec<String>)> {
    let page = main(&format!("<h2 id=s>节</h2>{html}"));
    let section = page.sections.last().unwrap();
    let blocks = |place: usize| {
        section.blocks.iter().filter(|block| block.place == Some(place)).map(|block| block.text.clone()).collect()
    };
    let places = section.places.iter().enumerate();
    places.map(|(index, place)| (place.anchor.clone(), place.heading.clone(), blocks(index))).collect()
}

#[test]
fn smaller_headings_questions_in_bold_rows_and_terms_are_places() {
    let own = |anchor: &str, heading: &str, blocks: &[&str]| {
        (anchor.to_string(), heading.to_string(), blocks.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    assert_eq!(places("<h4 id=a><a href=#a>细</a></h4><p>一</p><pre>码</pre>"), [own("a", "细", &["细", "一", "码"])]);
    assert_eq!(
        places("<p>前</p><p><span id=b></span><strong>为什么？</strong> 因为。</p><p>还有。</p>"),
        [own("b", "为什么？", &["为什么？ 因为。", "还有。"])]
    );
    assert_eq!(
        places(
            "<table><thead><tr><th>词<th>义</tr></thead><tbody><tr><td><span id=c></span>甲</td><td>一</td></tr></tbody></table><p>后</p>"
        ),
        [own("c", "甲", &["甲", "一"])]
    );
    assert_eq!(places("<dl><dt id=d>词</dt><dd>义</dd></dl><p>后</p>"), [own("d", "词", &["词", "义"])]);
    assert_eq!(
        places("<p><b>Why?</b> So.</p>"),
        [own("s", "Why?", &["Why? So."])],
        "without an id, that of the section"
    );
}

#[test]
fn other_bold_text_is_no_place() {
    for html in
        ["<p><strong>一句话</strong>够了</p>", "<p>答：<b>为什么？</b></p>", "<ul><li><p><b>为什么？</b></p></ul>"]
    {
        assert_eq!(places(html), [], "{html}");
    }
}

#[test]
fn what_is_asked_may_name_a_section() {
    let page = main("<header data-asked='怎么办 | 为什么 {#b} |  | a {c}'></header><h2 id=b>节</h2>");
    let asked: Vec<_> = page.asked.iter().map(|asked| (asked.text.as_str(), asked.anchor.as_str())).collect();
    assert_eq!(asked, [("怎么办", ""), ("为什么", "b"), ("a {c}", "")]);
    assert_eq!(page.without_section().count(), 0);
    assert_eq!(main("<p data-asked='为什么 {#c}'>一</p>").without_section().count(), 1);
}

#[test]
fn the_title_that_mdbook_gives_an_alert_is_left_out() {
    let page = main("<blockquote><p class='blockquote-tag-title'><svg></svg>Note</p><p>正文</p></blockquote>");
    assert_eq!(texts(&page.sections[0]), ["正文"]);
}
