//! Files that are written whole or not at all.

use anyhow::{Context, Result};
use std::fs::{self, File};
use std::path::Path;

/// Writes the file at `path` by `fill`, in folders that are made when needed.
///
/// It is written next to its place and moved there when it is whole, so that no reader ever sees half of it.
///
/// # Errors
/// What `fill` reports, or a folder or file that can't be written; a file that was there before is as it was then.
pub fn write_whole(path: &Path, fill: impl FnOnce(&File) -> Result<()>) -> Result<()> {
    let failed = || format!("{} can't be written", path.display());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(failed)?;
    let unfinished = tempfile::Builder::new().prefix(".qabook-").tempfile_in(folder).with_context(failed)?;
    fill(unfinished.as_file()).with_context(failed)?;
    unfinished.as_file().sync_all().with_context(failed)?;
    make_readable(unfinished.as_file()).with_context(failed)?;
    unfinished.persist(path).with_context(failed)?;
    Ok(())
}

/// Temporary files are for their owner only; a book is for everybody.
#[cfg_attr(not(unix), allow(unused_variables, clippy::unnecessary_wraps))]
fn make_readable(file: &File) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;
    use std::io::Write;

    #[test]
    fn a_file_is_whole_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.txt");
        write_whole(&path, |mut file| Ok(file.write_all(b"one")?)).unwrap();
        let error = write_whole(&path, |mut file| {
            file.write_all(b"tw")?;
            bail!("no more")
        });
        assert!(format!("{:#}", error.unwrap_err()).ends_with("b.txt can't be written: no more"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing is left over");
    }
}
