//! Diagrams: their source is the author's, the program that draws them is somebody else's.

use mdbook_mermaid_svg::MermaidSvgPreprocessor;
use qabook_support::testing::{TestBook, contents};

use crate::input::try_all;

const PIECES: &[&str] = &[
    "flowchart TD\n",
    "graph LR\n",
    "sequenceDiagram\n",
    "stateDiagram-v2\n",
    "classDiagram\n",
    "erDiagram\n",
    "gantt\n",
    "pie\n",
    "mindmap\n",
    "A --> B\n",
    "A -->|x| B\n",
    "A[\"",
    "\"]\n",
    "A((a))\n",
    "subgraph s\n",
    "end\n",
    "participant A\n",
    "actor B as 汉字\n",
    "A->>B: x\n",
    "A-->>B: ",
    "A-xB: y\n",
    "A-)B: z\n",
    "loop l\n",
    "alt a\n",
    "else b\n",
    "Note over A,B: n\n",
    "[*] --> S\n",
    "%%{init: {",
    "}}%%\n",
    "%% comment\n",
    "style A fill:#f",
    "classDef c fill:#fff\n",
    "class A c\n",
    "click A \"x\"\n",
    ";",
    ":",
    "#quot;",
    "#9829;",
    "<br/>",
    "<b>",
    "\"",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "|",
    "---",
    "-.->",
    "==>",
    "&",
    "\n",
    "    ",
    "\t",
    "\\",
    "$x$",
    "`",
    "汉字",
    "🦀",
    "\u{0}",
];

#[test]
fn of_chapters() {
    try_all("diagrams", PIECES, |text| {
        let chapter = format!("# A\n\n~~~~~~mermaid\n%% Title\n{text}\n~~~~~~\n");
        let book = TestBook::new("nowhere", "[preprocessor.mermaid-svg]\n").chapter("a.md", &chapter);
        match book.run(&MermaidSvgPreprocessor) {
            Ok(book) => assert_eq!(contents(&book).len(), 1),
            Err(error) => assert!(error.to_string().contains("a.md:"), "{error}"),
        }
    });
}
