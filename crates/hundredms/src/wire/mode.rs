//! How the current parse treats values that do not quite match, and whether it had to normalise anything.
//!
//! They are thread-locals because `Deserialize` takes no argument for them. Parsing is synchronous and never yields, so
//! thread-locals around one parse are enough, and only unusual values read them.

use std::cell::Cell;

/// How to treat a value in another spelling, or an unknown field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A response of the service: normalise what is possible, keep what is unknown.
    Lenient,
    /// Arguments of a caller: refuse everything that is not exactly right.
    Strict,
}

thread_local! {
    static MODE: Cell<Mode> = const { Cell::new(Mode::Lenient) };
    static NORMALISED: Cell<bool> = const { Cell::new(false) };
    static LACKS_LIST: Cell<bool> = const { Cell::new(false) };
}

/// The mode of the current parse on this thread.
pub(crate) fn mode() -> Mode {
    MODE.get()
}

/// Record that the value differs from the text on the wire.
pub(crate) fn note_normalised() {
    NORMALISED.set(true);
}

/// Record that a list was missing.
pub(crate) fn note_missing_list() {
    NORMALISED.set(true);
    LACKS_LIST.set(true);
}

/// What a parse recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Notes {
    /// The value differs from the text.
    pub(crate) normalised: bool,
    /// A list was missing, or null.
    pub(crate) lacks_list: bool,
}

/// A parse in a mode. When it is dropped, everything is as before.
struct Parse(Mode, bool, bool);

// Compiled once, and not for each type.
impl Parse {
    #[inline(never)]
    fn begin(mode: Mode) -> Self {
        Self(
            MODE.replace(mode),
            NORMALISED.replace(false),
            LACKS_LIST.replace(false),
        )
    }
}

impl Drop for Parse {
    #[inline(never)]
    fn drop(&mut self) {
        MODE.set(self.0);
        NORMALISED.set(self.1);
        LACKS_LIST.set(self.2);
    }
}

/// Run `read` in `mode`, and return what it recorded.
pub(crate) fn with_mode<T>(mode: Mode, read: impl FnOnce() -> T) -> (T, Notes) {
    let _parse = Parse::begin(mode);
    let value = read();
    (value, notes())
}

#[inline(never)]
fn notes() -> Notes {
    Notes {
        normalised: NORMALISED.get(),
        lacks_list: LACKS_LIST.get(),
    }
}
