//! [`Hints`]: values and fields of a request that this version does not know. They are sent unchanged, and reported.
//!
//! A check adds a hint under the name of its own field. The checks around it prefix the names of theirs, as with a `Violation`.

use std::fmt;

/// What is unusual about the arguments of a request.
#[derive(Debug, Default)]
#[allow(unreachable_pub)]
pub struct Hints(Vec<Hint>);

#[derive(Debug)]
struct Hint {
    path: String,
    kind: HintKind,
}

#[derive(Debug)]
enum HintKind {
    UnknownValue(String, &'static [&'static str]),
    /// A value that is not known, and the known one of which it is a misspelling.
    Misspelling(String, &'static str),
    UnknownField,
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            HintKind::UnknownValue(value, known) => write!(
                f,
                "{}: `{value}` is not one of {}: sent as it is",
                self.path,
                known.join(", ")
            ),
            HintKind::Misspelling(value, meant) => write!(
                f,
                "{}: `{value}` is not a value that this version knows; did you mean `{meant}`? It is sent as it is",
                self.path
            ),
            HintKind::UnknownField => f.write_str(&unknown_field(&self.path)),
        }
    }
}

/// The hint for a field that this version does not know.
pub(crate) fn unknown_field(path: &str) -> String {
    format!("`{path}` is not a field that this version knows: sent as it is")
}

impl Hints {
    /// Add a value that is not one of `known`.
    pub(crate) fn add_value(&mut self, value: &str, known: &'static [&'static str]) {
        self.0.push(Hint {
            path: String::new(),
            kind: HintKind::UnknownValue(value.to_owned(), known),
        });
    }

    /// Add a value that is a misspelling of `meant`.
    pub(crate) fn add_misspelling(&mut self, value: &str, meant: &'static str) {
        self.0.push(Hint {
            path: String::new(),
            kind: HintKind::Misspelling(value.to_owned(), meant),
        });
    }

    /// Add a field that is not known.
    pub(crate) fn add_field(&mut self, name: &str) {
        self.0.push(Hint {
            path: name.to_owned(),
            kind: HintKind::UnknownField,
        });
    }

    /// Return the number of hints, to pass to [`prefix`](Self::prefix) and [`prefix_index`](Self::prefix_index).
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Prefix the paths of the hints from number `first` with the field `name`.
    #[inline]
    pub(crate) fn prefix(&mut self, first: usize, name: &str) {
        if self.0.len() > first {
            self.prefix_all(first, name);
        }
    }

    /// Prefix the paths of the hints from number `first` with `index` of a list.
    #[inline]
    pub(crate) fn prefix_index(&mut self, first: usize, index: usize) {
        if self.0.len() > first {
            self.prefix_all(first, &format!("[{index}]"));
        }
    }

    #[cold]
    fn prefix_all(&mut self, first: usize, name: &str) {
        for hint in self.0.iter_mut().skip(first) {
            hint.path = join(name, &hint.path);
        }
    }

    /// Return all hints as one text. `None` if there are none.
    pub(crate) fn text(&self) -> Option<String> {
        self.text_of(|_| true)
    }

    /// Return all hints but the misspellings as one text. `None` if there are none.
    #[cfg(feature = "tracing")]
    pub(crate) fn without_warning(&self) -> Option<String> {
        self.text_of(|hint| !matches!(hint.kind, HintKind::Misspelling(..)))
    }

    /// Return the misspellings as one text. `None` if there are none.
    pub(crate) fn warning(&self) -> Option<String> {
        self.text_of(|hint| matches!(hint.kind, HintKind::Misspelling(..)))
    }

    fn text_of(&self, is_wanted: fn(&&Hint) -> bool) -> Option<String> {
        let hints: Vec<String> = self
            .0
            .iter()
            .filter(is_wanted)
            .map(Hint::to_string)
            .collect();
        (!hints.is_empty()).then(|| hints.join("; "))
    }
}

/// Join the path of a field and a path below it.
pub(crate) fn join(name: &str, path: &str) -> String {
    let dot = if path.is_empty() || path.starts_with('[') {
        ""
    } else {
        "."
    };
    format!("{name}{dot}{path}")
}
