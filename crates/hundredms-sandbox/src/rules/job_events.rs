//! The events that jobs send: `beam.*` for recordings and external streams, `hls.*` for live streams.

use serde_json::{Value, json};

use crate::{
    clock::text,
    ids::{ObjectId, uuid},
    rules::storage::playback_url,
    state::{
        State,
        job_settings::{JobKind, Work},
        media_jobs::{JobError, MediaJob, STARTING_SECONDS},
        recording_assets::{Asset, AssetKind},
    },
};

/// Emit that the bot is in the room.
pub(crate) fn started(state: &mut State, id: ObjectId) {
    emit(
        state,
        id,
        ["beam.started.success", "hls.started.success"],
        |state, job| {
            let mut data = of_run(state, job);
            data["start_delay"] = STARTING_SECONDS.into();
            if let Work::LiveStream(_) = job.settings.work {
                data["url"] = playback_url(job).into();
                data["started_at"] = text(job.started_at.unwrap_or(job.created_at)).into();
            }
            data
        },
    );
}

/// Emit that the bot has left the room.
pub(crate) fn stopped(state: &mut State, id: ObjectId, reason: &str) {
    emit(
        state,
        id,
        ["beam.stopped.success", "hls.stopped.success"],
        |state, job| {
            let mut data = of_run(state, job);
            data["duration"] = job.seconds().into();
            data["reason"] = reason.into();
            if let Work::LiveStream(hls) = &job.settings.work {
                data["url"] = playback_url(job).into();
                data["live_transcription_enabled"] = hls.captions.into();
                times(job, &mut data);
            }
            data
        },
    );
}

/// Emit that the job failed.
pub(crate) fn failed(state: &mut State, id: ObjectId, error: JobError) {
    emit(state, id, ["beam.failure", "hls.failure"], |state, job| {
        let mut data = of_run(state, job);
        data["duration"] = job.seconds().into();
        data["error_code"] = 1.into();
        data["error_type"] = error.word().into();
        data["error_message"] = error.text().into();
        data
    });
}

/// Emit that the files are in the storage.
pub(crate) fn recorded(state: &mut State, id: ObjectId) {
    emit(
        state,
        id,
        ["beam.recording.success", "hls.recording.success"],
        |state, job| {
            let mut data = of_room(state, job);
            data["recording_id"] = job.id.to_string().into();
            data["duration"] = job.recorded_seconds().into();
            times(job, &mut data);
            let assets: Vec<&Asset> = job
                .asset_ids
                .iter()
                .filter_map(|id| state.recording_assets.of_id(*id))
                .collect();
            let of_kind = |kind| assets.iter().copied().find(|asset| asset.kind == kind);
            path_and_link(state, &mut data, "chat_recording", of_kind(AssetKind::Chat));
            if let Work::LiveStream(hls) = &job.settings.work {
                data["recording_created_at"] = text(state.now()).into();
                let asset = of_kind(AssetKind::RoomVod);
                path_and_link(state, &mut data, "hls_vod_recording", asset);
                if let Some(file) = asset.and_then(|asset| asset.file.as_ref()) {
                    data["hls_vod_recording_size"] = file.size.into();
                }
                if hls.vod.is_some() {
                    data["recording_thumbnails"] = json!([]);
                }
                data["recording_single_files"] = single_files(state, &assets);
            } else {
                data["peer_id"] = job.peer_id.as_str().into();
                data["created_at"] = text(state.now()).into();
                let video = of_kind(AssetKind::RoomComposite);
                path_and_link(state, &mut data, "recording", video);
                let file = video.and_then(|video| video.file.as_ref());
                data["size"] = file.map_or(0, |file| file.size).into();
                rtmp(job, &mut data);
            }
            data
        },
    );
}

/// Emit the first kind of event for beams, the second for HLS.
fn emit(
    state: &mut State,
    id: ObjectId,
    [beam, hls]: [&'static str; 2],
    data: impl FnOnce(&State, &MediaJob) -> Value,
) {
    if let Some(job) = state.media_jobs.of_id(id) {
        let kind = if job.settings.kind() == JobKind::LiveStream {
            hls
        } else {
            beam
        };
        let (room_id, data) = (job.room_id, data(state, job));
        state.emit(kind, room_id, data);
    }
}

/// Return the data of all of these events.
fn of_room(state: &State, job: &MediaJob) -> Value {
    let largest = job.settings.resolution();
    let mut data = json!({
        "beam_id": job.beam_id, "room_id": job.room_id, "session_id": job.session_id,
        "template_id": state.rooms.of_id(job.room_id).template_id,
        "metadata_id": uuid(), "metadata_timestamp": text(state.now()),
        "max_width": largest.width, "max_height": largest.height, "meeting_url": job.settings.meeting_url,
    });
    if let Some(session) = state.sessions.of_id(job.session_id) {
        data["session_started_at"] = text(session.started_at).into();
    }
    data
}

/// Return the data of the events of a run, from its start to its end.
fn of_run(state: &State, job: &MediaJob) -> Value {
    let mut data = of_room(state, job);
    data["job_id"] = job.id.to_string().into();
    data["peer_id"] = job.peer_id.as_str().into();
    if let Work::LiveStream(hls) = &job.settings.work {
        data["recording_single_file_per_layer_enabled"] = hls.file_per_layer.into();
        data["recording_vod_playlist_enabled"] = hls.vod.is_some().into();
    } else {
        data["recording_enabled"] = job.settings.records().into();
        rtmp(job, &mut data);
    }
    data
}

fn rtmp(job: &MediaJob, data: &mut Value) {
    let urls = job.settings.rtmp_urls();
    if !urls.is_empty() {
        data["rtmp"] = urls.iter().map(|url| json!({"url": url})).collect();
    }
}

fn times(job: &MediaJob, data: &mut Value) {
    let stopped_at = job.stopped_at.unwrap_or(job.updated_at);
    data["started_at"] = text(job.started_at.unwrap_or(stopped_at)).into();
    data["stopped_at"] = text(stopped_at).into();
}

fn path_and_link(state: &State, data: &mut Value, name: &str, asset: Option<&Asset>) {
    if let Some((path, link)) = asset.and_then(|asset| asset.path_and_link(state)) {
        data[format!("{name}_path")] = path.into();
        data[format!("{name}_presigned_url")] = link.into();
    }
}

/// Return the recordings of single layers.
fn single_files(state: &State, assets: &[&Asset]) -> Value {
    let files = assets.iter().filter_map(|asset| {
        let (path, link) = asset.path_and_link(state)?;
        let resolution = &asset.metadata["resolution"];
        Some(json!({
            "asset_id": asset.id, "layer": asset.metadata.get("layer")?, "recording_path": path,
            "recording_presigned_url": link, "size": asset.file.as_ref()?.size,
            "width": resolution["width"], "height": resolution["height"],
        }))
    });
    files.collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use jiff::SignedDuration;

    use super::*;
    use crate::{
        api::routes,
        request::Request,
        rules::{
            hooks::new_state,
            ingests, media_jobs,
            sessions::{self, Join},
            tracks,
        },
        state::{event::Event, peers::PeerKind},
        tokens::{Caller, Credentials},
    };

    /// Fields of the examples that are deprecated, and not sent.
    const DEPRECATED: [&str; 6] = [
        "state_name",
        "state_message",
        "state_timestamp",
        "location",
        "URL",
        "recording_hls_vod_playlist_location",
    ];

    /// Return a workspace with a room whose template records and streams in every way, and the room's id.
    fn workspace() -> (State, String) {
        let mut state = new_state(Credentials {
            access_key: "key".into(),
            secret: "secret".into(),
        });
        let hls = json!({
            "name": "hls", "autoStopTimeout": 60,
            "recording": {"hlsVod": true, "singleFilePerLayer": true},
        });
        let body = json!({
            "name": "t", "roles": {"host": {}}, "destinations": {"hlsDestinations": {"hls": hls}},
            "settings": {"recording": {"enabled": true}},
        });
        let template = call(&mut state, "/templates", body);
        let on = json!({"enabled": true});
        let recordings =
            json!([{"name": "r", "role": "host", "trackRecording": on, "streamRecording": on}]);
        let id = template["id"].as_str().expect("an id");
        call(
            &mut state,
            &format!("/templates/{id}/recordings"),
            recordings,
        );
        let room = call(&mut state, "/rooms", json!({"template_id": id}));
        let room_id = room["id"].as_str().expect("an id").to_owned();
        (state, room_id)
    }

    fn call(state: &mut State, path: &str, body: Value) -> Value {
        let (operation, arguments) = routes::find("POST", path).expect("a known path");
        let request = Request {
            arguments,
            query: Vec::new(),
            body,
            has_body: true,
            caller: Caller::Management,
        };
        let answer = (operation.handler)(state, &request).expect("an answer");
        serde_json::from_slice(&answer.body.expect("a body")).expect("JSON")
    }

    /// Start a job and return its id.
    fn start(state: &mut State, kind: &str, room_id: &str, mut body: Value) -> ObjectId {
        body["meeting_url"] = "https://meet.example/r".into();
        let job = call(state, &format!("/{kind}/room/{room_id}/start"), body);
        job["id"].as_str().expect("an id").parse().expect("an id")
    }

    fn join(state: &mut State, room_id: &str) -> String {
        let join = Join {
            room_id: room_id.into(),
            role: "host".into(),
            name: "Vera".into(),
            user_id: "u".into(),
            metadata: String::new(),
            kind: PeerKind::Regular,
        };
        sessions::join(state, join).expect("an open room")
    }

    fn pass(state: &mut State, seconds: i64) {
        assert!(state.advance(SignedDuration::from_secs(seconds)));
    }

    fn kinds(state: &State) -> Vec<&str> {
        let families = [
            "beam.",
            "hls.",
            "transcription.",
            "ingest.",
            "recording.",
            "track.",
            "stream.",
        ];
        let kinds = state.outbox.iter().map(|event| &*event.kind);
        kinds
            .filter(|kind| families.iter().any(|family| kind.starts_with(family)))
            .collect()
    }

    fn event<'a>(state: &'a State, kind: &str) -> &'a Event {
        let mut events = state.outbox.iter();
        events
            .find(|event| event.kind == kind)
            .unwrap_or_else(|| panic!("no {kind}"))
    }

    /// Compare the fields of an event with those of the contract's example, except some that do not apply.
    fn assert_documented(state: &State, kind: &str, without: &[&str]) {
        let folder = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/contract/webhook-examples"
        );
        let text = fs::read_to_string(format!("{folder}/{kind}.json")).expect("an example");
        let example: Value = serde_json::from_str(&text).expect("JSON");
        let fields = |data: &Value| -> Vec<String> {
            let fields = data.as_object().expect("an object").keys().cloned();
            let mut fields: Vec<String> = fields
                .filter(|name| !DEPRECATED.contains(&name.as_str()))
                .collect();
            fields.sort();
            fields
        };
        let mut expected = fields(&example["data"]);
        expected.retain(|name| !without.contains(&name.as_str()));
        assert_eq!(fields(&event(state, kind).data), expected, "{kind}");
    }

    /// Check what the fields of the events say of their ids.
    fn assert_ids(state: &State, id: ObjectId, family: &str) {
        let data = |kind: &str| &event(state, &format!("{family}.{kind}.success")).data;
        assert_eq!(data("started")["job_id"], id.to_string());
        assert_eq!(data("stopped")["job_id"], id.to_string());
        assert_eq!(data("recording")["recording_id"], id.to_string());
        assert_eq!(data("recording")["beam_id"], data("started")["beam_id"]);
        assert_ne!(data("started")["beam_id"], id.to_string());
    }

    #[test]
    fn the_events_of_a_recorded_external_stream_come_in_order_with_the_fields_of_the_contract() {
        let (mut state, room_id) = workspace();
        let body = json!({"rtmp_urls": ["rtmp://live.example/key"], "recording": true});
        let id = start(&mut state, "external-streams", &room_id, body);
        pass(&mut state, 60);
        call(
            &mut state,
            &format!("/external-streams/{id}/stop"),
            json!({}),
        );
        pass(&mut state, 60);

        assert_eq!(
            kinds(&state),
            [
                "beam.started.success",
                "beam.stopped.success",
                "recording.failed",
                "beam.recording.success"
            ]
        );
        assert_documented(&state, "beam.started.success", &[]);
        assert_documented(&state, "beam.stopped.success", &[]);
        let chat = ["chat_recording_path", "chat_recording_presigned_url"];
        assert_documented(&state, "beam.recording.success", &chat);
        assert_documented(&state, "recording.failed", &[]);
        assert_ids(&state, id, "beam");
        let stopped = &event(&state, "beam.stopped.success").data;
        assert_eq!(stopped["reason"], "client request");
        assert_eq!(stopped["rtmp"], json!([{"url": "rtmp://live.example/key"}]));
        assert_eq!(
            event(&state, "recording.failed").data["error_type"],
            "INPUT_ERROR"
        );
    }

    #[test]
    fn the_events_of_a_live_stream_and_its_transcript_have_the_fields_of_the_contract() {
        let (mut state, room_id) = workspace();
        let transcription = json!({"enabled": true, "summary": {"enabled": true}});
        let body = json!({"transcription": transcription});
        let id = start(&mut state, "live-streams", &room_id, body);
        pass(&mut state, 60);
        call(&mut state, &format!("/live-streams/{id}/stop"), json!({}));
        pass(&mut state, 400);

        let expected = [
            "hls.started.success",
            "hls.stopped.success",
            "recording.failed",
            "hls.recording.success",
            "transcription.started.success",
            "transcription.success",
        ];
        assert_eq!(kinds(&state), expected);
        for kind in expected {
            assert_documented(&state, kind, &[]);
        }
        assert_ids(&state, id, "hls");
        for kind in ["transcription.started.success", "transcription.success"] {
            assert_eq!(event(&state, kind).data["recording_id"], id.to_string());
        }
        let recorded = &event(&state, "hls.recording.success").data;
        assert_eq!(recorded["recording_single_files"][2]["layer"], "2");
    }

    #[test]
    fn a_recording_that_fails_says_why_and_that_it_stopped() {
        let (mut state, room_id) = workspace();
        let id = start(&mut state, "recordings", &room_id, json!({}));
        pass(&mut state, 60);
        media_jobs::fail(&mut state, id, JobError::MaxRetriesReached);
        assert_eq!(
            kinds(&state),
            [
                "beam.started.success",
                "beam.failure",
                "beam.stopped.success",
                "recording.failed"
            ]
        );
        assert_documented(&state, "beam.failure", &["rtmp"]);
        assert_eq!(event(&state, "beam.failure").data["job_id"], id.to_string());
        let failure = &event(&state, "beam.failure").data;
        assert_eq!(failure["error_type"], "MAX_RETRIES_REACHED");
        let stopped = &event(&state, "beam.stopped.success").data;
        assert_eq!(stopped["reason"], "failure: MAX_RETRIES_REACHED");
    }

    #[test]
    fn the_media_server_records_tracks_streams_and_sessions_where_the_template_says_so() {
        let (mut state, room_id) = workspace();
        let peer = join(&mut state, &room_id);
        tracks::publish(&mut state, &peer, "audio", "regular", false).expect("a track");
        tracks::publish(&mut state, &peer, "video", "regular", false).expect("a track");
        pass(&mut state, 90);
        sessions::leave(&mut state, &peer, "client request", None).expect("a leave");
        pass(&mut state, 60);

        assert_eq!(
            kinds(&state),
            [
                "track.recording.started.success",
                "track.recording.started.success",
                "track.recording.success",
                "track.recording.success",
                "stream.recording.success",
                "recording.success",
            ]
        );
        for kind in kinds(&state) {
            assert_documented(&state, kind, &[]);
        }
        let stream = &event(&state, "stream.recording.success").data;
        assert_eq!(stream["stream_type"], "regular");
        let seconds = event(&state, "recording.success").data["duration"].as_i64();
        assert!(seconds.is_some_and(|seconds| (90..100).contains(&seconds)));
    }

    #[test]
    fn an_encoder_that_does_not_come_back_in_time_ends_its_ingestion_and_its_stream() {
        let (mut state, room_id) = workspace();
        let room = room_id.parse().expect("an id");
        assert!(ingests::connect(&mut state, room).is_err());
        assert_documented(&state, "ingest.start.failure", &[]);
        state.outbox.clear();

        call(
            &mut state,
            &format!("/stream-keys/room/{room_id}"),
            json!({}),
        );
        let first = ingests::connect(&mut state, room).expect("a connection");
        pass(&mut state, 600);
        ingests::disconnect(&mut state, room).expect("a disconnection");
        pass(&mut state, 30);
        let again = ingests::connect(&mut state, room).expect("a connection");
        assert_eq!(again.id, first.id);
        pass(&mut state, 600);
        ingests::disconnect(&mut state, room).expect("a disconnection");
        pass(&mut state, 61);
        pass(&mut state, 60);

        assert_eq!(
            kinds(&state),
            [
                "ingest.start.success",
                "hls.started.success",
                "ingest.end.success",
                "hls.stopped.success",
                "recording.failed",
                "hls.recording.success",
            ]
        );
        assert_documented(&state, "ingest.start.success", &[]);
        assert_documented(&state, "ingest.end.success", &[]);
        let end = &event(&state, "ingest.end.success").data;
        assert_eq!(end["reason"], "reconnection window expired");
        let seconds = end["duration"].as_i64();
        assert!(seconds.is_some_and(|seconds| (1200..1210).contains(&seconds)));
    }

    #[test]
    fn a_broken_ingestion_says_so_and_stops_its_stream() {
        let (mut state, room_id) = workspace();
        let room = room_id.parse().expect("an id");
        call(
            &mut state,
            &format!("/stream-keys/room/{room_id}"),
            json!({}),
        );
        ingests::connect(&mut state, room).expect("a connection");
        pass(&mut state, 60);
        ingests::fail(&mut state, room).expect("an ingestion");
        pass(&mut state, 5);
        assert_eq!(
            kinds(&state)[2..],
            ["ingest.failure", "hls.stopped.success", "recording.failed"]
        );
        assert_documented(&state, "ingest.failure", &[]);
    }
}
