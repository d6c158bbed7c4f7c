//! RTMP ingestion: encoders that feed rooms, and the live streams made of that.

use std::time::Duration;

use hundredms_sandbox::RtmpInto;
use serde_json::{Value, json};

use crate::api::Api;

/// A room whose template has an HLS destination with a reconnection window of a minute.
async fn room(api: &Api) -> String {
    let hls = json!({"name": "main", "autoStopTimeout": 60});
    let destinations = json!({"hlsDestinations": {"main": hls}});
    let body = json!({"roles": {"host": {}}, "destinations": destinations});
    let template = api.posted("/templates", body).await;
    let room = json!({"template_id": template["id"]});
    let room = api.posted("/rooms", room).await;
    room["id"].as_str().unwrap().to_owned()
}

async fn key(api: &Api, room_id: &str) -> String {
    let path = format!("/stream-keys/room/{room_id}");
    let key = api.posted(&path, json!({})).await;
    key["key"].as_str().unwrap().to_owned()
}

fn pass(api: &Api, seconds: u64) {
    let by = Duration::from_secs(seconds);
    api.sandbox.advance_clock(by).unwrap();
}

async fn status(api: &Api, stream_id: &str) -> Value {
    let stream = api.got(&format!("/live-streams/{stream_id}")).await;
    stream["status"].clone()
}

#[tokio::test]
async fn an_encoder_starts_the_live_stream_and_keeps_it_until_its_window_runs_out() {
    let api = Api::start().await;
    let room_id = room(&api).await;
    let key = RtmpInto::StreamKey(key(&api, &room_id).await);
    let ingest = api.sandbox.start_rtmp_in(&key).unwrap();
    assert_eq!(ingest.room_id, room_id);
    pass(&api, 3000);
    assert_eq!(status(&api, &ingest.stream_id).await, "running");

    api.sandbox.stop_rtmp_in(&key).unwrap();
    pass(&api, 50);
    let again = api.sandbox.start_rtmp_in(&key).unwrap();
    assert_eq!(again, ingest);
    pass(&api, 3000);
    assert_eq!(status(&api, &ingest.stream_id).await, "running");

    let room = RtmpInto::RoomId(room_id);
    api.sandbox.stop_rtmp_in(&room).unwrap();
    pass(&api, 70);
    assert_eq!(status(&api, &ingest.stream_id).await, "completed");
    assert_eq!(api.sandbox.stop_rtmp_in(&room).unwrap_err().status(), 404);
    let next = api.sandbox.start_rtmp_in(&room).unwrap();
    assert_ne!((next.id, next.stream_id), (ingest.id, ingest.stream_id));
}

#[tokio::test]
async fn an_encoder_is_refused_for_the_documented_reasons() {
    let api = Api::start().await;
    let room_id = room(&api).await;
    let into = RtmpInto::RoomId(room_id.clone());
    let refusal = || api.sandbox.start_rtmp_in(&into).unwrap_err().to_string();
    assert_eq!(refusal(), "stream key disabled");
    let key = key(&api, &room_id).await;

    let start = format!("/live-streams/room/{room_id}/start");
    let body = json!({"meeting_url": "https://meet.example/r"});
    api.posted(&start, body.clone()).await;
    assert_eq!(refusal(), "remote session active");
    let stop = format!("/live-streams/room/{room_id}/stop");
    api.posted(&stop, json!({})).await;
    pass(&api, 30);

    api.sandbox.start_rtmp_in(&into).unwrap();
    assert_eq!(refusal(), "already connected");
    assert_eq!(api.post(&start, body).await.0, 409);

    let disable = format!("/stream-keys/room/{room_id}/disable");
    assert_eq!(api.post(&disable, json!({})).await.0, 201);
    let key = RtmpInto::StreamKey(key);
    let refused = api.sandbox.start_rtmp_in(&key).unwrap_err();
    assert_eq!(refused.to_string(), "stream key disabled");

    let plain = api.posted("/rooms", json!({})).await;
    let plain = plain["id"].as_str().unwrap();
    self::key(&api, plain).await;
    let into = RtmpInto::RoomId(plain.into());
    let refused = api.sandbox.start_rtmp_in(&into).unwrap_err();
    assert_eq!(refused.to_string(), "no hls destinations");
    let unknown = RtmpInto::StreamKey("no-such-key".into());
    let unknown = api.sandbox.start_rtmp_in(&unknown).unwrap_err();
    assert_eq!(unknown.status(), 404);
    let nothing = api.sandbox.control("start_rtmp_in", json!({}));
    assert_eq!(nothing.unwrap_err().status(), 400);
}

#[tokio::test]
async fn stopping_the_live_stream_ends_the_ingestion_and_breaking_the_ingestion_stops_the_stream() {
    let api = Api::start().await;
    let room_id = room(&api).await;
    key(&api, &room_id).await;
    let into = RtmpInto::RoomId(room_id.clone());
    let first = api.sandbox.start_rtmp_in(&into).unwrap();
    pass(&api, 30);
    let stop = format!("/live-streams/{}/stop", first.stream_id);
    api.posted(&stop, json!({})).await;
    pass(&api, 2);
    assert_eq!(api.sandbox.stop_rtmp_in(&into).unwrap_err().status(), 404);

    let second = api.sandbox.start_rtmp_in(&into).unwrap();
    assert_ne!(second.id, first.id);
    pass(&api, 30);
    api.sandbox.fail_rtmp_in(&into).unwrap();
    assert_eq!(status(&api, &second.stream_id).await, "stopping");
}
