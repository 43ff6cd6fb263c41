//! What the text of a page may hold: elements and attributes that show something, and run, load or send nothing by
//! themselves.
//!
//! An element that no browser knows, such as the `<T>` of a type that wasn't written as code, does nothing: it is let through.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Elements of HTML, SVG and MathML for text, pictures, sound and the pages to practise with.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    // HTML
    "a", "abbr", "acronym", "address", "area", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote", "br", "button",
    "caption", "center", "cite", "code", "col", "colgroup", "data", "datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div",
    "dl", "dt", "em", "fieldset", "figcaption", "figure", "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "main", "map", "mark", "menu", "meter",
    "nav", "nobr", "ol", "optgroup", "option", "output", "p", "picture", "pre", "progress", "q", "rb", "rp", "rt", "rtc", "ruby",
    "s", "samp", "search", "section", "select", "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "track", "tt", "u", "ul", "var", "video", "wbr",
    // SVG
    "circle", "clippath", "defs", "desc", "ellipse", "filter", "foreignobject", "g", "image", "line", "lineargradient", "marker",
    "mask", "metadata", "path", "pattern", "polygon", "polyline", "radialgradient", "rect", "stop", "svg", "switch", "symbol",
    "text", "textpath", "title", "tspan", "use", "view", "feblend", "fecolormatrix", "fecomponenttransfer", "fecomposite",
    "feconvolvematrix", "fediffuselighting", "fedisplacementmap", "fedistantlight", "fedropshadow", "feflood", "fefunca", "fefuncb",
    "fefuncg", "fefuncr", "fegaussianblur", "femerge", "femergenode", "femorphology", "feoffset", "fepointlight",
    "fespecularlighting", "fespotlight", "fetile", "feturbulence",
    // MathML
    "annotation", "maction", "math", "menclose", "merror", "mfenced", "mfrac", "mi", "mlabeledtr", "mmultiscripts", "mn", "mo",
    "mover", "mpadded", "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup",
    "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "none", "semantics",
];

/// The other elements that browsers know, or are to know: they run, load, send, move what follows, or hide it.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "animate", "animatemotion", "animatetransform", "annotation-xml", "applet", "audioworklet", "base", "basefont", "bgsound", "blink",
    "body", "canvas", "command", "content", "controlledframe", "discard", "embed", "feimage", "fencedframe", "frame", "frameset",
    "geolocation", "glyphref", "handler", "head", "html", "isindex", "keygen", "layer", "link", "listener", "listing", "marquee",
    "menuitem", "meta", "mglyph", "mpath", "multicol", "nextid", "noembed", "noframes", "noscript", "object", "param", "permission",
    "plaintext", "portal", "prefetch", "script", "selectedcontent", "set", "shadow", "slot", "spacer", "template", "textarea",
    "usermedia", "webview", "xml", "xmp",
];

/// Attributes that say what something is or how it looks. Those with an address are judged by it besides.
#[rustfmt::skip]
const ATTRIBUTES: &[&str] = &[
    // of all elements
    "accesskey", "autocapitalize", "autofocus", "class", "contenteditable", "dir", "draggable", "enterkeyhint", "hidden", "id",
    "inert", "inputmode", "itemid", "itemprop", "itemref", "itemscope", "itemtype", "lang", "part", "popover", "role",
    "spellcheck", "style", "tabindex", "title", "translate", "v", "markdown",
    // of some in HTML
    "abbr", "accept", "align", "allow", "allowfullscreen", "alt", "autocomplete", "autoplay", "axis", "bgcolor", "border",
    "bordercolor", "cellpadding", "cellspacing", "char", "charoff", "checked", "cite", "clear", "color", "cols", "colspan",
    "compact", "controls", "controlslist", "coords", "crossorigin", "datetime", "decoding", "default", "disabled",
    "disablepictureinpicture", "download", "face", "fetchpriority", "for", "frame", "frameborder", "headers", "height", "high",
    "href", "hreflang", "hspace", "integrity", "ismap", "kind", "label", "list", "loading", "loop", "low", "marginheight",
    "marginwidth", "max", "maxlength", "media", "min", "minlength", "multiple", "muted", "name", "noshade", "nowrap", "open",
    "optimum", "pattern", "placeholder", "playsinline", "poster", "preload", "readonly", "referrerpolicy", "rel", "required",
    "rev", "reversed", "rows", "rowspan", "rules", "sandbox", "scope", "scrolling", "selected", "shape", "size", "sizes", "span",
    "src", "srclang", "srcset", "start", "step", "summary", "target", "type", "usemap", "valign", "value", "vspace", "width", "wrap",
    // of SVG
    "alignment-baseline", "amplitude", "azimuth", "basefrequency", "baseline-shift", "baseprofile", "bias", "clip", "clip-path",
    "clip-rule", "clippathunits", "color-interpolation", "color-interpolation-filters", "color-rendering", "cursor", "cx", "cy", "d",
    "diffuseconstant", "direction", "display", "divisor", "dominant-baseline", "dx", "dy", "edgemode", "elevation",
    "enable-background", "exponent", "fill", "fill-opacity", "fill-rule", "filter", "filterunits", "flood-color", "flood-opacity",
    "font", "font-family", "font-size", "font-size-adjust", "font-stretch", "font-style", "font-variant", "font-weight", "fr", "fx",
    "fy", "glyph-orientation-horizontal", "glyph-orientation-vertical", "gradienttransform", "gradientunits", "image-rendering",
    "in", "in2", "intercept", "k1", "k2", "k3", "k4", "kernelmatrix", "kernelunitlength", "kerning", "lengthadjust",
    "letter-spacing", "lighting-color", "limitingconeangle", "marker", "marker-end", "marker-mid", "marker-start", "markerheight",
    "markerunits", "markerwidth", "mask", "maskcontentunits", "maskunits", "mode", "numoctaves", "offset", "opacity", "operator",
    "order", "orient", "overflow", "paint-order", "pathlength", "patterncontentunits", "patterntransform", "patternunits",
    "pointer-events", "points", "pointsatx", "pointsaty", "pointsatz", "preservealpha", "preserveaspectratio", "primitiveunits", "r",
    "radius", "refx", "refy", "result", "rotate", "rx", "ry", "scale", "seed", "shape-rendering", "side", "slope", "spacing",
    "specularconstant", "specularexponent", "spreadmethod", "startoffset", "stddeviation", "stitchtiles", "stop-color",
    "stop-opacity", "stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-opacity", "stroke-width", "surfacescale", "systemlanguage", "tablevalues", "targetx", "targety", "text-anchor",
    "text-decoration", "text-rendering", "textlength", "transform", "transform-origin", "unicode-bidi", "vector-effect", "version",
    "viewbox", "visibility", "word-spacing", "writing-mode", "x", "x1", "x2", "xchannelselector", "xlink:href", "xlink:title",
    "xlink:type", "xml:lang", "xml:space", "xmlns", "xmlns:xlink", "y", "y1", "y2", "ychannelselector", "z", "zoomandpan",
    // of MathML
    "accent", "accentunder", "actiontype", "alttext", "bevelled", "close", "columnalign", "columnlines", "columnspacing",
    "columnspan", "denomalign", "depth", "displaystyle", "encoding", "equalcolumns", "equalrows", "fence", "fontsize", "framespacing",
    "groupalign", "largeop", "linebreak", "linethickness", "location", "lquote", "lspace", "mathbackground", "mathcolor", "mathsize",
    "mathvariant", "maxsize", "minsize", "movablelimits", "notation", "numalign", "rowalign", "rowlines", "rowspacing", "rquote",
    "rspace", "scriptlevel", "scriptminsize", "scriptsizemultiplier", "selection", "separator", "separators", "stretchy",
    "subscriptshift", "superscriptshift", "symmetric", "voffset",
];

/// [`ELEMENTS`], to look names up: each tag and attribute of each page is.
static KNOWN_ELEMENTS: LazyLock<HashSet<&str>> = LazyLock::new(|| ELEMENTS.iter().copied().collect());

/// [`ATTRIBUTES`], to look names up.
static KNOWN_ATTRIBUTES: LazyLock<HashSet<&str>> = LazyLock::new(|| ATTRIBUTES.iter().copied().collect());

/// What a browser makes of an element in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It shows something.
    Allowed,
    /// It is none for a text.
    Refused,
    /// Browsers don't know it.
    Unknown,
}

/// What browsers make of the element `name`, in lower case.
pub(super) fn element(name: &str) -> Kind {
    if KNOWN_ELEMENTS.contains(name) {
        Kind::Allowed
    } else if OTHERS.contains(&name) {
        Kind::Refused
    } else {
        Kind::Unknown
    }
}

/// Whether an element of the text may have the attribute `name`, in lower case.
///
/// A name that no attribute of a browser has, by its characters, means nothing: that of a curly quote, for instance.
pub(super) fn attribute(name: &str) -> bool {
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(&byte));
    KNOWN_ATTRIBUTES.contains(name) || ["data-", "aria-"].iter().any(|start| name.starts_with(start)) || !is_plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shows_something_is_allowed_and_what_acts_is_not() {
        for name in ["p", "img", "details", "svg", "foreignobject", "mfrac"] {
            assert_eq!(element(name), Kind::Allowed, "{name}");
        }
        for name in ["script", "base", "meta", "object", "template", "set"] {
            assert_eq!(element(name), Kind::Refused, "{name}");
        }
        for name in ["t", "my-widget", "string"] {
            assert_eq!(element(name), Kind::Unknown, "{name}");
        }
        assert!(ELEMENTS.iter().all(|name| !OTHERS.contains(name)));
    }

    #[test]
    fn attributes_say_something_or_mean_nothing() {
        for name in ["class", "srcset", "data-x", "aria-label", "xlink:href", "”", "稿"] {
            assert!(attribute(name), "{name}");
        }
        for name in ["onclick", "srcdoc", "formaction", "ping", "attributionsrc", "is", "nonce", "background", "action"]
        {
            assert!(!attribute(name), "{name}");
        }
    }
}
