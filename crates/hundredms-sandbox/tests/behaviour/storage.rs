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
    let host = JoinPeer::with_role(&room_id, "host").name("Ada");
    let host = api.sandbox.join_peer(&host).unwrap();
    let guest = JoinPeer::with_role(&room_id, "guest").name("Grace");
    api.sandbox.join_peer(&guest).unwrap();
    let transcription = json!({
        "enabled": true, "modes": ["recorded"], "output_modes": ["txt", "srt", "json"], "summary": {"enabled": true},
    });
    let start = format!("/recordings/room/{room_id}/start");
    api.posted(&start, json!({"transcription": transcription}))
        .await;
    api.sandbox.advance_clock(Duration::from_secs(60)).unwrap();
    for message in [
        json!({"message": "say \"hi\", all"}),
        json!({"message": "hosts", "role": "host"}),
        json!({"message": "you", "peer_id": host.id}),
    ] {
        api.posted(&format!("/active-rooms/{room_id}/send-message"), message)
            .await;
    }
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
async fn the_chat_holds_what_was_said_to_everyone_or_to_a_role() {
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
    assert_eq!(
        lines[1].split(',').nth(3),
        Some("[]"),
        "to everyone: {chat}"
    );
    assert!(
        lines[2].contains(r#","[host]","#) && lines[2].ends_with(r#","hosts""#),
        "{chat}"
    );
    assert_eq!(lines.len(), 3, "direct messages are left out: {chat}");
}

/// The boxes of an MP4 file, with the path of each, and its contents.
fn boxes<'a>(path: &str, mut bytes: &'a [u8], found: &mut Vec<(String, &'a [u8])>) {
    while !bytes.is_empty() {
        let size = u32::from_be_bytes(bytes[..4].try_into().unwrap()) as usize;
        assert!((8..=bytes.len()).contains(&size), "{path}: a box of {size}");
        let name = std::str::from_utf8(&bytes[4..8]).unwrap();
        let path = format!("{path}/{name}");
        let contents = &bytes[8..size];
        found.push((path.clone(), contents));
        if matches!(name, "moov" | "trak" | "mdia" | "minf" | "stbl") {
            boxes(&path, contents, found);
        }
        bytes = &bytes[size..];
    }
}

#[tokio::test]
async fn the_video_has_the_boxes_that_a_player_needs_and_its_picture_is_where_they_say() {
    let api = Api::start().await;
    recorded(&api).await;
    let video = link(&api, &assets(&api, "room-composite").await[0], "").await;
    let video = fetch(&video, &[]).await.bytes().await.unwrap();
    let mut found = Vec::new();
    boxes("", &video, &mut found);
    let contents = |path: &str| {
        let found = found.iter().find(|(at, _)| at == path);
        found.unwrap_or_else(|| panic!("no {path}")).1
    };
    let number = |bytes: &[u8]| u32::from_be_bytes(bytes[..4].try_into().unwrap());
    assert_eq!(&contents("/ftyp")[..4], b"isom");
    let (scale, duration) = (
        number(&contents("/moov/mvhd")[12..]),
        number(&contents("/moov/mvhd")[16..]),
    );
    assert!(scale > 0 && duration > 0);
    assert_eq!(&contents("/moov/trak/mdia/hdlr")[8..12], b"vide");
    let table = "/moov/trak/mdia/minf/stbl";
    let description = contents(&format!("{table}/stsd"));
    assert_eq!(&description[12..16], b"avc1");
    assert!(
        description.windows(4).any(|it| it == b"avcC"),
        "the decoder's settings"
    );
    // One sample in one chunk, with a duration.
    let stts = contents(&format!("{table}/stts"));
    assert_eq!((number(&stts[4..]), number(&stts[8..])), (1, 1));
    assert!(number(&stts[12..]) > 0);
    let stsc = contents(&format!("{table}/stsc"));
    assert_eq!((number(&stsc[4..]), number(&stsc[12..])), (1, 1));
    let size = number(&contents(&format!("{table}/stsz"))[4..]) as usize;
    let offset = number(&contents(&format!("{table}/stco"))[8..]) as usize;
    let data = contents("/mdat");
    let begin = data.as_ptr() as usize - video.as_ptr() as usize;
    assert_eq!(
        (offset, size),
        (begin, data.len()),
        "the picture is all of mdat"
    );
    // The sample is an IDR slice, after its length.
    assert_eq!(number(data) as usize, size - 4);
    assert_eq!(data[4] & 0x1f, 5);
}

async fn text_of(api: &Api, asset: &Value) -> String {
    let link = link(api, asset, "").await;
    fetch(&link, &[]).await.text().await.unwrap()
}

#[tokio::test]
async fn transcripts_and_summary_have_the_documented_formats_and_are_about_the_peers() {
    let api = Api::start().await;
    recorded(&api).await;
    let mut files = std::collections::BTreeMap::new();
    for asset in assets(&api, "transcript").await {
        let mode = asset["metadata"]["output_mode"]
            .as_str()
            .unwrap()
            .to_owned();
        files.insert(mode, text_of(&api, &asset).await);
    }
    let json: Value = serde_json::from_str(&files["json"]).unwrap();
    let sentences = json["sentences"].as_array().unwrap();
    assert!(sentences.len() > 3, "{json}");
    let names: Vec<_> = sentences
        .iter()
        .map(|it| it["name"].as_str().unwrap())
        .collect();
    assert_eq!(&names[..3], ["Ada", "Grace", "Ada"]);
    let times = |it: &Value| {
        let time = |name: &str| it[name].as_str().unwrap().parse::<i64>().unwrap();
        (time("start_time"), time("end_time"))
    };
    for (sentence, next) in sentences.iter().zip(&sentences[1..]) {
        assert!(times(sentence).0 < times(sentence).1 && times(sentence).1 < times(next).0);
    }
    let words = json["words"].as_array().unwrap();
    assert_eq!(
        (
            &words[0]["word"],
            &words[0]["peer_id"],
            &words[0]["start_time"]
        ),
        (
            &json!("Hello"),
            &sentences[0]["peer_id"],
            &sentences[0]["start_time"]
        )
    );
    assert!(files["srt"].starts_with(
        "1\n00:00:01,000 --> 00:00:02,200\nAda: Hello, everyone, and welcome.\n\n2\n"
    ));
    assert!(files["txt"].starts_with("Ada: Hello, everyone, and welcome.\n\nGrace: "));
    assert_eq!(files["srt"].matches("-->").count(), sentences.len());

    let summary = text_of(&api, &assets(&api, "summary").await[0]).await;
    let summary: Value = serde_json::from_str(&summary).unwrap();
    let sections = summary["summary"]["sections"].as_array().unwrap();
    assert_eq!(sections.len(), 4);
    assert_eq!(
        (&sections[3]["format"], &sections[3]["bullets"]),
        (&json!("paragraph"), &json!([]))
    );
    assert!(!sections[0]["bullets"].as_array().unwrap().is_empty());
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
