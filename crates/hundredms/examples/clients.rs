//! Make a client with settings or with a token of your own, and look at a response.
//!
//! Run it with `cargo run --example clients`. It reads `HMS_ACCESS_KEY` and `HMS_SECRET`. Prints:
//!
//! ```text
//! physics-7 ends after 3600 seconds
//! status 200 at attempt 1
//! a path without a method: status 200
//! a token is requested
//! 2 calls with it
//! ```

// --8<-- [start:imports]
use std::error::Error;

use hundredms::CallOptions;
use hundredms::resources::rooms::ListRooms;
// --8<-- [end:imports]

// --8<-- [start:client]
use std::time::Duration;

use hundredms::Client;
use hundredms::resources::rooms::CreateRoom;

/// Return the client. The keys come from the environment.
fn new_client() -> hundredms::Result<Client> {
    Client::builder()
        .timeout(Duration::from_secs(10))
        .max_retries(3)
        .build()
}
// --8<-- [end:client]

/// Stands for a request to your own service, which has the keys.
async fn request_token() -> hundredms::Result<String> {
    println!("a token is requested");
    let token = Client::from_env()?.tokens().management().create()?;
    Ok(token.expose().to_owned())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = new_client()?;

    // --8<-- [start:call]
    let request = CreateRoom::new()
        .name("physics-7")
        .max_duration_seconds(3600);
    // A call can have its own timeout and number of retries.
    let room = client
        .rooms()
        .create(request)
        .timeout(Duration::from_secs(5))
        .await?;
    let seconds = room.max_duration_seconds.unwrap_or_default();
    println!("{} ends after {seconds} seconds", room.name);
    // --8<-- [end:call]

    // --8<-- [start:response]
    let response = client.rooms().get(&room.id).with_response().await?;
    let (status, attempts) = (response.status.as_u16(), response.attempts);
    println!("status {status} at attempt {attempts}");
    // `response.value` is the room. There are also `headers`, `request_id()` and `elapsed`.
    // --8<-- [end:response]

    // --8<-- [start:request]
    let query = [("limit".to_owned(), "10".to_owned())];
    let options = CallOptions::default();
    let response = client
        .request("GET", "/rooms", &query, None, &options)
        .await?;
    println!(
        "a path without a method: status {}",
        response.status.as_u16()
    );
    // --8<-- [end:request]

    // --8<-- [start:token]
    // Called at the first call, five minutes before the token expires, and after a 401.
    let client = Client::builder().token_provider(request_token).build()?;
    // --8<-- [end:token]
    client.rooms().get(&room.id).await?;
    client.rooms().list(ListRooms::new()).first_page().await?;
    println!("2 calls with it");
    Ok(())
}
