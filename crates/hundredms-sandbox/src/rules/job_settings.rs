//! The settings of a job, from the body that starts it and the template of its room.

use serde_json::Value;

use crate::{
    api_response::ApiError,
    state::{
        State,
        job_settings::{Resolution, setting},
        rooms::Room,
        templates::Template,
    },
};

/// Defaults to four hours.
const MAX_DURATION_SECONDS: i64 = 4 * 60 * 60;
/// How long a bot stays alone. The template can override it.
pub(crate) const AUTO_STOP_SECONDS: i64 = 300;

pub(crate) fn invalid_input(details: impl IntoIterator<Item = String>) -> ApiError {
    ApiError {
        details: details.into_iter().collect(),
        ..ApiError::bad_request("invalid input")
    }
}

/// One named configuration of a template.
pub(crate) type Configuration<'a> = (&'a str, &'a Value);

/// Return the configurations that a map of the template's destinations holds.
pub(crate) fn destinations<'a>(template: &'a Template, kind: &str) -> Vec<Configuration<'a>> {
    let destinations = template.destinations[kind].as_object().into_iter();
    destinations
        .flatten()
        .map(|(name, config)| (name.as_str(), config))
        .collect()
}

/// Return the configuration that a body names, or the only one. 400 if the name is unknown, or is required and missing.
pub(crate) fn configuration<'a>(
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

/// Return the URL of the body. Only the default template, which stands for one made on the dashboard, has a subdomain to make
/// one from; 400 for rooms of others.
pub(crate) fn meeting_url(
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

/// Return the URL with which the service's own bots join a room.
pub(crate) fn default_meeting_url(room: &Room, config: &Value) -> String {
    let role = config["role"].as_str().unwrap_or("__internal_recorder");
    let room_id = room.id;
    format!("https://sandbox.app.100ms.live/preview/{room_id}/{role}?skip_preview=true")
}

/// Return the size in the body, else the template's, else 1280x720. 400 if the body's is out of range.
pub(crate) fn resolution(body: &Value, config: &Value) -> Result<Resolution, ApiError> {
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

pub(crate) fn max_duration_seconds(config: &Value) -> i64 {
    setting(config, "maxDuration").unwrap_or(MAX_DURATION_SECONDS)
}

pub(crate) fn auto_stop_seconds(config: &Value) -> i64 {
    setting(config, "autoStopTimeout").unwrap_or(AUTO_STOP_SECONDS)
}
