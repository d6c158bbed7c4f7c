//! Store an event whose background handler failed, and handle it later.
//!
//! Run it with `cargo run --example stored_events`. It starts a sandbox. Prints:
//!
//! ```text
//! 1 event is stored
//! the recording s3://lessons/physics-7.mp4 is kept
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::mem::take;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use hundredms::webhooks::{BeamRecordingSuccess, Event, Receiver, Router, parse};
use hundredms_sandbox::{Sandbox, SendWebhook, WebhookTarget};
// --8<-- [end:imports]

const SECRET: &str = "a long random text"; // In a service: from the environment.

static ARCHIVE_IS_OPEN: AtomicBool = AtomicBool::new(false);

// --8<-- [start:store]
/// The bodies of events that failed. In a service: a table or a queue.
#[derive(Clone, Default)]
struct Stored(Arc<Mutex<Vec<Vec<u8>>>>);

impl Stored {
    fn add(&self, body: &[u8]) {
        let mut bodies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        bodies.push(body.to_vec());
    }

    fn take(&self) -> Vec<Vec<u8>> {
        take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn len(&self) -> usize {
        let bodies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        bodies.len()
    }
}

fn webhooks(secret: &str, stored: &Stored) -> hundredms::Result<Router> {
    let receiver = Receiver::builder()
        .header("x-webhook-secret", secret)
        .build()?;
    let failed = stored.clone();
    let router = Router::new(receiver)
        .on_background(|event: Event<BeamRecordingSuccess>| async move {
            if !ARCHIVE_IS_OPEN.load(Ordering::SeqCst) {
                return Err("the archive is closed".into());
            }
            let path = event.data.recording_path.unwrap_or_default();
            println!("the recording {path} is kept");
            Ok(())
        })
        // Store the body of the event, as it was received.
        .on_failure(move |failure| failed.add(failure.raw()));
    Ok(router)
}

/// Handle what is stored. What fails again is stored again.
async fn handle_stored(router: &Router, stored: &Stored) -> Result<(), Box<dyn Error>> {
    for body in stored.take() {
        router.dispatch(parse(body)?).await;
    }
    router.drain().await;
    Ok(())
}
// --8<-- [end:store]

/// Let an event fail, and handle it when the archive is open.
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let stored = Stored::default();
    let router = webhooks(SECRET, &stored)?;
    let event = SendWebhook::new("beam.recording.success")
        .field("recording_path", "s3://lessons/physics-7.mp4");
    let target = WebhookTarget::new("").header("x-webhook-secret", SECRET);
    let request = sandbox.webhook_request(&event, Some(&target))?;
    let headers: Vec<_> = request.headers.into_iter().collect();
    router.handle(request.body, &headers, None).await;
    router.drain().await;
    println!("{} event is stored", stored.len());
    ARCHIVE_IS_OPEN.store(true, Ordering::SeqCst);
    handle_stored(&router, &stored).await
}
