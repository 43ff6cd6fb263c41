//! Asterisks and tildes that are signs stay, and emphasis that CommonMark breaks is whole.

use mdbook_chinese::{Features, rewrite};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// `text` with what Markdown makes of it: `[1 …]` emphasis, `[2 …]` strong, `[3 …]` deleted; an error is `!`.
fn shown(text: &str) -> String {
    let Ok(text) = rewrite(text, Features::default()) else { return "!".into() };
    parsed(&text)
}

fn parsed(text: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH) {
        out.push_str(&match event {
            Event::Start(Tag::Emphasis) => "[1 ".into(),
            Event::Start(Tag::Strong) => "[2 ".into(),
            Event::Start(Tag::Strikethrough) => "[3 ".into(),
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => "]".into(),
            Event::Text(text) => text.to_string(),
            Event::Code(code) => format!("`{code}`"),
            _ => String::new(),
        });
    }
    out
}

/// Stock Markdown shows these as typed, and so do we.
#[rustfmt::skip]
const SIGNS: &[&str] = &[
    "作者：张三*，李四*，王五。", "总价为 3*（4+5）*6 元。", "即 甲*(乙+丙)*丁。", "文件名形如*.rs和*.toml。",
    "直接使用裸*const T，再转换。", "甲*乙", "注释见*。", "带星号*的为必填",
    "姓名*（必填），电话*（选填）", "单价*（数量）*折扣", "面积=长*（宽+高）*二", "甲*“乙”*丙",
    "指针*p指向甲", "类型*mut T可写", "类型是*const u8。",
    "好吃~~！", "再见~~", "价格*：面议", "甲*、乙*、丙*", "校对：赵六*；排版：钱七*。", "星级：*****",
    "乘号是*，加号是+", "数组*2（两倍）", "正则.*表示任意", "通配符*.*很常见", "第一作者*；通讯作者*。", "甲*《乙》*丙",
    "x*（y+1）的值", "（a+b）*（c+d）", "用*号表示", "脚注*）与*）", "C 语言写 int *p，意思是指针", "列表\\*甲\\*",
    "总计 2 * 3 * 4 元", "2 ** 8 等于二百五十六", "好~，走~。", "波浪~~~线",
    "__粗体。__后", "_斜体。_后", "snake_case_名", "甲_乙_丙", "5*6=30", "通配符*和?", "注*：见下", "（*必填）", "*号必填", "1~3天",
    "约~10个", "星号（*）与波浪号（~）",
];

/// CommonMark reads emphasis between two of these signs.
const DAMAGED_SIGNS: &[&str] = &[
    "好嘛~~)，正则写作.*，参数写作*args。",
    "匹配*.md、*.txt和*.html",
    "路径src/*.rs和lib/*.rs都算",
    "总价为 3*（4+5）*6 元，即 甲*(乙+丙)*丁。",
];

#[test]
fn signs_that_stock_markdown_damages_stay_too() {
    for text in DAMAGED_SIGNS {
        assert!(parsed(text).contains('['), "{text}");
        assert_eq!(shown(text), *text);
    }
}

#[test]
fn signs_stay_as_they_are_typed() {
    let changed: Vec<String> = SIGNS
        .iter()
        .filter(|text| parsed(text).contains('[') || shown(text) != parsed(text))
        .map(|text| format!("{text} → {} / {}", shown(text), parsed(text)))
        .collect();
    assert_eq!(changed, [""; 0]);
}

/// Emphasis next to full-width punctuation.
#[rustfmt::skip]
const EMPHASIS: &[(&str, &str)] = &[
    ("**历经，**年", "[2 历经，]年"), ("他说**“同步”**序号", "他说[2 “同步”]序号"), ("*句末。*后文", "[1 句末。]后文"),
    ("~~删去。~~后文", "[3 删去。]后文"), ("***全都。***后文", "[1 [2 全都。]]后文"), ("前文**「引」**后文", "前文[2 「引」]后文"),
    ("前文~~（括）~~后文", "前文[3 （括）]后文"), ("**一。**中**二**", "[2 一。]中[2 二]"), ("**中文。**Rust", "[2 中文。]Rust"),
    ("Rust**（中）**Rust", "Rust[2 （中）]Rust"), ("**好。**`code`", "[2 好。]`code`"), ("**外*内，*外。**后", "[2 外*内，*外。]后"),
    ("甲，*“乙”*丙", "甲，[1 “乙”]丙"), ("他说：*“走。”*然后", "他说：[1 “走。”]然后"), ("使用**`code`**函数", "使用[2 `code`]函数"),
    ("调用**`f()`。**然后", "调用[2 `f()`。]然后"), ("见**《红楼梦》**一书", "见[2 《红楼梦》]一书"), ("**注意！**这里", "[2 注意！]这里"),
    ("**为什么？**因为", "[2 为什么？]因为"), ("**结论：**可行", "[2 结论：]可行"), ("甲**乙**丙", "甲[2 乙]丙"), ("甲*乙*丙", "甲[1 乙]丙"),
    ("甲~~乙~~丙", "甲[3 乙]丙"), ("**100%**的人", "[2 100%]的人"), ("约**100%**的人", "约[2 100%]的人"), ("**C++**语言", "[2 C++]语言"),
    ("学习**C++**语言", "学习[2 C++]语言"), ("**（一）**甲", "[2 （一）]甲"), ("这是**“引”，**对吧", "这是[2 “引”，]对吧"),
    ("**【重要】**请看", "[2 【重要】]请看"), ("请看**【重要】**通知", "请看[2 【重要】]通知"), ("**甲、**乙、丙", "[2 甲、]乙、丙"),
    ("**甲；**乙", "[2 甲；]乙"), ("**甲……**乙", "[2 甲……]乙"), ("甲**——乙**丙", "甲[2 ——乙]丙"), ("**a.**甲", "[2 a.]甲"),
    ("~~旧价，~~新价", "[3 旧价，]新价"), ("裸*const，**甲。**乙", "裸*const，[2 甲。]乙"), ("好嘛~~)，**甲。**乙", "好嘛~~)，[2 甲。]乙"),
    ("**甲**、**乙**和**丙。**", "[2 甲]、[2 乙]和[2 丙。]"), ("这是**重点**（见下）", "这是[2 重点]（见下）"),
    ("これは**『題』**です", "これは[2 『題』]です"), ("**テスト。**次", "[2 テスト。]次"), ("**「甲」**と言う", "[2 「甲」]と言う"),
    ("[**甲。**乙](x.md)", "[2 甲。]乙"), ("- **甲：**乙\n- **丙：**丁", "[2 甲：]乙[2 丙：]丁"), ("# **甲？**乙", "[2 甲？]乙"),
    ("**甲**[乙](x.md)**丙。**丁", "[2 甲]乙[2 丙。]丁"), ("**`a`、`b`**都是", "[2 `a`、`b`]都是"), ("***甲：***乙", "[1 [2 甲：]]乙"),
    ("~~（旧）~~新，~~“旧”~~新", "[3 （旧）]新，[3 “旧”]新"), ("**第 1 步：**安装", "[2 第 1 步：]安装"),
    ("**Q：**什么？**A：**这个。", "[2 Q：]什么？[2 A：]这个。"), ("> **注意！**引用", "[2 注意！]引用"), ("**a**b 与 *a*b", "[2 a]b 与 [1 a]b"),
    ("**没有结束，后文", "!"), ("**甲。**乙**丙", "!"), ("没有开始。**后文", "!"), ("形如**.rs和**.toml", "!"),
    ("参数*、**、***分别表示", "!"), ("标记*，**，***都要转义", "!"),
];

#[test]
fn emphasis_is_whole_or_refused() {
    assert!(SIGNS.len() + EMPHASIS.len() >= 100);
    let differing: Vec<String> = EMPHASIS
        .iter()
        .filter(|(text, expected)| shown(text) != *expected)
        .map(|(text, _)| format!("{text} → {}", shown(text)))
        .collect();
    assert_eq!(differing, [""; 0]);
}
