//! KaTeX's accent characters and Typst's accent functions.

/// `body` with `sign` above it; `None` when `sign` isn't an accent.
pub(super) fn over(sign: &str, body: &str, stretchy: bool) -> Option<String> {
    let function = match sign {
        "^" | "ˆ" => "hat",
        "ˉ" | "‾" | "¯" | "_" if stretchy => "overline",
        "ˉ" | "‾" | "¯" | "_" => "macron",
        "⃗" | "→" => "arrow",
        "~" | "˜" => "tilde",
        "˙" => "dot",
        "¨" => "dot.double",
        "ˇ" => "caron",
        "˘" => "breve",
        "´" | "ˊ" => "acute",
        "`" | "ˋ" => "grave",
        "˚" => "circle",
        "⏞" => "overbrace",
        "⎴" => "overbracket",
        _ => return None,
    };
    Some(format!("{function}({body})"))
}

/// `body` with `sign` below it; `None` when `sign` isn't an accent.
pub(super) fn under(sign: &str, body: &str) -> Option<String> {
    let function = match sign {
        "_" | "‾" | "ˍ" | "\u{332}" => "underline",
        "⏟" => "underbrace",
        "⎵" => "underbracket",
        _ => return None,
    };
    Some(format!("{function}({body})"))
}
