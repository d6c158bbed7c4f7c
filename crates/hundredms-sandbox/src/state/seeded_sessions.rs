//! Sessions that a seed made. They have ended, and nothing changes them, so each is made when it is read: a million take no memory.

use std::ops::Bound;

use jiff::{SignedDuration, Timestamp};

use crate::{
    ids::ObjectId,
    state::{
        peers::{Peer, PeerKind},
        sessions::Session,
    },
};

/// How long after the first one each further peer joins, and how long before the end it leaves.
const STAGGER: SignedDuration = SignedDuration::from_secs(5);

/// The longest of these sessions.
const LONGEST: SignedDuration = SignedDuration::from_secs(3600);

/// How many different people take part.
const PEOPLE: u64 = 10_000;

/// The sessions of one seed.
#[derive(Debug, Clone)]
pub(crate) struct SeededSessions {
    pub(crate) count: u32,
    pub(crate) peers: u32,
    /// When the first one started.
    pub(crate) from: Timestamp,
    /// When the last one had ended.
    pub(crate) until: Timestamp,
    /// They are held in these, in turn. Not empty.
    pub(crate) rooms: Vec<ObjectId>,
    /// The roles of their peers, in turn. Not empty.
    pub(crate) roles: Vec<String>,
    /// Distinguishes their ids from all others.
    pub(crate) origin: [u8; 5],
}

impl SeededSessions {
    /// Return those with ids from `lowest` to `upper`, newest first.
    pub(crate) fn newest_first(
        &self,
        lowest: ObjectId,
        upper: Bound<ObjectId>,
        fits: impl Fn(&Seeded) -> bool,
    ) -> impl Iterator<Item = Session> {
        let first = self.position(|id| id < lowest);
        let end = self.position(|id| match upper {
            Bound::Included(upper) => id <= upper,
            Bound::Excluded(upper) => id < upper,
            Bound::Unbounded => true,
        });
        let range = (first..end).rev().map(|index| self.at(index));
        range
            .filter(move |seeded| fits(seeded))
            .map(|seeded| self.session(&seeded))
    }

    /// Return the session with this id.
    pub(crate) fn of_id(&self, id: ObjectId) -> Option<Session> {
        let index = self.position(|other| other < id);
        let found = (index < self.count).then(|| self.at(index))?;
        (found.id == id).then(|| self.session(&found))
    }

    /// Return the first one of which `is_before` is not true. Ids increase.
    fn position(&self, is_before: impl Fn(ObjectId) -> bool) -> u32 {
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low + (high - low) / 2;
            if is_before(self.at(middle).id) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn at(&self, index: u32) -> Seeded {
        let (from, until) = (self.from.as_millisecond(), self.until.as_millisecond());
        let length = (until - from) / i64::from(self.count);
        let start = from + length * i64::from(index);
        let time = |millisecond| Timestamp::from_millisecond(millisecond).unwrap_or(self.from);
        let longest = i64::try_from(LONGEST.as_millis()).unwrap_or(length);
        let started_at = time(start);
        let room = self.rooms[index as usize % self.rooms.len()];
        Seeded {
            index,
            id: ObjectId::made(started_at, self.origin, index),
            room_id: room,
            started_at,
            ended_at: time(start + length.clamp(1_000, longest)),
        }
    }

    fn session(&self, seeded: &Seeded) -> Session {
        let peers = (0..self.peers).map(|number| self.peer(seeded, number));
        Session {
            id: seeded.id,
            room_id: seeded.room_id,
            started_at: seeded.started_at,
            ended_at: Some(seeded.ended_at),
            updated_at: seeded.ended_at,
            peers: peers.collect(),
            messages: Vec::new(),
        }
    }

    fn peer(&self, seeded: &Seeded, number: u32) -> Peer {
        let Seeded {
            index,
            started_at,
            ended_at,
            ..
        } = *seeded;
        let place = u64::from(index) * 1_000 + u64::from(number);
        let random = [
            mixed(place ^ u64::from(self.origin[0]) << 56),
            mixed(!place),
        ];
        let bytes: Vec<u8> = random.into_iter().flat_map(u64::to_be_bytes).collect();
        let id = uuid::Builder::from_random_bytes(bytes.try_into().unwrap_or_default());
        let person = random[0] % PEOPLE;
        // In a short session they are nearer to each other, so that each joins before it leaves.
        let stagger = STAGGER * i32::try_from(number).unwrap_or(0);
        let stagger = stagger.min(ended_at.duration_since(started_at) / 2);
        Peer {
            id: id.into_uuid().to_string(),
            name: format!("Person {person}"),
            user_id: format!("person-{person}"),
            metadata: String::new(),
            role: self.roles[number as usize % self.roles.len()].clone(),
            kind: PeerKind::Regular,
            joined_at: started_at + stagger,
            left_at: Some(ended_at - stagger),
            tracks: Vec::new(),
        }
    }
}

/// What is known of a session without its peers.
#[derive(Debug)]
pub(crate) struct Seeded {
    index: u32,
    pub(crate) id: ObjectId,
    pub(crate) room_id: ObjectId,
    pub(crate) started_at: Timestamp,
    ended_at: Timestamp,
}

/// A number that looks random, always the same for the same one (splitmix64).
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_session_is_found_and_listed_once_with_peers_of_its_own() {
        let time = |text: &str| text.parse::<Timestamp>().unwrap();
        let seeded = SeededSessions {
            count: 10_000,
            peers: 3,
            from: time("2025-01-01T00:00:00Z"),
            until: time("2026-01-01T00:00:00Z"),
            rooms: vec![ObjectId::LOWEST, ObjectId::HIGHEST],
            roles: vec!["host".into(), "guest".into()],
            origin: [1, 2, 3, 4, 5],
        };
        let all = || seeded.newest_first(ObjectId::LOWEST, Bound::Unbounded, |_| true);
        let listed: Vec<Session> = all().collect();
        assert_eq!(listed.len(), 10_000);
        assert!(listed.is_sorted_by(|one, other| one.id > other.id));
        let peers: HashSet<String> = listed
            .iter()
            .flat_map(|session| session.peers.iter().map(|peer| peer.id.clone()))
            .collect();
        assert_eq!(peers.len(), 30_000);
        let (some, next) = (&listed[4_000], &listed[4_001]);
        assert_eq!(seeded.of_id(some.id).unwrap().peers[2].id, some.peers[2].id);
        assert!(seeded.of_id(ObjectId::HIGHEST).is_none());
        let after = Bound::Excluded(some.id);
        let mut rest = seeded.newest_first(ObjectId::LOWEST, after, |_| true);
        assert_eq!(rest.next().unwrap().id, next.id);
        let short = SeededSessions {
            until: time("2025-01-01T03:00:00Z"),
            peers: 20,
            ..seeded.clone()
        };
        let short = short.newest_first(ObjectId::LOWEST, Bound::Unbounded, |_| true);
        for session in listed.into_iter().chain(short) {
            for peer in &session.peers {
                assert!(peer.joined_at >= session.started_at && peer.left_at <= session.ended_at);
                assert!(Some(peer.joined_at) <= peer.left_at);
            }
        }
    }
}
