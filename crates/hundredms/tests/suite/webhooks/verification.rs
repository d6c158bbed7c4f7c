//! What a receiver takes and what it refuses.

use std::fmt::Write as _;

use std::net::IpAddr;

use hmac::{Hmac, KeyInit, Mac};
use hundredms::webhooks::{
    CanonicalEvent, Receiver, ReceiverBuilder, VerificationErrorReason, published_addresses,
};
use hundredms::{Error, ErrorKind};
use sha2::Sha256;

use super::JOIN;

const NONE: [(&str, &str); 0] = [];

fn receiver(set: impl FnOnce(ReceiverBuilder) -> ReceiverBuilder) -> Receiver {
    set(Receiver::builder()).build().expect("a receiver")
}

fn received(
    receiver: &Receiver,
    headers: &[(&str, &str)],
    peer: Option<&str>,
) -> Result<(), VerificationErrorReason> {
    let peer = peer.map(|peer| peer.parse::<IpAddr>().expect("an address"));
    let typed = receiver.receive(JOIN, headers, peer);
    let json = receiver.receive_json(JOIN.as_bytes(), headers, peer);
    assert_eq!(
        typed.as_ref().map(|event| event.kind.as_str()),
        json.as_ref().map(kind)
    );
    typed.map(|_| ()).map_err(|refusal| refusal.reason())
}

fn kind(json: &CanonicalEvent) -> &str {
    match json {
        CanonicalEvent::Unchanged(kind) => kind,
        CanonicalEvent::Rewritten(text) => panic!("{text}"),
    }
}

fn wrong(set: impl FnOnce(ReceiverBuilder) -> ReceiverBuilder) -> Error {
    let error = set(Receiver::builder()).build().expect_err("it cannot be");
    assert_eq!(error.kind(), ErrorKind::Configuration);
    error
}

#[test]
fn a_secret_header_must_be_there_and_right() {
    let receiver = receiver(|it| it.header("X-Secret", "hunter2"));
    assert_eq!(
        received(&receiver, &[("x-secret", "hunter2")], None),
        Ok(())
    );
    assert_eq!(
        received(&receiver, &[("X-SECRET", "hunter2")], None),
        Ok(())
    );
    assert_eq!(
        received(&receiver, &NONE, None),
        Err(VerificationErrorReason::MissingHeader)
    );
    for value in [
        "",
        "hunter",
        "hunter22",
        "Hunter2",
        "hunter2 ",
        "hunter2, hunter2",
    ] {
        assert_eq!(
            received(&receiver, &[("x-secret", value)], None),
            Err(VerificationErrorReason::WrongHeader),
            "{value:?}"
        );
    }
    let mut map = http::HeaderMap::new();
    map.insert("x-secret", http::HeaderValue::from_static("hunter2"));
    assert!(receiver.receive(JOIN, &map, None).is_ok());
    assert_eq!(receiver.header_names(), ["x-secret"]);
}

#[test]
fn every_header_that_is_set_must_be_right() {
    let receiver = receiver(|it| it.header("a", "1").header("b", "2"));
    assert_eq!(received(&receiver, &[("a", "1"), ("b", "2")], None), Ok(()));
    assert_eq!(
        received(&receiver, &[("a", "1")], None),
        Err(VerificationErrorReason::MissingHeader)
    );
    assert_eq!(
        received(&receiver, &[("a", "1"), ("b", "1")], None),
        Err(VerificationErrorReason::WrongHeader)
    );
}

#[test]
fn while_a_secret_is_changed_both_values_are_good() {
    let receiver = receiver(|it| it.header_any("x-secret", ["old", "new"]));
    assert_eq!(received(&receiver, &[("x-secret", "old")], None), Ok(()));
    assert_eq!(received(&receiver, &[("x-secret", "new")], None), Ok(()));
    assert_eq!(
        received(&receiver, &[("x-secret", "older")], None),
        Err(VerificationErrorReason::WrongHeader)
    );
}

#[test]
fn only_addresses_of_the_list_may_send() {
    let receiver = receiver(|it| it.allow_list(["10.1.0.0/16", "203.0.113.9", "2001:db8::/32"]));
    for good in ["10.1.2.3", "203.0.113.9", "2001:db8::1", "::ffff:10.1.2.3"] {
        assert_eq!(received(&receiver, &NONE, Some(good)), Ok(()), "{good}");
    }
    for bad in [
        "10.2.0.1",
        "203.0.113.10",
        "2001:db9::1",
        "::1",
        "::ffff:10.2.0.1",
    ] {
        assert_eq!(
            received(&receiver, &NONE, Some(bad)),
            Err(VerificationErrorReason::AddressNotAllowed),
            "{bad}"
        );
    }
    assert_eq!(
        received(&receiver, &NONE, None),
        Err(VerificationErrorReason::AddressNotAllowed)
    );
    let forged = [("X-Forwarded-For", "10.1.2.3")];
    assert_eq!(
        received(&receiver, &forged, Some("9.9.9.9")),
        Err(VerificationErrorReason::AddressNotAllowed)
    );
}

#[test]
fn behind_proxies_the_sender_is_that_many_from_the_right() {
    let behind = |proxies| {
        receiver(|it| {
            it.allow_list(["10.1.0.0/16", "2001:db8::/32"])
                .trusted_proxies(proxies)
        })
    };
    let from = |receiver: &Receiver, hops: &[&str]| {
        let headers: Vec<_> = hops.iter().map(|hop| ("X-Forwarded-For", *hop)).collect();
        received(receiver, &headers, Some("192.0.2.1"))
    };
    let one = behind(1);
    assert_eq!(from(&one, &["10.1.0.1"]), Ok(()));
    assert_eq!(from(&one, &["10.1.0.1:4711"]), Ok(()));
    assert_eq!(from(&one, &["2001:db8::1"]), Ok(()));
    assert_eq!(from(&one, &["[2001:db8::1]"]), Ok(()));
    assert_eq!(from(&one, &["[2001:db8::1]:4711"]), Ok(()));
    assert_eq!(from(&one, &["::ffff:10.1.0.1"]), Ok(()));
    assert_eq!(from(&one, &["9.9.9.9, 10.1.0.1"]), Ok(()));
    assert_eq!(from(&one, &["9.9.9.9", "10.1.0.1"]), Ok(()));
    let two = behind(2);
    assert_eq!(from(&two, &["10.1.0.1, 192.0.2.7"]), Ok(()));
    assert_eq!(from(&two, &["8.8.8.8, 10.1.0.1", "192.0.2.7"]), Ok(()));
    for spoofed in [
        vec!["10.1.0.1, 9.9.9.9"],
        vec!["10.1.0.1", "9.9.9.9"],
        vec!["10.1.0.1, unknown"],
        vec!["10.1.0.1,"],
        vec![""],
        vec![],
    ] {
        assert_eq!(
            from(&one, &spoofed),
            Err(VerificationErrorReason::AddressNotAllowed),
            "{spoofed:?}"
        );
    }
    assert_eq!(
        from(&two, &["10.1.0.1"]),
        Err(VerificationErrorReason::AddressNotAllowed)
    );
    assert_eq!(
        from(&two, &["10.1.0.1, 9.9.9.9, 192.0.2.7"]),
        Err(VerificationErrorReason::AddressNotAllowed)
    );
    assert_eq!(one.header_names(), ["x-forwarded-for"]);
}

#[test]
fn the_published_addresses_may_send() {
    let receiver = receiver(ReceiverBuilder::allow_published_addresses);
    for range in published_addresses() {
        let address = range.trim_end_matches("/32");
        assert_eq!(received(&receiver, &NONE, Some(address)), Ok(()), "{range}");
    }
    assert_eq!(
        received(&receiver, &NONE, Some("127.0.0.1")),
        Err(VerificationErrorReason::AddressNotAllowed)
    );
}

#[test]
fn a_signature_must_be_that_of_the_body() {
    let sign = |key: &str| {
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("a key");
        mac.update(JOIN.as_bytes());
        mac.finalize()
            .into_bytes()
            .iter()
            .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
    };
    let receiver = receiver(|it| it.hmac_key("new").hmac_key("old"));
    for key in ["new", "old"] {
        assert_eq!(
            received(&receiver, &[("X-100ms-Signature", &sign(key))], None),
            Ok(())
        );
        assert_eq!(
            received(
                &receiver,
                &[("X-100ms-Signature", &sign(key).to_uppercase())],
                None
            ),
            Ok(())
        );
    }
    assert_eq!(
        received(&receiver, &NONE, None),
        Err(VerificationErrorReason::MissingSignature)
    );
    for bad in [
        sign("other"),
        sign("new")[1..].to_owned(),
        "+1".repeat(32),
        "ä".repeat(32),
        String::new(),
    ] {
        assert_eq!(
            received(&receiver, &[("x-100ms-signature", &bad)], None),
            Err(VerificationErrorReason::WrongSignature),
            "{bad}"
        );
    }
}

#[test]
fn everything_that_is_set_must_hold_and_nothing_is_read_before() {
    let receiver = receiver(|it| {
        it.header("x-secret", "hunter2")
            .allow_list(["10.0.0.0/8"])
            .max_bytes(4)
    });
    let right = [("x-secret", "hunter2")];
    assert_eq!(
        received(&receiver, &right, Some("9.9.9.9")),
        Err(VerificationErrorReason::AddressNotAllowed)
    );
    assert_eq!(
        received(&receiver, &NONE, Some("10.0.0.1")),
        Err(VerificationErrorReason::MissingHeader)
    );
    assert_eq!(
        received(&receiver, &right, Some("10.0.0.1")),
        Err(VerificationErrorReason::TooLarge)
    );
    let peer = Some("10.0.0.1".parse().expect("an address"));
    let refused = |body: &'static [u8]| {
        receiver
            .receive(body, &right[..], peer)
            .expect_err("refused")
    };
    assert_eq!(
        refused(b"nope!").reason(),
        VerificationErrorReason::TooLarge
    );
    assert_eq!(refused(b"nope").reason(), VerificationErrorReason::NotJson);
    assert_eq!(receiver.max_bytes(), 4);
}

#[test]
fn a_refusal_has_a_status_and_tells_the_sender_nothing() {
    let statuses: Vec<_> = VerificationErrorReason::ALL
        .iter()
        .map(|reason| (reason.as_str(), reason.status()))
        .collect();
    assert_eq!(
        statuses,
        [
            ("missing_header", 401),
            ("wrong_header", 401),
            ("missing_signature", 401),
            ("wrong_signature", 401),
            ("address_not_allowed", 403),
            ("too_large", 413),
            ("not_json", 400),
            ("too_old", 400),
        ]
    );
    let receiver = receiver(|it| it.header("x-secret", "hunter2"));
    let refusal = receiver
        .receive(JOIN, &[("x-secret", "guess")][..], None)
        .expect_err("refused");
    assert_eq!(refusal.message(), "the header x-secret has a wrong value");
    let json: serde_json::Value = serde_json::from_str(&refusal.to_json()).expect("JSON");
    assert_eq!(
        json,
        serde_json::json!({"reason": "wrong_header", "status": 401, "message": refusal.message(), "public_message": "not authenticated"})
    );
}

#[test]
fn nothing_is_taken_when_nothing_is_set_unless_it_is_opened() {
    let message = wrong(|it| it).to_string();
    assert!(
        message.contains("allow_unverified is not set, and nothing verifies webhooks"),
        "{message}"
    );
    let open = receiver(ReceiverBuilder::allow_unverified);
    assert_eq!(received(&open, &NONE, None), Ok(()));
    let both = receiver(|it| it.header("x-secret", "hunter2").allow_unverified());
    assert_eq!(
        received(&both, &NONE, None),
        Err(VerificationErrorReason::MissingHeader)
    );
}

#[test]
fn settings_that_cannot_be_are_refused_without_showing_secrets() {
    let none: [&str; 0] = [];
    for (error, text) in [
        (
            wrong(|it| it.header("x-secret", "")),
            "x-secret has no value",
        ),
        (
            wrong(|it| it.header_any("x-secret", none)),
            "x-secret has no value",
        ),
        (
            wrong(|it| it.header("x secret", "hunter2")),
            "not the name of a header",
        ),
        (wrong(|it| it.allow_list(["10.0.0.0/33"])), "10.0.0.0/33"),
        (wrong(|it| it.allow_list(none)), "allow_list: it is empty"),
        (wrong(|it| it.hmac_key("")), "hmac_key: it is empty"),
        (
            wrong(|it| it.header("a", "b").trusted_proxies(1)),
            "trusted_proxies",
        ),
    ] {
        let shown = error.to_string();
        assert!(
            shown.contains(text) && !shown.contains("hunter2"),
            "{shown}"
        );
    }
    let receiver = receiver(|it| it.header("x-secret", "hunter2").hmac_key("hunter3"));
    let shown = format!(
        "{receiver:?} {:?}",
        Receiver::builder().header("x-secret", "hunter2")
    );
    assert!(!shown.contains("hunter"), "{shown}");
}

#[test]
fn a_receiver_is_built_from_json_too() {
    let receiver = Receiver::from_options(
        r#"{"headers":{"X-A":"1","x-b":["2","3"]},"allow_list":["published","10.0.0.0/8"],"trusted_proxies":1,"max_bytes":500}"#,
    )
    .expect("a receiver");
    assert_eq!(receiver.max_bytes(), 500);
    let from = |address| [("x-a", "1"), ("x-b", "3"), ("x-forwarded-for", address)];
    assert_eq!(received(&receiver, &from("10.0.0.1"), None), Ok(()));
    assert_eq!(received(&receiver, &from("34.100.213.146"), None), Ok(()));
    assert_eq!(
        received(&receiver, &from("9.9.9.9"), None),
        Err(VerificationErrorReason::AddressNotAllowed)
    );
    assert!(Receiver::from_options(r#"{"allow_unverified":true}"#).is_ok());
    assert!(Receiver::from_options(r#"{"hmac_key":"k"}"#).is_ok());
    for (options, text) in [
        ("{}", "nothing verifies webhooks"),
        (r#"{"header":{}}"#, "header"),
        (
            r#"{"headers":{"x-a":["hunter2",7]}}"#,
            "headers.x-a[1]: expected a string, found a number",
        ),
        (
            r#"{"headers":"hunter2"}"#,
            "headers: expected an object, found a string",
        ),
        (
            r#"{"hmac_key":{"k":"hunter2"}}"#,
            "a text or a list of texts",
        ),
        (r#"{"max_bytes":-1}"#, "max_bytes"),
        (
            r#"{"hmac_key":[],"headers":{"x-a":"1"}}"#,
            "hmac_key: it is empty",
        ),
        (
            r#"{"headers":{"x-a":[]},"hmac_key":"k"}"#,
            "headers: x-a has no value",
        ),
    ] {
        let error = Receiver::from_options(options).expect_err("it cannot be");
        let shown = error.to_string();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{shown}");
        assert!(
            shown.contains(text) && !shown.contains("hunter2"),
            "{shown}"
        );
    }
}

#[test]
fn a_secret_header_that_is_there_twice_is_refused() {
    let by_header = receiver(|it| it.header("x-secret", "hunter2"));
    for other in ["hunter2", "wrong"] {
        for headers in [
            [("x-secret", "hunter2"), ("X-Secret", other)],
            [("x-secret", other), ("x-secret", "hunter2")],
        ] {
            assert_eq!(
                received(&by_header, &headers, None),
                Err(VerificationErrorReason::WrongHeader)
            );
        }
    }
    let signed = receiver(|it| it.hmac_key("key"));
    let right = signature(JOIN.as_bytes());
    let headers = [("x-100ms-signature", right.as_str())];
    assert_eq!(received(&signed, &headers, None), Ok(()));
    let headers = [headers[0], headers[0]];
    assert_eq!(
        received(&signed, &headers, None),
        Err(VerificationErrorReason::WrongSignature)
    );
}

/// The signature of `body` with the key `key`.
fn signature(body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(b"key").expect("a key");
    mac.update(body);
    let digest = mac.finalize().into_bytes();
    digest.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a text takes all");
        hex
    })
}

#[test]
fn an_event_older_than_is_taken_is_refused_unless_it_is_a_replay() {
    let hour = std::time::Duration::from_secs(3_600);
    let any_age = receiver(|it| it.hmac_key("key"));
    let young = receiver(|it| it.hmac_key("key").max_age(hour));
    let in_json =
        Receiver::from_options(r#"{"hmac_key":"key","max_age":3600}"#).expect("a receiver");
    let event = |minutes: i64, more: &str| {
        let made = jiff::Timestamp::now() - jiff::SignedDuration::from_mins(minutes);
        format!(r#"{{"id":"e","type":"new.type","timestamp":"{made}","data":{{}}{more}}}"#)
    };
    for (body, taken) in [
        (event(59, ""), true),
        (event(61, ""), false),
        (event(-600, ""), true),
        (event(60 * 24 * 20, r#","is_replay":true"#), true),
        (event(61, r#","is_replay":false"#), false),
        (
            r#"{"id":"e","type":"new.type","data":{}}"#.to_owned(),
            false,
        ),
    ] {
        let signature = signature(body.as_bytes());
        let headers = [("x-100ms-signature", signature.as_str())];
        let receive = |receiver: &Receiver| {
            let typed = receiver.receive(body.clone(), &headers[..], None);
            let json = receiver.receive_json(body.as_bytes(), &headers[..], None);
            assert_eq!(typed.is_ok(), json.is_ok());
            typed
                .map(|_| ())
                .map_err(|refusal| (refusal.reason(), refusal.status()))
        };
        assert_eq!(receive(&any_age), Ok(()), "{body}");
        let expected = if taken {
            Ok(())
        } else {
            Err((VerificationErrorReason::TooOld, 400))
        };
        assert_eq!(receive(&young), expected, "{body}");
        assert_eq!(receive(&in_json), expected, "{body}");
    }
    wrong(|it| it.hmac_key("key").max_age(std::time::Duration::ZERO));
    let error = wrong(|it| it.header("a", "b").max_age(hour));
    assert!(error.to_string().contains("HMAC key"), "{error}");
}
