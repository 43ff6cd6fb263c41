//! QR codes.

use qrcode::render::svg::Color;
use qrcode::{EcLevel, QrCode};

/// The longest address that is drawn: beyond it the dots become too fine for a code of 15 mm in print.
const LONGEST: usize = 120;

/// A drawing of `url`; `None` when it is too long.
pub(crate) fn svg(url: &str) -> Option<String> {
    if url.len() > LONGEST {
        return None;
    }
    let code = QrCode::with_error_correction_level(url, EcLevel::M).ok()?;
    Some(code.render::<Color<'_>>().min_dimensions(1, 1).quiet_zone(true).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_address_has_a_code_and_a_long_one_has_none() {
        assert!(svg("https://example.org/wenxiu/network/arp.html#snippet-1-arp-cache").is_some());
        assert_eq!(svg(&format!("https://example.org/{}", "x".repeat(LONGEST))), None);
    }
}
