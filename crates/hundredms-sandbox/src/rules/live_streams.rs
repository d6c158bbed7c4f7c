//! The settings of live streams, and live streams that encoders start.

use serde_json::Value;

use crate::{
    api_response::ApiError,
    ids::ObjectId,
    rules::{job_settings as settings, media_jobs, transcriptions},
    state::{
        State,
        job_settings::{Hls, JobSettings, Resolution, Vod, Work, setting},
    },
};

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

/// Start the stream that an encoder feeds, by the template's first destination.
pub(crate) fn start_fed(state: &mut State, room_id: ObjectId) -> Result<ObjectId, ApiError> {
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

pub(crate) fn stream_settings(
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
            }),
            file_per_layer: either("single_file_per_layer", "singleFilePerLayer"),
            captions: transcriptions::wants_captions(asked, template),
        }),
    }
}

/// Return the layers of a configuration. Layers without a size are skipped, as in a documented example.
fn layers(list: &Value) -> Option<Vec<Resolution>> {
    let layers = list.as_array()?.iter();
    let layers: Vec<Resolution> = layers.filter_map(Resolution::of).collect();
    (!layers.is_empty()).then_some(layers)
}
