//! See who attended a room, for how long, and how long they talked.
//!
//! Run it with `cargo run --example sessions`. It starts a sandbox, whose peers come and go. Prints:
//!
//! ```text
//! the session lasted 45 minutes
//! Ada attended for 45 minutes, with 2 joins
//! Ben attended for 15 minutes, with 1 join
//! Ada talked for 20 seconds
//! Ada talked for 20 seconds
//! Ben talked for 20 seconds
//! 7 windows have 1 session
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::time::{Duration, SystemTime};

use hundredms::resources::rooms::CreateRoom;
use hundredms::resources::sessions::ListSessions;
use hundredms::{Client, Timestamp};
use hundredms_sandbox::{JoinPeer, LeavePeer, Sandbox};
// --8<-- [end:imports]

// --8<-- [start:minutes]
/// Return the minutes from start to end; 0 if either is not known.
fn minutes_between(start: Option<Timestamp>, end: Option<Timestamp>) -> i64 {
    let (Some(start), Some(end)) = (start, end) else {
        return 0;
    };
    (end.duration_since(start).as_secs() + 30) / 60
}
// --8<-- [end:minutes]

/// Print everyone who was in the room. Time that a person had two devices there counts once.
async fn print_attendance(client: &Client, room_id: &str) -> hundredms::Result<()> {
    // --8<-- [start:attendance]
    let attendance = client.rooms().attendance(room_id).await?;
    for session in &attendance.sessions {
        let minutes = minutes_between(session.started_at, session.ended_at);
        println!("the session lasted {minutes} minutes");
    }
    for attendee in &attendance.attendees {
        let minutes = attendee.seconds_present / 60.0;
        let joins = match attendee.joins {
            1 => "1 join".to_owned(),
            joins => format!("{joins} joins"),
        };
        let name = attendee.names.first().map_or("no name", |name| name);
        println!("{name} attended for {minutes:.0} minutes, with {joins}");
    }
    // --8<-- [end:attendance]
    // --8<-- [start:quality]
    for session in attendance.sessions {
        let quality = client.sessions().quality(session.id).await?;
        for peer in quality.peers {
            // `None` if the service has no data of the peer.
            if let Some(seconds) = peer.talk_seconds {
                println!("{} talked for {seconds:.0} seconds", peer.name);
            }
        }
    }
    // --8<-- [end:quality]
    Ok(())
}

/// Print how many sessions a week had. Each window could be read by another machine.
async fn print_windows(client: &Client) -> Result<(), Box<dyn Error>> {
    // --8<-- [start:windows]
    let day = Duration::from_secs(24 * 60 * 60);
    let before = Timestamp::try_from(SystemTime::now())? + day;
    let windows = client.sessions().windows(before - 7 * day, before, 7)?;
    let mut count = 0;
    for window in &windows {
        let ended = ListSessions::new().active(false);
        let sessions = client.sessions().list_window(*window, ended);
        count += sessions.collect().await?.len();
    }
    println!("{} windows have {count} session", windows.len());
    // --8<-- [end:windows]
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
    let join = |role: &str, name: &str, user_id: &str| {
        let join = JoinPeer::with_role(&room.id, role);
        sandbox.join_peer(&join.name(name).user_id(user_id))
    };
    let laptop = join("host", "Ada", "ada")?;
    sandbox.advance_clock(Duration::from_secs(5 * 60))?;
    let phone = join("guest", "Ada", "ada")?;
    sandbox.advance_clock(Duration::from_secs(5 * 60))?;
    let ben = join("guest", "Ben", "ben")?;
    sandbox.advance_clock(Duration::from_secs(15 * 60))?;
    sandbox.leave_peer(&LeavePeer::new(&ben.id))?;
    sandbox.leave_peer(&LeavePeer::new(&phone.id))?;
    sandbox.advance_clock(Duration::from_secs(20 * 60))?;
    sandbox.leave_peer(&LeavePeer::new(&laptop.id))?;
    print_attendance(&client, &room.id).await?;
    print_windows(&client).await?;
    Ok(())
}
