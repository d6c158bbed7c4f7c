//! Compares the outcomes of the calls with the state of the sandbox.
//!
//! Call number `n` reads a room when `n` is even; of the others every second one creates a room with the name `soak-n`, and the
//! rest one without a name, which must not be repeated. Either room has `soak-n` as its description.

use std::collections::BTreeMap;

use hundredms::Client;
use hundredms::resources::rooms::{CreateRoom, ListRooms};
use serde_json::Value;

use crate::shell::BoxError;

/// Maximum number of reported problems.
const MOST: usize = 20;

/// The number of rooms of each call.
pub(super) type Found = BTreeMap<usize, usize>;

fn client(options: &Value) -> Result<Client, BoxError> {
    let text = options.to_string();
    Ok(Client::builder().options(text.as_bytes())?.build()?)
}

/// Create the room that is read.
pub(super) async fn room(options: &Value) -> Result<String, BoxError> {
    Ok(client(options)?.send(CreateRoom::new()).await?.id)
}

/// Count the rooms.
pub(super) async fn found(options: &Value) -> Result<Found, BoxError> {
    let mut found = Found::new();
    let mut rooms = client(options)?.list(ListRooms::new());
    while let Some(room) = rooms.next().await {
        let room = room?;
        let number = room.description.strip_prefix("soak-").map(str::parse);
        if let Some(Ok(number)) = number {
            *found.entry(number).or_default() += 1;
        }
    }
    Ok(found)
}

/// Return a message for each room that is missing or exists twice.
pub(super) fn errors(outcomes: &str, found: &Found, calls: usize) -> Vec<String> {
    let mut wrong = Vec::new();
    if outcomes.len() != calls {
        wrong.push(format!("{} outcomes of {calls} calls", outcomes.len()));
    }
    for (number, outcome) in outcomes.bytes().enumerate() {
        let there = found.get(&number).copied().unwrap_or(0);
        let reads = number % 2 == 0;
        let fits = match outcome {
            b'o' => there == usize::from(!reads),
            b'n' => there == 0,
            // Calls that only read are never ambiguous.
            b'm' => there <= 1 && !reads,
            _ => false,
        };
        if !fits {
            let outcome = char::from(outcome);
            wrong.push(format!(
                "call {number} ended as `{outcome}`, and there are {there} rooms of it"
            ));
        }
    }
    for (number, there) in found.range(outcomes.len()..) {
        wrong.push(format!(
            "there are {there} rooms of call {number}, which has no outcome"
        ));
    }
    if wrong.len() > MOST {
        let more = wrong.len() - MOST;
        wrong.truncate(MOST);
        wrong.push(format!("{more} more of these"));
    }
    wrong
}

/// Return how many rooms there are, and whether each exists once.
pub(super) fn in_words(found: &Found) -> String {
    let doubled = found.values().filter(|there| **there > 1).count();
    match doubled {
        0 => format!("{} rooms, each once", found.len()),
        _ => format!("{} rooms, {doubled} more than once", found.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two calls of each sort: read, named, read, unnamed.
    const GOOD: (&str, [(usize, usize); 3]) = ("oooooonm", [(1, 1), (3, 1), (5, 1)]);

    fn errors_of(outcomes: &str, found: &[(usize, usize)]) -> Vec<String> {
        errors(outcomes, &found.iter().copied().collect(), 8)
    }

    #[test]
    fn calls_that_ended_once_and_left_what_they_said_are_right() {
        assert!(errors_of(GOOD.0, &GOOD.1).is_empty());
        // The ambiguous call took effect.
        assert!(errors_of(GOOD.0, &[(1, 1), (3, 1), (5, 1), (7, 1)]).is_empty());
    }

    #[test]
    fn a_call_that_is_lost_is_told() {
        assert_eq!(errors_of("oooooon", &GOOD.1), ["7 outcomes of 8 calls"]);
        let without_end = ["call 7 ended as `.`, and there are 0 rooms of it"];
        assert_eq!(errors_of("oooooon.", &GOOD.1), without_end);
    }

    #[test]
    fn an_effect_that_is_lost_is_told() {
        let lost = ["call 3 ended as `o`, and there are 0 rooms of it"];
        assert_eq!(errors_of(GOOD.0, &[(1, 1), (5, 1)]), lost);
    }

    #[test]
    fn an_effect_that_is_there_twice_is_told() {
        for number in [1, 3, 5, 7] {
            let mut found: Found = GOOD.1.into();
            found.insert(number, 2);
            let wrong = errors(GOOD.0, &found, 8);
            assert_eq!(wrong.len(), 1, "{wrong:?}");
            assert!(wrong[0].contains(&format!("call {number} ")), "{wrong:?}");
            assert_eq!(
                in_words(&found).split_once(", ").map(|it| it.1),
                Some("1 more than once")
            );
        }
    }

    #[test]
    fn an_effect_of_what_surely_was_not_done_is_told() {
        let done = ["call 1 ended as `n`, and there are 1 rooms of it"];
        assert_eq!(errors_of("onoooonm", &GOOD.1), done);
    }

    #[test]
    fn a_read_that_is_in_doubt_or_leaves_something_is_told() {
        let doubt = ["call 2 ended as `m`, and there are 0 rooms of it"];
        assert_eq!(errors_of("oomooonm", &GOOD.1), doubt);
        let left = ["call 0 ended as `o`, and there are 1 rooms of it"];
        assert_eq!(errors_of(GOOD.0, &[(0, 1), (1, 1), (3, 1), (5, 1)]), left);
    }

    #[test]
    fn an_effect_of_a_call_that_nobody_made_is_told() {
        let made = ["there are 1 rooms of call 9, which has no outcome"];
        assert_eq!(errors_of(GOOD.0, &[(1, 1), (3, 1), (5, 1), (9, 1)]), made);
    }

    #[test]
    fn of_many_errors_the_first_are_told() {
        let wrong = errors(&".".repeat(100), &Found::new(), 100);
        assert_eq!(wrong.len(), MOST + 1);
        assert_eq!(wrong[MOST], "80 more of these");
    }
}
