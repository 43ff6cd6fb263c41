//! What is found in small texts.

use super::*;

fn found_with(text: &str, scripts: bool) -> Vec<String> {
    let loads = |address: &str, is_script: bool| address.starts_with("https://good.example/") && !is_script;
    let grants = Grants { scripts, endpoint: "/execute", loads: &loads };
    refused(text, &grants).into_iter().map(|refused| refused.message).collect()
}

fn found(text: &str) -> Vec<String> {
    found_with(text, false)
}

#[test]
fn text_may_show_what_it_likes() {
    for text in [
        "<p align=center>a <kbd>b</kbd><br>Vec<T> and HashMap<K, V>, <my-own x>",
        "<details open><summary>a</summary><img src=a.png srcset='a.png 1x, b,c.png 2x' loading=lazy></details>",
        "<a href=mailto:a@b.example>a</a><a href='https://else.example/'>b</a><a href='#c'>c</a><a href='a:b'>d</a>",
        "<img src='data:image/png;base64,AA=='><img src=https://good.example/a.png>",
        "<style>p { background: url(a.png) }</style><svg><style>p{}</style><title>a</title><use href='#a'/></svg>",
        "<pre><code>&lt;script&gt;</code></pre><!-- <script>never</script> -->",
        "<script type='application/json' data-x>{\"a\": 1}</script><figure data-endpoint='/execute'></figure>",
        "<math><mi mathvariant=normal>x</mi></math><video controls src=a.mp4></video><iframe src=demo.html></iframe>",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn what_acts_is_found_however_it_is_hidden() {
    for text in [
        "<script>1</script>",
        "<ScRiPt src=a.js>",
        "<svg><style><script>1</script></style></svg>",
        "<style><!--</style><script>1</script>-->",
        "<title><!--</title><script>1</script>-->",
        "<math><![CDATA[ > <!-- ]]><script>1</script> -->",
        "<b></main><script>1</script>",
        "<img src=x onerror=1>",
        "<t ONclick=1>",
        "<a href='java&#9;script:1'>",
        "<a href='&#1;JaVaScRiPt&colon;1'>",
        "<svg><a xlink:href='javascript:1'>",
        "<iframe srcdoc='x'>",
        "<iframe src='data:text/html,x'>",
        "<form action='//h/'><button formaction='//h/'>",
        "<a href=a ping=//h/>",
        "<base href=//h/>",
        "<meta http-equiv=refresh content='0;//h/'>",
        "<link rel=prefetch href=//h/>",
        "<object data=a>",
        "<img srcset='a.png 1x, //h/b.png 2x'>",
        "<img src='\\\\h/a.png'>",
        "<p style='background:u\\72l(//h/a)'>",
        "<style>@import '//h/a';</style>",
        "<figure data-endpoint='https://h/'>",
        "<script type=module src=https://good.example/a.js></script>",
    ] {
        assert_ne!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn a_page_that_may_hold_scripts_still_loads_only_what_is_granted() {
    assert_eq!(found_with("<script>1</script><script src=a.js></script>", true), [""; 0]);
    assert_eq!(
        found_with("<script src=//h/a.js></script>", true),
        ["`<script src=\"//h/a.js\">` loads from another host"]
    );
    assert_ne!(found_with("<p onclick=1>", true), [""; 0]);
}

#[test]
fn every_hostile_text_of_the_list_is_found() {
    let list = include_str!("vectors.txt");
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let texts: Vec<String> = lines
        .map(|line| line.trim_start_matches('~').replace("RUN", "top.ran=1").replace("OTHER", "h.example"))
        .collect();
    assert!(texts.len() >= 100, "{}", texts.len());
    let missed: Vec<_> = texts.iter().filter(|text| found(text).is_empty()).collect();
    assert_eq!(missed, [""; 0]);
}
