//! The whole state of the emulated workspace. A snapshot is a clone.

#![allow(clippy::struct_field_names, reason = "fields are named by the service")]

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::{
    clock::VirtualClock,
    ids::{IdSource, ObjectId, uuid},
    limits::{self, LargeValues},
    state::{
        analytics::Analytics, deliveries::Deliveries, event::Event, ingests::Ingests,
        media_jobs::MediaJobs, poll_runs::PollRuns, polls::Polls,
        recording_assets::RecordingAssets, room_codes::RoomCodes, rooms::Rooms,
        seeded_sessions::SeededSessions, sessions::Sessions, sfu_recordings::SfuRecordings,
        stream_keys::StreamKeys, templates::Templates, timeline::Timeline,
        track_change::TrackChange, transcriptions::Transcriptions, trunks::Trunks,
        webhook_replays::WebhookReplays, webhook_target::WorkspaceWebhook,
    },
    tokens::Credentials,
};

pub(crate) mod analytics;
pub(crate) mod deliveries;
pub(crate) mod event;
pub(crate) mod ingests;
pub(crate) mod job_settings;
pub(crate) mod media_jobs;
pub(crate) mod messages;
pub(crate) mod peers;
pub(crate) mod poll_runs;
pub(crate) mod polls;
pub(crate) mod recording_assets;
pub(crate) mod room_codes;
pub(crate) mod rooms;
pub(crate) mod seeded_sessions;
pub(crate) mod sessions;
pub(crate) mod sfu_recordings;
pub(crate) mod stored_files;
pub(crate) mod stream_keys;
pub(crate) mod templates;
pub(crate) mod timeline;
pub(crate) mod track_change;
pub(crate) mod transcriptions;
pub(crate) mod trunks;
pub(crate) mod webhook_replays;
pub(crate) mod webhook_target;

/// A scheduled change of the object with this id.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Action {
    /// Make the change. Checks whether it still applies, because nothing is ever unscheduled.
    pub(crate) run: fn(&mut State, &str),
    /// Whether it will change anything, as far as is known now.
    pub(crate) applies: fn(&State, &str) -> bool,
}

/// What other resources do when something happens in a session. The state is created with these functions, which belong to
/// later layers.
#[derive(Debug)]
pub(crate) struct Hooks {
    /// Run when a session has opened: the first peer is in, and the events of both are noted.
    pub(crate) session_opened: &'static [fn(&mut State, ObjectId)],
    /// Run when a session has closed: everybody has left, and the events of that are noted. It can still be found by its id, but
    /// its room has no running session.
    pub(crate) session_closed: &'static [fn(&mut State, ObjectId)],
    /// Run when a track was added, changed or removed, also when its peer left.
    pub(crate) track_changed: &'static [fn(&mut State, &TrackChange<'_>)],
    /// Run when the last peer of a session has left its room. Returns whether something else keeps the session open.
    pub(crate) last_peer_left: fn(&mut State, room_id: ObjectId, session_id: ObjectId) -> bool,
    /// Run when the bot of a recording or stream has left its room.
    pub(crate) job_left_room: fn(&mut State, room_id: ObjectId, job_id: ObjectId),
}

/// The state that handlers and controls work on.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(crate) credentials: Credentials,
    /// Scheme, address and port of the sandbox, for links to files.
    pub(crate) origin: Arc<str>,
    pub(crate) customer_id: ObjectId,
    pub(crate) app_id: ObjectId,
    pub(crate) rooms: Rooms,
    pub(crate) room_codes: RoomCodes,
    pub(crate) templates: Templates,
    pub(crate) stream_keys: StreamKeys,
    pub(crate) sessions: Sessions,
    /// The sessions that seeds made.
    pub(crate) seeded_sessions: Vec<SeededSessions>,
    pub(crate) media_jobs: MediaJobs,
    pub(crate) recording_assets: RecordingAssets,
    pub(crate) transcriptions: Transcriptions,
    pub(crate) sfu_recordings: SfuRecordings,
    pub(crate) ingests: Ingests,
    pub(crate) polls: Polls,
    pub(crate) poll_runs: PollRuns,
    pub(crate) analytics: Analytics,
    pub(crate) deliveries: Deliveries,
    pub(crate) webhook_replays: WebhookReplays,
    pub(crate) trunks: Trunks,
    /// The webhook of the workspace; rooms may have their own.
    pub(crate) webhook: WorkspaceWebhook,
    /// Events that the delivery queue has not taken yet.
    pub(crate) outbox: Vec<Event>,
    /// Events to send again, with the replays they belong to.
    pub(crate) replays_due: Vec<(Arc<Event>, String)>,
    /// The large values in the state.
    pub(crate) large_values: LargeValues,
    /// How many events there were in all.
    pub(crate) emitted: usize,
    pub(crate) timeline: Timeline<Action>,
    pub(crate) hooks: &'static Hooks,
    clock: VirtualClock,
    now: Timestamp,
    ids: IdSource,
}

impl State {
    /// Create a workspace: no rooms, and the default template.
    pub(crate) fn new(credentials: Credentials, hooks: &'static Hooks) -> Self {
        let clock = VirtualClock::default();
        let now = clock.now();
        let mut ids = IdSource::new();
        let (customer_id, app_id, template_id) = (ids.next(now), ids.next(now), ids.next(now));
        Self {
            credentials,
            origin: "http://sandbox.invalid".into(),
            customer_id,
            app_id,
            rooms: Rooms::default(),
            room_codes: RoomCodes::default(),
            templates: Templates::with_default(template_id, now),
            stream_keys: StreamKeys::default(),
            sessions: Sessions::default(),
            seeded_sessions: Vec::new(),
            media_jobs: MediaJobs::default(),
            recording_assets: RecordingAssets::default(),
            transcriptions: Transcriptions::default(),
            sfu_recordings: SfuRecordings::default(),
            ingests: Ingests::default(),
            polls: Polls::default(),
            poll_runs: PollRuns::default(),
            analytics: Analytics::default(),
            deliveries: Deliveries::default(),
            webhook_replays: WebhookReplays::default(),
            trunks: Trunks::default(),
            webhook: WorkspaceWebhook::default(),
            outbox: Vec::new(),
            replays_due: Vec::new(),
            large_values: LargeValues::default(),
            emitted: 0,
            timeline: Timeline::default(),
            hooks,
            clock,
            now,
            ids,
        }
    }

    /// Return the time of the current request, control or scheduled change. It is constant while one runs.
    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// Return a fresh id, higher than all before.
    pub(crate) fn new_id(&mut self) -> ObjectId {
        self.ids.next(self.now)
    }

    /// Schedule `action` with `subject` (usually an id) for this time, or for the next occasion if it has passed.
    pub(crate) fn schedule(&mut self, at: Timestamp, action: Action, subject: impl Into<String>) {
        self.timeline.schedule(at, action, subject.into());
    }

    /// Queue an event for the webhooks. `data` is the data object of the envelope.
    pub(crate) fn emit(&mut self, kind: &'static str, room_id: ObjectId, data: Value) {
        self.analytics.follow_webhooks(kind, self.now, &data);
        self.notify(Event {
            id: uuid(),
            kind: kind.into(),
            room_id: Some(room_id),
            at: self.now,
            due: self.now,
            data,
        });
    }

    /// Queue an event for delivery.
    pub(crate) fn notify(&mut self, event: Event) {
        self.emitted += 1;
        self.outbox.push(event);
    }

    /// Bring the state up to date: do everything that is due, each thing at its own time.
    pub(crate) fn settle(&mut self) {
        let present = self.clock.now().max(self.now);
        while let Some((at, action, subject)) = self.timeline.pop_due(present) {
            self.now = at.max(self.now);
            (action.run)(self, &subject);
        }
        self.now = present;
    }

    /// Return when something happens next by itself. Scheduled changes that will change nothing do not count, such as the end of a
    /// recording that is alone in its room, while somebody is there.
    pub(crate) fn next_change(&self) -> Option<Timestamp> {
        let mut scheduled = self.timeline.due.iter();
        let next = scheduled.find(|(_, (action, subject))| (action.applies)(self, subject));
        next.map(|((at, _), _)| *at)
    }

    /// Return the approximate number of bytes of memory that a copy takes.
    pub(crate) fn bytes(&self) -> usize {
        /// What a room, a session or the like takes with its ids and times.
        const ITEM: usize = 1 << 10;
        let items = self.rooms.len()
            + self.room_codes.len()
            + self.templates.len() * 16
            + self.sessions.len()
            + self.sessions.connected_peers()
            + self.polls.len()
            + self.timeline.len()
            + self.emitted.min(limits::DELIVERIES);
        items * ITEM + self.large_values.bytes()
    }

    /// Advance the clock and settle. Return false if the time would be out of range.
    pub(crate) fn advance(&mut self, by: SignedDuration) -> bool {
        let reachable = self.clock.advance(by);
        self.settle();
        reachable
    }

    pub(crate) fn advanced(&self) -> SignedDuration {
        self.clock.advanced()
    }
}
