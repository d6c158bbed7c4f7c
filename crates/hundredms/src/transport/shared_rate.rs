//! [`SharedRate`]: the rate limit of several processes, in Redis.
//!
//! A process asks for as many permits as calls wait in it, and gets a range of times at which it may send: one command for many
//! requests. All times are differences by Redis' clock, so the clocks of the machines do not matter.

use std::collections::VecDeque;
use std::io::{Error, Result};
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use super::redis::{RedisAddress, RedisConnection, Reply};

const SCRIPT: &str = include_str!("shared_rate.lua");

/// The share of the limit that is used. Requests of several processes reach the service less evenly than they are sent.
const EVEN: f64 = 0.97;

/// How long a permit may be used after its time.
const VALID: Duration = Duration::from_millis(100);

/// The connection of one client to Redis.
#[derive(Debug)]
pub(crate) struct SharedRate {
    address: RedisAddress,
    /// Clients of one scope share the limit.
    scope: String,
    /// Distinguishes this client from others.
    process: String,
    connection: Mutex<Option<Open>>,
    warning: std::sync::Mutex<Option<String>>,
    /// Whether Redis cannot be reached. Said once for all groups.
    lost: AtomicBool,
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
                format!("{:.3}", refusal.accepted),
                refusal.sent.elapsed().as_micros().to_string(),
            ]
        });
        words.extend(refusal.iter().flatten().map(String::as_str));
        let mut kept = self.connection.lock().await;
        // After an error, and after a command that was dropped halfway, the connection is not used again.
        if let Some(open) = kept.take() {
            // Redis closes connections that are idle.
            if let Ok((granted, open)) = asked(open, &words).await {
                *kept = Some(open);
                return Ok(granted);
            }
        }
        let mut connection = RedisConnection::open(&self.address).await?;
        let digest = match connection.command(&["SCRIPT", "LOAD", SCRIPT]).await? {
            Reply::Text(digest) => digest,
            other => return Err(unexpected(other)),
        };
        let (granted, open) = asked((connection, digest), &words).await?;
        *kept = Some(open);
        Ok(granted)
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
        rate as f64 / 1000.0
    };
    Ok(Granted {
        permits: permits.try_into().unwrap_or(0),
        delay: Duration::from_micros(delay),
        interval: Duration::from_nanos(interval),
        processes: processes.try_into().unwrap_or(u32::MAX).max(1),
        rate,
        pause: Duration::from_micros(pause),
    })
}

/// The permits that a process has, each with the time from which it may be used.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    ranges: VecDeque<Range>,
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

    pub(crate) fn take(&mut self) {
        if let Some(range) = self.ranges.front_mut() {
            range.next += range.interval;
            range.left -= 1;
            if range.left == 0 {
                self.ranges.pop_front();
            }
        }
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
