//! Tokens for clients, and the checking of tokens.

use std::time::Duration;

use hundredms::resources::rooms::CreateRoom;
use hundredms::tokens::TokenKind;
use hundredms::{Client, ErrorKind};
use hundredms_sandbox::JoinPeer;

use super::client_of;
use crate::checked::Checked;

fn client() -> Client {
    Client::with_keys("key", "secret").expect("a client")
}

#[test]
fn a_client_token_says_who_may_join_where() {
    let client = client();
    let begins = "2030-01-01T00:00:00Z".parse().expect("a time");
    let token = client
        .tokens()
        .auth("room", "host")
        .user_id("ada")
        .valid_for(Duration::from_secs(60))
        .not_before(begins)
        .create()
        .expect("a token");
    let claims = client.tokens().decode(token.expose()).expect("claims");
    assert_eq!(claims.kind, TokenKind::Auth);
    assert_eq!(claims.access_key, "key");
    assert_eq!(
        (
            claims.room_id.as_deref(),
            claims.role.as_deref(),
            claims.user_id.as_deref()
        ),
        (Some("room"), Some("host"), Some("ada"))
    );
    assert_eq!(claims.not_before, Some(begins));
    assert_eq!(claims.expires_at, Some(begins + Duration::from_secs(60)));
    assert_eq!(claims.id.map(|id| id.len()), Some(36));
}

#[test]
fn a_token_is_dated_ten_seconds_back_and_valid_for_a_day() {
    let client = client();
    let before = jiff::Timestamp::now().as_second();
    let token = client
        .tokens()
        .auth("room", "host")
        .create()
        .expect("a token");
    let claims = client.tokens().decode(token.expose()).expect("claims");
    let issued = claims.issued_at.expect("a time").as_second() + 10;
    assert!((before..=before + 2).contains(&issued));
    assert_eq!(
        claims.expires_at.expect("a time").as_second() - issued,
        86_400
    );
    assert_eq!(claims.user_id, None);
}

#[test]
fn a_token_without_room_or_role_or_time_or_with_an_empty_user_is_refused() {
    let tokens = client().tokens();
    for (token, field) in [
        (tokens.auth("", "host"), "room_id"),
        (tokens.auth("room", ""), "role"),
        (tokens.auth("room", "host").user_id(""), "user_id"),
        (
            tokens.auth("room", "host").valid_for(Duration::ZERO),
            "valid_for",
        ),
        (
            tokens
                .auth("room", "host")
                .valid_for(Duration::from_millis(900)),
            "valid_for",
        ),
    ] {
        let error = token.create().expect_err(field);
        assert_eq!(
            (error.kind(), error.field()),
            (ErrorKind::InvalidRequest, Some(field))
        );
    }
}

#[test]
fn checking_finds_what_is_wrong_with_a_token() {
    let tokens = client().tokens();
    let good = tokens.management().create().expect("a token");
    assert_eq!(
        tokens.verify(good.expose()).expect("claims").kind,
        TokenKind::Management
    );
    let other_secret = Client::with_keys("key", "other")
        .expect("a client")
        .tokens()
        .management()
        .create()
        .expect("a token");
    let other_key = Client::with_keys("other", "secret")
        .expect("a client")
        .tokens()
        .management()
        .create()
        .expect("a token");
    let later = tokens
        .auth("r", "host")
        .not_before("2100-01-01T00:00:00Z".parse().expect("a time"))
        .create()
        .expect("a token");
    let over = tokens
        .auth("r", "host")
        .not_before("2000-01-01T00:00:00Z".parse().expect("a time"))
        .create()
        .expect("a token");
    let tampered = good.expose().replacen("eyJ", "eyK", 2);
    for (token, kind) in [
        (other_secret.expose(), ErrorKind::Authentication),
        (other_key.expose(), ErrorKind::Authentication),
        (later.expose(), ErrorKind::Authentication),
        (over.expose(), ErrorKind::Authentication),
        (tampered.as_str(), ErrorKind::InvalidRequest),
        ("", ErrorKind::InvalidRequest),
        ("a.b.c", ErrorKind::InvalidRequest),
        ("a.b.c.d", ErrorKind::InvalidRequest),
        // {"alg":"none","typ":"JWT"}
        (
            "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJhY2Nlc3Nfa2V5Ijoia2V5IiwidHlwZSI6ImFwcCJ9.",
            ErrorKind::InvalidRequest,
        ),
    ] {
        assert_eq!(
            tokens.verify(token).expect_err(token).kind(),
            kind,
            "{token}"
        );
    }
}

#[tokio::test]
async fn a_minted_token_lets_a_peer_join() {
    let sandbox = Checked::start().await;
    let client = client_of(&sandbox).build().expect("a client");
    let room = client
        .rooms()
        .create(CreateRoom::new())
        .await
        .expect("a room");
    let token = client
        .tokens()
        .auth(&room.id, "host")
        .user_id("ada")
        .create()
        .expect("a token");
    sandbox
        .join_peer(&JoinPeer::with_token(token.expose()))
        .expect("a peer");
    let peers = client
        .active_rooms()
        .list_peers(hundredms::resources::active_rooms::ListPeers::new(&room.id))
        .await
        .expect("peers");
    assert_eq!(
        peers
            .peers
            .values()
            .next()
            .map(|peer| peer.user_id.as_str()),
        Some("ada")
    );
}

#[tokio::test]
async fn a_token_of_other_claims_never_becomes_the_clients_own() {
    let sandbox = Checked::start().await;
    let client = client_of(&sandbox).build().expect("a client");
    client
        .tokens()
        .management()
        .valid_for(Duration::from_secs(1))
        .create()
        .expect("a token");
    sandbox
        .advance_clock(Duration::from_secs(60))
        .expect("a minute");
    client
        .rooms()
        .create(CreateRoom::new())
        .await
        .expect("a room");
    assert_eq!(sandbox.requests().len(), 1);
}

/// A token with this header and these claims, signed with the secret of [`client`].
fn signed(header: &str, claims: &str) -> String {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use hmac::{Hmac, KeyInit as _, Mac as _};

    let message = [header, claims]
        .map(|part| URL_SAFE_NO_PAD.encode(part))
        .join(".");
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(b"secret").expect("a key");
    mac.update(message.as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    [message, signature].join(".")
}

#[test]
fn a_token_with_a_header_that_is_not_understood_is_refused() {
    let tokens = client().tokens();
    let claims = r#"{"access_key":"key","type":"management","exp":9999999999}"#;
    let good = signed(r#"{"alg":"HS256","typ":"JWT"}"#, claims);
    tokens.verify(&good).expect("a token");
    for header in [
        r#"{"alg":"HS256","crit":["exp"]}"#,
        r#"{"alg":"HS256","crit":[]}"#,
        r#"{"alg":"HS256","crit":["b64"],"b64":true}"#,
        r#"{"alg":"HS256","crit":"exp"}"#,
        r#"{"alg":"HS256","b64":false}"#,
        r#"{"alg":"HS256","zip":"DEF"}"#,
        r#"{"alg":"HS256","enc":"A128GCM"}"#,
        r#"{"alg":"none"}"#,
        r#"{"alg":"None"}"#,
        r#"{"alg":""}"#,
        r#"{"alg":"HS384"}"#,
        r#"{"alg":"HS512"}"#,
        r#"{"alg":"RS256"}"#,
        r#"{"alg":"hs256"}"#,
        r#"{"alg":null}"#,
        r#"{"alg":["HS256"]}"#,
        r#"{"alg":"none","alg":"HS256"}"#,
        r#"{"typ":"JWT"}"#,
        "[]",
        "",
    ] {
        let token = signed(header, claims);
        for read in [tokens.verify(&token), tokens.decode(&token)] {
            assert_eq!(
                read.expect_err(header).kind(),
                ErrorKind::InvalidRequest,
                "{header}"
            );
        }
    }
}

#[test]
fn a_token_is_refused_if_any_part_of_it_is_changed() {
    let tokens = client().tokens();
    let good = tokens.management().create().expect("a token");
    let good = good.expose();
    let (signed, signature) = good.rsplit_once('.').expect("parts");
    for token in [
        format!("{signed}."),
        format!("{good}="),
        format!("{good}A"),
        format!(" {good}"),
        format!("{good}\n"),
        format!("{good}.x"),
        good[..good.len() - 4].to_owned(),
        format!("{signed}.{}", signature.chars().rev().collect::<String>()),
    ] {
        tokens.verify(&token).expect_err(&token);
    }
}

#[test]
fn tokens_are_minted_and_checked_at_the_time_that_they_are_given() {
    let tokens = client().tokens();
    let then: jiff::Timestamp = "2030-01-01T00:00:00Z".parse().expect("a time");
    let at = |time| tokens.clone().at(time);
    let token = at(then).auth("r", "host").create().expect("a token");
    let claims = tokens.decode(token.expose()).expect("claims");
    assert_eq!(claims.issued_at, Some(then - Duration::from_secs(10)));
    at(then).verify(token.expose()).expect("valid then");
    at(then + Duration::from_secs(86_399))
        .verify(token.expose())
        .expect("valid for a day");
    for time in [
        then - Duration::from_secs(60),
        then + Duration::from_secs(86_400),
    ] {
        let error = at(time).verify(token.expose()).expect_err("not valid");
        assert_eq!(error.kind(), ErrorKind::Authentication);
    }
    let token = at(then).management().create().expect("a token");
    at(then).verify(token.expose()).expect("valid then");
    tokens.verify(token.expose()).expect_err("not valid yet");
}
