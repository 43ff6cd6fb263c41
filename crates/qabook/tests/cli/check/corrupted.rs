//! A book with every way in which stock mdBook damages Chinese: `tests/fixtures/corrupted`.
//!
//! Stock mdBook shows the damage, so that a test fails when a new version mends it; with our preprocessor each page is
//! right; and without it `qabook check` finds each.

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A copy of the book in a temporary folder.
struct Corrupted(TempDir);

impl Corrupted {
    /// With our preprocessor, or as an author of stock mdBook has it: smart punctuation is its default.
    fn new(ours: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/corrupted");
        fs::create_dir(folder.path().join("src")).unwrap();
        for entry in fs::read_dir(fixture.join("src")).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), folder.path().join("src").join(entry.file_name())).unwrap();
        }
        let toml = fs::read_to_string(fixture.join("book.toml")).unwrap();
        let stock = toml.replace("[preprocessor.chinese]\n", "").replace("smart-punctuation = false\n", "");
        assert_ne!(toml, stock);
        fs::write(folder.path().join("book.toml"), if ours { toml } else { stock }).unwrap();
        Self(folder)
    }

    /// The `<main>` of a page that the mdBook library renders.
    fn main_of(&self, page: &str) -> String {
        let html = fs::read_to_string(self.0.path().join("book").join(page)).unwrap();
        let (_, main) = html.split_once("<main>").unwrap();
        main.split_once("</main>").unwrap().0.to_string()
    }

    fn build_with_stock_mdbook(&self) {
        let config = Config::from_disk(self.0.path().join("book.toml")).unwrap();
        MDBook::load_with_config(self.0.path(), config).unwrap().build().unwrap();
    }

    fn qabook(&self, arguments: &[&str]) -> std::process::Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_qabook"));
        command.args(arguments).current_dir(self.0.path()).env_remove("GITHUB_ACTIONS").output().unwrap()
    }
}

/// Page, what stock mdBook shows there, and what ours shows.
const DAMAGE: [(&str, &str, &str); 8] = [
    (
        "emphasis.html",
        "<p>**历经10年发展，<strong>年，他说</strong>“同步”**序号。</p>",
        "<p><strong>历经10年发展，</strong>年，他说<strong>“同步”</strong>序号。</p>",
    ),
    ("emphasis.html", "<strong>甲。<strong>乙</strong>丙</strong>", "<strong>甲。</strong>乙<strong>丙</strong>"),
    ("emphasis.html", "~~删去。~~后文", "<del>删去。</del>后文"),
    ("lines.html", "一行一句，\n第二行\n接 Rust", "一行一句，第二行接 Rust 与 <code>code</code>。"),
    ("lines.html", "引文的\n<strong>下一行", "引文的<strong>下一行"),
    ("quotes.html", "他说“你好“吗", "他说\"你好\"吗"),
    ("headings.html", "<h2 id=\"\">", "<h2 id=\"section\">"),
    ("alerts.html", "Warning</p>", "警告</p>"),
];

#[test]
fn stock_mdbook_shows_each_damage() {
    let book = Corrupted::new(false);
    book.build_with_stock_mdbook();
    for (page, stock, _) in DAMAGE {
        assert!(book.main_of(page).contains(stock), "mended upstream? {stock}\n{}", book.main_of(page));
    }
}

#[test]
fn our_build_shows_none() {
    let book = Corrupted::new(true);
    assert!(book.qabook(&["build", "--quiet"]).status.success());
    for (page, stock, ours) in DAMAGE {
        assert!(book.main_of(page).contains(ours), "not there: {ours}\n{}", book.main_of(page));
        assert!(!book.main_of(page).contains(stock), "still there: {stock}");
    }
}

#[test]
fn check_finds_each_when_the_preprocessor_is_off() {
    let output = Corrupted::new(false).qabook(&["check", "--quiet"]);
    let report = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{report}");
    for (line, rule) in [
        ("book.toml: error: output.html.smart-punctuation is on", "smart-punctuation"),
        ("src/emphasis.md:3:1: error: `**` is left in “**历经10年发展", "literal-mark"),
        ("src/emphasis.md:7:1: error: `~~` is left in “~~删去。", "literal-mark"),
        ("src/lines.md:3:5: error: browsers draw a space between “一行一句，” and “第二行”", "line-break-space"),
        ("src/lines.md:9:5: error: browsers draw a space between “引文的” and “下一行。”", "line-break-space"),
        ("src/quotes.md:3:6: error: a quote opens inside another: “他说“你好“吗？”", "quotes"),
        ("src/headings.md:3:4: error: the id of “？！” is empty", "empty-id"),
        ("src/alerts.md:3:3: error: the alert's title is English: Warning", "alert-title"),
    ] {
        let found = report.lines().any(|found| found.starts_with(line) && found.ends_with(&format!("({rule})")));
        assert!(found, "not found: {line}\n{report}");
    }
}

#[test]
fn check_finds_nothing_when_it_is_on() {
    let output = Corrupted::new(true).qabook(&["check", "--quiet"]);
    let report = String::from_utf8(output.stdout).unwrap();
    // Spaces are the author's affair, where this build looks at them.
    let lines: Vec<_> =
        report.lines().filter(|line| line.contains(": error:") && !line.ends_with("(spacing)")).collect();
    assert_eq!(lines, [""; 0], "{report}");
}
