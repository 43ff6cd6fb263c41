//! What is expensive to make and made of its input alone, kept between builds: drawings, formulas, coloured code,
//! finished pages.
//!
//! A program turns the cache on with [`open`]; without that nothing is kept. The folder is the user's cache folder for
//! `qabook`, or what the environment variable `QABOOK_CACHE` names (empty: no cache). It can be deleted at any time.
//!
//! An entry belongs to the program that made it: another version never meets it. What can't be read, is damaged, or isn't
//! ours is as if it weren't there, and a cache that can't be written is none: a build never fails for its cache.

mod entry;
mod prune;

use etcetera::BaseStrategy;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::SystemTime;

use entry::Key;

/// The environment variable that names the folder.
const VARIABLE: &str = "QABOOK_CACHE";

static CACHE: OnceLock<Option<Cache>> = OnceLock::new();

/// Lets this process keep what it makes, and removes what no build has used for long.
pub fn open() {
    let cache = CACHE.get_or_init(|| Cache::new(folder(std::env::var_os(VARIABLE))?));
    if let Some(cache) = cache {
        prune::when_due(&cache.folder, SystemTime::now());
    }
}

/// What `make` made of `input` in this or an earlier build; `kind` tells makers apart.
///
/// # Errors
/// Those of `make`, which aren't kept.
pub fn kept<E>(kind: &str, input: &[&str], make: impl FnOnce() -> Result<String, E>) -> Result<String, E> {
    let Some(cache) = CACHE.get().and_then(Option::as_ref) else { return make() };
    cache.kept(kind, input, make)
}

/// Where entries are, by the value of [`VARIABLE`].
fn folder(variable: Option<OsString>) -> Option<PathBuf> {
    match variable {
        Some(folder) => Some(PathBuf::from(folder)).filter(|folder| !folder.as_os_str().is_empty()),
        None => Some(etcetera::base_strategy::choose_native_strategy().ok()?.cache_dir().join("qabook")),
    }
}

/// The entries of one program.
#[derive(Debug)]
struct Cache {
    folder: PathBuf,
    program: String,
}

impl Cache {
    /// The entries in `folder` of the program that runs; `None` where it can't be told from another.
    fn new(folder: PathBuf) -> Option<Self> {
        let path = std::env::current_exe().ok()?;
        let file = fs::metadata(&path).ok()?;
        let program = format!("{} {} {:?}", path.display(), file.len(), file.modified().ok()?);
        Some(Self { folder, program })
    }

    fn kept<E>(&self, kind: &str, input: &[&str], make: impl FnOnce() -> Result<String, E>) -> Result<String, E> {
        let key = Key::new(&self.program, kind, input);
        let path = self.path(&key);
        if let Some(text) = entry::read(&path, &key) {
            return Ok(text);
        }
        let text = make()?;
        entry::write(&path, &key, &text);
        Ok(text)
    }

    fn path(&self, key: &Key) -> PathBuf {
        entry::path(Path::new(&self.folder), key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    fn cache(folder: &Path, program: &str) -> Cache {
        Cache { folder: folder.into(), program: program.into() }
    }

    /// What `cache` has for `input`, or `fresh`.
    fn ask(cache: &Cache, input: &[&str], fresh: &str) -> String {
        cache.kept("test", input, || Ok::<_, Infallible>(fresh.to_string())).unwrap()
    }

    #[test]
    fn what_was_made_is_kept_for_its_program_and_input() {
        let folder = tempfile::tempdir().unwrap();
        let first = cache(folder.path(), "one");
        assert_eq!(ask(&first, &["a"], "1"), "1");
        assert_eq!(ask(&first, &["a"], "2"), "1");
        assert_eq!(ask(&first, &["a", ""], "3"), "3");
        assert_eq!(ask(&first, &["", "a"], "4"), "4");
        assert_eq!(ask(&cache(folder.path(), "two"), &["a"], "5"), "5");
    }

    #[test]
    fn errors_are_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(folder.path(), "one");
        assert_eq!(cache.kept("test", &["a"], || Err("no")), Err("no"));
        assert_eq!(ask(&cache, &["a"], "1"), "1");
    }

    #[test]
    fn damage_is_as_if_nothing_were_there() {
        let folder = tempfile::tempdir().unwrap();
        let cache = cache(folder.path(), "one");
        ask(&cache, &["a"], "first");
        let path = cache.path(&Key::new("one", "test", &["a"]));
        let whole = fs::read(&path).unwrap();
        let mut changed = whole.clone();
        *changed.last_mut().unwrap() ^= 1;
        let other = fs::read({
            ask(&cache, &["b"], "of another");
            cache.path(&Key::new("one", "test", &["b"]))
        });
        for damaged in [&whole[..whole.len() - 1], &whole[..10], &[], &changed, b"\xff\xfe", &other.unwrap()] {
            fs::write(&path, damaged).unwrap();
            assert_eq!(ask(&cache, &["a"], "again"), "again", "{damaged:?}");
            assert_eq!(ask(&cache, &["a"], "third"), "again", "and it is whole again");
        }
    }

    #[test]
    fn a_cache_that_cannot_be_written_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "of somebody").unwrap();
        let cache = cache(&file, "one");
        assert_eq!(ask(&cache, &["a"], "1"), "1");
        assert_eq!(ask(&cache, &["a"], "2"), "2");
        assert_eq!(fs::read_to_string(&file).unwrap(), "of somebody");
    }

    #[test]
    fn the_environment_names_the_folder() {
        assert_eq!(folder(Some("/a".into())), Some("/a".into()));
        assert_eq!(folder(Some(OsString::new())), None);
        assert!(folder(None).is_none_or(|folder| folder.ends_with("qabook")));
    }
}
