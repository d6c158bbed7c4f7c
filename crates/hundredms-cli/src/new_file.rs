//! [`NewFile`] and [`write_whole`]: files that are complete or absent.

use std::fs;
use std::io::{self, Read as _, Seek as _, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::interruptible;

/// A file that has another name until it is complete. An incomplete one is removed when this is dropped.
///
/// What is there and is no file, such as a pipe or a terminal, is written to at once.
#[derive(Debug)]
pub(crate) struct NewFile {
    file: fs::File,
    /// Its name until it is complete, which no other run uses.
    part: Option<PathBuf>,
    to: PathBuf,
    /// The earlier file, if its folder takes no other one: what is complete is copied into it.
    earlier: Option<fs::File>,
}

impl NewFile {
    /// Create the file that [`finish`](Self::finish) moves to a path. It gets the mode of a file there.
    pub(crate) fn create(to: impl AsRef<Path>) -> io::Result<Self> {
        Self::open(to.as_ref(), false)
    }

    /// Create one that only its owner can read, where files have modes.
    pub(crate) fn create_private(to: impl AsRef<Path>) -> io::Result<Self> {
        Self::open(to.as_ref(), true)
    }

    fn open(given: &Path, is_private: bool) -> io::Result<Self> {
        let earlier = fs::metadata(given).ok();
        let is_file = earlier.as_ref().is_none_or(fs::Metadata::is_file);
        let Some(to) = resolved(given).filter(|_| is_file) else {
            let to = given.to_owned();
            let path = to.clone();
            // A pipe waits for its reader.
            let opened =
                interruptible::read(move || Ok(fs::OpenOptions::new().append(true).open(path)));
            return Ok(Self {
                file: opened.map_err(|_| io::ErrorKind::Interrupted)??,
                part: None,
                to,
                earlier: None,
            });
        };
        let ending = format!(".{}.part", Uuid::new_v4().simple());
        let mut part = to.clone().into_os_string();
        part.push(&ending);
        let part = PathBuf::from(part);
        let new = match create_new(&part, is_private) {
            Ok(file) => Self {
                file,
                part: Some(part),
                to,
                earlier: None,
            },
            Err(error) => {
                let Ok(file) = fs::OpenOptions::new().write(true).open(&to) else {
                    return Err(error);
                };
                #[cfg(unix)]
                if is_private {
                    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
                }
                let part = std::env::temp_dir().join(format!("hundredms{ending}"));
                return Ok(Self {
                    file: create_new(&part, true)?,
                    part: Some(part),
                    to,
                    earlier: Some(file),
                });
            }
        };
        #[cfg(unix)]
        if let Some(earlier) = earlier.filter(|_| !is_private) {
            use std::os::unix::fs::{MetadataExt as _, fchown};

            // Only root may give a file away.
            let _ = fchown(&new.file, Some(earlier.uid()), Some(earlier.gid()));
            new.file.set_permissions(earlier.permissions())?;
        }
        Ok(new)
    }

    /// Move it to its path, instead of a file there.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        match (&self.part, &mut self.earlier) {
            (None, _) => Ok(()),
            (Some(part), None) => fs::rename(part, &self.to),
            (Some(_), Some(earlier)) => {
                self.file.rewind()?;
                earlier.set_len(0)?;
                let mut piece = [0; 8192];
                loop {
                    match self.file.read(&mut piece)? {
                        0 => return Ok(()),
                        read => earlier.write_all(&piece[..read])?,
                    }
                }
            }
        }
    }
}

/// Return the path that links lead to, so that they stay links. `None` for a file that a process has open, such as `/dev/stdout`.
fn resolved(given: &Path) -> Option<PathBuf> {
    let mut path = given.to_owned();
    // No system follows more links.
    for _ in 0..64 {
        if path.starts_with("/proc") || path.starts_with("/dev/fd") {
            return None;
        }
        let Ok(next) = fs::read_link(&path) else {
            break;
        };
        path = path.parent().unwrap_or(Path::new("")).join(next);
    }
    Some(path)
}

fn create_new(path: &Path, is_private: bool) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    #[cfg(unix)]
    if is_private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = is_private;
    options.read(true).write(true).create_new(true).open(path)
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
        if let Some(part) = &self.part {
            let _ = fs::remove_file(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{NewFile, write_whole};

    #[test]
    fn a_file_beside_which_no_other_can_be_is_written_into() {
        // With an ending, the name is too long.
        let path = std::env::temp_dir().join(format!("{:a<240}", std::process::id()));
        let written = NewFile::create(&path).and_then(|file| write_whole(file, "new"));
        assert!(written.is_err() && !path.exists());
        fs::write(&path, "earlier").expect("a file");
        drop(NewFile::create(&path).expect("a part"));
        assert_eq!(fs::read_to_string(&path).expect("the file"), "earlier");
        for text in ["a longer text", "short"] {
            let written = NewFile::create(&path).and_then(|file| write_whole(file, text));
            written.expect("written");
            assert_eq!(fs::read_to_string(&path).expect("the file"), text);
        }
        fs::remove_file(&path).expect("removed");
    }
}
