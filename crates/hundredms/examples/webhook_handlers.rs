//! Handle webhooks of several types, and test the handlers with requests of the sandbox.
//!
//! Run it with `cargo run --example webhook_handlers`. It starts a sandbox. Prints:
//!
//! ```text
//! ada joined
//! peer.join.success: 200
//! another event: session.open.success
//! session.open.success: 200
//! beam.recording.success: 200
//! the recording s3://lessons/physics-7.mp4 is kept
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::time::Duration;

use hundredms::webhooks::{BeamRecordingSuccess, Event, PeerJoinSuccess, Receiver, Router};
use hundredms_sandbox::{Sandbox, SendWebhook, WebhookTarget};
// --8<-- [end:imports]

// --8<-- [start:handlers]
/// Return the router: a `tower` service, which handles each event once.
fn webhooks(secret: &str) -> hundredms::Result<Router> {
    let receiver = Receiver::builder()
        .header("x-webhook-secret", secret)
        .build()?;
    let router = Router::new(receiver)
        .on(|event: Event<PeerJoinSuccess>| async move {
            println!("{} joined", event.data.user_id.unwrap_or_default());
            Ok(())
        })
        // The service gets its answer at once: for what takes longer than it waits.
        .on_background(|event: Event<BeamRecordingSuccess>| async move {
            let path = event.data.recording_path.unwrap_or_default();
            keep(&path).await;
            Ok(())
        })
        // Other types, and data that does not match its type (`Malformed`). The service gets 200.
        .fallback(|event: Event| async move {
            println!("another event: {}", event.kind);
            Ok(())
        })
        .on_failure(|failure| eprintln!("{} failed: {}", failure.id, failure.error));
    Ok(router)
}
// --8<-- [end:handlers]

/// Stands for work that takes long.
async fn keep(path: &str) {
    tokio::time::sleep(Duration::from_millis(200)).await;
    println!("the recording {path} is kept");
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let router = webhooks("a long random text")?;
    let sandbox = Sandbox::start().await?;
    let target = WebhookTarget::new("").header("x-webhook-secret", "a long random text");
    for (kind, field, value) in [
        ("peer.join.success", "user_id", "ada"),
        ("session.open.success", "room_name", "physics-7"),
        (
            "beam.recording.success",
            "recording_path",
            "s3://lessons/physics-7.mp4",
        ),
    ] {
        // --8<-- [start:request]
        // The rest of the data is an example of the type.
        let event = SendWebhook::new(kind).field(field, value);
        let request = sandbox.webhook_request(&event, Some(&target))?;
        let headers: Vec<_> = request.headers.into_iter().collect();
        let outcome = router.handle(request.body, &headers, None).await;
        println!("{kind}: {}", outcome.status());
        // --8<-- [end:request]
    }
    // --8<-- [start:end]
    // Before the process ends: wait for handlers that are running.
    router.drain().await;
    // --8<-- [end:end]
    Ok(())
}
