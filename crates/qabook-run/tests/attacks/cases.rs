//! Which attacks there are, how each must end, and the table of how it went.

use crate::scene::{PRECIOUS, Scene, children, job, marked, sandbox, wait_until};
use libtest_mimic::{Arguments, Failed, Trial};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use qabook_run::{Cancel, End, Job, Layers, Limit, Limits, Outcome};
use std::process::{Command, ExitCode, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// An attack: what it is called in the table, the program and its target, the layer that refuses it, its end.
type Case = (&'static str, &'static str, &'static str, fn(&Layers) -> bool, End);

const REFUSED: End = End::Exited(0);
const ANY: fn(&Layers) -> bool = |_| true;
const FILES: fn(&Layers) -> bool = |layers| layers.files;
/// What landlock alone doesn't refuse.
const OWN_FILES: fn(&Layers) -> bool = |layers| layers.files && layers.processes;
const NETWORK: fn(&Layers) -> bool = |layers| layers.network;
const PROCESSES: fn(&Layers) -> bool = |layers| layers.processes;
const LIMITS: fn(&Layers) -> bool = |layers| layers.limits;

const CASES: [Case; 43] = [
    ("does ordinary work", "ordinary-work", "-", ANY, REFUSED),
    ("exits with 7", "exit-7", "-", ANY, End::Exited(7)),
    ("aborts", "abort", "-", ANY, End::Signal(6)),
    // Without a namespace to end, root's processes fork faster than they are killed: the machine would stand still.
    ("forks until it can't", "sh", "f() { f | f & }; f; sleep 60", PROCESSES, End::OverLimit(Limit::Processes)),
    ("starts threads until it can't", "threads", "-", LIMITS, End::OverLimit(Limit::Processes)),
    ("allocates until it can't", "memory", "-", LIMITS, End::OverLimit(Limit::Memory)),
    ("allocates in many children", "memory-of-children", "-", LIMITS, End::OverLimit(Limit::Memory)),
    ("allocates in unnamed files", "memory-in-files", "-", LIMITS, End::OverLimit(Limit::Memory)),
    ("fills /dev/shm", "shared-memory", "-", PROCESSES, REFUSED),
    ("fills the disk with big files", "big-files", "-", LIMITS, End::OverLimit(Limit::Disk)),
    ("fills the disk with empty files", "empty-files", "-", LIMITS, End::OverLimit(Limit::Disk)),
    ("fills the disk with deleted files", "deleted-files", "-", LIMITS, End::OverLimit(Limit::Disk)),
    ("hides files in deep folders", "deep-folders", "-", LIMITS, End::OverLimit(Limit::Disk)),
    ("writes a sparse file of 1 GB", "sparse-file", "-", LIMITS, End::OverLimit(Limit::Disk)),
    ("prints without end", "print", "-", ANY, End::OverLimit(Limit::Output)),
    ("prints errors without end", "print-errors", "-", ANY, End::OverLimit(Limit::Output)),
    ("sleeps for ever", "sleep", "-", ANY, End::OverLimit(Limit::Time)),
    ("computes for ever", "sh", "while :; do :; done", ANY, End::OverLimit(Limit::Time)),
    ("ignores SIGTERM", "sh", "trap '' TERM INT HUP; while :; do sleep 1; done", ANY, End::OverLimit(Limit::Time)),
    ("stops itself", "sh", "kill -STOP $$", ANY, End::OverLimit(Limit::Time)),
    ("reads a file of the home folder", "read", "precious", FILES, REFUSED),
    ("reads /etc/passwd", "read", "/etc/passwd", FILES, REFUSED),
    ("reads the kernel's messages", "read", "/dev/kmsg", FILES, REFUSED),
    ("lists the home folder", "list", "home", FILES, REFUSED),
    ("lists /", "list", "/", FILES, REFUSED),
    ("leaves by /proc/1/root", "list", "/proc/1/root", FILES, REFUSED),
    ("overwrites a file outside", "write", "precious", FILES, REFUSED),
    ("creates a file outside", "create", "home", FILES, REFUSED),
    ("creates a file in /usr/bin", "create", "/usr/bin", FILES, REFUSED),
    ("deletes a file outside", "delete", "precious", FILES, REFUSED),
    ("changes a mode outside", "change-mode", "precious", OWN_FILES, REFUSED),
    ("changes the mode of /dev/null", "change-mode", "/dev/null", OWN_FILES, REFUSED),
    ("reads by a symbolic link", "symbolic-link", "precious", FILES, REFUSED),
    ("makes a hard link", "hard-link", "precious", FILES, REFUSED),
    ("reads an inherited file", "inherited-descriptor", "inherited", ANY, REFUSED),
    ("changes a kernel setting", "write", "/proc/sys/kernel/core_pattern", FILES, REFUSED),
    ("connects to a port outside", "connect", "tcp", NETWORK, REFUSED),
    ("connects to a socket file outside", "connect-unix", "socket", OWN_FILES, REFUSED),
    ("connects to an abstract socket outside", "connect-abstract", "home", NETWORK, REFUSED),
    ("kills a process outside", "kill", "victim", PROCESSES, REFUSED),
    ("traces a process outside", "trace", "victim", PROCESSES, REFUSED),
    ("reads an environment outside", "read-environment", "victim", PROCESSES, REFUSED),
    ("reads the helper's environment", "read-environment", "1", PROCESSES, REFUSED),
];

const MORE_CASES: [Case; 5] = [
    ("leaves a process behind", "leave-behind", "-", ANY, REFUSED),
    ("leaves a child with its pipes", "hold-the-pipes", "-", ANY, REFUSED),
    ("looks at the environment", "environment", "-", ANY, REFUSED),
    ("looks for privileges", "privileges", "-", LIMITS, REFUSED),
    ("makes a user namespace", "user-namespace", "-", PROCESSES, REFUSED),
];

/// A run that isn't only waited for.
type Special = (&'static str, fn(&Scene) -> Outcome);

/// Rows of the table.
type Table = Arc<Mutex<Vec<String>>>;

/// Runs what the command line asks for, one after the other, and prints the table.
pub(crate) fn run() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // An attack takes what the machine has; two at once would be about the machine.
    arguments.test_threads = Some(1);
    let scene = Scene::new().expect("the sandbox can be made");
    let layers = scene.sandbox.layers();
    let (scene, table) = (Arc::new(Mutex::new(scene)), Table::default());
    let mut trials = Vec::new();
    for case in CASES.into_iter().chain(MORE_CASES) {
        let (scene, rows) = (Arc::clone(&scene), Arc::clone(&table));
        let skipped = !case.3(&layers);
        let trial = Trial::test(case.0, move || told(&rows, case.0, || attack(&mut lock(&scene), case)));
        trials.push(trial.with_ignored_flag(skipped));
        if skipped {
            lock(&table).push(format!("{:<40} skipped: {layers}", case.0));
        }
    }
    let special: [Special; 4] = [
        ("is cancelled before it starts", cancelled_before),
        ("is cancelled in the middle", cancelled),
        ("outlives its killed caller", caller_killed),
        ("outlives its killed supervisor", supervisor_killed),
    ];
    for (name, run) in special {
        let (scene, rows) = (Arc::clone(&scene), Arc::clone(&table));
        let skipped = name.contains("supervisor") && !layers.processes;
        let trial = Trial::test(name, move || told(&rows, name, || Ok(run(&lock(&scene)))));
        trials.push(trial.with_ignored_flag(skipped));
    }
    let outside = Arc::clone(&scene);
    trials.push(Trial::test("without a sandbox attacks get through", move || control(&lock(&outside))));
    let scene_of_errors = Arc::clone(&scene);
    trials.push(Trial::test("errors: no program, no folder", move || errors(&lock(&scene_of_errors))));
    let conclusion = libtest_mimic::run(&arguments, trials);
    print(&lock(&table), layers);
    conclusion.exit_code()
}

/// Also after a test that failed.
fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

fn print(rows: &[String], layers: Layers) {
    println!("{layers}");
    for row in rows {
        println!("{row}");
    }
    let skipped = rows.iter().filter(|row| row.contains("skipped: ")).count();
    let refused = rows.iter().filter(|row| row.contains(" ok: ")).count();
    println!("refused {refused} of {}, {skipped} skipped", rows.len() - skipped);
}

/// Runs an attack and writes its row.
fn told(table: &Table, name: &str, run: impl FnOnce() -> Result<Outcome, Failed>) -> Result<(), Failed> {
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
    let row = match &result {
        Ok(Ok(outcome)) => {
            let said = String::from_utf8_lossy(&outcome.stdout[..outcome.stdout.len().min(60)]).trim().to_owned();
            let said = if said.starts_with("xxx") { "x…".to_owned() } else { said };
            format!("{name:<40} ok: {:>5} ms  {}  {said}", outcome.elapsed.as_millis(), outcome.end)
        }
        _ => format!("{name:<40} GOT THROUGH or failed"),
    };
    lock(table).push(row);
    result.map_err(|_| Failed::from("see above"))?.map(|_| ())
}

/// Short limits of time, so that the tests are; those of a program otherwise.
fn limits(end: End) -> Limits {
    let wall = if end == End::OverLimit(Limit::Time) { Duration::from_millis(300) } else { Duration::from_secs(20) };
    Limits { wall, ..Limits::of_program() }
}

fn attack(scene: &mut Scene, (_, program, target, _, expected): Case) -> Result<Outcome, Failed> {
    let folder = tempfile::tempdir()?;
    let own = if scene.sandbox.layers().processes { "own" } else { "shared" };
    let mark = format!("{}-{own}", folder.path().display());
    let limits = limits(expected);
    let mut job = job(program, &scene.target(target), &mark, folder.path(), limits.clone());
    if program == "sh" {
        job = Job {
            program: "/bin/sh".into(),
            arguments: ["-c", target, &mark].map(Into::into).to_vec(),
            environment: vec![("PATH".into(), "/usr/bin:/bin".into())],
            ..job
        };
    }
    let outcome = scene.sandbox.run(&job, &Cancel::default())?;
    let said = String::from_utf8_lossy(&outcome.stdout[..outcome.stdout.len().min(300)]).into_owned();
    let errors = String::from_utf8_lossy(&outcome.stderr[..outcome.stderr.len().min(300)]).into_owned();
    assert_eq!(outcome.end, expected, "it said {said:?} and {errors:?}");
    assert!(!said.contains(PRECIOUS) && !said.contains("GOT THROUGH"), "it said {said:?}");
    assert!(outcome.elapsed < limits.wall + Duration::from_secs(10), "it took {:?}", outcome.elapsed);
    if expected == End::OverLimit(Limit::Output) {
        let longest = outcome.stdout.len().max(outcome.stderr.len());
        assert_eq!(longest, limits.output, "what fits is kept, and no more");
    }
    assert_eq!(marked(&mark), Vec::<String>::new(), "processes are left");
    scene.assert_whole();
    next_run_works(scene);
    Ok(outcome)
}

fn next_run_works(scene: &Scene) {
    let folder = tempfile::tempdir().unwrap();
    let job = job("nothing", "-", "next", folder.path(), Limits::of_program());
    let outcome = scene.sandbox.run(&job, &Cancel::default()).unwrap();
    assert_eq!((outcome.end, outcome.stdout.as_slice()), (End::Exited(0), b"nothing to refuse\n".as_slice()));
}

fn cancelled_before(scene: &Scene) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let cancel = Cancel::default();
    cancel.clone().cancel();
    cancel.cancel();
    let job = job("sleep", "-", "before", folder.path(), Limits::of_program());
    let outcome = scene.sandbox.run(&job, &cancel).unwrap();
    assert_eq!(outcome.end, End::Cancelled);
    assert!(!folder.path().join("started").exists(), "it was started");
    outcome
}

fn cancelled(scene: &Scene) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let (cancel, mark) = (Cancel::default(), folder.path().display().to_string());
    let job = job("sleep", "-", &mark, folder.path(), Limits::of_compiler());
    let outcome = std::thread::scope(|scope| {
        let run = scope.spawn(|| scene.sandbox.run(&job, &cancel));
        wait_until("started", || folder.path().join("started").exists());
        cancel.cancel();
        run.join().unwrap().unwrap()
    });
    assert_eq!(outcome.end, End::Cancelled);
    assert_eq!(marked(&mark), Vec::<String>::new(), "processes are left");
    next_run_works(scene);
    outcome
}

fn caller_killed(scene: &Scene) -> Outcome {
    killed(scene, false)
}

fn supervisor_killed(scene: &Scene) -> Outcome {
    killed(scene, true)
}

/// Kills the process that called `run`, and before it the supervisor if asked; then the program must end, too.
fn killed(scene: &Scene, supervisor: bool) -> Outcome {
    let (start, folder) = (Instant::now(), tempfile::tempdir().unwrap());
    let mark = format!("{}-run", folder.path().display());
    let mut caller = Command::new(std::env::current_exe().unwrap());
    caller.arg("caller").args([folder.path().as_os_str(), mark.as_ref()]).stdin(Stdio::null()).stderr(Stdio::null());
    let mut caller = caller.spawn().unwrap();
    wait_until("started", || folder.path().join("started").exists());
    let supervisors = children(caller.id());
    assert_eq!(supervisors.len(), 1, "a run has one supervisor");
    // It is stopped first, so that it can't do what it does at its supervisor's end.
    kill(Pid::from_raw(i32::try_from(caller.id()).unwrap()), Signal::SIGSTOP).unwrap();
    if supervisor {
        kill(Pid::from_raw(supervisors[0]), Signal::SIGKILL).unwrap();
    }
    caller.kill().unwrap();
    caller.wait().unwrap();
    wait_until("without processes", || marked(&mark).is_empty());
    next_run_works(scene);
    Outcome { stdout: vec![], stderr: vec![], end: End::Signal(9), elapsed: start.elapsed() }
}

/// The attacks that do no harm, without a sandbox: an attack that fails anyhow would show nothing.
fn control(scene: &Scene) -> Result<(), Failed> {
    let harmless = ["read", "list", "connect", "connect-unix", "connect-abstract", "read-environment"];
    let harmless =
        CASES.into_iter().filter(|(_, program, target, ..)| harmless.contains(program) && !target.contains('1'));
    let folder = tempfile::tempdir()?;
    for (name, program, target, ..) in harmless.filter(|(_, _, target, ..)| *target != "/dev/kmsg") {
        let job = job(program, &scene.target(target), "control", folder.path(), Limits::of_program());
        let output = Command::new(&job.program).args(&job.arguments).current_dir(&job.folder).output()?;
        assert_eq!(output.status.code(), Some(1), "{name}: {}", String::from_utf8_lossy(&output.stdout));
    }
    Ok(())
}

fn errors(scene: &Scene) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let whole = job("nothing", "-", "error", folder.path(), Limits::of_program());
    let no_program = Job { program: "/no/such/program".into(), ..whole.clone() };
    let error = scene.sandbox.run(&no_program, &Cancel::default()).expect_err("there is no such program");
    assert!(error.to_string().contains("/no/such/program"), "{error}");
    let no_folder = Job { folder: "/no/such/folder".into(), ..whole };
    let error = scene.sandbox.run(&no_folder, &Cancel::default()).expect_err("there is no such folder");
    assert!(error.to_string().contains("/no/such/folder"), "{error}");
    assert!(qabook_run::Sandbox::new("/no/such/helper".into(), vec![]).is_err());
    assert!(qabook_run::Sandbox::new("/bin/true".into(), vec![]).is_err(), "a program that is no helper");
    // What others keep among the temporary files is nothing to a sandbox that is being made.
    let large = tempfile::NamedTempFile::new()?;
    large.as_file().set_len(1 << 40)?;
    for _ in 0..50 {
        assert_eq!(sandbox()?.layers(), scene.sandbox.layers());
    }
    Ok(())
}
