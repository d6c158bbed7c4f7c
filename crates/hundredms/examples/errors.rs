//! Handle errors: what is missing, what was refused, what was retried, and what may have happened.
//!
//! Run it with `cargo run --example errors`. It starts a sandbox, which fails on request. Prints:
//!
//! ```text
//! not found: status 404
//! refused before it was sent: max_duration_seconds
//! succeeded at attempt 3
//! timed out
//! the recording was started, although the response was lost
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::time::Duration;

use hundredms::resources::recordings::{Recording, StartRecording};
use hundredms::resources::rooms::CreateRoom;
use hundredms::{Client, ErrorKind};
use hundredms_sandbox::{Disconnect, Fault, FaultEffect, Sandbox};
// --8<-- [end:imports]

// --8<-- [start:ambiguous]
/// Start a recording. If the outcome is unknown, check before starting another one.
async fn start_recording_once(client: &Client, room_id: &str) -> Result<Recording, Box<dyn Error>> {
    let request = StartRecording::new(room_id).meeting_url("https://lessons.example/physics-7");
    match client.recordings().start(request).await {
        Err(error) if error.may_have_applied() => {
            let Some(recording) = client.reconcile(&error).await? else {
                // After a timeout, a 408 or a 504 it may still appear: look again before you repeat.
                return Err(error.into());
            };
            println!("the recording was started, although the response was lost");
            Ok(serde_json::from_value(recording)?)
        }
        outcome => Ok(outcome?),
    }
}
// --8<-- [end:ambiguous]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;

    // --8<-- [start:missing]
    match client.rooms().get("66b2d2105c803b002ae4f611").await {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("not found: status {}", error.status().unwrap_or_default());
        }
        other => drop(other?),
    }
    // --8<-- [end:missing]

    // --8<-- [start:refused]
    let too_short = CreateRoom::new().max_duration_seconds(5);
    match client.rooms().create(too_short).await {
        Err(error) if error.kind() == ErrorKind::InvalidRequest => {
            println!(
                "refused before it was sent: {}",
                error.field().unwrap_or_default()
            );
        }
        other => drop(other?),
    }
    // --8<-- [end:refused]

    // --8<-- [start:retried]
    // Calls that are safe to repeat are retried, twice by default.
    sandbox.add_fault(&Fault::new(FaultEffect::new().status(503)).first(2))?;
    let create = client.rooms().create(CreateRoom::new().name("physics-7"));
    let created = create.with_response().await?;
    println!("succeeded at attempt {}", created.attempts);
    // --8<-- [end:retried]
    let room = created.value;

    // --8<-- [start:timeout]
    // The timeout covers the whole call, retries included.
    let slow = FaultEffect::new().delay_before(Duration::from_secs(2));
    sandbox.add_fault(&Fault::new(slow).operation("rooms.get"))?;
    let get = client.rooms().get(&room.id);
    match get.timeout(Duration::from_millis(200)).await {
        Err(error) if error.is_timeout() => println!("timed out"),
        other => drop(other?),
    }
    // --8<-- [end:timeout]

    // The service starts the recording, but the connection breaks before the response.
    let broken = FaultEffect::new().disconnect(Disconnect::CloseAfter);
    sandbox.add_fault(&Fault::new(broken).operation("recordings.start").nth(1))?;
    start_recording_once(&client, &room.id).await?;
    Ok(())
}
