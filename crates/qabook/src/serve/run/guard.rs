//! Who may ask for a run.
//!
//! Any page that is open in the reader's browser can send requests to 127.0.0.1, and a name of its own server can be made
//! to lead there (DNS rebinding). So a request must name this server as its host, come from a page of this server, be of
//! a type that other pages can't send without asking first, and carry a secret that only pages of this server hold.

use anyhow::Result;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use subtle::ConstantTimeEq;

/// The secret of this server, as pages send it.
pub(super) const TOKEN: HeaderName = HeaderName::from_static("x-qabook-token");
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The names that the server answers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::serve) enum Hosts {
    /// These, each with its port.
    Only(Vec<String>),
    /// All: nobody knows the names of this machine in the networks that reach it.
    Any,
}

impl Hosts {
    /// Those of a server at `address`.
    pub(in crate::serve) fn of(address: SocketAddr) -> Self {
        if !address.ip().is_loopback() {
            return Self::Any;
        }
        let port = address.port();
        let mut names = vec![address.to_string(), format!("localhost:{port}")];
        // A browser leaves out the port that HTTP has anyway.
        if port == 80 {
            names.extend(names.clone().iter().filter_map(|name| name.strip_suffix(":80").map(str::to_string)));
        }
        Self::Only(names)
    }

    /// Whether the request names this server as its host.
    pub(in crate::serve) fn are_named_in(&self, headers: &HeaderMap) -> bool {
        let host = text(headers, &header::HOST);
        match self {
            Self::Any => host.is_some(),
            Self::Only(names) => host.is_some_and(|host| names.iter().any(|name| name == host)),
        }
    }
}

/// Whether no other site can have this name: it is an address or `localhost`, which no DNS server leads elsewhere.
fn is_unmistakable(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let within_brackets = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    within_brackets.map_or_else(
        || name == "localhost" || name.parse::<Ipv4Addr>().is_ok(),
        |name| name.parse::<Ipv6Addr>().is_ok(),
    )
}

/// What tells requests of the server's own pages from all others.
#[derive(Debug)]
pub(in crate::serve) struct Guard {
    hosts: Hosts,
    token: String,
}

/// Why a request is refused.
pub(super) type Refusal = (StatusCode, &'static str);

impl Guard {
    /// A guard with a new secret.
    pub(in crate::serve) fn new(hosts: Hosts) -> Result<Self> {
        let mut secret = [0; 32];
        getrandom::fill(&mut secret)?;
        Ok(Self { hosts, token: secret.iter().map(|byte| format!("{byte:02x}")).collect() })
    }

    pub(super) fn token(&self) -> &str {
        &self.token
    }

    /// Whether a page that is asked for like this may run programs, and hold the secret: one of a name that DNS may lead
    /// to another site's server, or from it to this one, may not.
    pub(super) fn trusts_host(&self, headers: &HeaderMap) -> bool {
        let host = text(headers, &header::HOST);
        self.hosts.are_named_in(headers) && (self.hosts != Hosts::Any || host.is_some_and(is_unmistakable))
    }

    /// Lets a request through that one of our pages sent, and one that says that it is JSON.
    pub(super) fn admit_run(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        self.admit(headers)?;
        let origin = text(headers, &header::ORIGIN);
        let host = text(headers, &header::HOST).unwrap_or_default();
        if origin.and_then(|origin| origin.strip_prefix("http://")) != Some(host) {
            return Err((StatusCode::FORBIDDEN, "the request comes from another origin"));
        }
        let kind = text(headers, &header::CONTENT_TYPE).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, "the request is not application/json"));
        }
        Ok(())
    }

    /// Lets a request through that one of our pages sent.
    pub(super) fn admit(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        if !self.trusts_host(headers) {
            return Err((StatusCode::MISDIRECTED_REQUEST, "the request names another host"));
        }
        // Only browsers send it, and not all.
        if headers.contains_key(SEC_FETCH_SITE) && text(headers, &SEC_FETCH_SITE) != Some("same-origin") {
            return Err((StatusCode::FORBIDDEN, "the request comes from another site"));
        }
        let sent = text(headers, &TOKEN).unwrap_or_default().as_bytes();
        if bool::from(sent.ct_eq(self.token.as_bytes())) {
            Ok(())
        } else {
            Err((StatusCode::UNAUTHORIZED, "the request lacks the token of this server: reload the page"))
        }
    }
}

/// The value of a header that is there once; two of one name are none.
pub(super) fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_server_for_this_machine_has_two_names() {
        let hosts = Hosts::of("127.0.0.1:3000".parse().unwrap());
        for (host, named) in
            [("127.0.0.1:3000", true), ("localhost:3000", true), ("127.0.0.1", false), ("rebound.example:3000", false)]
        {
            assert_eq!(hosts.are_named_in(&headers(&[("host", host)])), named, "{host}");
        }
        assert!(Hosts::of("[::1]:80".parse().unwrap()).are_named_in(&headers(&[("host", "[::1]")])));
    }

    #[test]
    fn a_server_for_a_network_has_any_name() {
        let hosts = Hosts::of("0.0.0.0:3000".parse().unwrap());
        assert_eq!(hosts, Hosts::Any);
        assert!(hosts.are_named_in(&headers(&[("host", "desk.example:3000")])));
        assert!(!hosts.are_named_in(&headers(&[])));
    }

    #[test]
    fn a_server_for_a_network_trusts_addresses_alone() {
        let guard = Guard::new(Hosts::Any).unwrap();
        for (host, trusted) in [
            ("192.0.2.7:3000", true),
            ("192.0.2.7", true),
            ("[2001:db8::7]:3000", true),
            ("[2001:db8::7]", true),
            ("localhost:3000", true),
            ("desk.example:3000", false),
            ("192.0.2.7.rebound.example:3000", false),
            ("2001:db8::7", false),
            ("", false),
        ] {
            assert_eq!(guard.trusts_host(&headers(&[("host", host)])), trusted, "{host}");
        }
    }

    #[test]
    fn each_server_has_a_secret_of_its_own() {
        let [one, other] = [Guard::new(Hosts::Any).unwrap(), Guard::new(Hosts::Any).unwrap()];
        assert_eq!(one.token().len(), 64);
        assert_ne!(one.token(), other.token());
    }
}
