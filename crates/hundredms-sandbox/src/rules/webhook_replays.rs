//! Sends the webhooks of a replay.

use jiff::SignedDuration;

use crate::state::{
    Action, State,
    webhook_replays::{Filters, Replay},
};

/// Ten per second.
const PACE: SignedDuration = SignedDuration::from_millis(100);

pub(crate) fn start(state: &mut State, id: String, filters: Filters) {
    let queue: Vec<usize> = state
        .deliveries
        .selected(&filters.selection)
        .into_iter()
        .map(|(place, _)| place)
        .skip(filters.offset)
        .take(filters.limit)
        .collect();
    let now = state.now();
    if !queue.is_empty() {
        state.schedule(now + PACE, SEND_NEXT, id.clone());
    }
    let replay = Replay {
        filters,
        started_at: now,
        completed_at: queue.is_empty().then_some(now),
        queue,
        taken: 0,
        sent: 0,
        failed: Vec::new(),
    };
    state.webhook_replays.by_id.insert(id, replay);
}

const SEND_NEXT: Action = Action {
    run: send_next,
    applies: |_, _| true,
};

/// Send the next webhook of a replay and log that.
fn send_next(state: &mut State, id: &str) {
    let now = state.now();
    let Some(replay) = state.webhook_replays.by_id.get_mut(id) else {
        return;
    };
    let Some(place) = replay.queue.get(replay.taken).copied() else {
        return;
    };
    replay.taken += 1;
    if replay.taken < replay.queue.len() {
        state.schedule(now + PACE, SEND_NEXT, id);
    }
    match state.deliveries.at(place) {
        Some(delivery) if delivery.replay_failure.is_none() => {
            let again = (delivery.event.clone(), id.to_owned());
            state.replays_due.push(again);
        }
        Some(delivery) => {
            let again = delivery.failed_again(now);
            let event_id = again.event.id.clone();
            state.deliveries.push(again);
            answered(state, id, &event_id, false);
        }
        // The log no longer contains it.
        None => answered(state, id, "", false),
    }
}

/// Record whether an event of a replay was delivered.
pub(crate) fn answered(state: &mut State, id: &str, event_id: &str, arrived: bool) {
    let now = state.now();
    let Some(replay) = state.webhook_replays.by_id.get_mut(id) else {
        return;
    };
    if arrived {
        replay.sent += 1;
    } else {
        replay.failed.push(event_id.to_owned());
    }
    if replay.sent + replay.failed.len() == replay.queue.len() {
        replay.completed_at = Some(now);
    }
}
