//! What there is to say of a request that is sent nevertheless: words and fields that this version does not know.
//!
//! Checking a request is synchronous, so a thread-local around it is enough.

use std::cell::RefCell;
use std::fmt;

thread_local! {
    static HINTS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Note something about the request that is being checked on this thread.
pub(crate) fn note(hint: fmt::Arguments<'_>) {
    HINTS.with_borrow_mut(|hints| hints.push(hint.to_string()));
}

/// Run `check`, and give what was noted meanwhile: one text, or none.
pub(crate) fn noted<T>(check: impl FnOnce() -> T) -> (T, Option<String>) {
    HINTS.with_borrow_mut(Vec::clear);
    let value = check();
    let hints = HINTS.take();
    (value, (!hints.is_empty()).then(|| hints.join("; ")))
}
