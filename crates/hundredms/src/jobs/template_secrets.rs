//! The secrets of templates: they are masked in changes, and a description can leave out those that are stored.

use serde_json::{Map, Value, json};

use crate::wire::scrub::REDACTED;
use crate::wire::shape::Shape;
use crate::wire::violation::Violation;

/// The field of an object that stands for a stored value: `{"$secret": "stored"}`.
const FIELD: &str = "$secret";

const STORED: &str = "stored";

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

/// Replace each value that [`masked`] would mask, a list as a whole, and add its path to `paths`.
pub(super) fn leave_out(
    value: &mut Value,
    shape: Option<&Shape>,
    path: &str,
    paths: &mut Vec<String>,
) {
    if let Value::Object(fields) = value {
        for (name, value) in fields {
            let path = crate::wire::hints::join(path, name);
            leave_out(value, inner(shape, name), &path, paths);
        }
    } else if masked(value, shape) != *value {
        *value = json!({ FIELD: STORED });
        paths.push(path.to_owned());
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
        let stands_for = value.get(FIELD).map(|_| *value == json!({ FIELD: STORED }));
        match (stands_for, &mut *value) {
            (Some(true), _) => taken.push(path.clone()),
            (Some(false), _) => {
                result = Err(Violation {
                    path: path.join("."),
                    reason: format!("must be {}, or the value itself", json!({ FIELD: STORED })),
                });
            }
            (None, Value::Object(inner)) if result.is_ok() => result = take(inner, path, taken),
            (None, Value::Array(items)) if items.iter().any(mentions) => {
                result = Err(Violation {
                    path: path.join("."),
                    reason: format!(
                        "a list is replaced as a whole: write all of it, or {} instead of it",
                        json!({ FIELD: STORED })
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

/// Return whether a value stands for a stored one, or contains such a value.
fn mentions(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.contains_key(FIELD) || fields.values().any(mentions),
        Value::Array(items) => items.iter().any(mentions),
        _ => false,
    }
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
            json!({ FIELD: STORED })
        ),
    })
}
