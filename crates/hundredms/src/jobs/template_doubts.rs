//! What is probably a mistake in the description of a template: fields that nobody knows, and roles that are not there.

use std::collections::BTreeSet;

use serde_json::Value;

use super::template_secrets::inner;
use crate::resources::templates::{RecordingConfig, Template};
use crate::wire::field::Wire;
use crate::wire::hints::{join, unknown_field};
use crate::wire::shape::Shape;

/// The fields with the names of roles, and the parts in which they have them.
const ROLES: [(&str, &[&str]); 3] = [
    ("roles", &["subscribeToRoles"]),
    ("plugins", &["admin", "writer", "reader"]),
    ("", &["role"]),
];

/// Return what is probably a mistake in `desired`. A field that is `stored` already is none: a template that was read may have fields of a
/// later version. A role that is not there is one even if it is `stored`.
pub(super) fn doubts(stored: &Value, desired: &Value) -> Vec<String> {
    let mut doubts = Vec::new();
    let roles = roles(stored, desired);
    for (part, value) in desired.as_object().into_iter().flatten() {
        let shape = match part.as_str() {
            "recordings" => Some(<Vec<RecordingConfig>>::SHAPE),
            part => inner(Some(Template::SHAPE), part),
        };
        if shape.is_none() {
            if stored.get(part).is_none() {
                doubts.push(unknown_field(part));
            }
            continue;
        }
        add_unknown(&mut doubts, stored.get(part), value, shape, part);
        add_missing_roles(&mut doubts, &roles, value, part, part);
    }
    doubts
}

/// The names of the roles that the template will have.
fn roles<'a>(stored: &'a Value, desired: &'a Value) -> BTreeSet<&'a str> {
    let names = |of: &'a Value| of["roles"].as_object().into_iter().flatten();
    let stays = |name: &&'a String| {
        !desired["roles"]
            .get(name.as_str())
            .is_some_and(Value::is_null)
    };
    let stored = names(stored).map(|(name, _)| name).filter(stays);
    let wanted = names(desired).filter(|(_, role)| !role.is_null());
    let all = stored.chain(wanted.map(|(name, _)| name));
    all.map(String::as_str).collect()
}

fn add_unknown(
    doubts: &mut Vec<String>,
    stored: Option<&Value>,
    desired: &Value,
    shape: Option<&Shape>,
    path: &str,
) {
    match (desired, shape) {
        (Value::Object(fields), Some(Shape::Model(known))) => {
            for (name, value) in fields {
                let path = join(path, name);
                let stored = stored.and_then(|stored| stored.get(name));
                match known.iter().find(|known| known.name == name) {
                    Some(known) => add_unknown(doubts, stored, value, Some(known.shape), &path),
                    None if stored.is_none() && !value.is_null() => {
                        doubts.push(unknown_field(&path));
                    }
                    None => {}
                }
            }
        }
        (Value::Object(fields), Some(Shape::Map(inner))) => {
            for (name, value) in fields {
                let stored = stored.and_then(|stored| stored.get(name));
                add_unknown(doubts, stored, value, Some(inner), &join(path, name));
            }
        }
        (Value::Array(items), Some(Shape::List(inner))) => {
            for (index, item) in items.iter().enumerate() {
                let stored = stored.and_then(|stored| stored.get(index));
                add_unknown(
                    doubts,
                    stored,
                    item,
                    Some(inner),
                    &format!("{path}[{index}]"),
                );
            }
        }
        _ => {}
    }
}

fn add_missing_roles(
    doubts: &mut Vec<String>,
    roles: &BTreeSet<&str>,
    value: &Value,
    part: &str,
    path: &str,
) {
    let of_part = ROLES.iter().find(|(of, _)| *of == part || of.is_empty());
    let names = of_part.map_or([].as_slice(), |(_, names)| names);
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = join(path, name);
                if !names.contains(&name.as_str()) {
                    add_missing_roles(doubts, roles, value, part, &path);
                    continue;
                }
                let listed = value.as_array().into_iter().flatten();
                let named = listed.chain(Some(value)).filter_map(Value::as_str);
                for role in named.filter(|role| !role.is_empty() && !roles.contains(role)) {
                    doubts.push(format!("`{path}`: the template has no role {role:?}"));
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                add_missing_roles(doubts, roles, item, part, &format!("{path}[{index}]"));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::doubts;

    #[test]
    fn fields_and_roles_that_are_nowhere_are_probably_mistakes() {
        let stored = json!({
            "name": "class", "roles": {"host": {"newer": 1}, "old": {}}, "later": {"x": 1},
            "recordings": [{"name": "r", "role": "host", "kept": true}],
        });
        let found = |desired: &Value| doubts(&stored, desired);
        for (desired, said) in [
            (
                json!({"recordings": [{"name": "r", "role": "host", "compositeRecording": {"browserRecording": {}}}]}),
                "`recordings[0].compositeRecording.browserRecording` is not a field that this version knows: sent as it is",
            ),
            (
                json!({"colour": "red"}),
                "`colour` is not a field that this version knows: sent as it is",
            ),
            (
                json!({"roles": {"host": {"subscribeParams": {"subscribeToRoles": ["host", "ghost"]}}}}),
                "`roles.host.subscribeParams.subscribeToRoles`: the template has no role \"ghost\"",
            ),
            (
                json!({"roles": {"old": null, "host": {"subscribeParams": {"subscribeToRoles": ["old"]}}}}),
                "`roles.host.subscribeParams.subscribeToRoles`: the template has no role \"old\"",
            ),
            (
                json!({"destinations": {"hlsDestinations": {"a": {"role": "ghost"}}}}),
                "`destinations.hlsDestinations.a.role`: the template has no role \"ghost\"",
            ),
            (
                json!({"plugins": {"whiteboard": {"permissions": {"admin": ["ghost"]}}}}),
                "`plugins.whiteboard.permissions.admin`: the template has no role \"ghost\"",
            ),
        ] {
            assert_eq!(found(&desired), [said], "{desired}");
        }
        for desired in [
            stored.clone(),
            json!({"roles": {"new": {"subscribeParams": {"subscribeToRoles": ["new", "host"]}}, "host": {"gone": null}}}),
            json!({"settings": {"recording": null}, "plugins": null}),
        ] {
            assert_eq!(found(&desired), Vec::<String>::new(), "{desired}");
        }
    }
}
