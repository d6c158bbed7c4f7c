//! The secrets of templates: they are masked in changes, and a description can leave out those that are stored.

use serde_json::{Map, Value};

use crate::wire::scrub::REDACTED;
use crate::wire::shape::Shape;
use crate::wire::stored_secret::{FIELD, mentions, stored_secret};
use crate::wire::violation::Violation;

/// The field of an upload with the keys of its storage.
const CREDENTIALS: &str = "credentials";

/// The shape of a field. `None` for fields that this version does not know.
pub(super) fn inner<'a>(shape: Option<&'a Shape>, name: &str) -> Option<&'a Shape> {
    match shape? {
        Shape::Map(inner) => Some(inner),
        Shape::Model(fields) => {
            let field = fields.iter().find(|field| field.name == name)?;
            Some(field.shape)
        }
        _ => None,
    }
}

/// A value without secrets, and without texts in fields that this version does not know, because they may be secrets.
pub(super) fn masked(value: &Value, shape: Option<&Shape>) -> Value {
    match (value, shape) {
        (Value::String(_), None | Some(Shape::Secret | Shape::Any | Shape::Unknown)) => {
            REDACTED.into()
        }
        (Value::Array(items), shape) => {
            let shape = match shape {
                Some(Shape::List(item)) => Some(*item),
                _ => None,
            };
            items.iter().map(|item| masked(item, shape)).collect()
        }
        (Value::Object(fields), shape) => {
            let fields = fields.iter();
            let fields =
                fields.map(|(name, value)| (name.clone(), masked(value, inner(shape, name))));
            Value::Object(fields.collect())
        }
        (value, _) => value.clone(),
    }
}

/// Replace each value that [`masked`] would mask, a list as a whole, and add its path to `paths`. What looks like a replacement is
/// replaced as a whole too.
pub(super) fn leave_out(
    value: &mut Value,
    shape: Option<&Shape>,
    path: &str,
    paths: &mut Vec<String>,
) {
    match value {
        Value::Object(fields) if !fields.contains_key(FIELD) => {
            for (name, value) in fields {
                let path = crate::wire::hints::join(path, name);
                leave_out(value, inner(shape, name), &path, paths);
            }
        }
        value if value.is_object() || masked(value, shape) != *value => {
            *value = stored_secret();
            paths.push(path.to_owned());
        }
        _ => {}
    }
}

/// Remove what stands for stored values, and return their paths.
pub(super) fn take_stored(fields: &mut Map<String, Value>) -> Result<Vec<Vec<String>>, Violation> {
    let mut taken = Vec::new();
    take(fields, &mut Vec::new(), &mut taken)?;
    Ok(taken)
}

fn take(
    fields: &mut Map<String, Value>,
    path: &mut Vec<String>,
    taken: &mut Vec<Vec<String>>,
) -> Result<(), Violation> {
    let mut result = Ok(());
    fields.retain(|name, value| {
        path.push(name.clone());
        let stands_for = value.get(FIELD).map(|_| *value == stored_secret());
        match (stands_for, &mut *value) {
            (Some(true), _) => taken.push(path.clone()),
            (Some(false), value) => {
                let has_others = value.as_object().is_some_and(|fields| fields.len() > 1);
                result = Err(Violation {
                    path: path.join("."),
                    reason: if has_others {
                        format!("`{FIELD}` must be the only field of its object")
                    } else {
                        format!("must be {}, or the value itself", stored_secret())
                    },
                });
            }
            (None, Value::Object(inner)) if result.is_ok() => result = take(inner, path, taken),
            (None, Value::Array(items)) if items.iter().any(mentions) => {
                result = Err(Violation {
                    path: path.join("."),
                    reason: format!(
                        "a list is replaced as a whole: write all of it, or {} instead of it",
                        stored_secret()
                    ),
                });
            }
            (None, _) => {}
        }
        path.pop();
        stands_for != Some(true)
    });
    result
}

/// Refuse a path at which nothing is stored.
pub(super) fn check_stored(stored: &Value, path: &[String]) -> Result<(), Violation> {
    let found = path.iter().try_fold(stored, |value, name| value.get(name));
    if found.is_some_and(|value| !value.is_null()) {
        return Ok(());
    }
    Err(Violation {
        path: path.join("."),
        reason: format!(
            "nothing is stored there: write the value instead of {}",
            stored_secret()
        ),
    })
}

/// Refuse to keep credentials of an upload for another storage, or one half of them with another half. `stored` and `desired` are all
/// parts, `desired` without what is kept. `path` is kept.
pub(super) fn check_credentials(
    stored: &Value,
    desired: &Value,
    path: &[String],
) -> Result<(), Violation> {
    let Some(at) = path.iter().position(|name| name == CREDENTIALS) else {
        return Ok(());
    };
    let find = |parts| {
        let mut names = path[..at].iter();
        names.try_fold(parts, |value: &Value, name| value.get(name))
    };
    let (Some(stored), Some(desired)) = (find(stored), find(desired)) else {
        return Ok(());
    };
    let changes = |stored: &Value, desired: &Value, name: &str| {
        let desired = desired.get(name);
        desired.is_some_and(|desired| *desired != stored[name])
    };
    let moved = ["type", "location"];
    let moved = moved
        .into_iter()
        .find(|name| changes(stored, desired, name));
    let reason = if let Some(moved) = moved {
        format!(
            "the stored credentials are for another `{moved}`: write the value instead of {}",
            stored_secret()
        )
    } else {
        let (stored, desired) = (&stored[CREDENTIALS], &desired[CREDENTIALS]);
        let mut others = desired.as_object().into_iter().flat_map(Map::keys);
        let Some(other) = others.find(|name| changes(stored, desired, name)) else {
            return Ok(());
        };
        format!(
            "`{other}` changes, which belongs to it: write this value too, instead of {}",
            stored_secret()
        )
    };
    Err(Violation {
        path: path.join("."),
        reason,
    })
}
