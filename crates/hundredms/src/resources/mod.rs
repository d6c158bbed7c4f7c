//! The resources of the service: each with its operations, requests and answers.

use crate::by_name::Entry;
use crate::client::Client;

pub mod active_rooms;
pub mod analytics;
pub mod external_streams;
pub mod live_streams;
mod patterns;
pub mod polls;
pub mod recording_assets;
pub mod recordings;
pub mod room_codes;
pub mod rooms;
mod rules;
pub mod sessions;
mod shortcuts;
pub mod sip;
pub mod stream_keys;
pub mod templates;

pub use shortcuts::{SHORTCUTS, Shortcut};

/// The struct of a resource, the method of the client that gives it, and its rows in the table.
macro_rules! resources {
    ($($(#[$m:meta])* $method:ident: $name:ident,)*) => {
        $(
            $(#[$m])*
            ///
            /// The methods make the calls; each can also be made from its request with [`Client::send`].
            #[derive(Debug, Clone)]
            pub struct $name {
                client: Client,
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

        /// Give every row of the table of operations.
        pub(crate) fn entries() -> impl Iterator<Item = &'static Entry> {
            [$($method::OPERATIONS),*].into_iter().flatten()
        }
    };
}

resources! {
    /// Rooms: the places in which peers meet, and their settings.
    rooms: Rooms,
    /// Room codes: short codes that stand for a room and a role, and their exchange for a token.
    room_codes: RoomCodes,
    /// Stream keys: with them an encoder sends RTMP into a room.
    stream_keys: StreamKeys,
    /// Active rooms: the rooms in which somebody is right now, and their peers.
    active_rooms: ActiveRooms,
    /// Sessions: the times in which a room was in use, and who was there.
    sessions: Sessions,
    /// Recordings: jobs that record a room.
    recordings: Recordings,
    /// Recording assets: the files that recordings and streams leave.
    recording_assets: RecordingAssets,
    /// Live streams: a room as HLS.
    live_streams: LiveStreams,
    /// External streams: a room sent on by RTMP.
    external_streams: ExternalStreams,
    /// Analytics: events and quality of sessions, and the log of webhooks.
    analytics: Analytics,
    /// Polls: questions to the peers, their answers and results.
    polls: Polls,
    /// Templates: roles, settings and destinations that rooms share (the service also calls them policy).
    templates: Templates,
    /// SIP: phone calls into rooms.
    sip: Sip,
}
