//! Definitions of polls: questions, options, their positions.

use serde_json::{Value, json};

use crate::api::Api;

async fn quiz(api: &Api) -> String {
    let poll = api
        .posted(
            "/polls",
            json!({"title": "Warm-up", "type": "quiz", "questions": [
                {"text": "one", "type": "multiple-choice", "answer": {"options": [1, 3]},
                 "options": [{"text": "a"}, {"text": "b", "weight": 2}, {"text": "c"}]},
                {"text": "two", "type": "short-answer", "answer": {"text": "Oslo"}},
                {"text": "three", "type": "single-choice", "options": [{"text": "only"}]},
            ]}),
        )
        .await;
    format!("/polls/{}", poll["id"].as_str().unwrap())
}

fn texts(items: &Value) -> Vec<(i64, &str)> {
    let row = |item: &'_ Value| item["index"].as_i64().unwrap();
    let items = items.as_array().unwrap();
    items
        .iter()
        .map(|item| (row(item), item["text"].as_str().unwrap()))
        .collect()
}

#[tokio::test]
async fn what_a_definition_leaves_out_has_the_documented_defaults() {
    let api = Api::start().await;
    let poll = api
        .posted("/polls", json!({"title": null, "questions": [{}]}))
        .await;
    assert_eq!(
        poll,
        json!({
            "id": poll["id"], "title": "", "duration": 0, "anonymous": false, "mode": "userid", "type": "poll",
            "start": "auto", "questions": [{
                "index": 1, "text": "", "format": "text", "attachment": [], "skippable": true, "duration": 0,
                "once": false, "weight": 1, "answer_min_len": 0, "answer_max_len": 0,
                "answer": {"hidden": false, "options": [], "text": "", "case": false, "trim": false}, "options": [],
            }],
        })
    );
    let path = format!("/polls/{}", poll["id"].as_str().unwrap());
    assert_eq!(api.got(&path).await, poll);
    assert_eq!(api.get("/polls/66b0c41d7f3a92e5d8104c11").await.0, 404);
    assert_eq!(api.sandbox.stats().polls, 1);
}

#[tokio::test]
async fn questions_stand_in_the_order_of_their_indexes_which_are_unique() {
    let api = Api::start().await;
    let body =
        json!({"questions": [{"index": 2, "text": "second"}, {"index": 1, "text": "first"}]});
    let poll = api.posted("/polls", body).await;
    assert_eq!(texts(&poll["questions"]), [(1, "first"), (2, "second")]);

    let twice = json!({"questions": [{"index": 2}, {}]});
    let (status, error) = api.post("/polls", twice).await;
    assert_eq!((status, &error["code"]), (400, &json!(400)));
    for bad in [
        json!({"mode": "username"}),
        json!({"questions": [{"index": 0}]}),
        json!({"questions": [{"weight": u64::MAX}]}),
        json!({"questions": [{"options": [{"weight": "2"}]}]}),
        json!([]),
    ] {
        assert_eq!(api.post("/polls", bad).await.0, 400);
    }
}

#[tokio::test]
async fn an_update_replaces_all_but_the_id() {
    let api = Api::start().await;
    let path = quiz(&api).await;
    let before = api.got(&path).await;
    let after = api.posted(&path, json!({"duration": 60})).await;
    assert_eq!(after["id"], before["id"]);
    assert_eq!(
        (&after["title"], &after["type"], &after["questions"]),
        (&json!(""), &json!("poll"), &json!([]))
    );
}

#[tokio::test]
async fn the_path_decides_the_position_of_a_rewritten_question_or_option() {
    let api = Api::start().await;
    let path = quiz(&api).await;
    let question = api
        .posted(
            &format!("{path}/questions/2"),
            json!({"index": 7, "text": "new"}),
        )
        .await;
    assert_eq!(
        (&question["index"], &question["text"]),
        (&json!(2), &json!("new"))
    );
    let option = api
        .posted(
            &format!("{path}/questions/1/options/3"),
            json!({"index": 1, "text": "new", "weight": 5}),
        )
        .await;
    assert_eq!(option, json!({"index": 3, "text": "new", "weight": 5}));
    let poll = api.got(&path).await;
    assert_eq!(
        texts(&poll["questions"]),
        [(1, "one"), (2, "new"), (3, "three")]
    );
    assert_eq!(
        texts(&poll["questions"][0]["options"]),
        [(1, "a"), (2, "b"), (3, "new")]
    );

    for missing in [
        "/questions/4",
        "/questions/0",
        "/questions/x",
        "/questions/1/options/4",
        "/questions/4/options/1",
    ] {
        assert_eq!(
            api.post(&format!("{path}{missing}"), json!({})).await.0,
            404
        );
        assert_eq!(api.delete(&format!("{path}{missing}")).await.0, 404);
    }
}

#[tokio::test]
async fn what_follows_a_deleted_question_or_option_moves_down() {
    let api = Api::start().await;
    let path = quiz(&api).await;
    assert_eq!(
        api.delete(&format!("{path}/questions/1/options/2")).await,
        (204, Value::Null)
    );
    let question = &api.got(&path).await["questions"][0];
    assert_eq!(texts(&question["options"]), [(1, "a"), (2, "c")]);
    assert_eq!(question["answer"]["options"], json!([1, 2]));
    assert_eq!(
        api.delete(&format!("{path}/questions/1/options/1")).await.0,
        204
    );
    let question = &api.got(&path).await["questions"][0];
    assert_eq!(texts(&question["options"]), [(1, "c")]);
    assert_eq!(question["answer"]["options"], json!([1]));

    for _ in 0..2 {
        assert_eq!(
            api.delete(&format!("{path}/questions/1")).await,
            (204, Value::Null)
        );
    }
    assert_eq!(texts(&api.got(&path).await["questions"]), [(1, "three")]);
}
