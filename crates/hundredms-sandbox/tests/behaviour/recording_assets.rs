//! Recording assets: the list, one, and links to their files.

use std::time::Duration;

use serde_json::{Value, json};

use crate::api::Api;

/// A recording that is complete, in a room with these settings. Gives the room's id.
async fn recorded(api: &Api, settings: Value) -> String {
    let room = api.posted("/rooms", settings).await;
    let room_id = room["id"].as_str().unwrap().to_owned();
    let start = format!("/recordings/room/{room_id}/start");
    api.posted(&start, json!({})).await;
    api.sandbox.advance_clock(Duration::from_secs(60)).unwrap();
    let stop = format!("/recordings/room/{room_id}/stop");
    api.posted(&stop, json!({})).await;
    api.sandbox.advance_clock(Duration::from_secs(60)).unwrap();
    room_id
}

async fn assets(api: &Api, query: &str) -> Vec<Value> {
    let page = api.got(&format!("/recording-assets?{query}")).await;
    page["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn assets_of_the_whole_workspace_are_listed_newest_first_with_their_job_room_and_session() {
    let api = Api::start().await;
    let first = recorded(&api, json!({})).await;
    let second = recorded(&api, json!({})).await;
    let all = assets(&api, "").await;
    let rooms: Vec<&Value> = all.iter().map(|asset| &asset["room_id"]).collect();
    assert_eq!(rooms, [&second, &second, &first, &first]);
    for asset in &all {
        assert!(asset["job_id"].is_string() && asset["session_id"].is_string());
        let one = format!("/recording-assets/{}", asset["id"].as_str().unwrap());
        assert_eq!(&api.got(&one).await, asset);
    }
    let last = all[1]["id"].as_str().unwrap();
    assert_eq!(assets(&api, &format!("start={last}")).await, all[2..]);
    assert_eq!(assets(&api, &format!("room_id={first}")).await, all[2..]);
    let session = all[0]["session_id"].as_str().unwrap();
    assert_eq!(
        assets(&api, &format!("session_id={session}")).await,
        all[..2]
    );
    assert_eq!(assets(&api, "type=chat&status=completed").await.len(), 2);
    assert!(assets(&api, "status=failed").await.is_empty());
    assert_eq!(api.get("/recording-assets?type=poem").await.0, 400);
    assert_eq!(
        api.get("/recording-assets/66b2d2105c803b002ae4f611")
            .await
            .0,
        404
    );
}

#[tokio::test]
async fn a_link_is_good_for_as_long_as_asked_or_three_days_or_nine_hours_in_oss() {
    let api = Api::start().await;
    recorded(&api, json!({})).await;
    let upload = json!({
        "type": "oss", "location": "own-bucket", "prefix": "archive", "credentials": {"key": "k", "secret": "s"},
    });
    recorded(&api, json!({"recording_info": {"upload_info": upload}})).await;
    let videos = assets(&api, "type=room-composite").await;
    let link = async |asset: &Value, query: &str| {
        let id = asset["id"].as_str().unwrap();
        api.got(&format!("/recording-assets/{id}/presigned-url{query}"))
            .await
    };
    let (own, hosted) = (&videos[0], &videos[1]);
    assert!(
        own["path"]
            .as_str()
            .unwrap()
            .starts_with("oss://own-bucket/archive/beam/")
    );
    assert_eq!(link(own, "").await["expiry"], 32_400);
    let three_days = link(hosted, "").await;
    assert_eq!(three_days["expiry"], 259_200);
    assert_eq!(
        (&three_days["id"], &three_days["path"]),
        (&hosted["id"], &hosted["path"])
    );
    let short = link(hosted, "?presign_duration=300").await;
    assert_eq!(short["expiry"], 300);
    let again = link(hosted, "?presign_duration=300").await;
    assert_ne!(short["url"], again["url"], "each call signs anew");

    let id = own["id"].as_str().unwrap();
    for bad in ["0", "-5", "soon"] {
        let path = format!("/recording-assets/{id}/presigned-url?presign_duration={bad}");
        assert_eq!(api.get(&path).await.0, 400);
    }
}
