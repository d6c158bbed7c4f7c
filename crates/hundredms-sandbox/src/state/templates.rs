//! The store of templates: roles, settings, destinations and recording configurations, with defaults filled in.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::{api_response::ApiError, ids::ObjectId, state::rooms::Room};

/// A template. Its JSON parts are stored in the format of responses, with defaults filled in.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    pub(crate) id: ObjectId,
    pub(crate) name: String,
    pub(crate) roles: Map<String, Value>,
    pub(crate) settings: Value,
    pub(crate) destinations: Value,
    pub(crate) plugins: Option<Value>,
    /// Other fields from the client.
    pub(crate) others: Map<String, Value>,
    /// One recording configuration at most; switches that are off are left out.
    pub(crate) recordings: Vec<Value>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

impl Template {
    /// Create an empty template.
    pub(crate) fn new(id: ObjectId, name: String, now: Timestamp) -> Self {
        Self {
            id,
            name,
            roles: Map::new(),
            settings: Value::Null,
            destinations: Value::Null,
            plugins: None,
            others: Map::new(),
            recordings: Vec::new(),
            created_at: now,
            updated_at: now,
        }
    }

    /// Replace the whole content by that of a checked body, with defaults filled in.
    pub(crate) fn overwrite(&mut self, body: &Value, now: Timestamp) {
        let roles = body["roles"].as_object().into_iter().flatten();
        self.roles = roles
            .map(|(name, role)| (name.clone(), stored_role(name, role)))
            .collect();
        self.settings = stored_settings(&body["settings"]);
        self.destinations = object_or_empty(&body["destinations"]);
        self.plugins = Some(without_nulls(body["plugins"].clone())).filter(Value::is_object);
        let others = body.as_object().into_iter().flatten();
        self.others = others
            .filter(|(name, value)| !OWN.contains(&name.as_str()) && !value.is_null())
            .map(|(name, value)| (name.clone(), without_nulls(value.clone())))
            .collect();
        self.updated_at = now;
    }

    /// Return a role, in the format of responses.
    pub(crate) fn role(&self, name: &str) -> Option<&Value> {
        self.roles.get(name)
    }

    pub(crate) fn region(&self) -> &str {
        self.settings["region"].as_str().unwrap_or("auto")
    }

    /// Whether the media server records rooms of this template, by the old switch or the new one.
    pub(crate) fn sfu_recording(&self) -> bool {
        let composite =
            |config: &Value| config["compositeRecording"]["customComposite"]["enabled"] == true;
        self.settings["recording"]["enabled"] == true || self.recordings.iter().any(composite)
    }
}

/// Fields of a template that are stored separately, or set by the service.
const OWN: &[&str] = &[
    "id",
    "_id",
    "name",
    "customerId",
    "customer",
    "appId",
    "default",
    "roles",
    "settings",
    "destinations",
    "plugins",
    "createdAt",
    "updatedAt",
];

/// All templates, by id and by name; one of them is the default. Templates are never deleted.
#[derive(Debug, Clone)]
pub(crate) struct Templates {
    pub(crate) by_id: BTreeMap<ObjectId, Template>,
    pub(crate) by_name: BTreeMap<String, ObjectId>,
    pub(crate) default_id: ObjectId,
}

impl Templates {
    /// Only the default template, with the roles `host` and `guest`.
    pub(crate) fn with_default(id: ObjectId, now: Timestamp) -> Self {
        let subscribe = json!({"subscribeToRoles": ["host", "guest"]});
        let moderate = json!({
            "endRoom": true, "removeOthers": true, "mute": true, "unmute": true, "changeRole": true,
            "pollRead": true, "pollWrite": true,
        });
        let mut template = Template::new(id, "default".into(), now);
        template.overwrite(
            &json!({"roles": {
                "host": {"permissions": moderate, "subscribeParams": subscribe},
                "guest": {"permissions": {"pollRead": true}, "subscribeParams": subscribe},
            }}),
            now,
        );
        let by_name = BTreeMap::from([(template.name.clone(), id)]);
        Self {
            by_id: BTreeMap::from([(id, template)]),
            by_name,
            default_id: id,
        }
    }

    /// Return the template with this id. 404 if there is none.
    pub(crate) fn get(&self, id: &str) -> Result<&Template, ApiError> {
        id.parse()
            .ok()
            .and_then(|id| self.by_id.get(&id))
            .ok_or_else(template_not_found)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Result<&mut Template, ApiError> {
        id.parse()
            .ok()
            .and_then(|id| self.by_id.get_mut(&id))
            .ok_or_else(template_not_found)
    }

    /// Return the template of a room.
    pub(crate) fn of(&self, room: &Room) -> &Template {
        &self.by_id[&room.template_id]
    }

    /// Return the id of the template that has exactly this name.
    pub(crate) fn named(&self, name: &str) -> Option<ObjectId> {
        self.by_name.get(name).copied()
    }

    /// Return the default template of rooms.
    pub(crate) fn default_id(&self) -> ObjectId {
        self.default_id
    }

    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }
}

pub(crate) fn template_not_found() -> ApiError {
    ApiError::not_found("Template not found")
}

pub(crate) fn role_not_found() -> ApiError {
    ApiError::not_found("Role not found")
}

/// Return a role with the documented defaults for what is missing.
pub(crate) fn stored_role(name: &str, body: &Value) -> Value {
    let mut role = object_or_empty(body);
    role["name"] = name.into();
    fill(
        &mut role,
        &json!({
            "publishParams": {
                "allowed": ["audio", "video", "screen"],
                "audio": {"bitRate": 32, "codec": "opus"},
                "video": {"bitRate": 256, "codec": "vp8", "frameRate": 25, "width": 320, "height": 180},
                "screen": {"codec": "vp8", "frameRate": 10, "width": 1280, "height": 720},
                "simulcast": {"video": {}, "screen": {}},
            },
            "subscribeParams": {"maxSubsBitRate": 3200},
            "permissions": {
                "endRoom": false, "removeOthers": false, "mute": false, "unmute": false, "changeRole": false,
                "sendRoomState": false, "pollRead": false, "pollWrite": false,
                "browserRecording": true, "rtmpStreaming": true, "hlsStreaming": true,
            },
            "priority": 1,
            "maxPeerCount": 0,
        }),
    );
    if let Some(degradation) = role["subscribeParams"].get_mut("subscribeDegradation") {
        let defaults = json!({
            "packetLossThreshold": 50, "degradeGracePeriodSeconds": 1, "recoverGracePeriodSeconds": 4,
        });
        fill(degradation, &defaults);
    }
    if role["publishParams"]["allowed"] == json!([]) {
        role["publishParams"]
            .as_object_mut()
            .map(|publish| publish.remove("allowed"));
    }
    role
}

/// Return settings with the documented defaults for what is missing; `retry` is always an empty object.
pub(crate) fn stored_settings(body: &Value) -> Value {
    let mut settings = object_or_empty(body);
    fill(
        &mut settings,
        &json!({
            "region": "auto",
            "recording": null,
            "roomState": {"messageInterval": 5, "sendPeerList": false, "stopRoomStateOnJoin": true, "enabled": false},
        }),
    );
    settings["retry"] = json!({});
    settings
}

/// Put in what `value` lacks (null counts as lacking), object by object.
fn fill(value: &mut Value, defaults: &Value) {
    match (value, defaults) {
        (Value::Object(entries), Value::Object(defaults)) => {
            for (key, default) in defaults {
                fill(entries.entry(key).or_insert(Value::Null), default);
            }
        }
        (value @ Value::Null, default) => *value = default.clone(),
        _ => {}
    }
}

/// Return an object without its nulls, which stand for missing fields.
pub(crate) fn object_or_empty(value: &Value) -> Value {
    if value.is_object() {
        without_nulls(value.clone())
    } else {
        json!({})
    }
}

pub(crate) fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(entries) => {
            let present = entries.into_iter().filter(|(_, value)| !value.is_null());
            present
                .map(|(key, value)| (key, without_nulls(value)))
                .collect()
        }
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        other => other,
    }
}
