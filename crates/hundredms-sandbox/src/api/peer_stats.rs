//! Time series of what peers sent and received: `/analytics/peer-stats`. The values are invented: plausible, and always the same
//! for the same track.

use std::iter;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::{
    answer::{Answer, ApiError},
    api::operation::Operation,
    request::Request,
    state::{
        State,
        peers::Peer,
        published_tracks::{Published, PublishedTracks},
    },
};

pub(crate) const OPERATIONS: &[Operation] = &[Operation::new(
    "analytics.peer_quality_stats",
    "GET",
    "/analytics/peer-stats",
    peer_quality_stats,
)];

/// Time between two values of a series.
const INTERVAL: SignedDuration = SignedDuration::from_secs(10);

fn peer_quality_stats(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
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
    let Some(ended_at) = session.ended_at else {
        return Err(ApiError::not_found("Peer stats not found")
            .detail("they are there once the session has ended"));
    };

    let template = state.templates.of(state.rooms.of_id(session.room_id));
    let role = template.role(&peer.role).unwrap_or(&Value::Null);
    let hears = |publisher: &str| {
        let roles = role["subscribeParams"]["subscribeToRoles"].as_array();
        let role_of = |peer: &&Peer| peer.id == publisher;
        let publisher = session.peers.iter().find(role_of);
        publisher.is_some_and(|publisher| {
            roles.is_some_and(|roles| roles.iter().any(|role| *role == publisher.role))
        })
    };
    let left_at = peer.left_at.unwrap_or(ended_at);
    let (mut sent_video, mut sent_audio) = (Vec::new(), Vec::new());
    let (mut got_video, mut got_audio) = (Vec::new(), Vec::new());
    let PublishedTracks(tracks) = &state.published_tracks;
    for track in tracks.iter().filter(|track| track.session_id == session.id) {
        let is_video = track.kind == "video";
        let until = track.until.unwrap_or(ended_at);
        if track.peer_id == peer.id {
            if is_video {
                let layers = layers(role, &track.source);
                let layers = layers
                    .iter()
                    .map(|rid| sent_video_track(track, *rid, until));
                sent_video.extend(layers);
            } else {
                sent_audio.push(sent_audio_track(track, until));
            }
            continue;
        }
        let (from, until) = (track.from.max(peer.joined_at), until.min(left_at));
        if from < until && hears(&track.peer_id) {
            if is_video {
                got_video.push(received_video_track(track, peer_id, from, until));
            } else {
                got_audio.push(received_audio_track(track, peer_id, from, until));
            }
        }
    }
    Ok(Answer::ok(&json!({
        "peer_id": peer.id, "session_id": session.id, "room_id": session.room_id,
        "publisher": {"video": sent_video, "audio": sent_audio},
        "subscriber": {"video": got_video, "audio": got_audio},
    })))
}

/// The names that analytics gives to the simulcast layers of a role, from the best down; none at all without simulcast.
fn layers(role: &Value, source: &str) -> Vec<Option<&'static str>> {
    let kind = if source == "screen" { source } else { "video" };
    let layers = role["publishParams"]["simulcast"][kind]["layers"].as_array();
    match layers.map_or(0, Vec::len) {
        0 => vec![None],
        count => ["h", "m", "l"].into_iter().map(Some).take(count).collect(),
    }
}

fn sent_video_track(track: &Published, rid: Option<&str>, until: Timestamp) -> Value {
    let mut series = Series::new(&[&track.id, rid.unwrap_or_default()], track.from, until);
    let (bitrate, fps) = match (track.source.as_str(), rid) {
        ("screen", _) => (1_000_000, 5),
        (_, Some("m")) => (500_000, 24),
        (_, Some("l")) => (150_000, 15),
        _ => (1_800_000, 24),
    };
    json!({
        "track_id": track.id, "type": track.source, "rid": rid,
        "time_series": {
            "timestamps": series.timestamps(),
            "bitrate": series.integers(bitrate, bitrate / 20),
            "fps": series.integers(fps, 1),
            "packet_loss_percent": series.tenths(0, 5),
            "rtt_ms": series.integers(55, 12),
        },
    })
}

fn sent_audio_track(track: &Published, until: Timestamp) -> Value {
    let mut series = Series::new(&[&track.id], track.from, until);
    json!({
        "track_id": track.id,
        "time_series": {
            "timestamps": series.timestamps(),
            "bitrate": series.integers(31_000, 2_000),
            "packet_loss_percent": series.tenths(0, 3),
            "rtt_ms": series.integers(55, 12),
            "jitter_ms": series.tenths(20, 25),
        },
    })
}

fn received_video_track(track: &Published, by: &str, from: Timestamp, until: Timestamp) -> Value {
    let mut series = Series::new(&[&track.id, by], from, until);
    let (bitrate, fps) = match track.source.as_str() {
        "screen" => (1_000_000, 5),
        _ => (1_500_000, 22),
    };
    json!({
        "track_id": track.id, "type": track.source,
        "time_series": {
            "timestamps": series.timestamps(),
            "bitrate": unknown_at_first(series.integers(bitrate, bitrate / 20)),
            "fps": series.integers(fps, 3),
            "freeze_count": series.integers(0, 1),
        },
    })
}

fn received_audio_track(track: &Published, by: &str, from: Timestamp, until: Timestamp) -> Value {
    let mut series = Series::new(&[&track.id, by], from, until);
    json!({
        "track_id": track.id,
        "time_series": {
            "timestamps": series.timestamps(),
            "bitrate": unknown_at_first(series.integers(31_000, 2_000)),
            "concealed_samples": series.integers(0, 960),
            "packet_loss_percent": series.tenths(0, 3),
        },
    })
}

/// A bitrate needs two readings of a counter, so a receiver has none for its first moment.
fn unknown_at_first(mut values: Vec<Value>) -> Vec<Value> {
    if let Some(first) = values.first_mut() {
        *first = Value::Null;
    }
    values
}

/// Parallel series over a span of time, drawn from what names them.
struct Series {
    times: Vec<i64>,
    draw: fastrand::Rng,
}

impl Series {
    fn new(names: &[&str], from: Timestamp, until: Timestamp) -> Self {
        let next = |time: &Timestamp| time.checked_add(INTERVAL).ok();
        let times = iter::successors(Some(from), next)
            .take_while(|time| *time <= until)
            .map(Timestamp::as_millisecond)
            .collect();
        // FNV-1a
        let seed = names
            .iter()
            .flat_map(|name| name.bytes())
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        Self {
            times,
            draw: fastrand::Rng::with_seed(seed),
        }
    }

    fn timestamps(&self) -> &[i64] {
        &self.times
    }

    /// One value a time, from `least` to `least + spread`.
    fn integers(&mut self, least: i32, spread: i32) -> Vec<Value> {
        let draw = &mut self.draw;
        self.times
            .iter()
            .map(|_| draw.i32(least..=least + spread).into())
            .collect()
    }

    /// Like [`Self::integers`], in tenths.
    fn tenths(&mut self, least: i32, spread: i32) -> Vec<Value> {
        let draw = &mut self.draw;
        self.times
            .iter()
            .map(|_| (f64::from(draw.i32(least..=least + spread)) / 10.0).into())
            .collect()
    }
}
