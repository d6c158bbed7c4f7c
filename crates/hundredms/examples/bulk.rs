//! Make a call for each of many items, within a rate limit, and resume a run that was interrupted.
//!
//! Run it with `cargo run --example bulk`. It reads `HMS_ACCESS_KEY` and `HMS_SECRET`. Prints:
//!
//! ```text
//! first run: 3 created, lesson-04? failed: invalid_request
//! second run: 1 created, 3 were there
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;

use futures_util::StreamExt as _;
use hundredms::bulk::{Journal, map};
use hundredms::resources::rooms::CreateRoom;
use hundredms::{Client, ClientBuilder, RateLimit};
// --8<-- [end:imports]

// --8<-- [start:limit]
/// Return clients that keep within a rate limit.
fn limited_clients() -> hundredms::Result<[Client; 3]> {
    let by_group = RateLimit::from(50).group("rooms", 20.0);
    let client = || Client::builder();
    Ok([
        client().rate_limit(50).build()?,
        client().rate_limit(by_group).build()?,
        client()
            .rate_limit(RateLimit::adaptive())
            .max_in_flight(32)
            .build()?,
    ])
}
// --8<-- [end:limit]

// --8<-- [start:shared]
/// Return a client that shares its rate limit with other processes.
pub(crate) fn shared_client(client: ClientBuilder, redis: &str) -> hundredms::Result<Client> {
    client.rate_limit(500).rate_limit_redis(redis).build()
}
// --8<-- [end:shared]

// --8<-- [start:map]
/// Create a room for each name that is not in the journal.
async fn create_rooms(
    client: &Client,
    names: &[String],
    journal: &Path,
) -> hundredms::Result<String> {
    let journal = Arc::new(Journal::open(journal, "map")?);
    let calls = map(names.iter().cloned(), |name| {
        client.send(CreateRoom::new().name(name))
    });
    let results = calls.concurrency(16).journal(journal, String::clone);
    let mut results = pin!(results.stream());
    let (mut created, mut failed) = (0, Vec::new());
    while let Some(done) = results.next().await {
        match done.result {
            Ok(_) => created += 1,
            Err(error) => failed.push(format!(", {} failed: {}", done.item, error.kind())),
        }
    }
    Ok(format!("{created} created{}", failed.concat()))
}
// --8<-- [end:map]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let [client, ..] = limited_clients()?;
    shared_client(Client::builder(), "redis://localhost:6379")?;
    let path = std::env::temp_dir().join(format!("bulk-{}.ndjson", std::process::id()));

    // --8<-- [start:resume]
    let mut names = ["lesson-01", "lesson-02", "lesson-03", "lesson-04?"].map(str::to_owned); // a name may not contain ?
    println!("first run: {}", create_rooms(&client, &names, &path).await?);

    names[3] = String::from("lesson-04");
    let second = create_rooms(&client, &names, &path).await?;
    println!("second run: {second}, 3 were there");
    // --8<-- [end:resume]
    std::fs::remove_file(path)?;
    Ok(())
}
