//! The recording configurations of templates, and recordings that start automatically.

use serde_json::Value;

use crate::{
    ids::ObjectId,
    rules::{
        job_settings::{self as settings, Configuration},
        media_jobs, transcriptions,
    },
    state::{
        State,
        job_settings::{JobSettings, Resolution, Work, setting},
        rooms::Room,
        templates::Template,
    },
};

/// Return the configurations of recordings that a template has, in both of the places where it may have them.
pub(crate) fn configurations(template: &Template) -> Vec<Configuration<'_>> {
    let by_browser = template
        .recordings
        .iter()
        .filter(|config| config["compositeRecording"]["browserComposite"].is_object())
        .filter_map(|config| Some((config["name"].as_str()?, config)));
    let mut all: Vec<Configuration<'_>> = by_browser.collect();
    all.extend(settings::destinations(template, "browserRecordings"));
    all
}

/// Return the part of a configuration with size and automatic start and stop.
pub(crate) fn composite(config: &Value) -> &Value {
    match &config["compositeRecording"]["browserComposite"] {
        Value::Null => config,
        composite => composite,
    }
}

/// Return settings as the template has them, with nothing transcribed.
pub(crate) fn from_template(name: &str, config: &Value, meeting_url: String) -> JobSettings {
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
pub(crate) fn auto_start(state: &mut State, session_id: ObjectId) {
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
