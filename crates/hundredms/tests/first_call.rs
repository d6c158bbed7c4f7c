//! The first call that a user makes.

use hundredms::resources::rooms::{CreateRoom, ListRooms};
use hundredms::{Client, ErrorKind};
use hundredms_sandbox::Sandbox;

#[tokio::test]
async fn a_room_is_created_found_and_disabled() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .auth_url(sandbox.auth_url())
        .build()?;
    let room = client
        .rooms()
        .create(CreateRoom::new().name("physics-7"))
        .await?;
    assert_eq!(room.name, "physics-7");
    assert_eq!(client.rooms().get(&room.id).await?, room);
    assert!(!client.rooms().disable(&room.id).await?.enabled);
    let mut rooms = client.rooms().list(ListRooms::new());
    assert_eq!(rooms.next().await.expect("a room")?.id, room.id);
    assert!(rooms.next().await.is_none());
    let error = client
        .rooms()
        .get("nope/../x")
        .await
        .expect_err("no such room");
    assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
    println!("{error}");
    let answered = client
        .call(
            "rooms.get",
            format!(r#"{{"room_id":"{}"}}"#, room.id).as_bytes(),
            &Default::default(),
        )
        .await?;
    println!("{}", std::str::from_utf8(&answered.json)?);
    for bad in [
        r#"{"room_idx":"1"}"#,
        r#"{"room_id":1}"#,
        r#"{}"#,
        r#"{"room_id":""}"#,
    ] {
        println!(
            "{}",
            client
                .call("rooms.get", bad.as_bytes(), &Default::default())
                .await
                .expect_err("bad")
        );
    }
    for bad in [
        r#"{"max_duration_seconds":1}"#,
        r#"{"region":"xx"}"#,
        r#"{"name":"a b"}"#,
        r#"{"webhook":{"url":"x","headerz":{}}}"#,
        r#"{"recording_info":{"enabled":"yes"}}"#,
        r#"{"webhook":{"headers":{}}}"#,
        "[1",
        r#"{"polls":["a",2]}"#,
    ] {
        println!(
            "{}",
            client
                .call("rooms.create", bad.as_bytes(), &Default::default())
                .await
                .expect_err("bad")
        );
    }
    Ok(())
}
