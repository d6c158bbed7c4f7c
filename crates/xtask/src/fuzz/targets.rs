//! The parsers of untrusted bytes, with their seeds.

use std::path::Path;

use hundredms::fuzzing;
use serde_json::{Value, json};

use crate::shell::{BoxError, root};

/// Feeds a parser: the name of a seed, and an input made from it.
pub(super) type Feed = Box<dyn Fn(&str, &[u8])>;

/// One parser.
pub(super) struct Target {
    pub(super) name: &'static str,
    /// Named valid inputs.
    pub(super) seeds: Vec<(String, Vec<u8>)>,
    pub(super) feed: Feed,
}

/// Return all of them.
pub(super) fn targets() -> Result<Vec<Target>, BoxError> {
    let fixtures = files(&root().join("tests/fixtures"))?;
    let part = |fixture: &Value, pointer: &str| {
        let operation = fixture["operation"].as_str().unwrap_or_default().to_owned();
        let part = fixture.pointer(pointer).unwrap_or(&Value::Null);
        (operation, part.to_string().into_bytes())
    };
    let answers = fixtures.iter().map(|it| part(it, "/answer/body")).collect();
    let arguments = fixtures.iter().map(|it| part(it, "/arguments")).collect();
    let events = files(&root().join("tests/contract/webhook-examples"))?;
    let events = events
        .iter()
        .map(|it| (String::new(), it.to_string().into_bytes()));
    let claims = json!({"access_key": "key", "type": "app", "room_id": "r", "role": "host", "user_id": "u",
        "jti": "1", "iat": 1_700_000_000, "nbf": 1_700_000_000, "exp": 1_800_000_000.5});
    let signed = fuzzing::signed(&claims);
    let plain = |texts: &[&str]| {
        let seed = |text: &&str| (String::new(), text.as_bytes().to_vec());
        texts.iter().map(seed).collect::<Vec<_>>()
    };
    Ok(vec![
        Target {
            name: "answers",
            seeds: answers,
            feed: Box::new(fuzzing::answer),
        },
        Target {
            name: "arguments",
            seeds: arguments,
            feed: Box::new(fuzzing::arguments),
        },
        Target {
            name: "tokens",
            seeds: plain(&[&signed]),
            feed: Box::new(move |_, text| fuzzing::token(text, &signed)),
        },
        Target {
            name: "webhooks",
            seeds: events.collect(),
            feed: Box::new(|_, body| fuzzing::webhook(body)),
        },
        Target {
            name: "refusals",
            seeds: refusals(),
            feed: Box::new(|status, body| fuzzing::refusal(status.parse().unwrap_or(500), body)),
        },
        Target {
            name: "retry_after",
            seeds: plain(&[
                "7",
                "0.5",
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Too many requests, retry after 12 seconds",
                "retry after 180 seconds",
            ]),
            feed: Box::new(|_, text| fuzzing::retry_after(text)),
        },
        Target {
            name: "cursors",
            seeds: plain(&["66b2d2105c803b002ae4f611", "2", "bGFzdA==", "a&start=b#c"]),
            feed: Box::new(|_, text| fuzzing::cursor(text)),
        },
        Target {
            name: "transcripts",
            seeds: plain(&[
                r#"{"words":[{"word":"Hi","name":"Ada","peer_id":"p","start_time":"1010","end_time":"1570"}],"sentences":[{"sentence":"Hi, you --> there.","name":"Ada","peer_id":"p","start_time":"1010","end_time":"3700000"},{"sentence":"<b>","start_time":5,"end_time":-1}]}"#,
            ]),
            feed: Box::new(|_, file| fuzzing::transcript(file)),
        },
        Target {
            name: "summaries",
            seeds: plain(&[
                r#"{"summary":{"sections":[{"title":"Agenda","format":"bullets","bullets":["a","b"],"paragraph":""}]}}"#,
                r#"{"sections":[]}"#,
            ]),
            feed: Box::new(|_, file| fuzzing::summary(file)),
        },
        Target {
            name: "chats",
            seeds: plain(&[
                "SenderPeerID,SenderName,SenderUserID,Roles,SentAt,Type,Message\np,Ada,u,[],2024-05-01T10:00:00Z,chat,\"a, \"\"b\"\"\r\nc\"\n",
            ]),
            feed: Box::new(|_, file| fuzzing::chat(file)),
        },
    ])
}

/// Refusals of services and gateways, by status.
fn refusals() -> Vec<(String, Vec<u8>)> {
    let bodies = [
        r#"{"code":404,"message":"room not found","details":["no room has this id","look it up by its name"]}"#,
        r#"{"error":"Too many requests, retry after 12 seconds"}"#,
        r#"{"code":"429","message":null,"details":null}"#,
        "Too many requests: retry after 180 seconds",
        "<html><body>Bad Gateway</body></html>",
        "",
    ];
    let statuses = [
        302, 400, 401, 403, 404, 408, 409, 422, 429, 500, 502, 503, 504,
    ];
    let named = |status: i32| bodies.map(|body| (status.to_string(), body.as_bytes().to_vec()));
    statuses.into_iter().flat_map(named).collect()
}

/// Read the JSON files of a folder, ordered by name.
fn files(folder: &Path) -> Result<Vec<Value>, BoxError> {
    let mut paths = std::fs::read_dir(folder)?
        .map(|file| Ok(file?.path()))
        .collect::<Result<Vec<_>, std::io::Error>>()?;
    paths.sort();
    let read = |path| Ok(serde_json::from_slice(&std::fs::read(path)?)?);
    paths.into_iter().map(read).collect()
}
