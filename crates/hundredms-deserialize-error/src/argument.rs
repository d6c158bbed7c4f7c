//! An argument that is the whole object where one of its fields belongs, such as its id.

use serde_json::Value;

use crate::DeserializeError;

impl DeserializeError {
    /// Say which field to pass if an argument must be a string and is an object that has it: "expected a string, found the whole
    /// object: pass its id, room.id".
    #[must_use]
    pub fn about_arguments(mut self, arguments: &Value) -> Self {
        if self.reason != "expected a string, found an object" {
            return self;
        }
        let name = self.path.rsplit(['.', ']']).next().unwrap_or_default();
        let passed = value_at(arguments, &self.path).unwrap_or(&Value::Null);
        let has = |field: &str| passed.get(field).is_some_and(Value::is_string);
        // A recording where the id of its room belongs has both.
        let field = match name.strip_suffix("_id") {
            _ if has(name) => format!("its {name}"),
            Some(of) if has("id") => format!("its id, {of}.id"),
            _ => return self,
        };
        self.reason = format!("expected a string, found the whole object: pass {field}");
        self
    }
}

/// Return the value at a path such as `roles.host` or `questions[1].options[0]`.
pub fn value_at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split(['.', '['])
        .filter(|part| !part.is_empty())
        .try_fold(value, |value, part| match part.strip_suffix(']') {
            Some(index) => value.get(index.parse::<usize>().ok()?),
            None => value.get(part),
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::DeserializeError;

    #[test]
    fn an_object_where_its_id_belongs_is_named_with_the_field_to_pass() {
        let room = json!({"id": "a", "template_id": "b"});
        for (path, arguments, reason) in [
            (
                "room_id",
                json!({"room_id": room}),
                "expected a string, found the whole object: pass its id, room.id",
            ),
            (
                "template_id",
                json!({"template_id": room}),
                "expected a string, found the whole object: pass its template_id",
            ),
            (
                "code",
                json!({"code": {"code": "a"}}),
                "expected a string, found the whole object: pass its code",
            ),
            (
                "peers[1].peer_id",
                json!({"peers": [{}, {"peer_id": {"id": "a"}}]}),
                "expected a string, found the whole object: pass its id, peer.id",
            ),
            (
                "room_id",
                json!({"room_id": {"name": "a", "id": 7}}),
                "expected a string, found an object",
            ),
            (
                "name",
                json!({"name": room}),
                "expected a string, found an object",
            ),
        ] {
            let error = DeserializeError {
                path: path.to_owned(),
                reason: "expected a string, found an object".to_owned(),
            };
            assert_eq!(error.about_arguments(&arguments).reason, reason);
        }
        let other = DeserializeError {
            path: "room_id".to_owned(),
            reason: "expected a string, found a list".to_owned(),
        };
        assert_eq!(other.clone().about_arguments(&json!({})), other);
    }
}
