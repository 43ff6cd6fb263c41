//! The links by which readers suggest an edit: mdBook makes their addresses with the place of the sources on this machine.

use mdbook_driver::config::Config;

use super::rewriting::{Occurs, Rewriting};

/// The place of the sources in the addresses that mdBook makes, and the one that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditLinks {
    made: String,
    meant: String,
}

impl EditLinks {
    /// The links that mdBook makes with the settings `made`, in a book that says `own`; `None` where it has none.
    #[must_use]
    pub fn new(own: &Config, made: &Config) -> Option<Self> {
        own.html_config()?.edit_url_template?;
        let folder = |config: &Config| escaped(&format!("{}/", config.book.src.display()));
        Some(Self { made: folder(made), meant: folder(own) })
    }

    /// Mends the link of a page.
    pub(super) fn mend(&self, rewriting: &mut Rewriting<'_>) {
        let Self { made, meant } = self.clone();
        rewriting.element(".right-buttons a[rel=\"edit\"]", Occurs::Freely, move |link| {
            let href = link.get_attribute("href").unwrap_or_default();
            link.set_attribute("href", &href.replace(&made, &meant))?;
            Ok(())
        });
    }
}

/// `text` as mdBook's templates write it into an attribute.
fn escaped(text: &str) -> String {
    let entity = |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#x27;"),
        '`' => Some("&#x60;"),
        '=' => Some("&#x3D;"),
        _ => None,
    };
    text.chars().map(|c| entity(c).map_or_else(|| c.to_string(), str::to_string)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_the_sources_as_book_toml_does() {
        let settings = |src: &str| -> Config {
            let text = "[output.html]\nedit-url-template = \"https://a.example/edit/{path}?a=b\"\n";
            format!("[book]\nsrc = \"{src}\"\n{text}").parse().unwrap()
        };
        let page = |src: &str| {
            let href = format!("https://a.example/edit/{src}/a.md?a&#x3D;b");
            format!("<div class=\"right-buttons\"><a href=\"{href}\" rel=\"edit\">x</a></div>")
        };
        let links = EditLinks::new(&settings("text"), &settings("/home/q&a/text")).unwrap();
        let mut rewriting = Rewriting::default();
        links.mend(&mut rewriting);
        assert_eq!(rewriting.run(&page("/home/q&amp;a/text")).unwrap(), page("text"));
        assert_eq!(EditLinks::new(&Config::default(), &settings("x")), None);
    }
}
