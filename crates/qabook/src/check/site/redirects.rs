//! Where the redirects of book.toml lead.

use qabook_support::{Diagnostic, Rule, SettingsText};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::links::problem;
use super::model::{Site, redirected};
use super::urls::{Target, resolve};
use crate::check::rules;

/// The redirects whose target doesn't exist, and those that lead back to where they begin.
pub(super) fn check(site: &Site<'_>, root: &Path) -> Vec<Diagnostic> {
    let settings = root.join("book.toml");
    let text = fs::read_to_string(&settings).unwrap_or_default();
    let text = SettingsText::new(&text);
    let flaw = |(from, to): (&String, &String)| {
        let (rule, problem, hint) = flaw(site, from, to)?;
        let message = format!("output.html.redirect sends {from} to `{to}`: {problem}");
        let line = text.line(&["output", "html", "redirect", from]);
        Some(rule.broken(message, hint).in_file(&settings).on_line(line))
    };
    site.redirects.iter().filter_map(flaw).collect()
}

/// What is wrong with the redirect of `from` to `to`, and what to do about it.
fn flaw(site: &Site<'_>, from: &str, to: &str) -> Option<(Rule, String, &'static str)> {
    if let Some((rule, problem)) = problem(site, &target(site, from, to)) {
        return Some((rule, problem, "fix the target: it is relative to the page that the reader leaves"));
    }
    is_in_circle(site, from).then(|| {
        let problem = "from there the reader is sent back here, for ever".to_string();
        (rules::BROKEN_LINK, problem, "name a page that is there")
    })
}

/// Where `to` leads from the page of `from`.
fn target(site: &Site<'_>, from: &str, to: &str) -> Target {
    let base = site.base.as_str();
    resolve(to, &format!("{base}{}", redirected(from).0), base)
}

/// Whether who follows the redirect of `start` comes to it again.
fn is_in_circle(site: &Site<'_>, start: &str) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), Some((start, None)));
    while let Some((from, carried)) = next {
        if !seen.insert(from) {
            return from == start;
        }
        next = site.redirects.get(from).and_then(|to| step(site, from, to, carried));
    }
    false
}

/// The redirect at the end of that of `from` to `to`, and the fragment with which the reader comes there: the one that was
/// `carried` where the target has none.
fn step<'a>(site: &'a Site<'_>, from: &str, to: &str, carried: Option<String>) -> Option<(&'a str, Option<String>)> {
    let Target::Site { path, fragment } = target(site, from, to) else { return None };
    let fragment = fragment.or(carried);
    // Of a page that is there, a redirect of a fragment is followed once.
    site.pages.get(&path).filter(|page| page.is_redirect)?;
    let leads_on =
        |wanted: Option<&str>| site.redirects.keys().find(|from| redirected(from) == (path.as_str(), wanted));
    let of_fragment = fragment.as_deref().and_then(|fragment| leads_on(Some(fragment)));
    Some((of_fragment.or_else(|| leads_on(None))?, fragment))
}
