//! `templates.edit`: read, changed, and written back, unless somebody else was faster.

use std::future::IntoFuture;

use hundredms::resources::templates::{PutRole, Template};
use hundredms::{CallOptions, ErrorKind};
use serde_json::json;

use super::rewriting::{as_stored, stage};

#[tokio::test]
async fn an_edited_template_is_else_as_it_was() {
    let (sandbox, client, id) = stage().await;
    let mut before = as_stored(&client, &id).await;
    let templates = client.templates();
    let edited = templates.edit(&id, |template| {
        template.id = "another".into();
        if let Some(viewer) = template.roles.get_mut("viewer") {
            viewer.permissions.mute = Some(true);
        }
        template.roles.remove("host");
    });
    let edited = edited.await.expect("a template");
    assert_eq!(edited.id, id);
    before["roles"]["viewer"]["permissions"]["mute"] = json!(true);
    before["roles"]
        .as_object_mut()
        .expect("roles")
        .shift_remove("host");
    assert_eq!(as_stored(&client, &id).await, before);
    drop(sandbox);
}

#[tokio::test]
async fn what_is_not_changed_is_not_written() {
    let (sandbox, client, id) = stage().await;
    sandbox.clear_requests();
    let templates = client.templates();
    let edited = templates.edit(&id, |template| template.customer_id.clear());
    let edited = edited.await.expect("a template");
    assert_eq!(
        edited,
        client.templates().get(&id).await.expect("a template")
    );
    let operations: Vec<_> = sandbox
        .requests()
        .into_iter()
        .map(|request| request.operation)
        .collect();
    assert_eq!(
        operations,
        ["templates.get", "templates.get"].map(|name| Some(name.to_owned()))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_that_somebody_else_changed_meanwhile_is_not_written() {
    let (sandbox, client, id) = stage().await;
    let other = client.clone();
    let change = |template: &mut Template| {
        let put = PutRole::new(&id, "assistant").priority(3);
        let put = other.templates().put_role(put);
        tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(put.into_future())
        })
        .expect("a role");
        template.roles.remove("host");
    };
    let error = client
        .templates()
        .edit(&id, change)
        .await
        .expect_err("a conflict");
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert_eq!(error.operation(), Some("templates.edit"));
    let stored = client.templates().get(&id).await.expect("a template");
    assert!(stored.roles.contains_key("host") && stored.roles.contains_key("assistant"));
    drop(sandbox);
}

#[tokio::test]
async fn what_stands_for_a_stored_secret_is_not_written_over_it() {
    let (sandbox, client, id) = stage().await;
    let marker = json!({"$secret": "stored"});
    sandbox.clear_requests();
    for (operation, arguments, path) in [
        (
            "templates.create",
            json!({"name": "b", "colour": marker}),
            "colour",
        ),
        (
            "templates.update",
            json!({"template_id": id, "settings": {}, "roles": {"host": {"permissions": {"teleport": [marker]}}}}),
            "roles.host.permissions.teleport[0]",
        ),
        (
            "templates.put_role",
            json!({"template_id": id, "role_name": "host", "permissions": marker}),
            "permissions",
        ),
        (
            "templates.update_settings",
            json!({"template_id": id, "retry": {"key": marker}}),
            "retry.key",
        ),
        (
            "templates.update_destinations",
            json!({"template_id": id, "beacon": {"b": marker}}),
            "beacon.b",
        ),
        (
            "templates.update_recordings",
            json!({"template_id": id, "recordings": [{"name": "r", "role": "host", "token": marker}]}),
            "recordings[0].token",
        ),
        (
            "templates.edit",
            json!({
                "template_id": id,
                "before": as_stored(&client, &id).await,
                "after": {"name": "stage", "roles": {}, "settings": {}, "weather": marker},
            }),
            "weather",
        ),
    ] {
        let text = arguments.to_string();
        let error = if operation == "templates.edit" {
            let options = CallOptions::default();
            client
                .run_json(operation, text.as_bytes(), options, None)
                .await
                .err()
        } else {
            client
                .call(operation, text.as_bytes(), &CallOptions::default())
                .await
                .err()
        };
        let error = error.expect("it is refused");
        assert_eq!(
            (error.kind(), error.operation()),
            (ErrorKind::InvalidRequest, Some(operation))
        );
        let message = error.to_string();
        assert!(
            message.contains(&format!("{path}: only `templates.diff`")),
            "{message}"
        );
    }
    let mut options = CallOptions::default();
    let extra = json!({"colour": marker});
    options.extra = extra.as_object().expect("an object").clone().into();
    let arguments = json!({"template_id": id, "role_name": "host"}).to_string();
    let refused = client.call("templates.put_role", arguments.as_bytes(), &options);
    let error = refused.await.expect_err("it is refused");
    assert!(
        error.message().contains("colour: only `templates.diff`"),
        "{error}"
    );
    let requests = sandbox.requests();
    assert!(
        requests.iter().all(|seen| seen.method == "GET"),
        "{requests:?}"
    );
}
