//! Checks of the management token.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::api::{Api, exchange, management_claims, signed};

#[tokio::test]
async fn each_defect_of_a_token_is_a_401_that_names_it() {
    let api = Api::start().await;
    let with = |name: &str, value: Value| {
        let mut claims = management_claims(&api.sandbox);
        claims[name] = value;
        signed(&claims, api.sandbox.secret())
    };
    let now = jiff::Timestamp::now().as_second();
    for (token, detail) in [
        (with("access_key", json!("another")), "not found"),
        (
            with("type", json!("app")),
            "token is not of type management",
        ),
        (with("version", json!(1)), "token is not of version 2"),
        (with("exp", json!(now - 1)), "token is expired"),
        (with("nbf", json!(now + 60)), "token is not valid yet"),
        (
            signed(&management_claims(&api.sandbox), "wrong secret"),
            "token signature is invalid",
        ),
        ("no.token".to_owned(), "token is malformed"),
    ] {
        let (status, error) = exchange(api.bare(Method::GET, "/rooms").bearer_auth(&token)).await;
        let expected =
            json!({"code": 401, "message": "Token validation error", "details": [detail]});
        assert_eq!((status, error), (401, expected));
    }
    assert_eq!(exchange(api.bare(Method::GET, "/rooms")).await.0, 401);
    let a_little_fast = with("nbf", json!(now + 5));
    assert_eq!(
        exchange(api.bare(Method::GET, "/rooms").bearer_auth(a_little_fast))
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn an_algorithm_other_than_hs256_is_refused_whatever_the_signature() {
    let api = Api::start().await;
    let token = signed(&management_claims(&api.sandbox), api.sandbox.secret());
    let (_, rest) = token.split_once('.').unwrap();
    // {"alg":"none"}
    let unsigned = format!("eyJhbGciOiJub25lIn0.{rest}");
    let (status, error) = exchange(api.bare(Method::GET, "/rooms").bearer_auth(unsigned)).await;
    assert_eq!(
        (status, &error["details"]),
        (401, &json!(["token is not signed with HS256"]))
    );
}

#[tokio::test]
async fn tokens_expire_by_the_virtual_clock_which_the_date_header_tells() {
    let api = Api::start().await;
    assert_eq!(api.get("/rooms").await.0, 200);
    api.sandbox
        .advance_clock(Duration::from_secs(90_000))
        .unwrap();
    assert_eq!(
        api.get("/rooms").await.1["details"],
        json!(["token is expired"])
    );

    let answer = api.bare(Method::GET, "/rooms").send().await.unwrap();
    let date = answer.headers()["date"].to_str().unwrap();
    let date = jiff::fmt::rfc2822::DateTimeParser::new()
        .parse_timestamp(date)
        .unwrap();
    assert!(date.as_second() >= jiff::Timestamp::now().as_second() + 89_999);
}
