//! Composite recordings of rooms: `/recordings`.

use serde::Serialize;
use serde_json::Value;

use super::{
    media_job_answers::{JobAnswer, assets, job_answer},
    media_job_settings::{
        self as settings, Configuration, JobSettings, RESOLUTION, Resolution, Work,
    },
    media_jobs::{self, JobKind, MediaJob},
    media_storage::setting,
    recording_assets::{AssetKind, EmbeddedAsset},
    rooms::Room,
    templates::Template,
    transcriptions::{self, TRANSCRIPTION, Transcription},
};
use crate::{
    answer::{Answer, ApiError},
    ids::ObjectId,
    operations::Operation,
    request::Request,
    shape::{Shape, optional},
    state::State,
};

pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::new("recordings.list", "GET", "/recordings", list),
    Operation::new(
        "recordings.pause",
        "POST",
        "/recordings/room/{room_id}/pause",
        pause,
    ),
    Operation::new(
        "recordings.resume",
        "POST",
        "/recordings/room/{room_id}/resume",
        resume,
    ),
    Operation::new(
        "recordings.start",
        "POST",
        "/recordings/room/{room_id}/start",
        start,
    ),
    Operation::new(
        "recordings.stop_all",
        "POST",
        "/recordings/room/{room_id}/stop",
        stop_all,
    ),
    Operation::new("recordings.get", "GET", "/recordings/{recording_id}", get),
    Operation::new(
        "recordings.get_config",
        "GET",
        "/recordings/{recording_id}/config",
        get_config,
    ),
    Operation::new(
        "recordings.stop",
        "POST",
        "/recordings/{recording_id}/stop",
        stop,
    ),
];

const KIND: JobKind = JobKind::Recording;

const START: Shape = Shape::Object(&[
    optional("meeting_url", Shape::Text),
    optional("resolution", RESOLUTION),
    optional("destination", Shape::Text),
    optional("audio_only", Shape::Bool),
    optional("transcription", TRANSCRIPTION),
]);

fn start(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let room_id = media_jobs::room_id(state, request)?;
    let body = settings::start_body(request, &START)?;
    let room = state.rooms.enabled(request.argument("room_id"))?;
    let template = state.templates.of(room);
    let (name, config) =
        settings::configuration(&configurations(template), body)?.unwrap_or(("", &Value::Null));
    let meeting_url = settings::meeting_url(state, room, config, body)?;
    let composite = composite(config);
    let settings = JobSettings {
        work: Work::Recording {
            resolution: settings::resolution(body, composite)?,
            audio_only: body["audio_only"] == true,
        },
        transcription: transcriptions::wanted(&body["transcription"], template),
        ..from_template(name, config, meeting_url)
    };
    let id = media_jobs::start(state, room_id, settings)?;
    answer(state, id, |job| RecordingAnswer {
        destination: job.settings.destination.as_deref(),
        ..without_assets(job)
    })
}

/// The configurations of recordings that a template has, in both of the places where it may have them.
fn configurations(template: &Template) -> Vec<Configuration<'_>> {
    let by_browser = template
        .recordings
        .iter()
        .filter(|config| config["compositeRecording"]["browserComposite"].is_object())
        .filter_map(|config| Some((config["name"].as_str()?, config)));
    let mut all: Vec<Configuration<'_>> = by_browser.collect();
    all.extend(settings::destinations(template, "browserRecordings"));
    all
}

/// The part of a configuration with size and automatic start and stop.
fn composite(config: &Value) -> &Value {
    match &config["compositeRecording"]["browserComposite"] {
        Value::Null => config,
        composite => composite,
    }
}

/// Settings as the template has them, with nothing transcribed.
fn from_template(name: &str, config: &Value, meeting_url: String) -> JobSettings {
    let composite = composite(config);
    JobSettings {
        destination: Some(name.to_owned()).filter(|name| !name.is_empty()),
        meeting_url,
        max_duration_seconds: settings::max_duration_seconds(config),
        auto_stop_seconds: settings::auto_stop_seconds(composite),
        link_seconds: setting(config, "presignDuration"),
        transcription: None,
        work: Work::Recording {
            resolution: Resolution::of(composite).unwrap_or(Resolution::HD),
            audio_only: false,
        },
    }
}

/// Start the recording that the template wants with the first peer in the room.
pub(super) fn auto_start(state: &mut State, session_id: ObjectId) {
    let Some(session) = state.sessions.of_id(session_id) else {
        return;
    };
    let room = state.rooms.of_id(session.room_id);
    let room_id = room.id;
    if let Some(settings) = automatic(room, state.templates.of(room)) {
        // Refused only when the room is being recorded already, which is as good.
        let _ = media_jobs::start(state, room_id, settings);
    }
}

fn automatic(room: &Room, template: &Template) -> Option<JobSettings> {
    let configurations = configurations(template);
    let (name, config) = configurations
        .iter()
        .find(|(_, config)| composite(config)["autoStart"] == true)?;
    let meeting_url = settings::default_meeting_url(room, config);
    Some(JobSettings {
        transcription: transcriptions::wanted(&Value::Null, template),
        ..from_template(name, config, meeting_url)
    })
}

fn stop_all(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let ids = media_jobs::stop_all(state, request, KIND)?;
    let jobs = ids.iter().filter_map(|id| state.media_jobs.of_id(*id));
    Ok(Answer::ok(&Stopped {
        limit: ids.len(),
        data: jobs.map(without_assets).collect(),
        last: ids.last().copied(),
    }))
}

fn stop(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let id = media_jobs::stop_one(state, request.argument("recording_id"), KIND)?;
    answer(state, id, without_assets)
}

fn pause(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let room_id = media_jobs::room_id(state, request)?;
    let id = media_jobs::running(state, room_id, KIND)?;
    media_jobs::pause(state, id);
    answer(state, id, without_asset_types)
}

fn resume(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let room_id = media_jobs::room_id(state, request)?;
    let id = media_jobs::running(state, room_id, KIND)?;
    media_jobs::resume(state, id);
    answer(state, id, without_asset_types)
}

fn list(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    media_jobs::list(state, request, KIND, |_, job| RecordingAnswer {
        recording_assets: AssetsAnswer::LeftOut,
        ..without_assets(job)
    })
}

fn get(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let job = state
        .media_jobs
        .get(request.argument("recording_id"), KIND)?;
    Ok(Answer::ok(&RecordingAnswer {
        recording_assets: AssetsAnswer::Shown(assets(state, job)),
        ..without_assets(job)
    }))
}

/// The settings in force; the service documents no shape for them.
fn get_config(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let job = state
        .media_jobs
        .get(request.argument("recording_id"), KIND)?;
    let settings = &job.settings;
    Ok(Answer::ok(&Config {
        meeting_url: &settings.meeting_url,
        resolution: settings.resolution(),
        destination: settings.destination.as_deref(),
        audio_only: is_audio_only(job),
        max_duration: settings.max_duration_seconds,
        auto_stop_timeout: settings.auto_stop_seconds,
        transcription: settings.transcription.as_ref(),
    }))
}

#[derive(Debug, Serialize)]
struct Config<'a> {
    meeting_url: &'a str,
    resolution: Resolution,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination: Option<&'a str>,
    audio_only: bool,
    max_duration: i64,
    auto_stop_timeout: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    transcription: Option<&'a Transcription>,
}

fn is_audio_only(job: &MediaJob) -> bool {
    matches!(
        job.settings.work,
        Work::Recording {
            audio_only: true,
            ..
        }
    )
}

#[derive(Debug, Serialize)]
struct Stopped<'a> {
    limit: usize,
    data: Vec<RecordingAnswer<'a>>,
    last: Option<ObjectId>,
}

/// A recording as answered. The answers differ in what they leave out or null, as the documented ones do.
#[derive(Debug, Serialize)]
struct RecordingAnswer<'a> {
    #[serde(flatten)]
    job: JobAnswer<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    destination: Option<&'a str>,
    asset_types: Option<Vec<AssetKind>>,
    #[serde(skip_serializing_if = "AssetsAnswer::is_left_out")]
    recording_assets: AssetsAnswer<'a>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum AssetsAnswer<'a> {
    LeftOut,
    Shown(Option<Vec<EmbeddedAsset<'a>>>),
}

impl AssetsAnswer<'_> {
    fn is_left_out(&self) -> bool {
        matches!(self, Self::LeftOut)
    }
}

fn answer<'a>(
    state: &'a State,
    id: ObjectId,
    of: impl FnOnce(&'a MediaJob) -> RecordingAnswer<'a>,
) -> Result<Answer, ApiError> {
    let job = state.media_jobs.of_id(id);
    Ok(Answer::ok(&of(job.ok_or_else(media_jobs::beam_not_found)?)))
}

fn without_assets(job: &MediaJob) -> RecordingAnswer<'_> {
    let mut types = vec![AssetKind::RoomComposite, AssetKind::Chat];
    if let Some(transcription) = &job.settings.transcription {
        types.push(AssetKind::Transcript);
        types.extend(transcription.summary.as_ref().map(|_| AssetKind::Summary));
    }
    RecordingAnswer {
        job: job_answer(job),
        destination: None,
        asset_types: Some(types),
        recording_assets: AssetsAnswer::Shown(None),
    }
}

fn without_asset_types(job: &MediaJob) -> RecordingAnswer<'_> {
    RecordingAnswer {
        destination: job.settings.destination.as_deref(),
        asset_types: None,
        ..without_assets(job)
    }
}
