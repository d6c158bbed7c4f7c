//! Record responses in a file, and replay them without network and keys.
//!
//! Run it with `cargo run --example cassettes`. It reads `HMS_ACCESS_KEY` and `HMS_SECRET`. Prints:
//!
//! ```text
//! recorded: physics-7
//! replayed: physics-7
//! ```

// --8<-- [start:imports]
use std::error::Error;

use hundredms::resources::rooms::CreateRoom;
use hundredms::{CassetteMode, Client};
// --8<-- [end:imports]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::temp_dir().join(format!("rooms-{}.json", std::process::id()));
    let room = Client::from_env()?
        .rooms()
        .create(CreateRoom::new().name("physics-7"))
        .await?;

    // --8<-- [start:cassette]
    // `path` is a file of your tests, such as "tests/rooms.json".
    let recording = Client::builder()
        .cassette(&path, CassetteMode::Record)
        .build()?;
    let recorded = recording.rooms().get(&room.id).await?;
    println!("recorded: {}", recorded.name);

    let replaying = Client::builder()
        .cassette(&path, CassetteMode::Replay)
        .build()?;
    let replayed = replaying.rooms().get(&room.id).await?;
    println!("replayed: {}", replayed.name);
    // --8<-- [end:cassette]
    std::fs::remove_file(path)?;
    Ok(())
}
