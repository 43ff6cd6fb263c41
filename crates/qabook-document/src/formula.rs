//! Formulas to MathML, by the KaTeX that mdbook-katex renders the pages with: a formula is accepted everywhere or nowhere.

use katex::{Opts, OutputType};
use mdbook_driver::config::Config;
use mdbook_katex::cfg::KatexConfig;
use std::path::Path;

/// How formulas are set: the settings and macros of `[preprocessor.katex]`.
#[derive(Debug, Clone)]
pub struct Formulas {
    inline: Opts,
    display: Opts,
}

impl Default for Formulas {
    fn default() -> Self {
        Self::of(&KatexConfig::default(), Path::new(""))
    }
}

impl Formulas {
    /// The formulas of the book in `root`. Where its settings of KaTeX are wrong, mdbook-katex's defaults hold: the build of
    /// its pages names what is wrong.
    #[must_use]
    pub fn of_book(root: &Path, config: &Config) -> Self {
        let settings: Option<KatexConfig> = config.get("preprocessor.katex").ok().flatten();
        Self::of(&settings.unwrap_or_default(), root)
    }

    /// Formulas by `settings`; macros are read from a file below `root`.
    #[must_use]
    pub fn of(settings: &KatexConfig, root: &Path) -> Self {
        let (mut inline, mut display) = settings.build_opts(root);
        for options in [&mut inline, &mut display] {
            options.set_output_type(OutputType::Mathml);
            options.set_throw_on_error(true);
        }
        Self { inline, display }
    }

    /// `tex`, without dollars, as a `<math>` element in the MathML namespace.
    ///
    /// # Errors
    /// KaTeX's message about a formula that it refuses.
    pub fn mathml(&self, tex: &str, display: bool) -> Result<String, String> {
        let options = if display { &self.display } else { &self.inline };
        // KaTeX's own words, without the stack of its JavaScript.
        let first_line = |error: katex::Error| error.to_string().lines().next().unwrap_or_default().to_string();
        let html = katex::render_with_opts(tex, options).map_err(first_line)?;
        // Around it is a span of KaTeX's own.
        let math = html.find("<math").and_then(|start| {
            let end = html[start..].find("</math>")?;
            Some(&html[start..start + end + "</math>".len()])
        });
        // XML knows five named references, and this is none of them.
        math.map(|math| whole_numbers(valid(&math.replace("&nbsp;", "\u{a0}"))))
            .ok_or_else(|| "it comes out empty".into())
    }
}

/// Elements that hold text and nothing else (MathML 3 §3.2).
const TOKENS: [&str; 5] = ["mi", "mn", "mo", "ms", "mtext"];

/// `math` with KaTeX's liberties taken out: a token element that holds elements becomes a row of them, or, where they are
/// but letters, such as those of `\bmod`, a token of these. Attributes, which come in any order, are sorted.
fn valid(math: &str) -> String {
    let mut out = String::with_capacity(math.len());
    // For each open element where its tag starts in `out`, its name, and what it will be closed as.
    let mut open: Vec<(usize, &str, bool)> = Vec::new();
    let mut rest = math;
    while let Some(start) = rest.find('<') {
        let (text, tag_on) = rest.split_at(start);
        let Some(end) = tag_on.find('>') else { break };
        let (tag, after) = tag_on.split_at(end + 1);
        out.push_str(text);
        rest = after;
        if tag.starts_with("</") {
            let Some((at, name, is_row)) = open.pop() else { break };
            match (is_row, letters(&out[at..])) {
                (false, _) => out.push_str(tag),
                (true, Some(letters)) => {
                    let opening = out[at..].split_inclusive('>').next().unwrap_or_default().to_string();
                    out.truncate(at);
                    out.push_str(&format!("{opening}{letters}</{name}>"));
                }
                (true, None) => {
                    let opening = out[at..].find('>').map_or(0, |end| end + 1);
                    out.replace_range(at..at + opening, "<mrow>");
                    out.push_str("</mrow>");
                }
            }
        } else if tag.ends_with("/>") {
            out.push_str(&sorted(tag));
        } else {
            let name = tag[1..tag.len() - 1].split(' ').next().unwrap_or_default();
            let holds_elements = after.starts_with('<') && !after.starts_with("</");
            open.push((out.len(), name, TOKENS.contains(&name) && holds_elements));
            out.push_str(&sorted(tag));
        }
    }
    out + rest
}

/// `math` with `10^{-6}` as a power of ten: KaTeX 0.16.4 puts only the digit before a script into its base.
fn whole_numbers(mut math: String) -> String {
    for script in ["msup", "msub", "msubsup"] {
        let seam = format!("</mn><{script}><mn>");
        let mut from = 0;
        while let Some(at) = math[from..].find(&seam).map(|found| from + found) {
            from = at + seam.len();
            let start = math[..at].rfind('<').unwrap_or(at);
            if let Some(digits) = math[start..at].strip_prefix("<mn>") {
                let joined = format!("<{script}><mn>{digits}");
                math.replace_range(start..from, &joined);
                from = start + joined.len();
            }
        }
    }
    math
}

/// A start tag with its attributes in the order of their names. A quotation mark ends a value, for KaTeX escapes others.
fn sorted(tag: &str) -> String {
    let end = if tag.ends_with("/>") { "/>" } else { ">" };
    let inside = tag.trim_start_matches('<').trim_end_matches(end);
    let Some((name, attributes)) = inside.split_once(' ') else { return tag.into() };
    // KaTeX 0.16.4 writes `class ="…"`.
    let tidy = |attribute: &str| attribute.trim().replacen(" =\"", "=\"", 1);
    let mut attributes: Vec<String> = attributes.split_inclusive("\" ").map(tidy).collect();
    attributes.sort_unstable();
    format!("<{name} {}{end}", attributes.join(" "))
}

/// The text of `element`, its end tag left off, when it holds rows of single letters only.
fn letters(element: &str) -> Option<String> {
    let (_, inside) = element.split_once('>')?;
    let mut text = String::new();
    for part in inside.split('<').skip(1) {
        let (tag, after) = part.split_once('>')?;
        let name = tag.trim_start_matches('/').split(' ').next()?;
        if !matches!(name, "mrow" | "mi" | "mtext") {
            return None;
        }
        text.push_str(after);
    }
    Some(text).filter(|text| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mathml(tex: &str, display: bool) -> Result<String, String> {
        Formulas::default().mathml(tex, display)
    }

    #[test]
    fn a_formula_becomes_a_math_element() {
        let math = mathml(r"\frac{1}{2}\,\text{份}", false).unwrap();
        assert!(math.starts_with("<math xmlns=\"http://www.w3.org/1998/Math/MathML\">"), "{math}");
        assert!(math.ends_with("</math>") && math.contains("<mfrac>") && math.contains('份'), "{math}");
        assert!(mathml("x", true).unwrap().contains("display=\"block\""));
    }

    #[test]
    fn tokens_hold_text_only() {
        assert_eq!(
            valid("<math><mo lspace=\"1em\"><mrow><mi>m</mi><mi>o</mi></mrow></mo><mi>x</mi></math>"),
            "<math><mo lspace=\"1em\">mo</mo><mi>x</mi></math>"
        );
        assert_eq!(
            valid("<mo stretchy=\"a\"><munder><mo>=</mo><mi>x</mi></munder></mo><mspace/>"),
            "<mrow><munder><mo>=</mo><mi>x</mi></munder></mrow><mspace/>"
        );
        let math = mathml(r"a \bmod b", false).unwrap();
        assert!(math.contains(">mod</mo>"), "{math}");
    }

    #[test]
    fn the_same_formula_gives_the_same_bytes() {
        assert_eq!(sorted("<mo b=\"x y\" a=\"\">"), "<mo a=\"\" b=\"x y\">");
        assert_eq!(sorted("<mtd class =\"x\">"), "<mtd class=\"x\">");
        assert_eq!(sorted("<mspace width=\"1em\" height=\"0\"/>"), "<mspace height=\"0\" width=\"1em\"/>");
        // A hash map of a new thread has a new order.
        let formula = || mathml(r"a \bmod b \begin{array}{c|c} x & y \\ \hline z & w \end{array}", true).unwrap();
        let first = formula();
        for _ in 0..8 {
            assert_eq!(std::thread::spawn(formula).join().unwrap(), first);
        }
    }

    #[test]
    fn a_number_with_a_power_is_one_number() {
        let math = mathml(r"2 \times 10^{-6} + 25_{16}", false).unwrap();
        assert!(math.contains("<msup><mn>10</mn><mrow>") && math.contains("<msub><mn>25</mn><mn>16</mn>"), "{math}");
    }

    #[test]
    fn a_macro_of_the_book_is_known() {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("macros.txt"), "\\speed:{\\frac{#1}{t}}\n").unwrap();
        let config: Config = "[preprocessor.katex]\nmacros = \"macros.txt\"\n".parse().unwrap();
        assert!(Formulas::of_book(root.path(), &config).mathml(r"\speed{s}", false).unwrap().contains("<mfrac>"));
        assert!(mathml(r"\speed{s}", false).is_err());
    }

    #[test]
    fn what_katex_refuses_is_an_error_in_its_words() {
        let error = mathml(r"\frac{1}", false).unwrap_err();
        assert!(!error.is_empty() && !error.contains('\n'), "{error}");
        assert!(mathml(r"\nosuchcommand", false).is_err());
    }
}
