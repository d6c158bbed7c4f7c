//! Errors that client SDKs report to analytics.

use serde_json::{Value, json};

use crate::{
    api_response::ApiError,
    ids::{ObjectId, uuid},
    state::State,
};

/// An error as a client reports it. Missing values are the usual ones of its kind.
#[derive(Debug)]
pub(crate) struct ClientError {
    pub(crate) kind: String,
    pub(crate) room_id: String,
    pub(crate) peer_id: Option<String>,
    pub(crate) user_id: Option<String>,
    pub(crate) user_name: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) code: Option<i64>,
    pub(crate) name: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) is_terminal: Option<bool>,
}

/// The default values of a kind of error.
struct Defaults {
    kind: &'static str,
    action: &'static str,
    code: i64,
    name: &'static str,
    message: &'static str,
    is_terminal: bool,
}

const DEFAULTS: [Defaults; 5] = [
    Defaults {
        kind: "client.publish.failed",
        action: "PUBLISH",
        code: 4006,
        name: "ICEDisconnected",
        message: "Publishing stopped: the connection for media was lost",
        is_terminal: false,
    },
    Defaults {
        kind: "client.subscribe.failed",
        action: "SUBSCRIBE",
        code: 4006,
        name: "ICEDisconnected",
        message: "Receiving stopped: the connection for media was lost",
        is_terminal: false,
    },
    Defaults {
        kind: "client.join.failed",
        action: "JOIN",
        code: 500,
        name: "ServerErrors",
        message: "The server failed while the peer joined",
        is_terminal: true,
    },
    Defaults {
        kind: "client.disconnected",
        action: "RECONNECT_SIGNAL",
        code: 1003,
        name: "WebSocketConnectionLost",
        message: "The network went away",
        is_terminal: false,
    },
    Defaults {
        kind: "client.connect.failed",
        action: "INIT",
        code: 2003,
        name: "EndpointUnreachable",
        message: "The service could not be reached",
        is_terminal: true,
    },
];

/// Record an error in a room, of a peer that is or was there or that never joined, and return the peer's id. 404 if the room does
/// not exist, 400 for an unknown kind.
pub(crate) fn report(state: &mut State, error: ClientError) -> Result<String, ApiError> {
    let defaults = DEFAULTS
        .iter()
        .find(|defaults| defaults.kind == error.kind)
        .ok_or_else(|| {
            let kinds = DEFAULTS.map(|defaults| defaults.kind).join(", ");
            ApiError::bad_request(format!("type must be one of {kinds}"))
        })?;
    let room = state.rooms.get(&error.room_id)?;
    let known = error
        .peer_id
        .as_deref()
        .and_then(|id| state.sessions.peer(id))
        .filter(|(session, _)| session.room_id == room.id);
    let session_id: Option<ObjectId> = known.map(|(session, _)| session.id);
    let peer = known.map(|(_, peer)| peer);
    let or_known = |given: Option<String>, known: Option<&String>| {
        given.or_else(|| known.cloned()).unwrap_or_default()
    };
    let peer_id = error.peer_id.unwrap_or_else(uuid);
    let mut data = json!({
        "user_id": or_known(error.user_id, peer.map(|peer| &peer.user_id)),
        "user_name": or_known(error.user_name, peer.map(|peer| &peer.name)),
        "peer_id": peer_id,
        "account_id": state.customer_id,
        "room_id": room.id,
        "room_name": room.name,
        "template_id": room.template_id,
        "role": or_known(error.role, peer.map(|peer| &peer.role)),
        "error_code": error.code.unwrap_or(defaults.code),
        "error_name": error.name.unwrap_or_else(|| defaults.name.into()),
        "error_message": error.message.unwrap_or_else(|| defaults.message.into()),
        "error_description": error.description.unwrap_or_default(),
        "is_terminal": error.is_terminal.unwrap_or(defaults.is_terminal),
        "action": defaults.action,
        "agent": agent(),
    });
    if let Some(session_id) = session_id {
        data["session_id"] = session_id.to_string().into();
    }
    match defaults.action {
        "PUBLISH" => {
            data["domain"] = "HMS".into();
            data["audio"] = json!({"maxBitrate": 0, "deviceId": "", "volume": 0, "codec": ""});
            data["video"] = json!({
                "deviceId": "", "maxFramerate": 0, "maxBitrate": 0, "codec": "", "height": 0, "width": 0,
            });
            data["devices"] = json!({"videoInput": [], "audioInput": [], "audioOutput": []});
        }
        "JOIN" => {
            data["domain"] = "HMS".into();
            data["retries_join"] = 0.into();
        }
        "RECONNECT_SIGNAL" => data["transport_state"] = "Connecting".into(),
        "INIT" => {
            data["transport_state"] = "Preview".into();
            data["endpoint"] = "".into();
        }
        _ => {}
    }
    let now = state.now();
    state.analytics.record(defaults.kind, now, data);
    Ok(peer_id)
}

/// Return the client software in the sandbox's events.
fn agent() -> Value {
    json!({
        "sdk": "web", "sdk_version": "0.12.0", "framework": "react-web", "framework_version": "18.2.0",
        "framework_sdk_version": "0.10.0", "os": "web_linux", "os_version": "6", "device_model": "Firefox_128.0",
        "is_prebuilt": false, "domain": "HMS",
        "string": "sdk:web,sdk_version:0.12.0,framework:react-web,os:web_linux,device_model:Firefox_128.0,env:prod",
    })
}
