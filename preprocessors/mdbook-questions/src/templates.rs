//! The embedded templates; a file of the same name under `theme/templates/` wins.

/// A template: its file name and its text.
type Template = (&'static str, &'static str);

/// The head of a question.
pub(crate) const HEADER: Template = ("question-header.html", include_str!("../templates/question-header.html"));
/// What is below a question.
pub(crate) const END: Template = ("question-end.html", include_str!("../templates/question-end.html"));
/// The page of a part.
pub(crate) const PART: Template = ("part-index.html", include_str!("../templates/part-index.html"));
/// `{{#questions}}`.
pub(crate) const PARTS: Template = ("question-parts.html", include_str!("../templates/question-parts.html"));
/// `{{#random-question}}`.
pub(crate) const RANDOM: Template = ("random-question.html", include_str!("../templates/random-question.html"));
/// `{{#downloads}}`.
pub(crate) const DOWNLOADS: Template = ("downloads.html", include_str!("../templates/downloads.html"));
/// A page to practise with.
pub(crate) const PRACTICE: Template = ("practice.html", include_str!("../templates/practice.html"));
/// The row of links to all such pages.
pub(crate) const PRACTICE_NAV: Template = ("practice-nav.html", include_str!("../templates/practice-nav.html"));
/// `{{#practice}}`.
pub(crate) const DOORS: Template = ("practice-doors.html", include_str!("../templates/practice-doors.html"));
/// Part of others: what one chooses from.
const OPTIONS: Template = ("question-options.html", include_str!("../templates/question-options.html"));
/// Part of others: the buttons of a question.
const MARKS: Template = ("question-marks.html", include_str!("../templates/question-marks.html"));
/// Part of others: how far the reader is.
const SUMMARY: Template = ("progress-summary.html", include_str!("../templates/progress-summary.html"));

/// The chips of the page of tags, with what filters it.
pub(crate) const TAGS: Template = ("tag-index.html", include_str!("../templates/tag-index.html"));
/// The questions of a tag.
pub(crate) const TAG_QUESTIONS: Template = ("tag-questions.html", include_str!("../templates/tag-questions.html"));
/// What finds terms in the glossary.
pub(crate) const GLOSSARY: Template = ("glossary-filter.html", include_str!("../templates/glossary-filter.html"));

/// The links to all of several pages that are made of one.
pub(crate) const MADE_PAGES: Template = ("made-pages.html", include_str!("../templates/made-pages.html"));

/// All of them.
pub(crate) const ALL: [Template; 16] = [
    MADE_PAGES,
    MARKS,
    SUMMARY,
    OPTIONS,
    HEADER,
    END,
    PART,
    PARTS,
    RANDOM,
    DOWNLOADS,
    PRACTICE,
    PRACTICE_NAV,
    DOORS,
    TAGS,
    TAG_QUESTIONS,
    GLOSSARY,
];
