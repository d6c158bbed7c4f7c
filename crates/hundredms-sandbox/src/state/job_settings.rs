//! The settings of a recording, live stream or external stream.

use serde::Serialize;
use serde_json::Value;

use crate::state::transcriptions::Transcription;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum JobKind {
    Recording,
    LiveStream,
    ExternalStream,
}

/// The settings of a job.
#[derive(Debug, Clone)]
pub(crate) struct JobSettings {
    /// Name of the configuration in the template that it follows.
    pub(crate) destination: Option<String>,
    pub(crate) meeting_url: String,
    pub(crate) max_duration_seconds: i64,
    pub(crate) auto_stop_seconds: i64,
    /// Validity of links to the files. Set by the template.
    pub(crate) link_seconds: Option<i64>,
    /// `None` if the recording is not transcribed.
    pub(crate) transcription: Option<Transcription>,
    pub(crate) work: Work,
}

/// The settings of one kind of job.
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

/// The settings of a live stream.
#[derive(Debug, Clone)]
pub(crate) struct Hls {
    /// From large to small. Never empty.
    pub(crate) layers: Vec<Resolution>,
    /// The layers that are recorded; never empty.
    pub(crate) recorded_layers: Vec<Resolution>,
    /// `None` if the stream is not recorded for viewing on demand.
    pub(crate) vod: Option<Vod>,
    pub(crate) file_per_layer: bool,
    pub(crate) captions: bool,
}

/// A live stream kept for viewing on demand.
#[derive(Debug, Clone)]
pub(crate) struct Vod {
    pub(crate) zipped: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Resolution {
    pub(crate) width: i64,
    pub(crate) height: i64,
}

impl Resolution {
    pub(crate) const HD: Self = Self {
        width: 1280,
        height: 720,
    };

    /// Return the size that a configuration has, where it is set.
    pub(crate) fn of(config: &Value) -> Option<Self> {
        Some(Self {
            width: setting(config, "width")?,
            height: setting(config, "height")?,
        })
    }

    /// Landscape from 500x480 to 1920x1080, portrait from 500x500 to 1080x1920.
    pub(crate) fn is_allowed(self) -> bool {
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

    /// Whether it creates files.
    pub(crate) fn records(&self) -> bool {
        match &self.work {
            Work::Recording { .. } => true,
            Work::LiveStream(hls) => hls.vod.is_some() || hls.file_per_layer,
            Work::ExternalStream { recording, .. } => *recording,
        }
    }

    /// Return the largest picture.
    pub(crate) fn resolution(&self) -> Resolution {
        match &self.work {
            Work::Recording { resolution, .. } | Work::ExternalStream { resolution, .. } => {
                *resolution
            }
            Work::LiveStream(hls) => hls.layers[0],
        }
    }

    pub(crate) fn rtmp_urls(&self) -> &[String] {
        match &self.work {
            Work::ExternalStream { rtmp_urls, .. } => rtmp_urls,
            _ => &[],
        }
    }
}

/// Return a positive whole number of a configuration. The service writes 0 if it is not set.
pub(crate) fn setting(config: &Value, key: &str) -> Option<i64> {
    config[key].as_i64().filter(|value| *value > 0)
}
