//! Hosts as a Content-Security-Policy names them.

/// The scheme, host and port of `address`; `None` when it is no address of a host.
///
/// Strict, because it becomes a word of a policy: a host is letters, digits, hyphens and dots, and may begin with `*.`.
pub(super) fn origin_of(address: &str) -> Option<String> {
    let (scheme, rest) = match address.split_once("//")? {
        ("", rest) => ("", rest),
        (scheme, rest) => (scheme.strip_suffix(':').filter(|scheme| is_web(scheme))?, rest),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() => (host, Some(port)),
        _ => (authority, None),
    };
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_port = |port: &str| port == "*" || !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_host = host.strip_prefix("*.").unwrap_or(host).split('.').all(is_name);
    let scheme = if scheme.is_empty() { String::new() } else { format!("{}://", scheme.to_ascii_lowercase()) };
    (is_host && port.is_none_or(is_port)).then(|| format!("{scheme}{}", authority.to_ascii_lowercase()))
}

/// What an address leads to, read as a browser reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leads<'a> {
    /// A file of the book.
    Here,
    /// Another host, or any by `http:` or `https:`.
    OtherHost,
    /// What another scheme means.
    Scheme(&'a str),
}

/// What `address` leads to; `clean` is [`cleaned`] of it.
pub(super) fn leads(clean: &str) -> Leads<'_> {
    if clean.starts_with("//") {
        return Leads::OtherHost;
    }
    let is_scheme = |scheme: &&str| {
        scheme.starts_with(|c: char| c.is_ascii_lowercase())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    match clean.split_once(':').map(|(scheme, _)| scheme).filter(is_scheme) {
        None => Leads::Here,
        Some(scheme) if is_web(scheme) => Leads::OtherHost,
        Some(scheme) => Leads::Scheme(scheme),
    }
}

/// An address as browsers read it (<https://url.spec.whatwg.org/#url-parsing>): without the controls and blanks before it,
/// without tabs and line ends in it, backslashes as slashes; in lower case.
pub(super) fn cleaned(address: &str) -> String {
    let start = address.trim_start_matches(|c: char| c <= ' ');
    let kept = start.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r'));
    kept.map(|c| if c == '\\' { '/' } else { c.to_ascii_lowercase() }).collect()
}

fn is_web(scheme: &str) -> bool {
    ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        for (address, origin) in [
            ("https://a.example/run?x#y", "https://a.example"),
            ("HTTP://A.example:81", "http://a.example:81"),
            ("https://*.a.example/*", "https://*.a.example"),
            ("//a.example/*", "a.example"),
        ] {
            assert_eq!(origin_of(address).as_deref(), Some(origin), "{address}");
        }
    }

    #[test]
    fn what_would_say_more_in_a_policy_is_no_origin() {
        for address in [
            "",
            "/run",
            "run",
            "https://",
            "https:///run",
            "https://a; script-src *",
            "https://a b",
            "https://'self'",
            "https://a,b",
            "https://*",
            "https://a.*",
            "data://a",
            "https://u@a.example/",
            "https://a:8x",
            "https://ä.example",
        ] {
            assert_eq!(origin_of(address), None, "{address}");
        }
    }

    #[test]
    fn addresses_lead_where_browsers_go() {
        for address in ["a.html", "/a", "?b", "#c", "", "a/b:c", "1:2", "ä:b"] {
            assert_eq!(leads(&cleaned(address)), Leads::Here, "{address}");
        }
        for address in ["//a", "\\\\a", "/\\a", "https:a", " \u{1}HTTPS://a", "ht\ttp://a", "/\n/a"] {
            assert_eq!(leads(&cleaned(address)), Leads::OtherHost, "{address:?}");
        }
        for address in ["javascript:x", "\u{8}Java\tScript:x", "java\r\nscript\n:x"] {
            assert_eq!(leads(&cleaned(address)), Leads::Scheme("javascript"), "{address:?}");
        }
    }
}
