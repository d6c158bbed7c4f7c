//! Sessions with everyone who took part: the store, and `/sessions`.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::{active_room_messages::SentMessage, peers::Peer};
use crate::{
    answer::{Answer, ApiError},
    clock,
    ids::ObjectId,
    operations::Operation,
    paging::{self, Last, Page},
    request::Request,
    state::State,
};

pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::new("sessions.list", "GET", "/sessions", list).with_slash(),
    Operation::new("sessions.get", "GET", "/sessions/{session_id}", get),
];

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
    /// The peers that are in the room now.
    pub(crate) fn connected(&self) -> impl Iterator<Item = &Peer> {
        self.peers.iter().filter(|peer| peer.is_connected())
    }

    /// How many peers with this role are in the room now.
    pub(crate) fn connected_as(&self, role: &str) -> usize {
        self.connected().filter(|peer| peer.role == role).count()
    }
}

/// All sessions, running or not, and the way to them from rooms and peers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sessions {
    by_id: BTreeMap<ObjectId, Session>,
    running: BTreeMap<ObjectId, ObjectId>,
    /// Session and place in it of each peer that ever joined.
    peers: HashMap<String, (ObjectId, usize)>,
}

impl Sessions {
    /// The session with this id, running or not.
    pub(crate) fn of_id(&self, id: ObjectId) -> Option<&Session> {
        self.by_id.get(&id)
    }

    pub(crate) fn of_id_mut(&mut self, id: ObjectId) -> Option<&mut Session> {
        self.by_id.get_mut(&id)
    }

    /// The running session of a room.
    pub(crate) fn running(&self, room_id: ObjectId) -> Option<&Session> {
        self.by_id.get(self.running.get(&room_id)?)
    }

    pub(crate) fn running_mut(&mut self, room_id: ObjectId) -> Option<&mut Session> {
        self.by_id.get_mut(self.running.get(&room_id)?)
    }

    /// All sessions of a room, latest first.
    pub(crate) fn of_room(&self, room_id: ObjectId) -> impl DoubleEndedIterator<Item = &Session> {
        let sessions = self.by_id.values().rev();
        sessions.filter(move |session| session.room_id == room_id)
    }

    /// The peer with this id with its session, connected or not.
    pub(crate) fn peer(&self, peer_id: &str) -> Option<(&Session, &Peer)> {
        let (session, place) = self.peers.get(peer_id)?;
        let session = self.by_id.get(session)?;
        Some((session, session.peers.get(*place)?))
    }

    pub(crate) fn peer_mut(&mut self, peer_id: &str) -> Option<&mut Peer> {
        let (session, place) = self.peers.get(peer_id)?;
        self.by_id.get_mut(session)?.peers.get_mut(*place)
    }

    /// The connected peer that publishes this track.
    pub(super) fn publisher_of(&self, track_id: &str) -> Option<&Peer> {
        let running = self.running.values().filter_map(|id| self.by_id.get(id));
        running
            .flat_map(Session::connected)
            .find(|peer| peer.tracks.iter().any(|track| track.id == track_id))
    }

    /// Add a session that runs and has nobody in it yet. The room must have none.
    pub(super) fn open(&mut self, id: ObjectId, room_id: ObjectId, now: Timestamp) {
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
    pub(super) fn add(&mut self, session_id: ObjectId, peer: Peer) {
        if let Some(session) = self.by_id.get_mut(&session_id) {
            self.peers
                .insert(peer.id.clone(), (session_id, session.peers.len()));
            session.updated_at = peer.joined_at;
            session.peers.push(peer);
        }
    }

    /// Mark a session as ended.
    pub(super) fn close(&mut self, id: ObjectId, now: Timestamp) {
        if let Some(session) = self.by_id.get_mut(&id) {
            session.ended_at = Some(now);
            session.updated_at = now;
            self.running.remove(&session.room_id);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }

    /// How many peers are in rooms now.
    pub(crate) fn connected_peers(&self) -> usize {
        let running = self.running.values().filter_map(|id| self.by_id.get(id));
        running.map(|session| session.connected().count()).sum()
    }
}

fn list(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let limit = paging::limit(request)?;
    let active = request.query_bool("active")?.unwrap_or(true);
    let (after, before) = (request.query_time("after")?, request.query_time("before")?);
    let room_id = request.query("room_id");
    let fits = |session: &&Session| {
        session.ended_at.is_none() == active
            && after.is_none_or(|after| session.started_at >= after)
            && before.is_none_or(|before| session.started_at <= before)
            && room_id.is_none_or(|id| id.parse() == Ok(session.room_id))
    };
    let sessions = &state.sessions.by_id;
    let sessions = paging::newest_first_in_window(sessions, request, after, before)?;
    Ok(Answer::ok(&Page::take(
        limit,
        Last::OfPage,
        sessions.filter(fits),
        |session| (session.id.to_string(), session_answer(state, session)),
    )))
}

fn get(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let id = request.argument("session_id").parse().ok();
    let session = id
        .and_then(|id| state.sessions.of_id(id))
        .ok_or_else(|| ApiError::not_found("Session not found"))?;
    Ok(Answer::ok(&session_answer(state, session)))
}

#[derive(Debug, Serialize)]
struct SessionAnswer<'a> {
    id: ObjectId,
    room_id: ObjectId,
    customer_id: ObjectId,
    app_id: ObjectId,
    active: bool,
    peers: Participants<'a>,
    #[serde(serialize_with = "clock::serialize")]
    created_at: Timestamp,
    #[serde(serialize_with = "clock::serialize")]
    updated_at: Timestamp,
}

fn session_answer<'a>(state: &State, session: &'a Session) -> SessionAnswer<'a> {
    SessionAnswer {
        id: session.id,
        room_id: session.room_id,
        customer_id: state.customer_id,
        app_id: state.app_id,
        active: session.ended_at.is_none(),
        peers: Participants(session),
        created_at: session.started_at,
        updated_at: session.updated_at,
    }
}

/// Everyone who joined, keyed by peer id.
#[derive(Debug)]
struct Participants<'a>(&'a Session);

impl Serialize for Participants<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(session) = self;
        serializer.collect_map(session.peers.iter().map(|peer| {
            let participant = Participant {
                id: &peer.id,
                session_id: session.id,
                name: &peer.name,
                role: &peer.role,
                user_id: &peer.user_id,
                joined_at: peer.joined_at,
                left_at: peer.left_at,
            };
            (&peer.id, participant)
        }))
    }
}

#[derive(Debug, Serialize)]
struct Participant<'a> {
    id: &'a str,
    session_id: ObjectId,
    name: &'a str,
    role: &'a str,
    user_id: &'a str,
    #[serde(serialize_with = "clock::serialize")]
    joined_at: Timestamp,
    #[serde(
        serialize_with = "clock::serialize_option",
        skip_serializing_if = "Option::is_none"
    )]
    left_at: Option<Timestamp>,
}
