//! Puts a new file in the place of an old one so that whoever reads it finds one of them, whole.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

/// Symbolic links that are followed one after the other, as many as systems follow.
const MOST_LINKS: usize = 40;

/// A file that is being written: beside the one whose place it takes, and hidden until it is whole.
/// Dropped before that, it leaves the old file as it was and nothing of its own.
///
/// Through a symbolic link, the file that it leads to is replaced. An existing file keeps its
/// permissions. What is no file, such as a pipe or a terminal, is written to directly.
#[derive(Debug)]
pub struct Replacement {
    /// `None` once it is written.
    file: Option<File>,
    /// Where it is written until it is whole; `None` where that is its own place.
    part: Option<PathBuf>,
    target: PathBuf,
}

impl Replacement {
    /// Begins a file. Whether its folder can be written to is known from then on. Waits for the disk.
    ///
    /// # Errors
    /// When it cannot be written there: the folder is missing, the old file is read-only, and such.
    pub fn begin(path: &Path) -> io::Result<Self> {
        let existing = match fs::metadata(path) {
            Ok(existing) => Some(existing),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        if let Some(existing) = &existing {
            if existing.is_dir() {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            if !existing.is_file() {
                let file = OpenOptions::new().write(true).open(path)?;
                return Ok(Self { file: Some(file), part: None, target: path.to_owned() });
            }
            if existing.permissions().readonly() {
                return Err(io::ErrorKind::PermissionDenied.into());
            }
        }
        let target = linked(path);
        let part = beside(&target)?;
        let file = OpenOptions::new().write(true).create_new(true).open(&part)?;
        let begun = Self { file: Some(file), part: Some(part), target };
        if let (Some(file), Some(existing)) = (&begun.file, existing) {
            file.set_permissions(existing.permissions())?;
        }
        Ok(begun)
    }

    /// Writes it and puts it in its place. Waits for the disk.
    ///
    /// # Errors
    /// When it cannot be written. The old file is as it was then.
    pub fn finish(mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        let mut buffered = BufWriter::new(file);
        write(&mut buffered)?;
        let file = buffered.into_inner().map_err(io::IntoInnerError::into_error)?;
        if let Some(part) = &self.part {
            file.sync_all()?;
            // Closed first: not every system renames a file that is open.
            drop(file);
            fs::rename(part, &self.target)?;
            self.part = None;
            sync_folder(&self.target);
        }
        Ok(())
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        self.file = None;
        if let Some(part) = &self.part {
            // Best effort: what was in the way has been reported, or nothing was asked for.
            let _ = fs::remove_file(part);
        }
    }
}

/// Writes a file in the place of an old one. Waits for the disk.
///
/// # Errors
/// When it cannot be written. The old file is as it was then.
pub fn replace(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    Replacement::begin(path)?.finish(write)
}

/// Where a chain of symbolic links ends, whether anything is there or not.
fn linked(path: &Path) -> PathBuf {
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(next) = fs::read_link(&target) else { break };
        target = match target.parent() {
            Some(folder) => folder.join(next),
            None => next,
        };
    }
    target
}

/// A name in the same folder that nobody else uses.
fn beside(target: &Path) -> io::Result<PathBuf> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let name = target.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    let mut hidden = OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}-{}.part", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
    Ok(target.with_file_name(hidden))
}

/// Makes the new name itself survive a power cut, where the system has a way to. The file is in
/// place already, so failing here is no reason to say that it was not written.
fn sync_folder(target: &Path) {
    if let Some(folder) = target.parent().filter(|_| cfg!(unix)) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, text: &'static str) -> io::Result<()> {
        replace(path, |out| out.write_all(text.as_bytes()))
    }

    #[test]
    fn a_file_appears_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        fs::write(&path, "before").unwrap();
        drop(Replacement::begin(&path).unwrap());
        replace(&path, |_| Err(io::ErrorKind::StorageFull.into())).unwrap_err();
        assert_eq!(fs::read_to_string(&path).unwrap(), "before");
        write(&path, "after").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "after");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_written_is_known_before_the_work() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Replacement::begin(&folder.path().join("no/out.csv")).is_err());
        assert!(Replacement::begin(folder.path()).is_err());
        let path = folder.path().join("fixed.csv");
        fs::write(&path, "before").unwrap();
        let mut fixed = fs::metadata(&path).unwrap().permissions();
        fixed.set_readonly(true);
        fs::set_permissions(&path, fixed).unwrap();
        assert_eq!(write(&path, "after").unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_permissions_kept() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let [real, link, further] =
            ["real/a.csv", "link.csv", "further.csv"].map(|name| folder.path().join(name));
        fs::create_dir(folder.path().join("real")).unwrap();
        symlink("real/a.csv", &link).unwrap();
        symlink("link.csv", &further).unwrap();
        write(&further, "through two links to nothing yet").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        write(&link, "after").unwrap();
        assert_eq!(fs::read_to_string(&real).unwrap(), "after");
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_directly() {
        write(Path::new("/dev/null"), "gone").unwrap();
    }
}
