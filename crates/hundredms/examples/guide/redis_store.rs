//! Handle each event once, although several processes receive webhooks.
//!
//! Run it with `HMS_WEBHOOK_SECRET=... cargo run --features redis --example redis_store`. It uses the Redis of this machine.

// --8<-- [start:imports]
use std::error::Error;
use std::time::Duration;

use hundredms::webhooks::{Event, Receiver, RedisStore, Router};
// --8<-- [end:imports]

// --8<-- [start:store]
/// Return the router: processes that use the same Redis handle each event once.
pub(crate) async fn webhooks(redis: &str, secret: &str) -> Result<Router, Box<dyn Error>> {
    let receiver = Receiver::builder()
        .header("x-webhook-secret", secret)
        .build()?;
    let router = Router::new(receiver)
        .store(RedisStore::connect(redis).await?)
        .lease(Duration::from_secs(60));
    Ok(router.fallback(|event: Event| async move {
        println!("{} happened", event.kind);
        Ok(())
    }))
}
// --8<-- [end:store]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let secret = std::env::var("HMS_WEBHOOK_SECRET")?;
    let app = axum::Router::new().route_service(
        "/webhooks",
        webhooks("redis://127.0.0.1:6379", &secret).await?,
    );
    let listener = tokio::net::TcpListener::bind("0.0.0.0:8080").await?;
    axum::serve(listener, app).await?;
    Ok(())
}
