//! Run as a service: one client, a webhook secret that is replaced, and an end that loses nothing.
//!
//! Run it with `cargo run --example service`. It reads `HMS_ACCESS_KEY` and `HMS_SECRET`. Prints:
//!
//! ```text
//! the client is ready
//! the new secret: 200
//! the old secret: 200
//! another secret: 401
//! everything is done
//! ```

// --8<-- [start:imports]
use std::env;
use std::error::Error;
use std::time::Duration;

use hundredms::Client;
use hundredms::resources::rooms::ListRooms;
use hundredms::webhooks::{BeamRecordingSuccess, Event, Receiver, Router};
use hundredms_sandbox::{Sandbox, SendWebhook, WebhookTarget};
// --8<-- [end:imports]

// --8<-- [start:client]
/// Return the client, whose clones the whole process uses. Its keys come from the environment.
fn client() -> hundredms::Result<Client> {
    let mut client = Client::builder()
        .timeout(Duration::from_secs(10))
        .max_connections(20);
    // Without it, HTTPS_PROXY and NO_PROXY apply.
    if let Ok(proxy) = env::var("COMPANY_PROXY") {
        client = client.proxy(proxy);
    }
    // Without it, the system's certificates.
    if let Ok(file) = env::var("COMPANY_CA") {
        client = client.ca_file(file);
    }
    client.build()
}
// --8<-- [end:client]

// --8<-- [start:secrets]
/// Return a router that accepts both secrets until the dashboard has the new one.
fn webhooks(new: &str, old: &str) -> hundredms::Result<Router> {
    let receiver = Receiver::builder()
        .header_any("x-webhook-secret", [new, old])
        .build()?;
    Ok(
        Router::new(receiver).on_background(|event: Event<BeamRecordingSuccess>| async move {
            keep(event.data.recording_path.as_deref());
            Ok(())
        }),
    )
}
// --8<-- [end:secrets]

/// Stands for work that takes long.
fn keep(_path: Option<&str>) {}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = client()?;
    client.rooms().list(ListRooms::new()).first_page().await?;
    println!("the client is ready");

    let router = webhooks("new-secret", "old-secret")?;
    let sandbox = Sandbox::start().await?;
    for name in ["the new", "the old", "another"] {
        let secret = format!("{}-secret", name.trim_start_matches("the "));
        let target = WebhookTarget::new("").header("x-webhook-secret", secret);
        let send = SendWebhook::new("beam.recording.success");
        let request = sandbox.webhook_request(&send, Some(&target))?;
        let headers: Vec<_> = request.headers.into_iter().collect();
        let outcome = router.handle(request.body, &headers, None).await;
        println!("{name} secret: {}", outcome.status());
    }

    // --8<-- [start:end]
    // The server takes no more requests. The service does not send again what was acknowledged.
    router.drain().await;
    println!("everything is done");
    // --8<-- [end:end]
    Ok(())
}
