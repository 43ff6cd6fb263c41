//! What is left when somebody goes: nothing. On Linux, where `/proc` shows it.

use super::processes::{SOON, assert_gone, below, wait_for_program};
use super::{HELLO, Request, assert_runs, book, playground};
use crate::server::{PATIENCE, Server};
use crate::small_book::SmallBook;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const ENDLESS: &str = "fn main() {\n    println!(\"on and on\");\n    loop {}\n}\n";

/// A server whose runs have their folders in one of the test's own.
fn server(book: &SmallBook, folder: &Path) -> Server {
    let mut command = book.qabook(&["serve", "--port", "0"]);
    Server::spawn(command.env("TMPDIR", folder))
}

fn folders_of_runs(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().filter(|entry| entry.as_ref().is_ok_and(is_of_run)).count()
}

fn is_of_run(entry: &fs::DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with("qabook-run-")
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "looks into /proc")]
fn a_client_that_goes_away_takes_its_program_with_it() {
    let (book, folder) = (book(), TempDir::new().unwrap());
    let server = server(&book, folder.path());
    let connection = Request::run(&server, ENDLESS).begin(&server);
    let started = wait_for_program(server.child.id());
    assert_eq!(folders_of_runs(folder.path()), 1);
    let asked = Instant::now();
    drop(connection);
    assert_gone(&started);
    println!("gone after {:?}", asked.elapsed());
    assert_runs(&server);
    assert_eq!(below(server.child.id()), [] as [u32; 0]);
    assert_eq!(folders_of_runs(folder.path()), 0);
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "looks into /proc")]
fn one_that_goes_away_while_it_waits_leaves_the_queue() {
    let book = book();
    let server = Server::start(&book);
    let first = Request::run(&server, ENDLESS).begin(&server);
    let started = wait_for_program(server.child.id());
    let second = Request::run(&server, ENDLESS).with("X-Qabook-Run", "second").begin(&server);
    let state = Request::get(&server, "/-/qabook/runs/second").and("X-Qabook-Token", &super::token(&server));
    wait_until(|| state.send(&server).body == "{\"state\":\"queued\",\"place\":1}");
    let left = Instant::now();
    drop(second);
    wait_until(|| state.send(&server).status == 404);
    drop(first);
    assert_gone(&started);
    assert_runs(&server);
    assert!(left.elapsed() < SOON, "the second ran, and was waited for");
}

fn wait_until(holds: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < deadline);
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "looks into /proc")]
fn a_killed_server_takes_its_program_with_it() {
    // The folder of the run stays behind: in one of the test's own.
    let (book, folder) = (book(), TempDir::new().unwrap());
    let mut server = server(&book, folder.path());
    let _connection = Request::run(&server, ENDLESS).begin(&server);
    let started = wait_for_program(server.child.id());
    server.child.kill().unwrap();
    assert_gone(&started);
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "looks into /proc")]
fn a_server_that_is_told_to_end_leaves_nothing() {
    for signal in ["TERM", "INT"] {
        let (book, folder) = (book(), TempDir::new().unwrap());
        let mut server = server(&book, folder.path());
        let _first = Request::run(&server, ENDLESS).begin(&server);
        let started = wait_for_program(server.child.id());
        // One more that waits, and one that compiles or runs.
        let _second = Request::run(&server, ENDLESS).begin(&server);
        let _third = Request::execute(&server, &playground(HELLO)).with("X-Qabook-Page", "another").begin(&server);
        let told = Command::new("sh").args(["-c", &format!("kill -{signal} {}", server.child.id())]).status().unwrap();
        assert!(told.success());
        let asked = Instant::now();
        let status = loop {
            if let Some(status) = server.child.try_wait().unwrap() {
                break status;
            }
            assert!(asked.elapsed() < SOON, "SIG{signal} doesn't end the server");
            std::thread::sleep(Duration::from_millis(20));
        };
        println!("SIG{signal}: {status} after {:?}", asked.elapsed());
        assert!(status.success(), "SIG{signal}: {status}");
        assert_gone(&started);
        assert_eq!(folders_of_runs(folder.path()), 0, "SIG{signal}");
    }
}
