//! The fault script: what goes wrong with which requests, and what the state is afterwards.

use std::time::{Duration, Instant};

use hundredms_sandbox::{Disconnect, Fault, FaultEffect};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::api::{Api, exchange};

/// Lists the rooms under these faults.
async fn listed(api: &Api, effect: FaultEffect) -> reqwest::Result<Response> {
    api.sandbox.clear_faults();
    let id = api.sandbox.add_fault(&Fault::new(effect)).unwrap();
    let answer = api.request(Method::GET, "/rooms").send().await;
    assert_eq!(api.sandbox.faults()[0].fired, 1);
    assert_eq!(api.sandbox.requests().last().unwrap().faults, [id]);
    answer
}

fn header<'a>(answer: &'a Response, name: &str) -> Option<&'a str> {
    answer.headers().get(name)?.to_str().ok()
}

#[tokio::test]
async fn a_fault_strikes_the_requests_it_names_and_is_counted_listed_and_cleared() {
    let api = Api::start().await;
    let fault = Fault::new(FaultEffect::new().status(503))
        .operation("rooms.create")
        .nth(2);
    let id = api.sandbox.add_fault(&fault).unwrap();
    api.got("/rooms").await;
    api.posted("/rooms", json!({})).await;
    let (status, error) = api.post("/rooms", json!({})).await;
    assert_eq!((status, &error["code"]), (503, &json!(503)));
    api.posted("/rooms", json!({})).await;
    assert_eq!(api.sandbox.stats().rooms, 2);

    let report = &api.sandbox.faults()[0];
    assert_eq!((report.id, report.matched, report.fired), (id, 3, 1));
    assert_eq!(report.fault, fault);
    let log = api.sandbox.requests();
    let told: Vec<_> = log
        .iter()
        .map(|row| (row.status, row.faults.clone()))
        .collect();
    assert_eq!(
        told,
        [(200, vec![]), (200, vec![]), (503, vec![id]), (200, vec![])]
    );
    assert_eq!(log[2].operation.as_deref(), Some("rooms.create"));

    api.sandbox.clear_faults();
    assert!(api.sandbox.faults().is_empty());
}

#[tokio::test]
async fn method_and_path_name_requests_too_and_a_share_strikes_the_same_ones_again() {
    let api = Api::start().await;
    let unstruck = Fault::new(FaultEffect::new().status(500));
    for fault in [
        unstruck.clone().path("/rooms"),
        unstruck.clone().path("/polls*"),
        unstruck.clone().method("POST"),
    ] {
        api.sandbox.add_fault(&fault).unwrap();
    }
    assert_eq!(api.get("/rooms/a").await.0, 404);
    assert_eq!(api.get("/polls/a").await.0, 500);
    assert_eq!(api.get("/rooms").await.0, 500);
    assert_eq!(api.post("/nowhere", json!({})).await.0, 500);

    let mut runs = Vec::new();
    for _ in 0..2 {
        api.sandbox.clear_faults();
        let fault = unstruck.clone().share(0.3, 7);
        api.sandbox.add_fault(&fault).unwrap();
        let mut statuses = Vec::new();
        for _ in 0..60 {
            statuses.push(api.get("/rooms").await.0);
        }
        runs.push(statuses);
    }
    assert_eq!(runs[0], runs[1]);
    let injected = runs[0].iter().filter(|status| **status == 500).count();
    assert!((8..=30).contains(&injected), "{injected} of 60");

    api.sandbox.clear_faults();
    api.sandbox.add_fault(&unstruck.first(2)).unwrap();
    let three = [api.get("/rooms"), api.get("/rooms"), api.get("/rooms")];
    let [one, two, three] = three;
    assert_eq!((one.await.0, two.await.0, three.await.0), (500, 500, 200));
}

#[tokio::test]
async fn several_faults_act_together_and_a_header_brings_its_own() {
    let api = Api::start().await;
    let slow = FaultEffect::new().delay_answer(Duration::from_millis(60));
    api.sandbox.add_fault(&Fault::new(slow)).unwrap();
    let busy = r#"{"effect": {"status": 429, "retry_after": 3}}"#;
    let began = Instant::now();
    let request = api.request(Method::GET, "/rooms");
    let answer = request.header("x-sandbox-fault", busy).send().await;
    let answer = answer.unwrap();
    assert_eq!(answer.status(), 429);
    assert_eq!(header(&answer, "retry-after"), Some("3"));
    assert!(began.elapsed() >= Duration::from_millis(60));
    assert_eq!(api.sandbox.requests()[0].faults, [1, 0]);

    for (bad, word) in [
        ("busy", "expected value"),
        (r#"{"effect": {}}"#, "at least one field"),
        (r#"{"effect": {"speed": 1}}"#, "speed"),
        (
            r#"{"effect": {"status": "503"}}"#,
            "effect.status: expected a whole number from 0 to 65535, found a string",
        ),
        (r#"{"effect": {"gzip": true}, "on": "never"}"#, "every"),
        (
            r#"{"effect": {"gzip": true}, "on": {"nth": 2}}"#,
            "remove `match` and `on`",
        ),
    ] {
        let request = api.request(Method::GET, "/rooms");
        let (status, error) = exchange(request.header("x-sandbox-fault", bad)).await;
        assert_eq!(status, 400);
        assert!(
            error["details"][0].as_str().unwrap().contains(word),
            "{error}"
        );
    }
}

#[tokio::test]
async fn the_faults_of_the_readme_are_faults() {
    let api = Api::start().await;
    let readme = include_str!("../../README.md");
    let mut examples = 0;
    for line in readme.lines() {
        let Some((_, fault)) = line.split_once("'x-sandbox-fault: ") else {
            continue;
        };
        let fault = fault.split('\'').next().unwrap();
        let request = api.request(Method::GET, "/rooms");
        let answer = request.header("x-sandbox-fault", fault).send().await;
        assert!(answer.is_err() || answer.unwrap().status() != 400, "{line}");
        assert_eq!(api.sandbox.requests().last().unwrap().faults, [0], "{line}");
        api.sandbox.clear_requests();
        examples += 1;
    }
    assert!(examples > 1);
}

#[tokio::test]
async fn a_fault_that_makes_no_sense_is_refused() {
    let api = Api::start().await;
    for (fault, word) in [
        (json!({}), "effect"),
        (json!({"effect": {}}), "at least one field"),
        (json!({"effect": {"status": 99}}), "status"),
        (json!({"effect": {"status": 500}, "on": {"nth": 0}}), "nth"),
        (
            json!({"effect": {"status": 500}, "on": {"share": 2}}),
            "share",
        ),
        (
            json!({"effect": {"status": 500}, "match": {"operation": "rooms.fly"}}),
            "rooms.fly",
        ),
        (json!({"effect": {"headers": {"a b": "c"}}}), "headers"),
        (
            json!({"effect": {"drip": {"bytes": 0, "every_ms": 1}}}),
            "drip",
        ),
        (
            json!({"effect": {"delay_before_ms": 600_001}}),
            "delay_before_ms",
        ),
        (json!({"effect": {"clock_off": 40_000_000}}), "clock_off"),
        (json!({"effect": {"retry_after": u64::MAX}}), "retry_after"),
    ] {
        let refused = api.sandbox.control("add_fault", fault.clone()).unwrap_err();
        assert_eq!(refused.status(), 400);
        assert!(refused.to_string().contains(word), "{fault}: {refused}");
    }
    for seconds in [json!(-1), json!(1e9), json!(1e300)] {
        let refuse = json!({"seconds": seconds});
        assert!(api.sandbox.control("refuse_connections", refuse).is_err());
    }
}

#[tokio::test]
async fn statuses_come_with_the_body_and_the_wait_that_is_wanted() {
    let api = Api::start().await;
    let page = "<html>Bad Gateway</html>";
    let answer = listed(&api, FaultEffect::new().status(502).body(page))
        .await
        .unwrap();
    assert_eq!(header(&answer, "content-type"), Some("text/html"));
    assert_eq!(answer.text().await.unwrap(), page);

    let busy = json!({"code": 429, "message": "retry after 2 seconds"});
    let answer = listed(&api, FaultEffect::new().status(429).body(busy.clone())).await;
    assert_eq!(answer.unwrap().json::<Value>().await.unwrap(), busy);

    let later = FaultEffect::new().status(429).retry_after_date(60);
    let answer = listed(&api, later).await.unwrap();
    let time = |name| {
        let text = header(&answer, name).unwrap();
        jiff::fmt::rfc2822::parse(text)
            .unwrap()
            .timestamp()
            .as_second()
    };
    assert_eq!(time("retry-after") - time("date"), 60);

    let odd = FaultEffect::new()
        .header("x-request-id", "r-1")
        .body(json!([1]));
    let answer = listed(&api, odd).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(header(&answer, "x-request-id"), Some("r-1"));
    assert_eq!(answer.text().await.unwrap(), "[1]");
}

#[tokio::test]
async fn an_answer_that_is_replaced_has_made_its_change_only_when_told_to() {
    let api = Api::start().await;
    let fault = |effect| Fault::new(effect).operation("rooms.create").nth(1);
    api.sandbox
        .add_fault(&fault(FaultEffect::new().status(504)))
        .unwrap();
    assert_eq!(api.post("/rooms", json!({})).await.0, 504);
    assert_eq!(api.sandbox.stats().rooms, 0);
    api.sandbox.clear_faults();
    api.sandbox
        .add_fault(&fault(FaultEffect::new().status(504).apply()))
        .unwrap();
    assert_eq!(api.post("/rooms", json!({})).await.0, 504);
    assert_eq!(api.sandbox.stats().rooms, 1);
}

#[tokio::test]
async fn a_connection_ends_before_or_after_the_change_was_made() {
    let api = Api::start().await;
    for (disconnect, rooms) in [
        (Disconnect::CloseBefore, 0),
        (Disconnect::ResetBefore, 0),
        (Disconnect::CloseAfter, 1),
        (Disconnect::ResetAfter, 2),
    ] {
        api.sandbox.clear_faults();
        let effect = FaultEffect::new().disconnect(disconnect);
        api.sandbox.add_fault(&Fault::new(effect)).unwrap();
        let request = api.request(Method::POST, "/rooms").json(&json!({}));
        let error = format!("{:?}", request.send().await.unwrap_err());
        let reset = matches!(disconnect, Disconnect::ResetBefore | Disconnect::ResetAfter);
        assert_eq!(error.contains("ConnectionReset"), reset, "{error}");
        assert_eq!(api.sandbox.stats().rooms, rooms);
        assert_eq!(api.sandbox.requests().last().unwrap().status, 0);
    }
}

#[tokio::test]
async fn bodies_are_cut_short_mismeasured_dripped_and_wrapped() {
    let api = Api::start().await;
    let whole = api.request(Method::GET, "/rooms").send().await.unwrap();
    let whole = whole.text().await.unwrap();

    let cut = listed(&api, FaultEffect::new().cut_body(5)).await.unwrap();
    assert_eq!(cut.content_length(), Some(whole.len() as u64));
    cut.text().await.unwrap_err();

    let short = listed(&api, FaultEffect::new().content_length_off(-3)).await;
    assert_eq!(
        short.unwrap().text().await.unwrap(),
        whole[..whole.len() - 3]
    );
    let long = listed(&api, FaultEffect::new().content_length_off(3))
        .await
        .unwrap();
    let rest = tokio::time::timeout(Duration::from_millis(100), long.text());
    assert!(rest.await.is_err(), "the rest never comes");

    let began = Instant::now();
    let drops = FaultEffect::new().drip(whole.len().div_ceil(4), Duration::from_millis(20));
    let slow = listed(&api, drops).await.unwrap();
    assert_eq!(slow.text().await.unwrap(), whole);
    assert!(began.elapsed() >= Duration::from_millis(80));

    let wrapped = listed(&api, FaultEffect::new().gzip()).await.unwrap();
    assert_eq!(header(&wrapped, "content-encoding"), Some("gzip"));
    assert_eq!(wrapped.bytes().await.unwrap()[..2], [0x1F, 0x8B]);
}

#[tokio::test]
async fn a_delayed_request_is_handled_also_when_the_client_has_left() {
    let api = Api::start().await;
    let slow = FaultEffect::new().delay_before(Duration::from_millis(80));
    api.sandbox.add_fault(&Fault::new(slow)).unwrap();
    let request = api.request(Method::POST, "/rooms").json(&json!({}));
    let error = request.timeout(Duration::from_millis(20)).send().await;
    assert!(error.unwrap_err().is_timeout());
    assert_eq!(api.sandbox.stats().rooms, 0);
    while api.sandbox.stats().rooms == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn tokens_expire_when_told_and_new_ones_are_good() {
    let api = Api::start().await;
    api.got("/rooms").await;
    let expire = Fault::new(FaultEffect::new().expire_tokens()).nth(1);
    api.sandbox.add_fault(&expire).unwrap();
    assert_eq!(api.get("/rooms").await.0, 401);
    assert_eq!(api.get("/rooms").await.0, 401);
    let mut claims = crate::api::management_claims(&api.sandbox);
    claims["jti"] = "another".into();
    let token = crate::api::signed(&claims, api.sandbox.secret());
    let fresh = api.bare(Method::GET, "/rooms").bearer_auth(token);
    assert_eq!(exchange(fresh).await.0, 200);
    api.sandbox.clear_faults();
    assert_eq!(api.get("/rooms").await.0, 200);
    // Also when the request is answered with something else.
    let both = FaultEffect::new().status(503).expire_tokens();
    api.sandbox.add_fault(&Fault::new(both).nth(1)).unwrap();
    assert_eq!(api.get("/rooms").await.0, 503);
    assert_eq!(api.get("/rooms").await.0, 401);
}

#[tokio::test]
async fn the_clock_of_the_service_may_be_off() {
    let api = Api::start().await;
    for (off, status) in [(-600, 401), (600, 200), (90_000, 401)] {
        let answer = listed(&api, FaultEffect::new().clock_off(off))
            .await
            .unwrap();
        assert_eq!(answer.status(), status);
        let date = jiff::fmt::rfc2822::parse(header(&answer, "date").unwrap()).unwrap();
        let ahead = date.timestamp().as_second() - jiff::Timestamp::now().as_second();
        assert!((ahead - off).abs() <= 2, "{ahead} instead of {off}");
    }
}

#[tokio::test]
async fn connections_are_refused_for_a_while_on_the_same_port() {
    let api = Api::start().await;
    api.got("/rooms").await;
    let refuse = FaultEffect::new().refuse_connections(Duration::from_millis(150));
    api.sandbox.add_fault(&Fault::new(refuse).nth(1)).unwrap();
    assert_eq!(api.get("/rooms").await.0, 200);
    let error = api.request(Method::GET, "/rooms").send().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    while api.request(Method::GET, "/rooms").send().await.is_err() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    api.sandbox
        .refuse_connections(Duration::from_secs(60))
        .unwrap();
    while api.request(Method::GET, "/rooms").send().await.is_ok() {}
    api.sandbox.stop().await;
}

#[tokio::test]
async fn a_shut_door_is_opened_at_once_by_what_clears_faults_and_by_no_time_at_all() {
    let long = Duration::from_secs(60);
    for (name, arguments) in [
        ("clear_faults", Value::Null),
        ("reset", Value::Null),
        ("refuse_connections", json!({"seconds": 0})),
    ] {
        let api = Api::start().await;
        api.sandbox.refuse_connections(long).unwrap();
        while api.request(Method::GET, "/rooms").send().await.is_ok() {}
        api.sandbox.control(name, arguments.clone()).unwrap();
        let opened = api.request(Method::GET, "/rooms").send().await;
        assert!(opened.is_ok(), "{name}: {opened:?}");

        let refuse = Fault::new(FaultEffect::new().refuse_connections(long)).nth(1);
        api.sandbox.add_fault(&refuse).unwrap();
        api.got("/rooms").await;
        while api.request(Method::GET, "/rooms").send().await.is_ok() {}
        api.sandbox.control(name, arguments).unwrap();
        let opened = api.request(Method::GET, "/rooms").send().await;
        assert!(opened.is_ok(), "{name}: {opened:?}");
    }
}

#[tokio::test]
async fn of_several_times_to_refuse_connections_the_last_one_counts() {
    let api = Api::start().await;
    let refused = async || {
        let answer = api.request(Method::GET, "/rooms").send().await;
        answer.is_err_and(|error| error.is_connect())
    };
    for _ in 0..50 {
        let refuse = |seconds| api.sandbox.refuse_connections(Duration::from_secs(seconds));
        refuse(60).unwrap();
        api.sandbox.clear_faults();
        refuse(60).unwrap();
        while !refused().await {}
        api.sandbox.clear_faults();
        assert!(!refused().await);
    }
    let refuse = |time| api.sandbox.refuse_connections(Duration::from_millis(time));
    refuse(60_000).unwrap();
    while !refused().await {}
    refuse(50).unwrap();
    while refused().await {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn clearing_the_faults_leaves_connections_alone_when_the_door_is_open() {
    let api = Api::start().await;
    let address = api.sandbox.base_url();
    let address = address
        .trim_start_matches("http://")
        .trim_end_matches("/v2");
    let mut stream = TcpStream::connect(address).await.unwrap();
    let mut answer = [0; 4096];
    for _ in 0..3 {
        stream
            .write_all(b"GET /v2/rooms HTTP/1.1\r\nhost: sandbox\r\n\r\n")
            .await
            .unwrap();
        assert!(stream.read(&mut answer).await.unwrap() > 0);
        api.sandbox.clear_faults();
    }
}

#[tokio::test]
async fn a_sandbox_that_stops_behind_a_shut_door_gives_its_port_away() {
    let api = Api::start().await;
    api.sandbox
        .refuse_connections(Duration::from_secs(60))
        .unwrap();
    while api.request(Method::GET, "/rooms").send().await.is_ok() {}
    api.sandbox.stop().await;
    let port = api.sandbox.base_url();
    let port = port.rsplit(':').next().unwrap().trim_end_matches("/v2");
    let again = hundredms_sandbox::Sandbox::builder().port(port.parse().unwrap());
    again.start().await.unwrap();
    api.sandbox.clear_faults();
}

#[tokio::test]
async fn a_fault_of_no_operation_names_the_one_that_is_meant() {
    let sandbox = hundredms_sandbox::Sandbox::start().await.unwrap();
    for (name, said) in [
        (
            "roomCodes.create",
            "there is no operation \"roomCodes.create\"; did you mean \"room_codes.create\"?",
        ),
        (
            "rooms.crate",
            "there is no operation \"rooms.crate\"; did you mean \"rooms.create\"?",
        ),
        ("lessons.begin", "there is no operation \"lessons.begin\""),
    ] {
        let fault = Fault::new(FaultEffect::new().status(503)).operation(name);
        let error = sandbox.add_fault(&fault).unwrap_err().to_string();
        assert_eq!(error, format!("match.operation: {said}"));
    }
}
