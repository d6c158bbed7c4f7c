//! HLS live streams of rooms: `/live-streams`.

use serde::Serialize;
use serde_json::Value;

use super::{
    media_job_answers::{JobAnswer, STOPPED_LIMIT, StoppedStreams, assets, job_answer},
    media_job_settings::{
        self as settings, Hls, JobSettings, Resolution, Thumbnail, Vod, Work, start_body,
    },
    media_jobs::{self, JobKind, JobStatus, MediaJob},
    media_storage::{cdn_link, setting},
    recording_assets::EmbeddedAsset,
    transcriptions::{self, STREAM_TRANSCRIPTION},
};
use crate::{
    answer::{Answer, ApiError},
    ids::ObjectId,
    operations::Operation,
    request::Request,
    shape::{Shape, optional, required},
    state::State,
};

pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::new("live_streams.list", "GET", "/live-streams", list),
    Operation::new(
        "live_streams.start",
        "POST",
        "/live-streams/room/{room_id}/start",
        start,
    ),
    Operation::new(
        "live_streams.stop_all",
        "POST",
        "/live-streams/room/{room_id}/stop",
        stop_all,
    ),
    Operation::new("live_streams.get", "GET", "/live-streams/{stream_id}", get),
    Operation::new(
        "live_streams.pause_recording",
        "POST",
        "/live-streams/{stream_id}/pause-recording",
        pause_recording,
    ),
    Operation::new(
        "live_streams.resume_recording",
        "POST",
        "/live-streams/{stream_id}/resume-recording",
        resume_recording,
    ),
    Operation::new(
        "live_streams.stop",
        "POST",
        "/live-streams/{stream_id}/stop",
        stop,
    ),
    Operation::new(
        "live_streams.send_timed_metadata",
        "POST",
        "/live-streams/{stream_id}/timed-metadata",
        send_timed_metadata,
    ),
];

const KIND: JobKind = JobKind::LiveStream;

/// The default layers of a stream.
const LAYERS: [Resolution; 3] = [
    Resolution::HD,
    Resolution {
        width: 848,
        height: 480,
    },
    Resolution {
        width: 640,
        height: 360,
    },
];

const START: Shape = Shape::Object(&[
    optional("meeting_url", Shape::Text),
    optional(
        "recording",
        Shape::Object(&[
            optional("hls_vod", Shape::Bool),
            optional("single_file_per_layer", Shape::Bool),
        ]),
    ),
    optional("destination", Shape::Text),
    optional("transcription", STREAM_TRANSCRIPTION),
]);

fn start(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let room_id = media_jobs::room_id(state, request)?;
    let body = start_body(request, &START)?;
    let room = state.rooms.enabled(request.argument("room_id"))?;
    let configurations = settings::destinations(state.templates.of(room), "hlsDestinations");
    let (name, config) =
        settings::configuration(&configurations, body)?.unwrap_or(("", &Value::Null));
    let meeting_url = settings::meeting_url(state, room, config, body)?;
    let settings = stream_settings(state, room_id, name, config, body, meeting_url);
    let id = media_jobs::start(state, room_id, settings)?;
    answer(state, id)
}

/// Start the stream that an encoder feeds, by the template's first destination.
pub(super) fn start_fed(state: &mut State, room_id: ObjectId) -> Result<ObjectId, ApiError> {
    let room = state.rooms.of_id(room_id);
    let configurations = settings::destinations(state.templates.of(room), "hlsDestinations");
    let (name, config) = configurations
        .first()
        .copied()
        .unwrap_or(("", &Value::Null));
    let meeting_url = settings::default_meeting_url(room, config);
    let settings = stream_settings(state, room_id, name, config, &Value::Null, meeting_url);
    media_jobs::start(state, room_id, settings)
}

fn stream_settings(
    state: &State,
    room_id: ObjectId,
    name: &str,
    config: &Value,
    body: &Value,
    meeting_url: String,
) -> JobSettings {
    let template = state.templates.of(state.rooms.of_id(room_id));
    let recording = &config["recording"];
    let either = |key: &str, key_of_template: &str| match body["recording"].as_object() {
        Some(asked) => asked.get(key).is_some_and(|on| *on == true),
        None => recording[key_of_template] == true,
    };
    let layers = layers(&config["layers"]).unwrap_or(LAYERS.to_vec());
    let asked = &body["transcription"];
    JobSettings {
        destination: Some(name.to_owned()),
        meeting_url,
        max_duration_seconds: settings::max_duration_seconds(config),
        auto_stop_seconds: settings::auto_stop_seconds(config),
        link_seconds: setting(recording, "presignDuration"),
        transcription: transcriptions::wanted(asked, template),
        work: Work::LiveStream(Hls {
            recorded_layers: self::layers(&recording["layers"]).unwrap_or(layers.clone()),
            layers,
            vod: either("hls_vod", "hlsVod").then(|| Vod {
                zipped: recording["enableZipUpload"] == true,
                thumbnails: thumbnails(&recording["thumbnails"]),
            }),
            file_per_layer: either("single_file_per_layer", "singleFilePerLayer"),
            static_url: config["enableStaticUrl"] == true,
            captions: transcriptions::wants_captions(asked, template),
        }),
    }
}

/// The layers of a configuration. Layers without a size are skipped, as in a documented example.
fn layers(list: &Value) -> Option<Vec<Resolution>> {
    let layers = list.as_array()?.iter();
    let layers: Vec<Resolution> = layers.filter_map(Resolution::of).collect();
    (!layers.is_empty()).then_some(layers)
}

fn thumbnails(config: &Value) -> Vec<Thumbnail> {
    let size = Resolution::of(config).unwrap_or(Resolution::HD);
    let offsets = config["offsets"].as_array().into_iter().flatten();
    offsets
        .filter(|_| config["enabled"] == true)
        .filter_map(Value::as_i64)
        .map(|offset| Thumbnail { size, offset })
        .collect()
}

fn stop_all(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let ids = media_jobs::stop_all(state, request, KIND)?;
    let jobs = ids.iter().filter_map(|id| state.media_jobs.of_id(*id));
    Ok(Answer::ok(&StoppedStreams {
        limit: STOPPED_LIMIT,
        data: jobs.filter_map(without_assets).collect(),
        last: ids.last().copied(),
    }))
}

fn stop(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let id = media_jobs::stop_one(state, request.argument("stream_id"), KIND)?;
    answer(state, id)
}

fn pause_recording(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let id = running(state, request)?;
    media_jobs::pause(state, id);
    answer(state, id)
}

fn resume_recording(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let id = running(state, request)?;
    media_jobs::resume(state, id);
    answer(state, id)
}

const TIMED_METADATA: Shape = Shape::Object(&[
    required("payload", Shape::TextUpTo(100)),
    required("duration", Shape::Integer),
]);

/// The cue does not change the stream.
fn send_timed_metadata(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let id = running(state, request)?;
    request.body(&TIMED_METADATA)?;
    answer(state, id)
}

/// The stream of the request's path. 404 if it does not run.
fn running(state: &State, request: &Request) -> Result<ObjectId, ApiError> {
    let job = state.media_jobs.get(request.argument("stream_id"), KIND)?;
    if job.status == JobStatus::Running {
        Ok(job.id)
    } else {
        Err(media_jobs::beam_not_found())
    }
}

fn list(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    media_jobs::list(state, request, KIND, |_, job| without_assets(job))
}

fn get(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let job = state.media_jobs.get(request.argument("stream_id"), KIND)?;
    Ok(Answer::ok(&without_assets(job).map(|answer| {
        LiveStreamAnswer {
            recording_assets: assets(state, job),
            ..answer
        }
    })))
}

/// Where viewers find the stream.
pub(super) fn playback_url(job: &MediaJob) -> String {
    let path = match &job.settings.work {
        Work::LiveStream(hls) if hls.static_url => format!("static/{}", job.room_id),
        _ => format!("beam/{}/{}", job.id, job.created_at.strftime("%Y%m%d")),
    };
    cdn_link(&format!("{path}/master.m3u8"))
}

#[derive(Debug, Serialize)]
struct Playback {
    url: String,
}

#[derive(Debug, Serialize)]
struct RecordingOfStream {
    hls_vod: bool,
    single_file_per_layer: bool,
}

#[derive(Debug, Serialize)]
struct LiveStreamAnswer<'a> {
    #[serde(flatten)]
    job: JobAnswer<'a>,
    destination: &'a str,
    playback: Playback,
    recording: RecordingOfStream,
    recording_assets: Option<Vec<EmbeddedAsset<'a>>>,
}

fn answer(state: &State, id: ObjectId) -> Result<Answer, ApiError> {
    let job = state.media_jobs.of_id(id);
    Ok(Answer::ok(
        &job.and_then(without_assets)
            .ok_or_else(media_jobs::beam_not_found)?,
    ))
}

/// None for a job of another kind.
fn without_assets(job: &MediaJob) -> Option<LiveStreamAnswer<'_>> {
    let Work::LiveStream(hls) = &job.settings.work else {
        return None;
    };
    Some(LiveStreamAnswer {
        job: job_answer(job),
        destination: job.settings.destination.as_deref().unwrap_or_default(),
        playback: Playback {
            url: playback_url(job),
        },
        recording: RecordingOfStream {
            hls_vod: hls.vod.is_some(),
            single_file_per_layer: hls.file_per_layer,
        },
        recording_assets: None,
    })
}
