//! Rules across fields that the service documents.

use crate::wire::violation::Violation;

pub(super) type Checked = Result<(), Violation>;

/// Let the rules of these models check a value of the model itself.
macro_rules! each_of_itself {
    ($($model:ty),*) => {
        $(impl $crate::check::Each<$model> for $model {
            fn each(&self, rule: &dyn Fn(&$model) -> $crate::resources::rules::Checked) -> $crate::resources::rules::Checked {
                rule(self)
            }
        })*
    };
}

pub(super) use each_of_itself;

/// The maximum of the longer side of a picture, in pixels.
const MAX_LONGER_SIDE: i64 = 1920;

/// The maximum of the shorter side of a picture, in pixels.
const MAX_SHORTER_SIDE: i64 = 1080;

/// The minimum of the longer side of a rendition of an HLS stream, in pixels. The shorter side has a range of its own.
const MIN_LONGER_SIDE_OF_LAYER: i64 = 192;

/// Refuse a picture that is too large.
pub(super) fn picture(width: Option<i64>, height: Option<i64>) -> Checked {
    for (name, side) in [("width", width), ("height", height)] {
        if let Some(side) = side.filter(|side| *side > MAX_LONGER_SIDE) {
            let reason = format!("{side} is out of range: at most {MAX_LONGER_SIDE}");
            return Err(Violation::new(reason).under(name));
        }
    }
    match (width, height) {
        (Some(width), Some(height)) if width.min(height) > MAX_SHORTER_SIDE => Err(Violation::new(
            format!("{width}x{height}: the shorter side must be at most {MAX_SHORTER_SIDE}"),
        )),
        _ => Ok(()),
    }
}

/// Refuse a rendition of an HLS stream that is too large or too small.
pub(super) fn layer(width: Option<i64>, height: Option<i64>) -> Checked {
    picture(width, height)?;
    match (width, height) {
        (Some(width), Some(height)) if width.max(height) < MIN_LONGER_SIDE_OF_LAYER => {
            Err(Violation::new(format!(
                "{width}x{height}: the longer side must be at least {MIN_LONGER_SIDE_OF_LAYER}"
            )))
        }
        _ => Ok(()),
    }
}

/// A room for more peers than this must be a large room.
const MAX_PEERS: i64 = 2500;

/// Refuse a size that only a large room can have.
pub(super) fn room_size(size: Option<i64>, large: bool) -> Checked {
    match size {
        Some(size) if size > MAX_PEERS && !large => Err(Violation::new(format!(
            "{size} peers need `large_room` true: at most {MAX_PEERS} without it"
        ))
        .under("size")),
        _ => Ok(()),
    }
}
