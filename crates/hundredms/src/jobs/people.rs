//! People in a running session: remove a user, and end a session in which only bots are left.

use std::collections::BTreeSet;

use super::context::JobContext;
use super::patient_call::patient_call;
use super::progress::ItemProgress;
use super::room_setup::explained;
use crate::define::{job, jobs, model};
use crate::error::{Error, ErrorKind, Result};
use crate::resources::active_rooms::{EndActiveRoom, ListPeers, PeerSummary, RemovePeers};
use crate::wire::extra::Extra;

jobs![RemoveUser, StopIfEmpty];

/// How often the job looks for peers of the user that joined meanwhile.
const LOOKS: u32 = 3;

job! {
    /// Disconnect all peers of a user: every device and tab.
    ///
    /// Looks for the peers with this `user_id`, removes each, and looks again for those that joined meanwhile, at most three times.
    /// Peers that leave by themselves are no error, and neither is a room in which nobody is. The service removes peers soon after it
    /// has accepted the request. The user can join again: to prevent that, give no new token, and disable the room codes.
    /// If removing a peer fails, the error says how many were removed before. Progress counts peers.
    RemoveUser: "active_rooms.remove_user" -> RemovedUser;
    method ActiveRooms::remove_user(room_id, user_id); timeout 60; reports ItemProgress;
    arguments {
        /// Id of the room.
        required room_id: String,
        /// Your own id for the user, as in the auth token. Not empty.
        required user_id: String,
        /// Reason, passed to the other peers and to the leave event.
        optional reason: String,
    }
}

job! {
    /// End the running session of a room if only peers of these roles are left.
    ///
    /// Such as bots and recorders. Returns whether it did, and who was there. A room in which nobody is has no session to end: `stopped` is false then. Between
    /// the look and the end, a moment passes: whoever joins in it is disconnected too, and can join again at once. Progress counts
    /// calls.
    StopIfEmpty: "active_rooms.stop_if_empty" -> StoppedIfEmpty;
    method ActiveRooms::stop_if_empty(room_id); timeout 60; reports ItemProgress;
    arguments {
        /// Id of the room.
        required room_id: String,
        /// Roles that do not count, such as those of recorders. Defaults to none, so that one peer of any role keeps the session.
        optional except_roles: [String],
        /// Reason, shown to the peers.
        optional reason: String,
    }
}

model! {
    /// The peers of a user that were removed.
    answer RemovedUser {
        /// Their ids. Empty if the user was not there.
        required peer_ids: [String],
    }
}

model! {
    /// Whether a session was ended, and who was in it.
    answer StoppedIfEmpty {
        /// True if the session was ended.
        required stopped: bool,
        /// The peers that were there before: those that kept the session if it was not ended.
        required peers: [PeerSummary],
    }
}

impl RemoveUser {
    async fn execute(self, context: JobContext<ItemProgress>) -> Result<RemovedUser> {
        if self.user_id.is_empty() {
            let reason = "must not be empty";
            return Err(Error::invalid_request(context.name(), "user_id", reason));
        }
        let mut seen = BTreeSet::new();
        let mut removed = Vec::new();
        for _ in 0..LOOKS {
            let request = ListPeers::new(&*self.room_id).user_id(&*self.user_id);
            let found = peers(&context, request).await;
            let found = found.map_err(|error| after_removing(&removed, error))?;
            // Whatever the service returned, nobody else is removed.
            let found = found.unwrap_or_default().into_iter();
            let new: Vec<PeerSummary> = found
                .filter(|peer| peer.user_id == self.user_id && seen.insert(peer.id.clone()))
                .collect();
            if new.is_empty() {
                break;
            }
            for peer in new {
                let mut request = RemovePeers::new(&*self.room_id).peer_id(&*peer.id);
                request.reason.clone_from(&self.reason);
                match patient_call(&context, request).await {
                    Ok(_) => removed.push(peer.id),
                    // The response to an earlier attempt was lost.
                    Err(error) if is_gone(&error) && error.may_have_applied() => {
                        removed.push(peer.id);
                    }
                    Err(error) if is_gone(&error) => {}
                    Err(error) => return Err(after_removing(&removed, error)),
                }
                context.report(&ItemProgress::new(removed.len(), Some(seen.len())));
            }
        }
        Ok(RemovedUser {
            peer_ids: removed,
            extra: Extra::default(),
        })
    }
}

fn after_removing(removed: &[String], error: Error) -> Error {
    if removed.is_empty() {
        return error;
    }
    let peers = match removed.len() {
        1 => "1 peer was".to_owned(),
        count => format!("{count} peers were"),
    };
    explained(error, |cause| {
        format!("{cause} ({peers} removed before; run the job again for the rest)")
    })
}

impl StopIfEmpty {
    async fn execute(self, context: JobContext<ItemProgress>) -> Result<StoppedIfEmpty> {
        let done = |stopped, peers| {
            Ok(StoppedIfEmpty {
                stopped,
                peers,
                extra: Extra::default(),
            })
        };
        let found = peers(&context, ListPeers::new(&*self.room_id)).await?;
        context.report(&ItemProgress::new(1, Some(2)));
        let Some(found) = found else {
            return done(false, Vec::new());
        };
        let except_roles = self.except_roles.unwrap_or_default();
        if found.iter().any(|peer| !except_roles.contains(&peer.role)) {
            return done(false, found);
        }
        let mut request = EndActiveRoom::new(self.room_id);
        request.reason = self.reason;
        let ended = patient_call(&context, request).await;
        context.report(&ItemProgress::new(2, Some(2)));
        match ended {
            Ok(_) => done(true, found),
            // It ended meanwhile: by this call, if the response to an earlier attempt was lost.
            Err(error) if is_gone(&error) => done(error.may_have_applied(), found),
            Err(error) => Err(error),
        }
    }
}

/// Return the connected peers, earliest first. `None` if nobody is there.
async fn peers(
    context: &JobContext<ItemProgress>,
    request: ListPeers,
) -> Result<Option<Vec<PeerSummary>>> {
    match patient_call(context, request).await {
        Ok(response) => {
            let mut peers: Vec<PeerSummary> = response.value.peers.into_values().collect();
            peers.sort_by(|one, other| (one.joined_at, &one.id).cmp(&(other.joined_at, &other.id)));
            Ok(Some(peers))
        }
        Err(error) if is_gone(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Return whether nobody, or no session, is there.
fn is_gone(error: &Error) -> bool {
    error.kind() == ErrorKind::NotFound
}
