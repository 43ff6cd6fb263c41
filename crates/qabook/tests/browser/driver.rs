//! ChromeDriver, which starts a browser per test.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

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
        browser(false)?;
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

/// The headless shell starts and paints in a quarter of the CPU time of the whole browser. Debian's command of that name is a
/// script that stays between, so that ChromeDriver would end the script alone.
const SHELL: &str = "/usr/lib/chromium/chromium-headless-shell";
const WHOLE: [&str; 3] = ["/usr/bin/chromium", "google-chrome", "chrome"];

/// The command of the browser for a test: the headless shell where it is there and the test needs no `tabs`.
pub(crate) fn browser(tabs: bool) -> Option<&'static str> {
    static FOUND: LazyLock<[Option<&str>; 2]> =
        LazyLock::new(|| [Some(SHELL), WHOLE.into_iter().find(works)].map(|name| name.filter(works)));
    let [shell, whole] = *FOUND;
    if tabs { whole } else { shell.or(whole) }
}

fn works(name: &&str) -> bool {
    let mut command = Command::new(name);
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
