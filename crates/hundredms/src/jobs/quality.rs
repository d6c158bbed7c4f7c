//! Quality: what the peers of a session sent and received, and for how long they talked.

use std::iter;

use futures_util::stream::{self, StreamExt};
use jiff::Timestamp;

use super::attendance::{Stay, end_of};
use super::context::JobContext;
use super::intervals::{covered, seconds};
use super::patient_call::patient_call;
use super::progress::ItemProgress;
use crate::define::{job, jobs, model, open_enum};
use crate::error::{ErrorKind, Result};
use crate::resources::analytics::{
    AnalyticsPeerStats, AnalyticsPublisherAudioTrack, GetPeerQualityStats,
};
use crate::resources::sessions::{GetSession, SessionPeer};
use crate::wire::extra::Extra;

jobs![GetSessionQuality];

const CONCURRENCY: i64 = 4;

/// Bits per second. Less is sent by clients that pause while nobody speaks.
const TALK_BITRATE: f64 = 10_000.0;

/// The length of a sample in milliseconds, where there is no second one to tell. Undocumented by the service.
const SAMPLE: i64 = 10_000;

job! {
    /// Return how long each peer of a session talked, and what it sent and received.
    ///
    /// Reads the session, then the statistics of each peer, `concurrency` at a time: one call for each peer, and if the service
    /// refuses one with 429, all wait as long as it asks. Progress counts peers.
    ///
    /// A peer without data is there with null instead of values, and `missing` says why. There is no data while a session runs, so
    /// the statistics are not requested then. The service does not document for which other peers it has none, such as those of
    /// HIPAA workspaces or with short stays. A value is also null if there are no samples for it.
    ///
    /// The service does not measure speech. `talk_seconds` is an estimate: the time in which the peer sent audio of at least
    /// `talk_bitrate`. Clients that send audio while nobody speaks are counted whenever they are not muted.
    GetSessionQuality: "sessions.quality" -> SessionQuality;
    method Sessions::quality(session_id); timeout 900; reports ItemProgress;
    arguments {
        /// Id of the session.
        required session_id: String,
        /// How many calls are made at a time. Between 1 and 32. Defaults to 4.
        optional concurrency: i64 [in 1..=32],
        /// Bits per second from which audio counts as talk. Defaults to 10000.
        optional talk_bitrate: i64 [in 0..=1_000_000],
        /// Also return the time series of each peer, in `stats`. Defaults to `false`.
        optional series: bool,
    }
}

model! {
    /// The quality of a session, peer by peer.
    answer SessionQuality {
        /// Id of the session.
        required session_id: String,
        /// Id of the room.
        required room_id: String,
        /// True if it is still running, so that there is no data yet.
        required active: bool,
        /// Everyone who was there, earliest first.
        required peers: [PeerQuality],
    }
}

model! {
    /// What a peer sent and received. Values are null if there is no data.
    answer PeerQuality {
        /// Id of the peer. A user who left and came back has several.
        required peer_id: String,
        /// Your own id for the user. Absent if the peer has none.
        optional user_id: String,
        /// Name of the peer. Hashed in HIPAA workspaces.
        required name: String,
        /// Role of the peer.
        required role: String,
        /// How long the peer was there, in seconds, as in `sessions.attendance`.
        required seconds_present: f64,
        /// Why there is no data. Null if there is.
        nullable missing: MissingQuality,
        /// How long the peer talked, in seconds. An estimate.
        nullable talk_seconds: f64,
        /// Audio that the peer sent.
        nullable sent_audio: MediaQuality,
        /// Video that the peer sent.
        nullable sent_video: MediaQuality,
        /// Audio that the peer received.
        nullable received_audio: MediaQuality,
        /// Video that the peer received.
        nullable received_video: MediaQuality,
        /// The time series, if they were asked for. What is not averaged is there: freezes and concealed samples.
        nullable stats: AnalyticsPeerStats,
    }
}

model! {
    /// Means over the samples of all tracks, and of all layers of a video.
    answer MediaQuality {
        /// Number of samples.
        required samples: i64,
        /// Bits per second of one track or layer.
        nullable bitrate: f64,
        /// Frames per second. Video only.
        nullable fps: f64,
        /// Packet loss in percent. Not for received video.
        nullable packet_loss_percent: f64,
        /// Round-trip time in milliseconds. Sent media only.
        nullable rtt_ms: f64,
        /// Jitter in milliseconds. Sent audio only.
        nullable jitter_ms: f64,
    }
}

open_enum! {
    /// Why there is no data of a peer.
    MissingQuality {
        /// The session is still running. The data comes after its end.
        Running = "running",
        /// The service answered 404.
        NotFound = "not_found",
        /// The service answered with no samples at all.
        Empty = "empty",
    }
}

impl GetSessionQuality {
    async fn execute(self, context: JobContext<ItemProgress>) -> Result<SessionQuality> {
        let request = GetSession::new(self.session_id.clone());
        let response = patient_call(&context, request).await?;
        let now = context.service_time(&response.headers);
        let session = response.value;
        let running_until = session.active.then_some(now);
        let ended_at = end_of(&session);
        let total = session.peers.len();
        let mut peers: Vec<SessionPeer> = session
            .peers
            .into_iter()
            .map(|(id, mut peer)| {
                if peer.id.is_empty() {
                    peer.id = id;
                }
                peer
            })
            .collect();
        peers.sort_by(|one, other| (one.joined_at, &one.id).cmp(&(other.joined_at, &other.id)));
        context.report(&ItemProgress::new(0, Some(total)));
        let mut qualities: Vec<PeerQuality> = peers
            .into_iter()
            .map(|peer| without_data(peer, running_until, ended_at))
            .collect();
        if !session.active {
            let concurrency = self.concurrency.unwrap_or(CONCURRENCY);
            let requests: Vec<_> = qualities
                .iter()
                .map(|peer| GetPeerQualityStats::new(&*peer.peer_id, &*self.session_id))
                .enumerate()
                .collect();
            let mut answers = stream::iter(requests)
                .map(|(index, request)| {
                    let context = context.clone();
                    async move { (index, stats_of(&context, request).await) }
                })
                .buffer_unordered(usize::try_from(concurrency).unwrap_or(1));
            let mut done = 0;
            while let Some((index, stats)) = answers.next().await {
                self.fill(&mut qualities[index], stats?);
                done += 1;
                context.report(&ItemProgress::new(done, Some(total)));
            }
        }
        Ok(SessionQuality {
            session_id: session.id,
            room_id: session.room_id,
            active: session.active,
            peers: qualities,
            extra: Extra::default(),
        })
    }

    fn fill(&self, peer: &mut PeerQuality, stats: Option<AnalyticsPeerStats>) {
        let Some(stats) = stats else {
            peer.missing = Some(MissingQuality::NotFound);
            return;
        };
        #[expect(clippy::cast_precision_loss)]
        let talk_bitrate = self
            .talk_bitrate
            .map_or(TALK_BITRATE, |bitrate| bitrate as f64);
        let (sent, received) = (&stats.publisher, &stats.subscriber);
        let mut sent_audio = Means::default();
        for series in sent.audio.iter().map(|track| &track.time_series) {
            sent_audio.samples += series.timestamps.len();
            sent_audio.bitrate.add(&series.bitrate);
            sent_audio.packet_loss.add(&series.packet_loss_percent);
            sent_audio.rtt.add(&series.rtt_ms);
            sent_audio.jitter.add(&series.jitter_ms);
        }
        let mut sent_video = Means::default();
        for series in sent.video.iter().map(|track| &track.time_series) {
            sent_video.samples += series.timestamps.len();
            sent_video.bitrate.add(&series.bitrate);
            sent_video.fps.add(&series.fps);
            sent_video.packet_loss.add(&series.packet_loss_percent);
            sent_video.rtt.add(&series.rtt_ms);
        }
        let mut received_audio = Means::default();
        for series in received.audio.iter().map(|track| &track.time_series) {
            received_audio.samples += series.timestamps.len();
            received_audio.bitrate.add(series.bitrate.iter().flatten());
            received_audio.packet_loss.add(&series.packet_loss_percent);
        }
        let mut received_video = Means::default();
        for series in received.video.iter().map(|track| &track.time_series) {
            received_video.samples += series.timestamps.len();
            received_video.bitrate.add(series.bitrate.iter().flatten());
            received_video.fps.add(&series.fps);
        }
        peer.sent_audio = sent_audio.quality();
        peer.sent_video = sent_video.quality();
        peer.received_audio = received_audio.quality();
        peer.received_video = received_video.quality();
        let all = [
            &peer.sent_audio,
            &peer.sent_video,
            &peer.received_audio,
            &peer.received_video,
        ];
        peer.missing = if all.iter().all(|quality| quality.is_none()) {
            Some(MissingQuality::Empty)
        } else {
            // The last sample may reach beyond the stay.
            let talk = seconds(talk_time(&sent.audio, talk_bitrate));
            let present = peer.seconds_present;
            peer.talk_seconds = Some(if present > 0.0 {
                talk.min(present)
            } else {
                talk
            });
            None
        };
        peer.stats = Some(stats).filter(|_| self.series == Some(true));
    }
}

/// Return the statistics of a peer. `None` if the service has none.
async fn stats_of(
    context: &JobContext<ItemProgress>,
    request: GetPeerQualityStats,
) -> Result<Option<AnalyticsPeerStats>> {
    match patient_call(context, request).await {
        Ok(response) => Ok(Some(response.value)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Return a peer as it is while the session runs.
fn without_data(
    peer: SessionPeer,
    running_until: Option<Timestamp>,
    ended_at: Option<Timestamp>,
) -> PeerQuality {
    let stay = Stay::of(&peer, running_until, ended_at);
    PeerQuality {
        peer_id: peer.id,
        user_id: peer.user_id,
        name: peer.name,
        role: peer.role,
        seconds_present: seconds(stay.milliseconds()),
        missing: Some(MissingQuality::Running),
        talk_seconds: None,
        sent_audio: None,
        sent_video: None,
        received_audio: None,
        received_video: None,
        stats: None,
        extra: Extra::default(),
    }
}

/// Sums that become means.
#[derive(Debug, Default)]
struct Means {
    samples: usize,
    bitrate: Mean,
    fps: Mean,
    packet_loss: Mean,
    rtt: Mean,
    jitter: Mean,
}

impl Means {
    /// Return the means. `None` without samples.
    fn quality(&self) -> Option<MediaQuality> {
        (self.samples > 0).then(|| MediaQuality {
            samples: i64::try_from(self.samples).unwrap_or(i64::MAX),
            bitrate: self.bitrate.value(),
            fps: self.fps.value(),
            packet_loss_percent: self.packet_loss.value(),
            rtt_ms: self.rtt.value(),
            jitter_ms: self.jitter.value(),
            extra: Extra::default(),
        })
    }
}

#[derive(Debug, Default)]
struct Mean {
    sum: f64,
    count: f64,
}

impl Mean {
    fn add<'a>(&mut self, values: impl IntoIterator<Item = &'a f64>) {
        for value in values {
            self.sum += value;
            self.count += 1.0;
        }
    }

    fn value(&self) -> Option<f64> {
        let mean = self.sum / self.count;
        mean.is_finite().then_some(mean)
    }
}

/// Return for how long audio of at least this bitrate was sent, in milliseconds.
fn talk_time(tracks: &[AnalyticsPublisherAudioTrack], talk_bitrate: f64) -> i64 {
    let mut intervals = Vec::new();
    for track in tracks {
        let series = &track.time_series;
        // A sample without a bitrate is silent.
        let bitrates = series.bitrate.iter().copied().chain(iter::repeat(0.0));
        let mut samples: Vec<(i64, f64)> =
            series.timestamps.iter().copied().zip(bitrates).collect();
        samples.sort_by_key(|(time, _)| *time);
        let mut steps: Vec<i64> = samples
            .windows(2)
            .map(|pair| pair[1].0.saturating_sub(pair[0].0))
            .filter(|step| *step > 0)
            .collect();
        steps.sort_unstable();
        // A longer step is a gap, in which nothing was sent.
        let usual = steps.get(steps.len() / 2).copied().unwrap_or(SAMPLE);
        for (index, (time, bitrate)) in samples.iter().enumerate() {
            let next = samples.get(index + 1);
            let step = next.map_or(usual, |next| next.0.saturating_sub(*time).min(usual));
            if *bitrate >= talk_bitrate && *bitrate > 0.0 {
                intervals.push((*time, time.saturating_add(step)));
            }
        }
    }
    covered(intervals)
}

#[cfg(test)]
mod tests {
    use super::{AnalyticsPublisherAudioTrack, talk_time};
    use serde_json::json;

    fn track(timestamps: &[i64], bitrate: &[f64]) -> AnalyticsPublisherAudioTrack {
        serde_json::from_value(json!({
            "track_id": "t",
            "time_series": {
                "timestamps": timestamps, "bitrate": bitrate, "packet_loss_percent": [], "rtt_ms": [], "jitter_ms": [],
            },
        }))
        .expect("track")
    }

    #[test]
    fn only_samples_with_sound_count() {
        let talk = |track: AnalyticsPublisherAudioTrack| talk_time(&[track], 10_000.0);
        assert_eq!(talk(track(&[], &[])), 0);
        assert_eq!(talk(track(&[5_000], &[32_000.0])), 10_000);
        assert_eq!(
            talk(track(&[0, 10_000, 20_000], &[32_000.0, 1_000.0, 10_000.0])),
            20_000
        );
        // Out of order, and with a value missing.
        assert_eq!(
            talk(track(&[20_000, 0, 10_000], &[32_000.0, 32_000.0])),
            20_000
        );
        // Muted for a minute.
        assert_eq!(
            talk(track(&[0, 10_000, 70_000, 80_000], &[32_000.0; 4])),
            40_000
        );
        assert_eq!(
            talk(track(&[i64::MIN, i64::MAX], &[32_000.0, 32_000.0])),
            i64::MAX
        );
        assert_eq!(talk_time(&[track(&[0], &[0.0])], 0.0), 0);
    }

    #[test]
    fn two_tracks_at_once_count_once() {
        let tracks = [
            track(&[0, 10_000], &[32_000.0, 32_000.0]),
            track(&[5_000, 15_000], &[32_000.0, 32_000.0]),
        ];
        assert_eq!(talk_time(&tracks, 10_000.0), 25_000);
    }
}
