//! Where things are in a drawing, and what is told of it.

use mdbook_mermaid_svg::{Colours, svg};

fn drawn(source: &str) -> String {
    svg(source, "d", "t", Colours::Light).unwrap_or_else(|error| panic!("{error}\n{source}"))
}

fn has(svg: &str, text: &str) -> bool {
    svg.contains(&format!(">{text}<"))
}

/// The numbers of an attribute in the first element of `svg` that has `mark`.
fn number(element: &str, name: &str) -> f32 {
    let value = element.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
    value.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{name} in {element}"))
}

/// The numbers in `text`.
fn numbers(text: &str) -> Vec<f32> {
    text.split(|c: char| !"0123456789.-".contains(c)).filter_map(|number| number.parse().ok()).collect()
}

/// The value of the attribute `name` of the first element of `svg` that has it.
fn attribute<'a>(svg: &'a str, name: &str) -> &'a str {
    svg.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default()
}

#[test]
fn a_drawing_has_no_empty_margin() {
    for source in
        ["sequenceDiagram\n  participant 甲\n  participant 乙\n  甲->>乙: 话\n", "flowchart TD\n  甲 --> 乙\n"]
    {
        let svg = drawn(source);
        let [left, top, width, height] = numbers(attribute(&svg, "viewBox"))[..] else { panic!("{svg}") };
        let boxes: Vec<[f32; 4]> = svg
            .split("<rect ")
            .filter(|rect| rect.contains("rx=\"3\""))
            .map(|rect| ["x", "y", "width", "height"].map(|name| number(&format!(" {rect}"), name)))
            .collect();
        let least = |side: fn(&[f32; 4]) -> f32| boxes.iter().map(side).fold(f32::MAX, f32::min);
        let margins = [
            least(|at| at[0]) - left,
            least(|at| at[1]) - top,
            left + width + least(|at| -at[0] - at[2]),
            top + height + least(|at| -at[1] - at[3]),
        ];
        assert!(margins.iter().all(|margin| (0.0..=5.0).contains(margin)), "{margins:?} {svg}");
    }
}

#[test]
fn four_who_take_part_are_readable_on_a_phone() {
    let svg = drawn("sequenceDiagram\n  主机->>交换机: 谁是它\n  交换机->>网关: 谁是它\n  网关->>路由器: 谁是它\n");
    assert!(numbers(attribute(&svg, "viewBox"))[2] <= 400.0, "{svg}");
}

#[test]
fn a_message_has_room_between_its_columns() {
    let svg = drawn("sequenceDiagram\n  甲->>乙: 一句相当长的话不换行\n");
    let label = svg.split("<rect ").find(|rect| rect.contains("sequenceEdgeLabel")).unwrap();
    let path = svg.split("<path ").find(|path| path.contains("edgePath")).unwrap();
    let points = numbers(attribute(&format!(" {path}"), "d"));
    let (x, width) = (number(&format!(" {label}"), "x"), number(&format!(" {label}"), "width"));
    assert!(points[0] < x && x + width < points[2], "{label} on {path}");
}

/// Whether the straight line from `a` to `b` is somewhere inside the rectangle.
fn crosses(a: (f32, f32), b: (f32, f32), (x, y, width, height): (f32, f32, f32, f32)) -> bool {
    (0_u8..=100).any(|step| {
        let share = f32::from(step) / 100.0;
        let point = (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share);
        x < point.0 && point.0 < x + width && y < point.1 && point.1 < y + height
    })
}

#[test]
fn no_line_leads_through_a_label() {
    for source in [
        "flowchart TD\n  甲 -->|一| 乙\n  乙 -->|回去| 甲\n  乙 -->|二| 丙\n  甲 -->|很长的一句| 丙\n  丙 -->|三| 甲\n",
        "flowchart LR\n  甲{问} -->|是| 乙\n  甲 -->|不是| 丙\n  甲 -->|也许| 丁\n  丁 -->|又| 乙\n",
        "stateDiagram-v2\n  [*] --> A\n  A --> B: 收\n  A --> C: 发\n  B --> D: 关\n  C --> D: 等\n  A --> D: 都收\n  D --> A: 再来\n",
        "flowchart TD\n  a -->|1| b\n  a -->|2| c\n  b -->|3| d\n  c -->|4| d\n  a -->|5| d\n  d -->|6| e\n  b -->|7| e\n  e -->|8| a\n",
    ] {
        let svg = drawn(source);
        let labels = svg.split("<rect ").filter(|rect| rect.contains("data-label-kind"));
        let labels: Vec<_> = labels
            .map(|rect| {
                let of = |name: &str| number(&format!(" {rect}"), name);
                // Without the air around the text.
                (of("x") + 2.0, of("y") + 4.0, of("width") - 4.0, of("height") - 8.0)
            })
            .collect();
        assert_eq!(labels.len(), source.matches('|').count() / 2 + source.matches(": ").count(), "{svg}");
        for path in svg.split("<path ").filter(|path| path.contains("class=\"edgePath\"")) {
            let points = numbers(attribute(&format!(" {path}"), "d"));
            let points: Vec<(f32, f32)> = points.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
            for pair in points.windows(2) {
                let hit = labels.iter().find(|label| crosses(pair[0], pair[1], **label));
                assert!(hit.is_none(), "{pair:?} through {hit:?}\n{source}\n{svg}");
            }
        }
        for (at, one) in labels.iter().enumerate() {
            let apart = |other: &(f32, f32, f32, f32)| {
                one.0 + one.2 <= other.0
                    || other.0 + other.2 <= one.0
                    || one.1 + one.3 <= other.1
                    || other.1 + other.3 <= one.1
            };
            assert!(labels[at + 1..].iter().all(apart), "{labels:?}\n{source}");
        }
    }
}

#[test]
fn groups_stand_below_each_other_around_what_is_theirs() {
    let svg = drawn("flowchart TD\n  subgraph 一\n    甲 --> 乙\n  end\n  subgraph 二\n    丙 --> 丁\n  end\n");
    let y = |text: &str| {
        let before = svg.split(&format!(">{text}<")).next().unwrap();
        number(&before[before.rfind("<text").unwrap()..], "y")
    };
    assert!(["一", "甲", "乙", "二", "丙", "丁"].windows(2).all(|pair| y(pair[0]) < y(pair[1])), "{svg}");
}

#[test]
fn a_block_fills_its_cells_and_may_have_blanks_and_a_colour() {
    let svg = drawn(
        "block-beta\ncolumns 3\nn[\"线程 1\"] a[\"算\"] b[\"等一等\"]\nc[\"全部\"]:3\nclassDef busy fill:#fff3e4\nclass a busy\n",
    );
    assert!(has(&svg, "线程 1"), "{svg}");
    let cells: Vec<&str> = svg.split("<rect ").filter(|rect| rect.contains("rx=\"")).collect();
    assert_eq!(cells.len(), 4, "{svg}");
    let whole = cells.iter().map(|cell| number(&format!(" {cell}"), "width")).fold(0.0, f32::max);
    let three: f32 = cells.iter().map(|cell| number(&format!(" {cell}"), "width")).sum::<f32>() - whole;
    assert!((whole - three - 2.0 * 15.0 * 0.45).abs() < 0.1, "{whole} over {three}");
    assert_eq!(svg.matches("fill=\"#fff3e4\"").count(), 1, "{svg}");
}

#[test]
fn the_text_tells_who_sends_what_to_whom_in_order() {
    let words = qabook_words::Words::of_language("en");
    for (source, told) in [
        (
            "sequenceDiagram\n  participant A as The client\n  Note over A,B: idle\n  A->>B: SYN\n  loop until it hears\n    B-->>A: SYN &amp; ACK\n  end\n  A-xA: gone\n  Note over B: open\n",
            "<ol><li>The client, B: idle</li><li>The client to B: SYN</li><li>Again and again: until it hears\
             <ol><li>B to The client: SYN &amp; ACK</li></ol></li><li>The client to itself: gone</li><li>B: open</li></ol>",
        ),
        (
            "sequenceDiagram\n  alt one\n    A->>B: x\n  else two\n    B->>A: y\n  end\n",
            "<ol><li>If: one<ol><li>A to B: x</li></ol></li><li>Else: two<ol><li>B to A: y</li></ol></li></ol>",
        ),
        (
            "flowchart LR\n  A[\"one<br/>two\"] -->|yes| B\n  B <--> C\n  C --- D\n  subgraph G\n    E --> F\n  end\n  H\n",
            "<ol><li>G<ol><li>E to F</li></ol></li><li>one two to B: yes</li><li>B and C, both ways</li>\
             <li>C joined to D</li><li>H</li></ol>",
        ),
        ("block-beta\ncolumns 2\na b c space d\n", "<ol><li>a, b</li><li>c</li><li>d</li></ol>"),
        ("journey\n  title A day\n  section Work\n    Read: 5: Me\n", ""),
    ] {
        assert_eq!(mdbook_mermaid_svg::text(source, &words).unwrap(), told, "{source}");
    }
}

#[test]
fn the_text_tells_charts_and_classes_in_the_order_of_the_source() {
    let words = qabook_words::Words::of_language("en");
    for (source, told) in [
        ("pie\n  \"b\" : 1\n  \"a &amp; c\" : 3\n", "<ol><li>b: 25%</li><li>a &amp; c: 75%</li></ol>"),
        (
            "pie showData\n  title Pets\n  \"Dogs\" : 30\n  \"Cats\" : 10.5\n",
            "<ol><li>Pets<ol><li>Dogs: 30 (74%)</li><li>Cats: 10.5 (26%)</li></ol></li></ol>",
        ),
        (
            "gantt\n  dateFormat YYYY-MM-DD\n  Alone : 2026-01-01, 2d\n  section One\n  Plan : done, A1, 2026-01-01, 3d\n  \
             Build : after A1, 5d\n  section Two\n  Test : crit, 2026-02-01, 2026-02-05\n  Rest : 1w\n",
            "<ol><li>Alone: from 2026-01-01, for 2d</li><li>One<ol><li>Plan: done, from 2026-01-01, for 3d</li>\
             <li>Build: after Plan, for 5d</li></ol></li><li>Two<ol>\
             <li>Test: critical, from 2026-02-01, until 2026-02-05</li><li>Rest: for 1w</li></ol></li></ol>",
        ),
        (
            "classDiagram\n  class Animal {\n    +String name\n    +run() bool\n  }\n  class Lone\n  Animal <|-- Cat : is\n  \
             Runner <|.. Cat\n  Cat \"1\" *-- \"4\" Leg\n  Toy --o Cat\n  Cat ..> Milk\n  Cat --> House\n  Cat -- Dog\n",
            "<ol><li>Animal<ol><li>+String name</li><li>+run() : bool</li></ol></li><li>Lone</li>\
             <li>Cat is a kind of Animal: is</li><li>Cat implements Runner</li><li>Cat (1) is made of Leg (4)</li>\
             <li>Cat has Toy</li><li>Cat depends on Milk</li><li>Cat to House</li><li>Cat joined to Dog</li></ol>",
        ),
    ] {
        assert_eq!(mdbook_mermaid_svg::text(source, &words).unwrap(), told, "{source}");
    }
}
