//! Shortcuts: methods that call an operation with one field set.

use super::handles::{RoomCodes, Rooms};
use super::room_codes::UpdateRoomCode;
use super::rooms::UpdateRoom;
use crate::call::Call;

/// A method that calls an operation with a preset argument. `cargo xtask gen` writes it in the other languages.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Shortcut {
    /// Its name, `resource.method`.
    pub name: &'static str,
    /// The operation that it calls.
    pub operation: &'static str,
    /// The argument that it takes.
    pub argument: &'static str,
    /// The preset argument.
    pub given: (&'static str, bool),
    /// What it does.
    pub docs: &'static str,
}

macro_rules! shortcuts {
    ($($resource:ident::$method:ident($argument:ident) = $name:literal, $operation:literal with $field:ident $value:literal, $docs:literal => $request:ident $new:expr;)*) => {
        /// Every shortcut.
        pub const SHORTCUTS: &[Shortcut] = &[$(Shortcut {
            name: $name,
            operation: $operation,
            argument: stringify!($argument),
            given: (stringify!($field), $value),
            docs: $docs,
        },)*];

        $(impl $resource {
            #[doc = $docs]
            ///
            #[doc = concat!("Calls `", $operation, "` with `", stringify!($field), "` ", stringify!($value), ".")]
            pub fn $method(&self, $argument: impl Into<String>) -> Call<$request> {
                let request: fn(String) -> $request = $new;
                self.client.send(request($argument.into()))
            }
        })*
    };
}

shortcuts! {
    Rooms::enable(room_id) = "rooms.enable", "rooms.update" with enabled true,
        "Enable a room: peers can join it, and its codes and stream key work."
        => UpdateRoom |room_id| UpdateRoom::new(room_id).enabled(true);
    Rooms::disable(room_id) = "rooms.disable", "rooms.update" with enabled false,
        "Disable a room: its session goes on, but nobody can join."
        => UpdateRoom |room_id| UpdateRoom::new(room_id).enabled(false);
    RoomCodes::enable(code) = "room_codes.enable", "room_codes.update" with enabled true,
        "Enable a room code."
        => UpdateRoomCode |code| UpdateRoomCode::new(code, true);
    RoomCodes::disable(code) = "room_codes.disable", "room_codes.update" with enabled false,
        "Disable a room code: it cannot be exchanged for a token."
        => UpdateRoomCode |code| UpdateRoomCode::new(code, false);
}
