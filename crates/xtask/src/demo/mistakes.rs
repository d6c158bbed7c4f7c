//! One mistake of each common kind, and the error that comes back.

use std::time::Duration;

use hundredms::resources::recordings::StartRecording;
use hundredms::resources::rooms::CreateRoom;
use hundredms::{CallOptions, Client, Error, ErrorKind};
use hundredms_sandbox::Sandbox;

use super::{Teller, expect};
use crate::commands::Failure;

/// Print them.
pub(super) async fn tell(
    teller: &mut Teller,
    sandbox: &Sandbox,
    client: &Client,
) -> Result<(), Failure> {
    let mut mistake = |what: &str, error: Option<Error>, kind: ErrorKind| -> Result<(), Failure> {
        let error = error.ok_or_else(|| format!("{what}: there was no error"))?;
        expect(
            error.kind() == kind,
            &format!("{what}: {kind}, not {error}"),
        )?;
        teller.step(what, format!("{error}"));
        Ok(())
    };
    let none = || Client::builder().keys("", "");
    mistake(
        "no access key",
        none().build().err(),
        ErrorKind::Configuration,
    )?;
    let options = CallOptions::default();
    let typo = client
        .call("rooms.create", br#"{"nmae":"physics"}"#, &options)
        .await;
    mistake(
        "an argument with a typo",
        typo.err(),
        ErrorKind::InvalidRequest,
    )?;
    let short = CreateRoom::new().max_duration_seconds(5);
    mistake(
        "a value out of range",
        client.rooms().create(short).await.err(),
        ErrorKind::InvalidRequest,
    )?;
    let missing = client.rooms().get("66b2d2105c803b002ae4f611").await;
    mistake(
        "a room that is not there",
        missing.err(),
        ErrorKind::NotFound,
    )?;
    let unknown = CreateRoom::new().template_id("66b2d2105c803b002ae4f611");
    mistake(
        "a template that is not there",
        client.rooms().create(unknown).await.err(),
        ErrorKind::BadRequest,
    )?;
    let room = client
        .rooms()
        .create(CreateRoom::new().name("closed"))
        .await?;
    client.rooms().disable(&room.id).await?;
    let disabled = client.room_codes().create(&room.id).await;
    mistake(
        "codes for a disabled room",
        disabled.err(),
        ErrorKind::PermissionDenied,
    )?;

    let wrong = Client::builder()
        .keys(sandbox.access_key(), "another-secret")
        .base_url(sandbox.base_url())
        .build()?;
    mistake(
        "a wrong secret",
        wrong.rooms().get(&room.id).await.err(),
        ErrorKind::Authentication,
    )?;

    let nobody = std::net::TcpListener::bind("127.0.0.1:0")?;
    let address = nobody.local_addr()?;
    let silent = Client::builder()
        .keys("key", "secret")
        .base_url(format!("http://{address}/v2"))
        .build()?;
    let late = silent
        .rooms()
        .get(&room.id)
        .timeout(Duration::from_millis(200))
        .await;
    mistake("a server that says nothing", late.err(), ErrorKind::Timeout)?;
    let unsure = silent
        .recordings()
        .start(StartRecording::new(&room.id))
        .timeout(Duration::from_millis(200))
        .await;
    mistake(
        "a start that nobody answered",
        unsure.err(),
        ErrorKind::AmbiguousOutcome,
    )?;
    drop(nobody);
    let gone = silent.rooms().get(&room.id).max_retries(0).await;
    mistake(
        "a server that is not there",
        gone.err(),
        ErrorKind::Connection,
    )?;
    Ok(())
}
