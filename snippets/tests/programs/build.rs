//! Building the examples.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Builds all examples and returns their executables by name.
///
/// `cargo test` may have built them already, but not with the feature `linux`, and not when one test is asked for alone.
pub(crate) fn examples(package: &Path) -> Result<BTreeMap<String, PathBuf>, String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let mut command = Command::new(cargo);
    command.args([
        "build",
        "--quiet",
        "--examples",
        "--message-format",
        "json",
        "--manifest-path",
    ]);
    command.arg(package.join("Cargo.toml"));
    if cfg!(target_os = "linux") {
        command.args(["--features", "linux"]);
    }
    let output = command
        .output()
        .map_err(|error| format!("cargo can't be started: {error}"))?;
    let messages: Vec<Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    if !output.status.success() {
        let errors: Vec<&str> = messages
            .iter()
            .filter_map(|message| message["message"]["rendered"].as_str())
            .collect();
        return Err(format!(
            "the examples don't compile:\n{}{}",
            errors.concat(),
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    Ok(messages.iter().filter_map(executable).collect())
}

fn executable(message: &Value) -> Option<(String, PathBuf)> {
    let is_example = message["target"]["kind"]
        .as_array()?
        .iter()
        .any(|kind| kind == "example");
    let name = message["target"]["name"].as_str().filter(|_| is_example)?;
    Some((name.to_string(), message["executable"].as_str()?.into()))
}
