//! `templates.edit`: read, changed, and written back, unless somebody else was faster.

use std::future::IntoFuture;

use hundredms::ErrorKind;
use hundredms::resources::templates::{PutRole, Template};
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
