//! Records changes of tracks in analytics.

use serde_json::json;

use crate::{
    clock,
    state::{
        State,
        track_change::{TrackChange, TrackEvent},
    },
};

/// Record a change of a track.
pub(crate) fn track_changed(state: &mut State, change: &TrackChange<'_>) {
    let Some((session, peer)) = state.sessions.peer(change.peer_id) else {
        return;
    };
    let track = change.track;
    let now = state.now();
    let mut data = json!({
        "room_id": session.room_id, "session_id": session.id, "room_name": state.rooms.of_id(session.room_id).name,
        "peer_id": peer.id, "user_id": peer.user_id, "user_name": peer.name,
        "joined_at": clock::text(peer.joined_at), "role": peer.role,
        "track_id": track.id, "stream_id": track.stream_id, "type": track.kind, "source": track.source,
        "mute": track.mute, "started_at": clock::text(track.started_at),
    });
    let kind = match change.event {
        TrackEvent::Added => "track.add.success",
        TrackEvent::Updated => "track.update.success",
        TrackEvent::Removed => {
            data["stopped_at"] = clock::text(now).into();
            "track.remove.success"
        }
    };
    state.analytics.record(kind, now, data);
}
