//! When the sources were last changed.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A moment in UTC, as RFC 3339 writes it: `2026-11-23T08:00:00Z`. The order of the texts is that of time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub(super) struct Moment(String);

impl Moment {
    /// Midnight of a day such as `2026-11-23`.
    pub(super) fn of_day(day: impl std::fmt::Display) -> Self {
        Self(format!("{day}T00:00:00Z"))
    }

    /// The moment that reproducible builds take for now: `SOURCE_DATE_EPOCH`, seconds since 1970
    /// (<https://reproducible-builds.org/specs/source-date-epoch/>).
    pub(super) fn from_environment() -> Option<Self> {
        std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok().map(Self::of_epoch)
    }

    fn of_epoch(seconds: u64) -> Self {
        // Days to year, month, day by the 400-year cycle of the Gregorian calendar, which begins on 1 March.
        let (days, second) = (seconds / 86_400 + 719_468, seconds % 86_400);
        let (cycle, day_of_cycle) = (days / 146_097, days % 146_097);
        let year_of_cycle =
            (day_of_cycle - day_of_cycle / 1_460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
        let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = cycle * 400 + year_of_cycle + u64::from(month <= 2);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        Self(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
    }
}

/// When a file was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Commits {
    /// The first time.
    pub(super) first: Moment,
    /// The last time.
    pub(super) last: Moment,
}

/// When each file below `folder` of the repository around `root` was committed, by path relative to `folder`.
///
/// Empty when this can't be known: no git, no repository, or a clone without its history, where every file would seem as
/// new as the newest commit.
pub(super) fn of_commits(root: &Path, folder: &Path) -> HashMap<PathBuf, Commits> {
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.arg("-C").arg(root.join(folder)).args(["-c", "core.quotePath=false"]).args(arguments);
        command.env("TZ", "UTC").stdin(Stdio::null()).stderr(Stdio::null()).stdout(Stdio::piped());
        command
    };
    let shallow = git(&["rev-parse", "--is-shallow-repository"]).output();
    if !shallow.is_ok_and(|output| output.stdout.starts_with(b"false")) {
        return HashMap::new();
    }
    let form = ["log", "--no-renames", "--relative", "--name-only", "--date=format-local:%Y-%m-%dT%H:%M:%SZ"];
    let Ok(mut log) = git(&[&form[..], &["--format=:%cd", "--", "."]].concat()).spawn() else { return HashMap::new() };
    let mut dates: HashMap<PathBuf, Commits> = HashMap::new();
    let mut date = None;
    for line in log.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).lines().map_while(Result::ok)) {
        match line.strip_prefix(':') {
            Some(next) => date = Some(Moment(next.to_string())),
            // The newest commit of a file comes first.
            None if !line.is_empty() => {
                if let Some(date) = &date {
                    let commits = dates.entry(PathBuf::from(line));
                    commits
                        .or_insert_with(|| Commits { first: date.clone(), last: date.clone() })
                        .first
                        .clone_from(date);
                }
            }
            None => {}
        }
    }
    match log.wait() {
        Ok(status) if status.success() => dates,
        _ => HashMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_a_date() {
        for (seconds, date) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_251_200, "2024-03-01T00:00:00Z"),
            (1_795_564_799, "2026-11-24T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(Moment::of_epoch(seconds).0, date);
        }
    }

    #[test]
    fn outside_of_a_repository_nothing_is_known() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(of_commits(folder.path(), Path::new(".")), HashMap::new());
    }
}
