//! What is joined, and how names become short.

use qabook_words::Word;

use super::*;

const ONE: Module = Module { name: "one.js", text: "// One.\nexport const one = 1;\nconst two = 2;\n" };
const TWO: Module = Module {
    name: "two.js",
    text: "import { one } from './one.js';\nimport { words } from './words.js';\n\
           /** Says it. */\nexport const say = () => words['the-sum'] + one;\n",
};
const WORDS: Module = Module { name: "words.js", text: "/** None. */\nexport const words = {};\n" };

#[test]
fn modules_become_one_script_with_the_words_that_it_uses() {
    let words = ["the-sum", "the"].map(|key| (key.to_string(), Word::Text(format!("“{key}”"))));
    assert_eq!(
        join(&[WORDS, ONE, TWO], &words.into()),
        "'use strict';\n{let b=[\"“the-sum”\"],a=1,d=2,c=()=>b[0]+a}\n"
    );
}

#[test]
fn a_part_on_demand_is_a_function_from_its_imports_to_its_exports() {
    let two = Module { text: "import { one } from './one.js';\nexport const say = () => one;\n", ..TWO };
    let script = on_demand("two", &[two], ONE);
    let (head, code) = script.split_once("=>{").unwrap();
    assert_eq!(head, "'use strict';\ndispatchEvent(new CustomEvent('zh-search-data',{detail:['two',given");
    assert_eq!(code, "let{one:a}=given,b=()=>a;return{say:b}}]}))\n");
}

#[test]
fn comments_and_spaces_go_and_code_stays() {
    for (script, short) in [
        ("// why\nf(/** @type {any} */ (x)); // c\n", "f((x))"),
        ("{\n    f();\n    g();\n}\n", "{f();g()}"),
        ("else if (x + 'b  + c' < y) return { z };", "else if(x+'b  + c'<y)return{z}"),
        ("x = y + `c ${d + `e  ${f}` + '}'} 'f` + \"g '\";", "x=y+`c ${d+`e  ${f}`+'}'} 'f`+\"g '\""),
        ("x.replace(/b '[/] c/g, d / e / f);", "x.replace(/b '[/] c/g,d/e/f)"),
        ("x + +y - -z; i++; return /'/;", "x+ +y- -z;i++;return/'/"),
        ("f()\ng()\n", "f()\ng()"),
        ("const { x } = y; const z = {}; if (z) f(); const w = 1;", "let{x:c}=y,a={};if(a)f();let b=1"),
        ("", ""),
    ] {
        assert_eq!(shortened(script), short);
    }
}

#[test]
fn names_become_short_and_properties_stay() {
    for (script, short) in [
        ("const sum = 1; const f = (sum) => sum.sum;", "let a=1,b=a=>a.sum"),
        (
            "const f = ({ one, two: [three], ...rest }) => ({ one, two: three, ...rest });",
            "let a=({one:b,two:[d],...c})=>({one:b,two:d,...c})",
        ),
        (
            "const f = async (x, y = { z: v }) => { for (const w of x) g(w, y?.x); };",
            "let a=async(c,d={z:v})=>{for(let b of c)g(b,d?.x)}",
        ),
        (
            "const f = { make: 1, async open(x) {} }; let i = f.make ? make : 2;",
            "let a={make:1,async open(x){}},b=a.make?make:2",
        ),
        (
            "const f = () => { try { g(); } catch (error) { say(`${error}: ${f}`); } };",
            "let a=()=>{try{g()}catch(b){say(`${b}: ${a}`)}}",
        ),
        ("const MOST_OF = 0.9; const f = (x) => x * MOST_OF;", "let a=b=>b*.9"),
        ("const f = async (x) => x;", "let a=async b=>b"),
        ("let b; const f = (x) => x + b;", "let a,b=c=>c+a"),
        ("const f = () => a; const g = (x) => x;", "let b=()=>a,c=a=>a"),
    ] {
        assert_eq!(shortened(script), short);
    }
}

/// What the names and the spaces of a script are cut by isn't a parser: these it would get wrong.
#[test]
fn no_script_has_what_would_be_shortened_wrongly() {
    let wrong = [
        (r"(?m)^\s*(?:static\s+)?(?:get|set)\s+\w+\s*\(", "a getter or setter, whose name is a property's"),
        (r"(?m)^\s*\*\s*\w+\s*\(", "a generator as a method"),
        (r"\bclass\s+\w+", "a class"),
        (r"\bcase\b[^:\n]*:\s*\{", "a block after `case`, which looks like an object"),
        (r"(?:\+\+|--)\s*/[^/*]", "a division after `++`, which looks like a regular expression"),
        (r"\}\s+/[^/*\s]", "a regular expression after a block, which looks like a division"),
        (r"(?m)^ +const [A-Z_]+ = \d", "a constant inside of a function, whose name would be taken everywhere"),
        (r"\bwhile\s*\([^)]*\);", "an empty statement"),
    ];
    let client = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("client");
    let constants = regex::Regex::new(r"(?m)^(?:export )?const ([A-Z_]+) = \d").unwrap();
    let mut scripts = 0;
    for entry in std::fs::read_dir(client).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "js") {
            continue;
        }
        scripts += 1;
        let text = std::fs::read_to_string(&path).unwrap();
        let code: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with(['/', '*']) && !line.starts_with("import "))
            .collect::<Vec<_>>()
            .join("\n");
        let find = |pattern: &str| Some(regex::Regex::new(pattern).unwrap().find(&code)?.as_str().to_string());
        for (pattern, what) in wrong {
            assert_eq!(find(pattern), None, "{}: {what}", path.display());
        }
        for constant in constants.captures_iter(&code) {
            let key = format!(r"\{{[^{{}}()]*\b{}\s*[,:}}]", &constant[1]);
            assert_eq!(find(&key), None, "{}: a number would take the place of the key", path.display());
        }
    }
    assert!(scripts > 10, "{scripts}");
}
