//! English words: their forms, their beginnings, typing errors.

use crate::small_site::SmallSite;

#[test]
fn a_short_english_word_that_the_book_has_is_no_beginning_of_others() {
    let site = SmallSite::new(&[
        ("io.html", "<h1 id=t>IO</h1><p>Reading and writing by io.</p>"),
        ("ios.html", "<h1 id=t>iOS and ioctl</h1><p>Another system.</p>"),
    ]);
    assert_eq!(site.find("io"), ["io.html"]);
    let site = SmallSite::new(&[
        ("owner.html", "<h1>Ownership</h1><p>Who owns a value. Types are owned, too; an owner has its own type.</p>"),
        ("error.html", "<h1>Error types</h1><p>An error type that is printed.</p>"),
    ]);
    assert_eq!(site.find("make my own error type")[0], "error.html");
}

#[test]
fn a_form_of_an_english_word_has_the_synonyms_of_the_word() {
    let site =
        SmallSite::new(&[("a.html", "<h1>线程</h1><p>一个 thread。</p>"), ("b.html", "<h1>别的</h1><p>没有。</p>")]);
    let site = site.with_synonyms(&["线程", "thread"]);
    assert_eq!(site.ask("threads").pages[0].title, "线程");
    assert_eq!(site.ask("threads").pages[0].sections[0].words, ["thread", "线程"]);
    assert_eq!(site.ask("threa").pages[0].sections[0].words, ["thread"], "a beginning is no form");
}

#[test]
fn an_english_word_is_found_by_its_letters_in_the_wrong_order_before_any_other() {
    let site = SmallSite::new(&[
        ("a.html", "<h1>There</h1><p>Restart the server there.</p>"),
        ("b.html", "<h1>Here</h1><p>It is here, the newest of all.</p>"),
    ]);
    for (query, meant) in [("htere", "there"), ("restrat", "restart"), ("resart", "restart"), ("serveer", "server")] {
        assert_eq!(site.ask(query).notes, [(query.to_string(), meant.to_string())]);
    }
}

#[test]
fn what_a_beginning_most_likely_means_comes_before_a_rare_word_that_it_begins_too() {
    let site = SmallSite::new(&[
        ("client.html", "<h1 id=t>AsyncClient</h1><p>An AsyncClient sends requests.</p>"),
        ("async.html", "<h1 id=t>async</h1><p>An async function.</p>"),
        ("loop.html", "<h1 id=t>The loop</h1><p>It runs async functions.</p>"),
        ("await.html", "<h1 id=t>await</h1><p>Only in an async function.</p>"),
    ]);
    assert_eq!(site.find("asyn")[0], "async.html");
}
