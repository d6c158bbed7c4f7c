//! Rules between fields that the service documents.

use super::recordings::Resolution;
use super::rooms::{CreateRoom, UpdateRoom};
use super::templates::DestinationHlsLayer;
use crate::check::{Each, Violation};

type Checked = Result<(), Violation>;

/// A value of its own kind is what its rules are for.
macro_rules! each_of_itself {
    ($($model:ty),*) => {
        $(impl Each<$model> for $model {
            fn each(&self, rule: &dyn Fn(&$model) -> Checked) -> Checked {
                rule(self)
            }
        })*
    };
}

each_of_itself!(Resolution, DestinationHlsLayer);

/// The longer side of a picture may be 1920, the shorter one 1080.
const SHORTER_SIDE: i64 = 1080;

/// Size of a recording or a stream.
pub(super) const RESOLUTION: fn(&Resolution) -> Checked =
    |resolution| shorter_side(resolution.width, resolution.height);

/// One rendition of an HLS stream.
pub(super) const HLS_LAYER: fn(&DestinationHlsLayer) -> Checked = |layer| {
    let (Some(width), Some(height)) = (layer.width, layer.height) else {
        return Ok(());
    };
    shorter_side(width, height)
};

fn shorter_side(width: i64, height: i64) -> Checked {
    if width.min(height) <= SHORTER_SIDE {
        return Ok(());
    }
    Err(Violation::new(format!(
        "{width}x{height}: the shorter side must be at most {SHORTER_SIDE}"
    )))
}

/// More peers than this need a large room.
const MOST_PEERS: i64 = 2500;

/// A new room.
pub(super) fn new_room_size(room: &CreateRoom) -> Checked {
    room_size(room.size, room.large_room == Some(true))
}

/// A room that may be large already.
pub(super) fn room_size_of_update(room: &UpdateRoom) -> Checked {
    room_size(room.size, room.large_room != Some(false))
}

fn room_size(size: Option<i64>, large: bool) -> Checked {
    match size {
        Some(size) if size > MOST_PEERS && !large => Err(Violation::new(format!(
            "{size} peers need `large_room` true: at most {MOST_PEERS} without it"
        ))
        .under("size")),
        _ => Ok(()),
    }
}
