//! Automatic recordings of the media server, if room or template enable them: sessions as a whole (`recording.*`), single tracks,
//! and streams of peers. They cannot be started or stopped by API.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::{
    clock::text,
    ids::ObjectId,
    rules::{
        job_files::{self as files, FileLocation},
        storage::Storage,
    },
    state::{
        Action, State,
        recording_assets::AssetKind,
        rooms::Room,
        sessions::Session,
        sfu_recordings::{StreamRun, Upload},
        stored_files::StoredFile,
        templates::Template,
        track_change::{TrackChange, TrackEvent},
    },
};

/// Time from the end of a recording until its file is in the storage.
const UPLOAD_SECONDS: i64 = 10;

fn is_on(template: &Template, kind: &str) -> bool {
    let mut configs = template.recordings.iter();
    configs.any(|config| config[kind]["enabled"] == true)
}

/// Start and stop recordings when peers publish and unpublish.
pub(crate) fn track_changed(state: &mut State, change: &TrackChange<'_>) {
    match change.event {
        TrackEvent::Added => added(state, change),
        TrackEvent::Removed => removed(state, change),
        TrackEvent::Updated => {}
    }
}

fn added(state: &mut State, change: &TrackChange<'_>) {
    let Some(session) = state.sessions.of_id(change.session_id) else {
        return;
    };
    let (room_id, track) = (session.room_id, change.track);
    let template = state.templates.of(state.rooms.of_id(room_id));
    let records_tracks = is_on(template, "trackRecording");
    let records_streams = is_on(template, "streamRecording");
    let recordings = &mut state.sfu_recordings;
    recordings.with_media.insert(change.session_id);
    if records_streams {
        let run = recordings
            .streams
            .entry(track.stream_id.clone())
            .or_insert(StreamRun {
                started_at: track.started_at,
                tracks: 0,
                stream_type: "audio",
            });
        run.tracks += 1;
        if track.source == "screen" {
            run.stream_type = "screen";
        } else if track.kind == "video" {
            run.stream_type = "regular";
        }
    }
    if records_tracks {
        recordings.tracks.insert(track.id.clone());
        let data = of_track(room_id, change);
        state.emit("track.recording.started.success", room_id, data);
    }
}

fn removed(state: &mut State, change: &TrackChange<'_>) {
    let Some(session) = state.sessions.of_id(change.session_id) else {
        return;
    };
    let (room_id, track) = (session.room_id, change.track);
    if state.sfu_recordings.tracks.remove(&track.id) {
        let upload = of_whole_track(state.now(), session, change);
        start_upload(state, upload);
    }
    let Some(run) = state.sfu_recordings.streams.get_mut(&track.stream_id) else {
        return;
    };
    run.tracks -= 1;
    if run.tracks == 0 {
        let run = state.sfu_recordings.streams.remove(&track.stream_id);
        let upload = run.map(|run| of_stream(state, room_id, change, &run));
        if let Some(upload) = upload {
            start_upload(state, upload);
        }
    }
}

fn of_track(room_id: ObjectId, change: &TrackChange<'_>) -> Value {
    json!({
        "room_id": room_id, "session_id": change.session_id, "peer_id": change.peer_id,
        "stream_id": change.track.stream_id, "track_id": change.track.id, "track_type": change.track.kind,
    })
}

/// Return the folder of all that was recorded in a session.
fn folder(room_id: ObjectId, session_id: ObjectId, started_at: Timestamp) -> String {
    format!("{room_id}/{}/{session_id}", started_at.strftime("%Y%m%d"))
}

fn of_whole_track(now: Timestamp, session: &Session, change: &TrackChange<'_>) -> Upload {
    let track = change.track;
    let length = now.duration_since(track.started_at);
    let folder = folder(session.room_id, session.id, track.started_at);
    let mut data = of_track(session.room_id, change);
    data["duration"] = length.as_secs_f64().into();
    Upload {
        session_id: session.id,
        started_at: track.started_at,
        kind: AssetKind::Track,
        path: format!(
            "{folder}/{}/{}/{}.webm",
            change.peer_id, track.stream_id, track.id
        ),
        duration: length.as_secs(),
        metadata: json!({
            "track_id": track.id, "stream_id": track.stream_id, "peer_id": change.peer_id, "track_type": track.kind,
        }),
        event: "track.recording.success",
        data,
    }
}

fn of_stream(
    state: &State,
    room_id: ObjectId,
    change: &TrackChange<'_>,
    run: &StreamRun,
) -> Upload {
    let (session_id, stream_id) = (change.session_id, &change.track.stream_id);
    let seconds = state.now().duration_since(run.started_at).as_secs();
    let user_id = state
        .sessions
        .peer(change.peer_id)
        .map_or("", |(_, peer)| &peer.user_id);
    let folder = folder(room_id, session_id, run.started_at);
    Upload {
        session_id,
        started_at: run.started_at,
        kind: AssetKind::Stream,
        path: format!("{folder}/{}/{stream_id}.mp4", change.peer_id),
        duration: seconds,
        metadata: json!({
            "stream_id": stream_id, "peer_id": change.peer_id, "user_id": user_id, "stream_type": run.stream_type,
        }),
        event: "stream.recording.success",
        data: json!({
            "room_id": room_id, "session_id": session_id, "peer_id": change.peer_id, "stream_id": stream_id,
            "user_id": user_id, "duration": seconds, "stream_type": run.stream_type, "type": run.stream_type,
        }),
    }
}

/// Create the recording of an ended session, if the room has that enabled.
pub(crate) fn session_closed(state: &mut State, session_id: ObjectId) {
    let had_media = state.sfu_recordings.with_media.remove(&session_id);
    let Some(session) = state.sessions.of_id(session_id) else {
        return;
    };
    let room = state.rooms.of_id(session.room_id);
    if !records(room, state.templates.of(room)) {
        return;
    }
    let room_id = room.id;
    let (started_at, stopped_at) = (session.started_at, session.ended_at.unwrap_or(state.now()));
    let mut data = json!({
        "room_id": room_id, "room_name": room.name, "session_id": session_id, "template_id": room.template_id,
        "session_started_at": text(started_at), "session_stopped_at": text(stopped_at),
    });
    if !had_media {
        data["error"] = "No input streams available to create recording".into();
        data["error_type"] = "INPUT_ERROR".into();
        return state.emit("recording.failed", room_id, data);
    }
    let seconds = stopped_at.duration_since(started_at).as_secs();
    data["duration"] = seconds.into();
    let folder = folder(room_id, session_id, started_at);
    let epoch = started_at.as_millisecond();
    let upload = Upload {
        session_id,
        started_at,
        kind: AssetKind::RoomCompositeLegacy,
        path: format!("{folder}/Rec-{session_id}-{epoch}.mp4"),
        // As in the documented examples.
        duration: 0,
        metadata: json!({}),
        event: "recording.success",
        data,
    };
    start_upload(state, upload);
}

/// Whether the media server composes the sessions of a room: by its own setting, else by its template's.
fn records(room: &Room, template: &Template) -> bool {
    match &room.recording_info {
        Some(info) => info["enabled"] == true,
        None => template.sfu_recording(),
    }
}

fn start_upload(state: &mut State, upload: Upload) {
    let id = state.new_id();
    state.sfu_recordings.uploads.insert(id, upload);
    if let Ok(at) = state
        .now()
        .checked_add(SignedDuration::from_secs(UPLOAD_SECONDS))
    {
        state.schedule(at, FINISH_UPLOAD, id.to_string());
    }
}

const FINISH_UPLOAD: Action = Action {
    run: finish_upload,
    applies: |_, _| true,
};

/// Finish an upload. Its id is used as the id of the job, because there is no job.
fn finish_upload(state: &mut State, id: &str) {
    let Ok(job_id) = id.parse() else { return };
    let Some(mut upload) = state.sfu_recordings.uploads.remove(&job_id) else {
        return;
    };
    let Some(session) = state.sessions.of_id(upload.session_id) else {
        return;
    };
    let room_id = session.room_id;
    let storage = Storage::of(state, state.rooms.of_id(room_id));
    let location = FileLocation {
        job_id,
        room_id,
        session_id: upload.session_id,
        date: upload.started_at.strftime("%Y%m%d").to_string(),
        epoch: upload.started_at.as_millisecond(),
        link_seconds: storage.link_seconds,
        storage,
    };
    let file = location.file(state, upload.kind, &upload.path, upload.duration);
    let size = file.size;
    let id = add(state, &location, upload.kind, upload.metadata, file);
    upload.data["size"] = size.into();
    path_and_link(state, &mut upload.data, "recording", id);
    if upload.kind == AssetKind::RoomCompositeLegacy {
        let path = location.path("chat", "csv");
        let file = location.file(state, AssetKind::Chat, &path, 0);
        let chat = add(state, &location, AssetKind::Chat, json!({}), file);
        path_and_link(state, &mut upload.data, "chat_recording", chat);
    } else {
        upload.data["recording_id"] = id.to_string().into();
    }
    state.emit(upload.event, room_id, upload.data);
}

fn add(
    state: &mut State,
    location: &FileLocation,
    kind: AssetKind,
    metadata: Value,
    file: StoredFile,
) -> ObjectId {
    let now = state.now();
    let id = files::add_asset(state, location, kind, metadata);
    if let Some(asset) = state.recording_assets.of_id_mut(id) {
        asset.complete(file, now);
    }
    id
}

fn path_and_link(state: &State, data: &mut Value, name: &str, id: ObjectId) {
    let asset = state.recording_assets.of_id(id);
    if let Some((path, link)) = asset.and_then(|asset| asset.path_and_link(state)) {
        data[format!("{name}_path")] = path.into();
        data[format!("{name}_presigned_url")] = link.into();
    }
}
