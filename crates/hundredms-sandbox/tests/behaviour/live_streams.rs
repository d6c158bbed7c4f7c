//! Live streams: what a start asks for, their recordings, and timed metadata.

use std::time::Duration;

use serde_json::{Value, json};

use crate::api::Api;

/// A room of a template with this HLS destination.
async fn room_with(api: &Api, hls: Value) -> String {
    let destinations = json!({"hlsDestinations": {"main": hls}});
    let body = json!({"roles": {"host": {}}, "destinations": destinations});
    let template = api.posted("/templates", body).await;
    let room = api
        .posted("/rooms", json!({"template_id": template["id"]}))
        .await;
    room["id"].as_str().unwrap().to_owned()
}

async fn started(api: &Api, room_id: &str, mut body: Value) -> Value {
    body["meeting_url"] = "https://meet.example/r".into();
    let path = format!("/live-streams/room/{room_id}/start");
    let stream = api.posted(&path, body).await;
    api.sandbox.advance_clock(Duration::from_secs(3)).unwrap();
    stream
}

fn path(stream: &Value) -> String {
    format!("/live-streams/{}", stream["id"].as_str().unwrap())
}

async fn finished(api: &Api, stream: &Value) -> Value {
    api.sandbox.advance_clock(Duration::from_secs(60)).unwrap();
    let path = path(stream);
    api.posted(&format!("{path}/stop"), json!({})).await;
    api.sandbox.advance_clock(Duration::from_secs(12)).unwrap();
    api.got(&path).await
}

fn types(stream: &Value) -> Vec<&str> {
    let assets = stream["recording_assets"].as_array();
    assets
        .into_iter()
        .flatten()
        .map(|asset| asset["type"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn the_body_says_what_is_recorded_and_else_the_template() {
    let api = Api::start().await;
    let recording = json!({"hlsVod": true, "singleFilePerLayer": false});
    let room_id = room_with(&api, json!({"name": "main", "recording": recording})).await;
    let stream = started(&api, &room_id, json!({})).await;
    assert_eq!(stream["destination"], "main");
    let kept = json!({"hls_vod": true, "single_file_per_layer": false});
    assert_eq!(stream["recording"], kept);
    let url = stream["playback"]["url"].as_str().unwrap();
    assert!(url.ends_with("/master.m3u8"));
    assert_eq!(types(&finished(&api, &stream).await), ["room-vod", "chat"]);

    let single = json!({"recording": {"single_file_per_layer": true}});
    let stream = started(&api, &room_id, single).await;
    let kept = json!({"hls_vod": false, "single_file_per_layer": true});
    assert_eq!(stream["recording"], kept);
    let stream = finished(&api, &stream).await;
    let composite = "room-composite";
    assert_eq!(types(&stream), [composite, composite, composite, "chat"]);
    let best = &stream["recording_assets"][0];
    assert_eq!(best["metadata"]["layer"], "0");
    let best_path = best["path"].as_str().unwrap();
    assert!(best_path.contains("/file-recording/Rec-") && best_path.ends_with("-0.mp4"));

    let stream = started(&api, &room_id, json!({"recording": {}})).await;
    let stream = finished(&api, &stream).await;
    assert_eq!(
        (&stream["status"], &stream["recording_assets"]),
        (&json!("completed"), &Value::Null)
    );
}

#[tokio::test]
async fn layers_follow_the_template() {
    let api = Api::start().await;
    let layer = |width: i64, height: i64| json!({"width": width, "height": height});
    let hls = json!({
        "name": "main", "layers": [layer(1920, 1080), layer(1280, 720)],
        "recording": {"hlsVod": true},
    });
    let room_id = room_with(&api, hls).await;
    let first = started(&api, &room_id, json!({})).await;
    let vod = finished(&api, &first).await["recording_assets"][0].clone();
    assert_eq!(
        vod["metadata"],
        json!({"num_layers": "2", "max_width": 1920, "max_height": 1080})
    );
    assert!(vod["path"].as_str().unwrap().ends_with("/vod/master.m3u8"));
}

#[tokio::test]
async fn pausing_the_recording_leaves_it_out_of_the_file_and_the_stream_running() {
    let api = Api::start().await;
    let room_id = room_with(&api, json!({"name": "main", "recording": {"hlsVod": true}})).await;
    let stream = started(&api, &room_id, json!({})).await;
    let path = path(&stream);
    let paused = api
        .posted(&format!("{path}/pause-recording"), json!({}))
        .await;
    assert_eq!(paused["status"], "running");
    api.sandbox.advance_clock(Duration::from_secs(120)).unwrap();
    let resumed = api
        .posted(&format!("{path}/resume-recording"), json!({}))
        .await;
    assert_eq!(resumed["status"], "running");
    let stream = finished(&api, &stream).await;
    let seconds = stream["recording_assets"][0]["duration"].as_i64();
    assert!(seconds.is_some_and(|seconds| (60..75).contains(&seconds)));
    let (code, _) = api
        .post(&format!("{path}/pause-recording"), json!({}))
        .await;
    assert_eq!(code, 404, "it does not run");
}

#[tokio::test]
async fn timed_metadata_goes_into_a_running_stream_and_leaves_it_unchanged() {
    let api = Api::start().await;
    let room_id = room_with(&api, json!({"name": "main"})).await;
    let stream = started(&api, &room_id, json!({})).await;
    let path = path(&stream);
    let metadata = format!("{path}/timed-metadata");
    let before = api.got(&path).await;
    let cue = json!({"payload": "x".repeat(100), "duration": 8});
    assert_eq!(api.posted(&metadata, cue.clone()).await, before);
    for bad in [
        json!({"payload": "x".repeat(101), "duration": 8}),
        json!({"payload": "x"}),
        json!({"duration": 8}),
        json!({"payload": "x", "duration": "8"}),
    ] {
        assert_eq!(api.post(&metadata, bad).await.0, 400);
    }
    finished(&api, &stream).await;
    assert_eq!(api.post(&metadata, cue).await.0, 404);
}

#[tokio::test]
async fn a_stream_is_transcribed_afterwards_only_in_the_recorded_mode() {
    let api = Api::start().await;
    let room_id = room_with(&api, json!({"name": "main", "recording": {"hlsVod": true}})).await;
    for (modes, expected) in [
        (json!(["live"]), vec!["room-vod", "chat"]),
        (
            json!(["recorded", "live"]),
            vec!["room-vod", "chat", "transcript"],
        ),
    ] {
        let wanted = json!({"enabled": true, "modes": modes, "output_modes": ["srt"]});
        let stream = started(&api, &room_id, json!({"transcription": wanted})).await;
        assert_eq!(types(&finished(&api, &stream).await), expected);
    }
}
