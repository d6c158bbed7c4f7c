//! Shapes of request bodies: types and ranges, written down as constants beside the handlers.

use serde_json::Value;

use crate::{api_response::ApiError, limits};

/// What a JSON value must look like. Unknown fields of objects are ignored, as the service does.
#[derive(Debug)]
#[allow(dead_code, reason = "one vocabulary for all resources")]
pub(crate) enum Shape {
    Any,
    Bool,
    Text,
    /// Text of at most this many characters.
    TextUpTo(usize),
    OneOf(&'static [&'static str]),
    Integer,
    /// Both ends included.
    IntegerIn(i64, i64),
    /// A multiple of the first, from the second to the third, both included.
    MultipleIn(i64, i64, i64),
    /// Both ends included.
    NumberIn(f64, f64),
    /// A list of at most this many items.
    List(&'static Shape, usize),
    /// An object with any keys.
    Map(&'static Shape),
    Object(&'static [Field]),
    /// An object that may have no fields but these.
    Closed(&'static [Field]),
    OrNull(&'static Shape),
}

/// One field of an object.
#[derive(Debug)]
pub(crate) struct Field {
    name: &'static str,
    shape: Shape,
    required: bool,
}

/// No limit on the length of a list.
pub(crate) const UNLIMITED: usize = usize::MAX;

/// Create a field that may be missing. Null counts as missing.
pub(crate) const fn optional(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        required: false,
    }
}

/// Create a field that must be there.
pub(crate) const fn required(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        required: true,
    }
}

impl Shape {
    /// Fail with 400 and one detail per value that does not match.
    pub(crate) fn check(&self, value: &Value) -> Result<(), ApiError> {
        let mut problems = Vec::new();
        self.collect(value, "", &mut problems);
        if problems.is_empty() {
            Ok(())
        } else {
            Err(ApiError::body_param(problems))
        }
    }

    fn collect(&self, value: &Value, path: &str, problems: &mut Vec<String>) {
        if problems.len() >= limits::PROBLEMS {
            return;
        }
        let expected = match self {
            Self::Any => return,
            Self::OrNull(_) if value.is_null() => return,
            Self::OrNull(shape) => return shape.collect(value, path, problems),
            Self::Bool if value.is_boolean() => return,
            Self::Bool => "a boolean".into(),
            Self::Text if value.is_string() => return,
            Self::Text => "a string".into(),
            Self::TextUpTo(most)
                if value
                    .as_str()
                    .is_some_and(|text| text.chars().count() <= *most) =>
            {
                return;
            }
            Self::TextUpTo(most) => format!("a string of at most {most} characters"),
            Self::OneOf(words) if value.as_str().is_some_and(|text| words.contains(&text)) => {
                return;
            }
            Self::OneOf(words) => format!("one of {}", words.join(", ")),
            Self::Integer if value.is_i64() || value.is_u64() => return,
            Self::Integer => "an integer".into(),
            Self::IntegerIn(least, most)
                if value
                    .as_i64()
                    .is_some_and(|n| (*least..=*most).contains(&n)) =>
            {
                return;
            }
            Self::IntegerIn(least, i64::MAX) => format!("an integer of at least {least}"),
            Self::IntegerIn(least, most) => format!("an integer from {least} to {most}"),
            Self::MultipleIn(of, least, most)
                if value
                    .as_i64()
                    .is_some_and(|n| n % of == 0 && (*least..=*most).contains(&n)) =>
            {
                return;
            }
            Self::MultipleIn(of, least, most) => {
                format!("a multiple of {of} from {least} to {most}")
            }
            Self::NumberIn(least, most)
                if value
                    .as_f64()
                    .is_some_and(|n| (*least..=*most).contains(&n)) =>
            {
                return;
            }
            Self::NumberIn(least, most) => format!("a number from {least} to {most}"),
            Self::List(of, most) => match value.as_array() {
                Some(items) if items.len() <= *most => {
                    for (index, item) in items.iter().enumerate() {
                        of.collect(item, &format!("{path}[{index}]"), problems);
                    }
                    return;
                }
                Some(_) => format!("a list of at most {most}"),
                None => "a list".into(),
            },
            Self::Map(of) => {
                if let Some(entries) = value.as_object() {
                    for (key, item) in entries {
                        of.collect(item, &join(path, key), problems);
                    }
                    return;
                }
                "an object".into()
            }
            Self::Object(fields) | Self::Closed(fields) => {
                if let Some(entries) = value.as_object() {
                    for field in *fields {
                        field.collect(entries.get(field.name), path, problems);
                    }
                    if matches!(self, Self::Closed(_)) {
                        let known = |key: &String| fields.iter().any(|field| field.name == key);
                        let unknown = entries.keys().filter(|key| !known(key));
                        problems.extend(
                            unknown.map(|key| format!("{} is not allowed", join(path, key))),
                        );
                    }
                    return;
                }
                "an object".into()
            }
        };
        let path = if path.is_empty() { "body" } else { path };
        problems.push(format!("{path} must be {expected}"));
    }
}

impl Field {
    fn collect(&self, value: Option<&Value>, path: &str, problems: &mut Vec<String>) {
        let path = join(path, self.name);
        match value.filter(|value| !value.is_null()) {
            Some(value) => self.shape.collect(value, &path, problems),
            None if self.required => problems.push(format!("{path} is missing")),
            None => {}
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_bad_field_gets_its_own_line_with_its_path() {
        const INNER: Shape = Shape::Closed(&[
            required("n", Shape::IntegerIn(1, 3)),
            optional("b", Shape::Bool),
        ]);
        const OUTER: Shape = Shape::Object(&[
            optional("list", Shape::List(&INNER, 2)),
            required("text", Shape::Text),
        ]);

        assert_eq!(
            OUTER.check(&json!({"list": [{"n": 3}], "text": "", "more": 1})),
            Ok(())
        );
        let error = OUTER
            .check(&json!({"list": [{"n": 4, "b": null}, {"x": 1}]}))
            .expect_err("three bad fields");
        assert_eq!(
            error.details,
            [
                "Invalid body param: list[0].n must be an integer from 1 to 3",
                "Invalid body param: list[1].n is missing",
                "Invalid body param: list[1].x is not allowed",
                "Invalid body param: text is missing",
            ]
        );
    }
}
