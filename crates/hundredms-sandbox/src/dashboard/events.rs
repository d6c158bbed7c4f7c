//! The stream of events for the page: new requests, the time, and whether anything else has changed.

use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};
use tokio::{
    sync::{mpsc, watch},
    time,
};

use super::reads;
use crate::sandbox_state::{SandboxState, SharedSandbox};

/// The maximum number of requests in one event.
const AT_ONCE: usize = 1000;

/// Changes within this time are one event.
const TOGETHER: Duration = Duration::from_millis(100);

/// Something may also happen by itself, so the page gets an event this often.
const TICK: Duration = Duration::from_secs(1);

/// Send events until the page is closed or `stop` is true. The first ones contain the requests after the number `after`.
pub(super) async fn send(
    sandbox: SharedSandbox,
    after: u64,
    page: mpsc::Sender<Bytes>,
    mut stop: watch::Receiver<bool>,
) {
    let mut changes = sandbox.changes();
    let mut after = after;
    loop {
        let changed = *changes.borrow_and_update();
        let (event, is_behind) = event(&mut sandbox.lock_quietly(), changed, &mut after);
        let sent = tokio::select! {
            sent = page.send(event.into()) => sent,
            _ = stop.wait_for(|stop| *stop) => return,
        };
        if sent.is_err() {
            return;
        }
        if is_behind {
            continue;
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = page.closed() => return,
            () = time::sleep(TICK) => {}
            _ = async {
                time::sleep(TOGETHER).await;
                changes.changed().await
            } => {}
        }
    }
}

/// Return the next event, and whether the log has more requests.
fn event(sandbox: &mut SandboxState, changed: u64, after: &mut u64) -> (String, bool) {
    sandbox.state.settle();
    let requests: Vec<Value> = sandbox.log.after(*after).take(AT_ONCE).collect();
    let last = sandbox.log.last_number();
    let is_behind = requests.len() == AT_ONCE;
    *after = match requests.last() {
        Some(request) => request["number"].as_u64().unwrap_or(last),
        None => last,
    };
    let timeline = &sandbox.state.timeline;
    let happened = timeline.scheduled - timeline.len() as u64;
    let event = json!({
        "requests": requests,
        "oldest": sandbox.log.oldest_number(),
        "time": reads::time(sandbox),
        // Differs whenever something has changed.
        "version": format!("{changed}.{happened}"),
    });
    (format!("data: {event}\n\n"), is_behind)
}
