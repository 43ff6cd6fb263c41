//! Every command and every option is explained, and what is explained exists.

use super::{chapter, code, rows, section};
use clap::{Command, CommandFactory};
use std::collections::BTreeSet;

/// The long options of `command` and of the commands below it. Those of all commands are explained once.
fn options(command: &Command) -> BTreeSet<String> {
    const SHARED: [&str; 5] = ["help", "version", "root", "quiet", "verbose"];
    let long = command.get_arguments().filter_map(|argument| argument.get_long());
    let own = long.filter(|long| !SHARED.contains(long)).map(|long| format!("--{long}"));
    own.chain(command.get_subcommands().flat_map(options)).collect()
}

#[test]
fn every_command_and_option_is_explained() {
    let text = chapter("reference/commands.md");
    for command in qabook::cli::Cli::command().get_subcommands() {
        // Their options are those of programs of their own, which test them.
        if matches!(command.get_name(), "pdf" | "anki") {
            continue;
        }
        let lines = section(&text, command.get_name());
        let explained = rows(&lines).into_iter().flat_map(|row| code(row[0])).filter(|name| name.starts_with("--"));
        let explained: BTreeSet<String> =
            explained.map(|name| name.split(['=', ' ']).next().unwrap().to_string()).collect();
        assert_eq!(explained, options(command), "qabook {}", command.get_name());
    }
}

#[test]
fn every_command_that_is_explained_exists() {
    let text = chapter("reference/commands.md");
    let cli = qabook::cli::Cli::command();
    let names = text.lines().filter_map(|line| line.strip_prefix("## `qabook ")?.split([' ', '`']).next());
    let names: BTreeSet<&str> = names.collect();
    assert_eq!(names, cli.get_subcommands().map(Command::get_name).collect());
}
