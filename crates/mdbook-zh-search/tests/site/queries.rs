//! What a query finds.

use crate::small_site::SmallSite;

fn site() -> SmallSite {
    SmallSite::new(&[
        (
            "deadlock.html",
            "<h1 id=t>线程死锁</h1><p>两个线程互相等待就会死锁。</p><h2 id=avoid>怎样避免</h2><p>按顺序加锁。</p>",
        ),
        (
            "pool.html",
            "<h1 id=t>线程池</h1><header data-aliases='ThreadPoolExecutor, 执行器'></header><p>复用线程，任务排队。</p>",
        ),
        ("tcp.html", "<h1 id=t>TCP 握手</h1><p>三次握手之后连接建立，TIME-WAIT 持续 2MSL。</p><p>负载均衡</p>"),
        (
            "epoll.html",
            "<h1 id=t>select、epoll的区别</h1><p>epoll 用事件通知。</p><pre><code>let stream = TcpStream::connect(a)?;</code></pre>",
        ),
    ])
}

#[test]
fn chinese_is_found_and_the_answer_names_the_section() {
    let answer = site().ask("加锁");
    let [page] = answer.pages.as_slice() else { panic!("{answer:?}") };
    assert_eq!((page.address.as_str(), page.title.as_str()), ("deadlock.html", "线程死锁"));
    let section = &page.sections[0];
    assert_eq!((section.anchor.as_str(), section.heading.as_str()), ("avoid", "怎样避免"));
    assert_eq!((section.text.as_str(), section.words.as_slice()), ("按顺序加锁。", &["加锁".to_string()][..]));
}

#[test]
fn words_beside_han_compounds_and_parts_of_names_are_found() {
    for (query, address) in [
        ("epoll", "epoll.html"),
        ("TIME_WAIT", "tcp.html"),
        ("timewait", "tcp.html"),
        ("time-wait", "tcp.html"),
        ("2msl", "tcp.html"),
        ("TcpStream", "epoll.html"),
        ("stream", "epoll.html"),
        ("epo", "epoll.html"),
    ] {
        assert_eq!(site().find(query).first().map(String::as_str), Some(address), "{query}");
    }
}

#[test]
fn other_spellings_find_the_same() {
    for query in ["死锁", "死鎖", "sisuo", "si suo", "死所", "ｓｉｓｕｏ"] {
        assert_eq!(site().find(query), ["deadlock.html"], "{query}");
    }
    for query in ["ｅｐｏｌｌ", "epool", "EPOLL"] {
        assert_eq!(site().find(query).first().map(String::as_str), Some("epoll.html"), "{query}");
    }
    assert_eq!(site().find("fuzaijunheng"), ["tcp.html"]);
    assert_eq!(site().find("附载均衡"), ["tcp.html"]);
}

#[test]
fn what_was_replaced_is_said() {
    assert_eq!(site().ask("sisuo").notes, [("sisuo".to_string(), "死锁".to_string())]);
    assert!(site().ask("死锁").notes.is_empty());
}

#[test]
fn aliases_and_keywords_are_found_though_no_text_has_them() {
    assert_eq!(site().find("执行器"), ["pool.html"]);
    assert_eq!(site().find("threadpoolexecutor"), ["pool.html"]);
}

#[test]
fn synonyms_find_each_other_and_the_book_s_word_stands_for_one_it_lacks() {
    let site = site().with_synonyms(&["线程池", "执行绪池", "threadpool"]);
    for query in ["執行緒池", "threadpool"] {
        assert_eq!(site.find(query).first().map(String::as_str), Some("pool.html"), "{query}");
    }
}

#[test]
fn nothing_is_found_that_is_not_there() {
    // Each character of 池线锁 is in the book.
    for query in ["量子纠缠", "池线锁", "xyzzy"] {
        assert!(site().find(query).is_empty(), "{query}: {:?}", site().find(query));
    }
}

#[test]
fn a_question_is_answered_by_its_subject() {
    assert_eq!(site().find("如何避免死锁？").first().map(String::as_str), Some("deadlock.html"));
    assert_eq!(site().find("什么是线程池").first().map(String::as_str), Some("pool.html"));
    assert_eq!(site().find("epoll和select的区别").first().map(String::as_str), Some("epoll.html"));
}

/// 话层 is so much rarer than 会话 that the two are cut apart, and 平时 and 根本 are rarer still.
fn layers() -> SmallSite {
    SmallSite::new(&[
        ("osi.html", "<h1 id=t>七层模型</h1><table><tr><td>会话层<td>管对话</table><p>每一层各管各的。</p>"),
        ("cookie.html", "<h1 id=t>会话</h1><p>会话保持：会话从登录开始。根本的原因平时看不到。</p>"),
        ("tls.html", "<h1 id=t>加密的会话</h1><p>会话可以恢复，会话的密钥各不相同，表里再查一层。</p>"),
        ("web.html", "<h1 id=t>网页</h1><p>会话放在服务器上，会话有期限，两层缓存。</p>"),
        ("chat.html", "<h1 id=t>聊天</h1><p>一次会话里有许多句话，层出不穷。</p>"),
        ("log.html", "<h1 id=t>日志</h1><p>每次会话记一行。</p>"),
    ])
}

#[test]
fn what_readers_put_around_a_question_says_little_and_a_word_cut_in_two_is_still_found() {
    for query in ["会话层", "会话层干嘛的", "会话层到底干嘛的 感觉平时根本用不上"] {
        assert_eq!(layers().find(query).first().map(String::as_str), Some("osi.html"), "{query}");
    }
}

#[test]
fn a_word_that_the_book_lacks_is_named() {
    let answer = site().ask("死锁 kubernetes");
    assert_eq!(answer.missing, ["kubernetes"]);
    assert_eq!(answer.pages[0].address, "deadlock.html");
}

#[test]
fn overview_pages_come_last() {
    let site = SmallSite::new(&[
        ("index.html", "<h1>死锁</h1><p>死锁死锁死锁</p>"),
        ("a.html", "<h1>锁</h1><p>其中一种情况是死锁，还有很多别的话。</p>"),
    ]);
    assert_eq!(site.find("死锁"), ["index.html", "a.html"]);
    assert_eq!(site.with_overview("index.html").find("死锁"), ["a.html", "index.html"]);
}

#[test]
fn a_traditional_book_is_found_by_simplified_queries() {
    let site = SmallSite::new(&[("a.html", "<h1>執行緒與死鎖</h1><p>互相等待。</p>")]);
    for query in ["死锁", "死鎖"] {
        assert_eq!(site.find(query), ["a.html"], "{query}");
    }
}

#[test]
fn a_question_in_traditional_characters_is_found_by_simplified_ones() {
    // The other page is cut first.
    let site = SmallSite::new(&[
        ("machine.html", "<h1>机台</h1><meta data-asked=\"甚麼時候會鎖死機臺\"><p>断电。</p>"),
        ("text.html", "<h1>文字</h1><p>别的。</p>"),
    ]);
    for query in ["文字", "锁死机台", "鎖死機臺"] {
        assert_eq!(site.find(query).len(), 1, "{query}");
    }
    assert_eq!(site.find("锁死机台"), ["machine.html"]);
}

#[test]
fn a_capital_is_its_small_letter_wherever_it_stands() {
    let site = SmallSite::new(&[("greek.html", "<h1>Converters</h1><p>A ΔΣ modulator; ΛΟΓΟΣ.</p>")]);
    for query in ["ΔΣ", "δσ", "ΛΟΓΟΣ", "converters", "CONVERTERS"] {
        assert_eq!(site.find(query), ["greek.html"], "{query}");
    }
}

#[test]
fn a_character_is_found_by_each_of_its_readings() {
    let site = SmallSite::new(&[
        ("a.html", "<h1>音乐会</h1><p>快乐的人；便宜；便利；厦门大厦；睡觉与觉得；血压；着急；供给；提供；勉强。</p>"),
        ("b.html", "<h1>别的</h1><p>没有它们。</p>"),
    ]);
    for query in [
        "yinyue",
        "yinyuehui",
        "kuaile",
        "pianyi",
        "bianli",
        "xiamen",
        "dasha",
        "shuijiao",
        "juede",
        "xueya",
        "zhaoji",
        "gongji",
        "tigong",
        "mianqiang",
        "yyh",
    ] {
        assert_eq!(site.find(query), ["a.html"], "{query}");
    }
}

/// 载运, 写些 and 在运 are in the book, 重在 and 编些 are not.
fn homophones() -> SmallSite {
    SmallSite::new(&[
        ("both.html", "<h1>运算符的重载</h1><p>运算符重载让类型有自己的加法，怎样重载由它说。</p>"),
        ("loads.html", "<h1>下载</h1><p>下载运行时，货车装载运输。</p><p>现在运算符合要求。</p>"),
        ("writes.html", "<h1>编写</h1><p>编写程序，再写些宏来用。</p><p>有些宏很长。</p>"),
    ])
}

#[test]
fn words_that_the_book_has_are_not_replaced() {
    for query in ["重载运算符", "编写宏", "重载下载"] {
        let answer = homophones().ask(query);
        assert!(answer.notes.is_empty(), "{query}: {:?}", answer.notes);
    }
}

#[test]
fn words_are_found_in_another_order() {
    for query in ["重载运算符", "运算符重载", "重载 运算符"] {
        assert_eq!(homophones().find(query).first().map(String::as_str), Some("both.html"), "{query}");
    }
}

#[test]
fn one_wrong_character_is_mended_by_its_sound_or_by_its_neighbours() {
    let site = SmallSite::new(&[
        ("a.html", "<h1>客户端与服务器</h1><p>客户端连接服务器，客户端先说话。</p><p>欺骗；欺骗。</p>"),
        ("b.html", "<h1>别的</h1><p>书里还有许多别的话，说的是别的事。</p>"),
    ]);
    for (query, meant) in [("客虎端", "客户端"), ("客服端", "客户端"), ("欺编", "欺骗")] {
        let answer = site.ask(query);
        assert_eq!(answer.notes, [(query.to_string(), meant.to_string())]);
        assert_eq!(answer.pages[0].address, "a.html", "{query}");
    }
}

#[test]
fn in_a_sentence_only_what_a_page_is_about_is_put_in_the_place_of_what_the_book_lacks() {
    let site = SmallSite::new(&[
        ("a.html", "<h1>网络协议</h1><p>协议要靠两边遵守，要靠大家。</p>"),
        ("b.html", "<h1>广播风暴</h1><p>广播越来越多，风暴就来了。</p>"),
    ]);
    let answer = site.ask("网络协议为什么要搞");
    assert!(answer.notes.is_empty(), "{:?}", answer.notes);
    assert_eq!(answer.pages[0].address, "a.html");
    assert_eq!(site.ask("网络里的广播风爆").notes, [("广播风爆".to_string(), "广播风暴".to_string())]);
}

#[test]
fn a_word_that_the_book_lacks_is_not_taken_for_where_two_words_meet() {
    // 写 and 在 are often side by side, as both are frequent: they make no word.
    let text = "<p>我写在纸上，他写信，你写字，在家里，在车上，在书里，在山上。</p>".repeat(20);
    let site = SmallSite::new(&[("a.html", &format!("<h1>纸</h1>{text}")), ("b.html", &format!("<h1>车</h1>{text}"))]);
    let answer = site.ask("卸载");
    assert!(answer.pages.is_empty() && answer.notes.is_empty(), "{answer:?}");
}

#[test]
fn what_may_have_been_meant_is_offered_where_the_characters_are_side_by_side_by_chance() {
    // 制 goes before much and 位 after much: that they meet says nothing.
    let filler = "<p>限制位数；制作、制造、制度、制成、制表；单位、座位、职位、岗位、各位；许多别的话，说的是别的事，也有别的人。</p>"
        .repeat(4);
    let site = SmallSite::new(&[
        ("a.html", &format!("<h1>标志位</h1><p>标志位有六个。</p>{filler}")),
        ("b.html", &format!("<h1>别的</h1>{filler}")),
    ]);
    let answer = site.ask("标制位");
    assert!(answer.notes.is_empty(), "{answer:?}");
    assert_eq!(answer.meant, "标志位");
    assert_eq!(site.ask("标志位").meant, "");
}

#[test]
fn a_synonym_that_no_page_has_is_found_by_its_pinyin() {
    let site =
        SmallSite::new(&[("a.html", "<h1>TIME-WAIT</h1><p>最后的状态。</p>")]).with_synonyms(&["timewait", "时间等待"]);
    assert_eq!(site.find("shijiandengdai"), ["a.html"]);
}
