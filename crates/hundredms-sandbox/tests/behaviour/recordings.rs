//! Recordings: what a start asks for, pauses, transcripts, and recordings that start by themselves.

use std::time::Duration;

use hundredms_sandbox::{JoinPeer, LeavePeer};
use serde_json::{Value, json};

use crate::api::Api;

async fn room(api: &Api, settings: Value) -> String {
    let room = api.posted("/rooms", settings).await;
    room["id"].as_str().unwrap().to_owned()
}

/// A room of a template with these destinations.
async fn room_with(api: &Api, destinations: Value) -> String {
    let body = json!({"roles": {"host": {}}, "destinations": destinations});
    let template = api.posted("/templates", body).await;
    room(api, json!({"template_id": template["id"]})).await
}

async fn started(api: &Api, room_id: &str, body: Value) -> Value {
    let path = format!("/recordings/room/{room_id}/start");
    api.posted(&path, body).await
}

fn path(recording: &Value) -> String {
    format!("/recordings/{}", recording["id"].as_str().unwrap())
}

fn pass(api: &Api, seconds: u64) {
    let by = Duration::from_secs(seconds);
    api.sandbox.advance_clock(by).unwrap();
}

/// Lets a recording run for so long, stops it, and waits for its files.
async fn finished(api: &Api, recording: &Value, seconds: u64) -> Value {
    pass(api, 3 + seconds);
    let path = path(recording);
    api.posted(&format!("{path}/stop"), json!({})).await;
    pass(api, 12);
    api.got(&path).await
}

#[tokio::test]
async fn a_recording_leaves_a_video_and_a_chat_that_follow_from_how_it_ran() {
    let api = Api::start().await;
    let room_id = room(&api, json!({})).await;
    let url = "https://meet.example/r?token=t";
    let body = json!({"meeting_url": url, "resolution": {"width": 720, "height": 1280}});
    let recording = started(&api, &room_id, body).await;
    assert_eq!(
        (&recording["meeting_url"], &recording["asset_types"]),
        (&json!(url), &json!(["room-composite", "chat"]))
    );
    assert_eq!(
        (&recording["started_by"], &recording["stopped_by"]),
        (&json!(""), &json!(""))
    );
    let recording = finished(&api, &recording, 100).await;

    let [video, chat] = recording["recording_assets"].as_array().unwrap().as_slice() else {
        panic!("two assets");
    };
    assert_eq!(
        (&video["type"], &video["status"], &video["metadata"]),
        (
            &json!("room-composite"),
            &json!("completed"),
            &json!({"resolution": {"width": 720, "height": 1280}})
        )
    );
    let seconds = video["duration"].as_i64().unwrap();
    assert!((100..110).contains(&seconds));
    assert!(video["size"].as_i64().unwrap() > 0);
    let video_path = video["path"].as_str().unwrap();
    assert!(video_path.starts_with("s3://") && video_path.contains(&format!("/beam/{room_id}/")));
    assert_eq!(
        (&chat["type"], &chat["duration"], &chat["metadata"]),
        (&json!("chat"), &json!(0), &json!({}))
    );
    let page = api.got("/recordings").await;
    assert_eq!(page["data"][0].get("recording_assets"), None);
}

#[tokio::test]
async fn pauses_are_not_in_the_file() {
    let api = Api::start().await;
    let room_id = room(&api, json!({})).await;
    let (pause, resume) = (
        format!("/recordings/room/{room_id}/pause"),
        format!("/recordings/room/{room_id}/resume"),
    );
    let recording = started(&api, &room_id, json!({})).await;
    let (code, error) = api.post(&pause, json!({})).await;
    assert_eq!((code, &error["message"]), (404, &json!("beam not found")));

    pass(&api, 33);
    for _ in 0..2 {
        let paused = api.posted(&pause, json!({})).await;
        assert_eq!(
            (&paused["status"], &paused["asset_types"]),
            (&json!("running"), &Value::Null)
        );
        pass(&api, 50);
    }
    for _ in 0..2 {
        assert_eq!(api.posted(&resume, json!({})).await["status"], "running");
    }
    let recording = finished(&api, &recording, 30).await;
    let seconds = recording["recording_assets"][0]["duration"].as_i64();
    assert!(seconds.is_some_and(|seconds| (60..75).contains(&seconds)));
}

#[tokio::test]
async fn transcripts_and_summary_are_processing_first_and_ready_after_five_minutes() {
    let api = Api::start().await;
    let room_id = room(&api, json!({})).await;
    let summary = json!({"enabled": true, "temperature": 0.4});
    let wanted = json!({"enabled": true, "output_modes": ["txt", "json"], "summary": summary});
    let recording = started(&api, &room_id, json!({"transcription": wanted})).await;
    let types = json!(["room-composite", "chat", "transcript", "summary"]);
    assert_eq!(recording["asset_types"], types);
    let recording = finished(&api, &recording, 60).await;

    let assets = recording["recording_assets"].as_array().unwrap();
    let shown: Vec<_> = assets[2..]
        .iter()
        .map(|asset| (&asset["type"], &asset["status"], &asset["metadata"]))
        .collect();
    let (transcript, processing) = (json!("transcript"), json!("processing"));
    let (txt, json) = (
        json!({"output_mode": "txt"}),
        json!({"output_mode": "json"}),
    );
    assert_eq!(
        shown,
        [
            (&transcript, &processing, &txt),
            (&transcript, &processing, &json),
            (&json!("summary"), &processing, &json)
        ]
    );
    let page = api.got("/recording-assets?type=transcript").await;
    assert_eq!(page["data"][0].get("path"), None);

    pass(&api, 300);
    let page = api.got("/recording-assets?status=completed").await;
    assert_eq!(page["data"].as_array().unwrap().len(), 5);
    let recording = api.got(&path(&recording)).await;
    let txt = &recording["recording_assets"][2];
    assert!(txt["path"].as_str().unwrap().contains("/transcript/"));
    assert!(txt["created_at"].as_str() > recording["updated_at"].as_str());
}

#[tokio::test]
async fn a_transcription_takes_a_fifth_of_a_long_recording_and_can_be_made_to_fail() {
    let api = Api::start().await;
    let room_id = room(&api, json!({})).await;
    let host = JoinPeer::with_role(&room_id, "host");
    api.sandbox.join_peer(&host).unwrap();
    let body = json!({"transcription": {"enabled": true}});
    let recording = started(&api, &room_id, body.clone()).await;
    finished(&api, &recording, 3600).await;
    pass(&api, 600);
    let completed = "/recording-assets?type=transcript&status=completed";
    assert_eq!(api.got(completed).await["data"], json!([]));
    pass(&api, 200);
    let page = api.got(completed).await;
    assert_eq!(
        page["data"].as_array().unwrap().len(),
        3,
        "txt, srt and json"
    );

    let recording = started(&api, &room_id, body).await;
    let id = recording["id"].as_str().unwrap();
    assert!(api.sandbox.fail_transcription(id).is_err());
    finished(&api, &recording, 60).await;
    let job = api.sandbox.fail_transcription(id).unwrap();
    assert_eq!(job.status, "completed");
    pass(&api, 600);
    let page = api.got("/recording-assets?status=failed").await;
    assert_eq!(page["data"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn the_settings_of_the_template_apply_until_the_body_overrides_them() {
    let api = Api::start().await;
    let recorder = json!({
        "name": "main", "role": "host", "width": 1920, "height": 1080, "maxDuration": 60, "presignDuration": 600,
    });
    let texts = json!({"name": "t", "role": "host", "modes": ["recorded"], "outputModes": ["srt"]});
    let destinations =
        json!({"browserRecordings": {"main": recorder}, "transcriptions": {"t": texts}});
    let room_id = room_with(&api, destinations).await;
    let url = "https://meet.example/r";
    let recording = started(&api, &room_id, json!({"meeting_url": url})).await;
    assert_eq!(recording["destination"], "main");
    let config = api.got(&format!("{}/config", path(&recording))).await;
    assert_eq!(
        (&config["resolution"], &config["max_duration"]),
        (&json!({"width": 1920, "height": 1080}), &json!(60))
    );
    pass(&api, 90);
    let recording = api.got(&path(&recording)).await;
    assert_eq!(recording["status"], "completed", "by its longest duration");
    let transcript = &recording["recording_assets"][2];
    assert_eq!(transcript["metadata"], json!({"output_mode": "srt"}));
    let video = recording["recording_assets"][0]["id"].as_str().unwrap();
    let url_path = format!("/recording-assets/{video}/presigned-url");
    assert_eq!(api.got(&url_path).await["expiry"], 600);

    let body = json!({"meeting_url": url, "transcription": {"enabled": false}});
    let recording = started(&api, &room_id, body).await;
    assert_eq!(recording["asset_types"], json!(["room-composite", "chat"]));
}

#[tokio::test]
async fn a_destination_must_be_one_of_the_template_and_be_named_where_there_are_several() {
    let api = Api::start().await;
    let named = |name: &str| json!({"name": name, "role": "host"});
    let destinations = json!({"browserRecordings": {"a": named("a"), "b": named("b")}});
    let room_id = room_with(&api, destinations).await;
    let url = "https://meet.example/r";
    let start = format!("/recordings/room/{room_id}/start");
    for body in [
        json!({"meeting_url": url}),
        json!({"meeting_url": url, "destination": "c"}),
    ] {
        let (code, error) = api.post(&start, body).await;
        assert_eq!((code, &error["message"]), (400, &json!("invalid input")));
    }
    let body = json!({"meeting_url": url, "destination": "b"});
    assert_eq!(started(&api, &room_id, body).await["destination"], "b");
}

#[tokio::test]
async fn what_cannot_be_recorded_is_invalid_input() {
    let api = Api::start().await;
    let of_default_template = room(&api, json!({})).await;
    let of_own_template = room_with(&api, json!({})).await;
    let size = |width: i64, height: i64| json!({"resolution": {"width": width, "height": height}});
    for (room_id, body) in [
        (&of_default_template, json!({"meeting_url": ""})),
        (&of_default_template, json!({"meeting_url": "meet.example"})),
        (&of_default_template, json!({"meeting_url": 7})),
        (&of_own_template, json!({})),
        (&of_default_template, size(499, 480)),
        (&of_default_template, size(1920, 1081)),
        (&of_default_template, size(1081, 1920)),
        (&of_default_template, json!({"resolution": {"width": 1280}})),
        (
            &of_default_template,
            json!({"transcription": {"output_modes": ["pdf"]}}),
        ),
        (
            &of_default_template,
            json!({"transcription": {"summary": {"temperature": 2}}}),
        ),
    ] {
        let start = format!("/recordings/room/{room_id}/start");
        let (code, error) = api.post(&start, body.clone()).await;
        assert_eq!(
            (code, &error["message"]),
            (400, &json!("invalid input")),
            "{body}"
        );
        assert!(error["details"].is_array(), "{body}");
    }
    let recording = started(&api, &of_default_template, json!({})).await;
    let made_up = recording["meeting_url"].as_str().unwrap();
    assert!(made_up.contains(&of_default_template));
}

#[tokio::test]
async fn a_recording_starts_with_the_first_peer_where_the_template_says_so() {
    let api = Api::start().await;
    let template = api
        .posted("/templates", json!({"roles": {"host": {}}}))
        .await;
    let browser = json!({"autoStart": true, "autoStopTimeout": 30});
    let config = json!([{
        "name": "auto", "role": "host", "compositeRecording": {"browserComposite": browser},
    }]);
    let id = template["id"].as_str().unwrap();
    api.posted(&format!("/templates/{id}/recordings"), config)
        .await;
    let room_id = room(&api, json!({"template_id": id})).await;

    let host = JoinPeer::with_role(&room_id, "host");
    let first = api.sandbox.join_peer(&host).unwrap();
    let second = api.sandbox.join_peer(&host).unwrap();
    pass(&api, 60);
    let page = api.got("/recordings").await;
    let [recording] = page["data"].as_array().unwrap().as_slice() else {
        panic!("one recording");
    };
    assert_eq!(
        (&recording["status"], &recording["session_id"]),
        (&json!("running"), &json!(first.session_id))
    );
    for peer in [first, second] {
        api.sandbox.leave_peer(&LeavePeer::new(&peer.id)).unwrap();
    }
    pass(&api, 45);
    let recording = api.got(&path(recording)).await;
    assert_eq!(
        recording["status"], "completed",
        "30 seconds after the last peer"
    );
}

#[tokio::test]
async fn an_audio_recording_has_no_resolution() {
    let api = Api::start().await;
    let room_id = room(&api, json!({})).await;
    let recording = started(&api, &room_id, json!({"audio_only": true})).await;
    let recording = finished(&api, &recording, 60).await;
    let sound = &recording["recording_assets"][0];
    assert_eq!(
        (&sound["type"], &sound["metadata"]),
        (&json!("room-composite"), &json!({}))
    );
}
