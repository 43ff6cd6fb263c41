//! A question as its chapter has it: front matter, and the text where that is silent.

use mdbook_preprocessor::book::Chapter;
use qabook_support::{ChapterFile, Diagnostics};
use std::collections::HashSet;

use crate::body::Body;
use crate::config::Config;
use crate::front_matter::{FORM, FRONT_MATTER, Format, FrontMatter};
use crate::given::Given;
use crate::options::option_problems;
use crate::plain::of_value;
use crate::question::Question;
use crate::summary::excess;
use crate::yaml;

/// The chapter of a question, read but not numbered.
pub(crate) struct Written<'a> {
    pub(crate) chapter: &'a Chapter,
    /// The title of its part.
    pub(crate) part: Option<String>,
    pub(crate) file: ChapterFile,
    front_matter: Option<FrontMatter<'a>>,
    pub(crate) given: Given,
}

impl<'a> Written<'a> {
    /// Reads the front matter of `chapter`.
    ///
    /// # Errors
    /// What is unclosed, malformed, unknown or of the wrong type; YAML that says more than a few plain values; in a strict
    /// book any YAML, and what is missing.
    pub(crate) fn read(
        chapter: &'a Chapter,
        part: Option<String>,
        file: ChapterFile,
        config: &Config,
    ) -> Result<Self, Diagnostics> {
        let front_matter = FrontMatter::find(&chapter.content, &file)?;
        let Some(block) = &front_matter else {
            if config.strict {
                return Err(file.on_line(1, FRONT_MATTER.broken("this question has no front matter", FORM)).into());
            }
            return Ok(Self { chapter, part, file, front_matter, given: Given::default() });
        };
        let given = match block.format {
            Format::Toml => Given::of_toml(block, &file)?,
            Format::Yaml if config.strict => {
                return Err(file.on_line(1, FRONT_MATTER.broken("the front matter is YAML", FORM)).into());
            }
            Format::Yaml => yaml::read(block, &file)?,
        };
        Ok(Self { chapter, part, file, front_matter, given })
    }

    /// The line on which `key` is set, or the first line.
    pub(crate) fn line_of(&self, key: &str) -> usize {
        self.front_matter.as_ref().map_or(1, |block| block.line_of(key))
    }

    /// The question with its `number`. What front matter doesn't say, `body` does.
    pub(crate) fn question(&self, number: u32, body: &Body<'_>, abbreviations: &str) -> Question {
        let given = &self.given;
        // What SUMMARY.md calls it; until the preprocessor has run, an include may bring a title, too.
        let title = || body.title().unwrap_or_else(|| self.chapter.name.clone());
        let summary = || body.first_sentence(abbreviations).unwrap_or_default();
        Question {
            number,
            variant: given.variant,
            question: given.question.as_deref().map_or_else(title, of_value),
            summary: given.summary.as_deref().map_or_else(summary, of_value),
            level: given.level,
            tags: given.tags.clone().unwrap_or_default(),
            aliases: given.aliases.clone(),
            asked: given.asked.clone(),
            related: given.related.clone(),
            verified: given.verified,
            options: given.options.clone(),
        }
    }

    /// What is wrong with `question`, which was made of this, that types don't rule out.
    pub(crate) fn problems(&self, question: &Question, config: &Config) -> Diagnostics {
        let mut problems = Diagnostics::default();
        let strict = config.strict;
        if strict {
            problems.extend(self.given.missing(&self.file));
        }
        let mut report = |key: &str, message: String, hint: &str| {
            let message = format!("front matter: `{key}` {message}");
            problems.push(self.file.on_line(self.line_of(key), FRONT_MATTER.broken(message, hint)));
        };
        let last = config.last_number.unwrap_or(u32::MAX);
        if !(1..=last).contains(&question.number) && (self.given.number.is_some() || !strict) {
            let hint = "give the question's own number; `last-number` in [preprocessor.questions] is the highest";
            report("number", format!("is {}, not one of 1 to {last}", question.number), hint);
        }
        if question.variant.is_some_and(|letter| !matches!(letter, 'b'..='z')) {
            report("variant", "is no letter from b to z".into(), "leave it out, or write variant = \"b\"");
        }
        if question.question.is_empty() {
            let hint =
                if self.given.question.is_some() { "write the question as asked" } else { "write it as the title" };
            report("question", "is empty".into(), hint);
        }
        let summary = self.given.summary.as_ref().filter(|_| strict);
        if summary.is_some() && question.summary.is_empty() {
            report("summary", "is empty".into(), "say the answer as one would say it in 30 seconds");
        }
        if let Some(message) = summary.and_then(|_| excess(&question.summary)) {
            report("summary", message, "say the answer as one would say it in 30 seconds");
        }
        let tags = self.given.tags.as_ref().filter(|tags| strict && !(1..=5).contains(&tags.len()));
        if let Some(tags) = tags {
            report("tags", format!("has {} entries", tags.len()), "give 1 to 5 tags");
        }
        lists(question, &mut report);
        for message in option_problems(&question.options) {
            let hint = "each `[[options]]` has `text` and `why`, and `right = true` if it is to be chosen";
            report("options", message, hint);
        }
        // On the page it separates them.
        for wording in question.asked.iter().filter(|wording| wording.contains('|')) {
            let message = format!("front matter: `asked` holds `|` in `{wording}`");
            let line = self.front_matter.as_ref().map_or(1, |block| block.line_of_word("asked", wording));
            problems
                .push(self.file.on_line(line, FRONT_MATTER.broken(message, "write two wordings, or one without it")));
        }
        problems
    }
}

/// Reports what is in a list of words twice, or empty.
fn lists(question: &Question, report: &mut impl FnMut(&str, String, &str)) {
    let lists = [
        ("tags", &question.tags),
        ("aliases", &question.aliases),
        ("asked", &question.asked),
        ("related", &question.related),
    ];
    for (key, words) in lists {
        let mut seen = HashSet::new();
        if let Some(word) = words.iter().find(|word| !seen.insert(word.as_str())) {
            report(key, format!("names `{word}` twice"), "name it once");
        }
        if words.iter().any(|word| word.trim().is_empty()) {
            report(key, "has an empty entry".into(), "delete the entry");
        }
    }
}

/// What is wrong with the front matter of a `chapter` that is no question.
pub(crate) fn out_of_place(chapter: &Chapter, file: &ChapterFile) -> Diagnostics {
    let mut problems = Diagnostics::default();
    if chapter.source_path.is_none() {
        return problems;
    }
    match FrontMatter::find(&chapter.content, file) {
        // What other tools say of a page is taken out.
        Ok(None | Some(FrontMatter { format: Format::Yaml, .. })) => {}
        Ok(Some(_)) => {
            let message = "front matter on a chapter without a number, which is no question";
            let hint = "list it in SUMMARY.md as `- [title](file.md)`, below the chapters without numbers; or delete the front matter";
            problems.push(file.on_line(1, FRONT_MATTER.broken(message, hint)));
        }
        Err(problem) => problems.push(problem),
    }
    problems
}
