//! Create a room, a code for each role, and a token with which a user joins.
//!
//! Run it with `cargo run --example quickstart`. It reads `HMS_ACCESS_KEY` and `HMS_SECRET`. Prints:
//!
//! ```text
//! room physics-7
//! code for guest: …
//! code for host: …
//! ada joins with a token of … characters
//! ```

// --8<-- [start:all]
use std::error::Error;

use hundredms::Client;
use hundredms::resources::rooms::CreateRoom;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // --8<-- [start:body]
    let client = Client::from_env()?;
    let room = client
        .rooms()
        .create(CreateRoom::new().name("physics-7"))
        .await?;
    println!("room {}", room.name);

    // A room code is for people who join by a link.
    let mut codes = client.room_codes().create(&room.id).await?.data;
    codes.sort_by(|one, other| one.role.cmp(&other.role));
    for code in codes {
        println!("code for {}: {}", code.role, code.code);
    }

    // A token is for a user of your own app: pass it to the client SDK.
    let token = client
        .tokens()
        .auth(&room.id, "host")
        .user_id("ada")
        .create()?;
    println!(
        "ada joins with a token of {} characters",
        token.expose().len()
    );
    // --8<-- [end:body]
    Ok(())
}
// --8<-- [end:all]
