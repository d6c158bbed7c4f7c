//! Rooms, their codes, and their stream keys.

use hundredms::resources::polls::CreatePoll;
use hundredms::resources::room_codes::{ExchangeRoomCode, ListRoomCodes, UpdateRoomCode};
use hundredms::resources::rooms::{
    CreateRoom, ListRooms, RecordingInfoInput, Region, RoomWebhook, UpdateRoom,
    UploadCredentialsInput, UploadInfoInput, UploadOptions,
};
use hundredms::{ErrorKind, Timestamp};

use super::Stage;

pub(super) async fn tell(stage: &Stage) {
    let rooms = stage.client.rooms();
    let poll = stage.client.polls().create(CreatePoll::new()).await;
    let poll = poll.expect("a poll");
    let plain = stage.room().await;
    let room = rooms
        .create(
            CreateRoom::new()
                .name("chess-club.round-3")
                .description("Thursdays")
                .template_id(&plain.template_id)
                .recording_info(storage())
                .region(Region::Eu)
                .large_room(true)
                .size(5000)
                .max_duration_seconds(7200)
                .polls([&poll.id])
                .webhook(webhook()),
        )
        .await
        .expect("a room");
    assert_eq!(
        (room.size, room.max_duration_seconds, &room.polls),
        (Some(5000), Some(7200), &vec![poll.id])
    );
    assert_eq!(room.webhook, Some(webhook()));
    assert_eq!(rooms.get(&room.id).await.expect("the room"), room);

    let updated = rooms
        .update(
            UpdateRoom::new(&room.id)
                .name("chess-club.round-4")
                .description("Fridays")
                .recording_info(RecordingInfoInput::new().enabled(false))
                .region(Region::In)
                .large_room(false)
                .size(100)
                .max_duration_seconds(120)
                .polls(Vec::<String>::new())
                .webhook(webhook())
                .enabled(true),
        )
        .await
        .expect("the room");
    assert_eq!(
        (updated.name.as_str(), updated.size, updated.polls.len()),
        ("chess-club.round-4", Some(100), 0)
    );

    let time = |text: &str| text.parse::<Timestamp>().expect("a time");
    let one = rooms
        .list(
            ListRooms::new()
                .name("chess-club.round-4")
                .enabled(true)
                .after(time("2020-01-01T00:00:00Z"))
                .before(time("2100-01-01T00:00:00Z"))
                .template_id(&room.template_id)
                .limit(10),
        )
        .collect()
        .await
        .expect("rooms");
    assert_eq!(one.len(), 1);
    let page = rooms.list(ListRooms::new().limit(10).start(&room.id));
    let page = page.first_page().await.expect("a page");
    assert_eq!(page.data.last().map(|room| &room.id), Some(&plain.id));

    codes(stage, &room.id).await;
    stream_keys(stage, &room.id).await;
}

async fn codes(stage: &Stage, room: &str) {
    let codes = stage.client.room_codes();
    let made = codes.create(room).await.expect("codes").data;
    let more = codes.create_for_role(room, "host").await.expect("a code");
    assert_eq!((more.role.as_str(), more.enabled), ("host", true));
    let off = codes.update(UpdateRoomCode::new(&more.code, false)).await;
    assert!(!off.expect("the code").enabled);
    let hosts = codes.list(
        ListRoomCodes::new(room)
            .role("host")
            .enabled(false)
            .limit(10),
    );
    let hosts = hosts.collect().await.expect("codes");
    assert_eq!(
        hosts.iter().map(|one| &one.code).collect::<Vec<_>>(),
        [&more.code]
    );
    let all = codes.list(ListRoomCodes::new(room)).collect().await;
    assert_eq!(all.expect("codes").len(), made.len() + 1);

    let exchanged = codes
        .auth_token(ExchangeRoomCode::new(&made[0].code).user_id("ada"))
        .await
        .expect("a token");
    let claims = stage.client.tokens().verify(exchanged.token.expose());
    let claims = claims.expect("claims");
    assert_eq!(
        (claims.room_id.as_deref(), claims.user_id.as_deref()),
        (Some(room), Some("ada"))
    );
    assert_eq!(claims.role.as_ref(), Some(&made[0].role));
}

async fn stream_keys(stage: &Stage, room: &str) {
    let keys = stage.client.stream_keys();
    let made = keys.create(room).await.expect("a key");
    assert!(made.enabled && made.url.starts_with("rtmp"));
    let read = keys.get(room).await.expect("the key").data;
    assert_eq!(read, [made]);
    let said = keys.disable(room).await.expect("a word");
    assert_eq!(said.message, "key disabled successfully");
    let error = keys.get(room).await.expect_err("no key");
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

fn storage() -> RecordingInfoInput {
    let credentials = UploadCredentialsInput::new("EXAMPLEKEY", "not-real");
    RecordingInfoInput::new().enabled(true).upload_info(
        UploadInfoInput::new("s3", "club-archive")
            .prefix("2024")
            .options(UploadOptions::new().region("eu-north-1"))
            .credentials(credentials),
    )
}

fn webhook() -> RoomWebhook {
    RoomWebhook::new("https://hooks.example.org/100ms").headers([("x-key", "not-real")])
}
