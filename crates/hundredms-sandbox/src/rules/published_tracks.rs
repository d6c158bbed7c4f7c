//! Records when tracks were published.

use crate::state::{
    State,
    published_tracks::{Published, PublishedTracks},
    track_change::{TrackChange, TrackEvent},
};

/// Keep when tracks were published.
pub(crate) fn track_changed(state: &mut State, change: &TrackChange<'_>) {
    let now = state.now();
    let PublishedTracks(tracks) = &mut state.published_tracks;
    match change.event {
        TrackEvent::Added => tracks.push(Published {
            session_id: change.session_id,
            peer_id: change.peer_id.to_owned(),
            id: change.track.id.clone(),
            kind: change.track.kind.clone(),
            source: change.track.source.clone(),
            from: now,
            until: None,
        }),
        TrackEvent::Updated => {}
        TrackEvent::Removed => {
            let mut tracks = tracks.iter_mut().rev();
            if let Some(track) = tracks.find(|track| track.id == change.track.id) {
                track.until = Some(now);
            }
        }
    }
}
