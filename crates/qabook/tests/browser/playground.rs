//! A stand-in for the Rust Playground's `/execute`.
//!
//! A comment in the posted program says how it answers: `// stand-in: panic`. Without one the program succeeds, and its
//! stdout tells the size of the code that was received. The answers have the form of rust-playground's: cargo's words are
//! part of stderr, `success` is false for a program that doesn't compile as well as for one that exits with an error, and a
//! run that takes over ten seconds is an HTTP error.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A server on a local port; lives as long as the process.
pub(crate) struct Playground {
    address: SocketAddr,
    posted: Posted,
}

/// The bodies of all requests, in order.
type Posted = Arc<Mutex<Vec<Value>>>;

const CARGO: &str = "   Compiling playground v0.0.1 (/playground)\n";
const RAN: &str =
    "    Finished `dev` profile [unoptimized + debuginfo] target(s) in 0.48s\n     Running `target/debug/playground`\n";
const COMPILE_ERROR: &str = "error[E0308]: mismatched types\n --> src/main.rs:2:18\n  |\n2 |     let x: u8 = \"\";\n  \
                             |            --   ^^ expected `u8`, found `&str`\n\nFor more information about this error, \
                             try `rustc --explain E0308`.\nerror: could not compile `playground` (bin \"playground\") due to \
                             1 previous error\n";
const PANIC: &str = "\nthread 'main' (13) panicked at src/main.rs:3:5:\n坏了\nnote: run with `RUST_BACKTRACE=1` \
                     environment variable to display a backtrace\n";

impl Playground {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let posted = Posted::default();
        let shared = posted.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let posted = shared.clone();
                std::thread::spawn(move || serve(&stream, &posted));
            }
        });
        Self { address, posted }
    }

    /// Where a run is posted to.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}/execute", self.address)
    }

    /// The requests whose code contains `mark`, in order: tests share the server, so each marks its own.
    pub(crate) fn posted(&self, mark: &str) -> Vec<Value> {
        let posted = self.posted.lock().expect("no thread panicked");
        posted.iter().filter(|body| code_of(body).contains(mark)).cloned().collect()
    }
}

fn code_of(body: &Value) -> &str {
    body["code"].as_str().unwrap_or_default()
}

/// Answers one request; a broken connection is the browser's business.
fn serve(mut stream: &TcpStream, posted: &Posted) -> Option<()> {
    let (method, body) = read_request(stream)?;
    if method != "POST" {
        // The browser asks first whether it may post JSON.
        return stream.write_all(response(204, "").as_bytes()).ok();
    }
    let body: Value = serde_json::from_slice(&body).ok()?;
    let code = code_of(&body).to_string();
    let before = {
        let mut posted = posted.lock().ok()?;
        posted.push(body);
        posted.iter().filter(|body| code_of(body) == code).count()
    };
    let wish = code.split_once("// stand-in: ").map_or("", |(_, rest)| rest.lines().next().unwrap_or_default());
    match wish {
        "slow" => {
            // Held until the browser hangs up.
            let _ = stream.read(&mut [0]);
            None
        }
        "closed" => None,
        "closed once" if before == 1 => None,
        "no-cors" => {
            let bare = response(200, &answer("", &code).1).replace("Access-Control-Allow-Origin: *\r\n", "");
            stream.write_all(bare.as_bytes()).ok()
        }
        _ => {
            let (status, answer) = answer(wish, &code);
            stream.write_all(response(status, &answer).as_bytes()).ok()
        }
    }
}

/// The method and the body.
fn read_request(stream: &TcpStream) -> Option<(String, Vec<u8>)> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok()?;
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((first.split(' ').next()?.to_string(), body))
}

/// Status and body of the answer that the program wishes for.
fn answer(wish: &str, code: &str) -> (u16, String) {
    let result = |success: bool, exit: &str, stdout: &str, stderr: String| {
        let answer = json!({ "success": success, "exitDetail": exit, "stdout": stdout, "stderr": stderr });
        (200, answer.to_string())
    };
    let size = format!("收到 {} 个字符\n", code.chars().count());
    match wish {
        "compile error" => result(false, "Exited with status 101", "", format!("{CARGO}{COMPILE_ERROR}")),
        "panic" => result(false, "Exited with status 101", "之前的输出\n", format!("{CARGO}{RAN}{PANIC}")),
        "signal" => {
            result(false, "Exited with signal 11 (SIGSEGV): segmentation violation", "", format!("{CARGO}{RAN}"))
        }
        "killed" => result(false, "Exited with signal 9 (SIGKILL): kill program", "", format!("{CARGO}{RAN}")),
        "blank" => result(false, "", "", String::new()),
        "stderr" => result(
            true,
            "Exited with status 0",
            "甲\n",
            format!("{CARGO}{RAN}     Running 乙\n\u{1b}[31m红\u{1b}[0m\n"),
        ),
        "warning" => result(true, "Exited with status 0", "", format!("{CARGO}warning: unused variable: `x`\n{RAN}")),
        "timed out" => (500, json!({ "error": "The operation timed out: deadline has elapsed" }).to_string()),
        "500" => (500, json!({ "error": "Unable to process the execute request" }).to_string()),
        "429" => (429, "Too Many Requests".to_string()),
        "garbage" => (200, "<html>".to_string()),
        _ => match wish.strip_prefix("print ") {
            Some(text) => result(true, "Exited with status 0", &text.replace("\\n", "\n"), format!("{CARGO}{RAN}")),
            None => result(true, "Exited with status 0", &size, format!("{CARGO}{RAN}")),
        },
    }
}

fn response(status: u16, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} Status\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\
         Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: content-type\r\n\r\n{body}",
        body.len()
    )
}
