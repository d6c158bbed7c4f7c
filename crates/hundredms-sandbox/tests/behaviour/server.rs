//! Starting, stopping, and requests that are no operation.

use std::{net::TcpListener, time::Instant};

use hundredms_sandbox::Sandbox;
use reqwest::Method;
use serde_json::json;

use crate::api::{Api, exchange};

#[tokio::test]
async fn dozens_of_sandboxes_run_side_by_side_with_rooms_of_their_own() {
    let began = Instant::now();
    let mut apis = Vec::new();
    for _ in 0..30 {
        apis.push(Api::start().await);
    }
    assert!(
        began.elapsed().as_secs() < 5,
        "starting took {:?}",
        began.elapsed()
    );
    apis[0].posted("/rooms", json!({})).await;
    assert_eq!(apis[29].got("/rooms").await["data"], json!([]));
}

#[tokio::test]
async fn a_sandbox_is_ready_within_fifty_milliseconds() {
    let mut times = Vec::new();
    for _ in 0..21 {
        let began = Instant::now();
        let sandbox = Sandbox::start().await.expect("a sandbox");
        times.push(began.elapsed());
        sandbox.stop().await;
    }
    times.sort();
    assert!(times[10].as_millis() < 50, "{times:?}");
}

#[tokio::test]
async fn a_stopped_sandbox_frees_its_port_at_once_and_may_be_stopped_again() {
    let api = Api::start().await;
    api.posted("/rooms", json!({})).await;
    let address = api
        .sandbox
        .base_url()
        .replace("http://", "")
        .replace("/v2", "");
    api.sandbox.stop().await;
    api.sandbox.stop().await;
    TcpListener::bind(&address).expect("the port is free again");
}

#[test]
fn a_sandbox_outlives_the_runtime_that_started_it() {
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
    };
    let api = runtime().block_on(Api::start());
    let sandbox = &api.sandbox;
    let status = runtime().block_on(async {
        reqwest::get(sandbox.base_url() + "/rooms")
            .await
            .unwrap()
            .status()
    });
    assert_eq!(status, 401);
}

#[tokio::test]
async fn a_taken_port_is_an_error_at_start() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    assert!(Sandbox::builder().port(port).start().await.is_err());
}

#[tokio::test]
async fn what_is_no_operation_or_no_json_is_answered_with_an_error_body() {
    let api = Api::start().await;
    assert_eq!(api.get("/nothing").await.1["code"], 404);
    assert_eq!(api.delete("/rooms").await.1["code"], 404);
    let (status, error) = exchange(api.bare(Method::POST, "/token").body(r#"{"code": "#)).await;
    assert_eq!((status, &error["code"]), (400, &json!(400)));
    let huge = exchange(api.bare(Method::POST, "/token").body(vec![b' '; 5 << 20])).await;
    assert_eq!(huge.0, 413);
}

#[tokio::test]
async fn neither_debug_form_shows_the_secret() {
    let builder = Sandbox::builder().secret("hush-hush");
    assert!(!format!("{builder:?}").contains("hush"));
    let sandbox = builder.start().await.unwrap();
    assert!(!format!("{sandbox:?}").contains("hush"));
}

#[tokio::test]
async fn a_base_url_without_its_version_is_told_of() {
    let sandbox = hundredms_sandbox::Sandbox::start().await.unwrap();
    let without = sandbox.base_url().replace("/v2", "");
    let details = async |path: &str| {
        let response = crate::http::client().get(format!("{without}{path}"));
        let (status, body) = crate::api::exchange(response).await;
        assert_eq!(status, 404);
        body["details"][0].as_str().unwrap().to_owned()
    };
    let said = details("/rooms").await;
    assert_eq!(said, "the path must begin with /v2: add it to the base URL");
    assert_eq!(
        details("/nothing").await,
        "there is no operation with this method and path"
    );
}
