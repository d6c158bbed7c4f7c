//! Follow the events of the service's history, without a public URL, and continue after a restart.
//!
//! Run it with `cargo run --example events`. It starts a sandbox. Prints:
//!
//! ```text
//! Ada joined as host
//! Ada left after 60 seconds
//! Ben joined as guest
//! Ben left after 60 seconds
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::time::Duration;

use hundredms::Client;
use hundredms::resources::rooms::CreateRoom;
use hundredms::webhooks::{EventData, Tail, tail};
use hundredms_sandbox::{JoinPeer, LeavePeer, Sandbox, WebhookTarget};
// --8<-- [end:imports]

// --8<-- [start:follow]
/// Print who joins and leaves, until somebody has left. Return where to continue.
async fn follow(mut events: Tail) -> hundredms::Result<Option<String>> {
    while let Some(event) = events.next().await {
        match event?.data {
            EventData::PeerJoinSuccess(join) => {
                let name = join.user_name.unwrap_or_default();
                let role = join.role.unwrap_or_default();
                println!("{name} joined as {role}");
            }
            EventData::PeerLeaveSuccess(leave) => {
                let name = leave.user_name.unwrap_or_default();
                let seconds = leave.duration.unwrap_or_default();
                println!("{name} left after {seconds} seconds");
                break;
            }
            _ => {}
        }
    }
    Ok(events.cursor())
}
// --8<-- [end:follow]

/// Be in the room for a minute. The webhook of the end is sent some seconds later.
fn visit(sandbox: &Sandbox, room: &str, name: &str, role: &str) -> Result<(), Box<dyn Error>> {
    let peer = sandbox.join_peer(&JoinPeer::with_role(room, role).name(name))?;
    sandbox.advance_clock(Duration::from_secs(60))?;
    sandbox.leave_peer(&LeavePeer::new(&peer.id))?;
    sandbox.advance_clock(Duration::from_secs(60))?;
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;
    let room = client
        .rooms()
        .create(CreateRoom::new().name("physics-7"))
        .await?
        .id;
    // The history lists deliveries of webhooks, so a URL must be set, even one that nobody answers.
    sandbox.set_webhook(&WebhookTarget::new("http://127.0.0.1:9/webhooks"))?;
    let since = sandbox.clock().now.parse()?;
    visit(&sandbox, &room, "Ada", "host")?;
    // --8<-- [start:start]
    let cursor = follow(tail(&client).since(since).room_id(&room)).await?; // store the cursor
    // --8<-- [end:start]

    visit(&sandbox, &room, "Ben", "guest")?;
    let cursor = cursor.ok_or("nobody left")?;
    follow(tail(&client).resume(cursor).room_id(&room)).await?;
    Ok(())
}
