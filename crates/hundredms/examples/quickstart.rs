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

use std::error::Error;

use hundredms::Client;
use hundredms::resources::rooms::CreateRoom;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    let room = client
        .rooms()
        .create(CreateRoom::new().name("physics-7"))
        .await?;
    println!("room {}", room.name);

    // A code is a short link for people, with which they join without an account.
    let mut codes = client.room_codes().create(&room.id).await?.data;
    codes.sort_by(|one, other| one.role.cmp(&other.role));
    for code in codes {
        println!("code for {}: {}", code.role, code.code);
    }

    // A token is for your own app: hand it to the client SDK of the signed-in user.
    let token = client
        .tokens()
        .auth(&room.id, "host")
        .user_id("ada")
        .mint()?;
    println!(
        "ada joins with a token of {} characters",
        token.expose().len()
    );
    Ok(())
}
