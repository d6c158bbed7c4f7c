//! Arguments of which the absence widens a call: one that is there is never dropped.

use hundredms::resources::active_rooms::SendMessage;
use hundredms::resources::rooms::ListRooms;
use hundredms::{CallOptions, Client, ErrorKind, Selection, operations};
use serde_json::{Map, Value, json};

use super::client_at;
use crate::queue::Queue;

async fn refused(client: &Client, operation: &str, arguments: &Value) -> Option<String> {
    let options = CallOptions::default();
    let error = client
        .call(operation, arguments.to_string().as_bytes(), &options)
        .await
        .err()
        .unwrap_or_else(|| panic!("{operation} takes {arguments}"));
    assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{error}");
    error.field().map(str::to_owned)
}

#[tokio::test]
async fn an_argument_that_narrows_a_call_is_refused_when_it_is_null_or_empty() {
    let queue = Queue::start([]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let mut seen = 0;
    for info in operations() {
        let needed: Map<String, Value> = info
            .arguments
            .iter()
            .filter(|field| field.required)
            .map(|field| (field.name.to_owned(), json!("x")))
            .collect();
        for field in info
            .arguments
            .iter()
            .filter(|field| field.selects.is_some())
        {
            seen += 1;
            let mut arguments = needed.clone();
            arguments.insert(field.name.to_owned(), Value::Null);
            let named = refused(&client, info.name, &arguments.into()).await;
            assert_eq!(named.as_deref(), Some(field.name), "{}", info.name);
            for nothing in [json!(""), json!([])] {
                let mut arguments = needed.clone();
                arguments.insert(field.name.to_owned(), nothing);
                let named = refused(&client, info.name, &arguments.into()).await;
                assert_eq!(named.as_deref(), Some(field.name), "{}", info.name);
            }
        }
    }
    assert!(seen >= 40, "{seen}");
    assert!(queue.asked().is_empty());
}

#[test]
fn every_filter_of_a_list_is_one_that_narrows_it() {
    for info in operations().filter(|info| info.paging.is_some()) {
        for field in info.arguments.iter().filter(|field| !field.required) {
            let of_the_page = ["limit", "start", "page", "all"].contains(&field.name);
            assert_eq!(
                field.selects.is_none(),
                of_the_page,
                "{}: {}",
                info.name,
                field.name
            );
        }
    }
    let recipients: Vec<_> = operations()
        .flat_map(|info| info.arguments.iter().map(move |field| (info.name, field)))
        .filter(|(_, field)| field.selects == Some(Selection::Recipients))
        .map(|(name, field)| format!("{name} {}", field.name))
        .collect();
    assert_eq!(
        recipients,
        [
            "active_rooms.remove_peers peer_id",
            "active_rooms.remove_peers role",
            "active_rooms.send_message peer_id",
            "active_rooms.send_message role",
        ]
    );
}

#[tokio::test]
async fn an_empty_recipient_or_filter_is_refused_in_a_typed_request() {
    let queue = Queue::start([]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let message = SendMessage::new("room", "secret").peer_id("");
    let error = client
        .active_rooms()
        .send_message(message)
        .await
        .expect_err("nobody");
    assert_eq!(error.field(), Some("peer_id"));
    let mut list = client.rooms().list(ListRooms::new().name(""));
    let error = list.next().await.expect("an item").expect_err("no name");
    assert_eq!(error.field(), Some("name"));
    assert!(queue.asked().is_empty());
}
