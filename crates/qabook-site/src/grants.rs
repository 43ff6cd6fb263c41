//! What the settings of a book let its pages run, load and connect to: `check.toml`, and of book.toml the service that runs
//! programs and the buttons of stock mdBook.

use mdbook_driver::config::Config;
use qabook_support::{Diagnostic, Rule, SettingsText, shown};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::origin::{Leads, cleaned, leads, origin_of};
use super::text_guard::Grants;
use crate::exemptions::{self, Settings, passes};

/// What a page may neither run nor load.
pub(super) const POLICY: Rule = Rule::error("policy");

/// Where the Run button of stock mdBook posts to.
const PLAYGROUND: &str = "https://play.rust-lang.org";

/// What a book's settings grant.
#[derive(Debug)]
pub(super) struct BookGrants {
    settings: Settings,
    hosts: BTreeSet<String>,
    script_hosts: BTreeSet<String>,
    /// Where programs are run, as the settings and the cards name it.
    endpoint: String,
    service: Option<String>,
    is_editable: bool,
}

impl BookGrants {
    /// Reads them for the book in `root`.
    /// Errors: A file or address that is wrong.
    pub(super) fn of_book(root: &Path, config: &Config) -> Result<Self, Diagnostic> {
        let settings = Settings::read(root)?;
        Self::new(settings, config, root)
    }

    #[cfg(test)]
    pub(super) fn of_texts(config: &str, exemptions: &str) -> Result<Self, Diagnostic> {
        Self::new(toml::from_str(exemptions).unwrap(), &config.parse().unwrap(), Path::new(""))
    }

    fn new(settings: Settings, config: &Config, root: &Path) -> Result<Self, Diagnostic> {
        let in_file = |problem: Diagnostic, file: &str| problem.in_file(shown(&root.join(file)));
        let (mut hosts, mut script_hosts) = (BTreeSet::new(), BTreeSet::new());
        for exemption in &settings.other_host {
            let Some(origin) = origin_of(&exemption.pattern) else {
                let message = format!("[[other-host]]: `{}` names no host", exemption.pattern);
                let hint = "begin it with a host that is written out, as in `https://example.org/*`";
                return Err(in_file(POLICY.broken(message, hint), exemptions::FILE).on_line(exemption.line));
            };
            if exemption.scripts {
                script_hosts.insert(origin.clone());
            }
            hosts.insert(origin);
        }
        // Another mistake in the table is the preprocessor's to report.
        let endpoint = mdbook_snippets::Config::from_book(config).unwrap_or_default().endpoint;
        let clean = cleaned(&endpoint);
        let service = match leads(&clean) {
            Leads::Here => None,
            _ => Some(origin_of(&endpoint).ok_or_else(|| {
                let message = format!("[preprocessor.snippets]: the endpoint `{endpoint}` is no URL");
                let problem = POLICY.broken(message, "write `https://HOST/PATH`, or a path on the book's own host");
                let text = fs::read_to_string(root.join("book.toml")).unwrap_or_default();
                let line = SettingsText::new(&text).line(&["preprocessor", "snippets", "endpoint"]);
                in_file(problem, "book.toml").on_line(line)
            })?),
        };
        let is_editable = config.html_config().unwrap_or_default().playground.editable;
        Ok(Self { settings, hosts, script_hosts, endpoint, service, is_editable })
    }

    /// The hosts that pages may load from.
    pub(super) fn hosts(&self) -> &BTreeSet<String> {
        &self.hosts
    }

    /// Those whose scripts they may run.
    pub(super) fn script_hosts(&self) -> &BTreeSet<String> {
        &self.script_hosts
    }

    /// Whether a page may load `address`, of another host; as a script, where `is_script` says so.
    pub(super) fn loads(&self, address: &str, is_script: bool) -> bool {
        let allowed = self.settings.other_host.iter().filter(|exemption| exemption.scripts || !is_script);
        allowed.into_iter().any(|exemption| passes(std::slice::from_ref(exemption), address))
    }

    /// Whether the text of the page `file` may hold scripts.
    pub(super) fn has_text_scripts(&self, file: &str) -> bool {
        passes(&self.settings.text_script, file)
    }

    /// The service that runs the programs of cards, where it is on another host.
    pub(super) fn service(&self) -> Option<String> {
        self.service.clone()
    }

    /// The service that runs mdBook's own runnable blocks, which are there where the settings ask for them.
    pub(super) fn playground() -> String {
        PLAYGROUND.into()
    }

    /// Whether pages have mdBook's editor.
    pub(super) fn is_editable(&self) -> bool {
        self.is_editable
    }

    /// What the text of the page `file` may hold; `loads` is [`BookGrants::loads`].
    pub(super) fn of_text<'a>(&'a self, file: &str, loads: &'a dyn Fn(&str, bool) -> bool) -> Grants<'a> {
        Grants { scripts: self.has_text_scripts(file), endpoint: &self.endpoint, loads }
    }
}
