//! Moderate a running session: list peers, change a role, send a message, remove a peer, and end it.
//!
//! Run it with `cargo run --example active_room`. It starts a sandbox, whose peers join. Prints:
//!
//! ```text
//! Ada is host
//! Ben is guest
//! Ben is now host
//! Ben received: Welcome!
//! Ada is alone
//! the room is locked
//! nobody is in the room
//! ```

// --8<-- [start:imports]
use std::error::Error;

use hundredms::resources::active_rooms::{
    EndActiveRoom, ListPeers, RemovePeers, SendMessage, UpdatePeer,
};
use hundredms::resources::rooms::CreateRoom;
use hundredms::{Client, ErrorKind};
use hundredms_sandbox::{JoinPeer, Sandbox};
// --8<-- [end:imports]

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
    let host = client.tokens().auth(&room.id, "host").create()?;
    let guest = client.tokens().auth(&room.id, "guest").create()?;
    sandbox.join_peer(&JoinPeer::with_token(host.expose()).name("Ada"))?;
    let ben = sandbox.join_peer(&JoinPeer::with_token(guest.expose()).name("Ben"))?;

    // --8<-- [start:list]
    let active_rooms = client.active_rooms();
    let connected = active_rooms.list_peers(ListPeers::new(&room.id)).await?;
    let mut peers: Vec<_> = connected.peers.into_values().collect();
    peers.sort_by(|one, other| one.name.cmp(&other.name));
    for peer in peers {
        println!("{} is {}", peer.name, peer.role);
    }
    // --8<-- [end:list]

    // --8<-- [start:role]
    let promotion = UpdatePeer::new(&room.id, &ben.id).role("host");
    let promoted = active_rooms.update_peer(promotion).await?;
    println!("{} is now {}", promoted.name, promoted.role);
    // --8<-- [end:role]

    // --8<-- [start:message]
    // Without `peer_id` or `role`, a message goes to everybody.
    let welcome = SendMessage::new(&room.id, "Welcome!").peer_id(&ben.id);
    active_rooms.send_message(welcome).await?;
    // --8<-- [end:message]
    for received in sandbox.messages(&room.id)? {
        println!("Ben received: {}", received.message);
    }

    // --8<-- [start:remove]
    let removal = RemovePeers::new(&room.id)
        .peer_id(&ben.id)
        .reason("Wrong room");
    active_rooms.remove_peers(removal).await?;
    // --8<-- [end:remove]
    let connected = active_rooms.list_peers(ListPeers::new(&room.id)).await?;
    for peer in connected.peers.values() {
        println!("{} is alone", peer.name);
    }

    // --8<-- [start:end]
    // With `lock`, nobody can join again until the room is enabled.
    let end = EndActiveRoom::new(&room.id)
        .reason("The lesson is over")
        .lock(true);
    active_rooms.end(end).await?;
    // --8<-- [end:end]
    if !client.rooms().get(&room.id).await?.enabled {
        println!("the room is locked");
    }

    // --8<-- [start:empty]
    match active_rooms.list_peers(ListPeers::new(&room.id)).await {
        Ok(connected) => println!("{} in the room", connected.peers.len()),
        Err(error) if error.kind() == ErrorKind::NotFound => println!("nobody is in the room"),
        Err(error) => return Err(error.into()),
    }
    // --8<-- [end:empty]
    Ok(())
}
