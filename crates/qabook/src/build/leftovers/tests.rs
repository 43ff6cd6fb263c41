use super::*;

/// `line: message` of each leftover of a chapter, which is `text` in its file and `made` after the preprocessors.
fn found_in(text: &str, made: &str, toml: &str) -> Vec<String> {
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir(root.path().join("src")).unwrap();
    std::fs::write(root.path().join("src/a.md"), text).unwrap();
    let mut book = Book::new();
    book.push_item(Chapter::new("A", made.into(), "a.md", Vec::new()));
    let found = check(root.path(), &toml.parse().unwrap(), &book).err().unwrap_or_default();
    found.into_iter().map(|problem| format!("{}: {}", problem.place.line.unwrap_or(0), problem.message)).collect()
}

fn found(text: &str) -> Vec<String> {
    found_in(text, text, "")
}

#[test]
fn front_matter_is_found() {
    for text in ["+++\nnumber = 1\n+++\n# A\n", "---\ntitle: a\n---\n# A\n"] {
        assert_eq!(found(text), ["1: front matter is left in the page"], "{text}");
    }
    assert_eq!(found("# A\n\n+++\n"), [""; 0]);
}

#[test]
fn directives_are_found_outside_code() {
    assert_eq!(
        found("# A\n\nSee {{#quiz a.toml}} and {{ #include }}\n"),
        ["3: `{{#quiz a.toml}}` is left in the page", "3: `{{ #include }}` is left in the page",]
    );
    assert_eq!(found("<div>\n{{#quiz}}\n</div>\n"), ["2: `{{#quiz}}` is left in the page"]);
    assert_eq!(found("{{#quiz\n"), ["1: `{{#quiz` is left in the page"]);
    for text in ["`{{#if}}`", "```text\n{{#if}}\n```\n", "<pre>{{#if}}</pre>", "<!-- {{#if}} -->", "{{ x }}"] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn an_escaped_directive_is_text() {
    assert_eq!(found_in("Use \\{{#if x}} here\n", "Use {{#if x}} here\n", ""), [""; 0]);
    assert_eq!(found("Use \\{{#if x}} here\n"), [""; 0]);
    assert_eq!(found_in("Use \\{{#if x}} here, {{#of}}\n", "Use {{#if x}} here, {{#of}}\n", "").len(), 1);
}

#[test]
fn html_that_a_preprocessor_made_is_its_own() {
    assert_eq!(found_in("# A\n", "# A\n<p>What is {{#if}}?</p>\n", ""), [""; 0]);
}

#[test]
fn diagrams_are_found_unless_their_part_is_off() {
    let text = "# A\n\n```mermaid\ngraph TD\n```\n";
    assert_eq!(found(text), ["3: a diagram is left as text in the page"]);
    assert_eq!(found_in(text, text, "[preprocessor.mermaid-svg]\n"), ["3: a diagram is left as text in the page"]);
    assert_eq!(found_in(text, text, "[preprocessor.mermaid-svg]\nrenderers = []\n"), [""; 0]);
}

#[test]
fn formulas_are_found() {
    for (text, formula) in [
        ("Is $x^2$ so?", "$x^2$"),
        ("$\\frac{1}{2}$", "$\\frac{1}{2}$"),
        ("*a* $a_i$.", "$a_i$"),
        ("$$x$$", "$$x$$"),
        ("> $$\n> x\n> $$", "$$"),
    ] {
        let message = format!("1: the formula `{formula}` is left as text in the page");
        assert_eq!(found(text).first(), Some(&message), "{text}");
        assert_eq!(found_in(text, text, "[preprocessor.katex]\nrenderers = []\n"), [""; 0], "{text}");
        assert_eq!(found_in(text, text, "[output.html]\nmathjax-support = true\n"), [""; 0], "{text}");
    }
}

#[test]
fn prices_and_variables_are_no_formulas() {
    for text in [
        "From $5 to $10.",
        "It costs 5$ or 6$^.",
        "$HOME/$PATH_X and $MY_VAR/$OTHER",
        "\\$x^2\\$",
        "`$x^2$` and\n\n```sh\necho $$ $$\n```\n",
        "The shell's own id is $$ here.",
        "A $ and b^ $ c",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn the_line_is_found_when_the_rest_of_it_was_replaced() {
    assert_eq!(
        found_in("a\n\n$x$ {{#quiz}}\n", "a\n\n<b>x</b> {{#quiz}}\n", "")[0],
        "3: `{{#quiz}}` is left in the page"
    );
}
