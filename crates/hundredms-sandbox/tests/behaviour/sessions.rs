//! Sessions: how they open and close, and who was there.

use std::time::Duration;

use hundredms_sandbox::{JoinPeer, LeavePeer, Peer, Seed};
use serde_json::{Value, json};

use crate::api::Api;

async fn room(api: &Api, settings: Value) -> String {
    let room = api.posted("/rooms", settings).await;
    room["id"].as_str().unwrap().to_owned()
}

fn joined(api: &Api, room_id: &str) -> Peer {
    let join = JoinPeer::with_role(room_id, "host");
    api.sandbox.join_peer(&join).expect("an open room")
}

fn ids(page: &Value) -> Vec<&str> {
    let sessions = page["data"].as_array().unwrap();
    sessions
        .iter()
        .map(|session| session["id"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn a_session_opens_with_the_first_peer_and_closes_with_the_last_and_tells_who_was_there() {
    let api = Api::start().await;
    let room_id = room(&api, json!({})).await;
    let join = JoinPeer::with_role(&room_id, "host");
    let join = join.name("Vera").user_id("u-1").metadata("{}");
    let first = api.sandbox.join_peer(&join).unwrap();
    api.sandbox.advance_clock(Duration::from_secs(60)).unwrap();
    let second = joined(&api, &room_id);
    assert_eq!(second.session_id, first.session_id);
    api.sandbox.leave_peer(&LeavePeer::new(&first.id)).unwrap();

    let path = format!("/sessions/{}", first.session_id);
    let running = api.got(&path).await;
    assert_eq!(
        (&running["active"], &running["room_id"]),
        (&json!(true), &json!(room_id))
    );
    assert_eq!(running["created_at"], json!(first.joined_at));
    let vera = &running["peers"][&first.id];
    assert_eq!(
        (&vera["id"], &vera["session_id"], &vera["name"]),
        (&json!(first.id), &json!(first.session_id), &json!("Vera"))
    );
    assert_eq!(
        (&vera["role"], &vera["user_id"]),
        (&json!("host"), &json!("u-1"))
    );
    assert_eq!(vera["left_at"], running["updated_at"]);
    assert_eq!(running["peers"][&second.id].get("left_at"), None);

    api.sandbox.advance_clock(Duration::from_secs(60)).unwrap();
    api.sandbox.leave_peer(&LeavePeer::new(&second.id)).unwrap();
    let over = api.got(&path).await;
    assert_eq!(over["active"], false);
    assert_eq!(over["updated_at"], over["peers"][&second.id]["left_at"]);

    let back = joined(&api, &room_id);
    assert_ne!(back.session_id, first.session_id);
    assert_eq!(api.get("/sessions/nonsense").await.0, 404);
    assert_eq!(api.get("/sessions/66c1f0428fa25d0044060813").await.0, 404);
}

#[tokio::test]
async fn a_session_ends_by_itself_after_the_duration_of_its_room_or_twelve_hours() {
    let api = Api::start().await;
    let short = room(&api, json!({"max_duration_seconds": 3600})).await;
    let long = room(&api, json!({})).await;
    let (brief, endless) = (joined(&api, &short), joined(&api, &long));

    api.sandbox
        .advance_clock(Duration::from_secs(3540))
        .unwrap();
    assert_eq!(api.sandbox.stats().peers, 2);
    api.sandbox.advance_clock(Duration::from_secs(70)).unwrap();
    let session = api.got(&format!("/sessions/{}", brief.session_id)).await;
    assert_eq!(session["active"], false);
    let time = |value: &Value| value.as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    let lasted = time(&session["updated_at"]).duration_since(time(&session["created_at"]));
    assert_eq!(lasted.as_secs(), 3600);
    assert_eq!(
        session["peers"][&brief.id]["left_at"],
        session["updated_at"]
    );

    let next = joined(&api, &short);
    assert_ne!(next.session_id, brief.session_id);
    api.sandbox
        .advance_clock(Duration::from_secs(12 * 3600))
        .unwrap();
    let session = api.got(&format!("/sessions/{}", endless.session_id)).await;
    assert_eq!(session["active"], false);
    assert_eq!(api.sandbox.stats().peers, 0);
}

#[tokio::test]
async fn the_list_goes_from_latest_to_oldest_and_its_filters_combine() {
    let api = Api::start().await;
    let (a, b) = (room(&api, json!({})).await, room(&api, json!({})).await);
    let first = joined(&api, &a);
    api.sandbox.leave_peer(&LeavePeer::new(&first.id)).unwrap();
    api.sandbox.advance_clock(Duration::from_secs(5)).unwrap();
    let second = joined(&api, &b);
    api.sandbox.advance_clock(Duration::from_secs(5)).unwrap();
    let third = joined(&api, &a);
    let (one, two, three) = (&*first.session_id, &*second.session_id, &*third.session_id);

    let page = api.got("/sessions").await;
    assert_eq!(ids(&page), [three, two]);
    assert_eq!((&page["limit"], &page["last"]), (&json!(10), &json!(two)));
    assert_eq!(api.got("/sessions/").await, page);
    let rest = api.got(&format!("/sessions?start={two}")).await;
    assert_eq!((&rest["data"], &rest["last"]), (&json!([]), &json!("")));

    for (query, expected) in [
        ("active=true".to_owned(), vec![three, two]),
        ("active=false".to_owned(), vec![one]),
        (format!("room_id={a}"), vec![three]),
        (format!("room_id={a}&active=false"), vec![one]),
        (format!("after={}", second.joined_at), vec![three, two]),
        (format!("before={}", second.joined_at), vec![two]),
        (
            format!("before={}&active=false", second.joined_at),
            vec![one],
        ),
        (format!("start={three}"), vec![two]),
        ("room_id=nonsense".to_owned(), vec![]),
    ] {
        let page = api.got(&format!("/sessions?{query}")).await;
        assert_eq!(ids(&page), expected, "{query}");
    }
    assert_eq!(api.get("/sessions?active=1").await.0, 400);
}

#[tokio::test]
async fn a_snapshot_brings_back_a_session_with_its_peers() {
    let api = Api::start().await;
    let room_id = room(&api, json!({"max_duration_seconds": 3600})).await;
    let peer = joined(&api, &room_id);
    let snapshot = api.sandbox.snapshot().unwrap();
    api.sandbox
        .advance_clock(Duration::from_secs(4000))
        .unwrap();
    assert_eq!(api.sandbox.stats().peers, 0);

    api.sandbox.restore(&snapshot).unwrap();
    assert_eq!(api.sandbox.stats().peers, 1);
    api.sandbox.leave_peer(&LeavePeer::new(peer.id)).unwrap();
    assert_eq!(api.sandbox.stats().sessions, 1);
}

#[tokio::test]
async fn seeded_sessions_are_listed_and_read_with_their_peers() {
    let api = Api::start().await;
    let begun = std::time::Instant::now();
    let seed = Seed::new().rooms(3).sessions(1_000_000).peers(4).days(30);
    assert_eq!(api.sandbox.seed(&seed).unwrap().sessions, 1_000_000);
    assert!(begun.elapsed() < Duration::from_secs(5));
    let page = api.got("/sessions?active=false&limit=100").await;
    let listed = page["data"].as_array().unwrap();
    assert_eq!(listed.len(), 100);
    let first = &listed[0];
    assert_eq!(first["peers"].as_object().unwrap().len(), 4);
    let id = first["id"].as_str().unwrap();
    assert_eq!(&api.got(&format!("/sessions/{id}")).await, first);
    let last = listed[99]["id"].as_str().unwrap();
    let next = api
        .got(&format!("/sessions?active=false&start={last}"))
        .await;
    assert!(next["data"][0]["id"].as_str().unwrap() < last);
    let room = first["room_id"].as_str().unwrap();
    let before = next["data"][9]["created_at"].as_str().unwrap();
    let path = format!("/sessions?active=false&room_id={room}&before={before}");
    for session in api.got(&path).await["data"].as_array().unwrap() {
        assert_eq!(session["room_id"], room);
        assert!(session["created_at"].as_str().unwrap() <= before);
    }
    assert_eq!(api.got("/sessions").await["data"], json!([]));
}

#[tokio::test]
async fn seeded_sessions_are_among_the_others_each_once() {
    let api = Api::start().await;
    let room_id = room(&api, json!({})).await;
    let peer = joined(&api, &room_id);
    api.sandbox.leave_peer(&LeavePeer::new(&peer.id)).unwrap();
    api.sandbox
        .seed(&Seed::new().sessions(250).days(1))
        .unwrap();
    api.sandbox.seed(&Seed::new().sessions(50).days(2)).unwrap();
    let mut ids = Vec::new();
    let mut start = String::new();
    loop {
        let page = api
            .got(&format!("/sessions?active=false&limit=100{start}"))
            .await;
        let listed = page["data"].as_array().unwrap();
        if listed.is_empty() {
            break;
        }
        ids.extend(
            listed
                .iter()
                .map(|session| session["id"].as_str().unwrap().to_owned()),
        );
        start = format!("&start={}", page["last"].as_str().unwrap());
    }
    assert_eq!(ids.len(), 301);
    assert!(ids.is_sorted_by(|one, other| one > other));
    assert_eq!(
        api.got("/sessions?active=false").await["data"][0]["room_id"],
        room_id
    );
}

#[tokio::test]
async fn seeds_of_sessions_that_are_none_are_refused() {
    let api = Api::start().await;
    for (seed, words) in [
        (Seed::new().sessions(1), "there is no room"),
        (
            Seed::new().rooms(1).sessions(10_000_001),
            "sessions: must be",
        ),
        (
            Seed::new().rooms(1).sessions(1).peers(101),
            "peers: must be",
        ),
        (Seed::new().rooms(1).sessions(1).days(0), "days: must be"),
    ] {
        let refused = api.sandbox.seed(&seed).unwrap_err();
        assert!(refused.to_string().contains(words), "{refused}");
    }
    assert_eq!(api.sandbox.stats().rooms, 0);
}
