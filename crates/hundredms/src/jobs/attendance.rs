//! Attendance: who was in a session or in a room, and for how long.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::context::JobContext;
use super::intervals::{covered, seconds};
use super::patient_call::patient_call;
use super::progress::ItemProgress;
use crate::define::{job, jobs, model, open_enum};
use crate::error::{Error, Result};
use crate::paging::{Paged, next_cursor};
use crate::resources::sessions::{GetSession, ListSessions, Session, SessionPeer};
use crate::wire::extra::Extra;

jobs![SessionAttendance, RoomAttendance];

/// The service ends a session after 12 hours. One hour more for what it logs late.
const LONGEST_SESSION: SignedDuration = SignedDuration::from_hours(13);

job! {
    /// Return who attended a session, and for how long.
    ///
    /// Reads the session once, and counts its peers as people: all peers with the same `user_id` are one person, and time that
    /// several of their devices were there at once counts once. Peers that are still there are counted until now, by the service's
    /// clock, with `present`. A peer without a logged leave in a session that has ended is counted until its end. Time that is
    /// assumed, or missing, is marked as `estimated`. Progress counts sessions.
    ///
    /// Peers without a `user_id` are counted one by one, because names are not unique. `merge_names` counts those with the same
    /// name as one person. The service reports one role per peer, so a change of role during a stay is not seen.
    SessionAttendance: "sessions.attendance" -> Attendance;
    method Sessions::attendance(session_id); timeout 300; reports ItemProgress;
    arguments {
        /// Id of the session.
        required session_id: String,
        /// Count peers without a `user_id` that have the same name as one person. Defaults to `false`.
        optional merge_names: bool,
    }
}

job! {
    /// Return who was in a room in a period, and for how long.
    ///
    /// Reads every session of the room that overlaps the period, running and finished, and counts their peers as people:
    /// see `sessions.attendance`. Time outside the period does not count, nor does who was there only then. Progress counts
    /// sessions. Their number is not known before the end, so `total` is null.
    RoomAttendance: "rooms.attendance" -> Attendance;
    method Rooms::attendance(room_id); timeout 900; reports ItemProgress;
    arguments {
        /// Id of the room.
        required room_id: String,
        /// Start of the period. Defaults to the first session.
        filter after: Timestamp,
        /// End of the period. Defaults to now.
        filter before: Timestamp,
        /// Count peers without a `user_id` that have the same name as one person. Defaults to `false`.
        optional merge_names: bool,
    }
}

model! {
    /// Who was in one or more sessions, and for how long.
    answer Attendance {
        /// The time until which those who are still there are counted, by the service's clock.
        optional as_of: Timestamp,
        /// The sessions that were counted, earliest first.
        required sessions: [AttendedSession],
        /// Everyone who was there, earliest first.
        required attendees: [Attendee],
    }
}

model! {
    /// A session that was counted.
    answer AttendedSession {
        /// Id of the session.
        required id: String,
        /// Id of the room.
        required room_id: String,
        /// True if it is still running.
        required active: bool,
        /// Start time.
        optional started_at: Timestamp,
        /// When it ended. Absent while it runs.
        optional ended_at: Timestamp,
    }
}

model! {
    /// A person who attended.
    answer Attendee {
        /// What this person was recognised by. If it is `name`, it may be several people, and if it is `peer_id`, the same person may
        /// be there more than once.
        required identified_by: AttendeeIdentity,
        /// Your own id for the user. Absent if the peers have none.
        optional user_id: String,
        /// Names of the peers, each once, earliest first. Hashed in HIPAA workspaces.
        required names: [String],
        /// Roles of the peers, each once, earliest first.
        required roles: [String],
        /// Ids of the peers, earliest first. Each join has its own.
        required peer_ids: [String],
        /// How often the person joined.
        required joins: i64,
        /// The first join. Absent if the service did not log it.
        optional first_joined_at: Timestamp,
        /// The last leave. Absent while the person is there, and if the service did not log it.
        optional last_left_at: Timestamp,
        /// How long the person was there, in seconds. Time with several devices counts once.
        required seconds_present: f64,
        /// True if the person is still there.
        required present: bool,
        /// True if the time of a stay is assumed or missing: see `stays`.
        required estimated: bool,
        /// Each join with its leave, earliest first.
        required stays: [AttendeeStay],
    }
}

model! {
    /// One join of a person, and its leave.
    answer AttendeeStay {
        /// Id of the peer.
        required peer_id: String,
        /// Id of the session.
        required session_id: String,
        /// Name of the peer.
        required name: String,
        /// Role of the peer.
        required role: String,
        /// When the peer joined, as logged.
        optional joined_at: Timestamp,
        /// When the peer left, as logged. Absent while it is there.
        optional left_at: Timestamp,
        /// How long the peer was there, in seconds.
        required seconds: f64,
        /// True if the peer is still there.
        required present: bool,
        /// True if the time is assumed: without a logged leave, until the end of the session; without a logged join, or with a leave
        /// before it, 0 seconds.
        required estimated: bool,
    }
}

open_enum! {
    /// What a person was recognised by.
    AttendeeIdentity {
        /// All peers with this `user_id`.
        UserId = "user_id",
        /// All peers without a `user_id` and with this name.
        Name = "name",
        /// One peer, which has no `user_id`.
        PeerId = "peer_id",
    }
}

impl SessionAttendance {
    async fn execute(self, context: JobContext<ItemProgress>) -> Result<Attendance> {
        let response = patient_call(&context, GetSession::new(self.session_id)).await?;
        context.report(&ItemProgress::new(1, Some(1)));
        let as_of = context.service_time(&response.headers);
        let period = Period::new(None, None);
        let merge_names = self.merge_names == Some(true);
        Ok(attendance(
            vec![response.value],
            as_of,
            &period,
            merge_names,
        ))
    }
}

impl RoomAttendance {
    async fn execute(self, context: JobContext<ItemProgress>) -> Result<Attendance> {
        if let (Some(after), Some(before)) = (self.after, self.before) {
            if before < after {
                let reason = "must not be earlier than `after`";
                return Err(Error::invalid_request(context.name(), "before", reason));
            }
        }
        let mut found: BTreeMap<String, Session> = BTreeMap::new();
        let mut as_of = None;
        // A session that ends meanwhile is found twice, and counts as finished.
        for active in [true, false] {
            let mut request = ListSessions::new()
                .room_id(self.room_id.clone())
                .active(active);
            request.before = self.before;
            // The service compares the start of a session.
            let after = self.after.filter(|_| !active);
            request.after = after.and_then(|after| after.checked_sub(LONGEST_SESSION).ok());
            let mut cursor = None;
            loop {
                let page = patient_call(&context, request.clone()).await?;
                as_of.get_or_insert_with(|| context.service_time(&page.headers));
                cursor = next_cursor::<ListSessions>(&page.value, cursor.as_deref())?;
                let sessions = ListSessions::items(page.value);
                found.extend(
                    sessions
                        .into_iter()
                        .map(|session| (session.id.clone(), session)),
                );
                context.report(&ItemProgress::new(found.len(), None));
                match &cursor {
                    Some(cursor) => request.resume(cursor.clone()),
                    None => break,
                }
            }
        }
        let as_of = as_of.unwrap_or_else(|| context.client().service_time());
        let period = Period::new(self.after, self.before);
        let sessions = found.into_values().collect();
        let merge_names = self.merge_names == Some(true);
        Ok(attendance(sessions, as_of, &period, merge_names))
    }
}

/// A period of time, open where it has no limit.
#[derive(Debug)]
struct Period {
    after: Timestamp,
    before: Timestamp,
}

impl Period {
    fn new(after: Option<Timestamp>, before: Option<Timestamp>) -> Self {
        Self {
            after: after.unwrap_or(Timestamp::MIN),
            before: before.unwrap_or(Timestamp::MAX),
        }
    }

    /// Return the part of a stay that is in the period. `None` if it is not.
    fn clip(&self, (begin, end): (Timestamp, Timestamp)) -> Option<(Timestamp, Timestamp)> {
        let clipped = (begin.max(self.after), end.min(self.before));
        let is_inside = clipped.0 < clipped.1 || (clipped.0 == clipped.1 && begin == end);
        is_inside.then_some(clipped)
    }

    fn overlaps(&self, session: &AttendedSession) -> bool {
        session.started_at.is_none_or(|start| start <= self.before)
            && session.ended_at.is_none_or(|end| end >= self.after)
    }
}

/// How long a peer was there.
#[derive(Debug)]
pub(super) struct Stay {
    /// From when to when. `None` if the service did not log it.
    pub(super) interval: Option<(Timestamp, Timestamp)>,
    pub(super) present: bool,
    pub(super) estimated: bool,
}

impl Stay {
    /// Read the stay of a peer. `running_until` is now if the session runs, and `ended_at` its end if it does not.
    pub(super) fn of(
        peer: &SessionPeer,
        running_until: Option<Timestamp>,
        ended_at: Option<Timestamp>,
    ) -> Self {
        let present = peer.left_at.is_none() && running_until.is_some();
        let (interval, estimated) = match (peer.joined_at, peer.left_at, running_until) {
            (Some(joined), Some(left), _) => ((joined, left.max(joined)), left < joined),
            (Some(joined), None, Some(now)) => ((joined, now.max(joined)), false),
            (Some(joined), None, None) => {
                let end = ended_at.unwrap_or(joined).max(joined);
                ((joined, end), true)
            }
            (None, Some(left), _) => ((left, left), true),
            (None, None, _) => {
                return Self {
                    interval: None,
                    present,
                    estimated: true,
                };
            }
        };
        Self {
            interval: Some(interval),
            present,
            estimated,
        }
    }

    /// Return its length in milliseconds.
    pub(super) fn milliseconds(&self) -> i64 {
        self.interval.map_or(0, |interval| {
            let (begin, end) = milliseconds(interval);
            end.saturating_sub(begin).max(0)
        })
    }
}

fn milliseconds((begin, end): (Timestamp, Timestamp)) -> (i64, i64) {
    (begin.as_millisecond(), end.as_millisecond())
}

/// Return when a session ended: its last change, else the last leave. `None` while it runs.
pub(super) fn end_of(session: &Session) -> Option<Timestamp> {
    if session.active {
        return None;
    }
    let leaves = session.peers.values().filter_map(|peer| peer.left_at);
    session.updated_at.or_else(|| leaves.max())
}

/// Count who was there in a period.
fn attendance(
    sessions: Vec<Session>,
    as_of: Timestamp,
    period: &Period,
    merge_names: bool,
) -> Attendance {
    let mut counted = Vec::new();
    let mut people: BTreeMap<(&str, String), Person> = BTreeMap::new();
    for session in sessions {
        let ended_at = end_of(&session);
        let running_until = session.active.then_some(as_of);
        let summary = AttendedSession {
            id: session.id,
            room_id: session.room_id,
            active: session.active,
            started_at: session.created_at,
            ended_at,
            extra: Extra::default(),
        };
        if !period.overlaps(&summary) {
            continue;
        }
        for (key, mut peer) in session.peers {
            if peer.id.is_empty() {
                peer.id = key;
            }
            let mut stay = Stay::of(&peer, running_until, ended_at);
            if let Some(interval) = stay.interval {
                stay.interval = period.clip(interval);
                if stay.interval.is_none() {
                    continue;
                }
            }
            let (identity, key) = if let Some(user_id) = peer.user_id.clone() {
                (AttendeeIdentity::UserId, user_id)
            } else if merge_names && !peer.name.is_empty() {
                (AttendeeIdentity::Name, peer.name.clone())
            } else {
                (AttendeeIdentity::PeerId, peer.id.clone())
            };
            let group = match identity {
                AttendeeIdentity::UserId => "user_id",
                AttendeeIdentity::Name => "name",
                _ => "peer_id",
            };
            let person = people.entry((group, key)).or_insert_with(|| Person {
                identity,
                stays: Vec::new(),
            });
            person.stays.push((peer, summary.id.clone(), stay));
        }
        counted.push(summary);
    }
    counted.sort_by(|one, other| (one.started_at, &one.id).cmp(&(other.started_at, &other.id)));
    let mut attendees: Vec<Attendee> = people.into_values().map(Person::attendee).collect();
    // Those whose join is not known come last. The sort is stable.
    attendees.sort_by_key(|attendee| attendee.first_joined_at.unwrap_or(Timestamp::MAX));
    Attendance {
        as_of: Some(as_of),
        sessions: counted,
        attendees,
        extra: Extra::default(),
    }
}

/// A person, with every stay: the peer, its session, and how long it was there.
#[derive(Debug)]
struct Person {
    identity: AttendeeIdentity,
    stays: Vec<(SessionPeer, String, Stay)>,
}

impl Person {
    fn attendee(mut self) -> Attendee {
        let begin = |stay: &Stay| stay.interval.map_or(Timestamp::MAX, |(begin, _)| begin);
        self.stays.sort_by(|(one, _, first), (other, _, second)| {
            (begin(first), &one.id).cmp(&(begin(second), &other.id))
        });
        let present = self.stays.iter().any(|(_, _, stay)| stay.present);
        let intervals = self.stays.iter().filter_map(|(_, _, stay)| stay.interval);
        let first = self
            .stays
            .iter()
            .filter(|(peer, ..)| peer.joined_at.is_some());
        let first = first.filter_map(|(_, _, stay)| stay.interval);
        let first_joined_at = first.map(|(begin, _)| begin).min();
        let last = intervals.clone().map(|(_, end)| end).max();
        let covered = covered(intervals.map(milliseconds).collect());
        let user_id = match self.identity {
            AttendeeIdentity::UserId => self
                .stays
                .iter()
                .find_map(|(peer, ..)| peer.user_id.clone()),
            _ => None,
        };
        Attendee {
            user_id,
            names: each_once(self.stays.iter().map(|(peer, ..)| &peer.name)),
            roles: each_once(self.stays.iter().map(|(peer, ..)| &peer.role)),
            peer_ids: each_once(self.stays.iter().map(|(peer, ..)| &peer.id)),
            joins: i64::try_from(self.stays.len()).unwrap_or(i64::MAX),
            first_joined_at,
            last_left_at: last.filter(|_| !present),
            seconds_present: seconds(covered),
            present,
            estimated: self.stays.iter().any(|(_, _, stay)| stay.estimated),
            stays: self.stays.into_iter().map(stay_of).collect(),
            identified_by: self.identity,
            extra: Extra::default(),
        }
    }
}

fn stay_of((peer, session_id, stay): (SessionPeer, String, Stay)) -> AttendeeStay {
    AttendeeStay {
        seconds: seconds(stay.milliseconds()),
        peer_id: peer.id,
        session_id,
        name: peer.name,
        role: peer.role,
        joined_at: peer.joined_at,
        left_at: peer.left_at,
        present: stay.present,
        estimated: stay.estimated,
        extra: Extra::default(),
    }
}

/// Return each text once, without empty ones, in the order of their first appearance.
fn each_once<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        if !once.contains(text) {
            once.push(text.clone());
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use super::{Attendance, AttendeeIdentity, Period, attendance};
    use crate::resources::sessions::Session;
    use jiff::Timestamp;
    use serde_json::{Value, json};

    fn time(text: &str) -> Timestamp {
        format!("2026-03-02T{text}Z").parse().expect("time")
    }

    fn at(text: &str) -> Value {
        match text {
            "" => Value::Null,
            "zero" => "0001-01-01T00:00:00Z".into(),
            text => time(text).to_string().into(),
        }
    }

    /// A peer: id, user id, name, join, leave.
    fn session(active: bool, peers: &[(&str, &str, &str, &str, &str)]) -> Session {
        let peers = peers.iter().map(|(id, user_id, name, joined, left)| {
            let peer = json!({
                "id": id, "session_id": "s", "name": name, "role": format!("role-{id}"), "user_id": user_id,
                "joined_at": at(joined), "left_at": at(left),
            });
            ((*id).to_owned(), peer)
        });
        serde_json::from_value(json!({
            "id": "s", "room_id": "r", "customer_id": "c", "active": active,
            "peers": peers.collect::<serde_json::Map<_, _>>(),
            "created_at": at("10:00:00"), "updated_at": at("11:00:00"),
        }))
        .expect("session")
    }

    fn counted(session: Session) -> Attendance {
        attendance(
            vec![session],
            time("12:00:00"),
            &Period::new(None, None),
            false,
        )
    }

    fn within(session: Session, after: &str, before: &str) -> Attendance {
        let period = Period::new(Some(time(after)), Some(time(before)));
        attendance(vec![session], time("12:00:00"), &period, false)
    }

    #[test]
    fn two_devices_of_a_user_count_once() {
        let found = counted(session(
            false,
            &[
                ("a", "ada", "Ada", "10:00:00", "10:30:00"),
                ("b", "ada", "Ada's phone", "10:20:00", "10:40:00"),
                ("c", "ada", "Ada", "10:50:00", "10:55:00"),
            ],
        ));
        let [ada] = &found.attendees[..] else {
            panic!("{found:?}");
        };
        assert_eq!(ada.identified_by, AttendeeIdentity::UserId);
        assert_eq!(ada.user_id.as_deref(), Some("ada"));
        assert!((ada.seconds_present - 45.0 * 60.0).abs() < 1e-9);
        assert_eq!(ada.joins, 3);
        assert_eq!(ada.names, ["Ada", "Ada's phone"]);
        assert_eq!(ada.roles, ["role-a", "role-b", "role-c"]);
        assert_eq!(ada.peer_ids, ["a", "b", "c"]);
        assert_eq!(ada.first_joined_at, Some(time("10:00:00")));
        assert_eq!(ada.last_left_at, Some(time("10:55:00")));
        assert!(!ada.present && !ada.estimated);
        let seconds: Vec<f64> = ada.stays.iter().map(|stay| stay.seconds).collect();
        assert_eq!(seconds, [1800.0, 1200.0, 300.0]);
    }

    #[test]
    fn who_is_still_there_is_counted_until_now() {
        let found = counted(session(
            true,
            &[
                ("a", "ada", "Ada", "11:00:00", ""),
                ("b", "ben", "Ben", "11:59:59", "12:00:07"),
                ("c", "cy", "Cy", "12:00:30", "zero"),
            ],
        ));
        let [ada, ben, cy] = &found.attendees[..] else {
            panic!("{found:?}");
        };
        assert!((ada.seconds_present - 3600.0).abs() < 1e-9);
        assert!(ada.present && !ada.estimated && ada.last_left_at.is_none());
        assert!(!ben.present);
        assert!((ben.seconds_present - 8.0).abs() < 1e-9);
        // The header `Date` has whole seconds, so now may be before the join.
        assert!(cy.present && cy.seconds_present == 0.0);
        assert!(found.sessions[0].ended_at.is_none());
    }

    #[test]
    fn a_stay_without_a_leave_ends_with_the_session() {
        let found = counted(session(false, &[("a", "ada", "Ada", "10:45:00", "zero")]));
        let ada = &found.attendees[0];
        assert!((ada.seconds_present - 900.0).abs() < 1e-9);
        assert!(ada.estimated && !ada.present);
        assert_eq!(ada.last_left_at, Some(time("11:00:00")));
        assert_eq!(ada.stays[0].left_at, None);
    }

    #[test]
    fn contradictory_times_count_as_nothing() {
        let found = counted(session(
            false,
            &[
                ("a", "a", "", "10:30:00", "10:10:00"),
                ("b", "b", "", "zero", "10:10:00"),
                ("c", "c", "", "", ""),
                ("d", "d", "", "11:30:00", ""),
            ],
        ));
        assert_eq!(found.attendees.len(), 4);
        for attendee in &found.attendees {
            assert!(attendee.estimated, "{attendee:?}");
            assert!(attendee.seconds_present == 0.0, "{attendee:?}");
            assert_eq!(attendee.joins, 1);
        }
        let joined: Vec<_> = found
            .attendees
            .iter()
            .map(|found| found.first_joined_at)
            .collect();
        assert_eq!(
            joined,
            [Some(time("10:30:00")), Some(time("11:30:00")), None, None]
        );
    }

    #[test]
    fn people_without_a_user_id_are_merged_only_on_demand() {
        let guests = [
            ("a", "", "Guest", "10:00:00", "10:10:00"),
            ("b", "", "Guest", "10:05:00", "10:20:00"),
            ("c", "", "", "10:05:00", "10:20:00"),
            ("d", "Guest", "Guest", "10:30:00", "10:40:00"),
        ];
        let found = counted(session(false, &guests));
        let kinds: Vec<_> = found
            .attendees
            .iter()
            .map(|found| found.identified_by.as_str())
            .collect();
        assert_eq!(kinds, ["peer_id", "peer_id", "peer_id", "user_id"]);
        let merged = attendance(
            vec![session(false, &guests)],
            time("12:00:00"),
            &Period::new(None, None),
            true,
        );
        let kinds: Vec<_> = merged
            .attendees
            .iter()
            .map(|found| found.identified_by.as_str())
            .collect();
        assert_eq!(kinds, ["name", "peer_id", "user_id"]);
        assert!((merged.attendees[0].seconds_present - 1200.0).abs() < 1e-9);
    }

    #[test]
    fn time_outside_the_period_does_not_count() {
        let peers = [
            ("a", "ada", "Ada", "10:00:00", "10:30:00"),
            ("b", "ben", "Ben", "10:00:00", "10:10:00"),
            ("c", "cy", "Cy", "10:20:00", "10:20:00"),
        ];
        let found = within(session(false, &peers), "10:10:00", "10:20:00");
        let [ada, cy] = &found.attendees[..] else {
            panic!("{found:?}");
        };
        assert!((ada.seconds_present - 600.0).abs() < 1e-9);
        assert_eq!(ada.first_joined_at, Some(time("10:10:00")));
        assert_eq!(ada.last_left_at, Some(time("10:20:00")));
        assert_eq!(ada.stays[0].joined_at, Some(time("10:00:00")));
        assert_eq!(cy.user_id.as_deref(), Some("cy"));
        let found = within(session(false, &peers), "11:30:00", "11:40:00");
        assert!(found.sessions.is_empty() && found.attendees.is_empty());
    }

    proptest::proptest! {
        #[test]
        fn nobody_is_there_longer_than_the_period(
            active: bool,
            merge_names: bool,
            peers in proptest::collection::vec((0..3_u8, 0..2_u8, proptest::option::of(0..7200_i64), proptest::option::of(0..7200_i64)), 0..8),
            after in 0..7200_i64,
            length in 0..7200_i64,
        ) {
            let start = time("10:00:00");
            let moment = |seconds: i64| start + jiff::SignedDuration::from_secs(seconds);
            let mut found = session(active, &[]);
            for (number, (user, name, joined, left)) in peers.iter().enumerate() {
                let peer = json!({
                    "id": number.to_string(), "session_id": "s", "name": name.to_string(), "role": "r",
                    "user_id": if *user == 0 { String::new() } else { user.to_string() },
                    "joined_at": joined.map(|seconds| moment(seconds).to_string()),
                    "left_at": left.map(|seconds| moment(seconds).to_string()),
                });
                found.peers.insert(number.to_string(), serde_json::from_value(peer).expect("peer"));
            }
            let period = Period::new(Some(moment(after)), Some(moment(after + length)));
            let found = attendance(vec![found], moment(7200), &period, merge_names);
            for attendee in &found.attendees {
                #[expect(clippy::cast_precision_loss)]
                let longest = length as f64;
                proptest::prop_assert!((0.0..=longest).contains(&attendee.seconds_present));
                let stays: f64 = attendee.stays.iter().map(|stay| stay.seconds).sum();
                proptest::prop_assert!(attendee.seconds_present <= stays + 1e-6);
                proptest::prop_assert_eq!(usize::try_from(attendee.joins).unwrap(), attendee.stays.len());
            }
        }
    }
}
