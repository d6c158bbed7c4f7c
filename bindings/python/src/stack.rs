//! How much stack a thread has left.

/// Return whether this thread has so many bytes of its stack left. False where that is not known.
pub(crate) fn has_left(bytes: usize) -> bool {
    let here = 0_u8;
    (&raw const here).addr().saturating_sub(lowest()) >= bytes
}

/// Return the lowest address of this thread's stack, or the highest of all where that is not known.
#[cfg(target_os = "linux")]
fn lowest() -> usize {
    use std::cell::Cell;

    thread_local! {
        static LOWEST: Cell<Option<usize>> = const { Cell::new(None) };
    }
    LOWEST.get().unwrap_or_else(|| {
        let lowest = ask().unwrap_or(usize::MAX);
        LOWEST.set(Some(lowest));
        lowest
    })
}

#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "there is no safe function for it")]
fn ask() -> Option<usize> {
    let mut attributes = std::mem::MaybeUninit::uninit();
    let mut lowest = std::ptr::null_mut();
    let mut size = 0;
    // SAFETY: the attributes are initialised by the first function, if it returns 0, and are not used after the last one. The others
    // write what they are given a pointer to.
    unsafe {
        if libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr()) != 0 {
            return None;
        }
        let found =
            libc::pthread_attr_getstack(attributes.as_ptr(), &raw mut lowest, &raw mut size);
        libc::pthread_attr_destroy(attributes.as_mut_ptr());
        (found == 0).then(|| lowest.addr())
    }
}

#[cfg(not(target_os = "linux"))]
fn lowest() -> usize {
    usize::MAX
}
