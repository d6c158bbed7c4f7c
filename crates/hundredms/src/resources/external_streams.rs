//! External streams: a room sent on by RTMP.

use super::patterns::RTMP_URL;
use super::recordings::{EmbeddedRecordingAsset, MediaJobStatus, Resolution};
use super::rules::RESOLUTION;
use crate::by_name::{Entry, entry};
use crate::define::{model, operation};
use crate::wire::Secret;

pub(super) const OPERATIONS: &[Entry] = &[
    entry::<ListExternalStreams>(),
    entry::<StartExternalStream>(),
    entry::<StopAllExternalStreams>(),
    entry::<GetExternalStream>(),
    entry::<StopExternalStream>(),
];

operation! {
    /// List external streams.
    ///
    /// Pages through the RTMP-out streams of the workspace, optionally narrowed to a room, a session or a state.
    ListExternalStreams: "external_streams.list" = GET "/external-streams" -> ExternalStreamList;
    method ExternalStreams::list; docs "external-streams/list-all-external-streams"; retry always, pages last data [ExternalStream];
    query {
        /// Only external streams that belong to this room.
        filter room_id: String,
        /// Only external streams that belong to this session.
        filter session_id: String,
        /// Only external streams in this state.
        filter status: MediaJobStatus,
        /// Cursor: the `last` value of the page before. Omit for the first page.
        optional start: String,
        /// Page size. The general API guide gives 10 to 100, default 10. The service takes 10 to 100; 100 unless set.
        optional limit: i64 [page_size] [in 1..=100],
    }
}

operation! {
    /// Start an RTMP-out stream of a room.
    ///
    /// Launches the browser bot and pushes its view to up to five RTMP targets at once. Answers in `starting`; the
    /// job becomes `running` shortly after. With `recording: true` the same view is also kept as a `room-composite`
    /// asset. The job ends by itself in the same cases as a recording (empty room, maximum duration, room ended).
    StartExternalStream: "external_streams.start" = POST "/external-streams/room/{room_id}/start" -> ExternalStream;
    method ExternalStreams::start; docs "external-streams/start-external-stream-for-room"; retry if_unsent, look at "external_streams.list",
    causes "`beam.started.success` and `beam.stopped.success`, `beam.recording.success` with recording, or `beam.failure`";
    path {
        /// Identifier of the room.
        room_id,
    }
    body {
        /// URL that takes a browser straight into the room, no click needed; a 100ms link
        /// `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true` or any own web app. On
        /// 100ms links these query parameters count: `skip_preview=true` (join without header and controls),
        /// `skip_preview_headful=true` (join with them), `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer
        /// name>`. Mandatory unless the template has both external streaming switched on (in the dashboard) and a
        /// subdomain (templates made by API have none).
        optional meeting_url: Secret,
        /// Targets, one to five. At most 5 items.
        required rtmp_urls: [Secret] [like RTMP_URL] [items 5],
        /// Also keep the stream as a room-composite asset.
        optional recording: bool,
        /// Size of the video. Width and height both needed. Default 1280x720.
        optional resolution: Resolution [by RESOLUTION],
        /// Name of the destination (or recording configuration) of the template to take settings from. Needed when
        /// the template has several of this kind.
        optional destination: String,
    }
}

operation! {
    /// Stop all external streams of a room.
    ///
    /// Stops every active external stream of the room and returns those jobs in a list wrapper. No request body.
    StopAllExternalStreams: "external_streams.stop_all" = POST "/external-streams/room/{room_id}/stop" -> ExternalStreamStopResult;
    method ExternalStreams::stop_all(room_id); docs "external-streams/stop-external-stream-for-room"; retry always;
    path {
        /// Identifier of the room.
        room_id,
    }
}

operation! {
    /// Get one external stream.
    ///
    /// Returns the external stream in whatever state it is in; if it was recorded, a `room-composite` asset appears
    /// in `recording_assets` after it has finished.
    GetExternalStream: "external_streams.get" = GET "/external-streams/{stream_id}" -> ExternalStream;
    method ExternalStreams::get(stream_id); docs "external-streams/get-external-stream"; retry always;
    path {
        /// Identifier of the external stream job (its `id`).
        stream_id,
    }
}

operation! {
    /// Stop one external stream.
    ///
    /// Asks the given external stream to stop and returns it. Stopping is asynchronous. No request body.
    StopExternalStream: "external_streams.stop" = POST "/external-streams/{stream_id}/stop" -> ExternalStream;
    method ExternalStreams::stop(stream_id); docs "external-streams/stop-external-stream-by-id"; retry always;
    path {
        /// Identifier of the external stream job (its `id`).
        stream_id,
    }
}

model! {
    /// A page of external streams.
    answer ExternalStreamList {
        /// Page size that was applied.
        required limit: i64,
        /// What the page holds.
        required data: [ExternalStream],
        /// Id of the last item; pass as `start` for the next page.
        nullable last: String,
    }
}

model! {
    /// An RTMP-out stream job.
    answer ExternalStream {
        /// Identifier of the external stream.
        required id: String,
        /// Room streamed.
        required room_id: String,
        /// Session streamed.
        required session_id: String,
        /// State of a recording, live stream or external stream job. Start gives `starting`, soon `running`; a stop
        /// request (or an automatic stop) gives `stopping`, then `post_processing` while files are finished and
        /// uploaded, then `completed`. `failed` can follow any state before `completed`.
        required status: MediaJobStatus,
        /// Template destination used.
        required destination: String,
        /// Targets, stream keys included.
        required rtmp_urls: [Secret],
        /// Whether the stream is recorded.
        required recording: bool,
        /// Frame size in pixels, shared by recordings and streams.
        required resolution: Resolution,
        /// URL opened by the bot. May contain an auth token if the caller put one in.
        required meeting_url: Secret,
        /// Files made by the job; null (or empty) until there are any.
        required recording_assets: [EmbeddedRecordingAsset],
        /// When the job was created.
        optional created_at: Timestamp,
        /// When it began to run; null before.
        nullable started_at: Timestamp,
        /// When it last changed.
        optional updated_at: Timestamp,
        /// When it ended; null before.
        nullable stopped_at: Timestamp,
        /// Peer id of whoever started it; empty string when started from the server side.
        required started_by: String,
        /// Peer id of whoever stopped it; empty string when stopped from the server side (or not yet stopped).
        required stopped_by: String,
    }
}

model! {
    /// External streams affected by a stop of the whole room.
    answer ExternalStreamStopResult {
        /// Seen in the example only; meaning not explained.
        nullable error: String,
        /// Page size.
        required limit: i64,
        /// What the page holds.
        required data: [ExternalStream],
        /// Id of the last item.
        nullable last: String,
    }
}
