//! [`NewFile`]: a file that is complete or absent.

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
        let to = to.as_ref().to_owned();
        let mut part = to.clone().into_os_string();
        part.push(format!(".{}.part", Uuid::new_v4().simple()));
        let part = PathBuf::from(part);
        let file = fs::File::create_new(&part)?;
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

impl Drop for NewFile {
    fn drop(&mut self) {
        // After a rename, nothing has this name.
        let _ = fs::remove_file(&self.part);
    }
}
