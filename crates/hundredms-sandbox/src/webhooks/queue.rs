//! The queue of webhooks: what is to be sent when, and what becomes of it.

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
        faults::{Fate, Faults},
        post::Answered,
    },
};

/// How long after an attempt the next one comes, by the virtual clock.
const RETRIES: [SignedDuration; 3] = [
    SignedDuration::from_secs(1),
    SignedDuration::from_secs(3),
    SignedDuration::from_secs(10),
];

/// How long an event waits for the answer to the one before it in its room, in real time.
const PATIENCE: Duration = Duration::from_millis(200);

/// How long a delivery is held at most, by the virtual clock.
const HELD: SignedDuration = SignedDuration::from_secs(5);

/// The most attempts at a time.
const AT_ONCE: usize = 64;

/// The most deliveries that wait; more fail at once.
const WAITING: usize = 100_000;

/// One event on its way to one URL.
#[derive(Debug)]
pub(crate) struct Parcel {
    /// Grows with each parcel; tells those of one lane apart.
    number: u64,
    /// Where the log has it.
    place: usize,
    pub(crate) body: Bytes,
    pub(crate) webhook: Arc<Webhook>,
    attempts: usize,
    /// When its next attempt is due, or was.
    due: Timestamp,
    /// Since when the first attempt waits for its turn, in real time.
    waits_since: Option<Instant>,
    room_id: Option<ObjectId>,
    /// The replay that it belongs to; not tried again then.
    replay: Option<String>,
    epoch: u64,
}

impl Parcel {
    /// When the attempt that starts now begins. That is when it was due, if the clock was moved past that time: the
    /// receiver sees the attempts as the passing of time would have made them.
    pub(crate) fn begins_at(&self, now: Timestamp) -> Timestamp {
        let waited = self
            .waits_since
            .map_or(Duration::ZERO, |since| since.elapsed());
        self.due.checked_add(waited).map_or(now, |due| due.min(now))
    }
}

/// The events of one room, sent one after the other unless the receiver is slow.
#[derive(Debug, Default)]
struct Lane {
    waiting: VecDeque<Parcel>,
    /// The number of the last one sent, and until when the next one waits for it.
    under_way: Option<(u64, Instant)>,
}

/// A delivery that waits for later ones to go first.
#[derive(Debug)]
struct Held {
    parcel: Parcel,
    /// How many are to go first yet.
    behind: u32,
    until: Timestamp,
}

/// All deliveries that are not over.
#[derive(Debug, Default)]
pub(crate) struct Courier {
    lanes: BTreeMap<Option<ObjectId>, Lane>,
    /// Retries, by when they are due.
    later: BTreeMap<(Timestamp, u64), Parcel>,
    held: Vec<Held>,
    faults: Faults,
    in_lanes: usize,
    under_way: usize,
    /// The bodies of all deliveries that are not over.
    bytes: usize,
    last_number: u64,
    /// Grows when all is dropped, so that what comes back late is known.
    epoch: u64,
}

impl Courier {
    /// Takes the events that have happened and the replays that are due, as far as there is a webhook for them.
    pub(crate) fn take_over(&mut self, state: &mut State) {
        for event in std::mem::take(&mut state.outbox) {
            self.take(state, &Arc::new(event), None);
        }
        for (event, replay) in std::mem::take(&mut state.replays_due) {
            self.take(state, &event, Some(replay));
        }
    }

    fn take(&mut self, state: &mut State, event: &Arc<Event>, replay: Option<String>) {
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
        let parcel = Parcel {
            replay,
            ..self.parcel(state, event.clone(), &body, &webhook, is_replay)
        };
        let sendable =
            if self.in_lanes + self.later.len() < WAITING && self.bytes <= limits::WAITING_BYTES {
                parcel.webhook.check()
            } else {
                Err("too many deliveries wait".into())
            };
        if sendable.is_err() {
            return self.end(state, &parcel, sendable);
        }
        let now = state.now();
        match self.faults.decide(kind) {
            Fate::Sent => {}
            Fate::Copied(times) => {
                for _ in 1..times {
                    let copy = self.parcel(state, event.clone(), &body, &webhook, is_replay);
                    self.later.insert((now, copy.number), copy);
                }
            }
            Fate::Held(behind) => {
                let until = now.checked_add(HELD).unwrap_or(now);
                return self.held.push(Held {
                    parcel,
                    behind,
                    until,
                });
            }
            Fate::Lost => {
                let lost = Err("dropped by webhook_faults".into());
                return self.end(state, &parcel, lost);
            }
        }
        let lane = self.lanes.entry(parcel.room_id).or_default();
        lane.waiting.push_back(parcel);
        self.in_lanes += 1;
    }

    /// A delivery that begins, and is in the log.
    fn parcel(
        &mut self,
        state: &mut State,
        event: Arc<Event>,
        body: &Bytes,
        webhook: &Arc<Webhook>,
        is_replay: bool,
    ) -> Parcel {
        let room_id = event.room_id;
        let now = state.now();
        let due = if is_replay { now } else { event.due };
        let delivery = Delivery::pending(event, body.clone(), webhook, is_replay, now);
        self.last_number += 1;
        self.bytes += body.len();
        Parcel {
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

    /// Takes out what is to be sent now, and tells when to look again although nothing has happened.
    pub(crate) fn start_due(&mut self, now: Timestamp) -> (Vec<Parcel>, Option<Instant>) {
        self.release(now, |held| held.until <= now);
        let mut started = Vec::new();
        while self.under_way < AT_ONCE {
            match self.later.first_entry() {
                Some(first) if first.key().0 <= now => started.push(first.remove()),
                _ => break,
            }
            self.under_way += 1;
        }
        let mut look_again: Option<Instant> = None;
        let present = Instant::now();
        for lane in self.lanes.values_mut() {
            if self.under_way == AT_ONCE {
                break;
            }
            if lane.waiting.is_empty() {
                continue;
            }
            if let Some((_, until)) = lane.under_way.filter(|(_, until)| *until > present) {
                look_again = Some(look_again.map_or(until, |earliest| earliest.min(until)));
                continue;
            }
            if let Some(parcel) = lane.waiting.pop_front() {
                let until = present + PATIENCE;
                lane.under_way = Some((parcel.number, until));
                if !lane.waiting.is_empty() {
                    look_again = Some(look_again.map_or(until, |earliest| earliest.min(until)));
                }
                started.push(parcel);
                self.in_lanes -= 1;
                self.under_way += 1;
            }
        }
        (started, look_again)
    }

    /// Takes back a parcel that was sent, and has it sent again later, or not.
    pub(crate) fn finished(
        &mut self,
        state: &mut State,
        mut parcel: Parcel,
        answered: Answered,
        began_at: Timestamp,
        took: Duration,
    ) {
        if parcel.epoch != self.epoch {
            return;
        }
        self.under_way -= 1;
        if parcel.attempts == 0 {
            for held in &mut self.held {
                if parcel.number > held.parcel.number {
                    held.behind = held.behind.saturating_sub(1);
                }
            }
            self.release(state.now(), |held| held.behind == 0);
        }
        if let Some(lane) = self.lanes.get_mut(&parcel.room_id) {
            if lane
                .under_way
                .is_some_and(|(number, _)| number == parcel.number)
            {
                lane.under_way = None;
                if lane.waiting.is_empty() {
                    self.lanes.remove(&parcel.room_id);
                }
            }
        }
        let outcome = match &answered {
            Ok(200) => Ok(()),
            Ok(status) => Err(format!("status {status}")),
            Err(reason) => Err(reason.clone()),
        };
        let retry = RETRIES
            .get(parcel.attempts)
            .filter(|_| outcome.is_err() && parcel.replay.is_none());
        let next = retry.and_then(|delay| due_after(began_at, took, *delay));
        if let Some(delivery) = state.deliveries.at_mut(parcel.place) {
            delivery.attempts.push(Attempt {
                at: began_at,
                took,
                status: answered.ok(),
                error_reason: outcome.clone().err(),
            });
            delivery.next_attempt_at = next;
        }
        match next {
            Some(due) => {
                parcel.attempts += 1;
                parcel.due = due;
                parcel.waits_since = None;
                self.later.insert((due, parcel.number), parcel);
            }
            None => self.end(state, &parcel, outcome),
        }
    }

    /// Lets a delivery go that is over.
    fn end(&mut self, state: &mut State, parcel: &Parcel, outcome: Result<(), String>) {
        self.bytes = self.bytes.saturating_sub(parcel.body.len());
        log_end(state, parcel, outcome);
    }

    /// Makes those due that were held and need not be any more.
    fn release(&mut self, now: Timestamp, free: impl Fn(&Held) -> bool) {
        for held in std::mem::take(&mut self.held) {
            if free(&held) {
                self.later.insert((now, held.parcel.number), held.parcel);
            } else {
                self.held.push(held);
            }
        }
    }

    /// Makes all due that were held, if nothing else is.
    pub(crate) fn release_if_idle(&mut self, now: Timestamp) {
        if !self.held.is_empty() && self.due(now) == 0 {
            self.release(now, |_| true);
        }
    }

    /// Lets deliveries go wrong from now on.
    pub(crate) fn set_faults(&mut self, faults: Faults) {
        self.faults = faults;
    }

    /// When the next retry is due, or a held delivery.
    pub(crate) fn next_due(&self) -> Option<Timestamp> {
        let retry = self.later.keys().next().map(|(due, _)| *due);
        let held = self.held.iter().map(|held| held.until);
        held.chain(retry).min()
    }

    /// Whether the task that sends must look after anything.
    pub(crate) fn has_work(&self) -> bool {
        self.in_lanes + self.later.len() + self.held.len() > 0
    }

    /// How many are due or under way.
    pub(crate) fn due(&self, now: Timestamp) -> usize {
        let retries = self.later.range(..=(now, u64::MAX)).count();
        self.in_lanes + self.under_way + retries
    }

    pub(crate) fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Drops all that is not over; what is under way counts no more.
    pub(crate) fn drop_all(&mut self) {
        *self = Self {
            epoch: self.epoch + 1,
            last_number: self.last_number,
            faults: std::mem::take(&mut self.faults),
            ..Self::default()
        };
    }

    /// How many wait for their next attempt, or for later ones to go first.
    pub(crate) fn waiting(&self, now: Timestamp) -> usize {
        let due = self.later.range(..=(now, u64::MAX)).count();
        self.held.len() + self.later.len() - due
    }
}

/// When the next attempt is due, `delay` behind one that is over: at a time that the clock can show, which is never past its end.
fn due_after(began_at: Timestamp, took: Duration, delay: SignedDuration) -> Option<Timestamp> {
    let ended_at = began_at.checked_add(took).ok()?;
    let ended_at = clock::whole_milliseconds(ended_at);
    ended_at.checked_add(delay).ok()
}

/// Where the events of a room go: to its own webhook, else to that of the workspace.
pub(crate) fn destination(state: &State, room_id: Option<ObjectId>) -> Option<Webhook> {
    let room = room_id.map(|id| state.rooms.of_id(id));
    room.and_then(|room| room.webhook.as_ref())
        .and_then(Webhook::of_room)
        .or_else(|| {
            let WorkspaceWebhook { webhook, .. } = &state.webhook;
            webhook.clone()
        })
}

/// Writes down how a delivery ended.
fn log_end(state: &mut State, parcel: &Parcel, outcome: Result<(), String>) {
    let now = state.now();
    let delivered = outcome.is_ok();
    let Some(delivery) = state.deliveries.at_mut(parcel.place) else {
        return;
    };
    delivery.at = now;
    delivery.outcome = match outcome {
        Ok(()) => Outcome::Delivered,
        Err(reason) => Outcome::Failed(reason),
    };
    let event_id = delivery.event.id.clone();
    if let Some(replay) = &parcel.replay {
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
