//! [`PartFile`]: a file that is being downloaded, `<path>.part`, with a note beside it, `<path>.part.json`, of what it is a part of.
//!
//! The note is written before the first byte, so that after a crash there is never a part whose version is unknown. A part belongs to
//! one download at a time: it is locked, and the system releases the lock when a process ends, however it does.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::task::JoinHandle;

use super::downloaded::IfExists;
use super::file_version::FileVersion;
use crate::error::{Error, ErrorKind, Result};

/// Bytes are written in pieces of this size.
const WRITE: usize = 1024 * 1024;

/// How often, and after which pauses, a locked part is tried again: a download that was cancelled may still write its last piece.
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: Duration = Duration::from_millis(50);

/// What a part is a part of.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    asset_id: String,
    version: FileVersion,
}

/// A file that is being downloaded.
#[derive(Debug)]
pub(super) struct PartFile {
    target: PathBuf,
    path: PathBuf,
    note: PathBuf,
    file: File,
    length: u64,
    /// Whether this download has begun to write.
    started: bool,
    finished: bool,
}

fn beside(target: &Path, extension: &str) -> PathBuf {
    let mut path = OsString::from(target);
    path.push(extension);
    path.into()
}

impl PartFile {
    /// Refuse a path that no file can be written to.
    pub(super) fn check_target(target: &Path) -> Result<()> {
        if target.is_dir() {
            let cause = system_error(io::ErrorKind::IsADirectory);
            let problem = "is a folder: name the file that is to be written";
            return Err(Error::of_file(target, problem, cause));
        }
        let folder = match target.parent() {
            Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
            Some(folder) => folder,
            None => {
                let cause = system_error(io::ErrorKind::InvalidInput);
                return Err(Error::of_file(target, "is not the path of a file", cause));
            }
        };
        match folder.metadata() {
            Ok(found) if found.is_dir() => Ok(()),
            Ok(_) => {
                let cause = system_error(io::ErrorKind::NotADirectory);
                let problem = "is not a folder, so no file can be written to it";
                Err(Error::of_file(folder, problem, cause))
            }
            Err(cause) => {
                let problem = "cannot be used: the folder of the file must exist";
                Err(Error::of_file(folder, problem, cause))
            }
        }
    }

    /// Open the part of `target`. If there is one of this asset from an earlier download, return its version too.
    pub(super) fn open(target: &Path, asset_id: &str) -> Result<(Self, Option<FileVersion>)> {
        Self::check_target(target)?;
        let (path, note) = (beside(target, ".part"), beside(target, ".part.json"));
        let file = open_locked(&path)?;
        let length = file
            .metadata()
            .map_err(|cause| unreadable(&path, cause))?
            .len();
        let mut part = Self {
            target: target.to_owned(),
            path,
            note,
            file,
            length,
            started: false,
            finished: false,
        };
        let version = part.version_of(asset_id);
        if let Some(version) = version.filter(|_| length > 0) {
            // At least one byte is fetched again, so that the storage confirms the version.
            let last = version.size.map_or(length, |size| size.saturating_sub(1));
            part.length = length.min(last);
            if part.length > 0 {
                let place = SeekFrom::Start(part.length);
                part.file
                    .seek(place)
                    .map_err(|cause| part.unwritable(cause))?;
                return Ok((part, Some(version)));
            }
        }
        part.length = 0;
        Ok((part, None))
    }

    /// How many bytes of the file it has.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    fn version_of(&self, asset_id: &str) -> Option<FileVersion> {
        let note: Note = serde_json::from_slice(&std::fs::read(&self.note).ok()?).ok()?;
        let fits = note.asset_id == asset_id && note.version.can_be_continued();
        fits.then_some(note.version)
    }

    /// Drop what is there, and note what follows.
    fn start(&mut self, asset_id: &str, version: FileVersion) -> Result<()> {
        self.length = 0;
        self.started = true;
        // A device has no length.
        if self.file.metadata().is_ok_and(|found| found.len() > 0) {
            self.file
                .set_len(0)
                .map_err(|cause| self.unwritable(cause))?;
        }
        self.file
            .seek(SeekFrom::Start(0))
            .map_err(|cause| self.unwritable(cause))?;
        let note = Note {
            asset_id: asset_id.to_owned(),
            version,
        };
        let text = serde_json::to_vec(&note).unwrap_or_default();
        std::fs::write(&self.note, text)
            .map_err(|cause| Error::of_file(&self.note, "cannot be written", cause))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file
            .write_all(bytes)
            .map_err(|cause| self.unwritable(cause))?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Make the part the file.
    fn finish(&mut self, if_exists: &IfExists) -> Result<()> {
        // Bytes of an earlier part may follow.
        let length = self.file.metadata().map(|found| found.len());
        if length.is_ok_and(|length| length > self.length) {
            self.file
                .set_len(self.length)
                .map_err(|cause| self.unwritable(cause))?;
        }
        self.file
            .sync_all()
            .map_err(|cause| self.unwritable(cause))?;
        self.place(if_exists)?;
        self.finished = true;
        let _ = std::fs::remove_file(&self.note);
        #[cfg(unix)]
        if let Some(folder) = self.target.parent() {
            let folder = if folder.as_os_str().is_empty() {
                Path::new(".")
            } else {
                folder
            };
            // Some file systems cannot do this for a folder.
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
        Ok(())
    }

    /// Give the part the name of the file.
    fn place(&self, if_exists: &IfExists) -> Result<()> {
        if *if_exists == IfExists::Refuse {
            // Unlike a rename, a link does not replace a file that appeared meanwhile.
            match std::fs::hard_link(&self.path, &self.target) {
                Ok(()) => {
                    let _ = std::fs::remove_file(&self.path);
                    return Ok(());
                }
                Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {
                    return Err(exists(&self.target, cause));
                }
                // Some file systems have no links.
                Err(_) => {}
            }
        }
        std::fs::rename(&self.path, &self.target)
            .map_err(|cause| Error::of_file(&self.target, "cannot be written", cause))
    }

    fn unwritable(&self, cause: io::Error) -> Error {
        Error::of_file(&self.path, "cannot be written", cause)
    }
}

/// A part without bytes is of no use. One with the bytes of another download stays, unless this one has begun to replace it.
impl Drop for PartFile {
    fn drop(&mut self) {
        let is_empty = || self.file.metadata().is_ok_and(|found| found.len() == 0);
        if !self.finished && self.length == 0 && (self.started || is_empty()) {
            let _ = std::fs::remove_file(&self.path);
            let _ = std::fs::remove_file(&self.note);
        }
    }
}

/// Return the error that the system would return, with its number.
pub(super) fn system_error(kind: io::ErrorKind) -> io::Error {
    #[cfg(unix)]
    {
        use rustix::io::Errno;

        let number = match kind {
            io::ErrorKind::AlreadyExists => Some(Errno::EXIST),
            io::ErrorKind::InvalidInput => Some(Errno::INVAL),
            io::ErrorKind::IsADirectory => Some(Errno::ISDIR),
            io::ErrorKind::NotADirectory => Some(Errno::NOTDIR),
            _ => None,
        };
        if let Some(number) = number {
            return number.into();
        }
    }
    kind.into()
}

pub(super) fn exists(target: &Path, cause: io::Error) -> Error {
    let problem = "is there already: pass if_exists to overwrite or skip it";
    Error::of_file(target, problem, cause)
}

fn unreadable(path: &Path, cause: io::Error) -> Error {
    Error::of_file(path, "cannot be read", cause)
}

fn open_locked(path: &Path) -> Result<File> {
    let mut tries = 0;
    loop {
        match try_open_locked(path) {
            Err(cause) if is_locked(&cause) => {
                tries += 1;
                if tries == LOCK_TRIES {
                    let problem = "is being written by another download";
                    return Err(Error::of_file(path, problem, cause));
                }
                std::thread::sleep(LOCK_PAUSE);
            }
            opened => {
                return opened.map_err(|cause| Error::of_file(path, "cannot be written", cause));
            }
        }
    }
}

#[cfg(unix)]
fn try_open_locked(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::MetadataExt as _;

    use rustix::fs::{FlockOperation, flock};

    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Err(error) if error == rustix::io::Errno::WOULDBLOCK => return Err(error.into()),
        // Some network file systems have no locks.
        _ => {}
    }
    // The download that had the lock may have finished, so that this is its result and not a part any more.
    let (opened, there) = (file.metadata()?, path.metadata());
    if there.is_ok_and(|there| there.ino() == opened.ino() && there.dev() == opened.dev()) {
        Ok(file)
    } else {
        Err(io::ErrorKind::WouldBlock.into())
    }
}

#[cfg(not(unix))]
fn try_open_locked(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt as _;

        // Others may rename or delete it, as we do when it is finished, but not open it.
        const FILE_SHARE_DELETE: u32 = 4;
        options.share_mode(FILE_SHARE_DELETE);
    }
    options.open(path)
}

fn is_locked(cause: &io::Error) -> bool {
    const SHARING_VIOLATION: i32 = 32;
    cause.kind() == io::ErrorKind::WouldBlock
        || (cfg!(windows) && cause.raw_os_error() == Some(SHARING_VIOLATION))
}

/// Run work with files on a thread that may wait.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    done(tokio::task::spawn_blocking(work)).await
}

async fn done<T>(work: JoinHandle<Result<T>>) -> Result<T> {
    match work.await {
        Ok(result) => result,
        Err(ended) if ended.is_panic() => std::panic::resume_unwind(ended.into_panic()),
        Err(_) => Err(Error::new(ErrorKind::Cancelled, "the runtime has ended")),
    }
}

/// Writes a part: collects bytes, and writes them while the next ones arrive.
pub(super) struct PartWriter {
    state: Option<State>,
    buffer: Vec<u8>,
}

enum State {
    Idle(PartFile),
    Writing(JoinHandle<Result<(PartFile, Vec<u8>)>>),
}

/// A download that is cancelled leaves what has arrived, for the next one.
impl Drop for PartWriter {
    fn drop(&mut self) {
        let rest = std::mem::take(&mut self.buffer);
        if rest.is_empty() {
            return;
        }
        match self.state.take() {
            Some(State::Idle(mut part)) => {
                let _ = part.write(&rest);
            }
            Some(State::Writing(writing)) => {
                // Outside of a runtime, nothing is written any more.
                if let Ok(runtime) = tokio::runtime::Handle::try_current() {
                    runtime.spawn(async move {
                        if let Ok((mut part, _)) = done(writing).await {
                            let _ = blocking(move || part.write(&rest)).await;
                        }
                    });
                }
            }
            None => {}
        }
    }
}

impl PartWriter {
    pub(super) fn new(part: PartFile) -> Self {
        Self {
            state: Some(State::Idle(part)),
            buffer: Vec::new(),
        }
    }

    /// Drop what was written, and note what follows.
    pub(super) async fn start(&mut self, asset_id: &str, version: FileVersion) -> Result<()> {
        self.buffer.clear();
        let (mut part, _) = self.part().await?;
        let asset_id = asset_id.to_owned();
        let part = blocking(move || {
            part.start(&asset_id, version)?;
            Ok(part)
        });
        self.state = Some(State::Idle(part.await?));
        Ok(())
    }

    /// Write bytes, at the latest when the next ones do not fit into memory with them.
    pub(super) async fn write(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            if self.buffer.capacity() == 0 {
                self.buffer.reserve_exact(WRITE);
            }
            let (now, later) = bytes.split_at(bytes.len().min(WRITE - self.buffer.len()));
            self.buffer.extend_from_slice(now);
            bytes = later;
            if self.buffer.len() == WRITE {
                self.begin_write().await?;
            }
        }
        Ok(())
    }

    /// Begin to write what was collected.
    async fn begin_write(&mut self) -> Result<()> {
        let (mut part, empty) = self.part().await?;
        let mut full = std::mem::replace(&mut self.buffer, empty);
        self.state = Some(State::Writing(tokio::task::spawn_blocking(move || {
            part.write(&full)?;
            full.clear();
            Ok((part, full))
        })));
        Ok(())
    }

    /// Write the rest to the disk.
    pub(super) async fn flush(&mut self) -> Result<()> {
        if !self.buffer.is_empty() {
            self.begin_write().await?;
        }
        let (part, _) = self.part().await?;
        self.state = Some(State::Idle(part));
        Ok(())
    }

    /// Make the part the file.
    pub(super) async fn finish(mut self, if_exists: &IfExists) -> Result<()> {
        self.flush().await?;
        let (mut part, _) = self.part().await?;
        let if_exists = if_exists.clone();
        blocking(move || part.finish(&if_exists)).await
    }

    /// Take the part when it is not being written any more, and an empty buffer.
    async fn part(&mut self) -> Result<(PartFile, Vec<u8>)> {
        match self.state.take() {
            Some(State::Idle(part)) => Ok((part, Vec::new())),
            Some(State::Writing(writing)) => done(writing).await,
            None => Err(Error::new(ErrorKind::File, "an earlier write failed")),
        }
    }
}
