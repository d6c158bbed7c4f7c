//! Rules across fields that the service documents.

use super::recordings::Resolution;
use super::rooms::{CreateRoom, UpdateRoom};
use super::templates::{
    DestinationBrowserRecording, DestinationHlsLayer, DestinationRtmp,
    RecordingConfigBrowserComposite, RecordingConfigStream,
};
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

each_of_itself!(
    DestinationBrowserRecording,
    DestinationHlsLayer,
    DestinationRtmp,
    RecordingConfigBrowserComposite,
    RecordingConfigStream,
    Resolution
);

/// The longest side of a picture.
const LONGER_SIDE: i64 = 1920;

/// The longest that the shorter side of a picture may be.
const SHORTER_SIDE: i64 = 1080;

/// The longer side of a rendition of an HLS stream has at least so many pixels; the shorter one has a range of its own.
const LONGER_SIDE_OF_LAYER: i64 = 192;

/// Size of a recording or a stream.
pub(super) const RESOLUTION: fn(&Resolution) -> Checked =
    |resolution| picture(Some(resolution.width), Some(resolution.height));

/// One rendition of an HLS stream.
pub(super) const HLS_LAYER: fn(&DestinationHlsLayer) -> Checked = |layer| {
    picture(layer.width, layer.height)?;
    match (layer.width, layer.height) {
        (Some(width), Some(height)) if width.max(height) < LONGER_SIDE_OF_LAYER => {
            Err(Violation::new(format!(
                "{width}x{height}: the longer side must be at least {LONGER_SIDE_OF_LAYER}"
            )))
        }
        _ => Ok(()),
    }
};

/// Browser recording of a template. What it documents of sizes is what holds for calls that start one; no least size is, and 0
/// stands for none in templates that are read and written back.
pub(super) const BROWSER_RECORDING: fn(&DestinationBrowserRecording) -> Checked =
    |recording| picture(recording.width, recording.height);

/// RTMP output of a template.
pub(super) const RTMP_OUTPUT: fn(&DestinationRtmp) -> Checked =
    |output| picture(output.width, output.height);

/// Recording by a browser, in a recording configuration.
pub(super) const BROWSER_COMPOSITE: fn(&RecordingConfigBrowserComposite) -> Checked =
    |composite| picture(composite.width, composite.height);

/// Recording of each stream, in a recording configuration.
pub(super) const STREAM_RECORDING: fn(&RecordingConfigStream) -> Checked =
    |recording| picture(recording.width, recording.height);

/// Refuse a picture that is too large.
fn picture(width: Option<i64>, height: Option<i64>) -> Checked {
    for (name, side) in [("width", width), ("height", height)] {
        if let Some(side) = side.filter(|side| *side > LONGER_SIDE) {
            let reason = format!("{side} is out of range: at most {LONGER_SIDE}");
            return Err(Violation::new(reason).under(name));
        }
    }
    match (width, height) {
        (Some(width), Some(height)) if width.min(height) > SHORTER_SIDE => Err(Violation::new(
            format!("{width}x{height}: the shorter side must be at most {SHORTER_SIDE}"),
        )),
        _ => Ok(()),
    }
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
