//! A book, built and served by the qabook command.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A running `qabook serve`; ended when dropped.
pub(crate) struct Site {
    child: Child,
    address: String,
    /// The site's own build folder, so that `book/` stays as it is.
    folder: TempDir,
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Site {
    /// Builds the book in `root` with `endpoint` in the place of the Playground, and serves it; no program runs here.
    pub(crate) fn serve(root: &Path, endpoint: &str) -> Self {
        Self::start(root, endpoint, |command| command.args(["--port", "0", "--no-run"]))
    }

    /// Builds the book in `root` with `endpoint` in the place of the Playground, and serves it as `adjust` makes the command.
    pub(crate) fn start(root: &Path, endpoint: &str, adjust: impl FnOnce(&mut Command) -> &mut Command) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new(env!("CARGO_BIN_EXE_qabook"));
        command
            .args(["serve", "--root"])
            .arg(root)
            .env("MDBOOK_PREPROCESSOR__SNIPPETS__ENDPOINT", endpoint)
            .env("MDBOOK_BUILD__BUILD_DIR", folder.path().join("book"))
            .stderr(Stdio::piped());
        let mut child = adjust(&mut command).spawn().expect("qabook runs");
        let lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let mut lines = lines.map_while(Result::ok).inspect(|line| eprintln!("qabook serve: {line}"));
        let address = lines.find_map(|line| {
            let address = line.strip_prefix("serving at ")?.split(' ').next()?;
            Some(address.to_string())
        });
        let address = address.expect("qabook builds the book and says where it serves it");
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address, folder }
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Where the built pages are.
    pub(crate) fn folder(&self) -> PathBuf {
        self.folder.path().join("book")
    }
}
