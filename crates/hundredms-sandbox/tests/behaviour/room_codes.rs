//! Room codes and their exchange for client auth tokens.

use reqwest::Method;
use serde_json::{Value, json};

use crate::api::{Api, claims, exchange};

async fn room(api: &Api) -> (String, String) {
    let room = api.posted("/rooms", json!({})).await;
    let id = room["id"].as_str().unwrap().to_owned();
    (format!("/room-codes/room/{id}"), id)
}

fn codes(answer: &Value) -> Vec<(String, bool, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let row = |code: &Value| {
        (
            text(&code["role"]),
            code["enabled"] == true,
            text(&code["code"]),
        )
    };
    answer["data"].as_array().unwrap().iter().map(row).collect()
}

#[tokio::test]
async fn creating_twice_keeps_the_codes_and_a_disabled_one_is_replaced() {
    let api = Api::start().await;
    let (path, _) = room(&api).await;
    assert_eq!(codes(&api.got(&path).await), []);
    let first = codes(&api.posted(&path, json!({})).await);
    assert_eq!(
        first
            .iter()
            .map(|(role, ..)| role.as_str())
            .collect::<Vec<_>>(),
        ["host", "guest"]
    );
    assert_eq!(codes(&api.posted(&path, json!({})).await), first);

    api.posted(
        "/room-codes/code",
        json!({"code": first[0].2, "enabled": false}),
    )
    .await;
    let second = codes(&api.posted(&path, json!({})).await);
    assert!(second.contains(&first[1]) && second.len() == 2 && second[1].0 == "host");
    assert_eq!(codes(&api.got(&format!("{path}?role=host")).await).len(), 2);
    assert_eq!(
        codes(&api.got(&format!("{path}?role=host&enabled=true")).await),
        [second[1].clone()]
    );
    assert_eq!(api.get(&format!("{path}?role=nobody")).await.0, 404);
}

#[tokio::test]
async fn codes_of_roles_that_are_gone_are_disabled_and_cannot_be_enabled() {
    let api = Api::start().await;
    let template = api
        .posted(
            "/templates",
            json!({"name": "t", "roles": {"a": {}, "b": {}}}),
        )
        .await;
    let room = api
        .posted("/rooms", json!({"template_id": template["id"]}))
        .await;
    let path = format!("/room-codes/room/{}", room["id"].as_str().unwrap());
    let first = codes(&api.posted(&path, json!({})).await);
    api.delete(&format!(
        "/templates/{}/roles/b",
        template["id"].as_str().unwrap()
    ))
    .await;

    assert_eq!(
        codes(&api.posted(&path, json!({})).await),
        [first[0].clone()]
    );
    let old = &first[1].2;
    assert_eq!(
        api.post("/room-codes/code", json!({"code": old, "enabled": true}))
            .await
            .0,
        403
    );
    assert_eq!(
        api.post("/room-codes/code", json!({"code": old, "enabled": false}))
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn a_room_takes_a_hundred_codes_and_lists_them_page_by_page() {
    let api = Api::start().await;
    let (path, _) = room(&api).await;
    for _ in 0..100 {
        api.posted(&format!("{path}/role/guest"), Value::Null).await;
    }
    assert_eq!(
        api.post(&format!("{path}/role/guest"), Value::Null).await.0,
        403
    );
    assert_eq!(
        api.post(&format!("{path}/role/nobody"), Value::Null)
            .await
            .0,
        404
    );

    let first = api.got(&format!("{path}?limit=60")).await;
    let rest = api
        .got(&format!(
            "{path}?limit=60&start={}",
            first["last"].as_str().unwrap()
        ))
        .await;
    assert_eq!(
        (codes(&first).len(), codes(&rest).len(), &rest["last"]),
        (60, 40, &json!(""))
    );
    assert_eq!(api.get(&format!("{path}?limit=101")).await.0, 400);
}

#[tokio::test]
async fn a_disabled_room_refuses_all_about_its_codes() {
    let api = Api::start().await;
    let (path, id) = room(&api).await;
    let code = codes(&api.posted(&path, json!({})).await)[0].2.clone();
    api.posted(&format!("/rooms/{id}"), json!({"enabled": false}))
        .await;

    for (status, _) in [
        api.get(&path).await,
        api.post(&path, json!({})).await,
        api.post(&format!("{path}/role/guest"), json!({})).await,
        api.post("/room-codes/code", json!({"code": code, "enabled": true}))
            .await,
        api.post("/token", json!({"code": code})).await,
    ] {
        assert_eq!(status, 403);
    }
}

#[tokio::test]
async fn an_update_takes_nothing_but_code_and_enabled() {
    let api = Api::start().await;
    let (path, _) = room(&api).await;
    let code = codes(&api.posted(&path, json!({})).await)[0].2.clone();
    for body in [
        json!({"code": code, "enabled": true, "role": "x"}),
        json!({"code": code, "enabled": "no"}),
    ] {
        assert_eq!(api.post("/room-codes/code", body).await.0, 400);
    }
    assert_eq!(
        api.post(
            "/room-codes/code",
            json!({"code": "abc-defg-hij", "enabled": true})
        )
        .await
        .0,
        404
    );
}

#[tokio::test]
async fn an_enabled_code_buys_a_client_token_without_a_management_token_or_content_type() {
    let api = Api::start().await;
    let (path, id) = room(&api).await;
    let code = codes(&api.posted(&path, json!({})).await)[1].2.clone();
    let ask = |body: Value| exchange(api.bare(Method::POST, "/token").body(body.to_string()));

    let (status, answer) = ask(json!({"code": code, "user_id": "u1"})).await;
    assert_eq!(
        (status, &answer["room_id"], &answer["role"]),
        (200, &json!(id), &json!("guest"))
    );
    let claims = claims(answer["token"].as_str().unwrap());
    assert_eq!(
        (&claims["type"], &claims["role"], &claims["user_id"]),
        (&json!("app"), &json!("guest"), &json!("u1"))
    );
    assert_eq!(
        claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(),
        86_400
    );

    assert_eq!(ask(json!({})).await.0, 400);
    assert_eq!(ask(json!({"code": "abc-defg-hij"})).await.0, 404);
    api.posted("/room-codes/code", json!({"code": code, "enabled": false}))
        .await;
    assert_eq!(ask(json!({"code": code})).await.0, 403);
}

#[tokio::test]
async fn refusals_have_the_texts_that_the_documentation_gives() {
    let api = Api::start().await;
    let (path, id) = room(&api).await;
    let code = codes(&api.posted(&path, json!({})).await)[0].2.clone();
    let unknown = json!({"code": "abc-defg-hij", "enabled": true});
    let enable = json!({"code": code, "enabled": true});
    let refused = async |path: &str, body: &Value| {
        let (status, error) = api.post(path, body.clone()).await;
        (status, error["message"].as_str().unwrap().to_owned())
    };
    let update = "/room-codes/code";
    assert_eq!(
        refused(update, &unknown).await,
        (404, "Code not found".into())
    );
    let role = format!("{path}/role/nobody");
    assert_eq!(
        refused(&role, &Value::Null).await,
        (404, "Role not found".into())
    );
    let nowhere = "/room-codes/room/66b2d2105c803b002ae4f611";
    assert_eq!(
        refused(nowhere, &Value::Null).await,
        (404, "Room not found".into())
    );

    api.posted(&format!("/rooms/{id}"), json!({"enabled": false}))
        .await;
    assert_eq!(
        refused(&path, &Value::Null).await,
        (403, "Room is disabled".into())
    );
    let gone = "Code can not be enabled (role/room does not exist)";
    assert_eq!(refused(update, &enable).await, (403, gone.into()));
}
