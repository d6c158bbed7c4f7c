//! The error for a handler of an event type that this version does not know.

use super::types::EventType;
use crate::error::Error;

/// The minimum similarity of a suggestion.
const LEAST: f64 = 0.5;

impl EventType {
    /// Return the error for a handler of the unknown type `name`, which suggests a similar type.
    #[doc(hidden)]
    #[must_use]
    pub fn unknown(name: &str) -> Error {
        let meant =
            nearest(name).map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
        Error::configuration(format!(
            "unknown event type `{name}`{meant} (events of newer types go to the fallback)"
        ))
    }
}

/// Return the most similar type that is known.
fn nearest(name: &str) -> Option<&'static str> {
    let mut best = (None, LEAST);
    for known in EventType::KNOWN {
        let similarity = similarity(&name.to_lowercase(), known);
        if similarity > best.1 {
            best = (Some(*known), similarity);
        }
    }
    best.0
}

/// Return how similar two texts are, between 0 and 1: the share of their pairs of adjacent letters that both have (Dice's coefficient).
fn similarity(one: &str, other: &str) -> f64 {
    let pairs =
        |text: &str| -> Vec<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (one, mut other) = (pairs(one), pairs(other));
    let all = one.len() + other.len();
    let common = one.iter().filter(|pair| {
        let found = other.iter().position(|candidate| candidate == *pair);
        found.map(|at| other.swap_remove(at)).is_some()
    });
    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    let share = 2.0 * common.count() as f64 / all.max(1) as f64;
    share
}

#[cfg(test)]
mod tests {
    use super::EventType;

    #[test]
    fn an_unknown_type_gets_a_similar_one_as_a_suggestion() {
        for (name, meant) in [
            ("peer.joined", Some("peer.join.success")),
            ("Peer.Leave", Some("peer.leave.success")),
            ("recording.sucess", Some("recording.success")),
            ("session.opened", Some("session.open.success")),
            ("beam_failure", Some("beam.failure")),
            ("something", None),
            ("", None),
        ] {
            let error = EventType::unknown(name).to_string();
            match meant {
                Some(meant) => assert!(
                    error.contains(&format!("`{name}`; did you mean `{meant}`?")),
                    "{error}"
                ),
                None => assert!(!error.contains("did you mean"), "{error}"),
            }
        }
    }
}
