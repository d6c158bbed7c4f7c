//! Mutations of an input: of its bytes, and of its structure if it is JSON.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Inputs that often break parsers.
const WORDS: [&str; 24] = [
    "null",
    "true",
    "-1",
    "0",
    "1e999",
    "-0.0",
    "18446744073709551616",
    "9223372036854775808",
    "\"",
    "\\u0000",
    "\\ud800",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "0001-01-01T00:00:00Z",
    "2024-02-30T25:61:61Z",
    "+99:99",
    "\u{0}",
    "\u{feff}",
    "é",
    ".",
];

/// Change `input` once or a few times.
pub(super) fn mutated(rng: &mut Rng, input: &[u8], other: &[u8]) -> Vec<u8> {
    let mut output = input.to_vec();
    if rng.u8(..3) == 0 {
        if let Ok(mut value) = serde_json::from_slice::<Value>(input) {
            for _ in 0..rng.usize(1..4) {
                change(rng, &mut value, 0);
            }
            output = value.to_string().into_bytes();
            if rng.bool() {
                return output;
            }
        }
    }
    for _ in 0..rng.usize(1..6) {
        change_bytes(rng, &mut output, other);
    }
    output.truncate(1 << 16);
    output
}

fn change_bytes(rng: &mut Rng, output: &mut Vec<u8>, other: &[u8]) {
    let at = rng.usize(..=output.len());
    let to = rng.usize(at..=output.len().min(at + 64));
    match rng.u8(..8) {
        0 if at < output.len() => output[at] ^= 1 << rng.u8(..8),
        1 => output.insert(at, rng.u8(..)),
        2 => drop(output.drain(at..to)),
        3 => {
            let piece = output[at..to].to_vec();
            output.splice(at..at, piece);
        }
        4 => output.truncate(at),
        5 if !other.is_empty() => {
            let from = rng.usize(..other.len());
            let until = rng.usize(from..=other.len());
            output.splice(at..to, other[from..until].iter().copied());
        }
        6 => {
            let word = WORDS[rng.usize(..WORDS.len())];
            let times = if rng.u8(..50) == 0 { 300 } else { 1 };
            output.splice(at..to, word.repeat(times).into_bytes());
        }
        _ => {
            let digits: String = (0..rng.usize(1..30)).map(|_| rng.digit(10)).collect();
            output.splice(at..to, digits.into_bytes());
        }
    }
}

fn change(rng: &mut Rng, value: &mut Value, depth: usize) {
    if depth > 0 && rng.u8(..4) == 0 {
        *value = strange(rng);
        return;
    }
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let name = fields
                .keys()
                .nth(rng.usize(..fields.len()))
                .cloned()
                .unwrap_or_default();
            match rng.u8(..8) {
                0 => drop(fields.remove(&name)),
                1 => drop(fields.insert(format!("{name}x"), strange(rng))),
                _ => change(rng, &mut fields[&name], depth + 1),
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let at = rng.usize(..items.len());
            match rng.u8(..8) {
                0 => drop(items.remove(at)),
                1 => items.insert(at, items[at].clone()),
                _ => change(rng, &mut items[at], depth + 1),
            }
        }
        other => *other = strange(rng),
    }
}

fn strange(rng: &mut Rng) -> Value {
    match rng.u8(..12) {
        0 => Value::Null,
        1 => rng.bool().into(),
        2 => rng.i64(..).into(),
        3 => rng.u64(..).into(),
        4 => (rng.f64() * 1e300).into(),
        5 => WORDS[rng.usize(..WORDS.len())].into(),
        6 => "9".repeat(rng.usize(1..400)).into(),
        7 => Value::Array(Vec::new()),
        8 => Value::Object(Map::new()),
        9 => json!([[[[[[[[{"a": [null]}]]]]]]]]),
        10 => rng.i64(-3..200).to_string().into(),
        _ => (0..rng.usize(..20))
            .map(|_| rng.char(..))
            .collect::<String>()
            .into(),
    }
}
