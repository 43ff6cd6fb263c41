//! The programs that attack, run in the sandbox by this very executable: `attack NAME TARGET MARK`.
//!
//! One that is refused prints why and exits with 0; one that gets through exits with 1.

use nix::sys::memfd::{MFdFlags, memfd_create};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::env;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

type Attack = io::Result<String>;

/// Attacks, and returns the exit code.
pub(crate) fn run(name: &str, target: &str, mark: &str) -> u8 {
    match attack(name, target, mark) {
        Err(refusal) => {
            println!("{refusal}");
            0
        }
        Ok(got) => {
            println!("GOT THROUGH: {got}");
            1
        }
    }
}

fn attack(name: &str, target: &str, mark: &str) -> Attack {
    match name {
        // Nothing to refuse: what follows an attack, and what a program may do.
        "nothing" => Err(io::Error::other("nothing to refuse")),
        "ordinary-work" => ordinary_work(mark),
        "exit-7" => std::process::exit(7),
        "abort" => std::process::abort(),
        // Limits.
        "threads" => threads(),
        "memory" => hold_memory(4 << 30),
        "memory-of-children" => memory_of_children(mark),
        "memory-of-child" => hold_memory(200 << 20),
        "memory-in-files" => memory_in_files(),
        "shared-memory" => (0..32)
            .try_for_each(|number| fill(&File::create(format!("/dev/shm/{number}"))?, 32 << 20).map(|_| ()))
            .map(|()| "1 GB".into()),
        "big-files" => many_files(1 << 20),
        "empty-files" => many_files(0),
        "deleted-files" => deleted_files(),
        "deep-folders" => deep_folders(),
        "sparse-file" => File::create("sparse")?.set_len(1 << 30).map(|()| "1 GB".into()),
        "print" => print_without_end(io::stdout()),
        "print-errors" => print_without_end(io::stderr()),
        "sleep" => sleep_for_ever(),
        _ => reach_outside(name, target, mark),
    }
}

/// The attacks on what isn't the program's.
fn reach_outside(name: &str, target: &str, mark: &str) -> Attack {
    match name {
        // Files.
        "read" => fs::read_to_string(target),
        "list" => fs::read_dir(target).map(|entries| format!("{} entries", entries.count())),
        "write" => fs::write(target, "overwritten").map(|()| "written".into()),
        "create" => fs::write(Path::new(target).join("new"), "new").map(|()| "created".into()),
        "delete" => fs::remove_file(target).map(|()| "deleted".into()),
        "change-mode" => fs::set_permissions(target, fs::Permissions::from_mode(0o777)).map(|()| "changed".into()),
        "symbolic-link" => symlink(target, "link").and_then(|()| fs::read_to_string("link")),
        "hard-link" => fs::hard_link(target, "link").map(|()| "linked".into()),
        "inherited-descriptor" => fs::read_to_string(format!("/proc/self/fd/{target}")),
        // The network and sockets.
        "connect" => TcpStream::connect(target).map(|_| "connected".into()),
        "connect-unix" => UnixStream::connect(target).map(|_| "connected".into()),
        "connect-abstract" => {
            let address = SocketAddr::from_abstract_name(target)?;
            UnixStream::connect_addr(&address).map(|_| "connected".into())
        }
        // Processes.
        "kill" => Ok(kill(pid(target)?, Signal::SIGKILL).map(|()| "killed".into())?),
        "trace" => Ok(nix::sys::ptrace::attach(pid(target)?).map(|()| "traced".into())?),
        "read-environment" => fs::read_to_string(format!("/proc/{target}/environ")),
        "leave-behind" => leave_behind(mark),
        "left-behind" => {
            nix::unistd::setsid()?;
            again("sleep", mark, Stdio::null()).map(|_| "left".into())
        }
        "hold-the-pipes" => {
            again("sleep", mark, Stdio::inherit()).and(Err(io::Error::other("left a child with the pipes")))
        }
        "environment" => environment(),
        "privileges" => privileges(),
        "user-namespace" => {
            Ok(nix::sched::unshare(nix::sched::CloneFlags::CLONE_NEWUSER).map(|()| "a namespace".into())?)
        }
        other => panic!("no attack is called {other}"),
    }
}

fn pid(text: &str) -> io::Result<Pid> {
    text.parse().map(Pid::from_raw).map_err(io::Error::other)
}

/// This program once more.
fn again(name: &str, mark: &str, output: Stdio) -> io::Result<Child> {
    let mut command = Command::new(env::current_exe()?);
    command.args(["attack", name, "-", mark]).stdin(Stdio::null());
    command.stdout(output).spawn()
}

/// As many as there can be: when no more start, those that did go on.
fn threads() -> Attack {
    while thread::Builder::new().spawn(|| thread::sleep(Duration::from_mins(1))).is_ok() {}
    sleep_for_ever()
}

fn hold_memory(bytes: usize) -> Attack {
    let mut held: Vec<Vec<u8>> = Vec::new();
    for _ in 0..bytes >> 20 {
        held.push(vec![1; 1 << 20]);
    }
    sleep_for_ever()
}

/// Each below the limit, but not all together.
fn memory_of_children(mark: &str) -> Attack {
    for _ in 0..4 {
        again("memory-of-child", mark, Stdio::inherit())?;
    }
    sleep_for_ever()
}

/// Memory that is no process's: files that only a descriptor leads to.
fn memory_in_files() -> Attack {
    let mut held = Vec::new();
    loop {
        let file = File::from(memfd_create("memory", MFdFlags::empty())?);
        fill(&file, 32 << 20)?;
        held.push(file);
    }
}

fn fill(mut file: &File, bytes: usize) -> Attack {
    let piece = vec![1; 1 << 20];
    for _ in 0..bytes >> 20 {
        file.write_all(&piece)?;
    }
    Ok(format!("{bytes} bytes"))
}

fn many_files(bytes: usize) -> Attack {
    for number in 0u64.. {
        fs::write(number.to_string(), vec![1; bytes])?;
    }
    Ok("all numbers".into())
}

fn deleted_files() -> Attack {
    let mut held = Vec::new();
    loop {
        let file = File::create("deleted")?;
        fs::remove_file("deleted")?;
        fill(&file, 8 << 20)?;
        held.push(file);
    }
}

/// Deeper than a path can say, so that what is at the bottom can't be looked at.
fn deep_folders() -> Attack {
    let name = "d".repeat(250);
    for _ in 0..40 {
        fs::create_dir(&name)?;
        env::set_current_dir(&name)?;
    }
    sleep_for_ever()
}

fn print_without_end(mut to: impl Write) -> Attack {
    loop {
        to.write_all(&[b'x'; 4096])?;
    }
}

fn sleep_for_ever() -> Attack {
    fs::write("started", "")?;
    loop {
        thread::sleep(Duration::from_mins(1));
    }
}

/// A child that leaves the session and the group starts another and ends; the rest have no pipe and no parent.
fn leave_behind(mark: &str) -> Attack {
    again("left-behind", mark, Stdio::null())?.wait()?;
    while !Path::new("started").exists() {
        thread::yield_now();
    }
    Err(io::Error::other("left a process behind"))
}

fn environment() -> Attack {
    let seen: Vec<_> = env::vars_os().collect();
    if seen == [("GIVEN".into(), "1".into())] { Err(io::Error::other("GIVEN alone")) } else { Ok(format!("{seen:?}")) }
}

fn privileges() -> Attack {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("").trim().to_owned();
    match (line("NoNewPrivs:").as_str(), line("CapEff:").trim_matches('0'), line("CapPrm:").trim_matches('0')) {
        ("1", "", "") => Err(io::Error::other("none, and none can be gained")),
        other => Ok(format!("{other:?}")),
    }
}

/// What the programs of a book do, all of which must work.
fn ordinary_work(mark: &str) -> Attack {
    if let Err(error) = try_ordinary_work(mark) {
        return Ok(format!("an ordinary program fails: {error}"));
    }
    Err(io::Error::other("nothing to refuse, all works"))
}

fn try_ordinary_work(mark: &str) -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut client = TcpStream::connect(listener.local_addr()?)?;
    listener.accept()?.0.write_all(b"hello")?;
    client.read_exact(&mut [0; 5])?;
    // Row 0 is the header; the listener's own is among the others.
    let rows = fs::read_to_string("/proc/net/tcp")?.lines().count();
    if rows < 2 {
        return Err(io::Error::other("/proc/net/tcp is empty"));
    }
    let unix = UnixListener::bind("socket")?;
    UnixStream::connect("socket")?;
    unix.accept()?;
    fs::create_dir_all("a/b")?;
    fs::write("a/b/c", "c")?;
    fs::rename("a/b/c", "c")?;
    fs::hard_link("c", "d")?;
    OpenOptions::new().write(true).open("/dev/null")?.write_all(b"x")?;
    // Its id is the one that its /proc knows, and named semaphores are files in /dev/shm: in namespaces of its own.
    if mark.ends_with("-own") {
        fs::write("/dev/shm/semaphore", "x")?;
        fs::read_dir(format!("/proc/{}/task", std::process::id()))?;
    }
    let mut child = again("nothing", mark, Stdio::piped())?;
    let mut said = String::new();
    child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?.read_to_string(&mut said)?;
    child.wait()?;
    if said == "nothing to refuse\n" { Ok(()) } else { Err(io::Error::other(format!("the child says {said:?}"))) }
}
