//! The languages of the embedded files.

/// The languages that there are files in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Chinese,
}

impl Language {
    /// That of the files for a book in `language`: English where there are none.
    pub(super) fn of(language: &str) -> Self {
        let main = language.split('-').next().unwrap_or_default();
        if main.eq_ignore_ascii_case("zh") { Self::Chinese } else { Self::English }
    }

    pub(super) fn description(self) -> &'static str {
        match self {
            Self::English => "Questions and answers, with programs that were run",
            Self::Chinese => "问题与回答，附真正运行过的程序",
        }
    }
}
