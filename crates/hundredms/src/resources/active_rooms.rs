//! Active rooms: the rooms with a running session, and their peers.

use super::stream_keys::Message;
use crate::define::{model, open_enum, operation, operations};

operations![
    GetActiveRoom,
    EndActiveRoom,
    ListPeers,
    GetPeer,
    UpdatePeer,
    RemovePeers,
    SendMessage
];

operation! {
    /// Return the live state of a room.
    ///
    /// Returns the running session of a room and the ids of its peers. Use it to check whether a room is live.
    GetActiveRoom: "active_rooms.get" = GET "/active-rooms/{room_id}" -> ActiveRoom;
    method ActiveRooms::get(room_id); docs "active-rooms/retrieve-active-room"; retry always;
    path {
        /// Id of the room.
        room_id,
    }
}

operation! {
    /// End the running session of a room.
    ///
    /// Disconnects everybody and closes the session. If `lock` is true, the room is also disabled, and nobody can join until
    /// rooms.update enables it. If `lock` is false, the next join starts a new session.
    EndActiveRoom: "active_rooms.end" = POST "/active-rooms/{room_id}/end-room" -> Message;
    method ActiveRooms::end; docs "active-rooms/end-active-room"; retry always;
    path {
        /// Id of the room.
        room_id,
    }
    body {
        /// Reason, shown to the peers.
        optional reason: String,
        /// Also disable the room. Defaults to `false`.
        optional lock: bool,
    }
}

operation! {
    /// List the connected peers.
    ///
    /// Returns connected peers as a map keyed by peer id, without tracks. Optional filters select by `user_id` or role. The map is
    /// empty if no peer matches. The response is not paged.
    ListPeers: "active_rooms.list_peers" = GET "/active-rooms/{room_id}/peers" -> PeerMap;
    method ActiveRooms::list_peers; docs "active-rooms/list-peers"; retry always;
    path {
        /// Id of the room.
        room_id,
    }
    query {
        /// Only peers whose auth token contains this `user_id`.
        filter user_id: String,
        /// Only peers with this role.
        filter role: String,
    }
}

operation! {
    /// Return one connected peer with its tracks.
    ///
    /// Returns a connected peer and the state of its audio, video and screen tracks. For peers that have left, use sessions.get.
    GetPeer: "active_rooms.get_peer" = GET "/active-rooms/{room_id}/peers/{peer_id}" -> Peer;
    method ActiveRooms::get_peer(room_id, peer_id); docs "active-rooms/retrieve-peer"; retry always;
    path {
        /// Id of the room.
        room_id,
        /// Id of the peer.
        peer_id,
    }
}

operation! {
    /// Change a connected peer's name, role or metadata.
    ///
    /// Updates the given fields of a connected peer and returns the updated peer. A role change applies without the peer's consent.
    UpdatePeer: "active_rooms.update_peer" = POST "/active-rooms/{room_id}/peers/{peer_id}" -> Peer;
    method ActiveRooms::update_peer; docs "active-rooms/update-a-peer"; retry always,
    needs any (name, role, metadata);
    path {
        /// Id of the room.
        room_id,
        /// Id of the peer.
        peer_id,
    }
    body {
        /// Name of the peer.
        optional name: String,
        /// A role of the room's template.
        optional role: String,
        /// Replaces the whole metadata string.
        optional metadata: String,
    }
}

operation! {
    /// Disconnect one peer or all peers of a role.
    ///
    /// Removes the peer with this `peer_id`, or all peers with this role. One of the two is required. `peer_id` takes precedence if
    /// both are given. Removed peers can join again.
    RemovePeers: "active_rooms.remove_peers" = POST "/active-rooms/{room_id}/remove-peers" -> Message;
    method ActiveRooms::remove_peers; docs "active-rooms/remove-peers"; retry always,
    needs any (peer_id, role);
    path {
        /// Id of the room.
        room_id,
    }
    body {
        /// Remove only this peer. Takes precedence over `role`.
        recipient peer_id: String,
        /// All peers of this role.
        recipient role: String,
        /// Reason, passed to the other peers and to the leave event.
        optional reason: String,
    }
}

operation! {
    /// Send a message into a live room.
    ///
    /// Delivers a message to one peer (`peer_id`), to all peers of a role (`role`), or to everybody (neither). `peer_id` takes
    /// precedence if both are given. Client apps use `type` to distinguish chat, emoji and custom events.
    SendMessage: "active_rooms.send_message" = POST "/active-rooms/{room_id}/send-message" -> Message;
    method ActiveRooms::send_message; docs "active-rooms/send-message"; retry if_unsent;
    path {
        /// Id of the room.
        room_id,
    }
    body {
        /// Text of the message.
        required message: String,
        /// Send to this peer only. Takes precedence over `role`.
        recipient peer_id: String,
        /// All peers of this role.
        recipient role: String,
        /// Label for client apps, for example chat, emoji or a custom name.
        optional r#type as "type": String,
    }
}

model! {
    /// A room with its running session.
    answer ActiveRoom {
        /// Id of the room.
        required id: String,
        /// Name of the room.
        required name: String,
        /// Id of the workspace.
        required customer_id: String,
        /// The running session of a room.
        required session: ActiveSession,
    }
}

model! {
    /// The running session of a room.
    answer ActiveSession {
        /// Id of the session.
        required id: String,
        /// Start time.
        optional created_at: Timestamp,
        /// Ids of connected peers.
        required peers: [String],
    }
}

model! {
    /// Connected peers.
    answer PeerMap {
        /// Peers keyed by id. Empty if none match.
        required peers: {PeerSummary},
    }
}

model! {
    /// A connected peer without tracks.
    answer PeerSummary {
        /// Id of the peer.
        required id: String,
        /// Name of the peer.
        required name: String,
        /// `user_id` from the auth token. Empty if the peer has none.
        required user_id: String,
        /// Free text, usually JSON. Empty if unset.
        required metadata: String,
        /// Name of the role.
        required role: String,
        /// When the peer joined.
        optional joined_at: Timestamp,
    }
}

model! {
    /// A connected peer with its tracks.
    answer Peer {
        /// Id of the peer.
        required id: String,
        /// Name of the peer.
        required name: String,
        /// `user_id` from the auth token. Empty if the peer has none.
        required user_id: String,
        /// Free text, usually JSON. Empty if unset.
        required metadata: String,
        /// Name of the role.
        required role: String,
        /// When the peer joined.
        optional joined_at: Timestamp,
        /// Published tracks keyed by track id.
        optional tracks: {Track},
    }
}

model! {
    /// A published media track.
    answer Track {
        /// Id of the track.
        required id: String,
        /// Id of the stream that the track belongs to.
        required stream_id: String,
        /// Whether the track is muted.
        required mute: bool,
        /// Kind of media of the track.
        required r#type as "type": TrackType,
        /// Where the track comes from.
        required source: TrackSource,
        /// Start time.
        optional started_at: Timestamp,
        /// Usually empty.
        optional description: String,
    }
}

open_enum! {
    /// Kind of media of a track.
    TrackType {
        Audio = "audio",
        Video = "video",
    }
}

open_enum! {
    /// Where a track comes from.
    TrackSource {
        Regular = "regular",
        Screen = "screen",
        Plugin = "plugin",
        Audioplaylist = "audioplaylist",
        Videoplaylist = "videoplaylist",
    }
}
