//! The files of a job: kinds, paths and durations.

use serde_json::{Value, json};

use crate::{
    ids::ObjectId,
    rules::{contents::contents, storage::Storage},
    state::{
        State,
        job_settings::{Hls, Resolution, Vod, Work},
        media_jobs::MediaJob,
        recording_assets::{Asset, AssetKind, AssetStatus},
        stored_files::StoredFile,
    },
};

/// The job that the files belong to, and where they are stored.
#[derive(Debug)]
pub(crate) struct FileLocation {
    pub(crate) storage: Storage,
    pub(crate) job_id: ObjectId,
    pub(crate) room_id: ObjectId,
    pub(crate) session_id: ObjectId,
    /// Day and milliseconds of the start.
    pub(crate) date: String,
    pub(crate) epoch: i64,
    pub(crate) link_seconds: i64,
}

impl FileLocation {
    pub(crate) fn of_job(state: &State, job: &MediaJob) -> Self {
        let started_at = job.started_at.unwrap_or(job.created_at);
        let storage = Storage::of(state, state.rooms.of_id(job.room_id));
        Self {
            job_id: job.id,
            room_id: job.room_id,
            session_id: job.session_id,
            date: started_at.strftime("%Y%m%d").to_string(),
            epoch: started_at.as_millisecond(),
            link_seconds: job.settings.link_seconds.unwrap_or(storage.link_seconds),
            storage,
        }
    }

    /// Return the path of a file in one of the folders that all kinds of jobs use.
    pub(crate) fn path(&self, folder: &str, extension: &str) -> String {
        let (room_id, date, epoch) = (self.room_id, &self.date, self.epoch);
        format!("{folder}/{room_id}/{date}/Rec-{room_id}-{epoch}.{extension}")
    }

    /// Return the folder of a live stream's recordings.
    fn hls_folder(&self) -> String {
        format!("hls/{}/{}/{}", self.room_id, self.date, self.epoch)
    }

    fn layer_path(&self, layer: usize) -> String {
        let name = format!("Rec-{}-{}-{layer}.mp4", self.room_id, self.epoch);
        format!("{}/file-recording/{name}", self.hls_folder())
    }

    fn vod_path(&self, vod: &Vod) -> String {
        let name = if vod.zipped {
            format!("Rec-{}-{}.zip", self.room_id, self.epoch)
        } else {
            "master.m3u8".to_owned()
        };
        format!("{}/vod/{name}", self.hls_folder())
    }

    /// Return a file at a path below the prefix of the storage.
    pub(crate) fn file(
        &self,
        state: &State,
        kind: AssetKind,
        path: &str,
        duration: i64,
    ) -> StoredFile {
        let job = state.media_jobs.of_id(self.job_id);
        let length = contents(state, kind, path, job).bytes.len();
        StoredFile {
            path: self.storage.path(path),
            size: i64::try_from(length).unwrap_or(i64::MAX),
            generated: false,
            duration,
        }
    }
}

/// A future file.
struct PlannedFile {
    kind: AssetKind,
    path: String,
    duration: i64,
    metadata: Value,
}

/// Create the files of a job that has recorded.
pub(crate) fn create(state: &mut State, job_id: ObjectId) {
    let Some(job) = state.media_jobs.of_id(job_id) else {
        return;
    };
    let location = FileLocation::of_job(state, job);
    let now = state.now();
    for (planned, id) in add_assets(state, job_id) {
        let file = location.file(state, planned.kind, &planned.path, planned.duration);
        if let Some(asset) = state.recording_assets.of_id_mut(id) {
            asset.complete(file, now);
        }
    }
}

/// Mark the files of a job as failed.
pub(crate) fn mark_failed(state: &mut State, job_id: ObjectId) {
    for (_, id) in add_assets(state, job_id) {
        if let Some(asset) = state.recording_assets.of_id_mut(id) {
            asset.status = AssetStatus::Failed;
        }
    }
}

/// Add an asset that has no file yet.
pub(crate) fn add_asset(
    state: &mut State,
    location: &FileLocation,
    kind: AssetKind,
    metadata: Value,
) -> ObjectId {
    let id = state.new_id();
    state.recording_assets.add(Asset {
        id,
        job_id: location.job_id,
        room_id: location.room_id,
        session_id: location.session_id,
        kind,
        status: AssetStatus::Processing,
        file: None,
        created_at: state.now(),
        metadata,
        link_seconds: location.link_seconds,
    });
    id
}

fn add_assets(state: &mut State, job_id: ObjectId) -> Vec<(PlannedFile, ObjectId)> {
    let Some(job) = state.media_jobs.of_id(job_id) else {
        return Vec::new();
    };
    let location = FileLocation::of_job(state, job);
    let added: Vec<_> = planned(job, &location)
        .into_iter()
        .map(|planned| {
            let metadata = planned.metadata.clone();
            let id = add_asset(state, &location, planned.kind, metadata);
            (planned, id)
        })
        .collect();
    if let Some(job) = state.media_jobs.of_id_mut(job_id) {
        job.asset_ids.extend(added.iter().map(|(_, id)| *id));
    }
    added
}

fn planned(job: &MediaJob, location: &FileLocation) -> Vec<PlannedFile> {
    let seconds = job.recorded_seconds();
    let composite = |metadata: Value| PlannedFile {
        kind: AssetKind::RoomComposite,
        path: location.path("beam", "mp4"),
        duration: seconds,
        metadata,
    };
    let chat = || PlannedFile {
        kind: AssetKind::Chat,
        path: location.path("chat", "csv"),
        duration: 0,
        metadata: json!({}),
    };
    match &job.settings.work {
        Work::Recording {
            audio_only: true, ..
        } => vec![composite(json!({})), chat()],
        Work::Recording { resolution, .. } => {
            vec![composite(json!({"resolution": resolution})), chat()]
        }
        Work::ExternalStream { resolution, .. } => {
            vec![composite(json!({"resolution": resolution}))]
        }
        Work::LiveStream(hls) => {
            let mut planned = layers(location, hls, seconds);
            let layers = &hls.recorded_layers;
            let vod = hls.vod.as_ref();
            planned.extend(vod.map(|kept| self::vod(location, kept, layers, seconds)));
            planned.push(chat());
            planned
        }
    }
}

fn layers(location: &FileLocation, hls: &Hls, seconds: i64) -> Vec<PlannedFile> {
    if !hls.file_per_layer {
        return Vec::new();
    }
    let layers = hls.recorded_layers.iter().enumerate();
    layers
        .map(|(number, layer)| PlannedFile {
            kind: AssetKind::RoomComposite,
            path: location.layer_path(number),
            duration: seconds,
            metadata: json!({"resolution": layer, "layer": number.to_string()}),
        })
        .collect()
}

fn vod(location: &FileLocation, vod: &Vod, layers: &[Resolution], seconds: i64) -> PlannedFile {
    PlannedFile {
        kind: AssetKind::RoomVod,
        path: location.vod_path(vod),
        duration: seconds,
        metadata: json!({
            "num_layers": layers.len().to_string(), "max_width": layers[0].width, "max_height": layers[0].height,
        }),
    }
}
