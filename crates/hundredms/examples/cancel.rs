//! Cancel a call: its request is dropped at once, and the client works on.
//!
//! Run it with `cargo run --example cancel`. It starts a sandbox, which is slow on request. Prints:
//!
//! ```text
//! the call was cancelled
//! the next call returns physics-7
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::time::Duration;

use hundredms::Client;
use hundredms::resources::rooms::CreateRoom;
use hundredms_sandbox::{Fault, FaultEffect, Sandbox};
// --8<-- [end:imports]

/// Stands for an event of your program: a user closes the page.
async fn user_leaves() {
    tokio::time::sleep(Duration::from_millis(100)).await;
}

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
    let slow = FaultEffect::new().delay_before(Duration::from_secs(5));
    sandbox.add_fault(&Fault::new(slow).nth(1))?;

    // --8<-- [start:cancel]
    // A call that is dropped closes its request.
    tokio::select! {
        found = client.rooms().get(&room.id) => println!("{}", found?.name),
        () = user_leaves() => println!("the call was cancelled"),
    }
    // --8<-- [end:cancel]
    let found = client.rooms().get(&room.id).await?;
    println!("the next call returns {}", found.name);
    Ok(())
}
