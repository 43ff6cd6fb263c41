//! A small book whose programs really run: its snippet package stands alone, outside of any workspace.

use anyhow::Result;
use serde_json::json;
use std::fmt::Write;
use std::path::Path;
use tempfile::TempDir;

use crate::browser::Browser;
use crate::cards::{self, Card};
use crate::site::Site;

/// Name, body of `main`, recorded output.
const PROGRAMS: [(&str, &str, &str); 7] = [
    ("sum", "println!(\"{}\", 1 + 1);", "2\n"),
    ("differs", "println!(\"{}\", 1 + 2);", "2\n"),
    ("broken", "let number: u8 = \"\"; println!(\"{number}\");", "2\n"),
    ("panics", "println!(\"之前的输出\"); panic!(\"坏了\");", "2\n"),
    ("endless", "println!(\"先打印的\"); loop { std::thread::park(); }", "2\n"),
    ("quiet", "println!(\"{}\", 1 + 1);", "2\n"),
    ("chatty", "loop { println!(\"{}\", \"x\".repeat(1000)); }", "2\n"),
];

/// Name, Python twin, its record; the program in Rust prints 2.
const TWINS: [(&str, &str, &str); 3] = [
    ("twin", "print(\"2 Python\")", "2 Python\n"),
    ("twin-differs", "print(\"3 Python\")", "2 Python\n"),
    ("twin-fails", "raise SystemExit(\"坏了\")", "2 Python\n"),
];

const MUST_FAIL: &str = "//! 不能编译\nfn main() {\n    let x: u8 = \"\";\n}\n";

/// The page of all cards.
const PAGE: &str = "programs.html";

/// A served book, removed when dropped.
pub(crate) struct Programs {
    pub(crate) site: Site,
    folder: TempDir,
}

impl Programs {
    /// Serves the book; what would go to the Playground goes to `endpoint`.
    pub(crate) fn serve(endpoint: &str) -> Result<Self> {
        Self::serve_changed(endpoint, |_| Ok(()))
    }

    /// The same after `change` was made to the folder of the book.
    pub(crate) fn serve_changed(endpoint: &str, change: impl FnOnce(&Path) -> Result<()>) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        write_book(folder.path())?;
        change(folder.path())?;
        let site = Site::start(folder.path(), endpoint, |command| command.args(["--port", "0"]));
        Ok(Self { site, folder })
    }

    /// Serves the book where no compiler and no interpreter is found.
    pub(crate) fn serve_without_tools(endpoint: &str) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        write_book(folder.path())?;
        // A folder without commands.
        let path = folder.path().join("src");
        let site = Site::start(folder.path(), endpoint, |command| command.args(["--port", "0"]).env("PATH", path));
        Ok(Self { site, folder })
    }

    /// Ends the server and starts another at the same address.
    pub(crate) fn restart(self, endpoint: &str) -> Self {
        let Self { site, folder } = self;
        let port = site.address().rsplit(':').next().unwrap_or_default().to_string();
        drop(site);
        let site = Site::start(folder.path(), endpoint, |command| command.args(["--port", &port]));
        Self { site, folder }
    }

    /// Opens the page and takes the card of `name`.
    pub(crate) async fn open(&self, browser: &Browser, name: &str) -> Result<Card> {
        browser.driver.goto(format!("{}/{PAGE}", self.site.address())).await?;
        Card::here(browser, name).await
    }

    /// Where the book is written.
    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }
}

/// Opens the page of the book that all tests share and takes the card of `name`.
pub(crate) async fn open(browser: &Browser, name: &str) -> Result<Card> {
    browser.setup.programs()?.open(browser, name).await
}

/// The program `name` as the page has it: without its caption.
fn program(name: &str, body: &str) -> String {
    format!("fn main() {{\n    // {name}\n    {body}\n}}\n")
}

fn write_book(root: &Path) -> Result<()> {
    let write = |path: &str, text: &str| cards::write(root, path, text);
    write("book.toml", cards::SETTINGS)?;
    write("src/SUMMARY.md", "# 目录\n\n- [程序](programs.md)\n")?;
    write("snippets/Cargo.toml", "[package]\nname = \"programs\"\nedition = \"2024\"\n\n[workspace]\n")?;
    write("snippets/src/lib.rs", "")?;
    let mut page = String::from("# 程序\n");
    let twins = TWINS.map(|(name, ..)| (name, "println!(\"{}\", 1 + 1);", "2\n"));
    for (name, body, output) in PROGRAMS.into_iter().chain(twins) {
        write(&format!("snippets/examples/{name}/main.rs"), &format!("//! 程序 {name}\n{}", program(name, body)))?;
        write(&format!("snippets/examples/{name}/output.txt"), output)?;
    }
    for (name, ..) in PROGRAMS {
        let attribute = if name == "quiet" { " no-run" } else { "" };
        write!(page, "\n{{{{#snippet {name}{attribute}}}}}\n")?;
    }
    for (name, python, record) in TWINS {
        write(&format!("snippets/examples/{name}/python.txt"), record)?;
        write!(page, "\n```python,snippet={name}\n{python}\n```\n")?;
    }
    write("snippets/compile-fail/must-fail/main.rs", MUST_FAIL)?;
    write("snippets/compile-fail/must-fail/error.txt", "error[E0308]: mismatched types\n")?;
    page += "\n{{#snippet must-fail}}\n";
    write("src/programs.md", &page)
}

/// Adds to the package two crates that its programs may use; `gated` compiles only once [`open_gate`] lets it.
pub(crate) fn add_dependencies(root: &Path) -> Result<()> {
    let dependencies = "[package]\nname = \"programs\"\nedition = \"2024\"\n\n[dependencies]\n\
                        quick = { path = \"../quick\" }\ngated = { path = \"../gated\" }\n\n[workspace]\n";
    cards::write(root, "snippets/Cargo.toml", dependencies)?;
    for name in ["quick", "gated"] {
        cards::write(
            root,
            &format!("{name}/Cargo.toml"),
            &format!("[package]\nname = \"{name}\"\nedition = \"2024\"\n"),
        )?;
        cards::write(root, &format!("{name}/src/lib.rs"), "pub const ANSWER: u32 = 42;\n")?;
    }
    // A gate that nobody opens ends the build.
    let gate = json!(root.join("open"));
    let build = format!(
        "use std::{{path::Path, thread::sleep, time::Duration}};\nfn main() {{\n    for _ in 0..2400 {{\n        \
         if Path::new({gate}).exists() {{ return; }}\n        sleep(Duration::from_millis(50));\n    }}\n    \
         panic!(\"the gate stays shut\");\n}}\n"
    );
    cards::write(root, "gated/build.rs", &build)
}

/// Lets the crate `gated` of the book in `root` be compiled.
pub(crate) fn open_gate(root: &Path) -> Result<()> {
    cards::write(root, "open", "")
}
