//! Formulas to MathML and HTML, by the KaTeX of mdbook-katex: a formula is accepted everywhere or nowhere.

mod macros;
mod valid;

use katex::{Opts, OutputType};
use mdbook_driver::config::Config;
use mdbook_katex::cfg::KatexConfig;
use qabook_support::maths::Dollars;
use qabook_support::{Diagnostic, Stopped, cache, within};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use macros::Macros;
use valid::{valid, whole_numbers};

/// How long KaTeX may take for a formula; most take less than a thousandth of it.
const LIMIT: Duration = Duration::from_secs(20);

/// How formulas are set: the settings and macros of `[preprocessor.katex]`.
#[derive(Debug, Clone)]
pub struct Formulas {
    /// Within a line and displayed.
    mathml: [Arc<Opts>; 2],
    html: [Arc<Opts>; 2],
    /// What tells these options from others.
    settings: String,
    includes_source: bool,
    error_color: String,
    dollars: Dollars,
}

impl Default for Formulas {
    fn default() -> Self {
        Self::with_macros(&KatexConfig::default(), Macros::new())
    }
}

impl Formulas {
    /// The formulas of the book in `root`. Where its settings of KaTeX are wrong, mdbook-katex's defaults hold: the build of
    /// its pages names what is wrong.
    ///
    /// # Errors
    /// See [`Formulas::of`].
    pub fn of_book(root: &Path, config: &Config) -> Result<Self, Diagnostic> {
        let settings: Option<KatexConfig> = config.get("preprocessor.katex").ok().flatten();
        let formulas = Self::of(&settings.unwrap_or_default(), root)?;
        Ok(Self { dollars: Dollars::of(config), ..formulas })
    }

    /// Formulas by `settings`.
    ///
    /// # Errors
    /// The file of macros, which is below `root`, can't be read, or a line of it defines none.
    pub fn of(settings: &KatexConfig, root: &Path) -> Result<Self, Diagnostic> {
        let macros = settings.macros.as_deref().map(|file| macros::read(&root.join(file))).transpose()?;
        Ok(Self::with_macros(settings, macros.unwrap_or_default()))
    }

    fn with_macros(settings: &KatexConfig, macros: Macros) -> Self {
        let in_order: BTreeMap<_, _> = macros.iter().collect();
        let settings_and_macros = format!("{settings:?} {in_order:?}");
        let (inline, display) = settings.build_opts_from_macros(macros);
        let mathml = [inline.clone(), display.clone()].map(|mut options| {
            options.set_output_type(OutputType::Mathml);
            options.set_throw_on_error(true);
            Arc::new(options)
        });
        Self {
            mathml,
            html: [inline, display].map(Arc::new),
            settings: settings_and_macros,
            includes_source: settings.include_src,
            error_color: settings.error_color.clone(),
            dollars: Dollars::default(),
        }
    }

    /// What dollars mean in the book.
    #[must_use]
    pub fn dollars(&self) -> Dollars {
        self.dollars
    }

    /// `tex`, without dollars, as a `<math>` element in the MathML namespace.
    ///
    /// # Errors
    /// KaTeX's message about a formula that it refuses.
    pub fn mathml(&self, tex: &str, display: bool) -> Result<String, String> {
        let html = self.rendered("mathml", tex, display, &self.mathml)?;
        // Around it is a span of KaTeX's own.
        let math = html.find("<math").and_then(|start| {
            let end = html[start..].find("</math>")?;
            Some(&html[start..start + end + "</math>".len()])
        });
        // XML knows five named references, and this is none of them.
        math.map(|math| whole_numbers(valid(&math.replace("&nbsp;", "\u{a0}"))))
            .ok_or_else(|| "it comes out empty".into())
    }

    /// `tex`, without dollars, as mdbook-katex writes it into a page.
    ///
    /// # Errors
    /// KaTeX's message about a formula that it refuses.
    pub fn html(&self, tex: &str, display: bool) -> Result<String, String> {
        let html = self.rendered("html", tex, display, &self.html)?.replace('\n', " ");
        if !self.includes_source {
            return Ok(html);
        }
        let source = tex.replace('"', r#"\""#).replace('\n', "&#10;");
        Ok(format!("<data class=\"katex-src\" value=\"{source}\">{html}</data>"))
    }

    fn rendered(&self, output: &str, tex: &str, display: bool, options: &[Arc<Opts>; 2]) -> Result<String, String> {
        let shape = if display { "display" } else { "inline" };
        let options = &options[usize::from(display)];
        cache::kept("formula", &[output, shape, &self.settings, tex], || self.in_time(tex, options))
    }

    fn in_time(&self, tex: &str, options: &Arc<Opts>) -> Result<String, String> {
        let (owned, options) = (tex.to_string(), Arc::clone(options));
        // KaTeX's own words, without the stack of its JavaScript.
        let first_line = |error: katex::Error| error.to_string().lines().next().unwrap_or_default().to_string();
        let html = within(LIMIT, move || katex::render_with_opts(&owned, &*options).map_err(first_line));
        let html = html.map_err(|stopped| match stopped {
            Stopped::TooLong => format!("it takes longer than {} s", LIMIT.as_secs()),
            Stopped::Panicked => "KaTeX can't read it".into(),
        })??;
        match self.untrusted(&html) {
            Some(command) => {
                Err(format!("without `trust = true` under [preprocessor.katex] `{command}` loses its text"))
            }
            None => Ok(html),
        }
    }

    /// The command whose name, in the colour of errors, takes the place of what it was given.
    fn untrusted(&self, html: &str) -> Option<String> {
        if self.error_color.is_empty() {
            return None;
        }
        html.match_indices(self.error_color.as_str()).find_map(|(at, _)| {
            let tag = html[..at].rfind('<')?;
            let mut rest = html[tag..].split_once('>').filter(|(tag, _)| !tag.contains("katex-error"))?.1;
            while rest.starts_with('<') && !rest.starts_with("</") {
                rest = rest.split_once('>')?.1;
            }
            let text = rest.split('<').next()?;
            let name = text.strip_prefix('\\')?;
            let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic());
            is_name.then(|| text.to_string())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::valid::sorted;
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
        let formulas = Formulas::of_book(root.path(), &config).unwrap();
        assert!(formulas.mathml(r"\speed{s}", false).unwrap().contains("<mfrac>"));
        assert!(mathml(r"\speed{s}", false).is_err());
    }

    #[test]
    fn what_katex_refuses_is_an_error_in_its_words() {
        let error = mathml(r"\frac{1}", false).unwrap_err();
        assert!(!error.is_empty() && !error.contains('\n'), "{error}");
        assert!(mathml(r"\nosuchcommand", false).is_err());
    }

    #[test]
    fn what_katex_would_lose_is_an_error() {
        for tex in [r"\href{https://example.org}{a+b}", r"\frac{\url{https://example.org}}{2}", r"\htmlClass{x}{y}"] {
            for made in [mathml(tex, false), Formulas::default().html(tex, true)] {
                let error = made.unwrap_err();
                assert!(error.contains("trust = true") && error.contains("`\\"), "{error}");
            }
        }
        let trusting = KatexConfig { trust: true, ..KatexConfig::default() };
        let html = Formulas::of(&trusting, Path::new("")).unwrap().html(r"\href{https://example.org}{a}", false);
        assert!(html.unwrap().contains("href=\"https://example.org\""));
        assert!(mathml(r"\textcolor{#cc0000}{x}", false).is_ok());
    }

    #[test]
    fn what_katex_cannot_read_is_an_error() {
        for tex in ["\\verb中", "\\verb𝕏𝕏", "\\verb🦀a", "\0", "\\", "{{{{{"] {
            let _ = (mathml(tex, false), Formulas::default().html(tex, false));
        }
        assert!(mathml("\\verb中", false).is_err());
    }
}
