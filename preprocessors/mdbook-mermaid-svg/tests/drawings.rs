//! Nothing of a diagram's source is lost: it is in the picture, or an error names its line.

use mdbook_mermaid_svg::{Colours, svg};

fn drawn(source: &str) -> String {
    svg(source, "d", "t", Colours::Light).unwrap_or_else(|error| panic!("{error}\n{source}"))
}

/// The error about `source`, after its line.
fn error(source: &str) -> String {
    match svg(source, "d", "t", Colours::Light) {
        Ok(svg) => panic!("{source}\nis drawn: {svg}"),
        Err(error) => format!("{}: {error}", error.line().unwrap_or(0)),
    }
}

fn has(svg: &str, text: &str) -> bool {
    svg.contains(&format!(">{text}<"))
}

#[test]
fn who_takes_part_need_not_be_declared() {
    let svg = drawn("sequenceDiagram\n  actor 读者\n  读者->>书店: 要一本\n  书店->>仓库: 有吗\n");
    for name in ["读者", "书店", "仓库", "要一本", "有吗"] {
        assert!(has(&svg, name), "{name}: {svg}");
    }
}

#[test]
fn every_arrow_of_mermaid_is_drawn() {
    for (arrow, has_head, has_other) in [
        ("->", false, false),
        ("-->", false, false),
        ("->>", true, false),
        ("-->>", true, false),
        ("-x", false, true),
        ("--x", false, true),
        ("-)", false, true),
        ("--)", false, true),
    ] {
        let svg = drawn(&format!("sequenceDiagram\n甲{arrow}乙: 话\n"));
        assert!(has(&svg, "话"), "{arrow}");
        assert_eq!(svg.contains("marker-end=\"url(#d-arrow-seq"), has_head, "{arrow}: {svg}");
        assert_eq!(svg.contains("M -5 -5 L 5 5") || svg.contains("M -9 -5 L 0 0 L -9 5"), has_other, "{arrow}: {svg}");
        let path = svg.split("class=\"edgePath\"").nth(1).and_then(|rest| rest.split("/>").next()).unwrap();
        assert_eq!(path.contains("stroke-dasharray"), arrow.starts_with("--"), "{arrow}: {path}");
    }
    assert!(drawn("sequenceDiagram\n甲<<->>乙: 话\n").contains("marker-start=\"url(#d-arrow-start-seq"));
}

#[test]
fn a_message_may_hold_what_looks_like_an_arrow() {
    let svg = drawn("sequenceDiagram\nA->>B: see x-->>y: \"z\" #35;1 &lt;b&gt;\n");
    for word in [">see", "x--&gt;&gt;y:", "&quot;z&quot;", "#1", "&lt;b&gt;"] {
        assert!(svg.contains(word), "{word}: {svg}");
    }
    assert!(has(&svg, "A") && has(&svg, "B"));
}

#[test]
fn a_line_that_cannot_be_drawn_is_named() {
    for (line, message) in [
        ("甲=>>乙: 丢", "3: `甲=>>乙: 丢` can't be drawn"),
        ("甲-\\乙: 丢", "3: "),
        ("destroy 乙", "3: `destroy` can't be drawn"),
        ("title 一图", "3: `title` isn't drawn"),
        ("loop 空\nend", "3: there is no message between this line and its `end`"),
        ("loop 一\n甲->>乙: x", "3: this is never closed"),
        ("end", "3: this `end` closes nothing"),
        ("participant 甲@{ \"type\": \"queue\" }", "3: `@{…}` can't be drawn"),
    ] {
        let error = error(&format!("%% 题\nsequenceDiagram\n{line}\n"));
        assert!(error.starts_with(message), "{line}: {error}");
    }
}

#[test]
fn characters_may_be_written_as_references() {
    let svg = drawn("graph LR\n  A[\"#quot;甲#quot; #35;1 #9829; &amp;\"] --> B[\"1 #lt; 2\"]\n  style A fill:#f9f;\n");
    assert!(has(&svg, "&quot;甲&quot; #1 ♥ &amp;"), "{svg}");
    assert!(has(&svg, "1 &lt; 2"), "{svg}");
}

#[test]
fn labels_of_flowcharts_are_all_drawn_or_named() {
    for source in [
        "flowchart TD\n  A[开始] -->|是| B(圆)\n  A -- 否 --> C{判断}\n  B -.-> D[(库)]\n  C ==> E((环))\n  subgraph 组\n    D\n  end\n",
        "graph LR\n  甲[一] & 乙[二] --> 丙\n  丙 --x 丁[\"四 (4)\"]\n  classDef 红 fill:#f00\n  class 甲 红\n",
        "flowchart LR\n  A --o B\n  B <--> C\n  C --- D[/斜/]\n  D --> E>旗]\n",
    ] {
        drawn(source);
    }
    for (source, message) in [
        ("flowchart LR\n  A[开始 --> B\n", "2: `[` is never closed"),
        ("flowchart LR\n  A[\"开始] --> B\n", "2: "),
        ("flowchart LR\n  A =>> B\n", "2: "),
    ] {
        let error = error(source);
        assert!(error.starts_with(message), "{source}: {error}");
    }
}

#[test]
fn other_diagrams_are_drawn_whole() {
    for source in [
        "stateDiagram-v2\n  [*] --> 静: 开\n  静 --> [*]: 关\n",
        "classDiagram\n  class 动物 {\n    +String 名字\n    +跑() bool\n  }\n  动物 <|-- 猫 : 是\n",
        "erDiagram\n  客户 ||--o{ 订单 : \"下\"\n",
        "pie title 比例\n  \"甲\" : 40\n  \"乙\" : 60\n",
        "gantt\n  title 计划\n  dateFormat YYYY-MM-DD\n  section 一\n  写作 :a1, 2024-01-01, 3d\n",
        "mindmap\n  root((根))\n    枝一\n    枝二\n",
        "timeline\n  title 史\n  2001 : 事一\n  2002 : 事二\n",
    ] {
        drawn(source);
    }
}

#[test]
fn words_of_any_script_are_drawn_or_named_with_their_line() {
    for source in [
        "flowchart LR\n  A[Alpha] -- Bravo --> B(Charlie)\n  B == Delta ==> C{Echo}\n  C -. Foxtrot .-> D\n",
        "stateDiagram-v2\n  Alpha --> Bravo : charlie delta\n  note right of Alpha : Echo\n  state \"Golf\" as g\n",
        "classDiagram\n  class Alpha {\n    +String bravo\n    +charlie(int delta) bool\n  }\n  Alpha <|-- Echo : foxtrot\n",
        "erDiagram\n  ALPHA ||--o{ BRAVO : charlie\n  ALPHA {\n    string delta PK \"echo\"\n  }\n",
        "gantt\n  title Alpha bravo\n  dateFormat YYYY-MM-DD\n  section Charlie\n  Delta echo :a1, 2024-01-01, 3d\n",
        "mindmap\n  root((Alpha))\n    Bravo charlie\n      id1[Delta]\n      ::icon(fa fa-book)\n",
        "timeline\n  title Alpha\n  2001 : Bravo : Charlie\n",
        "journey\n  title Alpha\n  section Bravo\n    Charlie delta: 5: Echo, Foxtrot\n",
        "gitGraph\n  commit id: \"Alpha\"\n  branch bravo\n  commit tag: \"Charlie\"\n",
        "quadrantChart\n  title Alpha\n  x-axis Bravo --> Charlie\n  quadrant-1 Delta\n  Echo: [0.3, 0.6]\n",
        "xychart-beta\n  title \"Alpha\"\n  x-axis [bravo, charlie]\n  bar [1, 2]\n",
        "sankey-beta\n\nAlpha,Bravo,10\nAlpha,Charlie,5\n",
        "kanban\n  Alpha\n    [Bravo]\n    id2[Charlie]@{ priority: \"High\" }\n",
    ] {
        drawn(source);
    }
    for (source, message) in [
        ("stateDiagram-v2\n  [*] --> A\n  note left of A\n    Lima\n  end note\n", "4: `Lima` would not be"),
        ("timeline\n  section Bravo\n  2001 : Charlie\n", "2: `Bravo` would not be"),
        ("kanban\n  Alpha\n    [Bravo charlie]\n", "3: `charlie` would not be"),
        ("packet-beta\ntitle Alpha\n0-15: \"Bravo\"\n", "2: `Alpha` would not be"),
        (
            "radar-beta\n  title Alpha\n  axis b[\"Bravo\"], c[\"Charlie\"], d\n  curve e[\"Echo\"]{1,2,3}\n",
            "2: `Alpha` would",
        ),
        ("zenuml\n  Bravo->Charlie: delta\n  Charlie.echo() {\n    return foxtrot\n  }\n", "3: `echo` would not be"),
    ] {
        let error = error(source);
        assert!(error.starts_with(message), "{source}: {error}");
    }
}

#[test]
fn a_diagram_that_says_nothing_is_an_error() {
    for source in ["flowchart LR\n", "sequenceDiagram\n", "%% 题\ngraph TD\n%% 没有\n"] {
        assert!(error(source).starts_with("0: it says nothing"), "{source}");
    }
}

/// The numbers of an attribute in the first element of `svg` that has `mark`.
fn number(element: &str, name: &str) -> f32 {
    let value = element.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
    value.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{name} in {element}"))
}

#[test]
fn a_frame_is_around_messages_to_oneself_and_its_labels() {
    let svg = drawn(
        "sequenceDiagram\n  甲->>乙: 起\n  loop 每隔一段不短的时间\n    乙->>乙: 看看自己\n  end\n  乙-->>甲: 止\n",
    );
    let frame = svg.split("<rect").find(|rect| rect.contains("stroke-dasharray=\"2 2\"")).unwrap();
    let (left, right) = (number(frame, "x"), number(frame, "x") + number(frame, "width"));
    let (top, bottom) = (number(frame, "y"), number(frame, "y") + number(frame, "height"));
    let path = svg.split("<path").find(|path| path.contains("edge-1\"") && path.contains(" d=\"")).unwrap();
    let points = path.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
    let numbers: Vec<f32> =
        points.split(|c: char| !"0123456789.-".contains(c)).filter_map(|n| n.parse().ok()).collect();
    for point in numbers.chunks_exact(2) {
        assert!(left < point[0] && point[0] < right && top < point[1] && point[1] < bottom, "{point:?} in {frame}");
    }
    let at = |text: &str| {
        let before = svg.split(text).next().unwrap();
        let element = &before[before.rfind("<text").unwrap()..];
        number(&element.replace("<tspan", ""), "x")
    };
    // Both are centred: some 30 and 180 wide.
    assert!(at("[每隔一段不短的时间]") - at(">loop<") > 90.0, "{svg}");
    assert!(right - at("[每隔一段不短的时间]") > 80.0, "{svg}");
    let view = svg.split(" viewBox=\"").nth(1).unwrap().split('"').next().unwrap();
    let view: Vec<f32> = view.split(' ').filter_map(|number| number.parse().ok()).collect();
    assert!(view[0] < left && right < view[0] + view[2], "{left} to {right} in {view:?}");
}

#[test]
fn who_is_created_stands_where_that_happens() {
    let svg = drawn("sequenceDiagram\n  甲->>乙: 一\n  create participant 丙\n  乙->>丙: 生\n  丙->>甲: 二\n");
    let y = |name: &str| {
        let before = svg.split(&format!(">{name}<")).next().unwrap();
        number(&before[before.rfind("<text").unwrap()..], "y")
    };
    assert!(y("丙") > y("甲") + 30.0, "{svg}");
}
