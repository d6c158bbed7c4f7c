//! How the current read treats what does not quite fit, and whether it had to mend anything.
//!
//! Decoding is synchronous and never yields, so two thread-locals around one read are enough, and they cost nothing on the
//! usual path: they are looked at only where something is unusual.

use std::cell::Cell;

/// What a read does with a value of another spelling, or a field it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// An answer of the service: mend what can be mended, keep what is unknown.
    Lenient,
    /// Arguments of a caller: refuse what is not exactly right.
    Strict,
}

thread_local! {
    static MODE: Cell<Mode> = const { Cell::new(Mode::Lenient) };
    static NORMALISED: Cell<bool> = const { Cell::new(false) };
    static LACKS_LIST: Cell<bool> = const { Cell::new(false) };
}

/// The mode of the read under way on this thread.
pub(crate) fn mode() -> Mode {
    MODE.get()
}

/// Say that the value read differs from the value on the wire.
pub(crate) fn note_normalised() {
    NORMALISED.set(true);
}

/// Say that a list was not there.
pub(crate) fn note_missing_list() {
    NORMALISED.set(true);
    LACKS_LIST.set(true);
}

/// What was noted of a read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Noted {
    /// The value says something else than the text.
    pub(crate) normalised: bool,
    /// A list was not there, or null.
    pub(crate) lacks_list: bool,
}

/// Run `read` in `mode`, and give what was noted meanwhile.
pub(crate) fn normalised<T>(mode: Mode, read: impl FnOnce() -> T) -> (T, Noted) {
    struct Restore(Mode, bool, bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            MODE.set(self.0);
            NORMALISED.set(self.1);
            LACKS_LIST.set(self.2);
        }
    }
    let _restore = Restore(
        MODE.replace(mode),
        NORMALISED.replace(false),
        LACKS_LIST.replace(false),
    );
    let value = read();
    let noted = Noted {
        normalised: NORMALISED.get(),
        lacks_list: LACKS_LIST.get(),
    };
    (value, noted)
}
