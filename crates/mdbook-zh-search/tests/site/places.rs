//! Where a result opens, and words of readers that the book lacks.

use crate::engine::Section;
use crate::small_site::SmallSite;
use mdbook_zh_search::Synonyms;

fn site() -> SmallSite {
    SmallSite::new(&[
        (
            "tcp.html",
            "<h1 id=t>握手与挥手</h1><header data-asked='连接断了怎么回事 | 两次握手行不行 {#three}'></header>\
             <p>TCP 的握手、挥手各几次，为什么。</p>\
             <h2 id=three>三次</h2><p>双方都要知道序号。</p>\
             <h2 id=four>四次</h2><p>两个方向各自关闭。</p>\
             <p><span id=place-1></span><strong>为什么挥手要四次？</strong>确认由内核发，结束要等程序。</p>\
             <table><thead><tr><th>操作<th>发出</tr></thead><tbody>\
             <tr><td><span id=place-2></span>shutdown</td><td>只关写方向</td></tr>\
             <tr><td><span id=place-3></span>SO_LINGER</td><td>丢弃数据</td></tr></tbody></table>\
             <h4 id=small>半关闭</h4><p>另一头照常传。</p>\
             <h2 id=references>参考</h2><p>SO_LINGER、半关闭、挥手的手册；还有 tcp_info。</p>",
        ),
        ("other.html", "<h1 id=t>别的</h1><p>挥手告别，握手问好，地址已在使用。</p>"),
    ])
}

/// What the best result shows first.
fn first(site: &SmallSite, query: &str) -> Section {
    site.ask(query).pages.into_iter().next().and_then(|page| page.sections.into_iter().next()).unwrap()
}

#[test]
fn a_result_opens_at_the_place_that_answers() {
    for (query, anchor, heading) in [
        ("为什么挥手要四次", "place-1", "四次 › 为什么挥手要四次？"),
        ("shutdown 写方向", "place-2", "四次 › shutdown"),
        ("半关闭", "small", "四次 › 半关闭"),
        ("双方知道序号", "three", "三次"),
    ] {
        let section = first(&site(), query);
        assert_eq!((section.anchor.as_str(), section.heading.as_str()), (anchor, heading), "{query}");
    }
    let row = first(&site(), "SO_LINGER");
    assert_eq!(row.text, "丢弃数据", "only the row, without what it begins with");
}

#[test]
fn a_wording_of_readers_leads_to_the_section_that_it_names() {
    let section = first(&site(), "两次握手行不行");
    assert_eq!((section.anchor.as_str(), section.text.as_str()), ("three", "双方都要知道序号。"));
    assert_eq!(site().find("连接断了").first().map(String::as_str), Some("tcp.html"), "the page as a whole");
}

#[test]
fn one_wording_that_is_what_is_asked_says_more_than_words_of_several() {
    let site = SmallSite::new(&[(
        "tcp.html",
        "<h1 id=t>连接</h1><header data-asked='服务端发送数据 {#a} | 客户端关闭连接 {#a} | 服务端关闭 {#b}'></header>\
         <h2 id=a>收发</h2><p>两边都行。</p><h2 id=b>结束</h2><p>两边都行，先后由程序定，这里再说几句别的。</p>",
    )]);
    assert_eq!(first(&site, "关闭 服务端").anchor, "b");
}

#[test]
fn a_wording_for_a_section_that_is_not_there_is_named() {
    let site =
        SmallSite::new(&[("a.html", "<h1 id=t>锁</h1><header data-asked='为什么 {#gone}'></header><p>互斥。</p>")]);
    let [astray] = &site.index().astray[..] else { panic!("one") };
    assert_eq!(
        (astray.page.as_str(), astray.to_string().as_str()),
        ("a.html", "`为什么` is asked of #gone, which no heading has")
    );
}

#[test]
fn a_repeated_section_is_shown_only_for_what_no_other_has() {
    let site = site().with_overview("#references");
    assert_eq!(first(&site, "半关闭").anchor, "small");
    assert_eq!(first(&site, "tcp_info").anchor, "references");
}

#[test]
fn what_readers_say_stands_for_what_the_book_says_but_not_the_other_way() {
    let means = [("端口被占用".to_string(), vec!["地址已在使用".to_string()])].into();
    let near = vec![vec!["断开".to_string(), "关闭".to_string()]];
    let site = site().with_more_synonyms(Synonyms { near, means, ..Synonyms::default() });
    assert_eq!(site.find("端口被占用怎么办").first().map(String::as_str), Some("other.html"));
    assert_eq!(first(&site, "断开方向").anchor, "four");
}

#[test]
fn english_words_are_found_by_their_other_forms() {
    let site = SmallSite::new(&[
        ("build.html", "<h1 id=t>Building</h1><p>The tool builds a site. Stopped processes are restarted.</p>"),
        ("pages.html", "<h1 id=t>Pages</h1><p>A page has links to an organ.</p>"),
    ]);
    for (query, address) in [
        ("build", "build.html"),
        ("builders", "build.html"),
        ("process stopping", "build.html"),
        ("linked", "pages.html"),
        ("organised", "pages.html"),
    ] {
        assert_eq!(site.find(query).first().map(String::as_str), Some(address), "{query}");
    }
}

#[test]
fn what_a_page_is_about_says_more_than_what_is_merely_rare() {
    let filler: Vec<String> = (0..8).map(|page| format!("filler{page}.html")).collect();
    let mut pages: Vec<_> = filler.iter().map(|page| (page.as_str(), "<h1 id=t>别的</h1><p>没有它们。</p>")).collect();
    pages.extend([
        ("cdn.html", "<h1 id=t>CDN</h1><p>动态接口走它能快一些。</p>"),
        ("a.html", "<h1 id=t>路由</h1><p>这么做有没有意义，要看请求从哪里来，接口多不多。</p>"),
        ("b.html", "<h1 id=t>缓存</h1><p>CDN 会用到。</p>"),
        ("c.html", "<h1 id=t>代理</h1><p>CDN 也用到。</p>"),
    ]);
    assert_eq!(SmallSite::new(&pages).find("CDN 意义").first().map(String::as_str), Some("cdn.html"));
}
