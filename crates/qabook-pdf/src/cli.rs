//! The command line of `qabook-pdf`.

use anyhow::{Context, Result, bail};
use clap::{Args, Parser, ValueEnum};
use mdbook_renderer::RenderContext;
use qabook_document::{Document, Edition, Loaded};
use qabook_support::write_whole;
use serde::Deserialize;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::{CheatSheet, Fonts, Layout, Paper, Settings, Site, Typst};

/// The name that preprocessors and book.toml know this renderer by.
const RENDERER: &str = "pdf";

/// Makes a PDF of a book.
#[derive(Debug, Parser)]
#[command(name = "qabook-pdf", version, about)]
pub struct Cli {
    /// Folder that holds book.toml
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
    /// File to write [default: the site's name in the build folder, such as book/wenxiu.pdf]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    choices: Choices,
    /// Print errors and warnings only
    #[arg(long, short)]
    quiet: bool,
    /// Take the book from mdBook: for `command` in [output.pdf], where the other options are keys
    #[arg(long, conflicts_with_all = ["root", "out", "paper", "large_print", "screen", "site", "cheat_sheet", "no_answers", "typst"])]
    from_mdbook: bool,
}

/// How the book is set: options, or keys of `[output.pdf]`.
// Independent switches, as they are on the command line.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct Choices {
    /// The sheet
    #[arg(long, value_enum, default_value_t)]
    paper: Sheet,
    /// 14 pt type, for tired eyes
    #[arg(long)]
    large_print: bool,
    /// Pages of 16:10 to read on a screen: coloured links, no addresses in footnotes
    #[arg(long, conflicts_with = "paper")]
    screen: bool,
    /// Address of the book on the web: programs get a QR code that leads there
    #[arg(long, value_name = "URL")]
    site: Option<String>,
    /// Only the questions with their answers in one sentence, on a few pages to carry along
    #[arg(long)]
    cheat_sheet: bool,
    /// On the cheat-sheet: lines to write on instead of the answers
    #[arg(long, requires = "cheat_sheet")]
    no_answers: bool,
    /// Set the book with an installed Typst, such as `typst`, not with the one that is linked in
    #[arg(long, value_name = "PROGRAM")]
    typst: Option<PathBuf>,
    /// mdBook's own keys.
    #[arg(skip)]
    #[serde(rename = "command")]
    _command: Option<toml::Value>,
    #[arg(skip)]
    #[serde(rename = "optional")]
    _optional: Option<toml::Value>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Sheet {
    #[default]
    A4,
    A5,
}

/// Makes the PDF that `cli` asks for.
///
/// # Errors
/// What is wrong with the book, with file and line; then no file is written.
pub fn run(cli: &Cli) -> Result<()> {
    let started = Instant::now();
    let (loaded, choices, root, folder) = if cli.from_mdbook {
        let ctx = RenderContext::from_json(io::stdin().lock()).context("stdin holds no book as mdBook sends it")?;
        let choices: Choices = ctx.config.get(&format!("output.{RENDERER}"))?.unwrap_or_default();
        (qabook_document::from_render_context(&ctx, &options())?, choices, ctx.root, ctx.destination)
    } else {
        let book = qabook_document::open(&cli.root)?;
        let loaded = qabook_document::load(&book, &options())?;
        (loaded, cli.choices.clone(), cli.root.clone(), book.destination())
    };
    let Loaded { document, warnings } = loaded;
    let settings = choices.settings(&document, &root)?;
    let sheet = choices.sheet()?;
    let pdf = match sheet {
        Some(kind) => crate::render_sheet(&document, &settings, kind)?,
        None => crate::render(&document, &settings)?,
    };
    for warning in warnings.iter().chain(&pdf.warnings) {
        eprintln!("warning: {warning}");
    }
    let out = cli.out.clone().unwrap_or_else(|| folder.join(file_name(&document, settings.layout, sheet)));
    write_whole(&out, |mut file| Ok(file.write_all(&pdf.bytes)?))?;
    if !cli.quiet {
        #[allow(clippy::cast_precision_loss)]
        let megabytes = pdf.bytes.len() as f64 / 1e6;
        let seconds = started.elapsed().as_secs_f64();
        let with = match &settings.typst {
            Typst::Installed(program) => format!(", with the installed `{}`", program.display()),
            #[cfg(feature = "engine")]
            Typst::Linked => String::new(),
        };
        eprintln!("{}: {} pages, {megabytes:.1} MB, in {seconds:.1} s{with}", out.display(), pdf.pages);
    }
    Ok(())
}

/// What the document must be for a PDF.
fn options() -> qabook_document::Options {
    qabook_document::Options { renderer: RENDERER.into(), diagram_font: crate::TEXT_FACE.into() }
}

impl Choices {
    fn settings(&self, document: &Document, root: &Path) -> Result<Settings> {
        let paper = match (self.screen, self.paper) {
            (true, _) => Paper::Screen,
            (_, Sheet::A4) => Paper::A4,
            (_, Sheet::A5) => Paper::A5,
        };
        let site = match &self.site {
            Some(url) => Some(Site::new(url).with_context(|| {
                format!("`{url}` is no address\n    hint: write it whole, such as https://example.org/book/")
            })?),
            None => document.site_url.as_deref().and_then(Site::new),
        };
        let layout = Layout { paper, large_print: self.large_print };
        let typst = self.typst.clone().map_or_else(Typst::default, Typst::Installed);
        Ok(Settings { layout, site, edition: Edition::of(root)?, fonts: Fonts::of_book(root)?, typst })
    }

    /// The cheat-sheet that is to be made instead of the whole book.
    fn sheet(&self) -> Result<Option<CheatSheet>> {
        match (self.cheat_sheet, self.no_answers) {
            (true, false) => Ok(Some(CheatSheet::Answers)),
            (true, true) => Ok(Some(CheatSheet::SelfTest)),
            (false, false) => Ok(None),
            // The command line can't say this, book.toml can.
            (false, true) => bail!(
                "[output.{RENDERER}] has `no-answers` without `cheat-sheet`\n    hint: add `cheat-sheet = true`: the \
                 whole book always has its answers"
            ),
        }
    }
}

/// The name of the file: the book's, and what is special about the file.
fn file_name(document: &Document, layout: Layout, sheet: Option<CheatSheet>) -> String {
    let kind = match sheet {
        None => "",
        Some(CheatSheet::Answers) => "-cheat-sheet",
        Some(CheatSheet::SelfTest) => "-cheat-sheet-no-answers",
    };
    let paper = match layout.paper {
        Paper::A4 => "",
        Paper::A5 => "-a5",
        Paper::Screen => "-screen",
    };
    let size = if layout.large_print { "-large-print" } else { "" };
    format!("{}{kind}{paper}{size}.pdf", document.file_stem)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Command;
    use std::fs;

    /// `qabook build` names keys that are misspelt: it must know all of these.
    #[test]
    fn every_option_is_a_key_that_a_book_may_have() {
        let options = Choices::augment_args(Command::new("pdf"));
        let keys: String = options
            .get_arguments()
            .filter_map(|option| {
                let value = match option.get_long()? {
                    "paper" => "\"a5\"",
                    _ if option.get_action().takes_values() => "\"https://book.test/\"",
                    _ => "true",
                };
                Some(format!("{} = {value}\n", option.get_long()?))
            })
            .collect();
        assert!(keys.lines().count() > 3 && toml::from_str::<Choices>(&keys).is_ok(), "{keys}");
        let book = tempfile::tempdir().unwrap();
        fs::write(book.path().join("book.toml"), format!("[book]\ntitle = \"Q\"\n\n[output.pdf]\n{keys}")).unwrap();
        assert!(qabook_document::open(book.path()).is_ok(), "{keys}");
    }
}
