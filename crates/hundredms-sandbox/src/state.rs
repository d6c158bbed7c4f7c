//! The whole state of the emulated workspace. A snapshot is a clone.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::{
    clock::VirtualClock,
    events::Event,
    ids::{IdSource, ObjectId},
    limits::{self, LargeValues},
    resources::{
        analytics::Analytics, deliveries::Deliveries, ingests::Ingests, media_jobs::MediaJobs,
        peer_stats::PublishedTracks, poll_runs::PollRuns, polls::Polls,
        recording_assets::RecordingAssets, room_codes::RoomCodes, rooms::Rooms, sessions::Sessions,
        sfu_recordings::SfuRecordings, sip::Trunks, stream_keys::StreamKeys, templates::Templates,
        transcriptions::Transcriptions, webhook_replays::WebhookReplays,
    },
    timeline::{Action, Timeline},
    tokens::Credentials,
    webhooks::target::WorkspaceWebhook,
};

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
    pub(crate) media_jobs: MediaJobs,
    pub(crate) recording_assets: RecordingAssets,
    pub(crate) transcriptions: Transcriptions,
    pub(crate) sfu_recordings: SfuRecordings,
    pub(crate) ingests: Ingests,
    pub(crate) polls: Polls,
    pub(crate) poll_runs: PollRuns,
    pub(crate) analytics: Analytics,
    pub(crate) published_tracks: PublishedTracks,
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
    pub(crate) timeline: Timeline,
    clock: VirtualClock,
    now: Timestamp,
    ids: IdSource,
}

impl State {
    /// A fresh workspace: no rooms, and the default template.
    pub(crate) fn new(credentials: Credentials) -> Self {
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
            media_jobs: MediaJobs::default(),
            recording_assets: RecordingAssets::default(),
            transcriptions: Transcriptions::default(),
            sfu_recordings: SfuRecordings::default(),
            ingests: Ingests::default(),
            polls: Polls::default(),
            poll_runs: PollRuns::default(),
            analytics: Analytics::default(),
            published_tracks: PublishedTracks::default(),
            deliveries: Deliveries::default(),
            webhook_replays: WebhookReplays::default(),
            trunks: Trunks::default(),
            webhook: WorkspaceWebhook::default(),
            outbox: Vec::new(),
            replays_due: Vec::new(),
            large_values: LargeValues::default(),
            emitted: 0,
            timeline: Timeline::default(),
            clock,
            now,
            ids,
        }
    }

    /// The time of the current request, control or scheduled change. It is constant while one runs.
    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// A fresh id, higher than all before.
    pub(crate) fn new_id(&mut self) -> ObjectId {
        self.ids.next(self.now)
    }

    /// Schedule `action` with `subject` (usually an id) for this time, or for the next occasion if it has passed.
    pub(crate) fn schedule(&mut self, at: Timestamp, action: Action, subject: impl Into<String>) {
        self.timeline.schedule(at, action, subject.into());
    }

    /// Note an event for the webhooks. `data` is the data object of the envelope.
    pub(crate) fn emit(&mut self, kind: &'static str, room_id: ObjectId, data: Value) {
        self.analytics.follow_webhooks(kind, self.now, &data);
        self.notify(Event {
            id: crate::ids::uuid(),
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
            action(self, &subject);
        }
        self.now = present;
    }

    /// The approximate number of bytes of memory that a copy takes.
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
