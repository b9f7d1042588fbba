use std::{
    fs, io,
    path::{Path, PathBuf},
};

use directories::ProjectDirs;

/// The folder in which Statlens keeps everything of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    root: PathBuf,
}

/// Why there is no folder to keep things in.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// The system names no home folder.
    #[error(
        "No home folder is known for this user. Set STATLENS_HOME to a folder that Statlens may write to"
    )]
    Unknown,
    /// The folder could not be made.
    #[error("The folder {} could not be made: {source}. Set STATLENS_HOME to a folder that Statlens may write to", path.display())]
    Create {
        /// Which folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Home {
    /// The folder that `STATLENS_HOME` names, else the system's folder for the data of programs.
    ///
    /// # Errors
    /// When there is neither, or it cannot be made.
    pub fn find() -> Result<Self, HomeError> {
        let named = std::env::var_os("STATLENS_HOME").filter(|folder| !folder.is_empty());
        if let Some(folder) = named {
            return Self::at(Path::new(&folder));
        }
        let folders = ProjectDirs::from("", "", "Statlens").ok_or(HomeError::Unknown)?;
        Self::at(folders.data_local_dir())
    }

    /// This folder, made if it is not there, for the user's eyes only.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn at(root: &Path) -> Result<Self, HomeError> {
        create_private(root)?;
        Ok(Self { root: root.to_owned() })
    }

    /// The folder itself, which holds `history.db`.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The file that eframe keeps the window's place and layout in.
    #[must_use]
    pub fn window_file(&self) -> PathBuf {
        self.root.join("window.ron")
    }

    /// The folder of query files, made if it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn queries(&self) -> Result<PathBuf, HomeError> {
        self.folder("queries")
    }

    /// The folder of logs and panic reports, made if it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn logs(&self) -> Result<PathBuf, HomeError> {
        self.folder("logs")
    }

    fn folder(&self, name: &str) -> Result<PathBuf, HomeError> {
        let path = self.root.join(name);
        create_private(&path)?;
        Ok(path)
    }
}

pub(super) fn create_private(path: &Path) -> Result<(), HomeError> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|source| HomeError::Create { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_made_for_the_user_alone() {
        let parent = tempfile::tempdir().unwrap();
        let home = Home::at(&parent.path().join("a/b")).unwrap();
        let logs = home.logs().unwrap();
        assert!(logs.is_dir());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(home.root()).unwrap().permissions().mode() & 0o777, 0o700);
        }
    }

    #[test]
    fn a_file_in_the_way_is_named() {
        let parent = tempfile::tempdir().unwrap();
        let file = parent.path().join("taken");
        fs::write(&file, "").unwrap();
        let error = Home::at(&file.join("home")).unwrap_err().to_string();
        assert!(error.contains("taken") && error.contains("STATLENS_HOME"), "{error}");
    }
}
