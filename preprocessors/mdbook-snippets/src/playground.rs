//! Links that open a program in the Playground.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::Config;

/// The longest link that is written: servers refuse much longer ones (414).
const LONGEST: usize = 8 * 1024;

/// Characters of a query value that need no escaping (RFC 3986 §2.3).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The link that opens `code`, or `None` when it would be longer than servers take.
pub(crate) fn link(config: &Config, code: &str) -> Option<String> {
    let Config { playground, channel, mode, edition, .. } = config;
    let code = utf8_percent_encode(code, ESCAPED);
    let link = format!("{playground}?version={channel}&mode={mode}&edition={edition}&code={code}");
    (link.len() <= LONGEST).then_some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_carries_the_program_and_how_to_run_it() {
        let link = link(&Config::default(), "fn main() {\n    println!(\"你好 & a+b\");\n}\n").unwrap();
        assert_eq!(
            link,
            "https://play.rust-lang.org/?version=stable&mode=debug&edition=2024&code=fn%20main%28%29%20%7B%0A%20%20%20%20\
             println%21%28%22%E4%BD%A0%E5%A5%BD%20%26%20a%2Bb%22%29%3B%0A%7D%0A"
        );
    }

    #[test]
    fn a_link_that_servers_refuse_is_not_written() {
        assert_eq!(link(&Config::default(), &"好".repeat(1000)), None);
    }
}
