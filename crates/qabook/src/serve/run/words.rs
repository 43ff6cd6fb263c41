//! What run.js says.

use qabook_run::Limits;
use qabook_words::Words;
use std::collections::BTreeMap;

/// The part of `words` for this script: a JSON object, with the limits of a run filled in.
pub(super) fn json(words: &Words) -> String {
    let (program, compiler) = (Limits::of_program(), Limits::of_compiler());
    let limits: [(&str, &str, u64); 6] = [
        ("time", "n", program.wall.as_secs()),
        ("slow-compile", "n", compiler.wall.as_secs()),
        ("processes", "n", program.processes.into()),
        ("memory", "megabytes", program.memory >> 20),
        ("output", "megabytes", program.output as u64 >> 20),
        ("disk", "megabytes", program.disk >> 20),
    ];
    let said = words.table("serve").iter().map(|(key, word)| {
        let limit = limits.iter().find(|(name, ..)| name == key);
        let text =
            limit.map_or_else(|| word.text().into(), |(_, gap, limit)| word.filled(&[(gap, &limit.to_string())]));
        (key.as_str(), text)
    });
    serde_json::json!(said.collect::<BTreeMap<_, _>>()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_those_that_hold() {
        for language in ["en", "zh-CN"] {
            let words: BTreeMap<String, String> = serde_json::from_str(&json(&Words::of_language(language))).unwrap();
            let open: Vec<_> =
                words.iter().filter(|(_, text)| text.contains('{')).map(|(key, _)| key.as_str()).collect();
            assert_eq!(open, ["not-made", "not-made-run", "queued", "status"], "{language}: what others fill in");
        }
        let words: BTreeMap<String, String> = serde_json::from_str(&json(&Words::of_language("en"))).unwrap();
        assert_eq!(words["memory"], "ended: more than 512 MB of memory");
    }
}
