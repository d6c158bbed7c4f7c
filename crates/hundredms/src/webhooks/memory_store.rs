//! [`MemoryStore`]: remembers handled events within one process.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::future::ready;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::dedupe::{Claim, DedupeStore, Pending};
use crate::host::time::Instant;

const CAPACITY: usize = 100_000;
const MAX_DURATION: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

/// Remembers handled events within one process. Clones share one memory.
///
/// It holds 100 000 ids by default. If there are more, those that expire first are dropped. For ids longer than 128 bytes it holds
/// a digest, so its memory is limited too, to about 40 MB.
#[derive(Clone)]
pub struct MemoryStore {
    capacity: usize,
    memory: Arc<Mutex<Memory>>,
    /// Two keys for digests of 128 bits.
    keys: [RandomState; 2],
}

/// The maximum length of an id that is stored unchanged, in bytes. The service's ids have 36.
const MAX_ID_BYTES: usize = 128;

#[derive(Default)]
struct Memory {
    slots: HashMap<Arc<str>, Slot>,
    /// Ids by expiry: claims, and events that are done.
    claimed: BTreeMap<Expiry, Arc<str>>,
    done: BTreeMap<Expiry, Arc<str>>,
    next_number: u64,
}

/// When a slot expires. The number distinguishes slots with the same time.
type Expiry = (Instant, u64);

struct Slot {
    expiry: Expiry,
    /// The owner of the claim. `None` if the event is done.
    owner: Option<Box<str>>,
}

impl MemoryStore {
    /// Create an empty store.
    pub fn new() -> Self {
        Self::with_capacity(CAPACITY)
    }

    /// Create an empty store that holds this many ids, at least one.
    pub fn with_capacity(ids: usize) -> Self {
        Self {
            capacity: ids.max(1),
            memory: Arc::default(),
            keys: [RandomState::new(), RandomState::new()],
        }
    }

    /// Claim the event `id`, as [`DedupeStore::claim`] does, at once.
    pub fn claim(&self, id: &str, owner: &str, lease: Duration) -> Claim {
        self.memory(Instant::now())
            .claim(&self.stored_id(id), owner, lease, self.capacity)
    }

    /// Mark the event as done, as [`DedupeStore::done`] does, at once.
    pub fn done(&self, id: &str, ttl: Duration) {
        self.memory(Instant::now())
            .done(&self.stored_id(id), ttl, self.capacity);
    }

    /// Release the event, as [`DedupeStore::release`] does, at once.
    pub fn release(&self, id: &str, owner: &str) {
        self.memory(Instant::now())
            .release(&self.stored_id(id), owner);
    }

    /// Return the stored form of an id.
    fn stored_id<'a>(&self, id: &'a str) -> Cow<'a, str> {
        if id.len() <= MAX_ID_BYTES {
            return Cow::Borrowed(id);
        }
        let [first, second] = self.keys.each_ref().map(|key| key.hash_one(id));
        Cow::Owned(format!("{}:{first:016x}{second:016x}", id.len()))
    }

    /// Return the number of stored ids.
    pub fn len(&self) -> usize {
        self.memory(Instant::now()).memory.slots.len()
    }

    /// Return whether the store is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The memory at `now`, without expired ids.
    fn memory(&self, now: Instant) -> LockedMemory<'_> {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        memory.remove_expired(now);
        LockedMemory { memory, now }
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore")
            .field("capacity", &self.capacity)
            .finish_non_exhaustive()
    }
}

struct LockedMemory<'a> {
    memory: MutexGuard<'a, Memory>,
    now: Instant,
}

impl LockedMemory<'_> {
    fn claim(&mut self, id: &str, owner: &str, lease: Duration, capacity: usize) -> Claim {
        match self.memory.slots.get(id) {
            Some(slot) if slot.owner.is_some() => Claim::InProgress,
            Some(_) => Claim::Done,
            None => {
                let until = self.now + lease.min(MAX_DURATION);
                self.memory.put(id, Some(owner.into()), until, capacity);
                Claim::New
            }
        }
    }

    fn done(&mut self, id: &str, ttl: Duration, capacity: usize) {
        let until = self.now + ttl.min(MAX_DURATION);
        if !self.memory.finish(id, until) {
            self.memory.put(id, None, until, capacity);
        }
    }

    fn release(&mut self, id: &str, owner: &str) {
        let slot = self.memory.slots.get(id);
        if slot.is_some_and(|slot| slot.owner.as_deref() == Some(owner)) {
            self.memory.remove(id);
        }
    }
}

impl Memory {
    fn put(&mut self, id: &str, owner: Option<Box<str>>, until: Instant, capacity: usize) {
        while self.slots.len() >= capacity {
            // Events that are done are dropped before claims.
            let (_, oldest) = match self.done.pop_first() {
                Some(oldest) => oldest,
                None => match self.claimed.pop_first() {
                    Some(oldest) => oldest,
                    None => break,
                },
            };
            self.slots.remove(&oldest);
        }
        let id: Arc<str> = id.into();
        let expiry = (until, self.next_number);
        self.next_number += 1;
        let order = if owner.is_some() {
            &mut self.claimed
        } else {
            &mut self.done
        };
        order.insert(expiry, Arc::clone(&id));
        self.slots.insert(id, Slot { expiry, owner });
    }

    /// Mark a claimed or remembered event as done. Return false if the id is not stored.
    fn finish(&mut self, id: &str, until: Instant) -> bool {
        let Some(slot) = self.slots.get_mut(id) else {
            return false;
        };
        let order = if slot.owner.take().is_some() {
            &mut self.claimed
        } else {
            &mut self.done
        };
        let Some(id) = order.remove(&slot.expiry) else {
            return false;
        };
        slot.expiry = (until, self.next_number);
        self.next_number += 1;
        self.done.insert(slot.expiry, id);
        true
    }

    fn remove(&mut self, id: &str) {
        if let Some(slot) = self.slots.remove(id) {
            if slot.owner.is_some() {
                self.claimed.remove(&slot.expiry);
            } else {
                self.done.remove(&slot.expiry);
            }
        }
    }

    fn remove_expired(&mut self, now: Instant) {
        for order in [&mut self.claimed, &mut self.done] {
            while let Some(ended) = order.first_entry().filter(|first| first.key().0 <= now) {
                self.slots.remove(&ended.remove());
            }
        }
    }
}

impl DedupeStore for MemoryStore {
    fn claim<'a>(&'a self, id: &'a str, owner: &'a str, lease: Duration) -> Pending<'a, Claim> {
        Box::pin(ready(Ok(self.claim(id, owner, lease))))
    }

    fn done<'a>(&'a self, id: &'a str, ttl: Duration) -> Pending<'a, ()> {
        self.done(id, ttl);
        Box::pin(ready(Ok(())))
    }

    fn release<'a>(&'a self, id: &'a str, owner: &'a str) -> Pending<'a, ()> {
        self.release(id, owner);
        Box::pin(ready(Ok(())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn an_event_is_new_until_it_is_claimed_and_done_once_it_is_done() {
        let store = MemoryStore::new();
        assert_eq!(store.claim("1", "a", MINUTE), Claim::New);
        assert_eq!(store.claim("1", "b", MINUTE), Claim::InProgress);
        store.done("1", MINUTE);
        assert_eq!(store.claim("1", "b", MINUTE), Claim::Done);
        assert_eq!(store.claim("2", "b", MINUTE), Claim::New);
    }

    #[test]
    fn only_the_owner_gives_an_event_back() {
        let store = MemoryStore::new();
        store.claim("1", "a", MINUTE);
        store.release("1", "b");
        assert_eq!(store.claim("1", "b", MINUTE), Claim::InProgress);
        store.release("1", "a");
        assert_eq!(store.claim("1", "b", MINUTE), Claim::New);
        store.done("1", MINUTE);
        store.release("1", "b");
        assert_eq!(store.claim("1", "c", MINUTE), Claim::Done);
    }

    #[test]
    fn a_claim_ends_with_its_lease_and_what_is_done_is_forgotten_in_time() {
        let store = MemoryStore::new();
        let start = Instant::now();
        let claim = |after: Duration, owner: &str| {
            store
                .memory(start + after)
                .claim("1", owner, MINUTE, store.capacity)
        };
        assert_eq!(claim(Duration::ZERO, "a"), Claim::New);
        assert_eq!(claim(Duration::from_millis(59_999), "b"), Claim::InProgress);
        assert_eq!(claim(MINUTE, "b"), Claim::New);
        store.release("1", "a");
        assert_eq!(claim(MINUTE, "c"), Claim::InProgress);
        store
            .memory(start + MINUTE)
            .done("1", 5 * MINUTE, store.capacity);
        assert_eq!(claim(5 * MINUTE, "c"), Claim::Done);
        assert_eq!(claim(6 * MINUTE, "c"), Claim::New);
    }

    #[test]
    fn long_ids_are_told_apart_and_take_no_more_memory_than_short_ones() {
        let store = MemoryStore::new();
        let id = |number: usize| format!("{}{number}", "x".repeat(1_000_000));
        for number in 0..3 {
            assert_eq!(store.claim(&id(number), "a", MINUTE), Claim::New);
            assert_eq!(store.claim(&id(number), "b", MINUTE), Claim::InProgress);
        }
        store.done(&id(0), MINUTE);
        store.release(&id(1), "a");
        assert_eq!(store.claim(&id(0), "b", MINUTE), Claim::Done);
        assert_eq!(store.claim(&id(1), "b", MINUTE), Claim::New);
        let memory = store.memory(Instant::now()).memory;
        assert!(memory.slots.keys().all(|id| id.len() <= MAX_ID_BYTES));
    }

    #[test]
    fn no_more_than_the_capacity_is_held_and_the_oldest_goes_first() {
        let store = MemoryStore::with_capacity(3);
        assert_eq!(store.claim("held", "a", MINUTE), Claim::New);
        for id in ["1", "2", "3"] {
            store.done(id, Duration::MAX);
            assert!(store.len() <= 3);
        }
        assert_eq!(store.claim("held", "b", MINUTE), Claim::InProgress);
        assert_eq!(store.claim("2", "b", MINUTE), Claim::Done);
        assert_eq!(store.claim("1", "b", MINUTE), Claim::New);
        let memory = store.memory(Instant::now()).memory;
        assert_eq!(memory.claimed.len() + memory.done.len(), memory.slots.len());
    }
}
