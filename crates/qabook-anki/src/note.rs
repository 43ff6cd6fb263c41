//! A note: what Anki keeps of a card's contents.

/// What a note asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A question or follow-up, and its answer.
    Question,
    /// Whether a sentence is right.
    Statement,
    /// What a program prints.
    Output,
}

impl Kind {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Question, Self::Statement, Self::Output];

    /// Its name in ids, file names and words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Statement => "statement",
            Self::Output => "output",
        }
    }

    /// The names of its fields. Their order is what [`Note::fields`] has.
    ///
    /// Anki takes a note type with other fields for another one, whose notes it then can't update: they are never changed.
    pub(crate) fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Question => &["question", "context", "options", "answer", "reasons", "level", "source"],
            Self::Statement => &["claim", "origin", "verdict", "fact", "evidence", "fact_first", "source"],
            Self::Output => &["caption", "code", "record_label", "record", "source"],
        }
    }
}

/// A note; every note has one card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    /// What it asks.
    pub(crate) kind: Kind,
    /// The card's id: `q:SLUG` a question, `f:SLUG:HASH` a follow-up, `s:SLUG:HASH` a statement, `o:NAME` an output.
    pub(crate) id: String,
    /// The part that its chapter belongs to.
    pub(crate) part: Option<String>,
    /// Subjects, without spaces.
    pub(crate) tags: Vec<String>,
    /// HTML, one for each of [`Kind::fields`].
    pub(crate) fields: Vec<String>,
}
