//! How bad a breach of each house rule is: as `[rules]` in check.toml says, else as the book is strict or not.

use mdbook_driver::config::Config;
use qabook_support::{Diagnostic, Severity};
use std::collections::BTreeMap;

use super::rules::is_house_rule;
use crate::exemptions::{Level, Settings};

/// The levels of the house rules in a book.
pub(super) struct Levels<'a> {
    /// By the rule's id, those that the author set.
    set: &'a BTreeMap<String, Level>,
    is_strict: bool,
}

impl<'a> Levels<'a> {
    /// The levels in a book with these settings.
    pub(super) fn of_book(settings: &'a Settings, config: &Config) -> Self {
        let is_strict = mdbook_questions::Config::from_book(config).is_ok_and(|questions| questions.strict);
        Self { set: &settings.rules, is_strict }
    }

    /// The findings that are to be reported, each at its level; only breaches of house rules change theirs.
    pub(super) fn apply(&self, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        findings.into_iter().filter_map(|finding| self.at_its_level(finding)).collect()
    }

    fn at_its_level(&self, mut finding: Diagnostic) -> Option<Diagnostic> {
        if !is_house_rule(finding.rule.id) {
            return Some(finding);
        }
        finding.rule.severity = match self.set.get(finding.rule.id) {
            Some(Level::Off) => return None,
            Some(Level::Warn) => Severity::Warning,
            Some(Level::Error) => Severity::Error,
            // Where nobody promised to keep to them they are advice.
            None if !self.is_strict => finding.rule.severity.max(Severity::Warning),
            None => finding.rule.severity,
        };
        Some(finding)
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules;
    use super::*;

    fn level(set: &[(&str, Level)], is_strict: bool, rule: qabook_support::Rule) -> Option<Severity> {
        let set = set.iter().map(|(id, level)| ((*id).to_string(), *level)).collect();
        let found = Levels { set: &set, is_strict }.apply(vec![rule.broken("m", "h")]);
        found.first().map(Diagnostic::severity)
    }

    #[test]
    fn a_house_rule_is_an_error_in_a_strict_book_and_advice_in_others() {
        assert_eq!(level(&[], true, rules::ONE_H1), Some(Severity::Error));
        assert_eq!(level(&[], false, rules::ONE_H1), Some(Severity::Warning));
        assert_eq!(level(&[], true, rules::UNPUBLISHED), Some(Severity::Warning));
    }

    #[test]
    fn an_author_sets_each_rule() {
        for is_strict in [true, false] {
            assert_eq!(level(&[("todo", Level::Off)], is_strict, rules::TODO), None);
            assert_eq!(level(&[("todo", Level::Warn)], is_strict, rules::TODO), Some(Severity::Warning));
            assert_eq!(level(&[("todo", Level::Error)], is_strict, rules::TODO), Some(Severity::Error));
        }
    }

    #[test]
    fn what_is_broken_for_readers_has_no_level() {
        assert_eq!(level(&[], false, rules::BROKEN_LINK), Some(Severity::Error));
        assert_eq!(level(&[("broken-link", Level::Off)], false, rules::BROKEN_LINK), Some(Severity::Error));
    }
}
