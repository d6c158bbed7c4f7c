//! Ids in the service's formats: 24 hex digits that increase with time, and UUIDs.

use std::{fmt, str::FromStr};

use jiff::Timestamp;
use serde::{Serialize, Serializer};

/// 24 hex digits: seconds, five bytes of the sandbox, a counter. Ordered by creation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ObjectId([u8; 12]);

impl ObjectId {
    pub(crate) const LOWEST: Self = Self([0; 12]);
    pub(crate) const HIGHEST: Self = Self([0xff; 12]);

    /// Return the id number `counter` of `origin` and that second.
    pub(crate) fn made(time: Timestamp, origin: [u8; 5], counter: u32) -> Self {
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&seconds(time).to_be_bytes());
        bytes[4..9].copy_from_slice(&origin);
        bytes[9..].copy_from_slice(&counter.to_be_bytes()[1..]);
        Self(bytes)
    }

    /// Return the lowest id of that second.
    pub(crate) fn first_of(time: Timestamp) -> Self {
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&seconds(time).to_be_bytes());
        Self(bytes)
    }

    /// Return the highest id of that second.
    pub(crate) fn last_of(time: Timestamp) -> Self {
        let mut bytes = [0xff; 12];
        bytes[..4].copy_from_slice(&seconds(time).to_be_bytes());
        Self(bytes)
    }
}

fn seconds(time: Timestamp) -> u32 {
    u32::try_from(time.as_second().max(0)).unwrap_or(u32::MAX)
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for ObjectId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The text is not 24 hex digits, so nothing has this id.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotAnId;

impl FromStr for ObjectId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        if text.len() != 24 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NotAnId);
        }
        let mut bytes = [0; 12];
        for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(digits).map_err(|_| NotAnId)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| NotAnId)?;
        }
        Ok(Self(bytes))
    }
}

/// Creates ids that never decrease, even within one millisecond.
#[derive(Debug, Clone)]
pub(crate) struct IdSource {
    origin: [u8; 5],
    second: u32,
    counter: u32,
}

impl IdSource {
    pub(crate) fn new() -> Self {
        let mut origin = [0; 5];
        fastrand::fill(&mut origin);
        Self {
            origin,
            second: 0,
            counter: 0,
        }
    }

    pub(crate) fn next(&mut self, now: Timestamp) -> ObjectId {
        let second = seconds(now);
        if second > self.second {
            self.second = second;
            self.counter = 0;
        }
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&self.second.to_be_bytes());
        bytes[4..9].copy_from_slice(&self.origin);
        bytes[9..].copy_from_slice(&self.counter.to_be_bytes()[1..]);
        self.counter += 1;
        if self.counter == 1 << 24 {
            self.second += 1;
            self.counter = 0;
        }
        ObjectId(bytes)
    }
}

/// Return a new UUID v4, for sessions, peers, token ids and generated names.
pub(crate) fn uuid() -> String {
    uuid::Uuid::new_v4().to_string()
}
