//! The settings of a job, from the body that starts it and the template of its room.

use serde::Serialize;
use serde_json::Value;

use super::{
    media_jobs::JobKind, media_storage::setting, rooms::Room, templates::Template,
    transcriptions::Transcription,
};
use crate::{
    answer::ApiError,
    request::Request,
    shape::{Shape, required},
    state::State,
};

/// Defaults to four hours.
const MAX_DURATION_SECONDS: i64 = 4 * 60 * 60;
/// How long a bot stays alone. The template can override it.
pub(super) const AUTO_STOP_SECONDS: i64 = 300;

/// Everything that a job was started with.
#[derive(Debug, Clone)]
pub(crate) struct JobSettings {
    /// Name of the configuration in the template that it follows.
    pub(crate) destination: Option<String>,
    pub(crate) meeting_url: String,
    pub(crate) max_duration_seconds: i64,
    pub(crate) auto_stop_seconds: i64,
    /// Validity of links to the files, where the template says one.
    pub(crate) link_seconds: Option<i64>,
    /// `None` if the recording is not transcribed.
    pub(crate) transcription: Option<Transcription>,
    pub(crate) work: Work,
}

/// What is particular to a kind of job.
#[derive(Debug, Clone)]
pub(crate) enum Work {
    Recording {
        resolution: Resolution,
        audio_only: bool,
    },
    LiveStream(Hls),
    ExternalStream {
        resolution: Resolution,
        rtmp_urls: Vec<String>,
        recording: bool,
    },
}

/// What a live stream makes.
#[derive(Debug, Clone)]
pub(crate) struct Hls {
    /// Falling in size; never empty.
    pub(crate) layers: Vec<Resolution>,
    /// The layers that are recorded; never empty.
    pub(crate) recorded_layers: Vec<Resolution>,
    /// `None` if the stream is not recorded for viewing on demand.
    pub(crate) vod: Option<Vod>,
    pub(crate) file_per_layer: bool,
    pub(crate) static_url: bool,
    pub(crate) captions: bool,
}

/// A live stream kept for viewing on demand.
#[derive(Debug, Clone)]
pub(crate) struct Vod {
    pub(crate) zipped: bool,
    pub(crate) thumbnails: Vec<Thumbnail>,
}

/// A picture taken so many seconds into the stream.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Thumbnail {
    pub(crate) size: Resolution,
    pub(crate) offset: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Resolution {
    pub(crate) width: i64,
    pub(crate) height: i64,
}

impl Resolution {
    pub(super) const HD: Self = Self {
        width: 1280,
        height: 720,
    };

    /// The size that a configuration has, where it is set.
    pub(super) fn of(config: &Value) -> Option<Self> {
        Some(Self {
            width: setting(config, "width")?,
            height: setting(config, "height")?,
        })
    }

    /// Landscape from 500x480 to 1920x1080, portrait from 500x500 to 1080x1920.
    fn is_allowed(self) -> bool {
        let (width, height) = (self.width, self.height);
        if width >= height {
            (500..=1920).contains(&width) && (480..=1080).contains(&height)
        } else {
            (500..=1080).contains(&width) && (500..=1920).contains(&height)
        }
    }
}

impl JobSettings {
    pub(crate) fn kind(&self) -> JobKind {
        match self.work {
            Work::Recording { .. } => JobKind::Recording,
            Work::LiveStream(_) => JobKind::LiveStream,
            Work::ExternalStream { .. } => JobKind::ExternalStream,
        }
    }

    /// Whether files come of it.
    pub(crate) fn records(&self) -> bool {
        match &self.work {
            Work::Recording { .. } => true,
            Work::LiveStream(hls) => hls.vod.is_some() || hls.file_per_layer,
            Work::ExternalStream { recording, .. } => *recording,
        }
    }

    /// The largest picture.
    pub(super) fn resolution(&self) -> Resolution {
        match &self.work {
            Work::Recording { resolution, .. } | Work::ExternalStream { resolution, .. } => {
                *resolution
            }
            Work::LiveStream(hls) => hls.layers[0],
        }
    }

    pub(super) fn rtmp_urls(&self) -> &[String] {
        match &self.work {
            Work::ExternalStream { rtmp_urls, .. } => rtmp_urls,
            _ => &[],
        }
    }
}

pub(super) fn invalid_input(details: impl IntoIterator<Item = String>) -> ApiError {
    ApiError {
        details: details.into_iter().collect(),
        ..ApiError::bad_request("invalid input")
    }
}

/// The required body of a start, checked against its shape.
pub(super) fn start_body<'a>(request: &'a Request, shape: &Shape) -> Result<&'a Value, ApiError> {
    if !request.has_body {
        return Err(ApiError::bad_request("request body must not be empty"));
    }
    request
        .body(shape)
        .map_err(|error| invalid_input(error.details))
}

/// One named configuration of a template.
pub(super) type Configuration<'a> = (&'a str, &'a Value);

/// The configurations that a map of the template's destinations holds.
pub(super) fn destinations<'a>(template: &'a Template, kind: &str) -> Vec<Configuration<'a>> {
    let destinations = template.destinations[kind].as_object().into_iter();
    destinations
        .flatten()
        .map(|(name, config)| (name.as_str(), config))
        .collect()
}

/// The configuration that a body names, or the only one. 400 if the name is unknown, or is required and missing.
pub(super) fn configuration<'a>(
    configurations: &[Configuration<'a>],
    body: &Value,
) -> Result<Option<Configuration<'a>>, ApiError> {
    let wanted = body["destination"].as_str().filter(|name| !name.is_empty());
    match (wanted, configurations) {
        (Some(wanted), _) => {
            let named = |(name, config): &&Configuration<'a>| {
                *name == wanted || config["name"].as_str() == Some(wanted)
            };
            let found = configurations.iter().find(named).copied();
            found.map(Some).ok_or_else(|| {
                invalid_input([format!("destination {wanted} is not in the template")])
            })
        }
        (None, []) => Ok(None),
        (None, [only]) => Ok(Some(*only)),
        (None, _) => Err(invalid_input([
            "destination is needed: the template has several".to_owned(),
        ])),
    }
}

/// The URL of the body. Only the default template, which stands for one made on the dashboard, has a subdomain to make
/// one from; 400 for rooms of others.
pub(super) fn meeting_url(
    state: &State,
    room: &Room,
    config: &Value,
    body: &Value,
) -> Result<String, ApiError> {
    match body["meeting_url"].as_str() {
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
            Ok(url.to_owned())
        }
        Some(_) => Err(invalid_input(["meeting_url is not a URL".to_owned()])),
        None if room.template_id == state.templates.default_id() => {
            Ok(default_meeting_url(room, config))
        }
        None => Err(invalid_input([
            "meeting_url is needed: the room's template has no subdomain".to_owned(),
        ])),
    }
}

/// The URL with which the service's own bots join a room.
pub(super) fn default_meeting_url(room: &Room, config: &Value) -> String {
    let role = config["role"].as_str().unwrap_or("__internal_recorder");
    let room_id = room.id;
    format!("https://sandbox.app.100ms.live/preview/{room_id}/{role}?skip_preview=true")
}

pub(super) const RESOLUTION: Shape = Shape::Object(&[
    required("width", Shape::Integer),
    required("height", Shape::Integer),
]);

/// The size in the body, else the template's, else 1280x720. 400 if the body's is out of range.
pub(super) fn resolution(body: &Value, config: &Value) -> Result<Resolution, ApiError> {
    if body["resolution"].is_null() {
        return Ok(Resolution::of(config).unwrap_or(Resolution::HD));
    }
    Resolution::of(&body["resolution"])
        .filter(|resolution| resolution.is_allowed())
        .ok_or_else(|| {
            let range = "landscape from 500x480 to 1920x1080 or portrait from 500x500 to 1080x1920";
            invalid_input([format!("resolution must be {range}")])
        })
}

pub(super) fn max_duration_seconds(config: &Value) -> i64 {
    setting(config, "maxDuration").unwrap_or(MAX_DURATION_SECONDS)
}

pub(super) fn auto_stop_seconds(config: &Value) -> i64 {
    setting(config, "autoStopTimeout").unwrap_or(AUTO_STOP_SECONDS)
}
