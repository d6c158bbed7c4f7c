//! The files behind presigned links.

use std::time::Duration;

use hundredms_sandbox::{Fault, FaultEffect, JoinPeer};
use reqwest::{Method, Response, header};
use serde_json::{Value, json};

use crate::api::Api;

/// A recording of two minutes with a message in it, complete with its transcripts.
async fn recorded(api: &Api) -> String {
    let room = api.posted("/rooms", json!({})).await;
    let room_id = room["id"].as_str().unwrap().to_owned();
    api.sandbox
        .join_peer(&JoinPeer::with_role(&room_id, "host"))
        .unwrap();
    let transcription = json!({
        "enabled": true, "modes": ["recorded"], "output_modes": ["txt", "srt", "json"], "summary": {"enabled": true},
    });
    let start = format!("/recordings/room/{room_id}/start");
    api.posted(&start, json!({"transcription": transcription}))
        .await;
    api.sandbox.advance_clock(Duration::from_secs(60)).unwrap();
    let message = json!({"message": "say \"hi\", all"});
    api.posted(&format!("/active-rooms/{room_id}/send-message"), message)
        .await;
    api.sandbox.advance_clock(Duration::from_secs(60)).unwrap();
    api.posted(&format!("/recordings/room/{room_id}/stop"), json!({}))
        .await;
    api.sandbox
        .advance_clock(Duration::from_secs(3600))
        .unwrap();
    room_id
}

async fn assets(api: &Api, kind: &str) -> Vec<Value> {
    let page = api.got(&format!("/recording-assets?type={kind}")).await;
    page["data"].as_array().unwrap().clone()
}

async fn link(api: &Api, asset: &Value, query: &str) -> String {
    let id = asset["id"].as_str().unwrap();
    let path = format!("/recording-assets/{id}/presigned-url{query}");
    api.got(&path).await["url"].as_str().unwrap().to_owned()
}

async fn fetch(url: &str, headers: &[(header::HeaderName, &str)]) -> Response {
    let mut request = crate::http::client().get(url);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    request.send().await.expect("an answer")
}

fn header_of(response: &Response, name: header::HeaderName) -> &str {
    response.headers()[name].to_str().unwrap()
}

#[tokio::test]
async fn every_file_of_a_recording_is_there_as_long_as_its_asset_says() {
    let api = Api::start().await;
    recorded(&api).await;
    let mut kinds = Vec::new();
    for kind in ["room-composite", "chat", "transcript", "summary"] {
        for asset in assets(&api, kind).await {
            let response = fetch(&link(&api, &asset, "").await, &[]).await;
            assert_eq!(response.status(), 200, "{asset}");
            kinds.push(header_of(&response, header::CONTENT_TYPE).to_owned());
            let body = response.bytes().await.unwrap();
            assert_eq!(json!(body.len()), asset["size"], "{asset}");
        }
    }
    kinds.sort();
    let expected = [
        "application/json",
        "application/json",
        "application/x-subrip",
        "text/csv",
        "text/plain",
        "video/mp4",
    ];
    assert_eq!(kinds, expected);
}

#[tokio::test]
async fn the_chat_holds_what_was_said_and_the_video_begins_like_one() {
    let api = Api::start().await;
    recorded(&api).await;
    let chat = link(&api, &assets(&api, "chat").await[0], "").await;
    let chat = fetch(&chat, &[]).await.text().await.unwrap();
    let lines: Vec<_> = chat.lines().collect();
    assert_eq!(
        lines[0],
        "SenderPeerID,SenderName,SenderUserID,Roles,SentAt,Type,Message"
    );
    assert!(lines[1].ends_with(r#","chat","say ""hi"", all""#), "{chat}");
    let video = link(&api, &assets(&api, "room-composite").await[0], "").await;
    let video = fetch(&video, &[]).await.bytes().await.unwrap();
    assert_eq!(&video[4..12], b"ftypisom");
}

#[tokio::test]
async fn part_of_a_file_can_be_had_and_a_download_resumed() {
    let api = Api::start().await;
    recorded(&api).await;
    let asset = &assets(&api, "room-composite").await[0];
    let size = asset["size"].as_u64().unwrap();
    let url = link(&api, asset, "").await;
    let first = fetch(&url, &[(header::RANGE, "bytes=0-99")]).await;
    assert_eq!(first.status(), 206);
    assert_eq!(
        header_of(&first, header::CONTENT_RANGE),
        format!("bytes 0-99/{size}")
    );
    let tag = header_of(&first, header::ETAG).to_owned();
    let first = first.bytes().await.unwrap();
    let rest = [
        (header::RANGE, "bytes=100-"),
        (header::IF_RANGE, tag.as_str()),
    ];
    let rest = fetch(&url, &rest).await;
    assert_eq!(rest.status(), 206);
    let resumed = [first, rest.bytes().await.unwrap()].concat();
    assert!(resumed == fetch(&url, &[]).await.bytes().await.unwrap());

    let changed = [
        (header::RANGE, "bytes=100-"),
        (header::IF_RANGE, "\"other\""),
    ];
    assert_eq!(fetch(&url, &changed).await.status(), 200);
    let beyond = format!("bytes={size}-");
    let beyond = fetch(&url, &[(header::RANGE, &beyond)]).await;
    assert_eq!(beyond.status(), 416);
    assert_eq!(
        header_of(&beyond, header::CONTENT_RANGE),
        format!("bytes */{size}")
    );
    let known = fetch(&url, &[(header::IF_NONE_MATCH, &tag)]).await;
    assert_eq!(known.status(), 304);
    let head = crate::http::client().head(&url).send().await.unwrap();
    assert_eq!(header_of(&head, header::CONTENT_LENGTH), size.to_string());
}

#[tokio::test]
async fn a_link_ends_by_the_virtual_clock_and_cannot_be_changed() {
    let api = Api::start().await;
    recorded(&api).await;
    let asset = &assets(&api, "chat").await[0];
    let url = link(&api, asset, "?presign_duration=300").await;
    let until = url
        .split("X-Until=")
        .nth(1)
        .unwrap()
        .split('&')
        .next()
        .unwrap();
    for changed in [
        url.split('?').next().unwrap().to_owned(),
        url.replace(until, "99999999999"),
        url.replace("/chat/", "/beam/"),
        url.replace("X-Signature=", "X-Signature=00"),
    ] {
        let refused = fetch(&changed, &[]).await;
        assert_eq!(refused.status(), 403, "{changed}");
        assert!(
            refused
                .text()
                .await
                .unwrap()
                .contains("<Code>SignatureDoesNotMatch</Code>")
        );
    }
    api.sandbox.advance_clock(Duration::from_secs(200)).unwrap();
    assert_eq!(fetch(&url, &[]).await.status(), 200);
    api.sandbox.advance_clock(Duration::from_secs(101)).unwrap();
    let expired = fetch(&url, &[]).await;
    assert_eq!(expired.status(), 403);
    assert!(
        expired
            .text()
            .await
            .unwrap()
            .contains("Request has expired")
    );
    let written = crate::http::client()
        .request(Method::PUT, &url)
        .send()
        .await;
    assert_eq!(written.unwrap().status(), 405);
}

fn fault(api: &Api, effect: FaultEffect) {
    api.sandbox.clear_faults();
    let fault = Fault::new(effect).operation("storage.get").nth(1);
    api.sandbox.add_fault(&fault).unwrap();
}

#[tokio::test]
async fn a_file_has_the_size_that_a_control_sets_and_different_bytes_everywhere() {
    let api = Api::start().await;
    recorded(&api).await;
    let asset = &assets(&api, "room-composite").await[0];
    let id = asset["id"].as_str().unwrap();
    let size = (5 << 30) + 7;
    api.sandbox.resize_asset(id, size).unwrap();
    assert_eq!(assets(&api, "room-composite").await[0]["size"], size);
    let url = link(&api, asset, "").await;
    let mut parts = Vec::new();
    for from in [0_i64, 1 << 20, 5 << 30] {
        let range = format!("bytes={from}-{}", from + 99);
        let part = fetch(&url, &[(header::RANGE, &range)]).await;
        assert_eq!(part.status(), 206);
        let end = size.min(from + 100);
        let expected = format!("bytes {from}-{}/{size}", end - 1);
        assert_eq!(header_of(&part, header::CONTENT_RANGE), expected);
        parts.push(part.bytes().await.unwrap());
    }
    assert_eq!(parts[2].len(), 7);
    assert!(parts[0] != parts[1] && !parts[0].starts_with(&parts[2]));
    for (id, size) in [(id, -1), (id, 1 << 41), ("none", 5)] {
        assert!(api.sandbox.resize_asset(id, size).is_err(), "{id} {size}");
    }
}

#[tokio::test]
async fn faults_that_name_it_affect_requests_for_files() {
    let api = Api::start().await;
    recorded(&api).await;
    let asset = &assets(&api, "room-composite").await[0];
    api.sandbox
        .resize_asset(asset["id"].as_str().unwrap(), 1000)
        .unwrap();
    let url = link(&api, asset, "").await;

    fault(&api, FaultEffect::new().status(403));
    let response = fetch(&url, &[]).await;
    assert_eq!(response.status(), 403);
    let text = response.text().await.unwrap();
    assert!(text.contains("<Code>AccessDenied</Code>"), "{text}");

    fault(&api, FaultEffect::new().cut_body(400));
    let response = fetch(&url, &[]).await;
    assert_eq!(header_of(&response, header::CONTENT_LENGTH), "1000");
    assert!(response.bytes().await.is_err());

    fault(&api, FaultEffect::new().status(200));
    let response = fetch(&url, &[(header::RANGE, "bytes=900-")]).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.bytes().await.unwrap().len(), 1000);

    fault(&api, FaultEffect::new().header("etag", "\"other\""));
    let response = fetch(&url, &[(header::RANGE, "bytes=900-")]).await;
    assert_eq!(response.status(), 206);
    assert_eq!(header_of(&response, header::ETAG), "\"other\"");

    fault(&api, FaultEffect::new().drip(300, Duration::from_millis(1)));
    let response = fetch(&url, &[]).await;
    assert_eq!(response.bytes().await.unwrap().len(), 1000);

    // One that names no operation does not.
    api.sandbox.clear_faults();
    api.sandbox
        .add_fault(&Fault::new(FaultEffect::new().status(500)))
        .unwrap();
    assert_eq!(fetch(&url, &[]).await.status(), 200);
    let by_path = Fault::new(FaultEffect::new().status(503)).path("/storage/*");
    api.sandbox.add_fault(&by_path).unwrap();
    assert_eq!(fetch(&url, &[]).await.status(), 503);
}
