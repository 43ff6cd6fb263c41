//! Pages and queries that nobody should write.

use mdbook_zh_search::{Config, Error, index};
use qabook_words::Words;

use crate::engine::Engine;
use crate::small_site::SmallSite;

const GOOD: (&str, &str) = ("good.html", "<h1 id=t>死锁</h1><p>互相等待。</p>");

#[test]
fn a_page_that_is_not_utf_8_is_left_out_and_named() {
    let site = SmallSite::new(&[GOOD]);
    site.write("bad.html", b"<main><h1>\xcb\xc0\xcb\xf8</h1></main>");
    let report = site.index();
    assert_eq!(report.notes, ["bad.html: left out of the search index: it isn't UTF-8"]);
    assert_eq!(report.pages, 1);
}

#[test]
fn a_page_without_text_is_left_out_and_named() {
    let site = SmallSite::new(&[GOOD, ("empty.html", ""), ("image.html", "<img src=a.png>")]);
    assert_eq!(
        site.index().notes,
        [
            "empty.html: left out of the search index: its <main> holds no text",
            "image.html: left out of the search index: its <main> holds no text"
        ]
    );
}

#[test]
fn what_is_no_page_of_the_book_is_passed_over() {
    let site = SmallSite::new(&[GOOD]);
    site.write("redirect.html", b"<meta http-equiv=refresh content='0; url=good.html'>");
    site.write("noise.html", &[0, 1, 2, 60, 60, 60, 62]);
    site.write("print.html", b"<head></head><main><h1>\xe6\xad\xbb\xe9\x94\x81</h1></main>");
    let report = site.index();
    assert_eq!((report.pages, report.notes.len()), (1, 0));
    assert_eq!(site.find("死锁"), ["good.html"]);
}

#[test]
fn a_folder_without_pages_is_an_error_that_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().to_path_buf(), folder.path().join("missing")] {
        let error = index(&path, &Config::default(), &Words::of_language("en")).unwrap_err();
        assert!(matches!(error, Error::NoSite(_)), "{error:?}");
        assert!(error.to_string().contains("hint: run `mdbook build` first"), "{error}");
    }
    assert_eq!(folder.path().read_dir().unwrap().count(), 0, "nothing is left over");
}

#[test]
fn a_page_of_ten_megabytes_is_found_from_its_beginning_to_its_end() {
    let middle = "<p>这一段反复出现，只为了让页面很长很长很长。</p>".repeat(160_000);
    let text = format!("<h1 id=t>长页</h1><p>开头有甲鱼</p>{middle}<p>结尾有乙炔</p>");
    assert!(text.len() > 10_000_000);
    let site = SmallSite::new(&[("long.html", &text), GOOD]);
    site.index();
    let engine = Engine::open(site.path()).unwrap();
    for query in ["甲鱼", "乙炔"] {
        let answer = engine.ask(query, 10).unwrap();
        assert_eq!(answer.pages.len(), 1, "{query}");
        assert!(answer.pages[0].sections[0].text.len() < 10_000, "a result is a passage, not the page");
    }
}

#[test]
fn headings_without_ids_and_broken_markup_are_read() {
    let site =
        SmallSite::new(&[("a.html", "<h1>题<h2>没有编号<p>正文</h2></div><b>粗体 <<>> &bogus; &#xFFFFFFF;</main>")]);
    let answer = site.ask("粗体");
    assert_eq!(answer.pages[0].sections[0].anchor, "");
}

#[test]
fn control_characters_and_emoji_are_no_obstacle() {
    let site = SmallSite::new(&[("a.html", "<h1>a\u{1}b 🦀死\u{0}锁\u{2028}</h1><p>螃蟹🦀在这里\u{7f}\u{85}</p>")]);
    assert_eq!(site.find("螃蟹🦀"), ["a.html"]);
    assert!(site.find("🦀").is_empty());
}

#[test]
fn queries_of_any_kind_are_answered() {
    let site = SmallSite::new(&[GOOD]);
    for query in [
        "",
        " ",
        "，。！？",
        "🦀",
        "\u{0}",
        "\u{feff}",
        "(?<![",
        "\\",
        "'",
        "a-",
        "*",
        "constructor",
        "__proto__",
        "的",
    ] {
        assert!(site.find(query).is_empty(), "{query:?}");
    }
    assert!(site.find("constructor 死锁").contains(&"good.html".to_string()));
}

#[test]
fn a_query_of_ten_thousand_characters_is_cut_and_says_so() {
    let site = SmallSite::new(&[GOOD]);
    let answer = site.ask(&format!("死锁{}", " 等待".repeat(5_000)));
    assert!(answer.cut);
    assert_eq!(answer.pages[0].address, "good.html");
    assert!(!site.ask("死锁").cut);
    let letters = "x".repeat(10_000);
    assert!(site.ask(&letters).cut);
}

#[test]
fn markup_in_a_title_comes_back_as_text() {
    let site = SmallSite::new(&[("a.html", "<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1><p>x</p>")]);
    assert_eq!(site.ask("alert").pages[0].title, "<script>alert(1)</script>");
}

/// A book of a few hundred words, so that every guess has something to try.
fn wordy() -> SmallSite {
    let words = "三次握手四次挥手进程线程协程死锁阻塞缓存负载均衡服务器客户端协议报文路由交换连接断开重传窗口拥塞控制状态标志校验端口地址解析域名缓冲调度";
    let chars: Vec<char> = words.chars().collect();
    let text: String = chars.windows(7).map(|seven| seven.iter().collect::<String>() + "，").collect();
    let latin: String = (0..400).map(|n| format!("word{n:x}x{} ", n * 7 % 97)).collect();
    let page = format!("<h1>词</h1><p>{text}</p><p>{latin}</p>");
    SmallSite::new(&[("a.html", &page), ("b.html", &page.replace("<h1>", "<h1>再说")), GOOD])
}

#[test]
fn no_query_takes_more_work_than_a_screen_of_results_is_worth() {
    let site = wordy();
    site.index();
    let paragraph = "我在面试里被问到为什么建立连接要三次握手而断开连接要四次挥手，".repeat(200);
    let queries = [
        paragraph.as_str(),
        &"鑫".repeat(5_000),
        &"三吃沃守".repeat(1_250),
        &"sān cì wò shǒu ".repeat(300),
        &"ㄙㄢㄘˋㄨㄛˋㄕㄡˇ".repeat(500),
        &"死锁abcкириллицаひらがな한국어عربى".repeat(200),
        &"🦀👩‍👩‍👧‍👦🤝".repeat(500),
        &"ＴＣＰ／ＩＰ　".repeat(600),
        &"wrod1x2 ".repeat(600),
        &"shijinchengxianchengxiechengsisuo".repeat(150),
        &"zhi chi shi ri zi ci si ".repeat(200),
    ];
    for query in queries {
        let engine = Engine::open(site.path()).unwrap();
        let before = engine.work().unwrap();
        engine.ask(query, 6).unwrap();
        let work = engine.work().unwrap() - before;
        let shown: String = query.chars().take(12).collect();
        assert!(work < WORK_MAX, "{shown}: {work} steps");
    }
}

/// The worst of these takes 11,500 steps; without the client's limits, 13,600 to 44,800.
const WORK_MAX: u64 = 13_000;

#[test]
fn pinyin_with_tones_and_zhuyin_are_read() {
    let site = SmallSite::new(&[("a.html", "<h1>三次握手</h1><p>两边各说一次，再说一次。</p>"), GOOD]);
    for query in [
        "sān cì wò shǒu",
        "sāncìwòshǒu",
        "sān cì w",
        "ㄙㄢ ㄘˋ ㄨㄛˋ ㄕㄡˇ",
        "ㄙㄢㄘˋㄨㄛˋㄕㄡˇ",
        "ｓａｎｃｉｗｏｓｈｏｕ",
    ] {
        assert_eq!(site.find(query), ["a.html"], "{query}");
    }
}
