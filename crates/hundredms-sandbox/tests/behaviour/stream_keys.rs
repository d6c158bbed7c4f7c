//! Stream keys.

use serde_json::json;

use crate::api::Api;

#[tokio::test]
async fn a_room_has_one_active_key_until_it_is_disabled_for_good() {
    let api = Api::start().await;
    let room = api.posted("/rooms", json!({})).await;
    let path = format!("/stream-keys/room/{}", room["id"].as_str().unwrap());

    let missing = api.get(&path).await;
    assert_eq!(
        (missing.0, &missing.1["message"]),
        (404, &json!("No active key found"))
    );
    let disable = format!("{path}/disable");
    let none = api.post(&disable, json!({})).await;
    assert_eq!((none.0, &none.1["message"]), (404, &json!("Key not found")));

    let key = api.posted(&path, json!({})).await;
    assert_eq!(
        (&key["room_id"], &key["enabled"]),
        (&room["id"], &json!(true))
    );
    let second = api.post(&path, json!({})).await;
    assert_eq!(
        (second.0, &second.1["message"]),
        (400, &json!("Active key already exists"))
    );
    assert_eq!(
        api.got(&path).await,
        json!({"data": [key], "last": key["id"]})
    );

    assert_eq!(
        api.post(&disable, json!({})).await,
        (201, json!({"message": "key disabled successfully"}))
    );
    assert_eq!(api.get(&path).await.0, 404);
    assert_eq!(api.post(&disable, json!({})).await.0, 404);
    let other = api.posted(&path, json!({})).await;
    assert_ne!(other["key"], key["key"]);
}

#[tokio::test]
async fn a_disabled_room_answers_403_and_has_its_key_again_when_it_is_enabled() {
    let api = Api::start().await;
    let room = api.posted("/rooms", json!({})).await;
    let id = room["id"].as_str().unwrap();
    let (rooms, path) = (format!("/rooms/{id}"), format!("/stream-keys/room/{id}"));
    let key = api.posted(&path, json!({})).await;

    api.posted(&rooms, json!({"enabled": false})).await;
    for (status, error) in [
        api.get(&path).await,
        api.post(&path, json!({})).await,
        api.post(&format!("{path}/disable"), json!({})).await,
    ] {
        assert_eq!(
            (status, &error["message"]),
            (403, &json!("Room is disabled (not active)"))
        );
    }
    api.posted(&rooms, json!({"enabled": true})).await;
    assert_eq!(api.got(&path).await["data"], json!([key]));
    assert_eq!(
        api.get("/stream-keys/room/66b2d2105c803b002ae4f611")
            .await
            .0,
        404
    );
}
