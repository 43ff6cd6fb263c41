//! One link: HEAD, GET where HEAD isn't liked, patience where the host asks for it.

use std::thread;
use std::time::Duration;
use ureq::Agent;
use ureq::http::{HeaderMap, Response, StatusCode};

use super::manners::Manners;

/// What became of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It leads somewhere.
    Fine,
    /// It leads somewhere, but by permanent redirects only: to this address.
    Moved(String),
    /// The host doesn't answer programs: 401, 403, 407, 429, 451 and, of some, 999.
    Refused(u16),
    /// It leads nowhere, and why.
    Dead(String),
}

/// Asks hosts for links.
pub(super) struct Probe {
    agent: Agent,
    manners: Manners,
}

/// Says who asks, so that a host's owner can find us.
const USER_AGENT: &str = concat!("qabook/", env!("CARGO_PKG_VERSION"), " (link check of a book; mdBook)");

const MOST_REDIRECTS: usize = 8;

/// What one try told.
enum Answer {
    Status(StatusCode, HeaderMap),
    Failed(String),
}

impl Probe {
    pub(super) fn new(manners: Manners) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(manners.timeout))
            .http_status_as_error(false)
            // Each redirect is looked at: a permanent one is worth a warning.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(USER_AGENT)
            .build();
        Self { agent: config.into(), manners }
    }

    /// Asks for `url`, following redirects.
    pub(super) fn ask(&self, url: &str) -> Verdict {
        let mut at = url.to_string();
        let mut all_permanent = true;
        for _ in 0..=MOST_REDIRECTS {
            let (status, headers) = match self.patiently(&at) {
                Answer::Status(status, headers) => (status, headers),
                Answer::Failed(reason) => return Verdict::Dead(reason),
            };
            if let (true, Some(location)) = (status.is_redirection(), header(&headers, "location")) {
                all_permanent &= matches!(status.as_u16(), 301 | 308);
                at = absolute(&at, location);
                continue;
            }
            return match status.as_u16() {
                200..=299 | 304 if at != url && all_permanent => Verdict::Moved(at),
                200..=299 | 304 => Verdict::Fine,
                refused @ (401 | 403 | 407 | 429 | 451 | 999) => Verdict::Refused(refused),
                other => Verdict::Dead(format!("status {other}")),
            };
        }
        Verdict::Dead(format!("more than {MOST_REDIRECTS} redirects"))
    }

    /// Asks until the host answers, waiting as long as it says or ever longer.
    fn patiently(&self, url: &str) -> Answer {
        let mut pause = self.manners.backoff;
        let mut tries = 1;
        loop {
            let answer = self.once(url);
            let wait = match &answer {
                Answer::Status(status, headers) if matches!(status.as_u16(), 429 | 500..=599) => {
                    retry_after(headers).unwrap_or(pause)
                }
                Answer::Status(..) => return answer,
                Answer::Failed(_) => pause,
            };
            if tries == self.manners.tries {
                return answer;
            }
            thread::sleep(wait.min(self.manners.longest_wait));
            tries += 1;
            pause *= 2;
        }
    }

    /// HEAD costs a host least; one that doesn't like it is asked by GET, whose body isn't read.
    fn once(&self, url: &str) -> Answer {
        match self.agent.head(url).call() {
            Ok(response)
                if !response.status().is_client_error() && response.status() != StatusCode::NOT_IMPLEMENTED =>
            {
                answer(&response)
            }
            Ok(response) if response.status() == StatusCode::TOO_MANY_REQUESTS => answer(&response),
            _ => match self.agent.get(url).call() {
                Ok(response) => answer(&response),
                Err(error) => Answer::Failed(error.to_string()),
            },
        }
    }
}

fn answer<T>(response: &Response<T>) -> Answer {
    Answer::Status(response.status(), response.headers().clone())
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// `Retry-After` in seconds (RFC 9110 §10.2.3); its other form, a date, is left to the usual pause.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    Some(Duration::from_secs(header(headers, "retry-after")?.trim().parse().ok()?))
}

/// The target of a redirect from `from`.
fn absolute(from: &str, location: &str) -> String {
    let (scheme, rest) = from.split_once("://").unwrap_or(("https", from));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if location.contains("://") {
        location.to_string()
    } else if location.starts_with("//") {
        format!("{scheme}:{location}")
    } else if location.starts_with('/') {
        format!("{scheme}://{authority}{location}")
    } else {
        let path = rest[authority.len()..].split(['?', '#']).next().unwrap_or_default();
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{scheme}://{authority}{folder}/{location}")
    }
}

#[cfg(test)]
pub(super) mod server;

#[cfg(test)]
mod tests {
    use super::server::Server;
    use super::*;

    fn ask(path: &str) -> (Verdict, Vec<String>) {
        let server = Server::start();
        let verdict = Probe::new(Server::manners()).ask(&server.url(path));
        let verdict = match verdict {
            Verdict::Moved(to) => Verdict::Moved(to.replace(&server.url(""), "")),
            verdict => verdict,
        };
        (verdict, server.requests())
    }

    fn requests(lines: &[&str]) -> Vec<String> {
        lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_page_is_asked_for_by_head_only() {
        assert_eq!(ask("/fine"), (Verdict::Fine, requests(&["HEAD /fine"])));
    }

    #[test]
    fn a_host_that_refuses_head_is_asked_by_get() {
        assert_eq!(ask("/get-only"), (Verdict::Fine, requests(&["HEAD /get-only", "GET /get-only"])));
        assert_eq!(ask("/gone"), (Verdict::Dead("status 404".into()), requests(&["HEAD /gone", "GET /gone"])));
        assert_eq!(ask("/secret").0, Verdict::Refused(403));
    }

    #[test]
    fn only_permanent_redirects_are_reported() {
        assert_eq!(ask("/moved"), (Verdict::Moved("/fine".into()), requests(&["HEAD /moved", "HEAD /fine"])));
        assert_eq!(ask("/away").0, Verdict::Fine);
        assert_eq!(ask("/moved-away").0, Verdict::Fine, "a temporary one among them");
        assert_eq!(ask("/moved-gone").0, Verdict::Dead("status 404".into()));
        assert_eq!(ask("/circle").0, Verdict::Dead("more than 8 redirects".into()));
    }

    #[test]
    fn a_host_that_asks_for_patience_gets_it() {
        let lines = requests(&["HEAD /limited", "HEAD /limited"]);
        assert_eq!(ask("/limited"), (Verdict::Fine, lines));
        assert_eq!(ask("/always-limited").0, Verdict::Refused(429));
        assert_eq!(ask("/always-limited").1.len(), 3);
    }

    #[test]
    fn a_host_that_fails_once_is_asked_again() {
        assert_eq!(ask("/flaky").0, Verdict::Fine);
        assert_eq!(ask("/broken").0, Verdict::Dead("status 503".into()));
    }

    #[test]
    fn silence_and_closed_ports_are_dead() {
        let (verdict, _) = ask("/silent");
        assert!(matches!(&verdict, Verdict::Dead(reason) if reason.contains("timeout")), "{verdict:?}");
        let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let verdict = Probe::new(Server::manners()).ask(&format!("http://{closed}/"));
        assert!(matches!(&verdict, Verdict::Dead(reason) if reason.contains("refused")), "{verdict:?}");
        assert!(matches!(Probe::new(Server::manners()).ask("http://[/"), Verdict::Dead(_)));
    }

    #[test]
    fn redirects_may_be_relative() {
        for (location, target) in
            [("https://b/c", "https://b/c"), ("//b/c", "http://b/c"), ("/c", "http://a:1/c"), ("c", "http://a:1/x/c")]
        {
            assert_eq!(absolute("http://a:1/x/y?z=/", location), target);
        }
        assert_eq!(absolute("http://a", "c"), "http://a/c");
    }

    #[test]
    fn we_say_who_we_are() {
        assert!(USER_AGENT.starts_with("qabook/0"));
    }
}
