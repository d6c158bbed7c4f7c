//! Live rooms: their peers, tracks, messages, and how they end.

use hundredms_sandbox::{JoinPeer, Peer, PublishTrack};
use serde_json::{Value, json};

use crate::api::Api;

/// A room whose template has the roles `speaker` (one at most), `singer` (audio only) and `listener` (nothing).
async fn room(api: &Api) -> (String, String) {
    let roles = json!({
        "speaker": {"maxPeerCount": 1},
        "singer": {"publishParams": {"allowed": ["audio"]}},
        "listener": {"publishParams": {"allowed": []}},
    });
    let template = api
        .posted("/templates", json!({"name": "t", "roles": roles}))
        .await;
    let settings = json!({"name": "hall", "template_id": template["id"]});
    let room = api.posted("/rooms", settings).await;
    let id = room["id"].as_str().unwrap().to_owned();
    let path = format!("/active-rooms/{id}");
    (id, path)
}

fn joined(api: &Api, room_id: &str, role: &str) -> Peer {
    let join = JoinPeer::with_role(room_id, role).user_id(format!("u-{role}"));
    api.sandbox.join_peer(&join).expect("an open room")
}

#[tokio::test]
async fn a_room_is_active_while_somebody_is_in_it() {
    let api = Api::start().await;
    let (id, path) = room(&api).await;
    let (status, error) = api.get(&path).await;
    assert_eq!(
        (status, &error["message"]),
        (404, &json!("session not found"))
    );
    let (one, two) = (joined(&api, &id, "singer"), joined(&api, &id, "speaker"));
    let live = api.got(&path).await;
    assert_eq!((&live["id"], &live["name"]), (&json!(id), &json!("hall")));
    assert_eq!(
        live["session"],
        json!({"id": one.session_id, "created_at": one.joined_at, "peers": [one.id, two.id]})
    );
    let other = "/active-rooms/66b2d2105c803b002ae4f611";
    let (status, error) = api.get(other).await;
    assert_eq!((status, &error["message"]), (404, &json!("Room not found")));
}

#[tokio::test]
async fn peers_are_listed_by_role_and_user_without_tracks() {
    let api = Api::start().await;
    let (id, path) = room(&api).await;
    assert_eq!(api.get(&format!("{path}/peers")).await.0, 404);
    let (one, two) = (joined(&api, &id, "singer"), joined(&api, &id, "listener"));
    let summary = |peer: &Peer| {
        json!({
            "id": peer.id, "name": "", "user_id": peer.user_id, "metadata": "", "role": peer.role,
            "joined_at": peer.joined_at,
        })
    };
    let all = api.got(&format!("{path}/peers")).await;
    assert_eq!(
        all["peers"],
        json!({&one.id: summary(&one), &two.id: summary(&two)})
    );
    let listeners = api.got(&format!("{path}/peers?role=listener")).await;
    assert_eq!(listeners["peers"], json!({&two.id: summary(&two)}));
    let query = "role=listener&user_id=u-singer";
    let nobody = api.got(&format!("{path}/peers?{query}")).await;
    assert_eq!(nobody, json!({"peers": {}}));
}

#[tokio::test]
async fn a_peer_shows_its_tracks_as_they_are_published_muted_and_taken_away() {
    let api = Api::start().await;
    let (id, path) = room(&api).await;
    let peer = joined(&api, &id, "speaker");
    let path = format!("{path}/peers/{}", peer.id);
    assert_eq!(api.got(&path).await["tracks"], json!({}));

    let publish = |track: PublishTrack| api.sandbox.publish_track(&track).unwrap();
    let audio = publish(PublishTrack::audio(&peer.id));
    let video = publish(PublishTrack::video(&peer.id).muted());
    let screen = publish(PublishTrack::screen(&peer.id));
    assert_eq!(audio.stream_id, video.stream_id);
    assert_ne!(screen.stream_id, video.stream_id);
    let tracks = api.got(&path).await["tracks"].clone();
    assert_eq!(tracks.as_object().map(serde_json::Map::len), Some(3));
    assert_eq!(
        tracks[&screen.id],
        json!({
            "id": screen.id, "stream_id": screen.stream_id, "mute": false, "type": "video", "source": "screen",
            "started_at": screen.started_at, "description": "",
        })
    );
    assert_eq!(tracks[&video.id]["mute"], true);

    assert!(api.sandbox.mute_track(&audio.id, true).unwrap().mute);
    assert!(!api.sandbox.mute_track(&video.id, false).unwrap().mute);
    api.sandbox.unpublish_track(&screen.id).unwrap();
    let tracks = api.got(&path).await["tracks"].clone();
    assert_eq!(tracks[&audio.id]["mute"], true);
    assert_eq!(tracks[&video.id]["mute"], false);
    assert_eq!(tracks.get(&screen.id), None);
    let gone = api.sandbox.mute_track(&screen.id, true).unwrap_err();
    assert_eq!(gone.status(), 404);
}

#[tokio::test]
async fn a_peer_publishes_only_what_its_role_may() {
    let api = Api::start().await;
    let (id, _) = room(&api).await;
    let (singer, listener) = (joined(&api, &id, "singer"), joined(&api, &id, "listener"));
    let status = |track: &PublishTrack| {
        let published = api.sandbox.publish_track(track);
        published.map_or_else(|error| error.status(), |_| 200)
    };
    assert_eq!(status(&PublishTrack::audio(&singer.id)), 200);
    assert_eq!(status(&PublishTrack::video(&singer.id)), 403);
    assert_eq!(status(&PublishTrack::screen(&singer.id)), 403);
    let sound_of_screen = PublishTrack::audio(&singer.id).source("screen");
    assert_eq!(status(&sound_of_screen), 403);
    assert_eq!(status(&PublishTrack::audio(&listener.id)), 403);
    assert_eq!(status(&PublishTrack::audio("nobody")), 404);
    let smell = json!({"peer_id": singer.id, "type": "smell"});
    let error = api.sandbox.control("publish_track", smell).unwrap_err();
    assert_eq!(error.status(), 400);
}

#[tokio::test]
async fn at_most_200_peers_publish_in_a_large_room() {
    let api = Api::start().await;
    let settings = json!({"large_room": true, "size": 3000});
    let room = api.posted("/rooms", settings).await;
    let room_id = room["id"].as_str().unwrap();
    let peers: Vec<Peer> = (0..201).map(|_| joined(&api, room_id, "guest")).collect();
    for peer in &peers[..200] {
        let track = PublishTrack::audio(&peer.id);
        api.sandbox.publish_track(&track).unwrap();
    }
    let one_more = api
        .sandbox
        .publish_track(&PublishTrack::audio(&peers[200].id));
    assert_eq!(one_more.unwrap_err().status(), 403);
    let second = PublishTrack::video(&peers[0].id);
    api.sandbox.publish_track(&second).unwrap();
}

#[tokio::test]
async fn an_update_changes_name_metadata_and_role_and_takes_away_what_the_new_role_may_not_publish()
{
    let api = Api::start().await;
    let (id, path) = room(&api).await;
    let peer = joined(&api, &id, "speaker");
    let path = format!("{path}/peers/{}", peer.id);
    let publish = |track: PublishTrack| api.sandbox.publish_track(&track).unwrap();
    let audio = publish(PublishTrack::audio(&peer.id));
    publish(PublishTrack::video(&peer.id));

    let named = api
        .posted(&path, json!({"name": "Vera", "metadata": "{\"board\":1}"}))
        .await;
    assert_eq!(
        (&named["name"], &named["metadata"], &named["role"]),
        (&json!("Vera"), &json!("{\"board\":1}"), &json!("speaker"))
    );
    let singer = api.posted(&path, json!({"role": "singer"})).await;
    assert_eq!(
        (&singer["name"], &singer["role"]),
        (&json!("Vera"), &json!("singer"))
    );
    let left: Vec<&String> = singer["tracks"].as_object().unwrap().keys().collect();
    assert_eq!(left, [&audio.id]);
    assert_eq!(api.got(&path).await, singer);
}

#[tokio::test]
async fn an_update_that_cannot_be_made_changes_nothing() {
    let api = Api::start().await;
    let (id, path) = room(&api).await;
    joined(&api, &id, "speaker");
    let peer = joined(&api, &id, "singer");
    let of_peer = format!("{path}/peers/{}", peer.id);
    for body in [
        json!({}),
        json!({"name": 1}),
        json!({"name": "x", "role": "dancer"}),
        json!({"name": "x", "role": "speaker"}),
    ] {
        let (status, error) = api.post(&of_peer, body.clone()).await;
        assert_eq!(status, 400, "{body}: {error}");
    }
    assert_eq!(api.got(&of_peer).await["name"], "");
    let (status, error) = api
        .post(&format!("{path}/peers/nobody"), json!({"name": "x"}))
        .await;
    assert_eq!((status, &error["message"]), (404, &json!("Peer not found")));
}

#[tokio::test]
async fn peers_are_removed_by_id_or_by_role_and_may_come_back() {
    let api = Api::start().await;
    let (id, path) = room(&api).await;
    let remove = format!("{path}/remove-peers");
    assert_eq!(api.post(&remove, json!({"role": "singer"})).await.0, 404);
    let speaker = joined(&api, &id, "speaker");
    let singers = [joined(&api, &id, "singer"), joined(&api, &id, "singer")];

    for nobody in [json!({}), json!({"peer_id": "", "role": "", "reason": "r"})] {
        assert_eq!(api.post(&remove, nobody).await.0, 400);
    }
    let unknown = json!({"peer_id": "nobody", "role": "singer"});
    assert_eq!(api.post(&remove, unknown).await.0, 404);
    let one = json!({"peer_id": singers[0].id, "role": "speaker"});
    assert_eq!(
        api.posted(&remove, one).await,
        json!({"message": "peer remove request submitted"})
    );
    let live = api.got(&path).await;
    assert_eq!(live["session"]["peers"], json!([speaker.id, singers[1].id]));
    api.posted(&remove, json!({"role": "singer"})).await;
    joined(&api, &id, "singer");
    api.posted(&remove, json!({"role": "singer"})).await;
    api.posted(&remove, json!({"role": "speaker", "peer_id": ""}))
        .await;
    assert_eq!(api.get(&path).await.0, 404);
}

#[tokio::test]
async fn messages_reach_one_peer_a_role_or_everybody_and_can_be_looked_at() {
    let api = Api::start().await;
    let (id, path) = room(&api).await;
    let send = format!("{path}/send-message");
    assert_eq!(api.post(&send, json!({"message": "hi"})).await.0, 404);
    let (speaker, singer) = (joined(&api, &id, "speaker"), joined(&api, &id, "singer"));

    for body in [
        json!({"message": "all", "role": "", "peer_id": ""}),
        json!({"message": "singers", "role": "singer", "type": "cue"}),
        json!({"message": "one", "role": "singer", "peer_id": speaker.id}),
        json!({"message": "empty", "role": "listener"}),
    ] {
        assert_eq!(
            api.posted(&send, body).await,
            json!({"message": "message sent"})
        );
    }
    assert_eq!(api.post(&send, json!({"type": "chat"})).await.0, 400);
    let to_nobody = json!({"message": "x", "peer_id": "nobody"});
    assert_eq!(api.post(&send, to_nobody).await.0, 404);

    let messages = api.sandbox.messages(&id).unwrap();
    let seen: Vec<(&str, &str, Vec<&str>)> = messages
        .iter()
        .map(|sent| {
            let recipients = sent.recipients.iter().map(String::as_str).collect();
            (&*sent.message, &*sent.kind, recipients)
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("all", "chat", vec![&*speaker.id, &*singer.id]),
            ("singers", "cue", vec![&*singer.id]),
            ("one", "chat", vec![&*speaker.id]),
            ("empty", "chat", vec![]),
        ]
    );
    let by_name = api.sandbox.control("messages", json!({"room_id": id}));
    assert_eq!(
        by_name.unwrap()["messages"][0],
        serde_json::to_value(&messages[0]).unwrap()
    );
    assert_eq!(api.sandbox.messages("nowhere").unwrap_err().status(), 404);
}

#[tokio::test]
async fn ending_a_room_sends_everybody_out_and_locks_it_only_when_asked() {
    let api = Api::start().await;
    let (id, path) = room(&api).await;
    let end = format!("{path}/end-room");
    let (status, error) = api.post(&end, json!({"lock": true})).await;
    assert_eq!(
        (status, &error["message"]),
        (404, &json!("session not found"))
    );
    let enabled = async || -> Value { api.got(&format!("/rooms/{id}")).await["enabled"].clone() };
    assert_eq!(enabled().await, true);

    joined(&api, &id, "singer");
    assert_eq!(api.post(&end, json!({"lock": "yes"})).await.0, 400);
    assert_eq!(
        api.posted(&end, json!({"reason": "late"})).await,
        json!({"message": "session is ending"})
    );
    assert_eq!(api.get(&path).await.0, 404);
    assert_eq!(
        (api.sandbox.stats().peers, enabled().await),
        (0, json!(true))
    );

    let again = joined(&api, &id, "singer");
    api.posted(&end, json!({"lock": true})).await;
    assert_eq!(enabled().await, false);
    let join = JoinPeer::with_role(&id, "singer");
    assert_eq!(api.sandbox.join_peer(&join).unwrap_err().status(), 403);
    let session = api.got(&format!("/sessions/{}", again.session_id)).await;
    assert_eq!(session["active"], false);
    api.posted(&format!("/rooms/{id}"), json!({"enabled": true}))
        .await;
    api.sandbox.join_peer(&join).unwrap();
}
