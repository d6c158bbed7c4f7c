//! See who attended a session, and for how long.
//!
//! Run it with `cargo run --example sessions`. It starts a sandbox, whose peers come and go. Prints:
//!
//! ```text
//! the session lasted 45 minutes
//! Ada attended for 45 minutes
//! Ben attended for 15 minutes
//! ```

use std::error::Error;
use std::time::Duration;

use hundredms::resources::rooms::CreateRoom;
use hundredms::resources::sessions::ListSessions;
use hundredms::{Client, Timestamp};
use hundredms_sandbox::{JoinPeer, LeavePeer, Sandbox};

/// Return the minutes from start to end; 0 if either is not known.
fn minutes_between(start: Option<Timestamp>, end: Option<Timestamp>) -> i64 {
    let (Some(start), Some(end)) = (start, end) else {
        return 0;
    };
    (end.duration_since(start).as_secs() + 30) / 60
}

/// Print the peers of each finished session. A peer that joined twice is there twice.
async fn print_attendance(client: &Client, room_id: &str) -> hundredms::Result<()> {
    let finished = ListSessions::new().room_id(room_id).active(false);
    let mut sessions = client.sessions().list(finished);
    while let Some(session) = sessions.next().await {
        let session = session?;
        let minutes = minutes_between(session.created_at, session.updated_at);
        println!("the session lasted {minutes} minutes");
        let mut peers: Vec<_> = session.peers.into_values().collect();
        peers.sort_by(|one, other| one.name.cmp(&other.name));
        for peer in peers {
            let minutes = minutes_between(peer.joined_at, peer.left_at);
            println!("{} attended for {minutes} minutes", peer.name);
        }
    }
    Ok(())
}

/// Let a lesson pass, and look back.
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;
    let room = client
        .rooms()
        .create(CreateRoom::new().name("physics-7"))
        .await?;
    let ada = sandbox.join_peer(&JoinPeer::with_role(&room.id, "host").name("Ada"))?;
    let ben = sandbox.join_peer(&JoinPeer::with_role(&room.id, "guest").name("Ben"))?;
    sandbox.advance_clock(Duration::from_secs(15 * 60))?;
    sandbox.leave_peer(&LeavePeer::new(&ben.id))?;
    sandbox.advance_clock(Duration::from_secs(30 * 60))?;
    sandbox.leave_peer(&LeavePeer::new(&ada.id))?;
    print_attendance(&client, &room.id).await?;
    Ok(())
}
