//! External streams: stream a room to RTMP targets.

use super::patterns::RTMP_URL;
use super::recordings::{EmbeddedRecordingAsset, MediaJobStatus, RESOLUTION, Resolution};
use crate::define::{model, operation, operations};
use crate::wire::secret::Secret;

operations![
    ListExternalStreams,
    StartExternalStream,
    StopAllExternalStreams,
    GetExternalStream,
    StopExternalStream
];

operation! {
    /// List external streams.
    ///
    /// Returns the RTMP-out streams of the workspace. Optional filters select by room, session and state.
    ListExternalStreams: "external_streams.list" = GET "/external-streams" -> ExternalStreamList;
    method ExternalStreams::list; docs "external-streams/list-all-external-streams"; retry always, pages last data [ExternalStream];
    query {
        /// Only external streams of this room.
        filter room_id: String,
        /// Only external streams of this session.
        filter session_id: String,
        /// Only external streams in this state.
        filter status: MediaJobStatus,
        /// Cursor: the `last` value of the previous page. Omit for the first page.
        optional start: String,
        /// Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service may send
        /// 10 items, or refuse the call: it documents 10 to 100.
        optional limit: i64 [page_size] [in 1..=100],
    }
}

operation! {
    /// Start an RTMP-out stream of a room.
    ///
    /// Starts a browser bot and pushes its view to up to five RTMP targets at once. Returns with `starting`. The job becomes
    /// `running` shortly after. With `recording: true`, the view is also recorded as a `room-composite` asset. The job ends
    /// automatically in the same cases as a recording: empty room, maximum duration, room ended.
    StartExternalStream: "external_streams.start" = POST "/external-streams/room/{room_id}/start" -> ExternalStream;
    method ExternalStreams::start; docs "external-streams/start-external-stream-for-room"; retry if_unsent, look at ListExternalStreams,
    causes "`beam.started.success` and `beam.stopped.success`, `beam.recording.success` with recording, or `beam.failure`";
    path {
        /// Id of the room.
        room_id,
    }
    body {
        /// URL that takes a browser directly into the room, without a click: a 100ms link
        /// `https://<subdomain>.app.100ms.live/preview/<room_id>/<role>?skip_preview=true`, or your own web app. 100ms links accept
        /// these query parameters: `skip_preview=true` (join without header and controls), `skip_preview_headful=true` (join with
        /// them), `auth_token=<token>`, `ui_mode=activespeaker`, `name=<peer name>`. Required unless the template has both external
        /// streaming switched on (in the dashboard) and a subdomain (templates created by API have none).
        optional meeting_url: Secret,
        /// RTMP targets. At least one. At most 5 items.
        required rtmp_urls: [Secret] [like RTMP_URL] [items 5],
        /// Also record the stream as a room-composite asset.
        optional recording: bool,
        /// Size of the video. Width and height are both required. Defaults to 1280x720.
        optional resolution: Resolution [by RESOLUTION],
        /// Name of the template's destination (or recording configuration) that provides the settings. Required if the template has
        /// several of this kind.
        optional destination: String,
    }
}

operation! {
    /// Stop all external streams of a room.
    ///
    /// Stops every active external stream of the room and returns these jobs as a page.
    /// A job takes some time to stop: until its bot has left the room, it is active, and a further call returns it again.
    StopAllExternalStreams: "external_streams.stop_all" = POST "/external-streams/room/{room_id}/stop" -> ExternalStreamStopResult;
    method ExternalStreams::stop_all(room_id); docs "external-streams/stop-external-stream-for-room"; retry always;
    path {
        /// Id of the room.
        room_id,
    }
}

operation! {
    /// Return one external stream.
    ///
    /// Returns the external stream in any state. If it was recorded, `recording_assets` contains a `room-composite` asset after it
    /// has finished.
    GetExternalStream: "external_streams.get" = GET "/external-streams/{stream_id}" -> ExternalStream;
    method ExternalStreams::get(stream_id); docs "external-streams/get-external-stream"; retry always;
    path {
        /// Id of the external stream job (its `id`).
        stream_id,
    }
}

operation! {
    /// Stop one external stream.
    ///
    /// Stops the external stream and returns it. Stopping is asynchronous.
    StopExternalStream: "external_streams.stop" = POST "/external-streams/{stream_id}/stop" -> ExternalStream;
    method ExternalStreams::stop(stream_id); docs "external-streams/stop-external-stream-by-id"; retry always;
    path {
        /// Id of the external stream job (its `id`).
        stream_id,
    }
}

model! {
    /// A page of external streams.
    answer ExternalStreamList {
        /// Page size that the service applied.
        required limit: i64,
        /// Items on this page.
        required data: [ExternalStream],
        /// Id of the last item. Pass it as `start` to get the next page.
        nullable last: String,
    }
}

model! {
    /// An RTMP-out stream job.
    answer ExternalStream {
        /// Id of the external stream.
        required id: String,
        /// Room streamed.
        required room_id: String,
        /// Session streamed.
        required session_id: String,
        /// State of a recording, live stream or external stream job. A started job is `starting`, then `running`. A stopped job (on
        /// request or automatically) is `stopping`, then `post_processing` while files are finished and uploaded, then `completed`.
        /// Any state before `completed` can change to `failed`.
        required status: MediaJobStatus,
        /// Template destination used.
        required destination: String,
        /// RTMP targets, including stream keys.
        required rtmp_urls: [Secret],
        /// Whether the stream is recorded.
        required recording: bool,
        /// Frame size in pixels, shared by recordings and streams.
        required resolution: Resolution,
        /// URL that the bot opens. It contains an auth token if the caller included one.
        required meeting_url: Secret,
        /// Files created by the job. Null or empty until there are any.
        required recording_assets: [EmbeddedRecordingAsset],
        /// When the job was created.
        optional created_at: Timestamp,
        /// When the job started to run. Null before.
        nullable started_at: Timestamp,
        /// When the job last changed.
        optional updated_at: Timestamp,
        /// When the job ended. Null before.
        nullable stopped_at: Timestamp,
        /// Id of the peer that started the job. Empty if the server API started it.
        required started_by: String,
        /// Id of the peer that stopped the job. Empty if the server API stopped it, or if it is not stopped yet.
        required stopped_by: String,
    }
}

model! {
    /// External streams that were stopped.
    answer ExternalStreamStopResult {
        /// Undocumented by the service.
        nullable error: String,
        /// Items per page. A loop over the list reads all pages.
        required limit: i64,
        /// Items on this page.
        required data: [ExternalStream],
        /// Id of the last item.
        nullable last: String,
    }
}
