//! Make many calls at once, with a limit on how many are in flight.
//!
//! Run it with `cargo run --example concurrency`. It reads `HMS_ACCESS_KEY` and `HMS_SECRET`. Prints:
//!
//! ```text
//! created 20 rooms, from lesson-01 to lesson-20
//! ```

// --8<-- [start:imports]
use std::error::Error;

use futures_util::{StreamExt, TryStreamExt, stream};
use hundredms::Client;
use hundredms::resources::rooms::{CreateRoom, Room};
// --8<-- [end:imports]

// --8<-- [start:create]
/// Create rooms, at most `at_once` at a time, and return them in the order of their names.
async fn create_rooms(
    client: &Client,
    names: Vec<String>,
    at_once: usize,
) -> hundredms::Result<Vec<Room>> {
    stream::iter(names)
        .map(|name| async move { client.rooms().create(CreateRoom::new().name(name)).await })
        .buffered(at_once)
        .try_collect()
        .await
}
// --8<-- [end:create]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    let names = (1..=20).map(|number| format!("lesson-{number:02}"));
    let rooms = create_rooms(&client, names.collect(), 5).await?;
    if let [first, .., last] = rooms.as_slice() {
        let count = rooms.len();
        println!(
            "created {count} rooms, from {} to {}",
            first.name, last.name
        );
    }
    Ok(())
}
