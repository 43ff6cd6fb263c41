//! All links, host by host.

use qabook_support::Diagnostic;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::manners::Manners;
use super::probe::{Probe, Verdict};
use crate::check::rules;
use crate::check::site::ExternalLink;
use crate::exemptions::{Exemption, passes};

/// Asks for every link that `exemptions` don't let pass.
pub(in crate::check) fn check(links: &[ExternalLink], exemptions: &[Exemption], manners: Manners) -> Vec<Diagnostic> {
    let mut hosts: BTreeMap<&str, Vec<&ExternalLink>> = BTreeMap::new();
    for link in links.iter().filter(|link| !passes(exemptions, &link.url)) {
        hosts.entry(host(&link.url)).or_default().push(link);
    }
    let mut waiting: Vec<Vec<&ExternalLink>> = hosts.into_values().collect();
    // The host with the most links takes longest and is taken from the end first.
    waiting.sort_by_key(Vec::len);
    let waiting = Mutex::new(waiting);
    let findings = Mutex::new(Vec::new());
    let probe = Probe::new(manners);
    thread::scope(|scope| {
        for _ in 0..manners.concurrency {
            scope.spawn(|| {
                loop {
                    let host = waiting.lock().unwrap_or_else(PoisonError::into_inner).pop();
                    let Some(host) = host else { break };
                    let found: Vec<Diagnostic> = ask(&probe, &host, manners);
                    findings.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
                }
            });
        }
    });
    findings.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Asks one host for its links, one after the other.
fn ask(probe: &Probe, links: &[&ExternalLink], manners: Manners) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (index, link) in links.iter().enumerate() {
        if index > 0 {
            thread::sleep(manners.pause);
        }
        findings.extend(finding(link, probe.ask(&link.url)));
    }
    findings
}

fn finding(asked: &ExternalLink, verdict: Verdict) -> Option<Diagnostic> {
    let url = &asked.url;
    let (rule, message, hint) = match verdict {
        Verdict::Fine => return None,
        Verdict::Moved(to) => {
            let hint = "write the new address, if it still shows what the text says";
            (rules::MOVED_LINK, format!("{url} has moved for good to {to}"), hint)
        }
        Verdict::Refused(status) => {
            let hint = "open it yourself; if it is right, exempt it with a reason in check.toml";
            (rules::REFUSED_LINK, format!("{url} refuses programs (status {status})"), hint)
        }
        Verdict::Dead(reason) => {
            let hint = "find where it went, or take the link out; what only fails here is exempted in check.toml";
            (rules::DEAD_LINK, format!("{url} leads nowhere: {reason}"), hint)
        }
    };
    Some(Diagnostic { place: asked.place.clone(), ..rule.broken(message, hint) })
}

/// The host of an address, with its port.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::probe::server::Server;
    use super::*;
    use qabook_support::Place;

    fn link(url: String) -> ExternalLink {
        ExternalLink { url, place: Place { file: "src/a.md".into(), line: Some(3), column: Some(5) } }
    }

    #[test]
    fn each_host_gets_one_request_at_a_time_and_few_go_out_in_all() {
        let servers: Vec<Server> = (0..6).map(|_| Server::start()).collect();
        let links: Vec<_> =
            servers.iter().flat_map(|server| (0..3).map(|index| link(server.url(&format!("/busy/{index}"))))).collect();
        let manners = Manners { concurrency: 4, ..Server::manners() };
        assert_eq!(check(&links, &[], manners), []);
        assert!(servers.iter().all(|server| server.most_at_a_time() == 1));
        assert!(Server::most_in_all(&servers) <= 4);
        assert_eq!(servers.iter().map(|server| server.requests().len()).sum::<usize>(), 18);
    }

    #[test]
    fn findings_stand_where_the_link_is() {
        let server = Server::start();
        let links = [link(server.url("/gone")), link(server.url("/moved")), link(server.url("/secret"))];
        let mut found = check(&links, &[], Server::manners());
        found.sort();
        let rules: Vec<_> = found.iter().map(|finding| finding.rule.id).collect();
        assert_eq!(rules, ["dead-link", "moved-link", "refused-link"]);
        assert!(found.iter().all(|finding| (finding.place.line, finding.place.column) == (Some(3), Some(5))));
        assert!(found[0].message.ends_with("/gone leads nowhere: status 404"), "{}", found[0].message);
    }

    #[test]
    fn an_exempted_link_is_never_asked_for() {
        let server = Server::start();
        let exemption = format!("url = \"{}\"\nreason = \"a test\"\n", server.url("/go*"));
        let exemption: Exemption = toml::from_str(&exemption).unwrap();
        assert_eq!(check(&[link(server.url("/gone"))], &[exemption], Server::manners()), []);
        assert_eq!(server.requests(), [""; 0]);
    }
}
