//! Observe calls with hooks: log each attempt, and count attempts and retries for your metrics.
//!
//! Run it with `cargo run --example observability`. It starts a sandbox, which fails once. Prints:
//!
//! ```text
//! rooms.create: attempt 1, status 503, … ms
//! rooms.create: next attempt in … ms
//! rooms.create: attempt 2, status 200, … ms
//! rooms.create: attempts 2, retries 1
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use hundredms::resources::rooms::CreateRoom;
use hundredms::{Client, ResponseView, RetryView};
use hundredms_sandbox::{Fault, FaultEffect, Sandbox};
// --8<-- [end:imports]

// --8<-- [start:hooks]
/// Counts of a program. Put your metrics library here.
#[derive(Debug, Default)]
struct CallMetrics {
    attempts: AtomicU64,
    retries: AtomicU64,
}

impl CallMetrics {
    /// Note how an attempt ended. The status is `None` if there was no response.
    fn on_response(&self, view: &ResponseView<'_>) {
        self.attempts.fetch_add(1, Ordering::Relaxed);
        let (operation, attempt) = (view.request.operation, view.request.attempt);
        let status = view
            .status
            .map_or("none".to_owned(), |status| status.to_string());
        let milliseconds = view.elapsed.as_secs_f64() * 1000.0;
        println!("{operation}: attempt {attempt}, status {status}, {milliseconds:.1} ms");
    }

    /// Note that a call waits before its next attempt.
    fn on_retry(&self, view: &RetryView<'_>) {
        self.retries.fetch_add(1, Ordering::Relaxed);
        let (operation, milliseconds) = (view.request.operation, view.pause.as_millis());
        println!("{operation}: next attempt in {milliseconds} ms");
    }
}
// --8<-- [end:hooks]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    sandbox.add_fault(&Fault::new(FaultEffect::new().status(503)).nth(1))?;

    // --8<-- [start:client]
    // Hooks see no headers, bodies or arguments. They cannot change or break a call.
    // With the feature `tracing`, each call also has a span.
    let metrics = Arc::new(CallMetrics::default());
    let (responses, retries) = (metrics.clone(), metrics.clone());
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .on_response(move |view| responses.on_response(view))
        .on_retry(move |view| retries.on_retry(view))
        .build()?;
    // --8<-- [end:client]
    let request = CreateRoom::new().name("physics-7");
    client.rooms().create(request).await?;
    println!(
        "rooms.create: attempts {}, retries {}",
        metrics.attempts.load(Ordering::Relaxed),
        metrics.retries.load(Ordering::Relaxed),
    );
    Ok(())
}
