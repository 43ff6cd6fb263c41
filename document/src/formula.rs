//! Formulas to MathML.

use katex::{KatexContext, OutputFormat, Settings, StrictSetting};

thread_local! {
    static CONTEXT: KatexContext = KatexContext::default();
}

/// `tex`, without dollars, as a `<math>` element in the MathML namespace.
///
/// # Errors
/// KaTeX's message about a formula that it refuses.
pub fn mathml(tex: &str, display: bool) -> Result<String, String> {
    let settings = Settings::builder()
        .output(OutputFormat::Mathml)
        .display_mode(display)
        .throw_on_error(true)
        // Chinese in \text{…} is what this book wants, not a lapse to log.
        .strict(StrictSetting::Bool(false))
        .build();
    let html = CONTEXT
        .with(|context| katex::render_to_string(context, tex, &settings))
        .map_err(|error| error.to_string().lines().next().unwrap_or_default().to_string())?;
    // Around it stands a span of KaTeX's own.
    let math = html.find("<math").and_then(|start| {
        let end = html[start..].find("</math>")?;
        Some(&html[start..start + end + "</math>".len()])
    });
    // XML knows five named references, and this is none of them.
    math.map(|math| math.replace("&nbsp;", "\u{a0}")).ok_or_else(|| "it comes out empty".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_a_math_element() {
        let math = mathml(r"\frac{1}{2}\,\text{份}", false).unwrap();
        assert!(math.starts_with("<math xmlns=\"http://www.w3.org/1998/Math/MathML\">"), "{math}");
        assert!(math.ends_with("</math>") && math.contains("<mfrac>") && math.contains('份'), "{math}");
        assert!(mathml("x", true).unwrap().contains("display=\"block\""));
    }

    #[test]
    fn what_katex_refuses_is_an_error_in_its_words() {
        let error = mathml(r"\frac{1}", false).unwrap_err();
        assert!(!error.is_empty() && !error.contains('\n'), "{error}");
        assert!(mathml(r"\nosuchcommand", false).is_err());
    }
}
