//! Code, drawings and images.

use percent_encoding::percent_decode_str;
use qabook_support::path::{joined, slashed};
use qabook_support::shown;

use super::Builder;
use crate::{Block, BlockKind, Code, Diagram, Image, Inline, Link, Target};

impl Builder<'_> {
    pub(super) fn settle_code(&mut self, info: &str, text: String, line: Option<usize>) {
        let language = info.split([',', ' ', '\t', '{']).next().unwrap_or_default().to_lowercase();
        let kind = match language.as_str() {
            "mermaid" => match self.diagram(text, line) {
                Some(diagram) => BlockKind::Diagram(diagram),
                None => return,
            },
            "rust" => BlockKind::Code(Code { language: Some(language), text: shown_rust(&text) }),
            _ => {
                let of_fence = info.split([',', ' ', '\t']).find_map(|word| word.strip_prefix("hidelines="));
                let prefix = of_fence.or_else(|| self.settings.hidden_lines.get(&language).map(String::as_str));
                let text = prefix.map_or_else(|| text.clone(), |prefix| without_lines(&text, prefix));
                BlockKind::Code(Code { language: Some(language).filter(|name| !name.is_empty()), text })
            }
        };
        self.push_block(Block { line, kind });
    }

    /// The code of a `<pre>`: all of it is shown, as on pages.
    pub(super) fn settle_pre(&mut self, language: String, mut text: String, line: Option<usize>) {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        let language = Some(language).filter(|name| !name.is_empty());
        self.push_block(Block { line, kind: BlockKind::Code(Code { language, text }) });
    }

    fn diagram(&mut self, source: String, line: Option<usize>) -> Option<Diagram> {
        let Some(title) = mdbook_mermaid_svg::title(&source).map(str::to_string) else {
            let hint = "make its first line `%% What it shows`: the caption, which screen readers read aloud";
            self.error(line, "this diagram has no title", hint);
            return None;
        };
        self.diagrams += 1;
        let id = format!("diagram-{}", self.diagrams);
        match mdbook_mermaid_svg::svg(&source, &id, &title, mdbook_mermaid_svg::Colours::Light) {
            Ok(svg) => {
                let family = self.options.diagram_font.replace('"', "'");
                let svg = svg.replace("font-family=\"inherit\"", &format!("font-family=\"{family}\""));
                Some(Diagram { title, svg, source })
            }
            Err(error) => {
                let line = line.map(|line| line + error.line().unwrap_or(0));
                self.error(line, format!("this diagram can't be drawn: {error}"), "fix its mermaid source");
                None
            }
        }
    }

    /// An image at `dest`, as the chapter writes it.
    pub(super) fn image(&mut self, dest: &str, title: &str, alt: String, line: Option<usize>) {
        let hint = "save it next to the chapter: a book must be complete without a network";
        if dest.starts_with("data:") {
            self.error(line, format!("the image {dest} is not a file of the book"), hint);
            return;
        }
        if dest.contains("://") || dest.starts_with("//") {
            self.warn(line, format!("the image {dest} is not a file of the book: a link takes its place"), hint);
            let text = vec![Inline::Text(if alt.is_empty() { dest.to_string() } else { alt })];
            let target = Target::External(dest.into());
            self.push_inline(Inline::Link(Link { target, title: title.into(), text, line }), line);
            return;
        }
        let place = |dest: &str| {
            let path = joined(self.path, &percent_decode_str(dest).decode_utf8_lossy());
            (self.src.join(&path), path)
        };
        let (mut file, mut path) = place(dest);
        if !file.is_file() {
            // What follows the name of a file, such as `?raw=true`, is for a server.
            (file, path) = place(dest.split(['?', '#']).next().unwrap_or_default());
        }
        if !file.is_file() {
            let hint = "the path is relative to the chapter's file";
            self.error(line, format!("the image {dest} does not exist ({})", slashed(&shown(&file))), hint);
            return;
        }
        self.push_inline(Inline::Image(Image { file, path, alt, title: title.into(), line }), line);
    }
}

/// Code without the lines that begin with `prefix`, as mdBook hides them in pages.
fn without_lines(code: &str, prefix: &str) -> String {
    code.split_inclusive('\n').filter(|line| !line.trim_start().starts_with(prefix)).collect()
}

/// Rust code without the lines that mdBook hides: those of `#` alone or before a space; `##` is a `#` to be shown.
/// See <https://rust-lang.github.io/mdBook/format/mdbook.html#hiding-code-lines>.
fn shown_rust(code: &str) -> String {
    code.split_inclusive('\n')
        .filter_map(|line| match line.trim_start().strip_prefix('#') {
            Some(rest) if rest.trim_end_matches(['\r', '\n']).is_empty() || rest.starts_with(' ') => None,
            Some(rest) if rest.starts_with('#') => Some(line.replacen('#', "", 1)),
            _ => Some(line.to_string()),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{shown_rust, without_lines};

    #[test]
    fn hidden_lines_of_other_languages_are_left_out() {
        assert_eq!(without_lines("~~import os\n  ~~x\nprint('~~')\n", "~~"), "print('~~')\n");
    }

    #[test]
    fn hidden_lines_of_rust_are_left_out() {
        assert_eq!(shown_rust("# use std::io;\n#\n#[test]\nfn a() {}\n##x\n"), "#[test]\nfn a() {}\n#x\n");
    }
}
