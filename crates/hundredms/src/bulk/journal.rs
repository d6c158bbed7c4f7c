//! [`Journal`]: the keys of the items that are done, in a file, so that a run can be resumed.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::hash::{DefaultHasher, Hasher as _};
use std::io::{BufRead as _, BufReader, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// How long the end of a run waits for the thread that writes to the disk.
const LONGEST_SYNC: Duration = Duration::from_secs(10);

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
/// survives the end of the process, however that ends. It is forced to the disk within a second, so that a failure of the machine
/// loses at most the keys of the last second. An incomplete last line is removed when the file is opened.
///
/// Only one process can have the journal open. About 50 bytes of memory are used for each key.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    name: String,
    state: Mutex<State>,
    syncing: Arc<Syncing>,
}

#[derive(Debug)]
struct State {
    file: File,
    done: HashSet<u128>,
    /// The length of the file up to the last complete line.
    complete: u64,
    /// Whether there may be an incomplete line after it.
    is_torn: bool,
}

impl State {
    /// Append a complete line, or nothing.
    fn append(&mut self, line: &[u8]) -> std::io::Result<()> {
        if self.is_torn {
            self.cut()?;
        }
        if let Err(error) = self.file.write_all(line) {
            self.is_torn = true;
            // If that fails too, the next line is not written before it.
            let _ = self.cut();
            return Err(error);
        }
        self.complete += line.len() as u64;
        Ok(())
    }

    /// Remove an incomplete last line.
    fn cut(&mut self) -> std::io::Result<()> {
        self.file.set_len(self.complete)?;
        self.file.seek(SeekFrom::Start(self.complete))?;
        self.is_torn = false;
        Ok(())
    }
}

/// The thread that forces the file to the disk: this may be that of an event loop. It is started with the first key.
#[derive(Debug, Default)]
struct Syncing {
    state: Mutex<SyncState>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct SyncState {
    has_thread: bool,
    /// The file, if it has lines that were not forced to the disk.
    file: Option<File>,
    /// Whether that happens now.
    is_busy: bool,
    is_closed: bool,
    failed: Option<std::io::Error>,
}

impl Syncing {
    fn state(&self) -> MutexGuard<'_, SyncState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Force `file` to the disk within a second.
    fn request(self: &Arc<Self>, file: &File) -> std::io::Result<()> {
        let mut state = self.state();
        if state.file.is_some() {
            return Ok(());
        }
        if !state.has_thread {
            let syncing = self.clone();
            let thread = std::thread::Builder::new().name("hundredms-journal".to_owned());
            state.has_thread = thread.spawn(move || syncing.run()).is_ok();
        }
        match file.try_clone() {
            Ok(file) if state.has_thread => {
                state.file = Some(file);
                self.changed.notify_all();
                Ok(())
            }
            // Rather slowly than not at all.
            _ => file.sync_data(),
        }
    }

    fn run(&self) {
        let mut state = self.state();
        while !state.is_closed {
            if state.file.is_none() {
                let changed = self.changed.wait(state);
                state = changed.unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let waited = self
                .changed
                .wait_timeout_while(state, SYNC, |state| !state.is_closed);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            let Some(file) = state.file.take() else {
                continue;
            };
            state.is_busy = true;
            drop(state);
            let synced = file.sync_data();
            // It keeps the lock of the file.
            #[cfg_attr(
                target_arch = "wasm32",
                expect(clippy::drop_non_drop, reason = "there are no files there")
            )]
            drop(file);
            state = self.state();
            state.is_busy = false;
            state.failed = synced.err().or(state.failed.take());
            self.changed.notify_all();
        }
    }

    /// End the thread. Afterwards it does not have the file.
    fn close(&self) {
        let mut state = self.state();
        state.is_closed = true;
        state.file = None;
        self.changed.notify_all();
        let ended = self
            .changed
            .wait_timeout_while(state, LONGEST_SYNC, |state| state.is_busy);
        drop(ended);
    }
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
        let digest = digest(key);
        if state.done.contains(&digest) {
            return Ok(());
        }
        let line = line(&Line { done: key.into() });
        let written = state.append(&line);
        written.map_err(|cause| Error::of_file(&self.path, "cannot be written", cause))?;
        state.done.insert(digest);
        let requested = self.syncing.request(&state.file);
        requested.map_err(|cause| Error::of_file(&self.path, "cannot be written", cause))
    }

    /// Force what was written to the disk.
    ///
    /// # Errors
    ///
    /// `file` if that fails, or has failed since the last time.
    pub fn sync(&self) -> Result<()> {
        let synced = self.state().file.sync_data();
        let failed = self.syncing.state().failed.take();
        let synced = failed.map_or(synced, Err);
        synced.map_err(|cause| Error::of_file(&self.path, "cannot be written", cause))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.syncing.close();
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
    // Not for appending: Windows does not truncate such a file. The lock excludes others that write.
    options.read(true).write(true).create(true).truncate(false);
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
    file.seek(SeekFrom::Start(complete)).map_err(unwritable)?;
    if number == 0 {
        let head = Head {
            hundredms_journal: 1,
            name: name.to_owned(),
        };
        let head = line(&head);
        file.write_all(&head).map_err(unwritable)?;
        file.sync_data().map_err(unwritable)?;
        complete += head.len() as u64;
        sync_folder(path);
    }
    Ok(State {
        file,
        done,
        complete,
        is_torn: false,
    })
}

/// Force the name of a new file to the disk. Some file systems cannot.
fn sync_folder(path: &Path) {
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let folder = File::open(folder.unwrap_or(Path::new(".")));
        let _ = folder.and_then(|folder| folder.sync_all());
    }
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
    fn a_key_that_could_not_be_written_is_not_done_and_leaves_no_part_of_it() {
        let file = Scratch::new("journal-full");
        let journal = Journal::open(&file.0, "run").expect("a journal");
        journal.add("a").expect("written");
        let read_only = File::open(&file.0).expect("the file");
        let writable = std::mem::replace(&mut journal.state().file, read_only);
        journal.add("b").expect_err("it cannot be written");
        journal.add("b").expect_err("it cannot be written");
        assert!(!journal.contains("b") && journal.len() == 1);
        // A part of the line was written.
        (&writable).write_all(b"{\"don").expect("written");
        journal.state().file = writable;
        journal.add("c").expect("written");
        journal.add("b").expect("written");
        drop(journal);
        let text = std::fs::read_to_string(&file.0).expect("text");
        assert_eq!(
            text,
            "{\"hundredms_journal\":1,\"name\":\"run\"}\n{\"done\":\"a\"}\n{\"done\":\"c\"}\n{\"done\":\"b\"}\n"
        );
    }

    #[test]
    fn the_last_keys_are_forced_to_the_disk_though_none_follows() {
        let file = Scratch::new("journal-lull");
        let journal = Journal::open(&file.0, "run").expect("a journal");
        for key in ["a", "b"] {
            journal.add(key).expect("written");
            assert!(journal.syncing.state().file.is_some());
            let state = journal.syncing.state();
            let waits = |state: &mut SyncState| state.file.is_some() || state.is_busy;
            let timeout = Duration::from_secs(30);
            let waited = journal
                .syncing
                .changed
                .wait_timeout_while(state, timeout, waits);
            assert!(!waited.expect("no panic").1.timed_out());
        }
        journal.add("c").expect("written");
        // Whatever the thread does, the file is free.
        drop(journal);
        Journal::open(&file.0, "run").expect("free again");
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
