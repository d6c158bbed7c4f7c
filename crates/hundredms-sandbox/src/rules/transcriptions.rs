//! Transcripts and summaries of recordings: when they are enabled, and how they are created after the recording.

use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use crate::{
    clock,
    ids::{ObjectId, uuid},
    rules::job_files::{self as files, FileLocation},
    state::{
        Action, State,
        media_jobs::MediaJob,
        recording_assets::{Asset, AssetKind, AssetStatus},
        templates::Template,
        transcriptions::{MODES, RunningTranscription, Transcription},
    },
};

/// A transcript takes a fifth of the length of the recording, and at least five minutes.
const LEAST_SECONDS: i64 = 300;

/// Return the transcription after a recording, from the body and the template.
pub(crate) fn wanted(asked: &Value, template: &Template) -> Option<Transcription> {
    wanted_in_mode("recorded", asked, template).map(|own| {
        let either = |key: &str, key_of_template: &str| match &asked[key] {
            Value::Null => own[key_of_template].clone(),
            asked => asked.clone(),
        };
        let texts = |value: &Value| -> Vec<String> {
            let texts = value.as_array().into_iter().flatten();
            texts
                .filter_map(|text| text.as_str().map(str::to_owned))
                .collect()
        };
        let mut output_modes = texts(&either("output_modes", "outputModes"));
        if output_modes.is_empty() {
            output_modes = MODES.iter().map(|mode| (*mode).to_owned()).collect();
        }
        Transcription {
            output_modes,
            custom_vocabulary: texts(&either("custom_vocabulary", "customVocabulary")),
            summary: Some(either("summary", "summary"))
                .filter(|summary| summary["enabled"] == true),
        }
    })
}

/// Whether the body, or else the template, enables captions in the stream.
pub(crate) fn wants_captions(asked: &Value, template: &Template) -> bool {
    wanted_in_mode("live", asked, template).is_some()
}

/// Return the template's configuration for a mode (null when it has none), if the mode is on. `enabled` may be left out of
/// the body only where the template has the mode on. A list of modes that is missing means `recorded`.
fn wanted_in_mode<'a>(mode: &str, asked: &Value, template: &'a Template) -> Option<&'a Value> {
    const NONE: &Value = &Value::Null;
    let is_in = |modes: &Value| match modes.as_array() {
        Some(modes) => modes.iter().any(|word| word == mode),
        None => mode == "recorded",
    };
    let configured = template.destinations["transcriptions"].as_object();
    let own = configured
        .into_iter()
        .flat_map(Map::values)
        .find(|config| is_in(&config["modes"]));
    let asked_for_mode = asked["modes"].is_null() || is_in(&asked["modes"]);
    match asked["enabled"].as_bool() {
        Some(true) if asked["modes"].is_null() => own.or((mode == "recorded").then_some(NONE)),
        Some(true) => asked_for_mode.then_some(own.unwrap_or(NONE)),
        Some(false) => None,
        None => own.filter(|_| asked_for_mode),
    }
}

/// Start the transcription of a job that has recorded, if its settings ask for it.
pub(crate) fn begin(state: &mut State, job_id: ObjectId) {
    let Some(job) = state.media_jobs.of_id(job_id) else {
        return;
    };
    let Some(transcription) = job.settings.transcription.clone() else {
        return;
    };
    let seconds = job.recorded_seconds();
    let location = FileLocation::of_job(state, job);
    let id = state.new_id();
    let mut asset_ids = Vec::new();
    for mode in &transcription.output_modes {
        let metadata = json!({"output_mode": mode});
        asset_ids.push(files::add_asset(
            state,
            &location,
            AssetKind::Transcript,
            metadata,
        ));
    }
    if transcription.summary.is_some() {
        let metadata = json!({"output_mode": "json"});
        asset_ids.push(files::add_asset(
            state,
            &location,
            AssetKind::Summary,
            metadata,
        ));
    }
    if let Some(job) = state.media_jobs.of_id_mut(job_id) {
        job.asset_ids.extend(&asset_ids);
    }
    let run = RunningTranscription { id, asset_ids };
    state.transcriptions.running.insert(job_id, run.clone());
    emit(state, "transcription.started.success", job_id, &run);
    let takes = SignedDuration::from_secs(LEAST_SECONDS.max(seconds / 5));
    if let Ok(at) = state.now().checked_add(takes) {
        state.schedule(at, FINISH, job_id.to_string());
    }
}

const FINISH: Action = Action {
    run: finish,
    applies: |state, job_id| {
        let id = job_id.parse().ok();
        id.is_some_and(|id| state.transcriptions.running.contains_key(&id))
    },
};

fn finish(state: &mut State, job_id: &str) {
    let Ok(job_id) = job_id.parse() else { return };
    let Some(run) = state.transcriptions.running.remove(&job_id) else {
        return;
    };
    let now = state.now();
    let Some(job) = state.media_jobs.of_id(job_id) else {
        return;
    };
    let (location, seconds) = (FileLocation::of_job(state, job), job.recorded_seconds());
    for id in &run.asset_ids {
        let Some(asset) = state.recording_assets.of_id(*id) else {
            continue;
        };
        let kind = asset.kind;
        let path = match kind {
            AssetKind::Summary => location.path("summary", "json"),
            _ => location.path("transcript", mode_of(asset)),
        };
        let file = location.file(state, kind, &path, seconds);
        if let Some(asset) = state.recording_assets.of_id_mut(*id) {
            asset.complete(file, now);
        }
    }
    emit(state, "transcription.success", job_id, &run);
}

/// End the transcription of a job without its files. False when none is running.
pub(crate) fn fail(state: &mut State, job_id: ObjectId) -> bool {
    let Some(run) = state.transcriptions.running.remove(&job_id) else {
        return false;
    };
    for id in &run.asset_ids {
        if let Some(asset) = state.recording_assets.of_id_mut(*id) {
            asset.status = AssetStatus::Failed;
        }
    }
    emit(state, "transcription.failure", job_id, &run);
    true
}

fn mode_of(asset: &Asset) -> &str {
    asset.metadata["output_mode"].as_str().unwrap_or("json")
}

fn emit(state: &mut State, kind: &'static str, job_id: ObjectId, run: &RunningTranscription) {
    if let Some(job) = state.media_jobs.of_id(job_id) {
        let (room_id, data) = (job.room_id, data(state, job, run));
        state.emit(kind, room_id, data);
    }
}

/// Return the data of an event: the ids of the assets, and path and link of those that have a file.
fn data(state: &State, job: &MediaJob, run: &RunningTranscription) -> Value {
    let mut data = json!({
        "account_id": state.customer_id, "app_id": state.app_id, "recording_id": job.id, "room_id": job.room_id,
        "room_name": state.rooms.of_id(job.room_id).name, "session_id": job.session_id, "metadata_id": uuid(),
        "transcription_id": run.id, "metadata_timestamp": clock::text(state.now()),
        "duration": job.recorded_seconds(),
    });
    let assets = run.asset_ids.iter();
    for asset in assets.filter_map(|id| state.recording_assets.of_id(*id)) {
        let name = match asset.kind {
            AssetKind::Summary => "summary_json".to_owned(),
            _ => format!("transcript_{}", mode_of(asset)),
        };
        data[format!("{name}_asset_id")] = asset.id.to_string().into();
        if let Some((path, link)) = asset.path_and_link(state) {
            data[format!("{name}_path")] = path.into();
            data[format!("{name}_presigned_url")] = link.into();
        }
    }
    data
}
