//! Every event that the sandbox causes, as it arrives, against `tests/contract/webhooks.yaml`.

use std::{collections::BTreeSet, time::Duration};

use hundredms_sandbox::{JoinPeer, LeavePeer, PublishTrack, RtmpInto, Sandbox, SendWebhook};
use serde_json::{Value, json};

use crate::{
    api::Api,
    receiver::{Receiver, pass, settle},
};

struct Contract(Value);

impl Contract {
    fn read() -> Self {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/contract/webhooks.yaml"
        );
        let text = std::fs::read_to_string(path).expect("the contract");
        Self(serde_norway::from_str(&text).expect("YAML"))
    }

    fn kinds(&self) -> BTreeSet<String> {
        self.0["events"]
            .as_object()
            .expect("events")
            .keys()
            .cloned()
            .collect()
    }

    /// What is wrong with an envelope.
    fn problems(&self, envelope: &Value) -> Vec<String> {
        let mut problems = Vec::new();
        let event = &self.0["events"][envelope["type"].as_str().unwrap_or_default()];
        if event["version"] != envelope["version"] {
            problems.push(format!("version is {}", envelope["version"]));
        }
        self.check(&self.0["envelope"], envelope, "", &mut problems);
        let schema = &self.0["schemas"][event["data"].as_str().unwrap_or_default()];
        self.check(schema, &envelope["data"], "data", &mut problems);
        problems
    }

    fn check(&self, schema: &Value, value: &Value, at: &str, problems: &mut Vec<String>) {
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.trim_start_matches("#/schemas/");
            return self.check(&self.0["schemas"][name], value, at, problems);
        }
        let fits = match schema["type"].as_str() {
            Some("string") => value.is_string(),
            Some("integer") => value.is_i64() || value.is_u64(),
            Some("number") => value.is_number(),
            Some("boolean") => value.is_boolean(),
            Some("array") => value.is_array(),
            Some("object") => value.is_object(),
            other => panic!("{at}: a schema of type {other:?}"),
        };
        let is_time = schema["format"] == "date-time";
        let time = || {
            value
                .as_str()
                .and_then(|text| text.parse::<jiff::Timestamp>().ok())
        };
        let minimum = schema["minimum"].as_f64().unwrap_or(f64::MIN);
        if !fits || is_time && time().is_none() || value.as_f64().is_some_and(|it| it < minimum) {
            problems.push(format!("{at} is {value}"));
        }
        for list in ["required", "x-documented-present"] {
            for name in schema[list].as_array().into_iter().flatten() {
                let name = name.as_str().expect("a name");
                if value.get(name).is_none() {
                    problems.push(format!("{at}.{name} is missing"));
                }
            }
        }
        for (name, value) in value.as_object().into_iter().flatten() {
            let path = format!("{at}.{name}");
            match schema["properties"].get(name) {
                Some(schema) => self.check(schema, value, &path, problems),
                None if schema["properties"].is_object() && at.starts_with("data") => {
                    problems.push(format!("{path} is not documented"));
                }
                None => {}
            }
        }
        for value in value.as_array().into_iter().flatten() {
            self.check(&schema["items"], value, &format!("{at}[]"), problems);
        }
    }
}

/// A room whose template records and streams in every way.
async fn room(api: &Api) -> String {
    let hls = json!({
        "name": "hls", "autoStopTimeout": 60,
        "recording": {"hlsVod": true, "singleFilePerLayer": true},
    });
    let body = json!({
        "name": "t", "roles": {"host": {}, "guest": {}, "solo": {"maxPeerCount": 1}},
        "destinations": {"hlsDestinations": {"hls": hls}}, "settings": {"recording": {"enabled": true}},
    });
    let template = api.posted("/templates", body).await;
    let id = template["id"].as_str().unwrap();
    let on = json!({"enabled": true});
    let recordings =
        json!([{"name": "r", "role": "host", "trackRecording": on, "streamRecording": on}]);
    api.posted(&format!("/templates/{id}/recordings"), recordings)
        .await;
    let room = api.posted("/rooms", json!({"template_id": id})).await;
    room["id"].as_str().unwrap().to_owned()
}

fn join(api: &Api, room_id: &str, role: &str) -> String {
    let join = JoinPeer::with_role(room_id, role).name("Vera").user_id("u");
    api.sandbox.join_peer(&join).unwrap().id
}

/// Starts a job, and gives its id.
async fn start(api: &Api, kind: &str, room_id: &str, mut body: Value) -> String {
    body["meeting_url"] = "https://meet.example/r".into();
    let job = api
        .posted(&format!("/{kind}/room/{room_id}/start"), body)
        .await;
    job["id"].as_str().unwrap().to_owned()
}

/// Peers come, change roles, are removed, and the room is ended.
async fn meeting(api: &Api, room_id: &str) {
    let path = format!("/active-rooms/{room_id}");
    let host = join(api, room_id, "host");
    join(api, room_id, "solo");
    let dancer = JoinPeer::with_role(room_id, "dancer");
    api.sandbox.join_peer(&dancer).unwrap_err();
    let of_host = format!("{path}/peers/{host}");
    assert_eq!(api.post(&of_host, json!({"role": "guest"})).await.0, 200);
    assert_ne!(api.post(&of_host, json!({"role": "solo"})).await.0, 200);
    let remove = json!({"peer_id": host, "reason": "too loud"});
    api.post(&format!("{path}/remove-peers"), remove).await;
    api.sandbox.leave_peer(&LeavePeer::new(&host)).unwrap_err();
    for _ in 0..2 {
        let end = json!({"reason": "late", "lock": false});
        api.post(&format!("{path}/end-room"), end).await;
    }
}

/// A peer is recorded by the media server, and a browser records, streams and fails.
async fn media(api: &Api, room_id: &str) {
    let host = join(api, room_id, "host");
    for publish in [PublishTrack::audio(&host), PublishTrack::video(&host)] {
        api.sandbox.publish_track(&publish).unwrap();
    }
    let rtmp = json!({"rtmp_urls": ["rtmp://live.example/key"], "recording": true});
    let external = start(api, "external-streams", room_id, rtmp).await;
    pass(&api.sandbox, 60).await;
    api.post(&format!("/external-streams/{external}/stop"), json!({}))
        .await;
    pass(&api.sandbox, 60).await;
    for fails in [false, true] {
        let transcription = json!({"enabled": true, "summary": {"enabled": true}});
        let body = json!({"transcription": transcription});
        let live = start(api, "live-streams", room_id, body).await;
        pass(&api.sandbox, 60).await;
        api.post(&format!("/live-streams/{live}/stop"), json!({}))
            .await;
        if fails {
            while api.sandbox.fail_transcription(&live).is_err() {
                pass(&api.sandbox, 2).await;
            }
        }
        pass(&api.sandbox, 400).await;
    }
    for kind in ["recordings", "live-streams"] {
        let job = start(api, kind, room_id, json!({})).await;
        pass(&api.sandbox, 60).await;
        api.sandbox.fail_job(&job, "MAX_RETRIES_REACHED").unwrap();
    }
    api.sandbox.leave_peer(&LeavePeer::new(&host)).unwrap();
    pass(&api.sandbox, 60).await;
}

/// An encoder is refused, feeds, stays away, comes again and breaks.
async fn ingest(api: &Api, room_id: &str) {
    let into = RtmpInto::RoomId(room_id.into());
    api.sandbox.start_rtmp_in(&into).unwrap_err();
    api.posted(&format!("/stream-keys/room/{room_id}"), json!({}))
        .await;
    for breaks in [false, true] {
        api.sandbox.start_rtmp_in(&into).unwrap();
        pass(&api.sandbox, 60).await;
        if breaks {
            api.sandbox.fail_rtmp_in(&into).unwrap();
        } else {
            api.sandbox.stop_rtmp_in(&into).unwrap();
        }
        pass(&api.sandbox, 61).await;
        pass(&api.sandbox, 60).await;
    }
}

#[tokio::test]
async fn every_event_arrives_as_the_contract_has_it() {
    let receiver = Receiver::start().await;
    let builder = Sandbox::builder().webhook(&receiver.url, [("x-secret", "hush")]);
    let api = Api::of(builder).await;
    let room_id = room(&api).await;
    meeting(&api, &room_id).await;
    media(&api, &room_id).await;
    ingest(&api, &room_id).await;
    settle(&api.sandbox).await;

    let contract = Contract::read();
    for received in receiver.received() {
        let envelope = received.json();
        let mut problems = contract.problems(&envelope);
        // The API ends rooms outside of any session too, and its failures then have none.
        problems.retain(|problem| {
            received.kind() != "room.end.failure"
                || ![
                    "data.session_id is missing",
                    "data.session_started_at is missing",
                ]
                .contains(&problem.as_str())
        });
        assert_eq!(problems, [""; 0], "{envelope:#}");
    }
    let seen: BTreeSet<String> = receiver.kinds().into_iter().collect();
    // No state change of the sandbox makes the media server fail.
    let on_demand = ["track.recording.failure", "stream.recording.failure"];
    let missing: Vec<String> = contract.kinds().difference(&seen).cloned().collect();
    let mut missing: Vec<&str> = missing.iter().map(String::as_str).collect();
    missing.retain(|kind| !on_demand.contains(kind));
    assert_eq!(missing, [""; 0]);
}

#[tokio::test]
async fn every_type_can_be_sent_on_demand_as_the_contract_has_it() {
    let receiver = Receiver::start().await;
    let api = Api::of(Sandbox::builder().webhook(&receiver.url, [("a", "b")])).await;
    let room_id = room(&api).await;
    let peer = join(&api, &room_id, "host");
    let contract = Contract::read();
    for kind in contract.kinds() {
        let send = SendWebhook::new(&kind).room_id(&room_id);
        let fired = api.sandbox.send_webhook(&send).unwrap();
        let settled = api.sandbox.settle_webhooks(Duration::from_secs(10)).await;
        settled.unwrap();
        let envelope = receiver.received().pop().unwrap().json();
        assert_eq!(
            (&envelope["type"], &envelope["id"]),
            (&json!(kind), &json!(fired.event_id))
        );
        assert_eq!(envelope["data"]["room_id"], room_id);
        if !envelope["data"]["peer_id"].is_null() {
            assert_eq!(envelope["data"]["peer_id"], peer);
        }
        assert_eq!(contract.problems(&envelope), [""; 0], "{kind}");
    }
    assert_eq!(receiver.received().len(), 2 + 32);
}
