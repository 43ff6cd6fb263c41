//! What the attacks are aimed at, and what a run is compared with.

use qabook_run::{Cancel, Job, Limits, Outcome, Sandbox};
use std::fs::{self, File};
use std::io;
use std::net::TcpListener;
use std::os::fd::AsRawFd;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// What a precious file holds.
pub(crate) const PRECIOUS: &str = "precious";

/// Everything outside that a program may not reach. It ends with the test.
pub(crate) struct Scene {
    pub(crate) sandbox: Sandbox,
    /// A home folder, with the file `precious`.
    pub(crate) home: TempDir,
    pub(crate) tcp: TcpListener,
    _unix: UnixListener,
    _named: UnixListener,
    /// A process with a secret in its environment.
    pub(crate) victim: Victim,
    /// Open to all that this process starts.
    pub(crate) inherited: File,
}

pub(crate) struct Victim(pub(crate) Child);

impl Drop for Victim {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The sandbox whose helper is this executable.
pub(crate) fn sandbox() -> io::Result<Sandbox> {
    Sandbox::new("/proc/self/exe".into(), vec!["sandboxed".into()])
}

impl Scene {
    pub(crate) fn new() -> io::Result<Self> {
        let home = tempfile::tempdir()?;
        fs::write(home.path().join("precious"), PRECIOUS)?;
        let inherited = File::open(home.path().join("precious"))?;
        nix::fcntl::fcntl(&inherited, nix::fcntl::FcntlArg::F_SETFD(nix::fcntl::FdFlag::empty()))?;
        let name = home.path().to_string_lossy().into_owned();
        let victim = Command::new("sleep").arg("600").env("SECRET", PRECIOUS).stdin(Stdio::null()).spawn()?;
        Ok(Self {
            sandbox: sandbox()?,
            tcp: TcpListener::bind("127.0.0.1:0")?,
            _unix: UnixListener::bind(home.path().join("socket"))?,
            _named: UnixListener::bind_addr(&SocketAddr::from_abstract_name(name)?)?,
            victim: Victim(victim),
            inherited,
            home,
        })
    }

    /// What `word` of a case's target stands for.
    pub(crate) fn target(&self, word: &str) -> String {
        match word {
            "home" => self.home.path().display().to_string(),
            "precious" => self.home.path().join("precious").display().to_string(),
            "socket" => self.home.path().join("socket").display().to_string(),
            "tcp" => self.tcp.local_addr().map(|address| address.to_string()).unwrap_or_default(),
            "victim" => self.victim.0.id().to_string(),
            "inherited" => self.inherited.as_raw_fd().to_string(),
            other => other.to_owned(),
        }
    }

    /// Fails when anything outside is not as it was.
    pub(crate) fn assert_whole(&mut self) {
        let precious = self.home.path().join("precious");
        assert_eq!(fs::read_to_string(&precious).expect("the precious file can be read"), PRECIOUS);
        let names = fs::read_dir(self.home.path()).expect("the home folder can be read").count();
        assert_eq!(names, 2, "the home folder has other files");
        let ended = self.victim.0.try_wait().expect("the victim can be waited for");
        assert!(ended.is_none(), "the victim was killed: {ended:?}");
    }
}

/// The job of an attack.
pub(crate) fn job(name: &str, target: &str, mark: &str, folder: &Path, limits: Limits) -> Job {
    Job {
        program: std::env::current_exe().expect("this executable has a path"),
        arguments: ["attack", name, target, mark].map(Into::into).to_vec(),
        environment: vec![("GIVEN".into(), "1".into())],
        folder: folder.to_owned(),
        readable: Vec::new(),
        limits,
    }
}

/// A caller that is killed while its program sleeps in `folder`.
pub(crate) fn call(folder: &Path, mark: &str) {
    let job = job("sleep", "-", mark, folder, Limits::of_compiler());
    let outcome: io::Result<Outcome> = sandbox().and_then(|sandbox| sandbox.run(&job, &Cancel::default()));
    panic!("the run ended before its caller: {outcome:?}");
}

/// The processes that have `mark` among their arguments.
pub(crate) fn marked(mark: &str) -> Vec<String> {
    let processes = fs::read_dir("/proc").expect("there is a /proc").flatten();
    processes
        .filter_map(|entry| fs::read_to_string(entry.path().join("cmdline")).ok())
        .filter(|arguments| arguments.split('\0').any(|argument| argument == mark))
        .collect()
}

/// Waits until `is_so`, for ten seconds at most.
pub(crate) fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(10), "after 10 s: not yet {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The processes that `parent`'s first thread has started.
pub(crate) fn children(parent: u32) -> Vec<i32> {
    let path = PathBuf::from(format!("/proc/{parent}/task/{parent}/children"));
    let list = fs::read_to_string(path).unwrap_or_default();
    list.split_ascii_whitespace().filter_map(|id| id.parse().ok()).collect()
}
