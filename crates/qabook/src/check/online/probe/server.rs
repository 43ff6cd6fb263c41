//! A local host with every habit that a link checker meets.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::Manners;

/// Requests under way at all servers of this process that answer `/busy`.
static IN_ALL: AtomicUsize = AtomicUsize::new(0);
static MOST_IN_ALL: AtomicUsize = AtomicUsize::new(0);

/// A running host.
pub(in super::super) struct Server {
    address: SocketAddr,
    log: Arc<Log>,
}

#[derive(Default)]
struct Log {
    requests: Mutex<Vec<String>>,
    under_way: AtomicUsize,
    most: AtomicUsize,
}

impl Server {
    pub(in super::super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let log = Arc::new(Log::default());
        let shared = log.clone();
        // It ends with the process.
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = shared.clone();
                thread::spawn(move || serve(stream, &log));
            }
        });
        Self { address, log }
    }

    /// Manners for a host that isn't far away.
    pub(in super::super) fn manners() -> Manners {
        Manners {
            concurrency: 2,
            tries: 3,
            backoff: Duration::from_millis(1),
            longest_wait: Duration::from_millis(10),
            pause: Duration::ZERO,
            timeout: Duration::from_secs(2),
        }
    }

    pub(in super::super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Methods and paths, in their order.
    pub(in super::super) fn requests(&self) -> Vec<String> {
        self.log.requests.lock().unwrap().clone()
    }

    pub(in super::super) fn most_at_a_time(&self) -> usize {
        self.log.most.load(Ordering::SeqCst)
    }

    pub(in super::super) fn most_in_all(_: &[Self]) -> usize {
        MOST_IN_ALL.load(Ordering::SeqCst)
    }
}

/// Answers the requests of one connection.
fn serve(stream: TcpStream, log: &Log) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    loop {
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            match reader.read_line(&mut line) {
                Ok(1..) if line.trim().is_empty() => break,
                Ok(1..) => head.push(line),
                _ => return,
            }
        }
        let words: Vec<&str> = head[0].split(' ').collect();
        let (method, path) = (words[0].to_string(), words[1].to_string());
        let seen = {
            let mut requests = log.requests.lock().unwrap();
            requests.push(format!("{method} {path}"));
            requests.len()
        };
        log.most.fetch_max(1 + log.under_way.fetch_add(1, Ordering::SeqCst), Ordering::SeqCst);
        if path.starts_with("/busy") {
            MOST_IN_ALL.fetch_max(1 + IN_ALL.fetch_add(1, Ordering::SeqCst), Ordering::SeqCst);
            // Long enough for requests at the same time to meet if there are any.
            thread::sleep(Duration::from_millis(20));
            IN_ALL.fetch_sub(1, Ordering::SeqCst);
        }
        let answer = answer(&method, &path, seen);
        log.under_way.fetch_sub(1, Ordering::SeqCst);
        let Some((status, headers)) = answer else {
            // Silent until the client gives up.
            let _ = reader.read_line(&mut String::new());
            return;
        };
        let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n{headers}\r\n");
        if stream.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

/// Status and headers for the request number `seen` of this host.
fn answer(method: &str, path: &str, seen: usize) -> Option<(u16, &'static str)> {
    Some(match path {
        "/get-only" if method == "HEAD" => (405, "allow: GET\r\n"),
        "/moved" => (301, "location: /fine\r\n"),
        "/away" => (302, "location: fine\r\n"),
        "/moved-away" => (308, "location: /away\r\n"),
        "/moved-gone" => (301, "location: /gone\r\n"),
        "/circle" => (301, "location: /circle\r\n"),
        "/gone" => (404, ""),
        "/secret" => (403, ""),
        "/limited" if seen == 1 => (429, "retry-after: 0\r\n"),
        "/always-limited" => (429, "retry-after: 3600\r\n"),
        "/flaky" if seen == 1 => (500, ""),
        "/broken" => (503, ""),
        "/silent" => return None,
        _ => (200, ""),
    })
}
