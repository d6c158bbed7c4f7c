//! Properties of parsing: no input causes a panic, and a value that is written and read again is the same.

use std::collections::BTreeMap;

use bytes::Bytes;
use proptest::prelude::*;
use serde_json::{Map, Value};

use crate::answer::{self, Canonical};
use crate::error::Error;
use crate::operation::{Described, Operation, OperationVisitor};
use crate::resources::all::each_operation;
use crate::table::find;

/// An operation under test.
#[derive(Clone, Copy)]
struct Tested {
    name: &'static str,
    /// Read a response and return it as canonical JSON.
    canonical: fn(&Bytes) -> Canonical,
    /// Return whether the scanner accepts a response, and whether parsing confirms it.
    canonical_already: fn(&Bytes) -> (bool, bool),
    /// Read a response and write it, normalised or not. Reading the result must return the same value.
    rewritten: fn(&Bytes),
}

impl Tested {
    /// Read arguments. Return why they are refused.
    fn refuses(&self, arguments: &[u8]) -> Option<Error> {
        let entry = find(self.name).expect("an operation");
        (entry.prepare)(arguments).err()
    }
}

impl OperationVisitor for Vec<Tested> {
    fn visit<O: Operation + Described>(&mut self)
    where
        O::Output: Described,
    {
        self.push(Tested {
            name: O::INFO.name,
            canonical: answer::canonical::<O>,
            canonical_already: answer::canonical_already::<O>,
            rewritten: answer::rewritten::<O>,
        });
    }
}

fn operations() -> Vec<Tested> {
    let mut all = Vec::new();
    each_operation(&mut all);
    all
}

/// The responses of the fixtures, by operation.
fn answers() -> BTreeMap<&'static str, Value> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures");
    operations()
        .into_iter()
        .map(|entry| {
            let name = entry.name;
            let text = std::fs::read(format!("{folder}/{name}.json")).expect("a fixture");
            let fixture: Value = serde_json::from_slice(&text).expect("JSON");
            (name, fixture["answer"]["body"].clone())
        })
        .collect()
}

pub(crate) fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(Value::from("0001-01-01T00:00:00Z")),
        Just(Value::from("2024-02-01T08:00:00.123456789+02:00")),
        Just(Value::from("12")),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{1,8}", inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Put `with` somewhere into `value`. `path` selects a child at each level.
fn replaced(value: &mut Value, path: &[usize], with: Value) {
    let (Some(pick), rest) = (path.first(), path.get(1..).unwrap_or_default()) else {
        *value = with;
        return;
    };
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let name = fields
                .keys()
                .nth(pick % fields.len())
                .cloned()
                .unwrap_or_default();
            if rest.is_empty() && pick % 3 == 0 {
                fields.remove(&name);
            } else if let Some(inner) = fields.get_mut(&name) {
                replaced(inner, rest, with);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let index = pick % items.len();
            replaced(&mut items[index], rest, with);
        }
        other => *other = with,
    }
}

/// Read `body` as the response of every operation whose name `wanted` accepts. Return how many could be read.
fn read_again(body: &Value, wanted: impl Fn(&str) -> bool) -> usize {
    let body = Bytes::from(body.to_string());
    let mut read = 0;
    for entry in operations().into_iter().filter(|entry| wanted(entry.name)) {
        let (seen, read_so) = (entry.canonical_already)(&body);
        assert_eq!(seen, read_so, "{}: {body:?}", entry.name);
        let Ok((once, cursor)) = (entry.canonical)(&body) else {
            continue;
        };
        let (twice, again) = (entry.canonical)(&once).unwrap_or_else(|error| {
            panic!(
                "{} reads its own text no more: {error:?}: {once:?}",
                entry.name
            )
        });
        let value = |text: &Bytes| serde_json::from_slice::<Value>(text).expect("JSON");
        assert_eq!(
            (value(&once), cursor),
            (value(&twice), again),
            "{}",
            entry.name
        );
        (entry.rewritten)(&body);
        read += 1;
    }
    read
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_into_every_answer(body in json()) {
        read_again(&body, |_| true);
    }

    #[test]
    fn any_bytes_into_every_answer_and_every_request(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let body = Bytes::from(bytes);
        for entry in operations() {
            let _ = (entry.canonical)(&body);
            let (seen, read_so) = (entry.canonical_already)(&body);
            assert!(read_so || !seen, "{}", entry.name);
            let _ = entry.refuses(&body);
        }
    }

    #[test]
    fn an_answer_with_something_else_in_it(
        pick in any::<prop::sample::Index>(),
        path in prop::collection::vec(0usize..12, 1..6),
        with in json(),
    ) {
        let mut answers: Vec<_> = answers().into_iter().collect();
        let (name, mut body) = answers.swap_remove(pick.index(answers.len()));
        replaced(&mut body, &path, with);
        read_again(&body, |given| given == name);
    }

    #[test]
    fn an_answer_with_other_bytes_in_it(
        pick in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"\"\\{}[],:.-+eE0123456789 \n\tu\x00\x80ntf".to_vec())), 1..4),
    ) {
        let mut answers: Vec<_> = answers().into_iter().collect();
        let (name, body) = answers.swap_remove(pick.index(answers.len()));
        let mut body = body.to_string().into_bytes();
        for (place, byte) in changes {
            let place = place.index(body.len());
            body[place] = byte;
        }
        let body = Bytes::from(body);
        for entry in operations().into_iter().filter(|entry| entry.name == name) {
            let (seen, read_so) = (entry.canonical_already)(&body);
            prop_assert!(read_so || !seen, "{}: {}", name, String::from_utf8_lossy(&body));
        }
    }

    #[test]
    fn any_json_into_every_request(arguments in json()) {
        let text = arguments.to_string();
        for entry in operations() {
            let _ = entry.refuses(text.as_bytes());
        }
    }
}

#[test]
fn every_answer_of_the_fixtures_is_read_and_written_again_as_the_same() {
    for (name, body) in answers() {
        assert_eq!(read_again(&body, |given| given == name), 1, "{name}");
    }
}
