//! What docs/ says about the options.

use clap::CommandFactory;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Options of every command, which are explained once.
const SHARED: [&str; 4] = ["root", "quiet", "help", "version"];

/// What stands between backticks in the first column of the table in the section `id` of a chapter.
fn names(chapter: &str, id: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/src").join(chapter);
    let text = fs::read_to_string(path).unwrap();
    let (_, rest) = text.split_once(&format!("{{#{id}}}\n")).expect("the section");
    let lines = rest.lines().take_while(|line| !line.starts_with('#'));
    let cells = lines.filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(Into::into).collect()
}

/// The long options of the command.
fn options() -> BTreeSet<String> {
    let cli = qabook_pdf::cli::Cli::command();
    let long = cli.get_arguments().filter_map(|argument| argument.get_long());
    long.filter(|long| !SHARED.contains(long)).map(Into::into).collect()
}

#[test]
fn every_option_is_explained() {
    let names = names("reference/commands.md", "pdf");
    let long = names.iter().filter_map(|name| name.strip_prefix("--")?.split(' ').next());
    assert_eq!(long.map(Into::into).collect::<BTreeSet<String>>(), options());
}

#[test]
fn every_key_of_the_renderer_is_explained() {
    let keys = options().into_iter().filter(|option| !["out", "from-mdbook"].contains(&option.as_str()));
    assert_eq!(names("reference/settings.md", "pdf").into_iter().collect::<BTreeSet<_>>(), keys.collect());
}
