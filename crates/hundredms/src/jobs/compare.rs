//! Compares JSON values.

use serde_json::Value;

/// Return whether two values are the same. `1` and `1.0` are, because not every language distinguishes them.
pub(super) fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, value)| other.get(name).is_some_and(|other| is_same(value, other)))
        }
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::is_same;

    #[test]
    fn numbers_are_the_same_in_each_spelling_and_nothing_else_is() {
        assert!(is_same(
            &json!({"a": [1, {"b": 2.0}]}),
            &json!({"a": [1.0, {"b": 2}]})
        ));
        for (one, other) in [
            (json!({"a": 1}), json!({"a": 2})),
            (json!({"a": 1}), json!({"a": 1, "b": null})),
            (json!([1]), json!([1, 1])),
            (json!("1"), json!(1)),
        ] {
            assert!(!is_same(&one, &other), "{one} {other}");
            assert!(!is_same(&other, &one), "{other} {one}");
        }
    }
}
