//! Fences that no program replaces: what mdBook would make of them, in colours.

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use mdbook_snippets::SnippetPreprocessor;
use std::fs;

/// The `<main>` of each page that mdBook makes of [`CHAPTERS`], painted by us or not.
fn pages(settings: &str, painted: bool) -> Vec<String> {
    let root = tempfile::tempdir().unwrap();
    let src = root.path().join("src");
    fs::create_dir(&src).unwrap();
    let mut summary = String::new();
    for (index, chapter) in CHAPTERS.iter().enumerate() {
        summary += &format!("- [{index}]({index}.md)\n");
        fs::write(src.join(format!("{index}.md")), chapter).unwrap();
    }
    fs::write(src.join("SUMMARY.md"), summary).unwrap();
    let config: Config = format!("{settings}\n[preprocessor.snippets]\nhighlight = {painted}\n").parse().unwrap();
    let mut book = MDBook::load_with_config(root.path(), config).unwrap();
    book.with_preprocessor(SnippetPreprocessor);
    book.build().unwrap();
    let main = |index: usize| {
        let html = fs::read_to_string(root.path().join(format!("book/{index}.html"))).unwrap();
        let main = html.split_once("<main>").unwrap().1.split_once("</main>").unwrap().0;
        // Behind an HTML block mdBook leaves one more line break.
        main.trim().replace("</pre>\n\n", "</pre>\n")
    };
    (0..CHAPTERS.len()).map(main).collect()
}

/// `html` without the elements of tokens.
fn without_tokens(html: &str) -> String {
    let mut out = String::new();
    let mut open = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').unwrap() + 1;
        let tag = &rest[start..end];
        out.push_str(&rest[..start]);
        rest = &rest[end..];
        let is_token = match tag {
            "</span>" => open.pop().unwrap(),
            _ if tag.starts_with("<span class=\"") => {
                open.push(tag.len() == "<span class=\"k\">".len());
                open.last() == Some(&true)
            }
            _ => false,
        };
        if !is_token {
            out.push_str(tag);
        }
    }
    out + rest
}

/// Chapters whose fences pull in all directions.
const CHAPTERS: [&str; 12] = [
    "```rust\nfn main() {\n    let a: Vec<&str> = vec![\"<b>\"];\n}\n```\n",
    "```rust\nlet x = 1;\n# let hidden = 2;\n#\n## not hidden\n  # let indented = 3;\n#[derive(Debug)]\nstruct S;\n```\n",
    "```rust,ignore\n# use std::fs;\nlet x = 1; // <&>\n```\n\n```rust,should_panic,no_run,edition2018\n#![allow(x)]\n\n  panic!()\n```\n",
    "```rust,editable\nfn f() {}\n```\n\n```rust noplayground\nfn f() {}\n```\n\n```Rust\nfn f() {}\n```\n",
    "- tight\n  ```python,keep,reason=\"x\"\n  def f():\n\n      return \"\"\n  ```\n  after\n- next\n\n1. loose\n\n   ```js\n   let a = `$x$`;\n   ```\n",
    "> quote\n> ```sql\n> SELECT 1;\n>\n> -- two\n> ```\n> after\n\nlast\n",
    "- > both\n  > ~~~yaml\n  > a: [1, \"b\"]\n  >\n  > ~~~\n\n[^n]: note\n    ```sh\n    echo \"$HOME\" | cat\n    ```\n\nsee[^n]\n",
    "```c hidelines=!!!\n!!!#include <stdio.h>\nint main(void) { return 0; }\n  !!! // x\n```\n",
    "```bash\nls # all\n?? cd\n```\n\n```toml\n[a]\nb = 1\n```\n\n```text\nfn f()\n```\n\n```\nfn f()\n```\n\n```no-such\nfn f()\n```\n",
    "  ```go\n  func f() {\n  \treturn 1\n  }\n  ```\n\n````md\n```rust\nfn f() {}\n```\n````\n\n<div>\n\n```json\n{\"a\": [1, null]}\n```\n\n</div>\n",
    "```html\n<pre>&amp;</pre>\n\n<script>let a = '{{#include x}}';</script>\n```\r\n\r\n```java\r\nclass A {\r\n}\r\n```\r\n",
    "```rust\n```\n\n```rust\n\n```\n\n```rust\nlet s = \"\n\n# a\n\";\n```\n\n```console\n$ echo 1 \\\n  2\n1 2\n```\n\n```python,keep,reason=\"x\"\n\t if 1:\n\t\tx \n```\n",
];

const SETTINGS: [&str; 3] = [
    "[output.html.playground]\nrunnable = false\n",
    "[rust]\nedition = \"2024\"\n",
    "[output.html.playground]\neditable = true\n[output.html.code.hidelines]\nbash = \"??\"\npython = \"~\"\n",
];

#[test]
fn but_for_the_colours_fences_are_as_mdbook_makes_them() {
    for settings in SETTINGS {
        for ((painted, stock), chapter) in pages(settings, true).iter().zip(pages(settings, false)).zip(CHAPTERS) {
            assert_eq!(without_tokens(painted), stock, "{settings}\n{chapter}");
        }
    }
}

#[test]
fn languages_are_painted_wherever_the_fence_is() {
    let pages = pages(SETTINGS[0], true);
    let token = |class: char| format!("<span class=\"{class}\">");
    for page in &pages {
        assert!("cksntfm".chars().any(|class| page.contains(&token(class))), "{page}");
    }
    let list = &pages[4];
    let function = "<code class=\"language-python\"><span class=\"k\">def </span><span class=\"f\">f</span>():\n\n";
    assert!(list.contains(function), "{list}");
    assert!(list.contains("<li>tight\n<pre>"), "the list stays tight: {list}");
    let line = "<span class=\"boring\"><span class=\"k\">let </span>hidden = <span class=\"n\">2</span>;\n</span>";
    assert!(pages[1].contains(line), "{}", pages[1]);
}

#[test]
fn a_fence_keeps_the_number_of_its_lines() {
    use qabook_support::testing::{TestBook, contents};
    for chapter in CHAPTERS {
        let book = TestBook::new(".", "").chapter("a.md", chapter).run(&SnippetPreprocessor).unwrap();
        let [(_, text)] = &contents(&book)[..] else { panic!("one chapter") };
        assert_eq!(text.matches('\n').count(), chapter.matches('\n').count(), "{chapter}\n{text}");
    }
}
