//! What recordings, live streams and external streams share: their states, and what ends them.

use std::time::Duration;

use hundredms_sandbox::{JoinPeer, LeavePeer};
use serde_json::{Value, json};

use crate::api::Api;

const KINDS: [&str; 3] = ["recordings", "live-streams", "external-streams"];

async fn room(api: &Api) -> String {
    let room = api.posted("/rooms", json!({})).await;
    room["id"].as_str().unwrap().to_owned()
}

/// A body that starts any kind of job, recorded.
fn start_body(kind: &str) -> Value {
    match kind {
        "recordings" => json!({"meeting_url": "https://meet.example/r"}),
        "live-streams" => json!({"recording": {"hls_vod": true}}),
        _ => json!({"rtmp_urls": ["rtmp://live.example/key"], "recording": true}),
    }
}

async fn started(api: &Api, kind: &str, room_id: &str) -> Value {
    let path = format!("/{kind}/room/{room_id}/start");
    api.posted(&path, start_body(kind)).await
}

fn path(kind: &str, job: &Value) -> String {
    format!("/{kind}/{}", job["id"].as_str().unwrap())
}

fn pass(api: &Api, seconds: u64) {
    let by = Duration::from_secs(seconds);
    api.sandbox.advance_clock(by).unwrap();
}

async fn status(api: &Api, path: &str) -> String {
    let job = api.got(path).await;
    job["status"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_docs_say_how_long_a_job_takes_to_start() {
    let guides = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guides");
    for guide in ["recording", "transcripts", "live-streaming"] {
        let text = std::fs::read_to_string(guides.join(format!("{guide}.md"))).unwrap();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("three seconds"), "{guide}");
        assert!(
            !text.contains("a second to start") && !text.contains("takes a second"),
            "{guide}"
        );
    }
    let api = Api::start().await;
    for kind in KINDS {
        let early = path(kind, &started(&api, kind, &room(&api).await).await);
        let job = path(kind, &started(&api, kind, &room(&api).await).await);
        api.sandbox
            .advance_clock(Duration::from_millis(2_500))
            .unwrap();
        assert_eq!(status(&api, &early).await, "starting", "{kind}");
        api.posted(&format!("{early}/stop"), json!({})).await;
        api.sandbox
            .advance_clock(Duration::from_millis(500))
            .unwrap();
        assert_eq!(status(&api, &job).await, "running", "{kind}");
        pass(&api, 2);
        assert_eq!(status(&api, &early).await, "failed", "{kind}");
    }
    // A transcript takes five minutes.
    let room_id = room(&api).await;
    let body = json!({"meeting_url": "https://meet.example/r", "transcription": {"enabled": true}});
    let recording = api
        .posted(&format!("/recordings/room/{room_id}/start"), body)
        .await;
    let of_job = path("recordings", &recording);
    pass(&api, 3);
    api.posted(&format!("{of_job}/stop"), json!({})).await;
    pass(&api, 12);
    let transcripts = || async {
        let job = api.got(&of_job).await;
        let assets = job["recording_assets"].as_array().unwrap().clone();
        let of_kind = assets
            .into_iter()
            .filter(|asset| asset["type"] == "transcript");
        of_kind
            .map(|asset| asset["status"].clone())
            .collect::<Vec<_>>()
    };
    pass(&api, 298);
    let waiting = transcripts().await;
    assert!(
        !waiting.is_empty() && waiting.iter().all(|status| status != "completed"),
        "{waiting:?}"
    );
    pass(&api, 2);
    let ready = transcripts().await;
    assert!(
        ready.iter().all(|status| status == "completed"),
        "{ready:?}"
    );
}

/// Make a request as a client that would have paused, and return whether something happens soon by itself.
async fn happens_soon(api: &Api, path: &str) -> bool {
    let request = api.request(reqwest::Method::GET, path);
    let response = request
        .header("x-sandbox-advance", "0.5")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    response.headers().contains_key("x-sandbox-next-change")
}

#[tokio::test]
async fn a_waiting_client_skips_no_time_while_a_job_runs_with_peers() {
    let api = Api::start().await;
    for kind in KINDS {
        let room_id = room(&api).await;
        let peer = api
            .sandbox
            .join_peer(&JoinPeer::with_role(&room_id, "host"))
            .unwrap();
        let job = path(kind, &started(&api, kind, &room_id).await);
        assert!(happens_soon(&api, &job).await, "{kind} starts");
        pass(&api, 3);
        let before = api.sandbox.clock().advanced_seconds;
        assert!(!happens_soon(&api, &job).await, "{kind} runs");
        assert!((api.sandbox.clock().advanced_seconds - before).abs() < 0.001);
        // A timer of a time when the room was empty changes nothing either.
        api.sandbox.leave_peer(&LeavePeer::new(&peer.id)).unwrap();
        assert!(
            happens_soon(&api, &job).await,
            "{kind} ends when it is alone"
        );
        api.sandbox
            .join_peer(&JoinPeer::with_role(&room_id, "host"))
            .unwrap();
        assert!(!happens_soon(&api, &job).await, "{kind} runs again");
        api.posted(&format!("{job}/stop"), json!({})).await;
        assert!(happens_soon(&api, &job).await, "{kind} stops");
        api.sandbox.reset();
    }
}

#[tokio::test]
async fn a_job_goes_through_all_its_states_with_the_clock() {
    let api = Api::start().await;
    for kind in KINDS {
        let job = started(&api, kind, &room(&api).await).await;
        let path = path(kind, &job);
        assert_eq!(
            (&job["status"], &job["started_at"], &job["stopped_at"]),
            (&json!("starting"), &Value::Null, &Value::Null)
        );
        assert_eq!(job["recording_assets"], Value::Null);
        pass(&api, 3);
        let running = api.got(&path).await;
        assert_eq!(running["status"], "running");
        assert_eq!(running["updated_at"], running["started_at"]);

        let stopping = api.posted(&format!("{path}/stop"), json!({})).await;
        assert_eq!(
            (&stopping["status"], &stopping["stopped_at"]),
            (&json!("stopping"), &Value::Null)
        );
        let again = api.posted(&format!("{path}/stop"), json!({})).await;
        assert_eq!(again["status"], "stopping", "stopping twice is stopping");
        pass(&api, 2);
        let stopped = api.got(&path).await;
        assert_eq!(stopped["status"], "post_processing");
        assert!(stopped["stopped_at"].is_string());
        let (code, error) = api.post(&format!("{path}/stop"), json!({})).await;
        assert_eq!((code, &error["message"]), (404, &json!("beam not found")));
        pass(&api, 10);
        let completed = api.got(&path).await;
        assert_eq!(completed["status"], "completed");
        assert!(!completed["recording_assets"].as_array().unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_job_without_a_recording_needs_no_post_processing() {
    let api = Api::start().await;
    let room_id = room(&api).await;
    let path_of_room = format!("/external-streams/room/{room_id}/start");
    let body = json!({"rtmp_urls": ["rtmps://live.example/key"]});
    let job = api.posted(&path_of_room, body).await;
    let path = path("external-streams", &job);
    pass(&api, 3);
    api.posted(&format!("{path}/stop"), json!({})).await;
    pass(&api, 2);
    let completed = api.got(&path).await;
    assert_eq!(
        (&completed["status"], &completed["recording_assets"]),
        (&json!("completed"), &Value::Null)
    );
}

#[tokio::test]
async fn one_job_of_each_kind_may_be_in_a_room() {
    let api = Api::start().await;
    let room_id = room(&api).await;
    for kind in KINDS {
        started(&api, kind, &room_id).await;
    }
    for kind in KINDS {
        let start = format!("/{kind}/room/{room_id}/start");
        let (code, error) = api.post(&start, start_body(kind)).await;
        assert_eq!(
            (code, &error["message"]),
            (409, &json!("beam already started"))
        );
        pass(&api, 3);
        let stop = format!("/{kind}/room/{room_id}/stop");
        let stopped = api.posted(&stop, json!({})).await;
        assert_eq!(stopped["data"][0]["status"], "stopping");
        assert_eq!(stopped["last"], stopped["data"][0]["id"]);
        assert_eq!(stopped["limit"], if kind == "recordings" { 1 } else { 10 });
        pass(&api, 2);
        let (code, error) = api.post(&stop, json!({})).await;
        assert_eq!((code, &error["message"]), (404, &json!("beam not found")));
        started(&api, kind, &room_id).await;
    }
}

#[tokio::test]
async fn rooms_and_jobs_that_are_not_there_are_refused_as_the_service_refuses_them() {
    let api = Api::start().await;
    let nowhere = "66b2d2105c803b002ae4f611";
    let disabled = room(&api).await;
    let path_of_room = format!("/rooms/{disabled}");
    api.posted(&path_of_room, json!({"enabled": false})).await;
    for kind in KINDS {
        for action in ["start", "stop"] {
            let path = format!("/{kind}/room/{nowhere}/{action}");
            let (code, error) = api.post(&path, start_body(kind)).await;
            assert_eq!(
                (code, &error["message"]),
                (403, &json!("user does not have required permission"))
            );
        }
        let path = format!("/{kind}/room/{disabled}/start");
        assert_eq!(api.post(&path, start_body(kind)).await.0, 403);
        assert_eq!(api.get(&format!("/{kind}/{nowhere}")).await.0, 404);
        let stop = format!("/{kind}/{nowhere}/stop");
        assert_eq!(api.post(&stop, json!({})).await.0, 404);
    }
    let job = started(&api, "recordings", &room(&api).await).await;
    let id = job["id"].as_str().unwrap();
    assert_eq!(api.get(&format!("/live-streams/{id}")).await.0, 404);
}

#[tokio::test]
async fn a_start_needs_a_body_and_a_body_in_json() {
    let api = Api::start().await;
    let room_id = room(&api).await;
    for kind in KINDS {
        let path = format!("/{kind}/room/{room_id}/start");
        let (code, error) = api.post_text(&path, "").await;
        assert_eq!(
            (code, &error["message"]),
            (400, &json!("request body must not be empty"))
        );
        let (code, error) = api.post_text(&path, "{\n  \"a\": }").await;
        let message = "request body contains badly-formed JSON (at position 10)";
        assert_eq!((code, &error["message"]), (400, &json!(message)));
    }
}

#[tokio::test]
async fn a_start_opens_a_session_and_its_bot_keeps_the_session_open() {
    let api = Api::start().await;
    let room_id = room(&api).await;
    let job = started(&api, "recordings", &room_id).await;
    let session = format!("/sessions/{}", job["session_id"].as_str().unwrap());
    assert_eq!(api.got(&session).await["active"], true);

    let host = JoinPeer::with_role(&room_id, "host");
    let peer = api.sandbox.join_peer(&host).unwrap();
    assert_eq!(json!(peer.session_id), job["session_id"]);
    let stream = started(&api, "live-streams", &room_id).await;
    assert_eq!(stream["session_id"], job["session_id"]);
    api.sandbox.leave_peer(&LeavePeer::new(&peer.id)).unwrap();
    pass(&api, 60);
    assert_eq!(api.got(&session).await["active"], true);

    for kind in ["recordings", "live-streams"] {
        let stop = format!("/{kind}/room/{room_id}/stop");
        api.posted(&stop, json!({})).await;
    }
    pass(&api, 2);
    assert_eq!(api.got(&session).await["active"], false);
}

#[tokio::test]
async fn a_bot_that_stays_alone_for_five_minutes_leaves() {
    let api = Api::start().await;
    let room_id = room(&api).await;
    let host = JoinPeer::with_role(&room_id, "host");
    let peer = api.sandbox.join_peer(&host).unwrap();
    let path = path("recordings", &started(&api, "recordings", &room_id).await);
    pass(&api, 1000);
    api.sandbox.leave_peer(&LeavePeer::new(&peer.id)).unwrap();
    pass(&api, 290);
    let peer = api.sandbox.join_peer(&host).unwrap();
    pass(&api, 1000);
    assert_eq!(status(&api, &path).await, "running");

    api.sandbox.leave_peer(&LeavePeer::new(&peer.id)).unwrap();
    pass(&api, 299);
    assert_eq!(status(&api, &path).await, "running");
    pass(&api, 3);
    assert_ne!(status(&api, &path).await, "running");
    pass(&api, 60);
    let recording = api.got(&path).await;
    let seconds = recording["recording_assets"][0]["duration"].as_i64();
    assert!(seconds.is_some_and(|seconds| (2585..2600).contains(&seconds)));
}

#[tokio::test]
async fn a_job_ends_with_its_room_and_at_four_hours() {
    let api = Api::start().await;
    let room_id = room(&api).await;
    let host = JoinPeer::with_role(&room_id, "host");
    api.sandbox.join_peer(&host).unwrap();
    let path = path("recordings", &started(&api, "recordings", &room_id).await);
    pass(&api, 60);
    let end = format!("/active-rooms/{room_id}/end-room");
    api.posted(&end, json!({})).await;
    assert_eq!(status(&api, &path).await, "stopping");

    pass(&api, 60);
    api.sandbox.join_peer(&host).unwrap();
    let path = self::path("recordings", &started(&api, "recordings", &room_id).await);
    pass(&api, 4 * 3600 - 10);
    assert_eq!(status(&api, &path).await, "running");
    pass(&api, 30);
    assert_eq!(status(&api, &path).await, "completed");
}

#[tokio::test]
async fn a_job_stopped_before_it_runs_fails() {
    let api = Api::start().await;
    for kind in KINDS {
        let path = path(kind, &started(&api, kind, &room(&api).await).await);
        let stopping = api.posted(&format!("{path}/stop"), json!({})).await;
        assert_eq!(stopping["status"], "stopping");
        pass(&api, 30);
        let failed = api.got(&path).await;
        assert_eq!(
            (&failed["status"], &failed["started_at"]),
            (&json!("failed"), &Value::Null)
        );
    }
}

#[tokio::test]
async fn a_job_can_be_made_to_fail_until_it_is_over() {
    let api = Api::start().await;
    let room_id = room(&api).await;
    let job = started(&api, "live-streams", &room_id).await;
    let id = job["id"].as_str().unwrap();
    let failed = api.sandbox.fail_job(id, "MAX_RETRIES_REACHED").unwrap();
    assert_eq!(
        (failed.status.as_str(), failed.kind.as_str()),
        ("failed", "live_stream")
    );
    assert_eq!(status(&api, &format!("/live-streams/{id}")).await, "failed");
    pass(&api, 60);
    assert_eq!(status(&api, &format!("/live-streams/{id}")).await, "failed");
    started(&api, "live-streams", &room_id).await;

    let over = api.sandbox.fail_job(id, "UPLOAD_ERROR").unwrap_err();
    assert_eq!(over.status(), 400);
    assert_eq!(api.sandbox.fail_job(id, "RAIN").unwrap_err().status(), 400);
    let nobody = "66b2d2105c803b002ae4f611";
    let nobody = api.sandbox.fail_job(nobody, "UPLOAD_ERROR").unwrap_err();
    assert_eq!(nobody.status(), 404);
}

#[tokio::test]
async fn a_failed_upload_leaves_failed_files() {
    let api = Api::start().await;
    let job = started(&api, "recordings", &room(&api).await).await;
    let path = path("recordings", &job);
    pass(&api, 30);
    api.posted(&format!("{path}/stop"), json!({})).await;
    pass(&api, 2);
    let id = job["id"].as_str().unwrap();
    api.sandbox.fail_job(id, "UPLOAD_ERROR").unwrap();
    let asset = &api.got("/recording-assets?status=failed").await["data"][0];
    assert_eq!(
        (&asset["job_id"], asset.get("path"), asset.get("size")),
        (&job["id"], None, None)
    );
    let url = format!(
        "/recording-assets/{}/presigned-url",
        asset["id"].as_str().unwrap()
    );
    assert_eq!(api.get(&url).await.0, 404);
}

#[tokio::test]
async fn lists_are_newest_first_and_filter_by_room_session_and_state() {
    let api = Api::start().await;
    for kind in KINDS {
        let (first, second) = (room(&api).await, room(&api).await);
        let old = started(&api, kind, &first).await;
        let new = started(&api, kind, &second).await;
        pass(&api, 3);
        api.posted(&format!("/{kind}/room/{first}/stop"), json!({}))
            .await;

        let ids = async |query: String| -> Value {
            let page = api.got(&format!("/{kind}?{query}")).await;
            let data = page["data"].as_array().unwrap();
            data.iter().map(|job| job["id"].clone()).collect()
        };
        let (old_id, new_id) = (&old["id"], &new["id"]);
        assert_eq!(ids(String::new()).await, json!([new_id, old_id]));
        let after_new = format!("start={}", new_id.as_str().unwrap());
        assert_eq!(ids(after_new).await, json!([old_id]));
        assert_eq!(ids(format!("room_id={first}")).await, json!([old_id]));
        let session = new["session_id"].as_str().unwrap();
        assert_eq!(ids(format!("session_id={session}")).await, json!([new_id]));
        assert_eq!(ids("status=stopping".into()).await, json!([old_id]));
        assert_eq!(ids("status=completed".into()).await, json!([]));
        assert_eq!(api.get(&format!("/{kind}?status=asleep")).await.0, 400);
    }
}
