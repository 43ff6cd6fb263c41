//! What these tests know of 问锈, the book that they visit: nothing else in them names its pages or counts its questions.

use crate::trials::book_root;

/// Whether it is here. Where another book has taken its place, only the tests [`OF_ANY_BOOK`] visit that one.
pub(crate) fn is_here() -> bool {
    book_root().join("src").join(TCP.replace(".html", ".md")).is_file()
}

/// Tests that any book passes, and those of small books of their own: the beginnings of their names.
pub(crate) const OF_ANY_BOOK: [&str; 11] = [
    "offline::",
    "offline_files::",
    "outputs::",
    "policy::every_page",
    "practice_english::",
    "published::",
    "run_here::",
    "run_here_python::",
    "snippet_bar::",
    "snippet_edit::",
    "whole_book::",
];

/// Questions of the first part. [`TCP`] has everything: formula, diagram, program, follow-ups, errata, references, related
/// questions.
pub(crate) const ARP: &str = "network/arp.html";
pub(crate) const LAN: &str = "network/lan-wan.html";
pub(crate) const OSI: &str = "network/osi-model.html";
pub(crate) const SOCKETS: &str = "network/socket-tcp-flow.html";
pub(crate) const TCP: &str = "network/tcp-handshake.html";

/// Questions of another part. The first is what a search for 死锁 finds first.
pub(crate) const DEADLOCK: &str = "concurrency/deadlock.html";
pub(crate) const THREADS: &str = "concurrency/thread-target-call.html";

/// The page of the first part.
pub(crate) const PART: &str = "network/index.html";

/// A question with options, several of them right.
pub(crate) const FLAGS: &str = "network/tcp-flags.html";

/// A question with options, one of them right.
pub(crate) const LAYERS: &str = "network/layer4-vs-layer7.html";

/// The page to go through all questions with.
pub(crate) const REVIEW: &str = "review.html";

/// How many questions the book has, and its first part.
pub(crate) const QUESTIONS: u32 = 53;
pub(crate) const QUESTIONS_OF_PART: u32 = 17;

/// A question with a wide table, one with plain blocks of code, and others that searches or pictures show.
pub(crate) const EPOLL: &str = "os-io/select-poll-epoll.html";
pub(crate) const IPTABLES: &str = "ops/iptables-rules.html";
pub(crate) const BALANCING: &str = "ops/load-balancing.html";
pub(crate) const PROXIES: &str = "ops/forward-vs-reverse-proxy.html";
pub(crate) const COROUTINES: &str = "python-runtime/async-coroutine.html";

/// The page before which [`ARP`] is, and pages that belong to no part.
pub(crate) const AFTER_ARP: &str = "network/tcp-vs-udp.html";
pub(crate) const GLOSSARY: &str = "glossary.html";
pub(crate) const ERRATA: &str = "errata.html";
pub(crate) const TAGS: &str = "tags.html";

/// The second question of one number.
pub(crate) const VARIANT: &str = "network/router-vs-switch-domains.html";

pub(crate) const PARTS: usize = 5;

/// Addresses that lead nowhere, with the page that was meant.
pub(crate) const MISSPELT: [(&str, &str); 3] =
    [("network/tcp-handshak.html", TCP), ("osi_model", OSI), ("old/folder/IPTables-Rule.htm", IPTABLES)];

/// What [`TCP`] says from top to bottom, and what the program of the home page prints.
pub(crate) const TCP_SAYS: [&str; 8] =
    ["第 4 题", "一句话", "三次握手用 SYN", "最后核对", "TIME-WAIT 过多", "误", "RFC 2525", "相关问题"];
pub(crate) const HOME_PRINTS: &str = "已创建，还没运行\n首页：开始等";

/// Queries with the page that each finds first.
pub(crate) const FOUND: [(&str, &str); 3] = [("四次挥手", TCP), ("负载均衡", BALANCING), ("反向代理", PROXIES)];
