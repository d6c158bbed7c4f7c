//! Test your own code against a sandbox: with faults, with peers, and with its clock.
//!
//! Run it with `cargo run --example testing`. In a project, each test function has `#[tokio::test]`. Prints:
//!
//! ```text
//! passed: a lesson opens although the service fails once
//! passed: a lesson ends after an hour
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::time::Duration;

use hundredms::resources::rooms::CreateRoom;
use hundredms::resources::sessions::ListSessions;
use hundredms::{Client, Secret};
use hundredms_sandbox::{Fault, FaultEffect, JoinPeer, Sandbox};
// --8<-- [end:imports]

// --8<-- [start:code]
/// Open a lesson, and return the token of its teacher. This is the code under test.
async fn open_lesson(client: &Client, name: &str) -> hundredms::Result<Secret> {
    let request = CreateRoom::new().name(name).max_duration_seconds(3600);
    let room = client.rooms().create(request).await?;
    client
        .tokens()
        .auth(&room.id, "host")
        .user_id("teacher")
        .create()
}
// --8<-- [end:code]

// --8<-- [start:client]
/// Return a client of a sandbox.
fn client_of(sandbox: &Sandbox) -> hundredms::Result<Client> {
    Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()
}
// --8<-- [end:client]

// --8<-- [start:fault]
async fn a_lesson_opens_although_the_service_fails_once() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let unavailable = Fault::new(FaultEffect::new().status(503));
    sandbox.add_fault(&unavailable.operation("rooms.create").nth(1))?;
    let token = open_lesson(&client_of(&sandbox)?, "physics-7").await?;
    let teacher = sandbox.join_peer(&JoinPeer::with_token(token.expose()))?;
    assert_eq!(teacher.role, "host");
    let statuses: Vec<_> = sandbox
        .requests()
        .iter()
        .map(|request| request.status)
        .collect();
    assert_eq!(statuses, [503, 200]);
    Ok(())
}
// --8<-- [end:fault]

// --8<-- [start:clock]
async fn a_lesson_ends_after_an_hour() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let client = client_of(&sandbox)?;
    let token = open_lesson(&client, "physics-7").await?;
    let teacher = sandbox.join_peer(&JoinPeer::with_token(token.expose()))?;
    sandbox.advance_clock(Duration::from_secs(3600))?;
    let finished = ListSessions::new().room_id(&teacher.room_id).active(false);
    let finished = client.sessions().list(finished).collect().await?;
    let ids: Vec<_> = finished.iter().map(|session| &session.id).collect();
    assert_eq!(ids, [&teacher.session_id]);
    Ok(())
}
// --8<-- [end:clock]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    a_lesson_opens_although_the_service_fails_once().await?;
    println!("passed: a lesson opens although the service fails once");
    a_lesson_ends_after_an_hour().await?;
    println!("passed: a lesson ends after an hour");
    Ok(())
}
