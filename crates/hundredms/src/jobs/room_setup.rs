//! Rooms with what is needed to enter them: room codes, and the stream key of an encoder.

use std::collections::BTreeMap;

use super::context::JobContext;
use super::patient_call::patient_call;
use super::progress::ItemProgress;
use crate::define::{job, jobs, model};
use crate::error::{Error, ErrorKind, Result};
use crate::resources::room_codes::{CreateRoomCodes, ListRoomCodes, RoomCode};
use crate::resources::rooms::{CreateRoom, RecordingInfoInput, Region, Room, RoomWebhook};
use crate::resources::stream_keys::{CreateStreamKey, GetStreamKey, StreamKey};
use crate::wire::extra::Extra;
use crate::wire::secret::Secret;

jobs![CreateRoomWithCodes, GetOrCreateStreamKey];

/// How often the key is looked for, and created if there is none.
const ROUNDS: u32 = 3;

job! {
    /// Create a room, or update the one that has this name, and return it with its codes.
    ///
    /// Takes the arguments of `rooms.create`. If the room exists and has codes, these are returned. If the room was created and its
    /// codes were not, the error says so, with the id of the room. Run the job again with the same `name`: it finds the room and
    /// creates the codes. Without a `name` it would create another room, so use `room_codes.create` with that id. Progress counts
    /// calls.
    CreateRoomWithCodes: "rooms.create_with_codes" -> RoomWithCodes;
    method Rooms::create_with_codes; timeout 60; reports ItemProgress;
    arguments {
        /// Case-insensitive name; letters, digits and . - : _ only. Generated if missing.
        optional name: String,
        /// Description, free text.
        optional description: String,
        /// Template to use. Defaults to the workspace's default template.
        optional template_id: String,
        /// SFU recording settings of a room. They are one unit: setting them detaches the room from its template's recording
        /// settings.
        optional recording_info: RecordingInfoInput,
        /// Region in which media is handled. `auto` is the template's region. Defaults to `auto`.
        optional region: Region,
        /// Required for more than 2500 peers. Clients need recent SDK versions. Defaults to `false`.
        optional large_room: bool,
        /// Expected number of peers. Between 0 and 20000; at most 2500 unless `large_room` is true.
        optional size: i64 [in 0..=20000],
        /// Maximum session duration in seconds. Between 120 and 43200.
        optional max_duration_seconds: i64 [in 120..=43200],
        /// Ids of polls to link to the room.
        optional polls: [String],
        /// Webhook target of this room. If set, it replaces the workspace's webhook.
        optional webhook: RoomWebhook,
    }
}

job! {
    /// Return the stream key of a room. Create one if there is none.
    ///
    /// A room has at most one active key. If two programs create it at the same time, both get the same one. Keep the key secret:
    /// whoever has it can stream into the room. Progress counts calls.
    GetOrCreateStreamKey: "stream_keys.get_or_create" -> RtmpIngest;
    method StreamKeys::get_or_create(room_id); timeout 60; reports ItemProgress;
    arguments {
        /// Id of the room.
        required room_id: String,
    }
}

model! {
    /// A room and its room codes.
    answer RoomWithCodes {
        /// The room.
        required room: Room,
        /// An enabled room code for each role, by the name of the role. If a role has several, the oldest.
        required codes: {String},
    }
}

model! {
    /// Where an encoder sends, and its key.
    answer RtmpIngest {
        /// The stream key, for encoders that take address and key separately, as the service documents it.
        required stream_key: StreamKey,
        /// Address and key as one URL, `<url>/<key>`, for encoders that take only one. Not documented by the service. Keep it secret.
        required rtmp_url: Secret,
    }
}

impl CreateRoomWithCodes {
    async fn execute(self, context: JobContext<ItemProgress>) -> Result<RoomWithCodes> {
        let mut request = CreateRoom::new();
        let named = self.name.is_some();
        request.name = self.name;
        request.description = self.description;
        request.template_id = self.template_id;
        request.recording_info = self.recording_info;
        request.region = self.region;
        request.large_room = self.large_room;
        request.size = self.size;
        request.max_duration_seconds = self.max_duration_seconds;
        request.polls = self.polls;
        request.webhook = self.webhook;
        let room = patient_call(&context, request).await?.value;
        context.report(&ItemProgress::new(1, Some(2)));
        let codes = codes_of(&context, &room.id).await.map_err(|error| {
            let next = if named {
                "run the job again, or call"
            } else {
                "call"
            };
            let id = &room.id;
            if !room.enabled {
                return explained(error, |cause| {
                    format!(
                        "the room \"{id}\" is disabled, so its codes were not created: enable it by rooms.update with `enabled` true, then {next} room_codes.create with this id ({cause})"
                    )
                });
            }
            explained(error, |cause| {
                format!(
                    "the room \"{id}\" exists, but its codes were not created: {next} room_codes.create with this id ({cause})"
                )
            })
        })?;
        context.report(&ItemProgress::new(2, Some(2)));
        Ok(RoomWithCodes {
            room,
            codes: by_role(codes),
            extra: Extra::default(),
        })
    }
}

/// Create the codes of a room. If the service refuses that and there are some, return these.
async fn codes_of(context: &JobContext<ItemProgress>, room_id: &str) -> Result<Vec<RoomCode>> {
    let created = patient_call(context, CreateRoomCodes::new(room_id)).await;
    match created {
        Ok(response) => Ok(response.value.data),
        Err(error) if matches!(error.kind(), ErrorKind::BadRequest | ErrorKind::Conflict) => {
            let request = ListRoomCodes::new(room_id).enabled(true);
            match patient_call(context, request).await {
                Ok(response) if !response.value.data.is_empty() => Ok(response.value.data),
                _ => Err(error),
            }
        }
        Err(error) => Err(error),
    }
}

fn by_role(mut codes: Vec<RoomCode>) -> BTreeMap<String, String> {
    codes.sort_by_key(|one| one.created_at);
    let mut by_role = BTreeMap::new();
    for code in codes.into_iter().filter(|code| code.enabled) {
        by_role.entry(code.role).or_insert(code.code);
    }
    by_role
}

impl GetOrCreateStreamKey {
    async fn execute(self, context: JobContext<ItemProgress>) -> Result<RtmpIngest> {
        let mut rounds = 0..ROUNDS;
        let mut calls = 0;
        let mut report = || {
            calls += 1;
            context.report(&ItemProgress::new(calls, None));
        };
        loop {
            let found = active_key(&context, &self.room_id).await?;
            report();
            if let Some(key) = found {
                return Ok(ingest(key));
            }
            rounds.next();
            let created = patient_call(&context, CreateStreamKey::new(&*self.room_id)).await;
            report();
            match created {
                Ok(response) => return Ok(ingest(response.value)),
                // Somebody else created it, or this call did.
                Err(error)
                    if !rounds.is_empty()
                        && matches!(
                            error.kind(),
                            ErrorKind::BadRequest
                                | ErrorKind::Conflict
                                | ErrorKind::AmbiguousOutcome
                        ) => {}
                Err(error) => return Err(error),
            }
        }
    }
}

async fn active_key(
    context: &JobContext<ItemProgress>,
    room_id: &str,
) -> Result<Option<StreamKey>> {
    match patient_call(context, GetStreamKey::new(room_id)).await {
        Ok(response) => Ok(response.value.data.into_iter().find(|key| key.enabled)),
        // Without a key. A room that does not exist is found out when the key is created.
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn ingest(stream_key: StreamKey) -> RtmpIngest {
    let address = stream_key.url.trim_end_matches('/');
    RtmpIngest {
        rtmp_url: Secret::new(format!("{address}/{}", stream_key.key.expose())),
        stream_key,
        extra: Extra::default(),
    }
}

/// Return an error whose message also says what the job had done before.
pub(super) fn explained(error: Error, say: impl FnOnce(&str) -> String) -> Error {
    let message = say(error.message());
    let message = Error::new(error.kind(), message).message().to_owned();
    error.with(|details| details.message = message)
}

#[cfg(test)]
mod tests {
    use super::{by_role, ingest};
    use serde_json::json;

    #[test]
    fn a_role_has_its_oldest_enabled_code() {
        let code = |code: &str, role: &str, enabled: bool, day: u8| {
            serde_json::from_value(json!({
                "code": code, "room_id": "r", "role": role, "enabled": enabled,
                "created_at": format!("2026-03-{day:02}T10:00:00Z"),
            }))
            .expect("code")
        };
        let codes = by_role(vec![
            code("new", "host", true, 3),
            code("off", "host", false, 1),
            code("old", "host", true, 2),
            code("other", "guest", false, 1),
        ]);
        assert_eq!(
            codes.into_iter().collect::<Vec<_>>(),
            [("host".to_owned(), "old".to_owned())]
        );
    }

    #[test]
    fn address_and_key_are_joined_and_not_shown() {
        let key = |url: &str| {
            serde_json::from_value(json!({
                "id": "k", "room_id": "r", "key": "confidential", "url": url, "customer_id": "c", "app_id": "a", "enabled": true,
            }))
            .expect("key")
        };
        for url in ["rtmp://ingest.example/live", "rtmp://ingest.example/live/"] {
            let ingest = ingest(key(url));
            assert_eq!(
                ingest.rtmp_url.expose(),
                "rtmp://ingest.example/live/confidential"
            );
            assert!(!format!("{ingest:?}").contains("confidential"));
        }
    }
}
