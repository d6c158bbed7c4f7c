//! Lists over many pages, and the ways in which a service can end one wrongly.

use std::pin::Pin;

use hundredms::resources::analytics::ListWebhookEvents;
use hundredms::resources::rooms::ListRooms;
use hundredms::{Client, ErrorKind};
use hundredms_sandbox::Seed;

use super::{client_at, client_of};
use crate::checked::Checked;
use crate::queue::{Queue, Reply};

fn page(ids: &[&str], last: &str) -> Reply {
    let rooms: Vec<String> = ids
        .iter()
        .map(|id| {
            format!(
                r#"{{"id":"{id}","name":"n","enabled":true,"description":"","customer_id":"c","template_id":"t","region":"in"}}"#
            )
        })
        .collect();
    Reply::json(
        200,
        &format!(r#"{{"data":[{}],"last":{last}}}"#, rooms.join(",")),
    )
}

async fn ids(client: &Client) -> hundredms::Result<Vec<String>> {
    let rooms = client.rooms().list(ListRooms::new()).collect().await?;
    Ok(rooms.into_iter().map(|room| room.id).collect())
}

#[tokio::test]
async fn thousands_of_rooms_come_once_each() {
    let sandbox = Checked::start().await;
    sandbox.seed(&Seed::new().rooms(3_017)).expect("rooms");
    let client = client_of(&sandbox).build().expect("a client");
    let mut seen = std::collections::BTreeSet::new();
    let mut rooms = client.rooms().list(ListRooms::new());
    while let Some(room) = rooms.next().await {
        assert!(seen.insert(room.expect("a room").id));
    }
    assert_eq!(seen.len(), 3_017);
    let requests = sandbox.requests();
    assert!(requests.len() <= 32, "{}", requests.len());
    assert!(
        requests
            .iter()
            .all(|request| request.query.contains(&("limit".into(), "100".into())))
    );
}

#[tokio::test]
async fn the_stream_trait_gives_the_same() {
    let sandbox = Checked::start().await;
    sandbox.seed(&Seed::new().rooms(250)).expect("rooms");
    let client = client_of(&sandbox).build().expect("a client");
    let mut rooms = client.rooms().list(ListRooms::new().limit(40));
    let mut count = 0;
    while let Some(room) = std::future::poll_fn(|context| {
        futures_core::Stream::poll_next(Pin::new(&mut rooms), context)
    })
    .await
    {
        room.expect("a room");
        count += 1;
    }
    assert_eq!(count, 250);
}

#[tokio::test]
async fn an_empty_page_with_a_cursor_goes_on() {
    let queue = Queue::start([
        page(&["1"], r#""a""#),
        page(&[], r#""b""#),
        Reply::json(200, r#"{"last":"c"}"#),
        page(&["2"], "null"),
    ])
    .await;
    let client = client_at(&queue.url()).build().expect("a client");
    assert_eq!(ids(&client).await.expect("rooms"), ["1", "2"]);
    let starts: Vec<_> = queue
        .asked()
        .into_iter()
        .map(|asked| asked.target)
        .collect();
    assert_eq!(
        starts,
        [
            "/v2/rooms?limit=100",
            "/v2/rooms?limit=100&start=a",
            "/v2/rooms?limit=100&start=b",
            "/v2/rooms?limit=100&start=c"
        ]
    );
}

#[tokio::test]
async fn a_short_page_with_a_cursor_does_not_end_the_list() {
    let queue = Queue::start([page(&["1"], r#""a""#), page(&["2"], r#""""#)]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    assert_eq!(ids(&client).await.expect("rooms"), ["1", "2"]);
}

#[tokio::test]
async fn a_cursor_that_repeats_is_an_error() {
    let queue = Queue::start([page(&["1"], r#""a""#), page(&["2"], r#""a""#)]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let error = ids(&client).await.expect_err("it would never end");
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn a_list_goes_on_after_an_error_and_from_a_cursor() {
    let queue = Queue::start([
        page(&["1"], r#""a""#),
        Reply::json(400, "{}"),
        page(&["2"], r#""b""#),
        page(&["3"], r#""""#),
    ])
    .await;
    let client = client_at(&queue.url()).build().expect("a client");
    let mut rooms = client.rooms().list(ListRooms::new());
    assert_eq!(rooms.next().await.expect("a room").expect("a room").id, "1");
    assert_eq!(
        rooms
            .next()
            .await
            .expect("an error")
            .expect_err("an error")
            .kind(),
        ErrorKind::BadRequest
    );
    assert_eq!(rooms.next().await.expect("a room").expect("a room").id, "2");
    let cursor = rooms.cursor().expect("a cursor").to_owned();
    let mut later = client.rooms().list(ListRooms::new()).resume(cursor).pages();
    assert_eq!(
        later.next().await.expect("a page").expect("a page").data[0].id,
        "3"
    );
    assert!(later.next().await.is_none());
    assert_eq!(
        queue.asked().last().expect("a request").target,
        "/v2/rooms?limit=100&start=b"
    );
}

#[tokio::test]
async fn numbered_pages_are_counted() {
    let numbered = |page: u32, more: bool| {
        Reply::json(
            200,
            &format!(
                r#"{{"events":null,"pagination":{{"current_page":{page},"page_size":1,"total_pages":2,"total_items":2,"has_next":{more},"has_prev":false}},"summary":{{"total_events":2}}}}"#
            ),
        )
    };
    let queue = Queue::start([numbered(1, true), numbered(2, false)]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let mut pages = client
        .analytics()
        .list_webhook_events(ListWebhookEvents::new())
        .pages();
    let mut count = 0;
    while let Some(page) = pages.next().await {
        page.expect("a page");
        count += 1;
    }
    assert_eq!(count, 2);
    assert!(
        queue.asked()[1].target.contains("page=2"),
        "{}",
        queue.asked()[1].target
    );
}
