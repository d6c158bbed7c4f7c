//! Store an event whose background handler failed, and handle it later.
//!
//! Run it with `cargo run --example stored_events`. It starts a sandbox. Prints:
//!
//! ```text
//! 1 event is stored
//! the recording s3://lessons/physics-7.mp4 is kept
//! 0 events are stored
//! ```

// --8<-- [start:imports]
use std::collections::HashMap;
use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hundredms::webhooks::{BeamRecordingSuccess, Event, Receiver, Router, parse};
use hundredms_sandbox::{Sandbox, SendWebhook, WebhookTarget};
// --8<-- [end:imports]

const SECRET: &str = "a long random text"; // In a service: from the environment.

static ARCHIVE_IS_OPEN: AtomicBool = AtomicBool::new(false);

// --8<-- [start:store]
/// How often each body failed. In a service: a table.
#[derive(Clone, Default)]
struct Stored(Arc<Mutex<HashMap<Vec<u8>, u32>>>);

impl Stored {
    fn lock(&self) -> MutexGuard<'_, HashMap<Vec<u8>, u32>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
        .on_failure(move |failure| *failed.lock().entry(failure.raw().to_vec()).or_default() += 1);
    Ok(router)
}

/// Handle what is stored, and forget it afterwards, except for what failed again.
async fn handle_stored(router: &Router, stored: &Stored) -> Result<(), Box<dyn Error>> {
    let mut taken = stored.lock().clone();
    for body in taken.keys().cloned().collect::<Vec<_>>() {
        // Any other status: it was not handled, or another handler has it.
        if router.dispatch(parse(body.clone())?).await.status() != 200 {
            taken.remove(&body);
        }
    }
    router.drain().await;
    stored
        .lock()
        .retain(|body, failures| taken.get(body) != Some(failures));
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
    println!("{} event is stored", stored.lock().len());
    ARCHIVE_IS_OPEN.store(true, Ordering::SeqCst);
    handle_stored(&router, &stored).await?;
    println!("{} events are stored", stored.lock().len());
    Ok(())
}
