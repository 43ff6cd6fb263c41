//! Which encoding bytes look like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

/// The encoding that `bytes`, which aren't UTF-8, look like; `None` for what is no text.
pub(super) fn guess(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, ..] => return Some("UTF-16LE"),
        [0xfe, 0xff, ..] => return Some("UTF-16BE"),
        _ if bytes.contains(&0) => return None,
        _ => {}
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // What decides comes early, and the whole of a large file takes long.
    let sample = bytes.get(..1 << 20).unwrap_or(bytes);
    detector.feed(sample, true);
    let name = detector.guess(None, Utf8Detection::Deny).name();
    Some(if name == "GBK" { "GB18030" } else { name })
}
