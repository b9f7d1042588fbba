//! Where the bodies of answers are kept: small ones in memory, large ones in files for the user's
//! eyes only. There is a limit to both, and the folder is emptied at the start.

use std::{
    collections::VecDeque,
    fs, io,
    io::Write,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, Weak},
};

use tokio::task::spawn_blocking;

use super::home::create_private;
use crate::model::{Body, ExchangeId};

/// Larger bodies go to files.
const LARGE: usize = 64 << 10;
/// So much is kept in files; beyond, the oldest go.
const MOST_IN_FILES: usize = 256 << 20;
/// So much of large bodies is kept in memory where there is no folder.
const MOST_IN_MEMORY: usize = 64 << 20;

const FOLDER: &str = "requests";

pub(super) struct Bodies {
    folder: Option<PathBuf>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// Oldest first.
    files: VecDeque<(PathBuf, usize)>,
    bytes: usize,
    /// Large bodies in memory; whoever shows them keeps them.
    here: Vec<Weak<[u8]>>,
}

impl Bodies {
    pub(super) fn new(folder: Option<&Path>) -> Self {
        let folder = folder.map(|folder| folder.join(FOLDER)).filter(|folder| match prepare(folder) {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!("large answers are not kept in {}: {error}", folder.display());
                false
            }
        });
        Self { folder, kept: Mutex::default() }
    }

    /// Puts a body where it belongs.
    pub(super) async fn keep(self: &Arc<Self>, id: ExchangeId, attempt: usize, body: Body) -> Body {
        let Body::Here(bytes) = body else { return body };
        if bytes.len() <= LARGE {
            return Body::Here(bytes);
        }
        let Some(folder) = self.folder.clone() else { return self.keep_here(bytes) };
        let (this, length) = (self.clone(), bytes.len());
        // Another program may keep its own in the same folder.
        let path = folder.join(format!("{}-{}-{}.body", std::process::id(), id.0, attempt + 1));
        let writing = spawn_blocking(move || {
            let written = write_private(&path, &bytes);
            written.map(|()| this.note(path, length))
        });
        match writing.await {
            Ok(Ok(path)) => Body::InFile { path, bytes: length },
            Ok(Err(error)) => {
                tracing::warn!("the body of an answer could not be kept: {error}");
                Body::Gone(length)
            }
            Err(_) => Body::Gone(length),
        }
    }

    fn keep_here(&self, bytes: Arc<[u8]>) -> Body {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.here.retain(|body| body.strong_count() > 0);
        let held: usize = kept.here.iter().filter_map(Weak::upgrade).map(|body| body.len()).sum();
        if held + bytes.len() > MOST_IN_MEMORY {
            return Body::Gone(bytes.len());
        }
        kept.here.push(Arc::downgrade(&bytes));
        Body::Here(bytes)
    }

    fn note(&self, path: PathBuf, bytes: usize) -> Arc<Path> {
        let told = Arc::from(path.as_path());
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.files.push_back((path, bytes));
        kept.bytes += bytes;
        while kept.bytes > MOST_IN_FILES
            && let Some((oldest, bytes)) = kept.files.pop_front()
        {
            kept.bytes -= bytes;
            // One that is gone already is as good.
            let _ = fs::remove_file(oldest);
        }
        told
    }
}

/// Makes the folder, and empties it of what an earlier start left.
fn prepare(folder: &Path) -> io::Result<()> {
    create_private(folder).map_err(io::Error::other)?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "body") {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(bytes: usize) -> Body {
        Body::Here(vec![b'x'; bytes].into())
    }

    #[tokio::test]
    async fn large_bodies_go_to_private_files_that_the_next_start_removes() {
        let home = tempfile::tempdir().unwrap();
        let bodies = Arc::new(Bodies::new(Some(home.path())));
        assert_eq!(bodies.keep(ExchangeId(1), 0, body(10)).await, body(10));
        let kept = bodies.keep(ExchangeId(2), 1, body(LARGE + 1)).await;
        let Body::InFile { path, bytes } = kept else { panic!("{kept:?}") };
        assert_eq!((fs::read(&path).unwrap().len(), bytes), (LARGE + 1, LARGE + 1));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let _ = Bodies::new(Some(home.path()));
        assert!(!path.exists());
    }

    #[tokio::test]
    async fn there_is_a_limit_to_both_kinds() {
        let home = tempfile::tempdir().unwrap();
        let bodies = Arc::new(Bodies::new(Some(home.path())));
        let mut paths = Vec::new();
        for number in 0..5 {
            let Body::InFile { path, .. } = bodies.keep(ExchangeId(number), 0, body(60 << 20)).await else {
                panic!("not in a file")
            };
            paths.push(path);
        }
        let there: Vec<bool> = paths.iter().map(|path| path.exists()).collect();
        assert_eq!(there, [false, true, true, true, true]);
        let bodies = Arc::new(Bodies::new(None));
        let first = bodies.keep(ExchangeId(1), 0, body(60 << 20)).await;
        assert!(matches!(first, Body::Here(_)));
        assert!(matches!(bodies.keep(ExchangeId(2), 0, body(60 << 20)).await, Body::Gone(_)));
        drop(first);
        assert!(matches!(bodies.keep(ExchangeId(3), 0, body(60 << 20)).await, Body::Here(_)));
    }
}
