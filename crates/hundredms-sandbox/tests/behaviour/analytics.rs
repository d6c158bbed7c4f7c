//! Events of analytics, and the quality series of peers.

use std::time::Duration;

use hundredms_sandbox::{ClientError, JoinPeer, LeavePeer, Peer, PublishTrack};
use serde_json::{Value, json};

use crate::api::Api;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

async fn room(api: &Api) -> String {
    let room = api.posted("/rooms", json!({})).await;
    room["id"].as_str().unwrap().to_owned()
}

fn host(api: &Api, room_id: &str, user: &str) -> Peer {
    let join = JoinPeer::with_role(room_id, "host")
        .user_id(user)
        .name(user);
    api.sandbox.join_peer(&join).unwrap()
}

fn kinds(page: &Value) -> Vec<&str> {
    let events = page["events"].as_array().unwrap();
    events
        .iter()
        .map(|event| event["type"].as_str().unwrap())
        .collect()
}

/// A room with seven errors of clients, numbered by their codes.
async fn with_errors(api: &Api) -> String {
    let room_id = room(api).await;
    for code in 1..=7 {
        let error = ClientError::new(&room_id, "client.connect.failed").error(code, "Numbered");
        api.sandbox.report_client_error(&error).unwrap();
    }
    room_id
}

fn codes(page: &Value) -> Vec<i64> {
    let events = page["events"].as_array().unwrap();
    events
        .iter()
        .map(|event| event["data"]["error_code"].as_i64().unwrap())
        .collect()
}

#[tokio::test]
async fn tracks_are_told_when_they_come_change_and_go() {
    let api = Api::start().await;
    let room_id = room(&api).await;
    let peer = host(&api, &room_id, "u1");
    let track = api
        .sandbox
        .publish_track(&PublishTrack::audio(&peer.id))
        .unwrap();
    api.sandbox.mute_track(&track.id, true).unwrap();
    api.sandbox.leave_peer(&LeavePeer::new(&peer.id)).unwrap();

    let page = api
        .got(&format!("/analytics/events?room_id={room_id}"))
        .await;
    assert_eq!(
        kinds(&page),
        [
            "track.add.success",
            "track.update.success",
            "track.remove.success"
        ]
    );
    assert_eq!(
        (&page["limit"], &page["total"], &page["next"]),
        (&json!(3), &json!(3), &json!(""))
    );
    let room = api.got(&format!("/rooms/{room_id}")).await;
    let gone = &page["events"][2];
    assert_eq!(gone["version"], "2.0");
    assert_eq!(
        gone["data"],
        json!({
            "room_id": room_id, "session_id": peer.session_id, "room_name": room["name"], "peer_id": peer.id,
            "user_id": "u1", "user_name": "u1", "joined_at": peer.joined_at, "role": "host",
            "track_id": track.id, "stream_id": track.stream_id, "type": "audio", "source": "regular",
            "mute": true, "started_at": track.started_at, "stopped_at": gone["timestamp"],
        })
    );
}

#[tokio::test]
async fn a_finished_browser_recording_is_told_without_what_webhooks_alone_say() {
    let api = Api::start().await;
    let room_id = room(&api).await;
    host(&api, &room_id, "u1");
    api.posted(
        &format!("/recordings/room/{room_id}/start"),
        json!({"meeting_url": "https://example.com/room"}),
    )
    .await;
    api.sandbox.advance_clock(Duration::from_secs(60)).unwrap();
    api.posted(&format!("/recordings/room/{room_id}/stop"), json!({}))
        .await;
    api.sandbox.advance_clock(Duration::from_secs(600)).unwrap();

    let page = api
        .got(&format!("/analytics/events?room_id={room_id}"))
        .await;
    assert_eq!(kinds(&page), ["beam.recording.success"]);
    let data = &page["events"][0]["data"];
    for field in [
        "beam_id",
        "room_id",
        "session_id",
        "peer_id",
        "template_id",
        "created_at",
        "duration",
        "started_at",
        "stopped_at",
        "max_width",
        "max_height",
        "recording_path",
        "recording_presigned_url",
        "meeting_url",
        "session_started_at",
        "size",
    ] {
        assert!(!data[field].is_null(), "{field}: {data}");
    }
    assert!(data["recording_id"].is_null());
    let beam = data["beam_id"].as_str().unwrap();
    for (beam, found) in [(beam, 1), ("other", 0)] {
        let path = format!("/analytics/events?room_id={room_id}&beam_id={beam}");
        assert_eq!(kinds(&api.got(&path).await).len(), found);
    }
}

#[tokio::test]
async fn an_error_of_a_client_is_filled_from_its_peer_and_by_what_is_usual() {
    let api = Api::start().await;
    let room_id = room(&api).await;
    let peer = host(&api, &room_id, "u1");
    for kind in [
        "client.publish.failed",
        "client.subscribe.failed",
        "client.join.failed",
        "client.disconnected",
        "client.connect.failed",
    ] {
        let error = ClientError::new(&room_id, kind).peer_id(&peer.id);
        let reported = api.sandbox.report_client_error(&error).unwrap();
        assert_eq!(reported.peer_id, peer.id);
    }
    let page = api
        .got(&format!("/analytics/events?room_id={room_id}"))
        .await;
    let actions: Vec<_> = page["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| {
            let data = &event["data"];
            assert_eq!(
                (&data["user_id"], &data["role"], &data["session_id"]),
                (&json!("u1"), &json!("host"), &json!(peer.session_id))
            );
            data["action"].as_str().unwrap()
        })
        .collect();
    assert_eq!(
        actions,
        ["PUBLISH", "SUBSCRIBE", "JOIN", "RECONNECT_SIGNAL", "INIT"]
    );

    let stranger = ClientError::new(&room_id, "client.join.failed").terminal(false);
    let stranger = api.sandbox.report_client_error(&stranger).unwrap();
    let path = format!(
        "/analytics/events?room_id={room_id}&peer_id={}",
        stranger.peer_id
    );
    let data = &api.got(&path).await["events"][0]["data"];
    assert_eq!(
        (&data["user_id"], &data["session_id"], &data["is_terminal"]),
        (&json!(""), &Value::Null, &json!(false))
    );
    let status = |room: &str, kind: &str| {
        let error = ClientError::new(room, kind);
        api.sandbox
            .report_client_error(&error)
            .unwrap_err()
            .status()
    };
    assert_eq!(status(&room_id, "client.failed"), 400);
    assert_eq!(status("nonsense", "client.join.failed"), 404);
}

#[tokio::test]
async fn filters_narrow_the_events_of_a_room() {
    let api = Api::start().await;
    let room_id = room(&api).await;
    let (first, second) = (host(&api, &room_id, "u1"), host(&api, &room_id, "u2"));
    for peer in [&first, &second] {
        let track = PublishTrack::audio(&peer.id);
        api.sandbox.publish_track(&track).unwrap();
    }
    let error = ClientError::new(&room_id, "client.disconnected").peer_id(&first.id);
    api.sandbox.report_client_error(&error).unwrap();
    for (filter, expected) in [
        (String::new(), 3),
        ("&error=true".into(), 1),
        ("&type=track.add.success".into(), 2),
        ("&type=track.add.success&type=client.disconnected".into(), 3),
        ("&type=track.add.success&error=true".into(), 0),
        (format!("&peer_id={}", first.id), 2),
        ("&user_id=u2".into(), 1),
        (format!("&session_id={}", first.session_id), 3),
        ("&session_id=other".into(), 0),
    ] {
        let path = format!("/analytics/events?room_id={room_id}{filter}");
        let page = api.got(&path).await;
        assert_eq!(page["total"], expected, "{filter}");
    }
    for refused in [
        String::new(),
        "?type=track.add.success".to_owned(),
        format!("?room_id={room_id}&type="),
        format!("?room_id={room_id}&type=peer.join.success"),
        format!("?room_id={room_id}&start=nonsense"),
        format!("?room_id={room_id}&start={}:1:0", i64::MAX),
        format!("?room_id={room_id}&limit=ten"),
    ] {
        let (status, _) = api.get(&format!("/analytics/events{refused}")).await;
        assert_eq!(status, 400, "{refused}");
    }
    for nothing in ["", "66b0c41d7f3a92e5d8104c11"] {
        let path = format!("/analytics/events?room_id={nothing}");
        assert_eq!(
            api.got(&path).await,
            json!({"limit": 0, "total": 0, "next": "", "events": []})
        );
    }
}

#[tokio::test]
async fn later_pages_show_what_was_there_at_the_first_one() {
    let api = Api::start().await;
    let room_id = with_errors(&api).await;
    let path = format!("/analytics/events?room_id={room_id}&limit=3");
    let first = api.got(&path).await;
    let late = ClientError::new(&room_id, "client.connect.failed").error(8, "Late");
    api.sandbox.report_client_error(&late).unwrap();
    let on = |page: &Value| format!("{path}&start={}", page["next"].as_str().unwrap());
    let second = api.got(&on(&first)).await;
    let third = api.got(&on(&second)).await;

    assert_eq!(codes(&first), [1, 2, 3]);
    assert_eq!(codes(&second), [4, 5, 6]);
    assert_eq!(codes(&third), [7]);
    assert_eq!(
        [
            &first["total"],
            &third["total"],
            &third["limit"],
            &third["next"]
        ],
        [&json!(7), &json!(7), &json!(1), &json!("")]
    );
}

#[tokio::test]
async fn a_cursor_works_for_24_hours_and_events_are_kept_for_30_days() {
    let mut api = Api::start().await;
    let room_id = with_errors(&api).await;
    let path = format!("/analytics/events?room_id={room_id}&limit=3");
    let first = api.got(&path).await;
    let second = format!("{path}&start={}", first["next"].as_str().unwrap());
    api.sandbox
        .advance_clock(Duration::from_secs(24 * 3600 - 60))
        .unwrap();
    assert_eq!(codes(&api.got(&second).await), [4, 5, 6]);
    api.sandbox.advance_clock(Duration::from_secs(120)).unwrap();
    api.renew_token();
    assert_eq!(api.get(&second).await.0, 400);
    api.sandbox.advance_clock(28 * DAY).unwrap();
    api.renew_token();
    assert_eq!(api.got(&path).await["total"], 7);
    api.sandbox.advance_clock(DAY).unwrap();
    api.renew_token();
    assert_eq!(api.got(&path).await["total"], 0);
}

#[tokio::test]
async fn a_peer_that_was_there_has_series_of_what_it_sent_and_received() {
    let api = Api::start().await;
    let room = api.posted("/rooms", json!({})).await;
    let join = JoinPeer::with_role(room["id"].as_str().unwrap(), "host");
    let peer = api.sandbox.join_peer(&join).unwrap();
    let (peer_id, session) = (&peer.id, &peer.session_id);
    let path = format!("/analytics/peer-stats?peer_id={peer_id}&session_id={session}");
    assert_eq!(api.get(&path).await.0, 404);
    api.sandbox.leave_peer(&LeavePeer::new(peer_id)).unwrap();

    let stats = api.got(&path).await;
    assert_eq!(stats["peer_id"], json!(peer_id));
    for series in [
        &stats["publisher"]["video"][0],
        &stats["publisher"]["audio"][0],
        &stats["subscriber"]["video"][0],
        &stats["subscriber"]["audio"][0],
    ] {
        let series = series["time_series"].as_object().unwrap();
        let lengths = series
            .values()
            .map(|values| values.as_array().unwrap().len());
        assert!(lengths.into_iter().all(|length| length == 2), "{series:?}");
    }
    for (query, status) in [
        (format!("peer_id={peer_id}"), 400),
        (format!("session_id={session}"), 400),
        (format!("peer_id=nobody&session_id={session}"), 404),
        (format!("peer_id={peer_id}&session_id=none"), 404),
    ] {
        let path = format!("/analytics/peer-stats?{query}");
        assert_eq!(api.get(&path).await.0, status, "{query}");
    }
}
