//! What was read is changed and written back, and nothing else changes.

use hundredms::resources::polls::UpdatePoll;
use hundredms::resources::templates::{
    Destinations, PublishParams, PutRole, Role, RoleInput, Template, UpdateDestinations,
    UpdateTemplate, UpdateTemplateSettings,
};
use hundredms::{CallOptions, Client, ErrorKind};
use hundredms_sandbox::Sandbox;
use serde_json::{Value, json};

use super::client_at;
use crate::queue::{Queue, Reply};

/// A template with fields that this version does not know, in a sandbox; gives its id.
pub(super) async fn stage() -> (Sandbox, Client, String) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .auth_url(sandbox.auth_url())
        .build()
        .expect("a client");
    let body = json!({
        "name": "stage",
        "weather": {"sun": [1, 2.5, null, "x"]},
        "roles": {
            "viewer": {
                "publishParams": {"allowed": [], "hologram": {"depth": 3}},
                "subscribeParams": {"subscribeToRoles": ["host"], "smell": true},
                "permissions": {"teleport": true, "mute": false},
                "colour": "red",
                "priority": 7,
            },
            "host": {"publishParams": {"allowed": ["audio", "odour"]}},
        },
        "settings": {"region": "eu", "gravity": 9.81, "roomState": {"messageInterval": 15, "tempo": 2}},
        "destinations": {"rtmpDestinations": {"a": {"name": "a", "rtmpUrls": [], "shape": "round"}}, "beacon": {"b": {}}},
        "plugins": {"whiteboard": {"permissions": {"admin": [], "chalk": ["host"]}}, "abacus": {}},
    });
    let made = client
        .request(
            "POST",
            "/templates",
            &[],
            Some(&body),
            &CallOptions::default(),
        )
        .await
        .expect("a template");
    let made: Value = serde_json::from_slice(&made.body).expect("JSON");
    let id = made["id"].as_str().expect("an id").to_owned();
    (sandbox, client, id)
}

/// The template as the service has it, without the time of its last change.
pub(super) async fn as_stored(client: &Client, id: &str) -> Value {
    let stored = client
        .request(
            "GET",
            &format!("/templates/{id}"),
            &[],
            None,
            &CallOptions::default(),
        )
        .await
        .expect("a template");
    let mut stored: Value = serde_json::from_slice(&stored.body).expect("JSON");
    stored["updatedAt"] = Value::Null;
    stored
}

#[tokio::test]
async fn a_template_with_one_permission_changed_is_else_as_it_was() {
    let (_sandbox, client, id) = stage().await;
    let mut before = as_stored(&client, &id).await;
    let mut template = client.templates().get(&id).await.expect("a template");
    template
        .roles
        .get_mut("viewer")
        .expect("a role")
        .permissions
        .mute = Some(true);
    let update = UpdateTemplate::from(template);
    client.templates().update(update).await.expect("an answer");
    before["roles"]["viewer"]["permissions"]["mute"] = true.into();
    assert_eq!(as_stored(&client, &id).await, before);
    assert_eq!(
        before["roles"]["viewer"]["publishParams"].get("allowed"),
        None,
        "the service leaves out an empty list"
    );
}

#[tokio::test]
async fn a_role_settings_and_destinations_are_written_back_as_they_were_read() {
    let (_sandbox, client, id) = stage().await;
    let before = as_stored(&client, &id).await;
    let templates = client.templates();
    let role = templates.get_role(&id, "viewer").await.expect("a role");
    assert_eq!(role.publish_params.allowed, Some(Vec::new()));
    assert_eq!(RoleInput::from(role.clone()).extra, role.extra);
    let put = PutRole::from_role(&id, role);
    templates.put_role(put).await.expect("a role");
    let settings = templates.get_settings(&id).await.expect("settings");
    let update = UpdateTemplateSettings::from_settings(&id, settings);
    templates.update_settings(update).await.expect("settings");
    let destinations = templates.get_destinations(&id).await.expect("destinations");
    let update = UpdateDestinations::from_destinations(&id, destinations);
    templates
        .update_destinations(update)
        .await
        .expect("destinations");
    assert_eq!(as_stored(&client, &id).await, before);
}

#[tokio::test]
async fn a_template_that_was_read_is_taken_whole_by_the_name_of_the_operation() {
    let (_sandbox, client, id) = stage().await;
    let before = as_stored(&client, &id).await;
    let options = CallOptions::default();
    let get = json!({"template_id": id}).to_string();
    let read = client
        .call("templates.get", get.as_bytes(), &options)
        .await
        .expect("a template");
    let mut arguments: Value = serde_json::from_slice(&read.json).expect("JSON");
    arguments["template_id"] = id.as_str().into();
    client
        .call(
            "templates.update",
            arguments.to_string().as_bytes(),
            &options,
        )
        .await
        .expect("an answer");
    assert_eq!(as_stored(&client, &id).await, before);
}

#[test]
fn a_role_that_leaves_out_what_it_may_publish_may_publish_nothing_in_an_answer_only() {
    let read = |text: &str| serde_json::from_str::<PublishParams>(text).expect("it fits");
    for text in ["{}", r#"{"allowed":null}"#, r#"{"allowed":[]}"#] {
        assert_eq!(read(text).allowed, Some(Vec::new()), "{text}");
    }
    assert_eq!(PublishParams::new().allowed, None);
    let role = RoleInput::new().publish_params(PublishParams::new());
    let written = serde_json::to_value(&role).expect("JSON");
    assert_eq!(written, json!({"publishParams": {}}));
}

#[tokio::test]
async fn another_spelling_of_a_field_is_refused_and_not_taken_for_an_unknown_one() {
    let queue = Queue::start([Reply::json(200, "{}")]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    for (operation, arguments, field, meant) in [
        (
            "templates.create",
            json!({"roles": {"host": {"publish_params": {}}}}),
            "roles.host.publish_params",
            "publishParams",
        ),
        (
            "templates.put_role",
            json!({"template_id": "t", "role_name": "r", "publishParams": {"alowed": []}}),
            "publishParams.alowed",
            "allowed",
        ),
        (
            "templates.put_role",
            json!({"template_id": "t", "role_name": "r", "permisions": {}}),
            "permisions",
            "permissions",
        ),
        (
            "polls.update",
            json!({"poll_id": "p", "quesitons": []}),
            "quesitons",
            "questions",
        ),
    ] {
        let error = client
            .call(
                operation,
                arguments.to_string().as_bytes(),
                &CallOptions::default(),
            )
            .await
            .expect_err("a slip");
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
        assert_eq!(error.field(), Some(field), "{error}");
        assert!(error.message().contains(&format!("`{meant}`?")), "{error}");
    }
    assert!(queue.asked().is_empty());
}

#[test]
fn what_was_read_becomes_what_is_written() {
    let role: Role = serde_json::from_value(json!({
        "name": "host", "publishParams": {}, "subscribeParams": {}, "permissions": {"mute": true},
        "priority": 1, "maxPeerCount": 0, "colour": "red",
    }))
    .expect("a role");
    let written = serde_json::to_value(RoleInput::from(role)).expect("JSON");
    assert_eq!(written["colour"], "red");
    assert_eq!(written["publishParams"], json!({"allowed": []}));
    let poll = serde_json::from_value(
        json!({"id": "p", "title": "quiz", "mood": 1, "questions": [{"index": 1, "hue": 2}]}),
    );
    let poll: hundredms::resources::polls::Poll = poll.expect("a poll");
    let update = UpdatePoll::from(poll);
    assert_eq!(update.extra["mood"], 1);
    assert_eq!(update.questions.expect("questions")[0].extra["hue"], 2);
    let _: fn(Template) -> UpdateTemplate = UpdateTemplate::from;
    assert_eq!(Destinations::new().extra.len(), 0);
}
