//! Room codes: short codes for a room and a role, and their exchange for a token.

use crate::define::{model, operation, operations};
use crate::wire::secret::Secret;

operations![
    UpdateRoomCode,
    ListRoomCodes,
    CreateRoomCodes,
    CreateRoomCodeForRole,
    ExchangeRoomCode
];

operation! {
    /// Enable or disable a room code.
    ///
    /// Sets the state of one code. A disabled code cannot open a room link or be exchanged for an auth token. `updated_at` becomes
    /// the time of the change.
    UpdateRoomCode: "room_codes.update" = POST "/room-codes/code" -> RoomCode;
    method RoomCodes::update; docs "room-codes/update-room-code-api"; retry always;
    body {
        /// The code.
        required code: String,
        /// Whether the code can be used.
        required enabled: bool,
    }
}

operation! {
    /// List the room codes of a room.
    ///
    /// Returns the codes of every role of the room, enabled and disabled. Optional filters select by role or state.
    ListRoomCodes: "room_codes.list" = GET "/room-codes/room/{room_id}" -> RoomCodeList;
    method RoomCodes::list; docs "room-codes/get-room-code-api"; retry always, pages last data [RoomCode];
    path {
        /// Id of the room.
        room_id,
    }
    query {
        /// Only codes of this role.
        filter role: String,
        /// Only enabled (true) or only disabled (false) codes.
        filter enabled: bool,
        /// Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service may send
        /// 10 items, or refuse the call: it documents 10 to 100.
        optional limit: i64 [page_size] [in 1..=100],
        /// Cursor: the `last` value of the previous page. Omit for the first page.
        optional start: String,
    }
}

operation! {
    /// Create codes for all roles of a room.
    ///
    /// Ensures that every role of the room's template has a room code, and returns the codes. After the template changed, call it
    /// again: it adds codes for new roles and disables the codes of removed roles.
    CreateRoomCodes: "room_codes.create" = POST "/room-codes/room/{room_id}" -> RoomCodeSet;
    method RoomCodes::create(room_id); docs "room-codes/create-room-code-api"; retry always;
    path {
        /// Id of the room.
        room_id,
    }
}

operation! {
    /// Create a code for one role of a room.
    ///
    /// Creates a room code for the role and returns it. A role may have several codes. A room may have at most 100.
    CreateRoomCodeForRole: "room_codes.create_for_role" = POST "/room-codes/room/{room_id}/role/{role}" -> RoomCode;
    method RoomCodes::create_for_role(room_id, role); docs "room-codes/create-room-code-api"; retry if_unsent, look at ListRoomCodes by hand;
    path {
        /// Id of the room.
        room_id,
        /// Role name as in the room's template.
        role,
    }
}

operation! {
    /// Exchange a room code for a client auth token.
    ///
    /// Exchanges an enabled room code for a client auth token of the code's room and role, so that a client app can join without
    /// its own token server. The request goes to the auth host and needs no management token. Set `user_id` to identify your own
    /// user in the token.
    ExchangeRoomCode: "room_codes.auth_token" = POST "/token" -> AuthToken;
    method RoomCodes::auth_token; docs "prebuilt/room-codes/room-code-auth"; retry always, server auth;
    body {
        /// An enabled room code.
        required code: String,
        /// Your own id for the user. It becomes part of the token.
        optional user_id: String,
    }
}

model! {
    /// Short code for one room and one role. It does not expire. It is also the last path segment of a room link and the user part
    /// of the room's SIP address.
    answer RoomCode {
        /// Ten characters in the form `abc-defg-hij`.
        required code: String,
        /// Id of the room.
        required room_id: String,
        /// Role name from the room's template.
        required role: String,
        /// Whether the code can be used.
        required enabled: bool,
        /// Creation time.
        optional created_at: Timestamp,
        /// When `enabled` last changed.
        optional updated_at: Timestamp,
    }
}

model! {
    /// A page of room codes.
    answer RoomCodeList {
        /// Page size that the service applied.
        optional limit: i64,
        /// Items on this page.
        required data: [RoomCode],
        /// Cursor. Empty on the last page.
        nullable last: String,
    }
}

model! {
    /// Codes of all roles, on one page.
    answer RoomCodeSet {
        /// Items on this page.
        required data: [RoomCode],
    }
}

model! {
    /// Client auth token made from a room code.
    answer AuthToken {
        /// JWT for client SDKs.
        required token: Secret,
        /// When the token expires.
        optional expires_at: Timestamp,
        /// Id of the room.
        optional room_id: String,
        /// Name of the role.
        optional role: String,
    }
}
