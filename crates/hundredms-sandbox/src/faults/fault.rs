//! A fault rule: which requests it affects, and what happens to them.

use serde::{Deserialize, Serialize};

use crate::faults::effect::FaultEffect;

/// What faults call a request for a file in the storage.
pub(crate) const FILE: &str = "storage.get";

/// One fault rule. As JSON: `{"match": {"operation": "rooms.create"}, "on": {"nth": 1}, "effect": {"status": 503}}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Fault {
    /// Which requests it matches. Defaults to all.
    #[serde(
        rename = "match",
        default,
        deserialize_with = "hundredms_deserialize_error::object"
    )]
    pub matching: FaultMatch,
    /// Which of the matching requests it affects. Defaults to each one.
    #[cfg_attr(feature = "schema", schemars(with = "serde_json::Value"))]
    #[serde(default)]
    pub on: FaultTrigger,
    /// What happens to them.
    #[serde(deserialize_with = "hundredms_deserialize_error::object")]
    pub effect: FaultEffect,
}

impl Fault {
    /// Create a rule that applies this effect to every request.
    pub fn new(effect: FaultEffect) -> Self {
        Self {
            matching: FaultMatch::default(),
            on: FaultTrigger::default(),
            effect,
        }
    }

    /// Match only requests of this operation, such as `rooms.create`.
    pub fn operation(mut self, name: impl Into<String>) -> Self {
        self.matching.operation = Some(name.into());
        self
    }

    /// Match only requests with this method.
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.matching.method = Some(method.into());
        self
    }

    /// Match only requests with this path below the base URL. A `*` at the end matches any suffix.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.matching.path = Some(path.into());
        self
    }

    /// Affect only the n-th of these requests, starting at 1.
    pub fn nth(mut self, nth: u64) -> Self {
        self.on = FaultTrigger::Nth { nth };
        self
    }

    /// Affect only this many of the first requests.
    pub fn first(mut self, first: u64) -> Self {
        self.on = FaultTrigger::First { first };
        self
    }

    /// Affect only a share of these requests, from 0 to 1. The same seed selects the same ones.
    pub fn share(mut self, share: f64, seed: u64) -> Self {
        self.on = FaultTrigger::Share { share, seed };
        self
    }

    /// Return why it is invalid, if it is. `unknown` returns the problem of a name that no operation has.
    pub(crate) fn problem(&self, unknown: fn(&str) -> Option<String>) -> Option<String> {
        let operation = self.matching.operation.as_deref();
        let operation = operation.filter(|name| *name != FILE);
        if let Some(problem) = operation.and_then(unknown) {
            return Some(format!("match.operation: {problem}"));
        }
        match self.on {
            FaultTrigger::Nth { nth: 0 } => return Some("on.nth: must be at least 1".into()),
            FaultTrigger::Share { share, .. } if !(0.0..=1.0).contains(&share) => {
                return Some("on.share: must be between 0 and 1".into());
            }
            _ => {}
        }
        self.effect.problem()
    }
}

/// Which requests a fault matches: those that match all fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "FaultMatch"))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct FaultMatch {
    /// The operation, such as `rooms.create`; or `storage.get`, a request for a file by its presigned link. Only a rule with this
    /// name, or with a path that begins with `/storage/`, matches such requests.
    #[cfg_attr(feature = "schema", schemars(extend("x-name" = "operation")))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The HTTP method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The path below the base URL, as sent. A `*` at the end matches any suffix.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

impl FaultMatch {
    pub(crate) fn fits(&self, operation: Option<&str>, method: &str, path: &str) -> bool {
        // Only a rule that says so affects files.
        let names_files = self.operation.as_deref() == Some(FILE)
            || self
                .path
                .as_deref()
                .is_some_and(|path| path.starts_with("/storage/"));
        if operation == Some(FILE) && !names_files {
            return false;
        }
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

/// Which of the matching requests a fault affects.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = r#"expected "every", {"nth": n}, {"first": n} or {"share": p, "seed": s}"#
)]
#[non_exhaustive]
pub enum FaultTrigger {
    /// Each one.
    #[default]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[serde(with = "every")]
    Every,
    /// A single one.
    Nth {
        /// Which one, starting at 1.
        nth: u64,
    },
    /// The first ones.
    First {
        /// How many.
        first: u64,
    },
    /// A random share.
    Share {
        /// The probability for each, from 0 to 1.
        share: f64,
        /// The same seed selects the same ones.
        #[serde(default)]
        seed: u64,
    },
}

/// The string `every`.
mod every {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("every")
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "every" => Ok(()),
            _ => Err(D::Error::custom("no such occasion")),
        }
    }
}

/// A fault rule, with how often it matched and took effect.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FaultReport {
    /// Its number, as in the log of requests.
    pub id: u64,
    /// The fault.
    pub fault: Fault,
    /// How many requests matched.
    pub matched: u64,
    /// How many of those it affected.
    pub fired: u64,
}
