//! Where the references of a site lead.

use qabook_support::Rule;

use super::css;
use super::model::{Site, redirected};
use super::origin::Flaw;
use super::page::Page;
use super::reference::{Reference, Use};
use super::urls::{Target, resolve};
use crate::check::rules;
use crate::exemptions::{Settings, passes};

/// The references of `page` that lead nowhere or to where no page may fetch from.
pub(super) fn check(site: &Site<'_>, page: &Page, settings: &Settings) -> Vec<Flaw> {
    if site.redirects.keys().any(|from| redirected(from) == (page.path.as_str(), None)) {
        // It is book.toml's, where it is looked at.
        return Vec::new();
    }
    let base = site.base.as_str();
    let own = format!("{base}{}", page.path);
    let with_base = page.base.as_deref().map(|href| resolve_base(href, &own));
    let served = |reference: &Reference| match &with_base {
        // On mdBook's 404 page, which alone has a base, the headings' links to themselves lead to the home page. No author
        // can fix that.
        Some(served) if !reference.url.starts_with('#') => served.clone(),
        _ => own.clone(),
    };
    let check = |reference: &Reference| flaw(site, reference, &served(reference), settings);
    page.references.iter().filter_map(check).collect()
}

/// The references of the style sheet `text` at `path`.
pub(super) fn check_style_sheet(site: &Site<'_>, path: &str, text: &str, settings: &Settings) -> Vec<Flaw> {
    let served = format!("{}{path}", site.base);
    let references = css::references(text, 1);
    references.iter().filter_map(|reference| flaw(site, reference, &served, settings)).collect()
}

/// Where the page at `own`, which has `<base href>`, is served as far as relative URLs are concerned.
fn resolve_base(href: &str, own: &str) -> String {
    let path = match href.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |slash| &rest[slash..]),
        None => href,
    };
    if path.starts_with('/') { path.to_string() } else { own.to_string() }
}

fn flaw(site: &Site<'_>, reference: &Reference, page: &str, settings: &Settings) -> Option<Flaw> {
    let Reference { url, purpose, line } = reference;
    let report = |rule: Rule, message: String, hint: &str| {
        Some(Flaw::new(rule.broken(message, hint), *line, reference.needles()))
    };
    if url.is_empty() {
        return report(rules::BROKEN_LINK, "an empty address".into(), "write where it leads, or take the link out");
    }
    let target = resolve(url, page, &site.base);
    if target == Target::OtherHost {
        if !matches!(purpose, Use::Fetch | Use::Alternative) || passes(&settings.other_host, url) {
            return None;
        }
        let hint = "ship the file with the book, or exempt the address with a reason in check.toml";
        return report(rules::OTHER_HOST, format!("the page fetches {url} by itself"), hint);
    }
    if *purpose == Use::Alternative {
        return None;
    }
    let (rule, problem) = problem(site, &target)?;
    let hint = match rule {
        rules::BROKEN_FRAGMENT => "fix the part after `#`, or give the heading that id: `## title {#id}`",
        _ => "fix the path: it is relative to this page, and its case matters",
    };
    report(rule, format!("`{url}` leads nowhere: {problem}"), hint)
}

/// Why nothing is at `target`.
pub(super) fn problem(site: &Site<'_>, target: &Target) -> Option<(Rule, String)> {
    match target {
        // Where the book will be isn't known.
        Target::Outside(_) if !site.is_placed => None,
        Target::Outside(path) => Some((rules::BROKEN_LINK, format!("{path} is outside of the site ({})", site.base))),
        Target::Site { path, .. } if !site.files.contains_key(path) && !site.downloads.contains(path) => {
            let folder = format!("{path}/");
            let is_folder = site.files.keys().any(|file| file.starts_with(&folder));
            let what = if is_folder { "is a folder: end it with a slash" } else { "does not exist" };
            Some((rules::BROKEN_LINK, format!("{path} {what}")))
        }
        Target::Site { path, fragment: Some(fragment) } => {
            let page = site.pages.get(path)?;
            let found = page.is_redirect
                || fragment == "top"
                || page.ids.contains_key(fragment)
                || site.has_fragment_redirect(path, fragment);
            (!found).then(|| (rules::BROKEN_FRAGMENT, format!("{path} has no id `{fragment}`")))
        }
        Target::Site { fragment: None, .. } | Target::OtherHost | Target::NoFile => None,
    }
}
