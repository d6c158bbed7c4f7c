//! What there is to say of a request that is sent nevertheless: words and fields that this version does not know.
//!
//! Checking a request is synchronous, so a thread-local around it is enough. A check notes what it finds under its own name; those
//! around it add theirs, as with a [`Violation`](crate::check::Violation).

use std::cell::{Cell, RefCell};
use std::fmt;

thread_local! {
    static HINTS: RefCell<Vec<Hint>> = const { RefCell::new(Vec::new()) };
    /// How many there are: cheaper to look at, field by field.
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

struct Hint {
    path: String,
    what: What,
}

enum What {
    Word(String, &'static [&'static str]),
    Field,
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            What::Word(word, known) => write!(
                f,
                "{}: `{word}` is not one of {}: sent as it is",
                self.path,
                known.join(", ")
            ),
            What::Field => f.write_str(&unknown_field(&self.path)),
        }
    }
}

/// What is said of a field that this version does not know.
pub(crate) fn unknown_field(path: &str) -> String {
    format!("`{path}` is not a field that this version knows: sent as it is")
}

/// Note a word that is not one of `known`.
pub(crate) fn note_word(word: &str, known: &'static [&'static str]) {
    note(String::new(), What::Word(word.to_owned(), known));
}

/// Note a field that is not known.
pub(crate) fn note_field(name: &str) {
    note(name.to_owned(), What::Field);
}

fn note(path: String, what: What) {
    HINTS.with_borrow_mut(|hints| hints.push(Hint { path, what }));
    COUNT.set(COUNT.get() + 1);
}

/// How much was noted before: what comes after it is to be placed.
pub(crate) struct Mark(usize);

impl Mark {
    /// Give the present mark.
    pub(crate) fn now() -> Self {
        Self(COUNT.get())
    }

    /// Place what was noted since under the field `name`, and mark the present.
    #[inline]
    pub(crate) fn under(&mut self, name: &str) {
        if COUNT.get() > self.0 {
            self.place(name);
        }
    }

    /// Place what was noted since at `index` of a list, and mark the present.
    #[inline]
    pub(crate) fn at(&mut self, index: usize) {
        if COUNT.get() > self.0 {
            self.place(&format!("[{index}]"));
        }
    }

    #[cold]
    fn place(&mut self, name: &str) {
        HINTS.with_borrow_mut(|hints| {
            for hint in hints.iter_mut().skip(self.0) {
                hint.path = join(name, &hint.path);
            }
        });
        self.0 = COUNT.get();
    }
}

/// The path of what is at `path` in `name`.
pub(crate) fn join(name: &str, path: &str) -> String {
    let dot = if path.is_empty() || path.starts_with('[') {
        ""
    } else {
        "."
    };
    format!("{name}{dot}{path}")
}

/// Run `check`, and give what was noted meanwhile: one text, or none.
pub(crate) fn noted<T>(check: impl FnOnce() -> T) -> (T, Option<String>) {
    let _of_an_earlier_check = taken();
    let value = check();
    let hints: Vec<String> = taken().iter().map(Hint::to_string).collect();
    (value, (!hints.is_empty()).then(|| hints.join("; ")))
}

fn taken() -> Vec<Hint> {
    match COUNT.replace(0) {
        0 => Vec::new(),
        _ => HINTS.take(),
    }
}
