//! The checking itself: what departs from the contract is found.

use hundredms::{CallOptions, ErrorKind, RawResponse};
use serde_json::{Value, json};

use super::client_at;
use crate::checked::{Checked, Proxy};
use crate::queue::{Queue, Reply};

/// Ask through a proxy before a server that gives this reply; gives the answer and what was found.
async fn asked(
    method: &str,
    path: &str,
    query: &[(&str, &str)],
    body: Option<Value>,
    reply: Reply,
) -> (hundredms::Result<RawResponse>, Vec<String>) {
    let queue = Queue::start([reply]).await;
    let proxy = Proxy::before(&queue.url()).await;
    let client = client_at(&proxy.url()).max_retries(0).build();
    let query: Vec<_> = query
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let answer = client
        .expect("a client")
        .request(method, path, &query, body.as_ref(), &CallOptions::default())
        .await;
    let found = proxy.deviations();
    assert!(found.is_empty() || queue.asked().len() <= 1);
    (answer, found)
}

fn json_reply(status: u16, body: &Value) -> Reply {
    Reply::json(status, &body.to_string()).with("content-type", "application/json")
}

#[tokio::test]
async fn a_request_that_the_contract_does_not_know_is_found_and_not_passed_on() {
    for (method, path, query, body, words) in [
        (
            "POST",
            "/rooms",
            vec![],
            Some(json!({"name": "a b"})),
            "/name",
        ),
        ("POST", "/rooms", vec![], Some(json!({"nam": "a"})), "nam"),
        ("POST", "/rooms", vec![("x", "1")], None, "`x`"),
        ("POST", "/polls", vec![], None, "body is missing"),
        (
            "POST",
            "/recordings/1/stop",
            vec![],
            Some(json!({})),
            "there is a body",
        ),
        ("GET", "/rooms", vec![("enabled", "yes")], None, "enabled"),
        ("GET", "/rooms", vec![("limit", "101")], None, "limit"),
        (
            "GET",
            "/rooms",
            vec![("limit", "10"), ("limit", "10")],
            None,
            "2 times",
        ),
        (
            "GET",
            "/rooms",
            vec![("after", "yesterday")],
            None,
            "date-time",
        ),
        (
            "GET",
            "/analytics/events",
            vec![],
            None,
            "room_id is missing",
        ),
        (
            "GET",
            "/analytics/events",
            vec![
                ("room_id", "1"),
                ("type", "client.disconnected"),
                ("type", "x"),
            ],
            None,
            "type",
        ),
        (
            "POST",
            "/token",
            vec![],
            Some(json!({"code": "a"})),
            "there is a token",
        ),
    ] {
        let (answer, found) = asked(method, path, &query, body, json_reply(200, &json!({}))).await;
        let error = answer.expect_err(words);
        assert_eq!(
            (error.kind(), error.status()),
            (ErrorKind::Server, Some(599))
        );
        let [found] = found.as_slice() else {
            panic!("{words}: {found:?}");
        };
        assert!(
            found.contains("request") && found.contains(words),
            "{found}"
        );
    }
}

#[tokio::test]
async fn an_answer_that_the_contract_does_not_know_is_found() {
    let error = |code: u16| json!({"code": code, "message": "m"});
    let key = json!({"data": [], "last": ""});
    for (reply, words) in [
        (
            json_reply(200, &json!({"data": [{"id": "1"}]})),
            "is a required property",
        ),
        (json_reply(200, &json!({"data": [], "last": 1})), "/last"),
        (
            json_reply(200, &json!({"data": [], "last": "", "more": 1})),
            "more",
        ),
        (json_reply(201, &key), "201 is not documented"),
        (Reply::json(200, &key.to_string()), "content type"),
        (json_reply(404, &json!({"message": "m"})), "code"),
        (json_reply(404, &error(403)), "says code 403"),
        (json_reply(418, &json!({"code": 418})), "message"),
    ] {
        let (_, found) = asked("GET", "/stream-keys/room/1", &[], None, reply).await;
        let [found] = found.as_slice() else {
            panic!("{words}: {found:?}");
        };
        assert!(found.starts_with("stream_keys.get, answer"), "{found}");
        assert!(found.contains(words), "{words}: {found}");
    }
    for reply in [
        json_reply(200, &key),
        json_reply(404, &error(404)),
        json_reply(429, &error(429)),
    ] {
        let (_, found) = asked("GET", "/stream-keys/room/1", &[], None, reply).await;
        assert_eq!(found, [""; 0]);
    }
    let delete = "/templates/1/roles/r";
    let (_, found) = asked("DELETE", delete, &[], None, json_reply(200, &key)).await;
    assert!(found[0].contains("200 is not documented"), "{found:?}");
}

#[tokio::test]
async fn a_request_for_no_operation_is_passed_on_as_it_is() {
    let reply = Reply::json(200, "as it is");
    let (answer, found) = asked("GET", "/rooms/1/2", &[("x", "1")], None, reply).await;
    assert_eq!(answer.expect("an answer").body, "as it is");
    assert_eq!(found, [""; 0]);
}

#[tokio::test]
#[should_panic(expected = "departs from the contract")]
async fn a_departure_fails_the_test_in_which_it_is_found() {
    let sandbox = Checked::start().await;
    let client = super::client_of(&sandbox).max_retries(0).build();
    let name = Some(json!({"name": "a b"}));
    let refused = client
        .expect("a client")
        .request(
            "POST",
            "/rooms",
            &[],
            name.as_ref(),
            &CallOptions::default(),
        )
        .await;
    refused.expect_err("no name");
    sandbox.finish();
}
