//! Read a list: item by item, page by page, with a filter, and from where an earlier read stopped.
//!
//! Run it with `cargo run --example lists`. It starts a sandbox with 25 rooms. Prints:
//!
//! ```text
//! 25 rooms
//! pages of 10, 10, 5, 0
//! room-7 is there
//! 15 rooms after the first page
//! ```

// --8<-- [start:imports]
use std::error::Error;

use hundredms::Client;
use hundredms::resources::rooms::ListRooms;
use hundredms_sandbox::{Sandbox, Seed};
// --8<-- [end:imports]

/// Read the rooms of the workspace in four ways.
async fn read_lists(client: &Client) -> hundredms::Result<()> {
    // --8<-- [start:items]
    // Each page is fetched when the loop needs it. A `Pager` is also a `Stream`.
    let mut count = 0;
    let mut rooms = client.rooms().list(ListRooms::new().enabled(true));
    while let Some(room) = rooms.next().await {
        room?;
        count += 1;
    }
    println!("{count} rooms");
    // --8<-- [end:items]

    // --8<-- [start:pages]
    // The last page may be empty: only its cursor tells that the list has ended.
    let mut sizes = Vec::new();
    let mut pages = client.rooms().list(ListRooms::new().limit(10)).pages();
    while let Some(page) = pages.next().await {
        sizes.push(page?.data.len().to_string());
    }
    println!("pages of {}", sizes.join(", "));
    // --8<-- [end:pages]

    // --8<-- [start:filter]
    let mut found = client.rooms().list(ListRooms::new().name("room-7"));
    while let Some(room) = found.next().await {
        println!("{} is there", room?.name);
    }
    // --8<-- [end:filter]

    // --8<-- [start:resume]
    // Store the cursor, and resume from it later or in another process.
    let mut pages = client.rooms().list(ListRooms::new().limit(10)).pages();
    pages.next().await.transpose()?;
    if let Some(cursor) = pages.cursor() {
        let rest = client.rooms().list(ListRooms::new().limit(10));
        let rest = rest.resume(cursor).collect().await?;
        println!("{} rooms after the first page", rest.len());
    }
    // --8<-- [end:resume]
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    sandbox.seed(&Seed::new().rooms(25))?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;
    read_lists(&client).await?;
    Ok(())
}
