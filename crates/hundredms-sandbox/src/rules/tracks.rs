//! Tracks of connected peers: publish, mute and unpublish what the role allows.

use crate::{
    api_response::ApiError,
    ids::uuid,
    state::{
        State,
        peers::{Peer, Track, may_publish, peer_not_found},
        track_change::{TrackChange, TrackEvent},
    },
};

/// How many peers may publish in a large room.
const PUBLISHERS_IN_LARGE_ROOM: usize = 200;

/// Add a track of a connected peer. 404 when it is not connected, 403 when its role may not publish that, or 200 others do in a
/// large room.
pub(crate) fn publish(
    state: &mut State,
    peer_id: &str,
    kind: &str,
    source: &str,
    mute: bool,
) -> Result<Track, ApiError> {
    let connected = state.sessions.peer(peer_id);
    let (session, peer) = connected
        .filter(|(_, peer)| peer.is_connected())
        .ok_or_else(peer_not_found)?;
    let room = state.rooms.of_id(session.room_id);
    let role = state.templates.of(room).role(&peer.role);
    if !role.is_some_and(|role| may_publish(role, kind, source)) {
        let role = &peer.role;
        return Err(
            ApiError::forbidden("publishing not allowed").detail(format!(
                "the role {role} may not publish {kind} of source {source}"
            )),
        );
    }
    let publishing = |peer: &&Peer| !peer.tracks.is_empty();
    if room.large_room == Some(true)
        && !publishing(&peer)
        && session.connected().filter(publishing).count() >= PUBLISHERS_IN_LARGE_ROOM
    {
        return Err(ApiError::forbidden("publishing not allowed")
            .detail("a large room takes 200 publishing peers at most"));
    }
    let same_source = peer.tracks.iter().find(|track| track.source == source);
    let track = Track {
        id: uuid(),
        stream_id: same_source.map_or_else(uuid, |track| track.stream_id.clone()),
        mute,
        kind: kind.into(),
        source: source.into(),
        started_at: state.now(),
        description: String::new(),
    };
    if let Some(peer) = state.sessions.peer_mut(peer_id) {
        peer.tracks.push(track.clone());
    }
    changed(state, TrackEvent::Added, peer_id, &track);
    Ok(track)
}

/// Mute or unmute a track. 404 if it is not published.
pub(crate) fn set_mute(state: &mut State, track_id: &str, mute: bool) -> Result<Track, ApiError> {
    let peer_id = publisher(state, track_id)?;
    let peer = state.sessions.peer_mut(&peer_id);
    let track = peer
        .and_then(|peer| peer.tracks.iter_mut().find(|track| track.id == track_id))
        .ok_or_else(track_not_found)?;
    if track.mute == mute {
        return Ok(track.clone());
    }
    track.mute = mute;
    let track = track.clone();
    changed(state, TrackEvent::Updated, &peer_id, &track);
    Ok(track)
}

/// Remove a track. 404 if it is not published.
pub(crate) fn unpublish(state: &mut State, track_id: &str) -> Result<(), ApiError> {
    let peer_id = publisher(state, track_id)?;
    remove_where(state, &peer_id, |track| track.id == track_id);
    Ok(())
}

/// Remove some tracks of a peer.
pub(crate) fn remove_where(state: &mut State, peer_id: &str, removed: impl Fn(&Track) -> bool) {
    let Some(peer) = state.sessions.peer_mut(peer_id) else {
        return;
    };
    let tracks = std::mem::take(&mut peer.tracks);
    let (gone, kept) = tracks.into_iter().partition::<Vec<_>, _>(removed);
    peer.tracks = kept;
    for track in gone {
        changed(state, TrackEvent::Removed, peer_id, &track);
    }
}

fn publisher(state: &State, track_id: &str) -> Result<String, ApiError> {
    let peer = state.sessions.publisher_of(track_id);
    Ok(peer.ok_or_else(track_not_found)?.id.clone())
}

fn changed(state: &mut State, event: TrackEvent, peer_id: &str, track: &Track) {
    let Some((session, _)) = state.sessions.peer(peer_id) else {
        return;
    };
    let change = TrackChange {
        event,
        session_id: session.id,
        peer_id,
        track,
    };
    for hook in state.hooks.track_changed {
        hook(state, &change);
    }
}

fn track_not_found() -> ApiError {
    ApiError::not_found("Track not found")
}
