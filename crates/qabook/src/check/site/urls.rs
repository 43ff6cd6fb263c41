//! Where a URL on a page leads.

use percent_encoding::percent_decode_str;

/// Where a URL leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A file of the site, by its path; a folder means its `index.html`. The fragment is decoded.
    Site { path: String, fragment: Option<String> },
    /// A path of the same host that isn't below the site's.
    Outside(String),
    /// Another host.
    OtherHost,
    /// Nothing to fetch: `mailto:`, `data:`, `javascript:`.
    NoFile,
}

/// Resolves `url` on the page that is served as `page`, such as `/wenxiu/network/arp.html`, in a site below `base`.
pub(super) fn resolve(url: &str, page: &str, base: &str) -> Target {
    // Browsers take these out.
    let url: String = url.trim().chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    match scheme(&url) {
        Some("http" | "https") => return Target::OtherHost,
        Some(_) => return Target::NoFile,
        None if url.starts_with("//") => return Target::OtherHost,
        None => {}
    }
    let (address, fragment) = url.split_once('#').map_or((url.as_str(), None), |(before, after)| (before, Some(after)));
    let written = address.split('?').next().unwrap_or_default();
    let Some(path) = join(page, written) else { return Target::Outside(written.into()) };
    let path = percent_decode_str(&path).decode_utf8_lossy().into_owned();
    let Some(path) = path.strip_prefix(base).or((format!("{path}/") == base).then_some("")) else {
        return Target::Outside(path);
    };
    let index = if path.is_empty() || path.ends_with('/') { "index.html" } else { "" };
    // `:~:text=…` marks words and is no id: https://wicg.github.io/scroll-to-text-fragment/
    let fragment = fragment.map(|fragment| fragment.split(":~:").next().unwrap_or_default());
    let fragment = fragment.map(|fragment| percent_decode_str(fragment).decode_utf8_lossy().into_owned());
    Target::Site { path: format!("{path}{index}"), fragment: fragment.filter(|fragment| !fragment.is_empty()) }
}

/// The address of a page on another host, without fragment; `None` for everything else.
pub(super) fn external(url: &str) -> Option<String> {
    let url = url.split('#').next().unwrap_or_default();
    match scheme(url) {
        Some("http" | "https") => Some(url.to_string()),
        None => url.strip_prefix("//").map(|rest| format!("https://{rest}")),
        _ => None,
    }
}

/// The URL's scheme, in the two spellings that matter.
fn scheme(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once(':')?;
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    valid.then_some(match scheme {
        "HTTP" => "http",
        "HTTPS" => "https",
        scheme => scheme,
    })
}

/// The absolute path of `path` on `page`, without dots (RFC 3986 §5.2.4); `None` when it climbs above the root.
fn join(page: &str, path: &str) -> Option<String> {
    if path.is_empty() {
        return Some(page.to_string());
    }
    let folder = if path.starts_with('/') { "" } else { page.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()?),
            "" | "." => {}
            part => parts.push(part),
        }
    }
    let folder = path.ends_with('/') || path.ends_with("/..") || path.ends_with("/.") || matches!(path, ".." | ".");
    let end = if folder && !parts.is_empty() { "/" } else { "" };
    Some(format!("/{}{end}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(path: &str, fragment: Option<&str>) -> Target {
        Target::Site { path: path.into(), fragment: fragment.map(Into::into) }
    }

    #[test]
    fn urls_lead_where_a_browser_goes() {
        for (url, target) in [
            ("b.html", site("n/b.html", None)),
            ("./b.html?q=1#c", site("n/b.html", Some("c"))),
            ("../o/b.html", site("o/b.html", None)),
            ("#c", site("n/a.html", Some("c"))),
            ("#", site("n/a.html", None)),
            ("", site("n/a.html", None)),
            ("#%E6%B1%89", site("n/a.html", Some("汉"))),
            ("%E6%B1%89.html", site("n/汉.html", None)),
            ("#x:~:text=y", site("n/a.html", Some("x"))),
            ("..", site("index.html", None)),
            ("./", site("n/index.html", None)),
            ("/w/b.html", site("b.html", None)),
            ("/w", site("index.html", None)),
            ("/b.html", Target::Outside("/b.html".into())),
            ("../../b.html", Target::Outside("/b.html".into())),
            ("../../../b.html", Target::Outside("../../../b.html".into())),
            ("https://a.cn/b", Target::OtherHost),
            ("HTTP://a.cn/b", Target::OtherHost),
            ("//a.cn/b", Target::OtherHost),
            ("mailto:a@b", Target::NoFile),
            ("data:image/png;base64,xx", Target::NoFile),
            ("b\n.html", site("n/b.html", None)),
        ] {
            assert_eq!(resolve(url, "/w/n/a.html", "/w/"), target, "{url}");
        }
        assert_eq!(resolve("../b.html", "/n/a.html", "/"), site("b.html", None));
    }

    #[test]
    fn external_addresses_lose_their_fragment() {
        assert_eq!(external("https://a.cn/b#c").as_deref(), Some("https://a.cn/b"));
        assert_eq!(external("//a.cn").as_deref(), Some("https://a.cn"));
        assert_eq!(external("b.html"), None);
        assert_eq!(external("mailto:a@b"), None);
    }
}
