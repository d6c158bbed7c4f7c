//! The queue of webhook deliveries: order, retries, faults, and outcomes.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};

use crate::{
    clock,
    ids::ObjectId,
    limits,
    rules::webhook_replays,
    state::{
        State,
        deliveries::{Attempt, Delivery, Outcome},
        event::Event,
        webhook_target::{Webhook, WorkspaceWebhook},
    },
    webhooks::{
        envelope,
        faults::{FaultAction, Faults},
        post::PostResult,
    },
};

/// Delays between attempts, by the virtual clock.
const RETRIES: [SignedDuration; 3] = [
    SignedDuration::from_secs(1),
    SignedDuration::from_secs(3),
    SignedDuration::from_secs(10),
];

/// How long an event waits for the response to the one before it in its room, in real time.
const MAX_WAIT: Duration = Duration::from_millis(200);

/// How long a reordered delivery is held at most, by the virtual clock.
const MAX_HOLD: SignedDuration = SignedDuration::from_secs(5);

/// Maximum number of concurrent attempts.
const MAX_IN_FLIGHT: usize = 64;

/// Maximum number of waiting deliveries. Further ones fail immediately.
const MAX_WAITING: usize = 100_000;

/// The delivery of one event to one URL.
#[derive(Debug)]
pub(crate) struct QueuedDelivery {
    /// Increases with each delivery. Identifies it.
    number: u64,
    /// Its position in the log of deliveries.
    place: usize,
    pub(crate) body: Bytes,
    pub(crate) webhook: Arc<Webhook>,
    attempts: usize,
    /// When its next attempt is due, or was.
    due: Timestamp,
    /// Since when the first attempt waits for its turn, in real time.
    waits_since: Option<Instant>,
    room_id: Option<ObjectId>,
    /// The replay that it belongs to. Replays are attempted once.
    replay: Option<String>,
    epoch: u64,
}

impl QueuedDelivery {
    /// Return the virtual time of the attempt that starts now. If the clock was advanced past the time at which it was due, it is
    /// that time, as if time had passed normally.
    pub(crate) fn begins_at(&self, now: Timestamp) -> Timestamp {
        let waited = self
            .waits_since
            .map_or(Duration::ZERO, |since| since.elapsed());
        self.due.checked_add(waited).map_or(now, |due| due.min(now))
    }
}

/// The deliveries of one room. They are sent one after the other, unless the receiver is slow.
#[derive(Debug, Default)]
struct RoomQueue {
    waiting: VecDeque<QueuedDelivery>,
    /// The number of the last one sent, and how long the next one waits for it.
    in_flight: Option<(u64, Instant)>,
}

/// A delivery that waits until later ones were sent.
#[derive(Debug)]
struct HeldDelivery {
    queued: QueuedDelivery,
    /// How many are still to be sent first.
    behind: u32,
    until: Timestamp,
}

/// All unfinished deliveries.
#[derive(Debug, Default)]
pub(crate) struct DeliveryQueue {
    rooms: BTreeMap<Option<ObjectId>, RoomQueue>,
    /// Retries, by when they are due.
    later: BTreeMap<(Timestamp, u64), QueuedDelivery>,
    held: Vec<HeldDelivery>,
    faults: Faults,
    in_rooms: usize,
    in_flight: usize,
    /// Bytes of the bodies of all unfinished deliveries.
    bytes: usize,
    last_number: u64,
    /// Increases when all deliveries are dropped, so that late results can be ignored.
    epoch: u64,
}

impl DeliveryQueue {
    /// Queue new events and due replays that have a webhook.
    pub(crate) fn enqueue_new(&mut self, state: &mut State) {
        for event in std::mem::take(&mut state.outbox) {
            self.enqueue(state, &Arc::new(event), None);
        }
        for (event, replay) in std::mem::take(&mut state.replays_due) {
            self.enqueue(state, &event, Some(replay));
        }
    }

    fn enqueue(&mut self, state: &mut State, event: &Arc<Event>, replay: Option<String>) {
        let Some(webhook) = destination(state, event.room_id) else {
            if let Some(replay) = replay {
                webhook_replays::answered(state, &replay, &event.id, false);
            }
            return;
        };
        let kind = &event.kind;
        let is_replay = replay.is_some();
        let webhook = Arc::new(webhook);
        let body = envelope::body(state, event, is_replay);
        let queued = QueuedDelivery {
            replay,
            ..self.begin(state, event.clone(), &body, &webhook, is_replay)
        };
        let sendable = if self.in_rooms + self.later.len() < MAX_WAITING
            && self.bytes <= limits::WAITING_BYTES
        {
            queued.webhook.check()
        } else {
            Err("too many deliveries wait".into())
        };
        if sendable.is_err() {
            return self.end(state, &queued, sendable);
        }
        let now = state.now();
        match self.faults.decide(kind) {
            FaultAction::None => {}
            FaultAction::Duplicate(times) => {
                for _ in 1..times {
                    let copy = self.begin(state, event.clone(), &body, &webhook, is_replay);
                    self.later.insert((now, copy.number), copy);
                }
            }
            FaultAction::Reorder(behind) => {
                let until = now.checked_add(MAX_HOLD).unwrap_or(now);
                return self.held.push(HeldDelivery {
                    queued,
                    behind,
                    until,
                });
            }
            FaultAction::Drop => {
                let lost = Err("dropped by webhook_faults".into());
                return self.end(state, &queued, lost);
            }
        }
        let room_queue = self.rooms.entry(queued.room_id).or_default();
        room_queue.waiting.push_back(queued);
        self.in_rooms += 1;
    }

    /// Create a delivery, and log it.
    fn begin(
        &mut self,
        state: &mut State,
        event: Arc<Event>,
        body: &Bytes,
        webhook: &Arc<Webhook>,
        is_replay: bool,
    ) -> QueuedDelivery {
        let room_id = event.room_id;
        let now = state.now();
        let due = if is_replay { now } else { event.due };
        let delivery = Delivery::pending(event, body.clone(), webhook, is_replay, now);
        self.last_number += 1;
        self.bytes += body.len();
        QueuedDelivery {
            number: self.last_number,
            place: state.deliveries.push(delivery),
            body: body.clone(),
            webhook: webhook.clone(),
            attempts: 0,
            due,
            waits_since: Some(Instant::now()),
            room_id,
            replay: None,
            epoch: self.epoch,
        }
    }

    /// Take out the deliveries to send now. Also return when to call this again if nothing happens before.
    pub(crate) fn start_due(&mut self, now: Timestamp) -> (Vec<QueuedDelivery>, Option<Instant>) {
        self.release(now, |held| held.until <= now);
        let mut started = Vec::new();
        while self.in_flight < MAX_IN_FLIGHT {
            match self.later.first_entry() {
                Some(first) if first.key().0 <= now => started.push(first.remove()),
                _ => break,
            }
            self.in_flight += 1;
        }
        let mut look_again: Option<Instant> = None;
        let present = Instant::now();
        for room_queue in self.rooms.values_mut() {
            if self.in_flight == MAX_IN_FLIGHT {
                break;
            }
            if room_queue.waiting.is_empty() {
                continue;
            }
            if let Some((_, until)) = room_queue.in_flight.filter(|(_, until)| *until > present) {
                look_again = Some(look_again.map_or(until, |earliest| earliest.min(until)));
                continue;
            }
            if let Some(queued) = room_queue.waiting.pop_front() {
                let until = present + MAX_WAIT;
                room_queue.in_flight = Some((queued.number, until));
                if !room_queue.waiting.is_empty() {
                    look_again = Some(look_again.map_or(until, |earliest| earliest.min(until)));
                }
                started.push(queued);
                self.in_rooms -= 1;
                self.in_flight += 1;
            }
        }
        (started, look_again)
    }

    /// Record the result of an attempt, and schedule the next one if needed.
    pub(crate) fn finish_attempt(
        &mut self,
        state: &mut State,
        mut queued: QueuedDelivery,
        result: PostResult,
        began_at: Timestamp,
        took: Duration,
    ) {
        if queued.epoch != self.epoch {
            return;
        }
        self.in_flight -= 1;
        if queued.attempts == 0 {
            for held in &mut self.held {
                if queued.number > held.queued.number {
                    held.behind = held.behind.saturating_sub(1);
                }
            }
            self.release(state.now(), |held| held.behind == 0);
        }
        if let Some(room_queue) = self.rooms.get_mut(&queued.room_id) {
            if room_queue
                .in_flight
                .is_some_and(|(number, _)| number == queued.number)
            {
                room_queue.in_flight = None;
                if room_queue.waiting.is_empty() {
                    self.rooms.remove(&queued.room_id);
                }
            }
        }
        let outcome = match &result {
            Ok(200) => Ok(()),
            Ok(status) => Err(format!("status {status}")),
            Err(reason) => Err(reason.clone()),
        };
        let retry = RETRIES
            .get(queued.attempts)
            .filter(|_| outcome.is_err() && queued.replay.is_none());
        let next = retry.and_then(|delay| due_after(began_at, took, *delay));
        if let Some(delivery) = state.deliveries.at_mut(queued.place) {
            delivery.attempts.push(Attempt {
                at: began_at,
                took,
                status: result.ok(),
                error_reason: outcome.clone().err(),
            });
            delivery.next_attempt_at = next;
        }
        match next {
            Some(due) => {
                queued.attempts += 1;
                queued.due = due;
                queued.waits_since = None;
                self.later.insert((due, queued.number), queued);
            }
            None => self.end(state, &queued, outcome),
        }
    }

    /// Finish a delivery.
    fn end(&mut self, state: &mut State, queued: &QueuedDelivery, outcome: Result<(), String>) {
        self.bytes = self.bytes.saturating_sub(queued.body.len());
        log_end(state, queued, outcome);
    }

    /// Make held deliveries due that need not be held any longer.
    fn release(&mut self, now: Timestamp, free: impl Fn(&HeldDelivery) -> bool) {
        for held in std::mem::take(&mut self.held) {
            if free(&held) {
                self.later.insert((now, held.queued.number), held.queued);
            } else {
                self.held.push(held);
            }
        }
    }

    /// Make all held deliveries due if no other delivery is due.
    pub(crate) fn release_if_idle(&mut self, now: Timestamp) {
        if !self.held.is_empty() && self.due(now) == 0 {
            self.release(now, |_| true);
        }
    }

    /// Replace the faults.
    pub(crate) fn set_faults(&mut self, faults: Faults) {
        self.faults = faults;
    }

    /// Return when the next retry or held delivery is due.
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        let retry = self.later.keys().next().map(|(due, _)| *due);
        let held = self.held.iter().map(|held| held.until);
        held.chain(retry).min()
    }

    /// Return whether any delivery waits.
    pub(crate) fn has_work(&self) -> bool {
        self.in_rooms + self.later.len() + self.held.len() > 0
    }

    /// Return how many are due or in flight.
    pub(crate) fn due(&self, now: Timestamp) -> usize {
        let retries = self.later.range(..=(now, u64::MAX)).count();
        self.in_rooms + self.in_flight + retries
    }

    pub(crate) fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Drop all unfinished deliveries. Results of attempts in flight are ignored.
    pub(crate) fn drop_all(&mut self) {
        *self = Self {
            epoch: self.epoch + 1,
            last_number: self.last_number,
            faults: std::mem::take(&mut self.faults),
            ..Self::default()
        };
    }

    /// Return how many wait for their next attempt, or until later ones were sent.
    pub(crate) fn waiting(&self, now: Timestamp) -> usize {
        let due = self.later.range(..=(now, u64::MAX)).count();
        self.held.len() + self.later.len() - due
    }
}

/// Return when the next attempt is due: `delay` after the end of the last one, rounded down to the milliseconds of the clock.
fn due_after(began_at: Timestamp, took: Duration, delay: SignedDuration) -> Option<Timestamp> {
    let ended_at = began_at.checked_add(took).ok()?;
    let ended_at = clock::whole_milliseconds(ended_at);
    ended_at.checked_add(delay).ok()
}

/// Return the webhook of a room, else that of the workspace.
pub(crate) fn destination(state: &State, room_id: Option<ObjectId>) -> Option<Webhook> {
    let room = room_id.map(|id| state.rooms.of_id(id));
    room.and_then(|room| room.webhook.as_ref())
        .and_then(Webhook::of_room)
        .or_else(|| {
            let WorkspaceWebhook { webhook, .. } = &state.webhook;
            webhook.clone()
        })
}

/// Log the outcome of a delivery.
fn log_end(state: &mut State, queued: &QueuedDelivery, outcome: Result<(), String>) {
    let now = state.now();
    let delivered = outcome.is_ok();
    let Some(delivery) = state.deliveries.at_mut(queued.place) else {
        return;
    };
    delivery.at = now;
    delivery.outcome = match outcome {
        Ok(()) => Outcome::Delivered,
        Err(reason) => Outcome::Failed(reason),
    };
    let event_id = delivery.event.id.clone();
    if let Some(replay) = &queued.replay {
        webhook_replays::answered(state, replay, &event_id, delivered);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_retry_is_due_when_a_clock_of_milliseconds_has_moved_on_by_its_delay() {
        let began_at: Timestamp = "2024-02-01T08:00:00.000Z".parse().unwrap();
        for microseconds in [0, 1, 999, 1_000, 1_700, 12_345] {
            let took = Duration::from_micros(microseconds);
            let shown = clock::whole_milliseconds(began_at + took);
            let due = due_after(began_at, took, RETRIES[0]).unwrap();
            assert_eq!(due, shown + RETRIES[0], "{took:?}");
        }
    }
}
