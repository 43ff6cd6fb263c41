//! What a base has above, below and to its right.

use super::accents;
use super::element::Element;

impl Element<'_, '_> {
    /// `<msup>`, `<msub>`, `<msubsup>`: to the right of the base.
    pub(super) fn attached(self) -> String {
        let base = self.argument(0);
        match self.name() {
            "msub" => format!("attach({base}, b: {})", self.argument(1)),
            "msubsup" => format!("attach({base}, b: {}, t: {})", self.argument(1), self.argument(2)),
            _ => match self.primes() {
                Some(count) => format!("{base}{}", "'".repeat(count)),
                None => format!("attach({base}, t: {})", self.argument(1)),
            },
        }
    }

    /// How many primes an exponent of nothing but primes has.
    fn primes(self) -> Option<usize> {
        let exponent = *self.children().get(1)?;
        let sign = exponent.text();
        let only = exponent.is("mo") && !sign.is_empty() && sign.chars().all(|c| c == '′');
        only.then(|| sign.chars().count())
    }

    /// `<mover>`: an accent, an arrow with a text on it, or a limit above.
    pub(super) fn over(self) -> String {
        if let Some(sign) = self.sign(1) {
            let stretchy = self.children()[1].attribute("stretchy") != Some("false");
            if let Some(accent) = accents::over(sign, &self.argument(0), stretchy) {
                return accent;
            }
        }
        format!("attach({}, t: {})", self.base(), self.argument(1))
    }

    /// `<munder>`: a line or brace below, or a limit.
    pub(super) fn under(self) -> String {
        if let Some(accent) = self.sign(1).and_then(|sign| accents::under(sign, &self.argument(0))) {
            return accent;
        }
        format!("attach({}, b: {})", self.base(), self.argument(1))
    }

    /// `<munderover>`: both.
    pub(super) fn around(self) -> String {
        format!("attach({}, b: {}, t: {})", self.base(), self.argument(1), self.argument(2))
    }

    /// The base, made to take its scripts above and below; an arrow grows to the width of its text.
    fn base(self) -> String {
        let code = self.argument(0);
        if self.sign(0).is_some_and(|sign| sign.contains(['→', '←', '⟶', '⇒', '⇐', '↔', '↦'])) {
            format!("limits(stretch({code}, size: #150%))")
        } else {
            format!("limits({code})")
        }
    }
}

impl<'a> Element<'a, '_> {
    /// The text of child `index` when that is a plain operator.
    fn sign(self, index: usize) -> Option<&'a str> {
        let child = *self.children().get(index)?;
        (child.is("mo") && child.children().is_empty()).then(|| child.text())
    }
}
