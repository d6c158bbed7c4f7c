//! Show the crate in a few lines, as the README does.
//!
//! Run it with `cargo run --example readme`. It reads `HMS_ACCESS_KEY` and `HMS_SECRET`. Prints:
//!
//! ```text
//! physics-7 has a token of … characters
//! physics-7
//! ```

// --8<-- [start:client]
use hundredms::Client;
use hundredms::resources::rooms::{CreateRoom, ListRooms};

#[tokio::main]
async fn main() -> hundredms::Result<()> {
    let client = Client::from_env()?; // HMS_ACCESS_KEY and HMS_SECRET
    let room = CreateRoom::new().name("physics-7");
    let room = client.rooms().create(room).await?;
    let token = client.tokens().auth(room.id, "host").user_id("ada");
    let length = token.create()?.expose().len();
    println!("{} has a token of {length} characters", room.name);

    let mut rooms = client.rooms().list(ListRooms::new().enabled(true));
    while let Some(room) = rooms.next().await {
        println!("{}", room?.name);
    }
    Ok(())
}
// --8<-- [end:client]
