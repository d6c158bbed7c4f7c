//! The store of sessions, with everyone who took part.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use crate::{
    ids::ObjectId,
    state::{messages::SentMessage, peers::Peer},
};

/// One continuous meeting in a room.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: ObjectId,
    pub(crate) room_id: ObjectId,
    pub(crate) started_at: Timestamp,
    /// None while it runs.
    pub(crate) ended_at: Option<Timestamp>,
    pub(crate) updated_at: Timestamp,
    /// Everyone who joined, in that order. Those who left stay.
    pub(crate) peers: Vec<Peer>,
    pub(crate) messages: Vec<SentMessage>,
}

impl Session {
    /// Return the peers that are in the room now.
    pub(crate) fn connected(&self) -> impl Iterator<Item = &Peer> {
        self.peers.iter().filter(|peer| peer.is_connected())
    }

    /// Return how many peers with this role are in the room now.
    pub(crate) fn connected_as(&self, role: &str) -> usize {
        self.connected().filter(|peer| peer.role == role).count()
    }
}

/// All sessions, running or not, with indexes by room and peer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sessions {
    pub(crate) by_id: BTreeMap<ObjectId, Session>,
    pub(crate) running: BTreeMap<ObjectId, ObjectId>,
    /// Session and place in it of each peer that ever joined.
    pub(crate) peers: HashMap<String, (ObjectId, usize)>,
}

impl Sessions {
    /// Return the session with this id, running or not.
    pub(crate) fn of_id(&self, id: ObjectId) -> Option<&Session> {
        self.by_id.get(&id)
    }

    pub(crate) fn of_id_mut(&mut self, id: ObjectId) -> Option<&mut Session> {
        self.by_id.get_mut(&id)
    }

    /// Return the running session of a room.
    pub(crate) fn running(&self, room_id: ObjectId) -> Option<&Session> {
        self.by_id.get(self.running.get(&room_id)?)
    }

    pub(crate) fn running_mut(&mut self, room_id: ObjectId) -> Option<&mut Session> {
        self.by_id.get_mut(self.running.get(&room_id)?)
    }

    /// Return all sessions of a room, latest first.
    pub(crate) fn of_room(&self, room_id: ObjectId) -> impl DoubleEndedIterator<Item = &Session> {
        let sessions = self.by_id.values().rev();
        sessions.filter(move |session| session.room_id == room_id)
    }

    /// Return the peer with this id with its session, connected or not.
    pub(crate) fn peer(&self, peer_id: &str) -> Option<(&Session, &Peer)> {
        let (session, place) = self.peers.get(peer_id)?;
        let session = self.by_id.get(session)?;
        Some((session, session.peers.get(*place)?))
    }

    pub(crate) fn peer_mut(&mut self, peer_id: &str) -> Option<&mut Peer> {
        let (session, place) = self.peers.get(peer_id)?;
        self.by_id.get_mut(session)?.peers.get_mut(*place)
    }

    /// Return the connected peer that publishes this track.
    pub(crate) fn publisher_of(&self, track_id: &str) -> Option<&Peer> {
        let running = self.running.values().filter_map(|id| self.by_id.get(id));
        running
            .flat_map(Session::connected)
            .find(|peer| peer.tracks.iter().any(|track| track.id == track_id))
    }

    /// Add a session that runs and has nobody in it yet. The room must have none.
    pub(crate) fn open(&mut self, id: ObjectId, room_id: ObjectId, now: Timestamp) {
        let session = Session {
            id,
            room_id,
            started_at: now,
            ended_at: None,
            updated_at: now,
            peers: Vec::new(),
            messages: Vec::new(),
        };
        self.by_id.insert(id, session);
        self.running.insert(room_id, id);
    }

    /// Add a peer to a session.
    pub(crate) fn add(&mut self, session_id: ObjectId, peer: Peer) {
        if let Some(session) = self.by_id.get_mut(&session_id) {
            self.peers
                .insert(peer.id.clone(), (session_id, session.peers.len()));
            session.updated_at = peer.joined_at;
            session.peers.push(peer);
        }
    }

    /// Mark a session as ended.
    pub(crate) fn close(&mut self, id: ObjectId, now: Timestamp) {
        if let Some(session) = self.by_id.get_mut(&id) {
            session.ended_at = Some(now);
            session.updated_at = now;
            self.running.remove(&session.room_id);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Return how many peers are in rooms now.
    pub(crate) fn connected_peers(&self) -> usize {
        let running = self.running.values().filter_map(|id| self.by_id.get(id));
        running.map(|session| session.connected().count()).sum()
    }
}
