//! The page for paper, which holds every chapter.
//!
//! mdBook puts all chapters' elements side by side into `<main>`. Each gets an element of its own: a style sheet then knows
//! what belongs to one chapter, and a browser lays out on screen only what is seen of five megabytes.

use lol_html::html_content::ContentType;

use super::rewriting::{Occurs, Place, Rewriting};

/// The page's file.
pub(super) const FILE: &str = "print.html";

const START: &str = "<div class=\"print-chapter\">";
const END: &str = "</div>";

/// Puts each chapter of the page into an element of the class `print-chapter`.
pub(super) fn wrap_chapters(rewriting: &mut Rewriting<'_>) {
    rewriting.insert("main", Place::Start, START);
    rewriting.insert("main", Place::End, END);
    // What mdBook puts between two chapters, which is none where the book has only one.
    rewriting.element("main > div[style^=\"break-before: page\"]", Occurs::Freely, |page_break| {
        page_break.before(END, ContentType::Html);
        page_break.after(START, ContentType::Html);
        Ok(())
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_chapter_gets_an_element_of_its_own() {
        let page = "<main><h1>a</h1><div style=\"break-before: page; page-break-before: always;\"></div><h1>b</h1>\
                    <div><div style=\"break-before: page\"></div></div></main>";
        let mut rewriting = Rewriting::default();
        wrap_chapters(&mut rewriting);
        assert_eq!(
            rewriting.run(page).unwrap(),
            "<main><div class=\"print-chapter\"><h1>a</h1></div><div style=\"break-before: page; page-break-before: \
             always;\"></div><div class=\"print-chapter\"><h1>b</h1><div><div style=\"break-before: \
             page\"></div></div></div></main>"
        );
    }
}
