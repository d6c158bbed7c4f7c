//! Reading of single events: what is lenient, what is kept, what is malformed.

use hundredms::webhooks::{
    Event, EventData, EventType, PeerJoinSuccess, SessionOpenSuccess, VerificationErrorReason,
    parse, parse_json,
};
use serde_json::{Value, json};

use super::JOIN;

#[test]
fn an_event_is_typed_by_its_type_wherever_that_stands() {
    let event = parse(r#"{"data":{"room_id":"r","session_id":"s","peer_id":"p","later":1},"is_replay":true,"type":"peer.join.success","id":"e","shard":7}"#)
        .expect("an event");
    assert!(event.is_replay);
    assert_eq!(event.extra["shard"], 7);
    let EventData::PeerJoinSuccess(join) = &event.data else {
        panic!("{event:?}")
    };
    assert_eq!(
        (join.peer_id.as_str(), &join.extra["later"]),
        ("p", &json!(1))
    );
    let event = event.typed::<SessionOpenSuccess>().expect_err("a join");
    let event: Event<PeerJoinSuccess> = event.typed().expect("a join");
    assert_eq!(event.data.room_id, "r");
}

#[test]
fn a_type_that_is_not_known_keeps_its_name_and_data() {
    let event = parse(r#"{"id":"e","type":"poll.started","data":{"a":[1,2]}}"#).expect("an event");
    assert_eq!(event.kind, EventType::Other("poll.started".to_owned()));
    let EventData::Unknown(data) = &event.data else {
        panic!("{event:?}")
    };
    assert_eq!(data["a"], json!([1, 2]));
    let json: Value = serde_json::from_str(&event.to_json()).expect("JSON");
    assert_eq!(
        (&json["type"], &json["data"]),
        (&json!("poll.started"), &json!({"a": [1, 2]}))
    );
}

#[test]
fn the_other_name_of_a_failed_transcription_means_the_same() {
    let event = parse(
        r#"{"id":"e","type":"transcription.failed","data":{"transcription_id":"t","room_id":"r"}}"#,
    )
    .expect("an event");
    assert_eq!(event.kind, EventType::TranscriptionFailure);
    assert!(matches!(event.data, EventData::TranscriptionFailure(_)));
}

#[test]
fn what_the_service_may_spell_in_two_ways_is_read_in_both() {
    let body = |size: &str, duration: &str| {
        format!(
            r#"{{"id":"e","type":"track.recording.success","timestamp":"0001-01-01T00:00:00Z","data":{{
                "room_id":"r","session_id":"s","peer_id":"p","track_id":"t","size":{size},"duration":{duration},"recording_id":null}}}}"#
        )
    };
    let expected = json!({"room_id": "r", "session_id": "s", "peer_id": "p", "track_id": "t", "size": 12, "duration": 1.5});
    for text in [body("12", "1.5"), body("\"12\"", "\"1.5\"")] {
        let json = parse_json(text.as_bytes()).expect("an event");
        let json: Value = serde_json::from_slice(json.text(text.as_bytes())).expect("JSON");
        assert_eq!(json["data"], expected);
        assert_eq!(json["timestamp"], Value::Null);
        assert_eq!(json["problem"], Value::Null);
    }
}

#[test]
fn an_empty_user_id_means_that_there_is_none() {
    let body = |user_id: &str| {
        format!(
            r#"{{"id":"e","type":"peer.join.success","timestamp":null,"data":{{"room_id":"r","session_id":"s","peer_id":"p","user_id":{user_id}}}}}"#
        )
    };
    for (user_id, expected) in [(r#""""#, None), (r#""ada""#, Some("ada"))] {
        let body = body(user_id);
        let event: Event<PeerJoinSuccess> = parse(body.clone())
            .expect("an event")
            .typed()
            .expect("a join");
        assert_eq!(event.data.user_id.as_deref(), expected);
        let json = parse_json(body.as_bytes()).expect("an event");
        let json: Value = serde_json::from_slice(json.text(body.as_bytes())).expect("JSON");
        assert_eq!(
            json["data"].get("user_id"),
            expected.map(Value::from).as_ref()
        );
    }
}

#[test]
fn data_that_does_not_fit_is_kept_with_what_is_wrong_with_it() {
    for (data, problem) in [
        (
            r#"{"room_id":"r","session_id":"s"}"#,
            "data.peer_id: missing field `peer_id`",
        ),
        (
            r#"{"room_id":["secret"],"session_id":"s","peer_id":"p"}"#,
            "data.room_id: expected a string, found a list",
        ),
        (
            r#"{"room_id":"r","session_id":"s","peer_id":"p","joined_at":"soon"}"#,
            "data.joined_at: expected an RFC 3339 time such as 2024-02-01T08:00:00.000Z",
        ),
        (r#""secret""#, "data: expected an object, found a string"),
        ("null", "data: it is missing"),
    ] {
        let text = format!(r#"{{"id":"e","type":"peer.join.success","data":{data}}}"#);
        let event = parse(text.clone()).expect("an event");
        assert_eq!(
            (event.id.as_str(), &event.kind),
            ("e", &EventType::PeerJoinSuccess)
        );
        let EventData::Malformed(malformed) = &event.data else {
            panic!("{event:?}")
        };
        assert_eq!(malformed.problem, problem);
        assert_eq!(
            malformed.data,
            serde_json::from_str::<Value>(data).expect("JSON")
        );
        assert_eq!(event.raw(), text.as_bytes());
        assert!(!format!("{event:?}").contains("secret"));
        let json: Value = serde_json::from_str(&event.to_json()).expect("JSON");
        assert_eq!(
            (&json["problem"], &json["data"]),
            (&json!(problem), &malformed.data)
        );
    }
}

#[test]
fn an_object_without_id_or_type_is_a_malformed_event() {
    for (text, problem) in [
        (
            r#"{"type":"room.end.success","data":{}}"#,
            "id: it is missing",
        ),
        (
            r#"{"id":"","type":"room.end.success","data":{}}"#,
            "id: it is missing",
        ),
        (r#"{"id":"e","data":{}}"#, "type: it is missing"),
        (
            r#"{"id":"e","type":[],"data":{}}"#,
            "type: expected a string, found a list",
        ),
        ("{}", "id: it is missing"),
    ] {
        let event = parse(text).expect("an event");
        let EventData::Malformed(malformed) = &event.data else {
            panic!("{event:?}")
        };
        assert_eq!(malformed.problem, problem, "{text}");
    }
}

#[test]
fn what_is_not_one_json_object_is_refused() {
    let bodies: [&[u8]; 7] = [
        b"",
        b"hello",
        b"[]",
        b"null",
        b"{\"id\":\"e\"",
        b"{} {}",
        b"{\"id\":\"\xff\"}",
    ];
    for body in bodies {
        let refusal = parse(body.to_vec()).expect_err("no event");
        assert_eq!(
            refusal.reason(),
            VerificationErrorReason::NotJson,
            "{}",
            String::from_utf8_lossy(body)
        );
        assert_eq!(refusal.status(), 400);
    }
    let deep = format!(
        "{{\"id\":\"e\",\"type\":\"x\",\"data\":{}{}}}",
        "[".repeat(9999),
        "]".repeat(9999)
    );
    assert!(matches!(
        parse(deep).expect("an event").data,
        EventData::Malformed(_)
    ));
    assert!(parse(JOIN).is_ok());
}

/// An object with `value` as a field of its data.
fn holding(value: &str) -> String {
    format!(
        r#"{{"id":"e","type":"peer.join.success","timestamp":"2026-01-01T00:00:00Z","data":{{"room_id":"r","new":{value}}}}}"#
    )
}

#[test]
fn an_object_always_gives_an_event() {
    let deep = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
    for value in [deep.as_str(), "1e999", "-1e999", &"9".repeat(5_000)] {
        let body = holding(value);
        let event = parse(body.clone()).expect("an event");
        let EventData::Malformed(malformed) = &event.data else {
            panic!("{event:?}")
        };
        assert_eq!(
            (event.id.as_str(), event.kind.as_str()),
            ("e", "peer.join.success")
        );
        assert!(event.timestamp.is_some());
        // What no value can hold is there as text.
        let data = malformed.data.as_str().expect("JSON text");
        assert!(data.starts_with(r#"{"room_id":"r""#) && data.contains(value));
        assert!(!malformed.problem.contains(value));
        assert_eq!(event.raw(), body.as_bytes());
        let json: Value = serde_json::from_str(&event.to_json()).expect("JSON");
        assert_eq!(json["data"], data);
        parse_json(body.as_bytes()).expect("an event");
    }
    for body in [
        r#"{"id":"e","type":"peer.join.success","later":1e999,"data":{}}"#.to_owned(),
        format!(r#"{{"id":{deep}}}"#),
    ] {
        let event = parse(body).expect("an event");
        assert!(matches!(event.data, EventData::Malformed(_)));
    }
    for body in ["[1e999]", "1e999", "{", &format!("{{\"a\":{}", &deep)] {
        let refusal = parse(body.to_owned()).expect_err("no object");
        assert_eq!(refusal.reason(), VerificationErrorReason::NotJson);
    }
}

#[test]
fn a_text_that_was_cut_within_a_character_does_not_spoil_an_event() {
    for cut in [r"\ud83d", r"\ude00", r"\ud83d\ud83d"] {
        let body = JOIN.replacen("\"data\"", &format!("\"later{cut}\":\"{cut}\",\"data\""), 1);
        let event = parse(body.clone()).expect("an event");
        assert!(
            matches!(event.data, EventData::PeerJoinSuccess(_)),
            "{event:?}"
        );
        assert!(
            event
                .extra
                .keys()
                .any(|name| name.starts_with("later\u{fffd}"))
        );
        let json = parse_json(body.as_bytes()).expect("an event");
        serde_json::from_slice::<Value>(json.text(body.as_bytes())).expect("JSON");
        let event = parse(holding(&format!("\"{cut}\""))).expect("an event");
        let EventData::Malformed(malformed) = &event.data else {
            panic!("{event:?}")
        };
        // Not the text: what else is wrong.
        assert_eq!(
            malformed.problem,
            "data.session_id: missing field `session_id`"
        );
    }
}
