//! All operations.

use super::{
    active_rooms, analytics, external_streams, live_streams, polls, recording_assets, recordings,
    room_codes, rooms, sessions, sip, stream_keys, templates,
};
use crate::operation::OperationVisitor;

/// Visit every operation, in the order of the operation table.
pub(crate) fn each_operation(visitor: &mut impl OperationVisitor) {
    rooms::each_operation(visitor);
    room_codes::each_operation(visitor);
    stream_keys::each_operation(visitor);
    active_rooms::each_operation(visitor);
    sessions::each_operation(visitor);
    recordings::each_operation(visitor);
    recording_assets::each_operation(visitor);
    live_streams::each_operation(visitor);
    external_streams::each_operation(visitor);
    analytics::each_operation(visitor);
    polls::each_operation(visitor);
    templates::each_operation(visitor);
    sip::each_operation(visitor);
}
