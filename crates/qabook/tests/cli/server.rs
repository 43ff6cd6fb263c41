//! A running `qabook serve`, and requests to it, byte by byte.

use crate::small_book::SmallBook;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// How long anything may take before the test fails instead of waiting for ever.
pub(crate) const PATIENCE: Duration = Duration::from_mins(2);

/// A running server; ended when dropped.
pub(crate) struct Server {
    pub(crate) child: Child,
    /// Where it says that it is: address and port.
    pub(crate) address: String,
    /// What it said before that.
    pub(crate) said_first: Vec<String>,
    /// What it says after that.
    said: Mutex<Receiver<String>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// An answer: status, headers in lower case, body.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: String,
    pub(crate) body: String,
}

impl Server {
    pub(crate) fn start(book: &SmallBook) -> Self {
        Self::spawn(&mut book.qabook(&["serve", "--port", "0"]))
    }

    /// Starts what `command` says, which is `qabook serve` with options.
    pub(crate) fn spawn(command: &mut Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let mut said_first = Vec::new();
        let address = loop {
            let line = lines.next().unwrap_or_else(|| panic!("the server ended early: {said_first:?}"));
            if let Some(address) = line.strip_prefix("serving at http://") {
                break address.split(' ').next().unwrap().to_string();
            }
            said_first.push(line);
        };
        let (sender, said) = mpsc::channel();
        // To the end of the pipe: the server must not stop at a full or closed one.
        std::thread::spawn(move || lines.for_each(|line| drop(sender.send(line))));
        Self { child, address, said_first, said: Mutex::new(said) }
    }

    pub(crate) fn port(&self) -> &str {
        self.address.rsplit_once(':').unwrap().1
    }

    /// Forgets what the server said until now.
    pub(crate) fn forget(&self) {
        self.said.lock().unwrap().try_iter().for_each(drop);
    }

    /// Waits for the server to say a line with `text`, which must come.
    pub(crate) fn wait_for_line(&self, text: &str) {
        let deadline = Instant::now() + Duration::from_secs(30);
        let mut others = Vec::new();
        let said = self.said.lock().unwrap();
        while let Ok(line) = said.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            if line.contains(text) {
                return;
            }
            others.push(line);
        }
        panic!("the server doesn't say {text:?}, but {others:?}");
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port().parse().unwrap())).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends the path as it is: a client library would take `..` out of it.
    fn ask(&self, path: &str) -> TcpStream {
        let mut stream = self.connect();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        Answer::read(self.ask(path))
    }

    /// The statuses that open pages are told, as they come. A server that tells nothing new for two minutes fails the test:
    /// what keeps the connection alive would let it wait for ever.
    pub(crate) fn events(&self) -> impl Iterator<Item = serde_json::Value> {
        self.events_of("")
    }

    /// The same, with how the page at `path` is.
    pub(crate) fn events_of(&self, path: &str) -> impl Iterator<Item = serde_json::Value> {
        let lines = BufReader::new(self.ask(&format!("/-/qabook/events?page={path}"))).lines();
        let mut last = Instant::now();
        lines.map(Result::unwrap).filter_map(move |line| {
            assert!(last.elapsed() < PATIENCE, "no news of the build");
            let event = serde_json::from_str(line.strip_prefix("data: ")?).ok()?;
            last = Instant::now();
            Some(event)
        })
    }
}

impl Answer {
    /// Reads all of it, and of one without an end what comes in two minutes. A server that doesn't want the rest of a
    /// request resets the connection after its answer.
    pub(crate) fn read(mut stream: TcpStream) -> Self {
        let deadline = Instant::now() + PATIENCE;
        let (mut bytes, mut buffer) = (Vec::new(), vec![0; 1 << 16]);
        let end = loop {
            match stream.read(&mut buffer) {
                Ok(count) if count > 0 && Instant::now() < deadline => bytes.extend_from_slice(&buffer[..count]),
                end => break end,
            }
        };
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}, {end:?}"));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Self { status, headers: head.to_lowercase(), body: body.to_string() }
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}
