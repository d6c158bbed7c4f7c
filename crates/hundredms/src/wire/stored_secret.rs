//! What stands for a stored secret in the description of a template: `{"$secret": "stored"}`.

use serde_json::{Value, json};

use super::hints::join;
use super::violation::Violation;

/// The only field of such an object.
pub(crate) const FIELD: &str = "$secret";

const STORED: &str = "stored";

/// Return the object that stands for a stored secret.
pub(crate) fn stored_secret() -> Value {
    json!({ FIELD: STORED })
}

/// Return whether a value stands for a stored one, or contains such a value.
pub(crate) fn mentions(value: &Value) -> bool {
    path(value).is_some()
}

/// Refuse what stands for a stored secret in a body: the service would store it instead of the secret. `below` is the argument that
/// is the whole body.
pub(crate) fn refuse(body: &[u8], below: &str) -> Result<(), Violation> {
    // Most bodies need not be parsed.
    if !body
        .windows(FIELD.len())
        .any(|part| part == FIELD.as_bytes())
    {
        return Ok(());
    }
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let Some(path) = path(&body) else {
        return Ok(());
    };
    Err(Violation {
        path: if below.is_empty() {
            path
        } else {
            join(below, &path)
        },
        reason: format!(
            "only `templates.diff` and `templates.apply` know {}: write the value instead of it, or use `templates.apply`",
            stored_secret()
        ),
    })
}

/// Return the path of the first object with the field.
fn path(value: &Value) -> Option<String> {
    match value {
        Value::Object(fields) if fields.contains_key(FIELD) => Some(String::new()),
        Value::Object(fields) => {
            let mut fields = fields.iter();
            fields.find_map(|(name, value)| Some(join(name, &path(value)?)))
        }
        Value::Array(items) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(index, item)| Some(join(&format!("[{index}]"), &path(item)?)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::refuse;

    #[test]
    fn the_path_of_a_stored_secret_is_found_at_any_depth() {
        for (body, below, found) in [
            (
                r#"{"a":{"b":[1,{"c":{"$secret":"stored"}}]}}"#,
                "",
                Some("a.b[1].c"),
            ),
            (
                r#"[{"c":{"$secret":"stored","d":1}}]"#,
                "recordings",
                Some("recordings[0].c"),
            ),
            (r#"{"$secret":1}"#, "", Some("")),
            (r#"{"a":"$secret","b":{"$secrets":1}}"#, "", None),
        ] {
            let refused = refuse(body.as_bytes(), below).err();
            let path = refused.map(|violation| violation.path);
            assert_eq!(path.as_deref(), found, "{body}");
        }
    }
}
