//! Files of marks that readers import: the script that reads them, run by `QuickJS`.

use quick_js::Context;

use crate::input::try_all;

const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\"format\":\"b-progress\"",
    "\"version\":2",
    "\"version\":1e999",
    "\"marks\":",
    "\"cards\":",
    "\"a\":",
    "{\"mark\":\"known\",\"at\":1}",
    "{\"mark\":\"none\",\"at\":-1}",
    "\"__proto__\":",
    "\"constructor\":",
    "\"q:a\":",
    "{\"due\":1,\"stability\":2,\"difficulty\":3,\"reps\":1,\"lapses\":0,\"state\":2,\"last\":1,\"at\":1}",
    "null",
    "true",
    "1e308",
    "-0",
    "\\u0000",
    "\\ud800",
    "\\\"",
    "\\",
    "汉字",
    "\n",
    " ",
    "\u{2028}",
    "{\"format\":\"b-progress\",\"version\":2,\"marks\":{",
    "},\"cards\":{",
    "}}",
];

/// What a text becomes: read, merged with itself and with something else in both orders, written and read again. Empty when
/// all is as it should be.
const CHECK: &str = "
    const ours = { marks: { a: { mark: 'again', at: 5 } }, cards: {} };
    const same = (a, b) => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
    function check(text) {
        const read = qabookRecords.read(text);
        if ('problem' in read) {
            return ['json', 'foreign', 'damaged', 'newer'].includes(read.problem) ? '' : `it is refused as ${read.problem}`;
        }
        const again = qabookRecords.read(qabookRecords.write(read));
        if ('problem' in again) return 'what was written is refused';
        for (const kind of ['marks', 'cards']) {
            if (!same(read[kind], again[kind])) return `${kind} are other ones when they are read again`;
            if (!same(qabookRecords.merge(read[kind], read[kind]), read[kind])) return `${kind} merged with themselves are other ones`;
            const [one, other] = [qabookRecords.merge(ours[kind], read[kind]), qabookRecords.merge(read[kind], ours[kind])];
            if (!same(one, other)) return `the order of ${kind} matters`;
            if (Object.getPrototypeOf(one) !== Object.prototype) return 'a name became the prototype';
        }
        return ({}).mark === undefined && ({}).at === undefined ? '' : 'every object has a mark';
    }";

#[test]
fn of_readers() {
    let script = qabook_theme::file("js/records.js").expect("the script");
    let script = std::str::from_utf8(script.as_ref()).unwrap().replace("'use strict';", "");
    let context = Context::new().unwrap();
    context.eval(&format!("const qabook = {{ storage: 'b' }};\n{script}\n{CHECK}")).unwrap();
    try_all("marks", PIECES, |text| {
        let found = context.call_function("check", [text.replace('\0', " ")]).unwrap();
        assert_eq!(found.as_str(), Some(""), "{text:?}");
    });
}
