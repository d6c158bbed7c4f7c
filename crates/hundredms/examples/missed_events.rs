//! Handle the events that the service could not deliver, after an outage of your server.
//!
//! Run it with `cargo run --example missed_events`. It starts a sandbox. Prints:
//!
//! ```text
//! ada left
//! 1 handled, 0 failed
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::time::Duration;

use hundredms::resources::rooms::CreateRoom;
use hundredms::webhooks::{Event, PeerLeaveSuccess, Receiver, Router, recover};
use hundredms::{Client, Timestamp};
use hundredms_sandbox::{FailedDelivery, Sandbox};
// --8<-- [end:imports]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let receiver = Receiver::builder()
        .header("x-webhook-secret", "a long random text")
        .build()?;
    let router = Router::new(receiver).on(|event: Event<PeerLeaveSuccess>| async move {
        println!("{} left", event.data.user_id.unwrap_or_default());
        Ok(())
    });
    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;
    let room = client
        .rooms()
        .create(CreateRoom::new().name("physics-7"))
        .await?;
    let data = serde_json::json!({
        "room_id": room.id, "session_id": "s", "peer_id": "p", "user_id": "ada", "duration": 60,
    });
    sandbox
        .record_failed_delivery(&FailedDelivery::new(&room.id, "peer.leave.success").data(data))?;

    // --8<-- [start:recover]
    // Until a minute from now, because clocks differ.
    let end = Timestamp::now() + Duration::from_secs(60);
    let start = end - Duration::from_secs(2 * 24 * 60 * 60);
    let missed = recover(&client, start, end).feed(&router).await?;
    println!("{} handled, {} failed", missed.handled, missed.failed);
    // --8<-- [end:recover]
    Ok(())
}
