//! ChromeDriver, which starts a browser per test.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A running ChromeDriver; ended when dropped.
pub(crate) struct Driver {
    child: Child,
    address: String,
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Driver {
    /// `None` where Chromium or ChromeDriver isn't installed.
    pub(crate) fn start() -> Option<Self> {
        browser_binary()?;
        let mut command = Command::new("chromedriver");
        let mut child = command.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let mut lines = BufReader::new(child.stdout.take()?).lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            let rest = line.split_once("started successfully on port ")?.1;
            rest.trim_end_matches('.').parse::<u16>().ok()
        })?;
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self { child, address: format!("http://127.0.0.1:{port}") })
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }
}

/// The name of the browser's command, if there is one.
pub(crate) fn browser_binary() -> Option<&'static str> {
    let works = |name: &&str| {
        let mut command = Command::new(name);
        command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    ["chromium", "google-chrome", "chrome"].into_iter().find(works)
}
