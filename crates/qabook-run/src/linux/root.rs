//! A file tree of the program's own: the paths that it may see, and nothing else.
//!
//! Landlock refuses to open other files, but not to change their modes and times, nor to connect to their sockets: a
//! desktop's or a container service's would start a program outside. Here there are none.

use super::paths::{DEVICES, SETTINGS, SYSTEM};
use crate::Job;
use nix::fcntl::OFlag;
use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sys::statvfs::{FsFlags, statvfs};
use nix::unistd::pivot_root;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, symlink};
use std::path::{Path, PathBuf};

/// Where the tree may grow: a folder with what is shown inside would be shown with the tree on it, and without an end.
const BASES: [&str; 4] = ["/tmp", "/mnt", "/var", "/sys"];

const NOTHING: Option<&str> = None;

/// A path that was opened before the tree's file system covers anything.
struct Part {
    path: PathBuf,
    real: PathBuf,
    /// What `path` says when it is a symbolic link itself.
    link: Option<PathBuf>,
    opened: File,
    writable: bool,
}

/// Makes the tree and moves this process into it; the mount namespace must be its own.
pub(super) fn enter(job: &Job) -> io::Result<()> {
    mount(NOTHING, "/", NOTHING, MsFlags::MS_REC | MsFlags::MS_PRIVATE, NOTHING)?;
    let system = SYSTEM.iter().chain(&SETTINGS).chain(&DEVICES).map(Path::new);
    let asked = job.readable.iter().map(PathBuf::as_path).chain([job.program.as_path()]);
    // Devices can be written all the same; their modes can't be changed.
    // In this order: what comes later covers what comes before. What doesn't exist is left out.
    let parts: Vec<_> = system.chain(asked).filter_map(|path| Part::open(path, false).ok()).collect();
    let folder = Part::open(&job.folder, true)?;

    let safe = MsFlags::MS_NOSUID | MsFlags::MS_NODEV;
    let shown = |base: &&str| parts.iter().chain([&folder]).any(|part| Path::new(base).starts_with(&part.real));
    let base = BASES.iter().find(|base| Path::new(base).is_dir() && !shown(base));
    let base = Path::new(base.ok_or_else(|| io::Error::other("a folder that must not be shown: /tmp, /mnt, /var"))?);
    mount(Some("tmpfs"), base, Some("tmpfs"), safe, Some("mode=755,size=1m"))?;
    let (proc, shm) = (base.join("proc"), base.join("dev/shm"));
    fs::create_dir_all(&proc)?;
    // A container that covers parts of its own /proc allows no other.
    if mount(Some("proc"), &proc, Some("proc"), safe | MsFlags::MS_NOEXEC, NOTHING).is_err() {
        mount(Some("/proc"), &proc, NOTHING, MsFlags::MS_BIND | MsFlags::MS_REC, NOTHING)?;
    }
    // Named semaphores and shared memory are files here. They are memory: a quarter of it may go to them.
    fs::create_dir_all(&shm)?;
    let options = format!("mode=1777,size={}", job.limits.memory / 4);
    mount(Some("tmpfs"), &shm, Some("tmpfs"), safe | MsFlags::MS_NOEXEC, Some(options.as_str()))?;
    for part in parts.iter().chain([&folder]) {
        part.show(base)?;
    }
    std::env::set_current_dir(base)?;
    // The manual page's way without a folder for the old root: it comes to lie on the new one, and is taken off.
    pivot_root(".", ".")?;
    umount2(".", MntFlags::MNT_DETACH)?;
    std::env::set_current_dir("/")
}

/// Where `path` is in the tree that grows at `base`.
fn within(base: &Path, path: &Path) -> PathBuf {
    base.join(path.strip_prefix("/").unwrap_or(path))
}

impl Part {
    fn open(path: &Path, writable: bool) -> io::Result<Self> {
        let real = path.canonicalize()?;
        let opened = OpenOptions::new().read(true).custom_flags(OFlag::O_PATH.bits()).open(&real)?;
        Ok(Self { path: path.to_owned(), real, link: path.read_link().ok(), opened, writable })
    }

    /// Shows it in the tree by its real path, and by the one that was given.
    fn show(&self, base: &Path) -> io::Result<()> {
        self.bind(&within(base, &self.real))?;
        let given = within(base, &self.path);
        match &self.link {
            _ if self.path == self.real => Ok(()),
            Some(target) if given.symlink_metadata().is_err() => {
                fs::create_dir_all(given.parent().unwrap_or(&given))?;
                symlink(target, given)
            }
            Some(_) => Ok(()),
            None => self.bind(&given),
        }
    }

    fn bind(&self, at: &Path) -> io::Result<()> {
        let status = self.opened.metadata()?;
        let same = |seen: fs::Metadata| (seen.dev(), seen.ino()) == (status.dev(), status.ino());
        // It is part of what is shown already; only the folder must be shown again, for there it may be read-only.
        if !self.writable && fs::metadata(at).is_ok_and(same) {
            return Ok(());
        }
        if fs::metadata(at).is_err() {
            if status.is_dir() {
                fs::create_dir_all(at)?;
            } else {
                fs::create_dir_all(at.parent().unwrap_or(at))?;
                File::create(at)?;
            }
        }
        let source = format!("/proc/self/fd/{}", self.opened.as_raw_fd());
        mount(Some(source.as_str()), at, NOTHING, MsFlags::MS_BIND | MsFlags::MS_REC, NOTHING)?;
        if self.writable { Ok(()) } else { read_only(at) }
    }
}

/// Makes `at` a mount of its own, which can have flags of its own.
pub(super) fn bind(at: &Path) -> io::Result<()> {
    Ok(mount(Some(at), at, NOTHING, MsFlags::MS_BIND, NOTHING)?)
}

/// Forbids changes by this mount, also those of modes and times. Flags that the mount has must stay.
pub(super) fn read_only(at: &Path) -> io::Result<()> {
    let has = statvfs(at)?.flags();
    let kept = [
        (FsFlags::ST_NOSUID, MsFlags::MS_NOSUID),
        (FsFlags::ST_NODEV, MsFlags::MS_NODEV),
        (FsFlags::ST_NOEXEC, MsFlags::MS_NOEXEC),
        (FsFlags::ST_NOATIME, MsFlags::MS_NOATIME),
        (FsFlags::ST_NODIRATIME, MsFlags::MS_NODIRATIME),
        (FsFlags::ST_RELATIME, MsFlags::MS_RELATIME),
    ];
    let kept = kept.into_iter().filter(|(flag, _)| has.contains(*flag)).map(|(_, flag)| flag);
    let flags = kept.fold(MsFlags::MS_BIND | MsFlags::MS_REMOUNT | MsFlags::MS_RDONLY, |flags, flag| flags | flag);
    Ok(mount(NOTHING, at, NOTHING, flags, NOTHING)?)
}
