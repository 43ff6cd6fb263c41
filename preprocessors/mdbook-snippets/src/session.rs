//! Console sessions: what was typed at a prompt, and what the machine said.

/// Names of fences that hold a session.
const LANGUAGES: [&str; 6] = ["console", "sh-session", "shell-session", "shellsession", "session", "terminal"];

/// Characters that end a prompt, with a space behind: `$ ls`, `# ls`, `% ls`, `> ls`.
const PROMPTS: [char; 4] = ['$', '#', '%', '>'];

/// Whether a fence of `language` is a session.
pub(crate) fn is_session(language: &str) -> bool {
    LANGUAGES.contains(&language.to_lowercase().as_str())
}

/// A line of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    /// A prompt with the space after it, and the command.
    Command(&'a str, &'a str),
    /// The rest of a command whose line before ends with a backslash.
    Continued(&'a str),
    /// What the machine said.
    Output(&'a str),
}

/// Tells the lines of a session apart.
pub(crate) fn lines<'a>(lines: &[&'a str]) -> Vec<Line<'a>> {
    let mut continued = false;
    let tell = |line: &&'a str| {
        let is_prompt = line.starts_with(PROMPTS) && line[1..].starts_with(' ');
        let told = match line.split_at_checked(2) {
            _ if continued => Line::Continued(line),
            Some((prompt, command)) if is_prompt => Line::Command(prompt, command),
            _ => Line::Output(line),
        };
        continued = told != Line::Output(line) && line.trim_end_matches(['\r', '\n']).ends_with('\\');
        told
    };
    lines.iter().map(tell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_and_what_they_print_are_told_apart() {
        let session = ["$ cargo run \\\n", "  --release\n", "$5 is no prompt \\\n", "# ls\n", "$\n"];
        assert_eq!(
            lines(&session),
            [
                Line::Command("$ ", "cargo run \\\n"),
                Line::Continued("  --release\n"),
                Line::Output("$5 is no prompt \\\n"),
                Line::Command("# ", "ls\n"),
                Line::Output("$\n"),
            ]
        );
    }
}
