//! Note types: fields, templates and style sheet, as Anki's collections hold them in JSON.

use qabook_document::{Direction, Words};
use serde_json::{Value, json};

use crate::ids::Ids;
use crate::note::Kind;

/// When the templates, the style sheet or the words on cards last changed, in seconds since 1970.
///
/// Anki takes a note type that is newer than its own, and then a reader's own style sheet is gone: so not at every import.
const CHANGED: i64 = 1_795_980_300;

const STYLE: &str = include_str!("../templates/style.css");

/// The front and back of a card.
fn templates(kind: Kind) -> [&'static str; 2] {
    match kind {
        Kind::Question => {
            [include_str!("../templates/question-front.html"), include_str!("../templates/question-back.html")]
        }
        Kind::Statement => {
            [include_str!("../templates/statement-front.html"), include_str!("../templates/statement-back.html")]
        }
        Kind::Output => [include_str!("../templates/output-front.html"), include_str!("../templates/output-back.html")],
    }
}

/// How a book is said.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spoken<'a> {
    pub(crate) words: &'a Words,
    pub(crate) language: &'a str,
    pub(crate) direction: Direction,
}

impl Spoken<'_> {
    fn is_from_right(self) -> bool {
        self.direction == Direction::RightToLeft
    }

    /// The style sheet: code is read from the left in every language.
    fn style(self) -> String {
        let code = "\n.qabook :is(pre, code, samp) { direction: ltr; unicode-bidi: isolate; }\n";
        if self.is_from_right() { format!("{STYLE}{code}") } else { STYLE.into() }
    }
}

/// `template` with each `[[name]]` replaced by the word of that name; Anki's own gaps are `{{…}}`.
fn filled(template: &str, book: Spoken<'_>) -> String {
    let direction = if book.is_from_right() { " dir=\"rtl\"" } else { "" };
    let of_book = [("language", book.language), ("direction", direction)];
    let words = book.words;
    let words = words.table("anki").iter().map(|(name, word)| (name.as_str(), word.text()));
    words
        .chain(of_book)
        .fold(template.trim_end().to_string(), |text, (name, word)| text.replace(&format!("[[{name}]]"), word))
}

/// The number by which Anki knows the note type again.
pub(crate) fn number(kind: Kind, ids: Ids<'_>) -> i64 {
    ids.number("note type", kind.name())
}

/// The note type for `kind` of `book`.
pub(crate) fn json(kind: Kind, ids: Ids<'_>, book: Spoken<'_>, deck: i64) -> Value {
    let words = book.words;
    let field = |(index, name): (usize, &&str)| {
        json!({
            "name": words.text(&format!("anki.{}-field", name.replace('_', "-"))),
            "ord": index,
            "sticky": false,
            "rtl": book.is_from_right(),
            "font": "Arial",
            "size": 20,
            "media": [],
        })
    };
    let fields: Vec<Value> = kind.fields().iter().enumerate().map(field).collect();
    let [front, back] = templates(kind).map(|template| filled(template, book));
    json!({
        "id": number(kind, ids),
        "name": format!("{} · {}", ids.title, words.text(&format!("anki.{}-type", kind.name()))),
        "type": 0,
        "mod": CHANGED,
        "usn": -1,
        "sortf": 0,
        "did": deck,
        "tmpls": [{
            "name": words.text("anki.card"),
            "ord": 0,
            "qfmt": front,
            "afmt": back,
            "bqfmt": "",
            "bafmt": "",
            "did": null,
        }],
        "flds": fields,
        "css": book.style(),
        "latexPre": "",
        "latexPost": "",
        "latexsvg": false,
        // The first card is made when the first field isn't empty.
        "req": [[0, "any", [0]]],
        "vers": [],
        "tags": [],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::hex;
    use sha2::{Digest, Sha256};

    /// The note types of a book in English and of one in Chinese.
    fn types() -> Vec<Value> {
        let ids = Ids { title: "T" };
        let of = |language: &'static str| {
            let words = Words::of_language(language);
            Kind::ALL.into_iter().map(move |kind| {
                let direction = Direction::LeftToRight;
                json(kind, ids, Spoken { words: &words, language, direction }, 1)
            })
        };
        of("en").chain(of("zh")).collect()
    }

    #[test]
    fn cards_of_a_language_from_right_to_left_say_so() {
        let words = Words::of_language("ar");
        let book = Spoken { words: &words, language: "ar", direction: Direction::RightToLeft };
        let json = json(Kind::Question, Ids { title: "T" }, book, 1);
        assert!(json["tmpls"][0]["qfmt"].as_str().unwrap().contains("lang=\"ar\" dir=\"rtl\">"), "{json}");
        assert_eq!(json["flds"][0]["rtl"], true);
        assert!(json["css"].as_str().unwrap().contains("direction: ltr"));
    }

    #[test]
    fn a_note_type_that_changes_is_newer() {
        let text: String = types().iter().map(ToString::to_string).collect();
        let hash = hex(&Sha256::digest(&text)[..8]);
        assert_eq!(
            (CHANGED, hash.as_str()),
            (1_795_980_300, "3ffdb447d2b03d89"),
            "set CHANGED to what `date +%s` prints, or those who have the deck keep the old look; then update this"
        );
    }

    #[test]
    fn a_question_without_level_or_tags_has_no_sign_between_them() {
        let words = Words::of_language("en");
        let book = Spoken { words: &words, language: "en", direction: Direction::LeftToRight };
        let [_, back] = templates(Kind::Question).map(|template| filled(template, book));
        let about = back.lines().find(|line| line.contains("class=\"about\"")).unwrap();
        // What `{{#Level}}` and `{{/Level}}` enclose is hidden when the field is empty.
        let without = |text: &str, field: &str| {
            let (before, rest) = text.split_once(&format!("{{{{#{field}}}}}")).unwrap();
            let (_, after) = rest.split_once(&format!("{{{{/{field}}}}}")).unwrap();
            format!("{before}{after}")
        };
        let nothing = without(&without(about, "Level"), "Tags");
        assert_eq!(nothing, "<p class=\"about\"></p>");
        let level_alone = about.replace("{{#Tags}} · {{/Tags}}", "");
        assert!(without(&level_alone, "Tags").ends_with("{{Level}}</span>{{/Level}}</p>"), "{level_alone}");
    }

    #[test]
    fn fields_are_called_as_ever() {
        let name = |field: &Value| field["name"].as_str().unwrap().to_string();
        let names = |kind: &Value| kind["flds"].as_array().unwrap().iter().map(name).collect::<Vec<_>>().join(" ");
        let found: Vec<String> = types().iter().map(names).collect();
        assert_eq!(
            found,
            [
                "Question From Options Answer Reasons Level Chapter",
                "Claim Who says so Verdict Fact Sources Ask the fact Chapter",
                "Caption Code Result Record Chapter",
                "问题 出自 选项 答案 理由 难度 章节",
                "说法 谁的说法 判断 事实 出处 先问事实 章节",
                "标题 代码 结果 记录 章节",
            ],
            "Anki takes a note type with other fields for another one, and can't update its notes"
        );
    }

    #[test]
    fn fields_have_names_that_anki_accepts() {
        for language in ["en", "zh-CN"] {
            let words = Words::of_language(language);
            for kind in Kind::ALL {
                let key = |field: &&str| format!("anki.{}-field", field.replace('_', "-"));
                let mut names: Vec<&str> = kind.fields().iter().map(|field| words.text(&key(field))).collect();
                let forbidden = |name: &&str| name.is_empty() || name.contains([':', '"', '{', '}', '#', '^', '/']);
                assert!(!names.iter().any(forbidden), "{names:?}");
                names.sort_unstable();
                names.dedup();
                assert_eq!(names.len(), kind.fields().len(), "{names:?}");
            }
        }
    }
}
