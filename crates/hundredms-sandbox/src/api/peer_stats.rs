//! Time series of what peers sent and received: `/analytics/peer-stats`. They are the same for all peers.

use serde_json::json;

use crate::{
    api::operation::Operation,
    api_response::{ApiError, ApiResponse},
    request::Request,
    state::State,
};

pub(crate) const OPERATIONS: &[Operation] = &[Operation::new(
    "analytics.peer_quality_stats",
    "GET",
    "/analytics/peer-stats",
    peer_quality_stats,
)];

/// The id of the only track.
const TRACK: &str = "1f0f6f5c-6d0e-4f0a-9d4e-1b2a3c4d5e6f";

fn peer_quality_stats(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let needed = |name| {
        request
            .query(name)
            .ok_or_else(|| ApiError::query_param(name, "given"))
    };
    let (peer_id, session_id) = (needed("peer_id")?, needed("session_id")?);
    let session = session_id
        .parse()
        .ok()
        .and_then(|id| state.sessions.of_id(id))
        .ok_or_else(|| ApiError::not_found("Session not found"))?;
    let peer = session
        .peers
        .iter()
        .find(|peer| peer.id == peer_id)
        .ok_or_else(|| ApiError::not_found("Peer not found"))?;
    if session.ended_at.is_none() {
        return Err(ApiError::not_found("Peer stats not found")
            .detail("they are there once the session has ended"));
    }
    let start = peer.joined_at.as_millisecond();
    let times = [start, start + 10_000];
    Ok(ApiResponse::ok(&json!({
        "peer_id": peer.id, "session_id": session.id, "room_id": session.room_id,
        "publisher": {
            "video": [{
                "track_id": TRACK, "type": "regular", "rid": null,
                "time_series": {
                    "timestamps": times, "bitrate": [1_800_000, 1_795_000], "fps": [24, 25],
                    "packet_loss_percent": [0.0, 0.4], "rtt_ms": [61, 58],
                },
            }],
            "audio": [{
                "track_id": TRACK,
                "time_series": {
                    "timestamps": times, "bitrate": [31_800, 32_000], "packet_loss_percent": [0.0, 0.1],
                    "rtt_ms": [60, 58], "jitter_ms": [3.4, 2.9],
                },
            }],
        },
        "subscriber": {
            "video": [{
                "track_id": TRACK, "type": "regular",
                "time_series": {
                    "timestamps": times, "bitrate": [null, 1_500_000], "fps": [22, 24], "freeze_count": [0, 1],
                },
            }],
            "audio": [{
                "track_id": TRACK,
                "time_series": {
                    "timestamps": times, "bitrate": [null, 31_000], "concealed_samples": [480, 0],
                    "packet_loss_percent": [0.1, 0.0],
                },
            }],
        },
    })))
}
