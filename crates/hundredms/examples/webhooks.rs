//! Receive webhooks: verify the sender, and handle each event once.
//!
//! Run it with `cargo run --example webhooks`. It starts a sandbox, which sends each webhook twice. Prints:
//!
//! ```text
//! Ada joined as host
//! Ada left after 60 seconds
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::time::Duration;

use hundredms::Client;
use hundredms::resources::rooms::CreateRoom;
use hundredms::webhooks::{Event, PeerJoinSuccess, PeerLeaveSuccess, Receiver, Router};
use hundredms_sandbox::{JoinPeer, LeavePeer, Sandbox, WebhookFault, WebhookTarget};
// --8<-- [end:imports]

const SECRET: &str = "a long random text"; // In a service: from the environment.

// --8<-- [start:receiver]
/// Return the app: it verifies the secret header, and calls a handler for each event.
fn app(secret: &str) -> hundredms::Result<axum::Router> {
    let receiver = Receiver::builder()
        .header("x-webhook-secret", secret)
        .build()?;
    let webhooks = Router::new(receiver)
        .on(|event: Event<PeerJoinSuccess>| async move {
            let name = event.data.user_name.unwrap_or_default();
            let role = event.data.role.unwrap_or_default();
            println!("{name} joined as {role}");
            Ok(())
        })
        .on(|event: Event<PeerLeaveSuccess>| async move {
            let name = event.data.user_name.unwrap_or_default();
            let seconds = event.data.duration.unwrap_or_default();
            println!("{name} left after {seconds} seconds");
            Ok(())
        });
    Ok(axum::Router::new().route_service("/webhooks", webhooks))
}
// --8<-- [end:receiver]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/webhooks", listener.local_addr()?);
    let app = app(SECRET)?;
    tokio::spawn(async move { axum::serve(listener, app).await });

    // Let a sandbox deliver webhooks to the server.
    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;
    // --8<-- [start:deliver]
    sandbox.webhook_faults(&[WebhookFault::duplicate(2)])?;
    sandbox.set_webhook(&WebhookTarget::new(url).header("x-webhook-secret", SECRET))?;
    let room = client
        .rooms()
        .create(CreateRoom::new().name("physics-7"))
        .await?;
    let ada = sandbox.join_peer(&JoinPeer::with_role(&room.id, "host").name("Ada"))?;
    sandbox.settle_webhooks(Duration::from_secs(10)).await?;
    sandbox.advance_clock(Duration::from_secs(60))?;
    sandbox.leave_peer(&LeavePeer::new(&ada.id))?;
    sandbox.settle_webhooks(Duration::from_secs(10)).await?;
    // --8<-- [end:deliver]
    Ok(())
}
