//! The task that sends webhooks: wakes when something is to be sent, and never holds the world while it waits.

use std::{
    pin::pin,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{self, sleep},
};

use crate::{
    webhooks::{
        post::{Answered, post},
        queue::Parcel,
    },
    world::{SharedWorld, World},
};

/// An attempt that is over.
struct Sent {
    parcel: Parcel,
    answered: Answered,
    began_at: Timestamp,
    took: Duration,
}

/// Sends what there is to send until `stop` turns true; then drops what is under way.
pub(crate) async fn run(world: SharedWorld, mut stop: watch::Receiver<bool>) {
    let mut under_way: JoinSet<Sent> = JoinSet::new();
    let mut epoch = 0;
    loop {
        let wait = {
            let mut locked = world.lock_for_delivery();
            let world = &mut *locked;
            world.state.settle();
            world.courier.take_over(&mut world.state);
            if world.courier.epoch() != epoch {
                epoch = world.courier.epoch();
                under_way.abort_all();
            }
            let now = world.state.now();
            let (started, look_again) = world.courier.start_due(now);
            for parcel in started {
                let workspace = &world.state.webhook;
                let (key, timeout) = (workspace.signing_key.clone(), workspace.timeout);
                let began_at = parcel.begins_at(now);
                under_way.spawn(async move {
                    let began = Instant::now();
                    let answered = post(
                        &parcel.webhook,
                        key.as_deref(),
                        parcel.body.clone(),
                        timeout,
                    )
                    .await;
                    Sent {
                        parcel,
                        answered,
                        began_at,
                        took: began.elapsed(),
                    }
                });
            }
            let by_clock = [world.courier.next_due(), world.next_change()];
            let by_clock = by_clock.into_iter().flatten().min();
            let by_clock = by_clock.map(|due| due.duration_since(now).unsigned_abs());
            let patience = look_again.map(|until| until.saturating_duration_since(Instant::now()));
            by_clock.into_iter().chain(patience).min()
        };
        // At full capacity an overdue retry waits for an attempt to end, not for time.
        let wait = wait.map(|wait| wait.max(Duration::from_millis(1)));
        let first = tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = world.woken() => None,
            Some(sent) = under_way.join_next() => sent.ok(),
            () = sleep(wait.unwrap_or(Duration::MAX)), if wait.is_some() => None,
        };
        let mut sent: Vec<Sent> = first.into_iter().collect();
        while let Some(more) = under_way.try_join_next() {
            sent.extend(more.ok());
        }
        if !sent.is_empty() {
            let mut locked = world.lock_for_delivery();
            let locked = &mut *locked;
            locked.state.settle();
            for Sent {
                parcel,
                answered,
                began_at,
                took,
            } in sent
            {
                locked
                    .courier
                    .finished(&mut locked.state, parcel, answered, began_at, took);
            }
            locked.courier.take_over(&mut locked.state);
            world.tell_progress();
        }
    }
}

/// Waits until `done`, which is asked when attempts are over; false when that takes longer than `timeout`.
pub(crate) async fn wait(
    world: &SharedWorld,
    timeout: Duration,
    done: fn(&mut World) -> bool,
) -> bool {
    let wait = async {
        loop {
            // Registered before looking, so that no progress is missed.
            let mut progress = pin!(world.progress());
            progress.as_mut().enable();
            if done(&mut world.lock()) {
                return;
            }
            progress.await;
        }
    };
    time::timeout(timeout, wait).await.is_ok()
}

/// Brings the world to the present. True when all that is due was attempted, held deliveries aside.
pub(crate) fn is_caught_up(world: &mut World) -> bool {
    world.state.settle();
    world.courier.take_over(&mut world.state);
    world.courier.due(world.state.now()) == 0
}

/// Brings the world to the present, and tells whether all that is due was attempted.
pub(crate) fn is_settled(world: &mut World) -> bool {
    world.state.settle();
    world.courier.take_over(&mut world.state);
    world.courier.release_if_idle(world.state.now());
    world.courier.due(world.state.now()) == 0
}
