//! The events that jobs send: `beam.*` for recordings and external streams, `hls.*` for live streams.

use serde_json::{Value, json};

use super::{
    live_streams::playback_url,
    media_job_assets::Place,
    media_job_settings::{Vod, Work},
    media_jobs::{JobError, JobKind, MediaJob, STARTING_SECONDS},
    media_storage::signed_link,
    recording_assets::{Asset, AssetKind},
};
use crate::{
    clock::text,
    ids::{ObjectId, uuid},
    state::State,
};

/// The bot is in the room.
pub(super) fn started(state: &mut State, id: ObjectId) {
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

/// The bot is out of the room.
pub(super) fn stopped(state: &mut State, id: ObjectId, reason: &str) {
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

/// Something went wrong.
pub(super) fn failed(state: &mut State, id: ObjectId, error: JobError) {
    emit(state, id, ["beam.failure", "hls.failure"], |state, job| {
        let mut data = of_run(state, job);
        data["duration"] = job.seconds().into();
        data["error_code"] = 1.into();
        data["error_type"] = error.word().into();
        data["error_message"] = error.text().into();
        data
    });
}

/// The files are in the storage.
pub(super) fn recorded(state: &mut State, id: ObjectId) {
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
            path_and_link(&mut data, "chat_recording", of_kind(AssetKind::Chat));
            if let Work::LiveStream(hls) = &job.settings.work {
                data["recording_created_at"] = text(state.now()).into();
                let asset = of_kind(AssetKind::RoomVod);
                path_and_link(&mut data, "hls_vod_recording", asset);
                if let Some(file) = asset.and_then(|asset| asset.file.as_ref()) {
                    data["hls_vod_recording_size"] = file.size.into();
                }
                if let Some(vod) = &hls.vod {
                    data["recording_thumbnails"] = thumbnails(state, job, vod);
                }
                data["recording_single_files"] = single_files(&assets);
            } else {
                data["peer_id"] = job.peer_id.as_str().into();
                data["created_at"] = text(state.now()).into();
                let video = of_kind(AssetKind::RoomComposite);
                path_and_link(&mut data, "recording", video);
                let file = video.and_then(|video| video.file.as_ref());
                data["size"] = file.map_or(0, |file| file.size).into();
                rtmp(job, &mut data);
            }
            data
        },
    );
}

/// Emits the first kind of event for beams, the second for HLS.
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

/// What all of these events tell.
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

/// What the events of a run tell, from its start to its end.
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

fn path_and_link(data: &mut Value, name: &str, asset: Option<&Asset>) {
    if let Some((path, link)) = asset.and_then(Asset::path_and_link) {
        data[format!("{name}_path")] = path.into();
        data[format!("{name}_presigned_url")] = link.into();
    }
}

/// The recordings of single layers.
fn single_files(assets: &[&Asset]) -> Value {
    let files = assets.iter().filter_map(|asset| {
        let (path, link) = asset.path_and_link()?;
        let resolution = &asset.metadata["resolution"];
        Some(json!({
            "asset_id": asset.id, "layer": asset.metadata.get("layer")?, "recording_path": path,
            "recording_presigned_url": link, "size": asset.file.as_ref()?.size,
            "width": resolution["width"], "height": resolution["height"],
        }))
    });
    files.collect()
}

fn thumbnails(state: &State, job: &MediaJob, vod: &Vod) -> Value {
    let place = Place::of_job(state, job);
    let taken = vod.thumbnails.iter();
    let taken = taken.filter(|thumbnail| thumbnail.offset <= job.recorded_seconds());
    let thumbnails = taken.map(|thumbnail| {
        let path = place.thumbnail(thumbnail.offset);
        let link = signed_link(&path, place.link_seconds);
        json!({
            "width": thumbnail.size.width, "height": thumbnail.size.height, "offset": thumbnail.offset,
            "location": path, "url": link,
        })
    });
    thumbnails.collect()
}
