//! Accepts connections until the sandbox stops.

use std::{io, pin::pin, sync::Arc, time::Duration};

use tokio::{
    net::TcpListener,
    sync::{mpsc, watch},
    time::{self, Instant},
};

use crate::{
    faults::accept_gate::Entrance,
    http::{
        connection::{self, House},
        guard::AllowedHosts,
    },
    webhook_task,
    world::SharedWorld,
};

/// How long running requests may take to finish when the sandbox stops.
const GRACE: Duration = Duration::from_secs(2);

/// Accept connections until `stop` is true, then let running requests finish.
pub(crate) async fn serve(
    listener: TcpListener,
    world: SharedWorld,
    hosts: Arc<AllowedHosts>,
    stop: watch::Receiver<bool>,
) {
    let mut stopped = stop.clone();
    let mut stopped = pin!(stopped.wait_for(|stop| *stop));
    let (open, mut all_closed) = mpsc::channel(1);
    let door = world.lock().faults.door.watch();
    let mut shut = door.clone();
    let house = House {
        world,
        hosts,
        stop,
        door,
        _open: open,
    };
    let mut listener = listener;
    loop {
        let accepted = tokio::select! {
            _ = &mut stopped => break,
            Ok(()) = shut.changed() => {
                match reopened(listener, &house.world, &mut shut, stopped.as_mut()).await {
                    Some(open) => listener = open,
                    None => break,
                }
                continue;
            }
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = accepted else {
            // No file descriptor is free, or the peer disconnected at once.
            time::sleep(Duration::from_millis(5)).await;
            continue;
        };
        // Without it, responses to small requests wait for acknowledgements. An error only means that they wait.
        let _ = stream.set_nodelay(true);
        let mut house = house.clone();
        // Connections that arrived while it was being shut are closed too.
        let until = *house.door.borrow_and_update();
        if until.is_some_and(|until| until > Instant::now()) {
            house.door.mark_changed();
        }
        tokio::spawn(connection::converse(stream, house));
    }
    drop(house);
    let _ = time::timeout(GRACE, all_closed.recv()).await;
}

/// Accept no connections while the door is shut, then listen again. `None` if the sandbox stops first.
async fn reopened(
    listener: TcpListener,
    world: &SharedWorld,
    shut: &mut watch::Receiver<Option<Instant>>,
    mut stopped: impl Future + Unpin,
) -> Option<TcpListener> {
    let mut listener = Some(listener);
    loop {
        shut.mark_unchanged();
        let entrance = world.lock().faults.door.stand(listener.take());
        let until = match entrance? {
            Entrance::Open(listener) => return Some(listener),
            Entrance::ShutUntil(until) => until,
        };
        tokio::select! {
            _ = &mut stopped => {
                world.lock().faults.door.leave();
                return None;
            }
            _ = shut.changed() => {}
            () = time::sleep_until(until) => {}
        }
    }
}

/// Run the server on a separate thread, independent of the caller's runtime.
pub(crate) fn run(
    listener: std::net::TcpListener,
    world: SharedWorld,
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
                tokio::spawn(webhook_task::run(world.clone(), stop.clone()));
                serve(listener, world, Arc::new(hosts), stop).await;
            }
            Err(error) => drop(started.send(Err(error))),
        }
    });
    // Host names of webhooks are resolved on threads that need not be joined.
    runtime.shutdown_background();
}
