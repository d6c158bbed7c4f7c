//! Which operation shows whether a call with an unknown outcome took effect, and its arguments.

use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::by_name::info;
use crate::operation::Retry;
use crate::request::Prepared;

/// The operation that shows whether a call took effect; see [`Error::look_at`](crate::Error::look_at).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LookAt {
    /// Name of the operation: `recordings.list`.
    pub operation: &'static str,
    /// Its arguments: those of the failed call that it takes too.
    pub arguments: Map<String, Value>,
    /// When the failed call began, on this machine's clock. Its effect is not older.
    pub since: Option<Timestamp>,
}

/// What is known of a call that may have taken effect.
#[derive(Clone, Serialize)]
#[serde(transparent)]
pub(crate) struct Unsure {
    pub(crate) look_at: LookAt,
    /// The call itself.
    #[serde(skip)]
    pub(crate) operation: &'static str,
    /// What its effect must have in common with it.
    #[serde(skip)]
    pub(crate) traits: Map<String, Value>,
    /// Whether this distinguishes its effect from that of another call.
    #[serde(skip)]
    pub(crate) distinct: bool,
}

impl std::fmt::Debug for Unsure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.look_at.fmt(f)
    }
}

/// Arguments that the created object returns unchanged.
const TRAITS: [&str; 5] = ["name", "description", "template_id", "room_id", "role"];

impl Unsure {
    /// Return how to check what `request`, begun at `since`, may have done. `None` if no operation shows it.
    pub(crate) fn of(request: &Prepared, since: Option<Timestamp>) -> Option<Self> {
        let look = info(request.look_at?)?;
        let own = info(request.operation)?;
        let given = given(request);
        let only = |names: &mut dyn Iterator<Item = &'static str>| {
            names
                .filter_map(|name| Some((name.to_owned(), given.get(name)?.clone())))
                .collect()
        };
        Some(Self {
            look_at: LookAt {
                operation: look.name,
                arguments: only(&mut look.fields.iter().map(|field| field.name)),
                since,
            },
            operation: request.operation,
            distinct: own.reconcile && (own.retry != Retry::IfNamed || given.contains_key("name")),
            traits: only(&mut TRAITS.into_iter()),
        })
    }
}

impl std::fmt::Display for LookAt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.operation)?;
        for (index, (name, value)) in self.arguments.iter().enumerate() {
            let before = if index == 0 { " with " } else { ", " };
            write!(f, "{before}{name} {value}")?;
        }
        Ok(())
    }
}

/// The string arguments of a request, from its path and its body.
fn given(request: &Prepared) -> Map<String, Value> {
    let body = request.body.as_deref().unwrap_or_default();
    let mut given: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
    given.retain(|_, value| value.is_string());
    let path = request.path_and_query.split('?').next().unwrap_or_default();
    for (name, argument) in request.route.split('/').zip(path.split('/')) {
        if let Some(name) = name
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'))
        {
            let argument = percent_decode_str(argument)
                .decode_utf8_lossy()
                .into_owned();
            given.insert(name.to_owned(), argument.into());
        }
    }
    given
}
