//! The table of controls. The methods of the sandbox in Python and TypeScript are generated from it.

use serde_json::Value;

#[cfg(feature = "schema")]
use super::signature::{ControlSchema, by_hand, keywords, object, positional, schema};
use super::{
    analytics::{ClientError, FailedDelivery},
    clock::{AdvanceClock, GetClock},
    definition::run_json,
    error::SandboxError,
    faults::{ClearFaults, ListFaults, RateLimit, RefuseConnections},
    ingest::{FailRtmpIn, StartRtmpIn, StopRtmpIn},
    jobs::{FailJob, FailTranscription, ResizeAsset},
    messages::ListMessages,
    peers::{JoinPeer, LeavePeer},
    polls::{PollAnswer, StartPoll, StopPoll},
    requests::{ClearRequests, ListRequests},
    seed::{GetStats, Seed},
    snapshots::{DropSnapshot, Reset, Restore, TakeSnapshot},
    tracks::{MuteTrack, PublishTrack, UnpublishTrack},
    webhook_sending::{MakeWebhookRequest, SendWebhook, SetWebhookFaults},
    webhooks::{GetWebhookQueue, ListDeliveries, SetWebhook, SettleWebhooks},
};
use crate::{faults::fault::Fault, sandbox_state::SandboxState};

/// One row of the table.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) run: fn(&mut SandboxState, Value) -> Result<Value, SandboxError>,
}

/// Defines the table. A row has the docs and the name of a control, the type with its arguments, and how languages with named
/// arguments call it.
macro_rules! controls {
    ($( $(#[doc = $docs:literal])+ $name:ident: $control:ty, $signature:expr; )+) => {
        /// The controls.
        pub(super) static TABLE: &[Row] = &[$( Row {
            name: stringify!($name),
            run: run_json::<$control>,
        } ),+];

        /// Describe every control. The models that they use are added to `generator`.
        #[cfg(feature = "schema")]
        pub fn control_schemas(generator: &mut schemars::SchemaGenerator) -> Vec<ControlSchema> {
            vec![$(
                schema::<$control>(
                    generator,
                    stringify!($name),
                    concat!($($docs, "\n"),+),
                    $signature,
                )
            ),+]
        }
    };
}

controls! {
    /// Advance the virtual clock, which also runs in real time. Runs everything that is due, then returns. This includes webhook
    /// deliveries and their retries, for which it waits at most 5 seconds of real time. `advanced_seconds` of the result is the sum
    /// of all advances.
    advance_clock: AdvanceClock, by_hand();
    /// Return the virtual time.
    clock: GetClock, keywords();
    /// Reset everything to its start: state, clock, snapshots, log.
    reset: Reset, by_hand();
    /// Save a copy of the whole state, including the clock. Fails if there are 1,000 snapshots already, or 512 MiB of them.
    snapshot: TakeSnapshot, keywords();
    /// Delete a snapshot.
    drop_snapshot: DropSnapshot, object("snapshot").by_hand_in_python();
    /// Return to a snapshot. Keeps the log of requests. Fails if a reset has deleted the snapshot.
    restore: Restore, by_hand();
    /// Return the received requests of the API and for tokens, oldest first, not those for files. Keeps the latest 10,000, of at most
    /// 16 MiB.
    requests: ListRequests, keywords().returns("requests");
    /// Clear the log of requests.
    clear_requests: ClearRequests, keywords();
    /// Add a fault rule, and return its number. Fails if the rule is invalid.
    add_fault: Fault, by_hand();
    /// Return the fault rules, with how often each matched and took effect.
    faults: ListFaults, by_hand();
    /// Remove all fault rules. Expired tokens become valid again, and connections are accepted again.
    clear_faults: ClearFaults, keywords();
    /// Refuse new connections for this long, and close idle ones. A later call replaces an earlier one. With 0, connections are
    /// closed and new ones are accepted at once.
    refuse_connections: RefuseConnections, positional(&["seconds"]);
    /// Return 429 above this many requests per second for each resource, such as `rooms`, or for one of them. The seconds are by the
    /// virtual clock.
    rate_limit: RateLimit, positional(&["per_second", "resource"]).nullable("per_second");
    /// Set where the workspace's webhooks go. Rooms may have their own. They are sent when the state changes, and retried 1, 3 and
    /// 10 seconds of the virtual clock after a failed attempt.
    set_webhook: SetWebhook, object("webhook").and_positional(&["url"]).nullable("url").by_hand_in_typescript();
    /// Send a webhook on demand, and return the id of its event. Fails if no webhook is set.
    send_webhook: SendWebhook, object("webhook").and_positional(&["type"]).returns_in_python("event_id");
    /// Return the request that would deliver a webhook, without sending it.
    webhook_request: MakeWebhookRequest, object("event").by_hand_in_python().by_hand_in_typescript();
    /// Make deliveries arrive twice, late or never. Replaces earlier faults. An empty list removes them.
    webhook_faults: SetWebhookFaults, positional(&["faults"]);
    /// Return the log of deliveries with their attempts, oldest first. Keeps the latest 50,000.
    webhook_deliveries: ListDeliveries, keywords().returns("deliveries");
    /// Count the pending deliveries.
    webhook_queue: GetWebhookQueue, keywords();
    /// Wait until no delivery is due or running, and count those that wait for a retry. Fails if this takes longer than the
    /// timeout.
    settle_webhooks: SettleWebhooks, positional(&["timeout_seconds"]).by_hand_in_python();
    /// Create many rooms at once, named `room-1` and so on, and sessions that have ended, and return the counts. Fails if the template
    /// does not exist.
    seed: Seed, object("seed");
    /// Count what exists.
    stats: GetStats, keywords();
    /// Make a peer join as a client SDK does: with a client auth token, or by room and role. Fails with the reason if the room or
    /// the role does not accept it.
    join_peer: JoinPeer, object("join").and_positional(&["token"]);
    /// Make a connected peer leave. The session ends when its last peer leaves. Fails if the peer is not connected.
    leave_peer: LeavePeer, positional(&["peer_id"]);
    /// Publish a track of a connected peer. Fails if its role may not publish it.
    publish_track: PublishTrack, object("publish").and_positional(&["peer_id", "type"]);
    /// Mute or unmute a published track. Fails if the track is not published.
    mute_track: MuteTrack, positional(&["track_id", "mute"]).by_hand_in_typescript();
    /// Unpublish a track. Fails if the track is not published.
    unpublish_track: UnpublishTrack, positional(&["track_id"]);
    /// Return the messages that the API sent to a room, oldest first, with their recipients.
    messages: ListMessages, positional(&["room_id"]).returns("messages");
    /// Open a poll in the running session of a room, as a client does. Fails if it is already open.
    start_poll: StartPoll, positional(&["room_id", "poll_id"]);
    /// Close a poll that is open in the running session of a room.
    stop_poll: StopPoll, positional(&["room_id", "poll_id"]);
    /// Answer a question of an open poll, with one of `option`, `options`, `text` and `skipped`. Fails if the question does not
    /// accept this answer, or a second one.
    answer_poll: PollAnswer, object("answer").and_positional(&["poll_id", "question"]);
    /// Make a recording, live stream or external stream fail. Fails if it has ended.
    fail_job: FailJob, positional(&["job_id"]);
    /// Make the transcription of a recording fail. Fails if none is running.
    fail_transcription: FailTranscription, positional(&["job_id"]);
    /// Set the size of the file of a recording asset. Its bytes are generated when they are read: they are no video, but each place in
    /// the file has its own. Fails if the asset has no file.
    resize_asset: ResizeAsset, positional(&["asset_id", "size"]);
    /// Connect an encoder that streams into a room over RTMP. This starts the room's live stream.
    start_rtmp_in: StartRtmpIn, object("into");
    /// Disconnect a room's encoder. The live stream ends unless it reconnects in time.
    stop_rtmp_in: StopRtmpIn, object("into");
    /// End an encoder's stream into a room with an internal error.
    fail_rtmp_in: FailRtmpIn, object("into");
    /// Report a client's error to analytics, and return the id of the peer it is about. Missing values come from the peer, or are
    /// the usual ones of the type.
    report_client_error: ClientError, object("error").and_positional(&["room_id", "type"]).returns_in_python("peer_id");
    /// Log a webhook as not delivered, and return the id of its event.
    record_failed_delivery: FailedDelivery, object("failed").and_positional(&["room_id", "event_name"]).returns_in_python("event_id");
}
