//! `qabook playground` against a stand-in for the service.

use crate::small_book::SmallBook;

const CRATES: &str = "date = 2026-01-01\n\n[crates]\nserde = { package = \"serde\", version = \"1.0.1\" }\n\
                      rand = { package = \"rand\", version = \"0.9.0\" }\n";

/// A book of one program that prints `2`, one that must not compile, and a list of two crates.
fn book() -> SmallBook {
    let book = SmallBook::new();
    book.write("snippets/Cargo.toml", "[dependencies]\nserde = \"1\"\n");
    book.write("snippets/playground-crates.toml", CRATES);
    book.write("snippets/compile-fail/moved/main.rs", "//! 移走了\nfn main() {\n    moved()\n}\n");
    book.write("snippets/compile-fail/moved/error.txt", "error[E0382]: use of moved value: `a`\n");
    book
}

mod without_network {
    use super::*;
    use anyhow::Result;
    use qabook::playground::{Answer, LiveCrate, Service, Settings, compare};

    /// A service that says `stdout` of programs that compile and `stderr` of the others.
    struct StandIn {
        stdout: &'static str,
        stderr: &'static str,
        crates: &'static [(&'static str, &'static str)],
    }

    impl Service for StandIn {
        fn crates(&self) -> Result<Vec<LiveCrate>> {
            let live = |(id, version): &(&str, &str)| LiveCrate { id: (*id).into(), version: (*version).into() };
            Ok(self.crates.iter().map(live).collect())
        }

        fn run(&self, program: &str, _: &mdbook_snippets::Config) -> Result<Answer> {
            let success = !program.contains("moved");
            let stdout = if success { self.stdout } else { "" };
            Ok(Answer { success, stdout: stdout.into(), stderr: self.stderr.into() })
        }
    }

    const AS_RECORDED: StandIn = StandIn {
        stdout: "2\n",
        stderr: "   Compiling\nerror[E0382]: other words, same error\n",
        crates: &[("serde", "1.0.1"), ("rand", "0.9.0")],
    };

    fn drift(service: &StandIn) -> String {
        let book = book();
        let config = qabook_document::open(book.root()).unwrap().config;
        let settings = Settings { root: book.root().into(), service: None, pause: 0 };
        let drift = compare(&settings, &config, service).unwrap();
        assert_eq!(drift.is_empty(), drift.to_string().is_empty());
        drift.to_string()
    }

    #[test]
    fn nothing_is_said_when_nothing_changed() {
        assert_eq!(drift(&AS_RECORDED), "");
    }

    #[test]
    fn another_output_is_shown_beside_the_recorded_one() {
        let said = drift(&StandIn { stdout: "3\n", ..AS_RECORDED });
        assert_eq!(
            said, "## Programs (1)\n\n### `sum`\n\nIt prints:\n\n    3\n\ninstead of:\n\n    2\n\n\n",
            "a fence in an output can't end such a block"
        );
    }

    #[test]
    fn an_error_that_is_another_one_now_is_told() {
        let said = drift(&StandIn { stderr: "error[E0505]: cannot move\n", ..AS_RECORDED });
        assert!(said.contains("### `moved`\n\nIt should be refused with `error[E0382]:"), "{said}");
        assert!(said.contains("    error[E0505]: cannot move\n"), "{said}");
    }

    #[test]
    fn crates_that_programs_use_are_told_first() {
        let said = drift(&StandIn { crates: &[("serde", "2.0.0"), ("tokio", "1.0.0")], ..AS_RECORDED });
        assert_eq!(
            said,
            "## Crates that programs use (1)\n\n- `serde` 1.0.1 → 2.0.0\n\n\
             ## Other crates of the list (2)\n\n- `rand` 0.9.0 is gone\n- `tokio` 1.0.0 is new\n\n"
        );
    }
}

#[cfg(not(feature = "online"))]
#[test]
fn a_build_without_network_access_says_how_to_have_it() {
    let output = book().qabook(&["playground"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("--features online -- playground"), "{said}");
}

#[cfg(feature = "online")]
mod over_http {
    use super::*;
    use axum::Router;
    use axum::http::StatusCode;
    use axum::routing::{get, post};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const ANSWER: &str = r#"{"success":true,"exitDetail":"","stdout":"2\n","stderr":""}"#;
    const REFUSED: &str = r#"{"success":false,"exitDetail":"","stdout":"","stderr":"error[E0382]: x"}"#;

    /// Serves the two addresses of a Playground; the first run is answered as by a busy service.
    fn stand_in(runtime: &tokio::runtime::Runtime, ready: bool) -> String {
        let asked = Arc::new(AtomicUsize::new(0));
        let execute = move |body: String| async move {
            let request: serde_json::Value = serde_json::from_str(&body).unwrap();
            assert_eq!((&request["edition"], &request["crateType"]), (&"2024".into(), &"bin".into()));
            match asked.fetch_add(1, Ordering::SeqCst) {
                0 if ready => (StatusCode::TOO_MANY_REQUESTS, "busy"),
                _ if !ready => (StatusCode::INTERNAL_SERVER_ERROR, r#"{"error":"The operation timed out"}"#),
                _ if request["code"].as_str().unwrap().contains("moved") => (StatusCode::OK, REFUSED),
                _ => (StatusCode::OK, ANSWER),
            }
        };
        let crates = r#"{"crates":[{"name":"serde","version":"1.0.1","id":"serde"},
                                   {"name":"rand","version":"0.9.0","id":"rand"}]}"#;
        let app =
            Router::new().route("/execute", post(execute)).route("/meta/crates", get(move || async move { crates }));
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        runtime.spawn(async move { axum::serve(listener, app).await });
        address
    }

    fn playground(address: &str) -> std::process::Output {
        book().qabook(&["playground", "--pause", "0", "--service", address]).output().unwrap()
    }

    #[test]
    fn a_busy_service_is_asked_again() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let output = playground(&stand_in(&runtime, true));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "");
        assert!(said.contains("  1/2 moved\n  2/2 sum\n"), "{said}");
    }

    #[test]
    fn a_program_that_no_longer_ends_in_time_is_told() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let output = playground(&stand_in(&runtime, false));
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("### `sum`\n\nIt fails:"), "{said}");
        assert!(said.contains("The operation timed out"), "{said}");
    }

    #[test]
    fn a_service_that_does_not_answer_is_an_error_and_no_drift() {
        let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let output = playground(&format!("http://{closed}"));
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(output.stdout, b"");
        assert!(String::from_utf8_lossy(&output.stderr).contains("/meta/crates"));
    }
}
