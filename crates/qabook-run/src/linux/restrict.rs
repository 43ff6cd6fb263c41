//! What the inner process gives up for good, and with it all that it starts.

use super::paths::{DEVICES, SETTINGS, SYSTEM};
use crate::Job;
use landlock::{
    ABI, Access, AccessFs, BitFlags, CompatLevel, Compatible, PathBeneath, PathFd, Ruleset, RulesetAttr,
    RulesetCreated, RulesetCreatedAttr, RulesetStatus, Scope,
};
use nix::sys::resource::{Resource, setrlimit};
use rustix::thread::{CapabilitySet, CapabilitySets, set_capabilities};
use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};

/// The newest landlock that this crate knows; an older kernel holds what it knows of it.
const LANDLOCK: ABI = ABI::V9;

/// Sets the rlimits; the supervisor's limits are stricter, but look only every 25 ms.
pub(super) fn limit(job: &Job, own_users: bool) -> io::Result<()> {
    let limits = &job.limits;
    let mut all = vec![
        (Resource::RLIMIT_CORE, 0),
        (Resource::RLIMIT_FSIZE, limits.disk),
        (Resource::RLIMIT_NOFILE, 1024),
        // Twice, for it counts what is reserved, such as the stack of each thread, not what is used.
        (Resource::RLIMIT_DATA, limits.memory.saturating_mul(2)),
        (Resource::RLIMIT_MEMLOCK, 1 << 20),
        (Resource::RLIMIT_MSGQUEUE, 1 << 20),
        (Resource::RLIMIT_RTPRIO, 0),
    ];
    // The kernel counts them per user of a namespace; outside of one it would count all that the caller has.
    if own_users {
        all.push((Resource::RLIMIT_NPROC, u64::from(limits.processes) * 2 + 16));
    }
    for (resource, most) in all {
        let (_, hard) = nix::sys::resource::getrlimit(resource)?;
        let most = most.min(hard);
        setrlimit(resource, most, most)?;
    }
    nix::sys::prctl::set_no_new_privs()?;
    Ok(())
}

/// Gives up what root may do, where no namespace took it away. With `no_new_privs` root gets nothing back.
pub(super) fn privileges() -> io::Result<()> {
    let none = CapabilitySet::empty();
    let sets = CapabilitySets { effective: none, permitted: none, inheritable: none };
    Ok(set_capabilities(None, sets)?)
}

/// Gives up all files but the job's; returns whether the kernel knows landlock. `own_shm`: `/dev/shm` is the program's.
pub(super) fn files(job: &Job, own_shm: bool) -> Result<bool, Box<dyn Error>> {
    let read = AccessFs::from_read(LANDLOCK);
    let all = AccessFs::from_all(LANDLOCK);
    let mut rules = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(all)?
        .scope(BitFlags::from(Scope::Signal) | Scope::AbstractUnixSocket)?
        .create()?;
    let asked = job.readable.iter().map(PathBuf::as_path).chain([job.program.as_path()]);
    for path in SYSTEM.iter().map(Path::new).chain(asked) {
        rules = allow(rules, path, read)?;
    }
    // Without execution: nothing there is a program.
    let look = read & !AccessFs::Execute;
    for path in SETTINGS.iter().chain(&["/proc"]) {
        rules = allow(rules, Path::new(path), look)?;
    }
    for path in DEVICES {
        rules = allow(rules, Path::new(path), AccessFs::ReadFile | AccessFs::WriteFile)?;
    }
    if own_shm {
        rules = allow(rules, Path::new("/dev/shm"), all & !AccessFs::Execute)?;
    }
    rules = rules.add_rule(PathBeneath::new(PathFd::new(&job.folder)?, all))?;
    Ok(rules.restrict_self()?.ruleset != RulesetStatus::NotEnforced)
}

/// Allows `access` beneath `path`, if there is such a path.
fn allow(rules: RulesetCreated, path: &Path, access: BitFlags<AccessFs>) -> Result<RulesetCreated, Box<dyn Error>> {
    let Ok(opened) = PathFd::new(path) else { return Ok(rules) };
    let access = if path.is_dir() { access } else { access & AccessFs::from_file(LANDLOCK) };
    Ok(rules.add_rule(PathBeneath::new(opened, access))?)
}
