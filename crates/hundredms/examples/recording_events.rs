//! Find the recording that a webhook is about, whether it succeeded or failed.
//!
//! Run it with `cargo run --example recording_events`. It starts a sandbox, in which one of two recordings fails. Prints:
//!
//! ```text
//! the recording of physics-7 is ready
//! the recording of maths-2 failed: UPLOAD_ERROR
//! ```

// --8<-- [start:imports]
use std::collections::HashMap;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hundredms::Client;
use hundredms::resources::recordings::StartRecording;
use hundredms::resources::rooms::CreateRoom;
use hundredms::webhooks::{BeamFailure, BeamRecordingSuccess, Event, Receiver, Router};
use hundredms_sandbox::{JoinPeer, Sandbox, WebhookTarget};
// --8<-- [end:imports]

const SECRET: &str = "a long random text"; // In a service: from the environment.

// --8<-- [start:handlers]
/// The lesson of each recording, by the id that `start` returned.
#[derive(Clone, Default)]
struct Lessons(Arc<Mutex<HashMap<String, String>>>);

impl Lessons {
    fn add(&self, id: String, lesson: &str) {
        let mut lessons = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lessons.insert(id, lesson.to_owned());
    }

    fn of(&self, id: Option<String>) -> String {
        let lessons = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let lesson = id.and_then(|id| lessons.get(&id).cloned());
        lesson.unwrap_or_else(|| "an unknown lesson".to_owned())
    }
}

fn webhooks(secret: &str, lessons: &Lessons) -> hundredms::Result<Router> {
    let receiver = Receiver::builder()
        .header("x-webhook-secret", secret)
        .build()?;
    let (of_ready, of_failed) = (lessons.clone(), lessons.clone());
    let router = Router::new(receiver)
        // The event of a success has the id as `recording_id`.
        .on(move |event: Event<BeamRecordingSuccess>| {
            let lesson = of_ready.of(event.data.recording_id);
            async move {
                println!("the recording of {lesson} is ready");
                Ok(())
            }
        })
        // The event of a failure has the id as `job_id`.
        .on(move |event: Event<BeamFailure>| {
            let lesson = of_failed.of(event.data.job_id);
            async move {
                let reason = event.data.error_type;
                let reason = reason.map_or_else(String::new, |reason| reason.to_string());
                println!("the recording of {lesson} failed: {reason}");
                Ok(())
            }
        });
    Ok(router)
}
// --8<-- [end:handlers]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/webhooks", listener.local_addr()?);
    let lessons = Lessons::default();
    let app = axum::Router::new().route_service("/webhooks", webhooks(SECRET, &lessons)?);
    tokio::spawn(async move { axum::serve(listener, app).await });

    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;
    sandbox.set_webhook(&WebhookTarget::new(url).header("x-webhook-secret", SECRET))?;
    for lesson in ["physics-7", "maths-2"] {
        let room = client
            .rooms()
            .create(CreateRoom::new().name(lesson))
            .await?;
        sandbox.join_peer(&JoinPeer::with_role(&room.id, "host"))?;
        // --8<-- [start:start]
        let start = StartRecording::new(&room.id).meeting_url("https://lessons.example/stage");
        let recording = client.recordings().start(start).await?;
        lessons.add(recording.id.clone(), lesson);
        // --8<-- [end:start]
        sandbox.advance_clock(Duration::from_secs(60))?;
        if lesson == "maths-2" {
            sandbox.fail_job(&recording.id, "UPLOAD_ERROR")?;
        } else {
            client.recordings().stop(&recording.id).await?;
            sandbox.advance_clock(Duration::from_secs(60))?;
        }
        sandbox.settle_webhooks(Duration::from_secs(10)).await?;
    }
    Ok(())
}
