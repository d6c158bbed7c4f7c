//! External streams: their targets and their size.

use serde_json::json;

use crate::api::Api;

#[tokio::test]
async fn an_external_stream_has_one_to_five_rtmp_targets() {
    let api = Api::start().await;
    let room = api.posted("/rooms", json!({})).await;
    let start = format!(
        "/external-streams/room/{}/start",
        room["id"].as_str().unwrap()
    );
    let url = "rtmps://live.example/secret-key";
    for bad in [
        json!({}),
        json!({"rtmp_urls": []}),
        json!({"rtmp_urls": [url, url, url, url, url, url]}),
        json!({"rtmp_urls": [url, "https://live.example/secret-key"]}),
        json!({"rtmp_urls": [url], "resolution": {"width": 100, "height": 100}}),
    ] {
        let (code, error) = api.post(&start, bad).await;
        assert_eq!((code, &error["message"]), (400, &json!("invalid input")));
        assert!(!error.to_string().contains("secret-key"));
    }
    let urls = json!([url, url, url, url, url]);
    let stream = api.posted(&start, json!({"rtmp_urls": urls})).await;
    assert_eq!(
        (&stream["rtmp_urls"], &stream["recording"]),
        (&urls, &json!(false))
    );
    assert_eq!(stream["resolution"], json!({"width": 1280, "height": 720}));
}

#[tokio::test]
async fn the_destination_of_the_template_says_size_and_recording() {
    let api = Api::start().await;
    let rtmp = json!({"name": "tv", "width": 1920, "height": 1080, "recordingEnabled": true});
    let destinations = json!({"rtmpDestinations": {"tv": rtmp}});
    let body = json!({"roles": {"host": {}}, "destinations": destinations});
    let template = api.posted("/templates", body).await;
    let room = json!({"template_id": template["id"]});
    let room = api.posted("/rooms", room).await;
    let start = format!(
        "/external-streams/room/{}/start",
        room["id"].as_str().unwrap()
    );
    let body = json!({"meeting_url": "https://meet.example/r", "rtmp_urls": ["rtmp://a/b"]});
    let stream = api.posted(&start, body).await;
    assert_eq!(
        (&stream["destination"], &stream["recording"]),
        (&json!("tv"), &json!(true))
    );
    assert_eq!(stream["resolution"], json!({"width": 1920, "height": 1080}));
}
