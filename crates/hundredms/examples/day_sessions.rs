//! List all sessions of a day, finished and running, each once.
//!
//! Run it with `cargo run --example day_sessions`. It starts a sandbox, in which a session runs past midnight. Prints:
//!
//! ```text
//! yesterday had 2 sessions, of which 1 is still running
//! ```

// --8<-- [start:imports]
use std::collections::HashMap;
use std::error::Error;
use std::time::Duration;

use hundredms::resources::SessionWindow;
use hundredms::resources::rooms::CreateRoom;
use hundredms::resources::sessions::{ListSessions, Session};
use hundredms::{Client, Timestamp};
use hundredms_sandbox::{JoinPeer, LeavePeer, Sandbox};
// --8<-- [end:imports]

const HOUR: Duration = Duration::from_secs(60 * 60);
const MINUTE: Duration = Duration::from_secs(60);

// --8<-- [start:day]
/// Return the sessions that started on a day: from its midnight, `start`, to the next one, `end`.
async fn sessions_of_day(
    client: &Client,
    start: Timestamp,
    end: Timestamp,
) -> Result<Vec<Session>, Box<dyn Error>> {
    let window = SessionWindow {
        after: start,
        before: end,
    };
    let mut sessions = HashMap::new();
    // Running ones first: a session that ends meanwhile is in both lists, and counts once.
    for active in [true, false] {
        let list = ListSessions::new().active(active);
        for session in client
            .sessions()
            .list_window(window, list)
            .collect()
            .await?
        {
            sessions.insert(session.id.clone(), session);
        }
    }
    Ok(sessions.into_values().collect())
}
// --8<-- [end:day]

/// Let two sessions begin on one day, and one on the next.
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;
    let mut rooms = Vec::new();
    for name in ["physics-7", "maths-2", "art-1"] {
        rooms.push(
            client
                .rooms()
                .create(CreateRoom::new().name(name))
                .await?
                .id,
        );
    }
    let day = 24 * 60 * 60;
    let now: Timestamp = sandbox.clock().now.parse()?;
    let yesterday = Timestamp::from_second((now.as_second() / day + 1) * day)?;
    sandbox.advance_clock(Duration::try_from(yesterday.duration_since(now))? + 10 * HOUR)?;
    let ada = sandbox.join_peer(&JoinPeer::with_role(&rooms[0], "host").name("Ada"))?;
    sandbox.advance_clock(HOUR)?;
    sandbox.leave_peer(&LeavePeer::new(&ada.id))?;
    sandbox.advance_clock(12 * HOUR + 50 * MINUTE)?;
    sandbox.join_peer(&JoinPeer::with_role(&rooms[1], "host").name("Ben"))?;
    sandbox.advance_clock(20 * MINUTE)?; // It is past midnight.
    sandbox.join_peer(&JoinPeer::with_role(&rooms[2], "host").name("Cleo"))?;

    let sessions = sessions_of_day(&client, yesterday, yesterday + 24 * HOUR).await?;
    let running = sessions.iter().filter(|session| session.active).count();
    println!(
        "yesterday had {} sessions, of which {running} is still running",
        sessions.len()
    );
    Ok(())
}
