//! Accepts connections until the sandbox stops.

use std::{io, pin::pin, sync::Arc, time::Duration};

use tokio::{
    net::TcpListener,
    sync::{mpsc, watch},
    time::{self, Instant},
};

use crate::{
    faults::accept_gate::GateState,
    http::{
        connection::{self, ConnectionContext},
        guard::AllowedHosts,
    },
    sandbox_state::SharedSandbox,
    webhook_task,
};

/// How long running requests may take to finish when the sandbox stops.
const GRACE: Duration = Duration::from_secs(2);

/// Accept connections until `stop` is true, then let running requests finish.
pub(crate) async fn serve(
    listener: TcpListener,
    sandbox: SharedSandbox,
    hosts: Arc<AllowedHosts>,
    stop: watch::Receiver<bool>,
) {
    let mut stopped = stop.clone();
    let mut stopped = pin!(stopped.wait_for(|stop| *stop));
    let (open, mut all_closed) = mpsc::channel(1);
    let gate = sandbox.lock().faults.gate.watch();
    let mut gate_changes = gate.clone();
    let context = ConnectionContext {
        sandbox,
        hosts,
        stop,
        gate,
        _open: open,
    };
    let mut listener = listener;
    loop {
        let accepted = tokio::select! {
            _ = &mut stopped => break,
            Ok(()) = gate_changes.changed() => {
                match reopen(listener, &context.sandbox, &mut gate_changes, stopped.as_mut()).await {
                    Some(open) => listener = open,
                    None => break,
                }
                continue;
            }
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = accepted else {
            // No file descriptor is free, or the peer has disconnected already.
            time::sleep(Duration::from_millis(5)).await;
            continue;
        };
        // Without it, responses to small requests wait for acknowledgements. An error only means that they wait.
        let _ = stream.set_nodelay(true);
        let mut context = context.clone();
        // Connections that arrived while it was being closed are closed too.
        let until = *context.gate.borrow_and_update();
        if until.is_some_and(|until| until > Instant::now()) {
            context.gate.mark_changed();
        }
        tokio::spawn(connection::serve_connection(stream, context));
    }
    drop(context);
    let _ = time::timeout(GRACE, all_closed.recv()).await;
}

/// Accept no connections while the gate is closed, then listen again. `None` if the sandbox stops first.
async fn reopen(
    listener: TcpListener,
    sandbox: &SharedSandbox,
    gate_changes: &mut watch::Receiver<Option<Instant>>,
    mut stopped: impl Future + Unpin,
) -> Option<TcpListener> {
    let mut listener = Some(listener);
    loop {
        gate_changes.mark_unchanged();
        let state = sandbox.lock().faults.gate.state(listener.take());
        let until = match state? {
            GateState::Open(listener) => return Some(listener),
            GateState::ClosedUntil(until) => until,
        };
        tokio::select! {
            _ = &mut stopped => {
                sandbox.lock().faults.gate.release();
                return None;
            }
            _ = gate_changes.changed() => {}
            () = time::sleep_until(until) => {}
        }
    }
}

/// Run the server on a separate thread, independent of the caller's runtime.
pub(crate) fn run(
    listener: std::net::TcpListener,
    sandbox: SharedSandbox,
    hosts: AllowedHosts,
    stop: watch::Receiver<bool>,
    started: tokio::sync::oneshot::Sender<io::Result<()>>,
) {
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return drop(started.send(Err(error))),
    };
    runtime.block_on(async {
        match TcpListener::from_std(listener) {
            Ok(listener) => {
                let _ = started.send(Ok(()));
                tokio::spawn(webhook_task::run(sandbox.clone(), stop.clone()));
                serve(listener, sandbox, Arc::new(hosts), stop).await;
            }
            Err(error) => drop(started.send(Err(error))),
        }
    });
    // Host names of webhooks are resolved on threads that need not be joined.
    runtime.shutdown_background();
}
