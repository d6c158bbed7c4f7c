//! Every operation of the core against the sandbox: answered, and as the contract has it on the way there and back.

mod active_rooms;
mod analytics;
mod external_streams;
mod live_streams;
mod poll_runs;
mod polls;
mod recordings;
mod refusals;
mod rooms;
mod sip;
mod templates;

use std::collections::BTreeSet;
use std::time::Duration;

use hundredms::Client;
use hundredms::resources::rooms::{CreateRoom, Room};
use hundredms_sandbox::{JoinPeer, Peer};

use super::client_of;
use crate::checked::Checked;

/// Where a page of the own web app shows the room to the browser that records it.
const MEETING_URL: &str = "https://meet.example.org/rooms/7?skip_preview=true";

/// A sandbox and its client.
struct Stage {
    sandbox: Checked,
    client: Client,
}

impl Stage {
    async fn set() -> Self {
        let sandbox = Checked::start().await;
        let client = client_of(&sandbox).max_retries(0);
        Self {
            client: client.build().expect("a client"),
            sandbox,
        }
    }

    async fn room(&self) -> Room {
        let rooms = self.client.rooms();
        rooms.create(CreateRoom::new()).await.expect("a room")
    }

    /// Let a user join a room with a token.
    fn join(&self, room: &Room, role: &str, user: &str) -> Peer {
        let token = self.client.tokens().auth(&room.id, role).user_id(user);
        let token = token.create().expect("a token");
        let join = JoinPeer::with_token(token.expose())
            .name(user)
            .metadata(r#"{"desk":1}"#);
        self.sandbox.join_peer(&join).expect("a peer")
    }

    fn pass(&self, seconds: u64) {
        let by = Duration::from_secs(seconds);
        self.sandbox.advance_clock(by).expect("a later time");
    }
}

#[tokio::test]
async fn every_operation_is_answered_as_the_contract_says() {
    let stage = Stage::set().await;
    templates::tell(&stage).await;
    rooms::tell(&stage).await;
    active_rooms::tell(&stage).await;
    recordings::tell(&stage).await;
    live_streams::tell(&stage).await;
    external_streams::tell(&stage).await;
    polls::tell(&stage).await;
    poll_runs::tell(&stage).await;
    analytics::tell(&stage).await;
    sip::tell(&stage).await;

    let answered: BTreeSet<String> = stage
        .sandbox
        .requests()
        .into_iter()
        .filter(|request| (200..300).contains(&request.status))
        .filter_map(|request| request.operation)
        .collect();
    let known: BTreeSet<String> = hundredms::operations()
        .map(|info| info.name.to_owned())
        .collect();
    assert_eq!(answered, known);
    stage.sandbox.finish();
}
