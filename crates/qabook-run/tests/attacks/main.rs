//! Attacks on the sandbox: each must end as it should, leave no process behind, and let the next run work.
//!
//! This executable is the harness, the sandbox's helper and the attacking programs, each by its first argument.

#[cfg(target_os = "linux")]
mod cases;
#[cfg(target_os = "linux")]
mod programs;
#[cfg(target_os = "linux")]
mod scene;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    use std::process::ExitCode;
    let mut arguments = std::env::args_os().skip(1);
    match arguments.next().as_deref().and_then(std::ffi::OsStr::to_str) {
        Some("sandboxed") => qabook_run::helper(arguments),
        Some("attack") => {
            let texts: Vec<_> = arguments.map(|argument| argument.to_string_lossy().into_owned()).collect();
            ExitCode::from(programs::run(&texts[0], &texts[1], &texts[2]))
        }
        Some("caller") => {
            let texts: Vec<_> = arguments.map(|argument| argument.to_string_lossy().into_owned()).collect();
            scene::call(texts[0].as_ref(), &texts[1]);
            ExitCode::SUCCESS
        }
        _ => cases::run(),
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("skipped: the sandbox is one on Linux alone");
}
