//! Webhooks: what the contract says of them, and what a receiver takes.

#[cfg(feature = "schema")]
mod contract;
mod examples;
mod reading;
mod verification;

use serde_json::Value;

/// The text of `tests/contract/webhooks.yaml`.
fn contract() -> Value {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/contract/webhooks.yaml"
    );
    let text = std::fs::read_to_string(path).expect("the contract");
    serde_norway::from_str(&text).expect("YAML")
}

/// The example of each type, by name.
fn examples() -> Vec<(String, String)> {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/contract/webhook-examples"
    );
    let mut examples: Vec<_> = std::fs::read_dir(folder)
        .expect("examples")
        .map(|file| {
            let path = file.expect("a file").path();
            let text = std::fs::read_to_string(&path).expect("a file");
            let name = path.file_stem().expect("a name").to_string_lossy();
            (name.into_owned(), text)
        })
        .collect();
    examples.sort();
    examples
}

/// A small event that fits.
const JOIN: &str = r#"{"id":"e1","type":"peer.join.success","timestamp":"2026-01-02T03:04:05Z",
    "data":{"room_id":"r1","session_id":"s1","peer_id":"p1","user_id":"ada"}}"#;
