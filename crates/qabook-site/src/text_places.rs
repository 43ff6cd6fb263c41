//! Where in a source is what a page may not hold.

use mdbook_questions::body_start;
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use qabook_support::{escape_attribute, markdown};
use std::collections::BTreeSet;

use super::text_guard::{Found, Grants, Refused, found};

/// What is refused in one source, with its lines.
pub(super) struct Places {
    /// The source as HTML, each thing on its own line.
    html: String,
    found: BTreeSet<Found>,
    /// The line where the text begins: what is above, in the front matter, is shown where the text isn't.
    text: usize,
}

impl Places {
    /// Those in `source`, the Markdown of a chapter: code and plain words only show what its HTML and images do.
    pub(super) fn of_chapter(source: &str, grants: &Grants<'_>) -> Self {
        let text = 1 + source[..body_start(source)].matches('\n').count();
        Self { text, ..Self::of_template(&html_of(source), grants) }
    }

    /// Those in `source`, a template.
    pub(super) fn of_template(source: &str, grants: &Grants<'_>) -> Self {
        Self { html: source.to_string(), found: found(source, grants), text: 1 }
    }

    /// The lines, from 1, that hold what was `refused`.
    pub(super) fn lines(&self, refused: &Refused) -> BTreeSet<usize> {
        let same = |found: &&Found| found.refused == *refused;
        let lines: BTreeSet<usize> = self.found.iter().filter(same).map(|found| self.line(found)).collect();
        let mut in_text = lines.clone();
        in_text.retain(|line| *line >= self.text);
        if in_text.is_empty() { lines } else { in_text }
    }

    /// The line of what was found in a tag, which may go over several.
    fn line(&self, found: &Found) -> usize {
        let before: Vec<&str> = self.html.lines().take(found.end).collect();
        let opens = |line: &&str| line.to_lowercase().contains(&found.opening);
        let Some(start) = before.iter().rposition(opens) else { return found.end };
        let holds = |line: &&str| line.contains(found.refused.needle.trim());
        let within = before.iter().skip(start).rposition(holds).unwrap_or_default();
        1 + start + within
    }
}

/// The HTML that `source` writes out, and that of its images and links, each on its line; all else is words.
fn html_of(source: &str) -> String {
    let mut html = String::new();
    let (mut lines, mut counted, mut line) = (0, 0, 0);
    let mut in_image = 0_usize;
    let mut in_code = false;
    for (event, span) in markdown::parse(source) {
        let piece = match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                in_image += 1;
                format!("<img src=\"{}\">", escape_attribute(&dest_url))
            }
            Event::End(TagEnd::Image) => {
                in_image = in_image.saturating_sub(1);
                continue;
            }
            // Of what is in an image, a page has the words.
            _ if in_image > 0 => continue,
            Event::Start(Tag::Link { link_type, dest_url, .. }) if link_type != LinkType::Email => {
                format!("<a href=\"{}\">", escape_attribute(&dest_url))
            }
            Event::Start(Tag::CodeBlock(_)) => {
                in_code = true;
                continue;
            }
            Event::End(TagEnd::CodeBlock) => {
                in_code = false;
                continue;
            }
            Event::Html(raw) | Event::InlineHtml(raw) => raw.into_string(),
            // Of a style sheet within a line.
            Event::Text(text) if !in_code => escape_attribute(&text),
            _ => continue,
        };
        if let Some(between) = source.get(counted..span.start) {
            line += between.matches('\n').count();
            counted = span.start;
        }
        for _ in lines..line {
            html.push('\n');
        }
        lines = lines.max(line) + piece.matches('\n').count();
        html.push_str(&piece);
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text_guard;

    /// The lines of all that a page made of `html` may not hold, as `source` has it.
    fn lines(source: &str, html: &str) -> Vec<Vec<usize>> {
        let grants = Grants { scripts: false, endpoint: "/execute", loads: &|_, _| false };
        let places = Places::of_chapter(source, &grants);
        text_guard::refused(html, &grants).iter().map(|refused| places.lines(refused).into_iter().collect()).collect()
    }

    #[test]
    fn the_line_is_that_of_the_element_and_not_of_words_and_code_before_it() {
        let image = "<img src=\"https://h.example/a.png\">";
        for (source, html, expected) in [
            ("Press play() to go.\n\n<b onclick=\"play()\">x</b>\n", "<b onclick=\"play()\">", vec![3]),
            ("`<script>` is\n\n```html\n<script>\n```\n\n<script>1</script>\n", "<script>", vec![7]),
            ("`https://h.example/a.png` https://h.example/a.png\n![](https://h.example/a.png)\n", image, vec![2]),
            ("![a\nb](https://h.example/a.png)\n\n\n> ![c][r]\n\n[r]: https://h.example/a.png\n", image, vec![1, 5]),
            ("<b onclick=\"x\">\n</b>\n\n<p title=\"x\"></p>\n\n<b\n  onclick='x'>\n</b>", "<b onclick=x>", vec![1, 7]),
            ("# A\n\n<a href='java&#9;script:1'>\n", "<a href='java&#9;script:1'>", vec![3]),
            (
                "x: h://a\n\n<style>\np{}\nb{background:url(//h/a)}\n</style>\n",
                "<style>b{background:url(//h/a)}</style>",
                vec![5],
            ),
            ("x <style>a{background:url(//h/a)}</style>\n", "<style>b{background:url(//h/a)}</style>", vec![1]),
            ("- a\n  - b\n\n    <p onclick=\"x\">\r\n", "<p onclick=x>", vec![4]),
            ("[x](javascript:1)\n\n</main>", "<a href=javascript:1>", vec![1]),
            ("+++\nasked = [\"<p onclick=x>\"]\n+++\n\n<p onclick=x>\n", "<p onclick=x>", vec![5]),
            ("+++\nsummary = \"<p onclick=x>\"\n+++\n\nx\n", "<p onclick=x>", vec![2]),
            ("nothing of it: x\n", "<p onclick=x>", vec![]),
        ] {
            assert_eq!(lines(source, html), [expected], "{source}");
        }
    }

    #[test]
    fn each_of_several_has_its_line() {
        let source = "# A\n\n![](https://h.example/a.png)\n\n<a href='java&#9;script:1'>\n";
        let html = "<img src=\"https://h.example/a.png\"><a href='java&#9;script:1'>";
        assert_eq!(lines(source, html), [[5], [3]]);
    }
}
