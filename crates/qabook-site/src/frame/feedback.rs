//! The ways to the sources: to edit a page, and to report what is wrong on it.

use mdbook_driver::config::Config;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use qabook_support::path::slashed;
use qabook_words::Words;
use std::path::Path;

/// What stays as it is in the path of an address.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Where the book's sources are on the web: `output.html.git-repository-url`.
#[derive(Debug)]
pub(crate) struct Feedback {
    repository: String,
    /// What edits a page; `{path}` stands for its file.
    edit: String,
    /// The fields of a new report.
    fields: [&'static str; 2],
    report: &'static str,
    /// The folder of the chapters, relative to that of book.toml.
    src: String,
}

impl Feedback {
    /// `None` where book.toml names no repository.
    pub(crate) fn of(root: &Path, config: &Config) -> Option<Self> {
        let html = config.html_config()?;
        let repository = html.git_repository_url?.trim_end_matches('/').trim_end_matches(".git").to_string();
        let is_gitlab = repository.split('/').nth(2).is_some_and(|host| host.contains("gitlab"));
        let (edit, report, fields) = if is_gitlab {
            ("-/edit/HEAD", "-/issues/new", ["issue[title]", "issue[description]"])
        } else {
            // GitHub; Gitea and Forgejo take the same report.
            ("edit/HEAD", "issues/new", ["title", "body"])
        };
        let edit = html.edit_url_template.unwrap_or_else(|| format!("{repository}/{edit}/{}{{path}}", folder(root)));
        Some(Self { repository, edit, fields, report, src: slashed(&config.book.src) })
    }

    /// Where the chapter whose file is `source`, below the folder of the chapters, is edited.
    pub(super) fn edit(&self, source: &Path) -> String {
        let path = format!("{}/{}", self.src, slashed(source));
        let path = utf8_percent_encode(path.trim_start_matches("./"), PATH).to_string();
        self.edit.replace("{path}", &path)
    }

    /// Where what is wrong on the page `title` is reported, which is at `address`. A script adds the section that is being
    /// read to the first line of the text.
    pub(super) fn report(&self, title: &str, address: &str, words: &Words) -> String {
        let title = words.filled("site.report-title", &[("title", title)]);
        let text = format!("{address}\n\n{}\n", words.text("site.report-text"));
        let fields = self.fields.iter().zip([title, text]);
        let fields = fields.map(|(name, value)| format!("{}={}", encoded(name), encoded(&value))).collect::<Vec<_>>();
        format!("{}/{}?{}", self.repository, self.report, fields.join("&"))
    }
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// The folder of book.toml below that of the repository, with a slash at its end; empty for that folder itself.
fn folder(root: &Path) -> String {
    let Ok(root) = root.canonicalize() else { return String::new() };
    let top = root.ancestors().find(|folder| folder.join(".git").exists());
    let below = top.and_then(|top| root.strip_prefix(top).ok()).map(slashed).unwrap_or_default();
    if below.is_empty() { below } else { format!("{}/", utf8_percent_encode(&below, PATH)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feedback(settings: &str) -> Option<Feedback> {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("docs");
        std::fs::create_dir_all(folder.path().join(".git")).unwrap();
        std::fs::create_dir_all(&root).unwrap();
        Feedback::of(&root, &format!("[output.html]\n{settings}\n").parse().unwrap())
    }

    #[test]
    fn a_repository_takes_edits_and_reports() {
        let feedback = feedback("git-repository-url = \"https://github.com/a/b/\"").unwrap();
        assert_eq!(feedback.edit(Path::new("x/问.md")), "https://github.com/a/b/edit/HEAD/docs/src/x/%E9%97%AE.md");
        let report = feedback.report("A & B", "https://a.example/x.html", &Words::of_language("en"));
        assert!(report.starts_with("https://github.com/a/b/issues/new?title="), "{report}");
        assert!(report.contains("A%20%26%20B") && report.contains("&body=https%3A%2F%2Fa%2Eexample%2Fx%2Ehtml%0A%0A"));
    }

    #[test]
    fn gitlab_has_addresses_of_its_own() {
        let feedback = feedback("git-repository-url = \"https://gitlab.com/a/b.git\"").unwrap();
        assert_eq!(feedback.edit(Path::new("x.md")), "https://gitlab.com/a/b/-/edit/HEAD/docs/src/x.md");
        let report = feedback.report("A", "", &Words::of_language("en"));
        assert!(report.starts_with("https://gitlab.com/a/b/-/issues/new?issue%5Btitle%5D="), "{report}");
    }

    #[test]
    fn an_author_says_how_pages_are_edited() {
        let template = "edit-url-template = \"https://a.example/{path}\"";
        let feedback = feedback(&format!("git-repository-url = \"https://github.com/a/b\"\n{template}")).unwrap();
        assert_eq!(feedback.edit(Path::new("x.md")), "https://a.example/src/x.md");
    }

    #[test]
    fn without_a_repository_there_is_none() {
        assert!(feedback("").is_none());
    }
}
