//! [`SharedRate`]: the rate limit of several processes, in Redis.
//!
//! A process asks for as many permits as calls wait in it, and gets a range of times at which it may send: one command for many
//! requests. All times are differences by Redis' clock, so the clocks of the machines do not matter.

use std::collections::VecDeque;
use std::io::{Error, Result};
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;

use super::redis::{RedisAddress, RedisConnection, Reply};
use crate::host::time::Instant;

const SCRIPT: &str = include_str!("shared_rate.lua");

/// The share of the limit that is used. Requests of several processes reach the service less evenly than they are sent.
const EVEN: f64 = 0.97;

/// How long after its time a permit may be taken.
const VALID: Duration = Duration::from_millis(100);

/// How long after its time a request may be sent with it.
const LATE: Duration = Duration::from_millis(200);

/// No wait is longer.
const LONGEST_WAIT: Duration = Duration::from_secs(30 * 24 * 3600);

/// How long a failure to connect counts for other groups. Shorter than the time after which a group asks again.
const FAILED: Duration = Duration::from_millis(900);

/// The connection of one client to Redis.
#[derive(Debug)]
pub(crate) struct SharedRate {
    address: RedisAddress,
    /// Clients of one scope share the limit.
    scope: String,
    /// Distinguishes this client from others.
    process: String,
    connection: Mutex<Connection>,
    warning: std::sync::Mutex<Option<String>>,
    /// Whether Redis cannot be reached. Said once for all groups.
    lost: AtomicBool,
}

/// What is known of the connection.
#[derive(Debug, Default)]
struct Connection {
    open: Option<Open>,
    /// When it failed last, and why.
    failed: Option<(Instant, Error)>,
}

/// What a process asks for.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) permits: usize,
    /// The limit. Infinite if it adapts.
    pub(crate) most: f64,
    pub(crate) refusal: Option<Refusal>,
}

/// A refusal by the service.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refusal {
    pub(crate) pause: Duration,
    /// What the service accepted of this process per second before.
    pub(crate) accepted: f64,
    /// When the refused request was sent.
    pub(crate) sent: Instant,
}

impl Refusal {
    /// Both at once.
    pub(crate) fn merged(self, other: Self) -> Self {
        Self {
            pause: self.pause.max(other.pause),
            accepted: self.accepted.max(other.accepted),
            sent: self.sent.max(other.sent),
        }
    }
}

/// What a process gets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Granted {
    pub(crate) permits: usize,
    /// The time until the first may be used.
    pub(crate) delay: Duration,
    pub(crate) interval: Duration,
    pub(crate) processes: u32,
    /// The requests per second of all processes. Infinite if nothing limits them.
    pub(crate) rate: f64,
    pub(crate) pause: Duration,
}

impl SharedRate {
    pub(crate) fn new(address: RedisAddress, scope: String) -> Self {
        Self {
            address,
            scope,
            // Not of a generator that a forked process shares.
            process: uuid::Uuid::new_v4().simple().to_string(),
            connection: Mutex::default(),
            warning: std::sync::Mutex::default(),
            lost: AtomicBool::new(false),
        }
    }

    /// Redis cannot be reached, and a group continues at `rate`.
    pub(crate) fn lost(&self, error: &Error, rate: f64) {
        if !self.lost.swap(true, Ordering::AcqRel) {
            self.warn(format!(
                "Redis at {:?} cannot be reached ({error}): until it can, this client sends its share of the rate limit, {rate:.1} per second",
                self.address,
            ));
        }
    }

    /// Redis can be reached again.
    pub(crate) fn returned(&self) {
        if self.lost.swap(false, Ordering::AcqRel) {
            self.warn(format!(
                "Redis at {:?} can be reached again: the rate limit is shared",
                self.address
            ));
        }
    }

    fn warn(&self, warning: String) {
        let mut kept = self.warning.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some(warning);
    }

    /// Return what the log should say, once.
    pub(crate) fn warning(&self) -> Option<String> {
        self.warning
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    /// Ask for permits of a group.
    pub(crate) async fn ask(&self, group: &str, wanted: &Wanted) -> Result<Granted> {
        // A hash tag, so that both keys are on one node of a cluster.
        let state = format!("hundredms:rate:{{{}:{group}}}", self.scope);
        let processes = format!("{state}:processes");
        let permits = wanted.permits.to_string();
        let most = match wanted.most {
            most if most.is_finite() => (most * EVEN).to_string(),
            _ => "0".to_owned(),
        };
        let mut words = vec!["2", &state, &processes, &self.process, &permits, &most];
        let refusal = wanted.refusal.map(|refusal| {
            [
                refusal.pause.as_micros().to_string(),
                refusal.accepted.to_string(),
                refusal.sent.elapsed().as_micros().to_string(),
            ]
        });
        words.extend(refusal.iter().flatten().map(String::as_str));
        let mut kept = self.connection.lock().await;
        // Each group would wait for the timeout in turn.
        if let Some((at, error)) = &kept.failed {
            if at.elapsed() < FAILED {
                return Err(Error::new(error.kind(), error.to_string()));
            }
        }
        // After an error, and after a command that was dropped halfway, the connection is not used again.
        if let Some(open) = kept.open.take() {
            // Redis closes connections that are idle.
            if let Ok((granted, open)) = asked(open, &words).await {
                kept.open = Some(open);
                return Ok(granted);
            }
        }
        match self.asked_anew(&words).await {
            Ok((granted, open)) => {
                *kept = Connection {
                    open: Some(open),
                    failed: None,
                };
                Ok(granted)
            }
            Err(error) => {
                let copy = Error::new(error.kind(), error.to_string());
                kept.failed = Some((Instant::now(), copy));
                Err(error)
            }
        }
    }

    /// Ask over a new connection.
    async fn asked_anew(&self, words: &[&str]) -> Result<(Granted, Open)> {
        let mut connection = RedisConnection::open(&self.address).await?;
        let digest = match connection.command(&["SCRIPT", "LOAD", SCRIPT]).await? {
            Reply::Text(digest) => digest,
            other => return Err(unexpected(other)),
        };
        asked((connection, digest), words).await
    }
}

/// A connection, and the digest of the script that its server has.
type Open = (RedisConnection, String);

async fn asked((mut connection, digest): Open, words: &[&str]) -> Result<(Granted, Open)> {
    let mut reply = connection
        .command(&command("EVALSHA", &digest, words))
        .await?;
    if matches!(&reply, Reply::Error(error) if error.starts_with("NOSCRIPT")) {
        reply = connection.command(&command("EVAL", SCRIPT, words)).await?;
    }
    Ok((read(reply)?, (connection, digest)))
}

fn command<'a>(name: &'a str, script: &'a str, words: &[&'a str]) -> Vec<&'a str> {
    [&[name, script], words].concat()
}

fn unexpected(reply: Reply) -> Error {
    match reply {
        Reply::Error(error) => Error::other(error),
        _ => Error::other("the reply is not the script's"),
    }
}

fn read(reply: Reply) -> Result<Granted> {
    let Reply::List(list) = reply else {
        return Err(unexpected(reply));
    };
    let numbers: Option<Vec<u64>> = list
        .into_iter()
        .map(|item| match item {
            Reply::Integer(number) => number.try_into().ok(),
            Reply::Text(text) => text.parse().ok(),
            _ => None,
        })
        .collect();
    let Some(&[permits, delay, interval, processes, rate, pause]) = numbers.as_deref() else {
        return Err(Error::other("the reply is not the script's"));
    };
    #[expect(clippy::cast_precision_loss, reason = "a rate is small")]
    let rate = if rate == 0 {
        f64::INFINITY
    } else {
        rate as f64 / 1e6
    };
    Ok(Granted {
        permits: permits.try_into().unwrap_or(0),
        delay: Duration::from_micros(delay).min(LONGEST_WAIT),
        interval: Duration::from_nanos(interval).min(LONGEST_WAIT),
        processes: processes.try_into().unwrap_or(u32::MAX).max(1),
        rate,
        pause: Duration::from_micros(pause).min(LONGEST_WAIT),
    })
}

/// The permits that a process has, each with the time from which it may be used.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    /// Each has permits left.
    ranges: VecDeque<Range>,
}

/// One permit: the time from which it may be used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Slot {
    at: Instant,
    interval: Duration,
}

impl Slot {
    /// Return whether it is too late to send a request with it.
    pub(crate) fn is_late(self, now: Instant) -> bool {
        !self.interval.is_zero() && self.at + LATE < now
    }
}

#[derive(Debug)]
struct Range {
    next: Instant,
    interval: Duration,
    left: usize,
}

impl Slots {
    pub(crate) fn add(&mut self, granted: Granted, now: Instant) {
        if granted.permits > 0 {
            self.ranges.push_back(Range {
                next: now + granted.delay,
                interval: granted.interval,
                left: granted.permits,
            });
        }
    }

    /// Return when the next permit may be used, and forget those that are too old.
    pub(crate) fn next(&mut self, now: Instant) -> Option<Instant> {
        while let Some(range) = self.ranges.front() {
            if range.next + VALID >= now || range.interval.is_zero() {
                return Some(range.next);
            }
            self.take();
        }
        None
    }

    pub(crate) fn take(&mut self) -> Option<Slot> {
        let range = self.ranges.front_mut()?;
        let slot = Slot {
            at: range.next,
            interval: range.interval,
        };
        range.left -= 1;
        if range.left == 0 {
            self.ranges.pop_front();
        } else {
            range.next += range.interval;
        }
        Some(slot)
    }

    /// Give back a permit with which nothing was sent. The next one takes it, if it is not too late.
    pub(crate) fn give_back(&mut self, slot: Slot) {
        self.ranges.push_front(Range {
            next: slot.at,
            interval: slot.interval,
            left: 1,
        });
    }

    pub(crate) fn left(&self) -> usize {
        self.ranges.iter().map(|range| range.left).sum()
    }

    /// Return whether the permits are used up soon.
    pub(crate) fn end_soon(&self, now: Instant) -> bool {
        self.ranges.back().is_none_or(|range| {
            let left = u32::try_from(range.left).unwrap_or(u32::MAX);
            range.next + range.interval.saturating_mul(left) < now + VALID / 2
        })
    }

    pub(crate) fn clear(&mut self) {
        self.ranges.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn granted(permits: usize, interval: Duration) -> Granted {
        Granted {
            permits,
            delay: Duration::ZERO,
            interval,
            processes: 1,
            rate: 100.0,
            pause: Duration::ZERO,
        }
    }

    #[test]
    fn a_permit_that_is_given_back_is_the_next_unless_it_is_late() {
        let now = Instant::now();
        let mut slots = Slots::default();
        slots.add(granted(3, VALID), now);
        let first = slots.take().expect("a permit");
        assert_eq!(slots.next(now), Some(now + VALID));
        slots.give_back(first);
        assert_eq!((slots.next(now), slots.left()), (Some(now), 3));
        let late = now + LATE + Duration::from_millis(1);
        assert!(!first.is_late(now) && first.is_late(late));
        assert_eq!(slots.next(late), Some(now + 2 * VALID));
        // Without a limit, none is late.
        let mut slots = Slots::default();
        slots.add(granted(1, Duration::ZERO), now);
        assert!(!slots.take().expect("a permit").is_late(late));
    }

    #[test]
    fn what_a_script_says_of_huge_times_is_at_most_a_month() {
        let huge = || Reply::Text(u64::MAX.to_string());
        let reply = Reply::List(vec![
            Reply::Integer(3),
            huge(),
            huge(),
            huge(),
            huge(),
            huge(),
        ]);
        let now = Instant::now();
        let mut slots = Slots::default();
        slots.add(read(reply).expect("numbers"), now);
        for _ in 0..3 {
            let next = slots.next(now).expect("a permit");
            assert!(next <= now + 3 * LONGEST_WAIT);
            assert!(slots.take().is_some());
        }
        assert!(slots.next(now).is_none());
    }

    #[tokio::test]
    async fn other_groups_do_not_wait_for_a_connection_that_failed() {
        // It accepts connections and does not answer.
        let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = silent.local_addr().expect("an address").port();
        let (address, _) = RedisAddress::read(&format!("redis://127.0.0.1:{port}")).expect("it");
        let shared = SharedRate::new(address, "scope".to_owned());
        let wanted = Wanted {
            permits: 1,
            most: 1.0,
            refusal: None,
        };
        let start = Instant::now();
        let groups = ["rooms", "sessions", "polls", "sip", "templates", "token"];
        let asked = groups.map(|group| shared.ask(group, &wanted));
        let answers = futures_util::future::join_all(asked).await;
        assert!(answers.iter().all(Result::is_err));
        // A connection and one command, not six of them.
        assert!(start.elapsed() < Duration::from_millis(1_400));
    }
}
