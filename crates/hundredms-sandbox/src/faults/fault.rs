//! A fault: which requests, on which occasions, and what happens to them.

use serde::{Deserialize, Serialize};

use super::Effect;
use crate::operations;

/// One rule of the fault script. As JSON:
/// `{"match": {"operation": "rooms.create"}, "on": {"nth": 1}, "effect": {"status": 503}}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Fault {
    /// Which requests it is about; all when missing.
    #[serde(
        rename = "match",
        default,
        deserialize_with = "hundredms_misfit::object"
    )]
    pub matching: Matching,
    /// Which of those it strikes; each one when missing.
    #[serde(default)]
    pub on: Occasion,
    /// What happens to them.
    #[serde(deserialize_with = "hundredms_misfit::object")]
    pub effect: Effect,
}

impl Fault {
    /// Makes this happen to every request.
    pub fn new(effect: Effect) -> Self {
        Self {
            matching: Matching::default(),
            on: Occasion::default(),
            effect,
        }
    }

    /// Only requests of this operation, such as `rooms.create`.
    pub fn operation(mut self, name: impl Into<String>) -> Self {
        self.matching.operation = Some(name.into());
        self
    }

    /// Only requests with this method.
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.matching.method = Some(method.into());
        self
    }

    /// Only requests of this path below the base URL; with `*` at its end, of all paths that begin so.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.matching.path = Some(path.into());
        self
    }

    /// Only the n-th of these requests, counted from 1.
    pub fn nth(mut self, nth: u64) -> Self {
        self.on = Occasion::Nth { nth };
        self
    }

    /// Only the first so many of these requests.
    pub fn first(mut self, first: u64) -> Self {
        self.on = Occasion::First { first };
        self
    }

    /// Only a share of these requests, from 0 to 1; the same seed strikes the same ones.
    pub fn share(mut self, share: f64, seed: u64) -> Self {
        self.on = Occasion::Share { share, seed };
        self
    }

    /// Why it makes no sense, if so.
    pub(crate) fn misfit(&self) -> Option<String> {
        let unknown = self.matching.operation.as_deref();
        let unknown = unknown.filter(|name| operations::all().all(|row| row.name != *name));
        if let Some(name) = unknown {
            return Some(format!("match.operation: no operation is called {name}"));
        }
        match self.on {
            Occasion::Nth { nth: 0 } => return Some("on.nth: is counted from 1".into()),
            Occasion::Share { share, .. } if !(0.0..=1.0).contains(&share) => {
                return Some("on.share: must be from 0 to 1".into());
            }
            _ => {}
        }
        self.effect.misfit()
    }
}

/// Which requests a fault is about: those that fit all that is said here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Matching {
    /// The operation, such as `rooms.create`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The HTTP method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The path below the base URL as it is sent; with `*` at its end, the beginning of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

impl Matching {
    pub(super) fn fits(&self, operation: Option<&str>, method: &str, path: &str) -> bool {
        let path = path.strip_prefix("/v2").unwrap_or(path);
        let same_path = |wanted: &String| match wanted.strip_suffix('*') {
            Some(beginning) => path.starts_with(beginning),
            None => path == wanted,
        };
        self.operation
            .as_deref()
            .is_none_or(|name| operation == Some(name))
            && self
                .method
                .as_deref()
                .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self.path.as_ref().is_none_or(same_path)
    }
}

/// Which of the matching requests a fault strikes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = r#"expected "every", {"nth": n}, {"first": n} or {"share": p, "seed": s}"#
)]
#[non_exhaustive]
pub enum Occasion {
    /// Each one.
    #[default]
    #[serde(with = "every")]
    Every,
    /// One alone.
    Nth {
        /// Which, counted from 1.
        nth: u64,
    },
    /// The first ones.
    First {
        /// How many.
        first: u64,
    },
    /// Some, by chance.
    Share {
        /// How likely each is struck, from 0 to 1.
        share: f64,
        /// The same seed strikes the same ones.
        #[serde(default)]
        seed: u64,
    },
}

/// The word `every`.
mod every {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("every")
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "every" => Ok(()),
            _ => Err(D::Error::custom("no such occasion")),
        }
    }
}

/// A fault of the script, and how often it was met and struck.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FaultReport {
    /// Its number; the log of requests names it.
    pub id: u64,
    /// The fault.
    pub fault: Fault,
    /// How many requests matched.
    pub matched: u64,
    /// How many of those it struck.
    pub fired: u64,
}
