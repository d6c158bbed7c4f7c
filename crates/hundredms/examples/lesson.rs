//! Hold a lesson: prepare its room, let people in, record it, end it, and report who was there.
//!
//! Run it with `cargo run --example lesson`. It starts a sandbox, in which the people join. Prints:
//!
//! ```text
//! ada joins as teacher
//! the recording is starting
//! the lesson is over
//! chat: … bytes
//! room-composite: … bytes
//! "name","user_id","minutes","joins"
//! "Ada","ada",45,1
//! "Ben","ben",40,1
//! "no name","",10,1
//! next week the room is physics-7 again
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::path::Path;
use std::time::Duration;

use hundredms::jobs::download_all::DownloadAssets;
use hundredms::resources::active_rooms::EndActiveRoom;
use hundredms::resources::recordings::{Recording, StartRecording};
use hundredms::resources::rooms::{CreateRoom, Room};
use hundredms::resources::templates::{
    CreateTemplate, Permissions, PublishKind, PublishParams, RoleInput, SubscribeParams,
};
use hundredms::{Client, Secret};
use hundredms_sandbox::{JoinPeer, Sandbox};
// --8<-- [end:imports]

// --8<-- [start:prepare]
/// Return a role that publishes audio and video, and receives everybody.
fn new_role(name: &str, ends_rooms: bool) -> RoleInput {
    RoleInput::new()
        .name(name)
        .publish_params(PublishParams::new().allowed([PublishKind::Audio, PublishKind::Video]))
        .subscribe_params(SubscribeParams::new().subscribe_to_roles(["teacher", "student"]))
        .permissions(Permissions::new().end_room(ends_rooms))
}

/// Write the template of lessons, and return the room of a lesson. It can be repeated.
async fn prepare(client: &Client, name: &str) -> hundredms::Result<Room> {
    let request = CreateTemplate::new().name("lessons").roles([
        ("teacher", new_role("teacher", true)),
        ("student", new_role("student", false)),
    ]);
    let template = client.templates().create(request).await?;
    let request = CreateRoom::new().name(name).template_id(template.id);
    client.rooms().create(request).await
}
// --8<-- [end:prepare]

// --8<-- [start:token]
/// Return the token with which a user of your app joins.
fn let_in(client: &Client, room_id: &str, role: &str, user_id: &str) -> hundredms::Result<Secret> {
    let token = client.tokens().auth(room_id, role);
    token.user_id(user_id).create()
}
// --8<-- [end:token]

// --8<-- [start:record]
/// Start to record what a student sees. `acme` is the subdomain of your workspace.
async fn record(client: &Client, room_id: &str) -> hundredms::Result<Recording> {
    let url = client.links().recorder("acme", room_id, "student")?;
    let request = StartRecording::new(room_id).meeting_url(url.to_string());
    client.recordings().start(request).await
}
// --8<-- [end:record]

// --8<-- [start:end]
/// Stop the recording, and end the session for everybody. The room remains.
async fn finish(client: &Client, room_id: &str, recording_id: &str) -> hundredms::Result<()> {
    client.recordings().stop(recording_id).await?;
    let end = EndActiveRoom::new(room_id).reason("The lesson is over");
    client.active_rooms().end(end).await?;
    Ok(())
}
// --8<-- [end:end]

// --8<-- [start:files]
/// Wait until the files of a recording are ready, and download them.
async fn save_files(client: &Client, recording_id: &str, folder: &Path) -> hundredms::Result<()> {
    client.recordings().wait(recording_id).await?;
    let request = DownloadAssets::new(folder).recording_id(recording_id);
    let mut files = client.recording_assets().download_all(request).await?.files;
    files.sort_by_key(|file| file.r#type.to_string());
    for file in &files {
        println!("{}: {} bytes", file.r#type, file.size);
    }
    Ok(())
}
// --8<-- [end:files]

// --8<-- [start:csv]
/// Return who was in a room, and how long, as CSV.
async fn report(client: &Client, room_id: &str) -> hundredms::Result<String> {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut lines = vec![r#""name","user_id","minutes","joins""#.to_owned()];
    for person in client.rooms().attendance(room_id).await?.attendees {
        let name = quoted(person.names.first().map_or("no name", |name| name));
        let user_id = quoted(person.user_id.as_deref().unwrap_or_default());
        let minutes = person.seconds_present / 60.0;
        lines.push(format!("{name},{user_id},{minutes:.0},{}", person.joins));
    }
    Ok(lines.join("\n"))
}
// --8<-- [end:csv]

// --8<-- [start:main]
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;
    let room = prepare(&client, "physics-7").await?;
    let token = let_in(&client, &room.id, "teacher", "ada")?;
    let ada = sandbox.join_peer(&JoinPeer::with_token(token.expose()).name("Ada"))?;
    println!("{} joins as {}", ada.user_id, ada.role);
    let recording = record(&client, &room.id).await?;
    println!("the recording is {}", recording.status);

    // Time passes as you say. Somebody looks in without a name and without a user_id.
    sandbox.advance_clock(Duration::from_secs(5 * 60))?;
    let token = let_in(&client, &room.id, "student", "ben")?;
    sandbox.join_peer(&JoinPeer::with_token(token.expose()).name("Ben"))?;
    sandbox.advance_clock(Duration::from_secs(30 * 60))?;
    sandbox.join_peer(&JoinPeer::with_role(&room.id, "student"))?;
    sandbox.advance_clock(Duration::from_secs(10 * 60))?;

    finish(&client, &room.id, &recording.id).await?;
    println!("the lesson is over");
    let folder = std::env::temp_dir().join(format!("lesson-{}", std::process::id()));
    save_files(&client, &recording.id, &folder).await?;
    std::fs::remove_dir_all(folder)?;
    println!("{}", report(&client, &room.id).await?);
    let room = prepare(&client, "physics-7").await?;
    println!("next week the room is {} again", room.name);
    Ok(())
}
// --8<-- [end:main]
