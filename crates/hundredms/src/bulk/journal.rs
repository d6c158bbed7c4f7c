//! [`Journal`]: the keys of the items that are done, in a file, so that a run can be resumed.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::hash::{DefaultHasher, Hasher as _};
use std::io::{BufRead as _, BufReader, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// How often the file is written to the disk while items are done.
const SYNC: Duration = Duration::from_secs(1);

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    /// Version of the format.
    hundredms_journal: u32,
    /// Name of the run.
    name: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    done: std::borrow::Cow<'a, str>,
}

/// The keys of the items that are done, in a file to which lines are appended.
///
/// Each line is JSON: the first names the run, each other has the key of an item. A key is written when its call has succeeded. It
/// survives the end of the process, however that ends, and once a second the file is forced to the disk, so that a failure of the
/// machine loses at most the keys of the last second. An incomplete last line is removed when the file is opened.
///
/// Only one process can have the journal open. About 50 bytes of memory are used for each key.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    name: String,
    state: Mutex<State>,
    syncing: Arc<AtomicBool>,
}

#[derive(Debug)]
struct State {
    file: File,
    done: HashSet<u128>,
    synced: Instant,
}

impl Journal {
    /// Open the journal of the run `name`, or create it.
    ///
    /// # Errors
    ///
    /// `configuration` if the file is no journal, is of another run, or is open in another process. `file` if it cannot be read or
    /// written.
    pub fn open(path: impl Into<PathBuf>, name: impl Into<String>) -> Result<Self> {
        let (path, name) = (path.into(), name.into());
        let file = open(&path)?;
        let state = read(&path, &name, file)?;
        Ok(Self {
            path,
            name,
            state: Mutex::new(state),
            syncing: Arc::default(),
        })
    }

    /// Return the name of the run.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Return whether the item with this key is done.
    pub fn contains(&self, key: &str) -> bool {
        self.state().done.contains(&digest(key))
    }

    /// Return how many items are done.
    pub fn len(&self) -> usize {
        self.state().done.len()
    }

    /// Return whether no item is done.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Add the key of an item that is done.
    ///
    /// # Errors
    ///
    /// `file` if it cannot be written.
    pub fn add(&self, key: &str) -> Result<()> {
        let mut state = self.state();
        if !state.done.insert(digest(key)) {
            return Ok(());
        }
        let line = line(&Line { done: key.into() });
        let written = state.file.write_all(&line);
        written.map_err(|cause| Error::of_file(&self.path, "cannot be written", cause))?;
        if state.synced.elapsed() < SYNC || self.syncing.swap(true, Ordering::AcqRel) {
            return Ok(());
        }
        state.synced = Instant::now();
        // On a thread of its own: this may be that of an event loop.
        let (file, syncing) = (state.file.try_clone(), self.syncing.clone());
        std::thread::spawn(move || {
            if let Ok(file) = file {
                let _ = file.sync_data();
            }
            syncing.store(false, Ordering::Release);
        });
        Ok(())
    }

    /// Force what was written to the disk.
    ///
    /// # Errors
    ///
    /// `file` if that fails.
    pub fn sync(&self) -> Result<()> {
        let synced = self.state().file.sync_data();
        synced.map_err(|cause| Error::of_file(&self.path, "cannot be written", cause))
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        let _ = self.sync();
    }
}

/// A digest of 128 bits, so that keys of any length take the same memory.
fn digest(key: &str) -> u128 {
    let half = |first: u8| {
        let mut hasher = DefaultHasher::new();
        hasher.write_u8(first);
        hasher.write(key.as_bytes());
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}

fn line(value: &impl Serialize) -> Vec<u8> {
    let mut line = serde_json::to_vec(value).unwrap_or_default();
    line.push(b'\n');
    line
}

fn open(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt as _;
        // Others may read it.
        options.share_mode(1);
    }
    let in_use = || {
        let problem = "is open in another run: wait for its end, or use another journal";
        Error::configuration(format!("journal: {} {problem}", path.display()))
    };
    let file = options.open(path).map_err(|cause| {
        // Windows says that others share it.
        if cfg!(windows) && cause.raw_os_error() == Some(32) {
            in_use()
        } else {
            Error::of_file(path, "cannot be opened", cause)
        }
    })?;
    #[cfg(unix)]
    {
        use rustix::fs::{FlockOperation, flock};
        use rustix::io::Errno;
        // Some network file systems have no locks.
        if let Err(Errno::WOULDBLOCK) = flock(&file, FlockOperation::NonBlockingLockExclusive) {
            return Err(in_use());
        }
    }
    Ok(file)
}

/// Read the keys, and remove an incomplete last line.
fn read(path: &Path, name: &str, mut file: File) -> Result<State> {
    let unreadable = |cause| Error::of_file(path, "cannot be read", cause);
    let wrong = |number: usize, what: &str| {
        let path = path.display();
        Error::configuration(format!("journal: line {number} of {path} {what}"))
    };
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let mut reader = BufReader::new(&file);
    let (mut text, mut done, mut complete, mut number) = (Vec::new(), HashSet::new(), 0_u64, 0);
    loop {
        text.clear();
        let length = reader.read_until(b'\n', &mut text).map_err(unreadable)?;
        if !text.ends_with(b"\n") {
            break;
        }
        number += 1;
        if number == 1 {
            let head: Head = serde_json::from_slice(&text)
                .map_err(|_| wrong(1, "is not that of a journal: use another file"))?;
            if head.hundredms_journal != 1 {
                return Err(wrong(1, "is of a journal of a later version"));
            }
            if head.name != name {
                return Err(Error::configuration(format!(
                    "journal: {} is of the run {:?}, not of {name:?}: use another file, or the name of that run",
                    path.display(),
                    head.name
                )));
            }
        } else {
            let line: Line<'_> =
                serde_json::from_slice(&text).map_err(|_| wrong(number, "is damaged"))?;
            done.insert(digest(&line.done));
        }
        complete += length as u64;
    }
    // Only the beginning of a first line, or no line, may be completed.
    if number == 0
        && !text.is_empty()
        && !b"{\"hundredms_journal\":".starts_with(&text[..text.len().min(21)])
    {
        return Err(wrong(1, "is not that of a journal: use another file"));
    }
    let unwritable = |cause| Error::of_file(path, "cannot be written", cause);
    if !text.is_empty() {
        file.set_len(complete).map_err(unwritable)?;
    }
    if number == 0 {
        let head = Head {
            hundredms_journal: 1,
            name: name.to_owned(),
        };
        file.write_all(&line(&head)).map_err(unwritable)?;
        file.sync_data().map_err(unwritable)?;
    }
    Ok(State {
        file,
        done,
        synced: Instant::now(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let path =
                std::env::temp_dir().join(format!("hundredms-{}-{name}", std::process::id()));
            let _ = std::fs::remove_file(&path);
            Self(path)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    #[test]
    fn keys_are_there_after_it_is_opened_again() {
        let file = Scratch::new("journal-keys");
        let journal = Journal::open(&file.0, "import").expect("a journal");
        assert!(journal.is_empty() && !journal.contains("a"));
        journal.add("a").expect("written");
        journal.add("line\n\"two\"").expect("written");
        journal.add("a").expect("written");
        drop(journal);
        let text = std::fs::read_to_string(&file.0).expect("text");
        assert_eq!(text.lines().count(), 3, "{text}");
        let journal = Journal::open(&file.0, "import").expect("a journal");
        assert!(
            journal.contains("a") && journal.contains("line\n\"two\"") && !journal.contains("b")
        );
        assert_eq!(journal.len(), 2);
    }

    #[test]
    fn an_incomplete_last_line_is_removed_wherever_it_ends() {
        let file = Scratch::new("journal-torn");
        let whole = b"{\"hundredms_journal\":1,\"name\":\"run\"}\n{\"done\":\"a\"}\n";
        for length in 0..whole.len() {
            std::fs::write(&file.0, &whole[..length]).expect("written");
            let journal = Journal::open(&file.0, "run").expect("a journal");
            assert!(!journal.contains("a"), "{length}");
            journal.add("b").expect("written");
            drop(journal);
            let journal = Journal::open(&file.0, "run").expect("a journal");
            assert!(journal.contains("b") && journal.len() == 1, "{length}");
        }
    }

    #[test]
    fn another_run_and_other_files_are_refused_and_not_changed() {
        let file = Scratch::new("journal-other");
        drop(Journal::open(&file.0, "one").expect("a journal"));
        let error = Journal::open(&file.0, "two").expect_err("another run");
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(
            error
                .to_string()
                .contains("is of the run \"one\", not of \"two\""),
            "{error}"
        );
        for text in ["notes of mine", "name,age\nada,36\n", "{\"done\":\"a\"}\n"] {
            std::fs::write(&file.0, text).expect("written");
            let error = Journal::open(&file.0, "two").expect_err("no journal");
            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert_eq!(std::fs::read_to_string(&file.0).expect("text"), text);
        }
        std::fs::write(
            &file.0,
            "{\"hundredms_journal\":1,\"name\":\"two\"}\n{\"done\":\n",
        )
        .expect("written");
        let error = Journal::open(&file.0, "two").expect_err("damaged");
        assert!(error.to_string().contains("line 2 of"), "{error}");
    }

    #[test]
    fn a_journal_is_open_once() {
        let file = Scratch::new("journal-twice");
        let journal = Journal::open(&file.0, "run").expect("a journal");
        let error = Journal::open(&file.0, "run").expect_err("open");
        assert!(
            error.to_string().contains("is open in another run"),
            "{error}"
        );
        drop(journal);
        Journal::open(&file.0, "run").expect("free again");
    }
}
