//! Ids of tokens: random UUIDs. Their bytes come from the system in batches, since requesting each takes as long as signing.

use std::cell::RefCell;

use uuid::fmt::Hyphenated;

/// Bytes of an id, and how many ids a thread buffers.
const BYTES: usize = 16;
const BUFFERED: usize = 64;

struct Buffer {
    random: [[u8; BYTES]; BUFFERED],
    left: usize,
    /// A forked child must not use its parent's ids.
    process: u32,
}

thread_local! {
    static IDS: RefCell<Buffer> = const {
        RefCell::new(Buffer { random: [[0; BYTES]; BUFFERED], left: 0, process: 0 })
    };
}

/// Create an id.
pub(crate) fn jti() -> Hyphenated {
    let buffered = IDS.try_with(|buffer| buffer.try_borrow_mut().ok()?.next());
    let random = match buffered {
        Ok(Some(random)) => uuid::Builder::from_random_bytes(random).into_uuid(),
        // The thread is ending, or the system returned an error.
        _ => uuid::Uuid::new_v4(),
    };
    random.hyphenated()
}

impl Buffer {
    fn next(&mut self) -> Option<[u8; BYTES]> {
        // There, it panics.
        let process = if cfg!(target_arch = "wasm32") {
            0
        } else {
            std::process::id()
        };
        if self.left == 0 || self.process != process {
            getrandom::fill(self.random.as_flattened_mut()).ok()?;
            self.left = BUFFERED;
            self.process = process;
        }
        self.left -= 1;
        self.random.get(self.left).copied()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{BUFFERED, jti};

    #[test]
    fn no_two_ids_are_the_same_in_any_thread() {
        let many = || {
            (0..3 * BUFFERED)
                .map(|_| jti().to_string())
                .collect::<Vec<_>>()
        };
        let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(many)).collect();
        let mut ids = many();
        for thread in threads {
            ids.extend(thread.join().expect("a thread"));
        }
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), 15 * BUFFERED);
        assert!(
            ids.iter()
                .all(|id| id.len() == 36 && id.as_bytes()[14] == b'4')
        );
    }
}
