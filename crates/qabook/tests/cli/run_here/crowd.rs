//! Many at once.

use super::{HELLO, Request, assert_runs, book};
use crate::server::Server;
use serde_json::json;
use std::thread;

const CROWD: usize = 200;

/// Sends `CROWD` requests at once, each from the page that `page` names; returns how many were run and how many refused.
fn crowd(server: &Server, page: impl Fn(usize) -> String + Sync) -> (usize, usize) {
    let request = Request::run(server, HELLO);
    let (request, page) = (&request, &page);
    let statuses: Vec<u16> = thread::scope(|scope| {
        let ask = |index| {
            let answer = request.clone().with("X-Qabook-Page", &page(index)).send(server);
            match answer.status {
                200 => assert_eq!(answer.json()["stdout"], json!("hello\n")),
                429 => assert!(answer.body.contains("too many programs wait"), "{}", answer.body),
                status => panic!("{status}: {}", answer.body),
            }
            answer.status
        };
        let all: Vec<_> = (0..CROWD).map(|index| scope.spawn(move || ask(index))).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let count = |wanted| statuses.iter().filter(|status| **status == wanted).count();
    (count(200), count(429))
}

#[test]
fn two_hundred_requests_at_once_are_all_answered() {
    let book = book();
    let server = Server::start(&book);
    for (who, page) in [("one page", None), ("200 pages", Some(()))] {
        let (ran, refused) = crowd(&server, |index| page.map_or("page".into(), |()| format!("page {index}")));
        println!("{who}: {ran} ran, {refused} were refused");
        // One runs and 16 wait when the others come; how many come later, when there is room again, is chance.
        assert!(ran >= 17 && ran + refused == CROWD, "{who}: {ran} + {refused}");
        assert_runs(&server);
    }
}
