//! The Playground over HTTP: <https://github.com/rust-lang/rust-playground>, `ui/src/server_axum.rs`.

use anyhow::{Context, Result, bail};
use mdbook_snippets::Config;
use serde::{Deserialize, Serialize};
use std::thread;
use std::time::Duration;
use ureq::Agent;

use super::drift::{Answer, LiveCrate};
use super::service::Service;

/// The service gives a program 10 seconds, and itself some more to find a free place for it.
const TIMEOUT: Duration = Duration::from_mins(1);

/// A busy service is asked again, later and later.
const ATTEMPTS: u32 = 4;
const FIRST_WAIT: Duration = Duration::from_secs(2);

/// A Playground at an address.
pub(super) struct Http {
    agent: Agent,
    origin: String,
}

#[derive(Deserialize)]
struct Crates {
    crates: Vec<LiveCrate>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Execute<'a> {
    channel: &'a str,
    mode: &'a str,
    edition: &'a str,
    crate_type: &'static str,
    tests: bool,
    backtrace: bool,
    code: &'a str,
}

impl Http {
    pub(super) fn new(origin: &str) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .http_status_as_error(false)
            .user_agent(concat!("qabook/", env!("CARGO_PKG_VERSION"), " (weekly check of a book's programs)"));
        Self { agent: config.build().into(), origin: origin.trim_end_matches('/').into() }
    }

    /// The body of a good answer to what `ask` asks; the last error otherwise.
    fn patiently(
        &self,
        path: &str,
        ask: impl Fn(&str) -> Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    ) -> Result<String> {
        let address = format!("{}{path}", self.origin);
        let mut wait = FIRST_WAIT;
        for attempt in 1.. {
            let answer = ask(&address).and_then(|mut response| {
                let text = response.body_mut().read_to_string()?;
                Ok((response.status().as_u16(), text))
            });
            match answer {
                Ok((200, text)) => return Ok(text),
                // Its own time limit: that is how the program ends, not a busy service.
                Ok((_, text)) if text.contains("timed out") => return Ok(text),
                Ok((status, text)) if attempt == ATTEMPTS => bail!("{address}: HTTP {status}: {text:.200}"),
                Err(error) if attempt == ATTEMPTS => return Err(error).context(address),
                _ => thread::sleep(wait),
            }
            wait *= 2;
        }
        bail!("{address} was never asked")
    }
}

impl Service for Http {
    fn crates(&self) -> Result<Vec<LiveCrate>> {
        let text = self.patiently("/meta/crates", |address| self.agent.get(address).call())?;
        let crates: Crates = serde_json::from_str(&text).context("the answer to /meta/crates")?;
        Ok(crates.crates)
    }

    fn run(&self, program: &str, settings: &Config) -> Result<Answer> {
        let Config { channel, mode, edition, .. } = settings;
        let crate_type = "bin";
        let request = Execute { channel, mode, edition, crate_type, tests: false, backtrace: false, code: program };
        let body = serde_json::to_string(&request)?;
        let text = self
            .patiently("/execute", |address| self.agent.post(address).content_type("application/json").send(&body))?;
        match serde_json::from_str(&text) {
            Ok(answer) => Ok(answer),
            Err(_) if text.contains("timed out") => Ok(Answer { success: false, stdout: String::new(), stderr: text }),
            Err(error) => Err(error).with_context(|| format!("the answer to /execute: {text:.200}")),
        }
    }
}
