//! The files of a job: kinds, paths, sizes, durations.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::{
    clock,
    ids::ObjectId,
    media::{self, Contents},
    rules::storage::{Storage, cdn_link},
    state::{
        State,
        job_settings::{Hls, Resolution, Vod, Work},
        media_jobs::MediaJob,
        recording_assets::{Asset, AssetKind, AssetStatus},
        stored_files::{StoredFile, below_scheme},
    },
};

/// Where viewers find the stream.
pub(crate) fn playback_url(job: &MediaJob) -> String {
    let path = match &job.settings.work {
        Work::LiveStream(hls) if hls.static_url => format!("static/{}", job.room_id),
        _ => format!("beam/{}/{}", job.id, job.created_at.strftime("%Y%m%d")),
    };
    cdn_link(&format!("{path}/master.m3u8"))
}

/// What the file at a path below its scheme holds; none when there is no such file.
pub(crate) fn contents(state: &State, path: &str) -> Option<Contents> {
    let assets = state.recording_assets.by_id.values();
    let mut files = assets.filter_map(|asset| Some((asset, asset.file.as_ref()?)));
    let found = files.find(|(_, file)| below_scheme(&file.path) == path);
    let Some((asset, file)) = found else {
        let assets = state.recording_assets.by_id.values();
        let mut pictures = assets.flat_map(|asset| asset.thumbnails.iter().flatten());
        let is_there = pictures.any(|picture| below_scheme(picture) == path);
        return is_there.then(|| Contents::of_path(path, 0, 0));
    };
    let mode = asset.metadata["output_mode"].as_str().unwrap_or("json");
    Some(match asset.kind {
        AssetKind::Chat => {
            let job = state.media_jobs.of_id(asset.job_id);
            Contents::text("text/csv", chat(state, job))
        }
        AssetKind::Transcript => {
            let kind = match mode {
                "txt" => "text/plain",
                "srt" => "application/x-subrip",
                _ => "application/json",
            };
            Contents::text(kind, media::transcript(mode, file.duration))
        }
        AssetKind::Summary => Contents::text("application/json", media::summary(file.duration)),
        _ => {
            let size = u64::try_from(file.size).unwrap_or(0);
            Contents::of_path(path, size, file.duration)
        }
    })
}

/// The first line of every chat file.
const CHAT_HEADER: &str = "SenderPeerID,SenderName,SenderUserID,Roles,SentAt,Type,Message\n";

/// Bytes a second of sound, and of picture by pixels.
const SOUND: i64 = 16_000;
const PIXELS_PER_BYTE: i64 = 9;

/// Whose files they are, and where they go.
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

    fn file(&self, folder: &str, end: &str, size: i64, duration: i64) -> StoredFile {
        let (room_id, date, epoch) = (self.room_id, &self.date, self.epoch);
        let below = format!("{folder}/{room_id}/{date}/Rec-{room_id}-{epoch}{end}");
        self.at(&below, size, duration)
    }

    pub(crate) fn at(&self, below: &str, size: i64, duration: i64) -> StoredFile {
        StoredFile {
            path: self.storage.path(below),
            size,
            duration,
            on_cdn: false,
        }
    }

    pub(crate) fn chat(&self, size: i64) -> StoredFile {
        self.file("chat", ".csv", size, 0)
    }

    pub(crate) fn transcript(&self, mode: &str, seconds: i64) -> StoredFile {
        let size = length(&media::transcript(mode, seconds));
        self.file("transcript", &format!(".{mode}"), size, seconds)
    }

    pub(crate) fn summary(&self, seconds: i64) -> StoredFile {
        let size = length(&media::summary(seconds));
        self.file("summary", ".json", size, seconds)
    }

    /// The folder of a live stream's recordings.
    fn hls_folder(&self) -> String {
        format!("hls/{}/{}/{}", self.room_id, self.date, self.epoch)
    }

    fn layer(&self, layer: usize, resolution: Resolution, seconds: i64) -> StoredFile {
        let name = format!("Rec-{}-{}-{layer}.mp4", self.room_id, self.epoch);
        let below = format!("{}/file-recording/{name}", self.hls_folder());
        self.at(&below, video_size(resolution, seconds), seconds)
    }

    fn vod(&self, vod: &Vod, layers: &[Resolution], seconds: i64) -> StoredFile {
        let name = if vod.zipped {
            format!("Rec-{}-{}.zip", self.room_id, self.epoch)
        } else {
            "master.m3u8".to_owned()
        };
        let sizes = layers.iter();
        let size = sizes.map(|layer| video_size(*layer, seconds)).sum();
        StoredFile {
            on_cdn: self.storage.hosted && !vod.zipped,
            ..self.at(&format!("{}/vod/{name}", self.hls_folder()), size, seconds)
        }
    }

    /// The path of a thumbnail by its offset.
    pub(crate) fn thumbnail(&self, offset: i64) -> String {
        let below = format!("{}/thumbs/{offset}.png", self.hls_folder());
        self.storage.path(&below)
    }
}

pub(crate) fn video_size(resolution: Resolution, seconds: i64) -> i64 {
    seconds * (SOUND + resolution.width * resolution.height / PIXELS_PER_BYTE)
}

/// A future file: its contents, kind and metadata.
struct PlannedFile {
    kind: AssetKind,
    file: StoredFile,
    thumbnails: Option<Vec<String>>,
    metadata: Value,
}

/// Create the files of a job that has recorded.
pub(crate) fn create(state: &mut State, job_id: ObjectId) {
    let now = state.now();
    for (planned, id) in add_assets(state, job_id) {
        if let Some(asset) = state.recording_assets.of_id_mut(id) {
            asset.thumbnails = planned.thumbnails;
            asset.complete(planned.file, now);
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
        thumbnails: None,
        metadata,
        link_seconds: location.link_seconds,
    });
    id
}

fn add_assets(state: &mut State, job_id: ObjectId) -> Vec<(PlannedFile, ObjectId)> {
    let Some(job) = state.media_jobs.of_id(job_id) else {
        return Vec::new();
    };
    let (location, planned) = (FileLocation::of_job(state, job), planned(state, job));
    let added: Vec<_> = planned
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

fn planned(state: &State, job: &MediaJob) -> Vec<PlannedFile> {
    let location = FileLocation::of_job(state, job);
    let seconds = job.recorded_seconds();
    let composite = |resolution: Resolution| {
        let size = video_size(resolution, seconds);
        PlannedFile {
            kind: AssetKind::RoomComposite,
            file: location.file("beam", ".mp4", size, seconds),
            thumbnails: None,
            metadata: json!({"resolution": resolution}),
        }
    };
    let chat = || PlannedFile {
        kind: AssetKind::Chat,
        file: location.chat(length(&chat(state, Some(job)))),
        thumbnails: None,
        metadata: json!({}),
    };
    match &job.settings.work {
        Work::Recording {
            audio_only: true, ..
        } => {
            let sound = PlannedFile {
                kind: AssetKind::RoomComposite,
                file: location.file("beam", ".mp4", seconds * SOUND, seconds),
                thumbnails: None,
                metadata: json!({}),
            };
            vec![sound, chat()]
        }
        Work::Recording { resolution, .. } => vec![composite(*resolution), chat()],
        Work::ExternalStream { resolution, .. } => vec![PlannedFile {
            thumbnails: Some(Vec::new()),
            ..composite(*resolution)
        }],
        Work::LiveStream(hls) => {
            let mut planned = layers(&location, hls, seconds);
            let layers = &hls.recorded_layers;
            planned.extend(
                hls.vod
                    .iter()
                    .map(|kept| vod(&location, kept, layers, seconds)),
            );
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
            file: location.layer(number, *layer, seconds),
            thumbnails: None,
            metadata: json!({"resolution": layer, "layer": number.to_string()}),
        })
        .collect()
}

fn vod(location: &FileLocation, vod: &Vod, layers: &[Resolution], seconds: i64) -> PlannedFile {
    let taken = vod.thumbnails.iter().map(|thumbnail| thumbnail.offset);
    let thumbnails: Vec<String> = taken
        .filter(|offset| *offset <= seconds)
        .map(|offset| location.thumbnail(offset))
        .collect();
    PlannedFile {
        kind: AssetKind::RoomVod,
        file: location.vod(vod, layers, seconds),
        thumbnails: (!thumbnails.is_empty()).then_some(thumbnails),
        metadata: json!({
            "num_layers": layers.len().to_string(), "max_width": layers[0].width, "max_height": layers[0].height,
        }),
    }
}

/// The chat file: a line for each message of the time that the job ran.
pub(crate) fn chat(state: &State, job: Option<&MediaJob>) -> String {
    let mut text = CHAT_HEADER.to_owned();
    let Some(job) = job else { return text };
    let from = job.started_at.unwrap_or(job.created_at);
    let to = job.stopped_at.unwrap_or(job.updated_at);
    let messages = state.sessions.of_id(job.session_id);
    let messages = messages.into_iter().flat_map(|session| &session.messages);
    for message in messages.filter(|message| from <= message.sent_at && message.sent_at <= to) {
        let (at, kind) = (clock::text(message.sent_at), quoted(&message.kind));
        let _ = writeln!(text, ",,,,{at},{kind},{}", quoted(&message.message));
    }
    text
}

/// A value of a CSV file.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('"', "\"\""))
}

fn length(text: &str) -> i64 {
    i64::try_from(text.len()).unwrap_or(i64::MAX)
}
