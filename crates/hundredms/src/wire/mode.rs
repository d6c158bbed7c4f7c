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
}

/// The mode of the read under way on this thread.
pub(crate) fn mode() -> Mode {
    MODE.get()
}

/// Say that the value read differs from the value on the wire.
pub(crate) fn note_normalised() {
    NORMALISED.set(true);
}

/// Run `read` in `mode`; tells also whether anything was normalised.
pub(crate) fn normalised<T>(mode: Mode, read: impl FnOnce() -> T) -> (T, bool) {
    struct Restore(Mode, bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            MODE.set(self.0);
            NORMALISED.set(self.1);
        }
    }
    let _restore = Restore(MODE.replace(mode), NORMALISED.replace(false));
    let value = read();
    (value, NORMALISED.get())
}
