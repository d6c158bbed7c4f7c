//! Make calls with a `reqwest` client of your own.
//!
//! Run it with `cargo run --example http_client`. It reads `HMS_ACCESS_KEY` and `HMS_SECRET`. Prints:
//!
//! ```text
//! physics-7, with a client of its own
//! ```

// --8<-- [start:imports]
use std::error::Error;

use hundredms::Client;
use hundredms::reqwest::{self, redirect};
use hundredms::resources::rooms::CreateRoom;
// --8<-- [end:imports]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // --8<-- [start:client]
    // `hundredms::reqwest` is the version of reqwest that this crate uses.
    let http = reqwest::Client::builder()
        .redirect(redirect::Policy::none())
        .pool_max_idle_per_host(4)
        .build()?;
    let client = Client::builder().http_client(http).build()?;
    // --8<-- [end:client]
    let room = client
        .rooms()
        .create(CreateRoom::new().name("physics-7"))
        .await?;
    println!("{}, with a client of its own", room.name);
    Ok(())
}
