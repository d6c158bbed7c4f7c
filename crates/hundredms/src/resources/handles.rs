//! The handle of each resource: [`Client::rooms`] returns [`Rooms`].

use crate::client::Client;

/// Defines each resource's struct, and the client method that returns it.
macro_rules! resources {
    ($($(#[$m:meta])* $method:ident: $name:ident,)*) => {
        $(
            $(#[$m])*
            ///
            /// Each method creates a call. A call can also be created from its request with [`Client::send`].
            #[derive(Debug, Clone)]
            pub struct $name {
                pub(crate) client: Client,
            }
        )*

        impl Client {
            $(
                $(#[$m])*
                pub fn $method(&self) -> $name {
                    $name { client: self.clone() }
                }
            )*
        }
    };
}

resources! {
    /// Rooms: where peers meet, and their settings.
    rooms: Rooms,
    /// Room codes: short codes for a room and a role, and their exchange for a token.
    room_codes: RoomCodes,
    /// Stream keys: let an encoder send RTMP to a room.
    stream_keys: StreamKeys,
    /// Active rooms: the rooms with a running session, and their peers.
    active_rooms: ActiveRooms,
    /// Sessions: the periods in which a room was in use, and their peers.
    sessions: Sessions,
    /// Recordings: jobs that record a room.
    recordings: Recordings,
    /// Recording assets: the files that recordings and streams produce.
    recording_assets: RecordingAssets,
    /// Live streams: stream a room over HLS.
    live_streams: LiveStreams,
    /// External streams: stream a room to RTMP targets.
    external_streams: ExternalStreams,
    /// Analytics: events and quality of sessions, and the log of webhooks.
    analytics: Analytics,
    /// Polls: questions to peers, answers and results.
    polls: Polls,
    /// Templates: roles, settings and destinations that rooms share. The service also calls them policies.
    templates: Templates,
    /// SIP: phone calls into rooms.
    sip: Sip,
}
