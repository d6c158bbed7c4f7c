//! What the calls said, against what the sandbox holds.
//!
//! Call number `n` reads a room when `n` is even; of the others every second one creates a room with the name `soak-n`, and the rest
//! one without a name, which must not be repeated. Either room has `soak-n` as its description.

use std::collections::HashMap;

use hundredms::Client;
use hundredms::resources::rooms::{CreateRoom, ListRooms};
use serde_json::Value;

use crate::commands::Failure;

fn client(options: &Value) -> Result<Client, Failure> {
    let text = options.to_string();
    Ok(Client::builder().options(text.as_bytes())?.build()?)
}

/// Make the room that is read.
pub(super) async fn room(options: &Value) -> Result<String, Failure> {
    Ok(client(options)?.send(CreateRoom::new()).await?.id)
}

/// How often there is a room for each call.
pub(super) async fn found(options: &Value) -> Result<HashMap<usize, usize>, Failure> {
    let mut found = HashMap::new();
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

/// Tell what is lost or doubled.
pub(super) fn errors(outcomes: &str, found: &HashMap<usize, usize>, calls: usize) -> Vec<String> {
    let mut wrong = Vec::new();
    if outcomes.len() != calls {
        wrong.push(format!("{} outcomes of {calls} calls", outcomes.len()));
    }
    for (number, outcome) in outcomes.bytes().enumerate() {
        let there = found.get(&number).copied().unwrap_or(0);
        let fits = match outcome {
            _ if number % 2 == 0 => outcome != b'.' && there == 0,
            b'o' => there == 1,
            b'n' => there == 0,
            b'm' => there <= 1,
            _ => false,
        };
        if !fits && wrong.len() < 20 {
            let outcome = char::from(outcome);
            wrong.push(format!(
                "call {number} ended as `{outcome}`, and there are {there} rooms of it"
            ));
        }
    }
    wrong
}
