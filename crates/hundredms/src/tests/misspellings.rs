//! Suggestions for misspelt fields.

use hundredms_deserialize_error::is_near;

use crate::operation::{Described, Operation, OperationVisitor};
use crate::resources::all::each_operation;
use crate::table::find;
use crate::wire::shape::{Presence, Shape, ShapeField};

/// Pairs of a required field and a similar known field of the same object.
#[derive(Default)]
struct SimilarFields(Vec<String>);

impl SimilarFields {
    fn look(&mut self, fields: &[ShapeField]) {
        for field in fields {
            let required = field.presence == Presence::Required;
            for other in fields.iter().filter(|other| other.name != field.name) {
                if required && is_near(other.name, field.name, 3) {
                    self.0.push(format!("{} and {}", field.name, other.name));
                }
            }
            self.look_into(field.shape);
        }
    }

    fn look_into(&mut self, shape: &Shape) {
        match shape {
            Shape::List(inner) | Shape::Map(inner) => self.look_into(inner),
            Shape::Model(fields) => self.look(fields),
            Shape::Union { shapes, .. } => {
                for (_, shape) in *shapes {
                    self.look_into(shape);
                }
            }
            _ => {}
        }
    }
}

impl OperationVisitor for SimilarFields {
    fn visit<O: Operation + Described>(&mut self)
    where
        O::Output: Described,
    {
        self.look(O::ARGUMENTS);
    }
}

#[test]
fn no_known_field_is_similar_to_a_required_one_so_no_known_field_is_reported_as_misspelt() {
    let mut similar = SimilarFields::default();
    each_operation(&mut similar);
    assert!(similar.0.is_empty(), "{:?}", similar.0);
}

#[test]
fn a_misspelt_required_field_is_reported_as_unknown() {
    let prepare = find("rooms.create").expect("an operation").prepare;
    for (arguments, path, reason) in [
        (
            r#"{"webhook":{"ulr":"https://a.example"}}"#,
            "webhook.ulr",
            "unknown field `ulr`; did you mean `url`?",
        ),
        (
            r#"{"webhook":{"path":"https://a.example"}}"#,
            "webhook.url",
            "missing field `url`",
        ),
    ] {
        let error = prepare(arguments.as_bytes()).expect_err("it is refused");
        assert_eq!(error.field(), Some(path));
        assert!(error.to_string().contains(reason), "{error}");
    }
}

#[test]
fn an_object_where_its_id_belongs_is_refused_with_the_id_to_pass() {
    let prepare = find("room_codes.create").expect("an operation").prepare;
    let error = prepare(br#"{"room_id":{"id":"a","name":"b"}}"#).expect_err("it is refused");
    assert_eq!(
        error.message(),
        "room_id: expected a string, found the whole object: pass its id, room.id"
    );
}

#[test]
fn a_misspelt_field_of_a_nested_object_is_refused_even_if_it_is_short() {
    for (operation, arguments, path, reason) in [
        (
            "polls.create",
            r#"{"questions":[{"text":"x","typ":"single-choice"}]}"#,
            "questions[0].typ",
            "unknown field `typ`; did you mean `type`?",
        ),
        (
            "polls.create",
            r#"{"questions":[{"text":"x","options":[{"txet":"a"}]}]}"#,
            "questions[0].options[0].txet",
            "unknown field `txet`; did you mean `text`?",
        ),
    ] {
        let prepare = find(operation).expect("an operation").prepare;
        let error = prepare(arguments.as_bytes()).expect_err("it is refused");
        assert_eq!(error.field(), Some(path));
        assert!(error.to_string().contains(reason), "{error}");
    }
    let prepare = find("polls.create").expect("an operation").prepare;
    let unknown = br#"{"questions":[{"text":"x","types":["a"],"texture":"b"}]}"#;
    prepare(unknown).expect("it is sent as it is");
}
