//! What docs/ says about the options.

use clap::CommandFactory;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Options of every command, which are explained once.
const SHARED: [&str; 4] = ["root", "quiet", "help", "version"];

#[test]
fn every_option_is_explained() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/src/reference/commands.md");
    let text = fs::read_to_string(path).unwrap();
    let (_, rest) = text.split_once("{#anki}\n").expect("the section");
    let lines = rest.lines().take_while(|line| !line.starts_with('#'));
    let cells = lines.filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let names = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let explained = names.filter_map(|name| name.strip_prefix("--")?.split(' ').next());
    let cli = qabook_anki::cli::Cli::command();
    let long = cli.get_arguments().filter_map(|argument| argument.get_long()).filter(|long| !SHARED.contains(long));
    assert_eq!(explained.collect::<BTreeSet<_>>(), long.collect());
}
