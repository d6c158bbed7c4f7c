//! [`RateLimit`]: how many requests per second a client sends.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::{Error, Result};

/// How many requests per second a client sends to each group of resources.
///
/// A group is the first part of the path, such as `rooms` or `room-codes`: the service's pauses apply to it. A number alone is the
/// limit of each group.
///
/// ```
/// use hundredms::RateLimit;
///
/// let limit = RateLimit::from(50.0).group("rooms", 10.0);
/// # let _ = limit;
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RateLimit {
    others: Limit,
    groups: BTreeMap<String, Limit>,
}

/// The limit of a group, or of groups without their own.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Limit {
    #[default]
    None,
    Adaptive,
    PerSecond(f64),
}

/// The groups that the operations are in.
pub(crate) const GROUPS: &[&str] = &[
    "active-rooms",
    "analytics",
    "external-streams",
    "live-streams",
    "polls",
    "recording-assets",
    "recordings",
    "room-codes",
    "rooms",
    "sessions",
    "sip",
    "stream-keys",
    "templates",
    "token",
];

impl RateLimit {
    /// Find out what the service accepts: send without a limit until it refuses a request with 429, then as much per second as it
    /// accepted before. If it accepted fewer than 10 before, others may have used its limit. Then the client continues with 10 per
    /// second, or with half the rate after a later refusal. While that many are accepted, the rate doubles each second, up to what
    /// an earlier refusal showed. If the service asks for a pause of more than a second, it counts over that time: then 10 in that
    /// time, but at least one per second, doubled as often.
    #[must_use]
    pub fn adaptive() -> Self {
        Self {
            others: Limit::Adaptive,
            groups: BTreeMap::new(),
        }
    }

    /// Set the limit of one group. Groups without a limit are not limited if no other limit is set.
    #[must_use]
    pub fn group(mut self, name: impl Into<String>, per_second: f64) -> Self {
        self.groups
            .insert(name.into(), Limit::PerSecond(per_second));
        self
    }

    /// Return the limit of a group: infinite if it adapts, `None` if there is none.
    pub(crate) fn of(&self, group: &str) -> Option<f64> {
        match *self.groups.get(group).unwrap_or(&self.others) {
            Limit::None => None,
            Limit::Adaptive => Some(f64::INFINITY),
            Limit::PerSecond(per_second) => Some(per_second),
        }
    }

    /// Return whether any group has a limit.
    pub(crate) fn is_some(&self) -> bool {
        self.others != Limit::None || !self.groups.is_empty()
    }

    pub(crate) fn checked(self) -> Result<Self> {
        let groups = self.groups.iter();
        let groups = groups.map(|(name, limit)| (Some(name), *limit));
        for (name, limit) in [(None, self.others)].into_iter().chain(groups) {
            let is_none = |per_second: f64| !(per_second > 0.0 && per_second <= 1e6);
            if matches!(limit, Limit::PerSecond(per_second) if is_none(per_second)) {
                let of = name.map_or(String::new(), |name| format!(" of {name}"));
                return Err(Error::configuration(format!(
                    "rate_limit: the requests per second{of} must be more than 0, and at most 1000000"
                )));
            }
            if let Some(name) = name.filter(|name| !GROUPS.contains(&name.as_str())) {
                return Err(Error::configuration(format!(
                    "rate_limit: there is no group {name:?}; the groups are {}, and \"*\" for all others",
                    GROUPS.join(", ")
                )));
            }
        }
        Ok(self)
    }
}

impl From<f64> for RateLimit {
    fn from(per_second: f64) -> Self {
        Self {
            others: Limit::PerSecond(per_second),
            groups: BTreeMap::new(),
        }
    }
}

impl From<u32> for RateLimit {
    fn from(per_second: u32) -> Self {
        f64::from(per_second).into()
    }
}

/// A limit as the bindings write it: a number, `adaptive`, or one of them by group, of which `*` is for all others.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "expected a number of requests per second, \"adaptive\", or an object of these by group"
)]
pub(crate) enum RateLimitOption {
    One(LimitOption),
    Groups(BTreeMap<String, LimitOption>),
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "expected a number of requests per second, or \"adaptive\""
)]
pub(crate) enum LimitOption {
    PerSecond(f64),
    Named(Named),
}

impl From<LimitOption> for Limit {
    fn from(option: LimitOption) -> Self {
        match option {
            LimitOption::PerSecond(per_second) => Self::PerSecond(per_second),
            LimitOption::Named(Named::Adaptive) => Self::Adaptive,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Named {
    Adaptive,
}

impl From<RateLimitOption> for RateLimit {
    fn from(option: RateLimitOption) -> Self {
        match option {
            RateLimitOption::One(others) => Self {
                others: others.into(),
                groups: BTreeMap::new(),
            },
            RateLimitOption::Groups(mut groups) => {
                let others = groups.remove("*").map_or(Limit::None, Limit::from);
                let groups = groups.into_iter();
                let groups = groups.map(|(name, limit)| (name, limit.into())).collect();
                Self { others, groups }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_of_the_bindings_may_adapt_for_some_groups() {
        let limit = |text: &str| -> RateLimit {
            let option: RateLimitOption = serde_json::from_str(text).expect("a limit");
            RateLimit::from(option).checked().expect("a limit")
        };
        let mixed = limit(r#"{"*":"adaptive","rooms":10,"polls":"adaptive"}"#);
        let of = ["rooms", "polls", "sip"].map(|group| mixed.of(group));
        assert_eq!(of, [Some(10.0), Some(f64::INFINITY), Some(f64::INFINITY)]);
        assert_eq!(limit("\"adaptive\""), RateLimit::adaptive());
        assert_eq!(limit("5"), 5.0.into());
    }
}
