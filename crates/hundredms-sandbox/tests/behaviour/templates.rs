//! Templates with their parts.

use serde_json::{Value, json};

use crate::api::Api;

async fn template(api: &Api, body: Value) -> (String, Value) {
    let template = api.posted("/templates", body).await;
    (
        format!("/templates/{}", template["id"].as_str().unwrap()),
        template,
    )
}

#[tokio::test]
async fn an_empty_role_and_missing_settings_are_filled_with_the_documented_defaults() {
    let api = Api::start().await;
    let (path, template) = template(&api, json!({"roles": {"player": {}}})).await;
    let role = &template["roles"]["player"];
    assert_eq!(
        (&role["name"], &role["priority"], &role["maxPeerCount"]),
        (&json!("player"), &json!(1), &json!(0))
    );
    assert_eq!(
        role["publishParams"]["allowed"],
        json!(["audio", "video", "screen"])
    );
    assert_eq!(role["publishParams"]["video"]["bitRate"], 256);
    assert_eq!(
        role["publishParams"]["simulcast"],
        json!({"video": {}, "screen": {}})
    );
    assert_eq!(
        (
            &role["permissions"]["hlsStreaming"],
            &role["permissions"]["endRoom"]
        ),
        (&json!(true), &json!(false))
    );
    assert_eq!(
        (
            &template["settings"]["region"],
            &template["settings"]["recording"]
        ),
        (&json!("auto"), &Value::Null)
    );
    assert_eq!(
        (&template["settings"]["retry"], &template["destinations"]),
        (&json!({}), &json!({}))
    );
    assert_eq!(
        (&template["_id"], &template["customer"]),
        (&template["id"], &template["customerId"])
    );
    assert_eq!(api.got(&path).await, template);
    assert_eq!(
        api.got(&format!("{path}/settings")).await,
        template["settings"]
    );
}

#[tokio::test]
async fn creating_under_a_name_that_is_there_overwrites_that_template_under_its_id() {
    let api = Api::start().await;
    let (_, first) = template(&api, json!({"name": "t 1", "roles": {"a": {}}})).await;
    let (_, second) = template(&api, json!({"name": "t 1", "roles": {"b": {}}})).await;
    assert_eq!(
        (&second["id"], &second["createdAt"]),
        (&first["id"], &first["createdAt"])
    );
    assert_eq!(
        second["roles"]
            .as_object()
            .unwrap()
            .keys()
            .collect::<Vec<_>>(),
        ["b"]
    );
    assert_eq!(
        api.got("/templates").await["data"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test]
async fn an_update_replaces_everything_but_a_missing_name() {
    let api = Api::start().await;
    let rtmp = json!({"rtmpDestinations": {"out": {"name": "out"}}});
    let (path, before) = template(
        &api,
        json!({"name": "t", "roles": {"a": {}}, "destinations": rtmp, "plugins": {}}),
    )
    .await;
    let after = api
        .posted(
            &path,
            json!({"roles": {"b": {}}, "settings": {"region": "in"}}),
        )
        .await;
    assert_eq!((&after["id"], &after["name"]), (&before["id"], &json!("t")));
    assert_eq!(
        (&after["destinations"], &after["plugins"]),
        (&json!({}), &Value::Null)
    );
    assert_eq!(
        (after["roles"].get("a"), &after["settings"]["region"]),
        (None, &json!("in"))
    );

    assert_eq!(api.post(&path, json!({"roles": {}})).await.0, 400);
    assert_eq!(
        api.post(
            &path,
            json!({"name": "default", "roles": {}, "settings": {}})
        )
        .await
        .0,
        400
    );
    assert_eq!(
        api.post(
            "/templates/66a7be05c1d94f3e7720ab18",
            json!({"roles": {}, "settings": {}})
        )
        .await
        .0,
        404
    );
}

#[tokio::test]
async fn a_role_is_put_renamed_and_deleted_once() {
    let api = Api::start().await;
    let (path, _) = template(&api, json!({"roles": {"a": {}, "b": {}}})).await;
    let put = api
        .posted(
            &format!("{path}/roles/stage%20left"),
            json!({"publishParams": {"allowed": []}}),
        )
        .await;
    assert_eq!(
        (&put["name"], put["publishParams"].get("allowed")),
        (&json!("stage left"), None)
    );

    let renamed = api
        .posted(
            &format!("{path}/roles/a"),
            json!({"name": "c", "priority": 3}),
        )
        .await;
    assert_eq!(
        (&renamed["name"], &renamed["priority"]),
        (&json!("c"), &json!(3))
    );
    assert_eq!(
        api.post(&format!("{path}/roles/a"), json!({"name": "c"}))
            .await
            .0,
        400
    );
    assert_eq!(api.get(&format!("{path}/roles/a")).await.0, 404);
    assert_eq!(
        api.delete(&format!("{path}/roles/c")).await,
        (204, Value::Null)
    );
    assert_eq!(api.delete(&format!("{path}/roles/c")).await.0, 404);
}

#[tokio::test]
async fn values_out_of_their_documented_limits_are_refused_by_name() {
    let api = Api::start().await;
    let layer = |rid: &str, scale: f64| json!({"rid": rid, "scaleResolutionDownBy": scale, "maxFramerate": 30});
    let simulcast =
        |layers: Value| json!({"publishParams": {"simulcast": {"video": {"layers": layers}}}});
    let (path, _) = template(&api, json!({})).await;
    let role = format!("{path}/roles/r");
    for (body, field) in [
        (json!({"priority": 11}), "priority"),
        (
            json!({"publishParams": {"video": {"bitRate": 29}}}),
            "publishParams.video.bitRate",
        ),
        (json!({"permissions": {"mute": "yes"}}), "permissions.mute"),
        (
            simulcast(json!([layer("h", 1.0)])),
            "publishParams.simulcast.video.layers",
        ),
        (
            simulcast(json!([layer("f", 1.0), layer("f", 2.0)])),
            "publishParams.simulcast.video.layers",
        ),
        (
            simulcast(json!([layer("f", 1.0), layer("q", 1.0)])),
            "publishParams.simulcast.video.layers",
        ),
    ] {
        let (status, error) = api.post(&role, body.clone()).await;
        let detail = error["details"][0].as_str().unwrap_or_default();
        assert!(
            status == 400 && detail.starts_with(&format!("Invalid body param: {field} ")),
            "{body}: {error}"
        );
    }
    let good = simulcast(json!([layer("f", 1.0), layer("h", 2.0), layer("q", 4.0)]));
    assert_eq!(api.post(&role, good).await.0, 200);

    let interval = json!({"roomState": {"messageInterval": 7}});
    assert_eq!(api.post(&format!("{path}/settings"), interval).await.0, 400);
    assert_eq!(api.post("/templates", json!({"name": "a/b"})).await.0, 400);
}

#[tokio::test]
async fn zip_uploads_need_storage_of_ones_own() {
    let api = Api::start().await;
    let (path, _) = template(&api, json!({})).await;
    let hls = json!({"name": "h", "recording": {"enableZipUpload": true}, "layers": [{"width": 1280, "height": 720}]});
    let destinations = json!({"hlsDestinations": {"h": hls}});
    assert_eq!(
        api.post(&format!("{path}/destinations"), destinations.clone())
            .await
            .0,
        400
    );

    let upload = json!({"type": "gs", "location": "bucket", "prefix": "p"});
    api.posted(
        &format!("{path}/settings"),
        json!({"recording": {"upload": upload}}),
    )
    .await;
    assert_eq!(
        api.posted(&format!("{path}/destinations"), destinations.clone())
            .await,
        destinations
    );
    assert_eq!(api.got(&format!("{path}/destinations")).await, destinations);
}

#[tokio::test]
async fn a_recording_configuration_answers_without_the_switches_that_are_off() {
    let api = Api::start().await;
    let (path, _) = template(&api, json!({"roles": {"tutor": {}}})).await;
    let path = format!("{path}/recordings");
    assert_eq!(api.got(&path).await, json!([]));
    let config = json!({
        "name": "lesson", "role": "tutor",
        "compositeRecording": {"browserComposite": {"autoStart": true}, "customComposite": {"enabled": false}},
        "trackRecording": {"enabled": false}, "streamRecording": {"enabled": true, "width": 1280},
    });
    let stored = json!([{
        "name": "lesson", "role": "tutor",
        "compositeRecording": {"browserComposite": {"autoStart": true}, "customComposite": {}},
        "trackRecording": {}, "streamRecording": {"enabled": true, "width": 1280},
    }]);
    assert_eq!(api.posted(&path, json!([config])).await, stored);
    assert_eq!(api.got(&path).await, stored);

    assert_eq!(api.post(&path, json!([config, config])).await.0, 400);
    assert_eq!(
        api.post(&path, json!([{"name": "n", "role": "nobody"}]))
            .await
            .0,
        400
    );
    assert_eq!(api.post(&path, json!([{"name": "n"}])).await.0, 400);
    assert_eq!(api.post(&path, config).await.0, 400);
}
