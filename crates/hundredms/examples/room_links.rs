//! Create a room with its links, remove a user, and end a session that nobody needs.
//!
//! Run it with `cargo run --example room_links`. It starts a sandbox, whose peers join. Prints:
//!
//! ```text
//! the host joins at https://acme.app.100ms.live/meeting/…
//! Ben joins at https://acme.app.100ms.live/meeting/…?name=Ben
//! the recorder joins at https://acme.app.100ms.live/preview/…/guest?skip_preview=true
//! 2 peers of Ben were removed
//! ended: false, because of 2 peers
//! ended: true
//! ```

// --8<-- [start:imports]
use std::error::Error;

use hundredms::Client;
use hundredms::jobs::room_setup::CreateRoomWithCodes;
use hundredms_sandbox::{JoinPeer, LeavePeer, Sandbox};
// --8<-- [end:imports]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;

    // --8<-- [start:links]
    // Run again with the same name, it returns the same room and codes.
    let created = client
        .rooms()
        .create_with_codes(CreateRoomWithCodes::new().name("physics-7"))
        .await?;
    let (room, codes, links) = (created.room, created.codes, client.links());
    println!("the host joins at {}", links.join("acme", &codes["host"])?);
    let guest = links.join("acme", &codes["guest"])?.name("Ben");
    println!("Ben joins at {guest}");
    // The `meeting_url` of recordings and streams.
    let recorder = links.recorder("acme", &room.id, "guest")?;
    println!("the recorder joins at {recorder}");
    // --8<-- [end:links]

    let join = |role: &str, name: &str, user_id: &str| {
        let join = JoinPeer::with_role(&room.id, role);
        sandbox.join_peer(&join.name(name).user_id(user_id))
    };
    let ada = join("host", "Ada", "ada")?;
    join("guest", "Ben", "ben")?;
    join("guest", "Ben", "ben")?;
    join("guest", "Recorder", "")?;
    // --8<-- [start:remove]
    let active_rooms = client.active_rooms();
    let removed = active_rooms.remove_user(&room.id, "ben").await?;
    println!("{} peers of Ben were removed", removed.peer_ids.len());
    // --8<-- [end:remove]

    // Only the recorder has this role.
    let ended = active_rooms.stop_if_empty(&room.id).await?;
    println!(
        "ended: {}, because of {} peers",
        ended.stopped,
        ended.peers.len()
    );
    sandbox.leave_peer(&LeavePeer::new(&ada.id))?;
    // --8<-- [start:empty]
    let only_recorders =
        hundredms::jobs::people::StopIfEmpty::new(&room.id).except_roles(["guest"]);
    let ended = client.run(only_recorders).await?;
    println!("ended: {}", ended.stopped);
    // --8<-- [end:empty]
    Ok(())
}
