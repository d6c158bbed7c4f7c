//! Rooms.

use hundredms_sandbox::Seed;
use serde_json::{Value, json};

use crate::api::Api;

#[tokio::test]
async fn a_room_created_again_under_its_name_in_another_case_is_updated_under_its_old_id() {
    let api = Api::start().await;
    let first = api
        .posted(
            "/rooms",
            json!({"name": "Chess.Club", "description": "a", "size": 5}),
        )
        .await;
    let again = api
        .posted("/rooms", json!({"name": "chess.club", "description": "b"}))
        .await;

    assert_eq!(again["id"], first["id"]);
    assert_eq!(
        (&again["name"], &again["description"], &again["size"]),
        (&json!("Chess.Club"), &json!("b"), &json!(5))
    );
    assert_eq!(
        api.got("/rooms").await["data"].as_array().map(Vec::len),
        Some(1)
    );
}

#[tokio::test]
async fn a_room_without_name_and_template_gets_a_uuid_and_the_default_template() {
    let api = Api::start().await;
    let room = api.posted("/rooms", json!({})).await;
    assert_eq!(room["name"].as_str().map(str::len), Some(36));
    assert_eq!(room["template"], "default");
    assert_eq!(
        api.got(&format!("/rooms/{}", room["id"].as_str().unwrap()))
            .await,
        room
    );
}

#[tokio::test]
async fn bad_settings_are_refused_with_the_documented_texts() {
    let api = Api::start().await;
    for (body, message) in [
        (
            json!({"template": "x"}),
            "Invalid body param: template. Use template_id",
        ),
        (
            json!({"template_id": "65f0ab90bb22cc33dd44ef01"}),
            "Error: template not found",
        ),
        (json!({"region": "mars"}), "Error: region not supported"),
        (
            json!({"max_duration_seconds": 119}),
            "Invalid body param: max_duration_seconds less than 120 seconds",
        ),
        (
            json!({"max_duration_seconds": 43_201}),
            "Invalid body param: max_duration_seconds greater than 43200 seconds",
        ),
        (
            json!({"recording_info": {"upload_info": {"type": "s3"}}}),
            "Bucket location is missing",
        ),
        (
            json!({"recording_info": {"upload_info": {"type": "ftp", "location": "b"}}}),
            "Invalid upload configuration",
        ),
        (json!({"name": "no blanks"}), "Invalid body param"),
        (json!({"polls": "one"}), "Invalid body param"),
    ] {
        let (status, error) = api.post("/rooms", body.clone()).await;
        assert_eq!(
            (status, &error["code"], &error["message"]),
            (400, &json!(400), &json!(message)),
            "{body}"
        );
    }
    let details = |size: i64, large: bool| json!({"size": size, "large_room": large});
    let too_large = api.post("/rooms", details(20_001, true)).await.1;
    assert_eq!(
        too_large["details"],
        json!(["Invalid body param: room size greater than 20000"])
    );
    let not_large = api.post("/rooms", details(2_501, false)).await.1;
    let text = "Invalid body param: room size greater than 2500, set large_room flag as true";
    assert_eq!(
        not_large,
        json!({"code": 400, "message": "Invalid body param", "details": [text]})
    );
    assert_eq!(api.post("/rooms", details(20_000, true)).await.0, 200);
}

#[tokio::test]
async fn an_update_changes_only_what_it_sends_and_a_renamed_room_frees_its_name() {
    let api = Api::start().await;
    let room = api
        .posted(
            "/rooms",
            json!({"name": "old", "size": 7, "description": "d"}),
        )
        .await;
    let path = format!("/rooms/{}", room["id"].as_str().unwrap());

    let renamed = api
        .posted(&path, json!({"name": "new", "enabled": false}))
        .await;
    assert_eq!(
        (
            &renamed["name"],
            &renamed["enabled"],
            &renamed["size"],
            &renamed["created_at"]
        ),
        (&json!("new"), &json!(false), &json!(7), &room["created_at"])
    );
    let other = api.posted("/rooms", json!({"name": "old"})).await;
    assert_ne!(other["id"], room["id"]);
    assert_eq!(api.post(&path, json!({"name": "OLD"})).await.0, 400);
    assert_eq!(
        api.post("/rooms/66b2d2105c803b002ae4f611", json!({"enabled": true}))
            .await
            .0,
        404
    );
    assert_eq!(api.get("/rooms/nonsense").await.0, 404);
}

#[tokio::test]
async fn a_room_follows_the_recording_settings_of_its_template_until_it_has_its_own() {
    let api = Api::start().await;
    let upload = json!({"type": "s3", "location": "bucket", "prefix": "p", "credentials": {"key": "k", "secretKey": "s"}});
    let settings = json!({"region": "eu", "recording": {"enabled": true, "upload": upload}});
    let template = api
        .posted("/templates", json!({"name": "t", "settings": settings}))
        .await;
    let room = api
        .posted(
            "/rooms",
            json!({"name": "r", "template_id": template["id"]}),
        )
        .await;

    assert_eq!(
        (&room["recording_source_template"], &room["region"]),
        (&json!(true), &json!("eu"))
    );
    assert_eq!(room["recording_info"]["enabled"], true);
    assert_eq!(
        room["recording_info"]["upload_info"]["credentials"],
        json!({"key": "k", "secret": "s"})
    );

    let own = api
        .posted(
            "/rooms",
            json!({"name": "r", "region": "in", "recording_info": {}}),
        )
        .await;
    assert_eq!(
        (&own["recording_source_template"], &own["region"]),
        (&json!(false), &json!("in"))
    );
    assert_eq!(own["recording_info"], json!({"enabled": false}));
}

#[tokio::test]
async fn pages_run_from_newest_to_oldest_without_repeating_or_losing_a_room() {
    let api = Api::start().await;
    api.sandbox
        .seed(&Seed::new().rooms(25))
        .expect("the default template is there");
    let mut names = Vec::new();
    let mut start = String::new();
    loop {
        let page = api.got(&format!("/rooms?limit=10&start={start}")).await;
        let data = page["data"].as_array().unwrap().clone();
        if data.is_empty() {
            assert_eq!(page["last"], "");
            break;
        }
        assert_eq!(page["last"], data.last().unwrap()["id"]);
        start = page["last"].as_str().unwrap().to_owned();
        names.extend(
            data.iter()
                .map(|room| room["name"].as_str().unwrap().to_owned()),
        );
    }
    let expected: Vec<String> = (1..=25)
        .rev()
        .map(|number| format!("room-{number}"))
        .collect();
    assert_eq!(names, expected);
}

#[tokio::test]
async fn filters_combine_and_both_ends_of_the_window_are_included() {
    let api = Api::start().await;
    let mut rooms = Vec::new();
    for name in ["a", "b", "c"] {
        rooms.push(api.posted("/rooms", json!({"name": name})).await);
        api.sandbox
            .advance_clock(std::time::Duration::from_millis(1500))
            .unwrap();
    }
    let middle = rooms[1]["created_at"].as_str().unwrap();
    api.posted(
        &format!("/rooms/{}", rooms[2]["id"].as_str().unwrap()),
        json!({"enabled": false}),
    )
    .await;

    let names = async |query: String| -> Vec<Value> {
        let page = api.got(&format!("/rooms?{query}")).await;
        page["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|room| room["name"].clone())
            .collect()
    };
    assert_eq!(names(String::new()).await, ["b", "a"]);
    assert_eq!(names("name=c".into()).await, [""; 0]);
    assert_eq!(names(format!("after={middle}")).await, ["b"]);
    assert_eq!(names(format!("after={middle}&enabled=false")).await, ["c"]);
    assert_eq!(names(format!("before={middle}")).await, ["b", "a"]);
    assert_eq!(names(format!("after={middle}&enabled=true")).await, ["b"]);
    assert_eq!(names("enabled=false".into()).await, ["c"]);
    assert_eq!(names("name=B".into()).await, ["b"]);
    assert!(names("name=b&enabled=false".into()).await.is_empty());
    assert!(
        names("after=2999-01-01T00:00:00Z&before=2000-01-01T00:00:00Z".into())
            .await
            .is_empty()
    );
    assert_eq!(api.get("/rooms?enabled=1").await.0, 400);
}
