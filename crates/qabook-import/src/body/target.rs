//! Where links and pictures lead.

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// Where it says.
    Same,
    /// To this address.
    Moved(String),
    /// Nowhere in the book.
    Nowhere,
}

/// Finds what links and pictures mean in the new book.
pub(crate) trait Resolve {
    /// Where the link to `destination` leads.
    fn link(&self, destination: &str) -> Target;
    /// Where the picture at `destination` is: [`Target::Same`] on another host, [`Target::Moved`] when it is copied.
    fn image(&self, destination: &str) -> Target;
}

/// `destination` as Markdown writes it.
pub(super) fn destination_of(destination: &str) -> String {
    if destination.is_empty() || destination.contains([' ', '(', ')', '<', '>']) {
        format!("<{}>", destination.replace('<', "%3C").replace('>', "%3E"))
    } else {
        destination.to_string()
    }
}
