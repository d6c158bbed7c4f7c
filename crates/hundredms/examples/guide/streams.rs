//! Read a list as a stream, with the combinators of `futures`.
//!
//! Run it with `cargo run --example streams`. It starts a sandbox with 25 rooms. Prints:
//!
//! ```text
//! 3 rooms end with 1
//! 25 rooms have a code for each of 2 roles
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::future::ready;

use futures_util::TryStreamExt as _;
use hundredms::Client;
use hundredms::resources::rooms::{ListRooms, Room};
use hundredms_sandbox::{Sandbox, Seed};
// --8<-- [end:imports]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    sandbox.seed(&Seed::new().rooms(25))?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;

    // --8<-- [start:stream]
    let rooms: Vec<Room> = client
        .rooms()
        .list(ListRooms::new())
        .try_filter(|room| ready(room.name.ends_with('1')))
        .try_collect()
        .await?;
    println!("{} rooms end with 1", rooms.len());
    // --8<-- [end:stream]

    // --8<-- [start:concurrent]
    // At most eight calls at once. The next page is read when a call can begin.
    let codes: Vec<usize> = client
        .rooms()
        .list(ListRooms::new())
        .map_ok(|room| {
            let codes = client.room_codes().create(room.id);
            async move { Ok(codes.await?.data.len()) }
        })
        .try_buffer_unordered(8)
        .try_collect()
        .await?;
    // --8<-- [end:concurrent]
    let all = codes.iter().all(|&count| count == 2);
    assert!(all, "{codes:?}");
    println!("{} rooms have a code for each of 2 roles", codes.len());
    Ok(())
}
