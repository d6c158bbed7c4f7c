//! [`NewFile`] and [`write_whole`]: files that are complete or absent.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

/// A file that has another name until it is complete. An incomplete one is removed when this is dropped.
#[derive(Debug)]
pub(crate) struct NewFile {
    file: fs::File,
    /// Its name until it is complete, which no other run uses.
    part: PathBuf,
    to: PathBuf,
}

impl NewFile {
    /// Create the file that [`finish`](Self::finish) moves to a path.
    pub(crate) fn create(to: impl AsRef<Path>) -> io::Result<Self> {
        Self::open(to.as_ref(), fs::OpenOptions::new())
    }

    /// Create one that only its owner can read.
    pub(crate) fn create_private(to: impl AsRef<Path>) -> io::Result<Self> {
        let mut options = fs::OpenOptions::new();
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Self::open(to.as_ref(), options)
    }

    fn open(to: &Path, mut options: fs::OpenOptions) -> io::Result<Self> {
        let to = to.to_owned();
        let mut part = to.clone().into_os_string();
        part.push(format!(".{}.part", Uuid::new_v4().simple()));
        let part = PathBuf::from(part);
        let file = options.write(true).create_new(true).open(&part)?;
        Ok(Self { file, part, to })
    }

    /// Move it to its path, instead of a file there.
    pub(crate) fn finish(self) -> io::Result<()> {
        fs::rename(&self.part, &self.to)
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Write a text to a new file.
pub(crate) fn write_whole(file: NewFile, text: &str) -> io::Result<()> {
    let mut file = file;
    file.write_all(text.as_bytes())?;
    file.finish()
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // After a rename, nothing has this name.
        let _ = fs::remove_file(&self.part);
    }
}
