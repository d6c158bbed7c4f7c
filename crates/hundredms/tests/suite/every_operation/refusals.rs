//! Refusals of the service.

use hundredms::resources::active_rooms::ListPeers;
use hundredms::resources::recordings::StartRecording;
use hundredms::resources::room_codes::ExchangeRoomCode;
use hundredms::resources::rooms::CreateRoom;
use hundredms::resources::sip::SendDtmf;
use hundredms::{Client, ErrorKind};

use super::{MEETING_URL, Stage};

#[tokio::test]
async fn refusals_fit_the_contract() {
    let stage = Stage::set().await;
    let client = &stage.client;
    let room = stage.room().await;
    let disabled = stage.room().await;
    client.rooms().disable(&disabled.id).await.expect("a room");
    let record = || {
        let start = StartRecording::new(&room.id).meeting_url(MEETING_URL);
        client.recordings().start(start)
    };
    record().await.expect("a recording");
    let stranger = Client::builder()
        .keys("key", "secret")
        .base_url(stage.sandbox.base_url())
        .max_retries(0)
        .build()
        .expect("a client");
    let management = client.tokens().management().create().expect("a token");

    let nowhere = "66b2d2105c803b002ae4f611";
    let unknown = CreateRoom::new().template_id(nowhere);
    let digits = SendDtmf::new(management, ["4".to_owned()]);
    let codes = client.room_codes();
    for (error, kind, status) in [
        (
            client.rooms().get(nowhere).await.err(),
            ErrorKind::NotFound,
            404,
        ),
        (
            client.rooms().create(unknown).await.err(),
            ErrorKind::BadRequest,
            400,
        ),
        (
            codes.create(&disabled.id).await.err(),
            ErrorKind::PermissionDenied,
            403,
        ),
        (record().await.err(), ErrorKind::Conflict, 409),
        (
            stranger.rooms().get(&room.id).await.err(),
            ErrorKind::Authentication,
            401,
        ),
        (
            client.sip().send_dtmf(digits).await.err(),
            ErrorKind::Authentication,
            401,
        ),
        (
            codes
                .auth_token(ExchangeRoomCode::new("abc-defg-hij"))
                .await
                .err(),
            ErrorKind::NotFound,
            404,
        ),
        (
            client
                .active_rooms()
                .list_peers(ListPeers::new(nowhere))
                .await
                .err(),
            ErrorKind::NotFound,
            404,
        ),
    ] {
        let error = error.expect("a refusal");
        assert_eq!(
            (error.kind(), error.status()),
            (kind, Some(status)),
            "{error}"
        );
    }
    stage.sandbox.finish();
}
