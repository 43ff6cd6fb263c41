use super::*;

fn shown(language: &str, body: &str) -> Vec<(PieceKind, String)> {
    let pieces = pieces(language, body).unwrap_or_default();
    pieces.into_iter().map(|piece| (piece.kind, piece.lines.join("\n").trim_end().to_string())).collect()
}

#[test]
fn code_stays_as_it_is() {
    for (language, body) in [
        ("python", "import a\n# 注释\nprint('汉字', x)  # 打印\n"),
        ("python", "def f():\n    '''说明\n    两行'''\n    return 1\n"),
        ("python", "[1, 2, 3]\n"),
        ("python", "Traceback (most recent call last):\nZeroDivisionError: division by zero\n"),
        ("js", "这是一句话。\n"),
        ("", "┌───┐\n│ 客户端 │\n└───┘\n"),
        ("", "客户端 --> 服务器\n"),
        ("", "\"id\", \"name\"\n"),
        ("", "Some English output. It stays.\n"),
    ] {
        assert_eq!(pieces(language, body), None, "{body}");
    }
}

#[test]
fn prose_is_told_from_the_program_in_it() {
    let body = "两种机制：\n管道\n\n示例：\nimport time\n\ndef f(q):\n    # 等待\n    x = q.get()   # 取\n    if x == None:break\n    print('%s吃了'%x)\n\n结果:\n1 1\n[PRODUCE] 2\n";
    let expected = [
        (PieceKind::Prose, "两种机制：\n管道\n\n示例："),
        (
            PieceKind::Python,
            "import time\n\ndef f(q):\n    # 等待\n    x = q.get()   # 取\n    if x == None:break\n    print('%s吃了'%x)",
        ),
        (PieceKind::Prose, "结果:\n1 1\n[PRODUCE] 2"),
    ];
    assert_eq!(shown("pyhton", body), expected.map(|(kind, text)| (kind, text.to_string())));
}

#[test]
fn a_program_begins_with_its_imports() {
    let body =
        "import a\nimport d\n这是说明\n另一行说明\nx = a.b()\nprint(x)\n\n# 第二个：\nimport c\nprint(c)\n\n解释。\n";
    let found = shown("python", body);
    assert_eq!(found.len(), 3);
    assert_eq!(found[0].1, "import a\nimport d\n# 这是说明\n# 另一行说明\nx = a.b()\nprint(x)");
    assert_eq!(found[1].1, "# 第二个：\nimport c\nprint(c)");
}

#[test]
fn a_sketch_is_code() {
    let body = "说明一句。\n（服务端）\n  1. 启动    sk = socket.socket()\n  2. 绑定  sk.bind(('127.0.0.1',9000))\n  3. 监听   sk.listen()\n  6. 接收  sk.accept()\n     sk.close()\n";
    let found = shown("python", body);
    assert_eq!((found.len(), found[0].0, found[1].0), (2, PieceKind::Prose, PieceKind::Sketch));
    assert!(found[1].1.starts_with("（服务端）") && found[1].1.ends_with("sk.close()"));
}

#[test]
fn sentences_in_a_fence_of_python_are_prose() {
    let body = "A list can be changed in place.\n\nA tuple can not be changed.\n";
    assert_eq!(shown("python", body), [(PieceKind::Prose, body.trim_end().to_string())]);
}
