//! Remember handled webhooks in a file: a store of your own. It needs the crate rusqlite.
//!
//! Run it with `HMS_WEBHOOK_SECRET=... cargo run --example sqlite_store`.

// --8<-- [start:imports]
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use hundredms::webhooks::{Claim, DedupeStore, Event, Pending, Receiver, Router, StoreError};
use rusqlite::{Connection, OptionalExtension, named_params};
// --8<-- [end:imports]

// --8<-- [start:store]
/// The owner of an event that is done is NULL. Times are milliseconds.
const TABLE: &str = "
    CREATE TABLE IF NOT EXISTS webhooks (id TEXT PRIMARY KEY, owner TEXT, until INTEGER NOT NULL);
    CREATE INDEX IF NOT EXISTS webhooks_until ON webhooks (until);";

/// One statement, so that one process alone gets the event.
const CLAIM: &str = "
    INSERT INTO webhooks (id, owner, until) VALUES (:id, :owner, :until)
    ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, until = excluded.until
    WHERE webhooks.until <= :now OR webhooks.owner = excluded.owner";

const DONE: &str = "
    INSERT INTO webhooks (id, owner, until) VALUES (:id, NULL, :until)
    ON CONFLICT (id) DO UPDATE SET owner = NULL, until = excluded.until";

/// Remembers events in a file, for all processes of this machine.
pub(crate) struct SqliteStore {
    path: PathBuf,
}

impl SqliteStore {
    pub(crate) fn open(path: &Path) -> rusqlite::Result<Self> {
        let path = path.to_owned();
        connect(&path)?.execute_batch(TABLE)?;
        Ok(Self { path })
    }

    /// Do what waits for the file on a thread that may wait.
    fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Pending<'static, T> {
        let path = self.path.clone();
        Box::pin(async move {
            let done = tokio::task::spawn_blocking(move || work(connect(&path)?));
            done.await?.map_err(StoreError::from)
        })
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let database = Connection::open(path)?;
    // Limits how long a method waits.
    database.busy_timeout(Duration::from_secs(2))?;
    Ok(database)
}

fn now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, milliseconds)
}

fn milliseconds(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX / 2)
}

impl DedupeStore for SqliteStore {
    fn claim<'a>(&'a self, id: &'a str, owner: &'a str, lease: Duration) -> Pending<'a, Claim> {
        let (id, owner) = (id.to_owned(), owner.to_owned());
        self.run(move |database| {
            loop {
                let now = now();
                let until = now + milliseconds(lease);
                let claim =
                    named_params! { ":id": id, ":owner": owner, ":until": until, ":now": now };
                if database.execute(CLAIM, claim)? > 0 {
                    return Ok(Claim::New);
                }
                let found: Option<Option<String>> = database
                    .query_row("SELECT owner FROM webhooks WHERE id = ?", [&id], |row| {
                        row.get(0)
                    })
                    .optional()?;
                match found {
                    Some(Some(_)) => return Ok(Claim::InProgress),
                    Some(None) => return Ok(Claim::Done),
                    None => {} // It was released meanwhile.
                }
            }
        })
    }

    fn done<'a>(&'a self, id: &'a str, ttl: Duration) -> Pending<'a, ()> {
        let id = id.to_owned();
        self.run(move |database| {
            let now = now();
            let until = now + milliseconds(ttl);
            database.execute(DONE, named_params! { ":id": id, ":until": until })?;
            // If this fails, the event is done all the same.
            let _ = database.execute("DELETE FROM webhooks WHERE until <= ?", [now]);
            Ok(())
        })
    }

    fn release<'a>(&'a self, id: &'a str, owner: &'a str) -> Pending<'a, ()> {
        let (id, owner) = (id.to_owned(), owner.to_owned());
        self.run(move |database| {
            let release = "DELETE FROM webhooks WHERE id = ? AND owner = ?";
            database.execute(release, [id, owner])?;
            Ok(())
        })
    }
}

/// Return the router: processes that use the same file handle each event once.
pub(crate) fn webhooks(file: &Path, secret: &str) -> Result<Router, Box<dyn Error>> {
    let receiver = Receiver::builder()
        .header("x-webhook-secret", secret)
        .build()?;
    let router = Router::new(receiver).store(SqliteStore::open(file)?);
    Ok(router.fallback(|event: Event| async move {
        println!("{} happened", event.kind);
        Ok(())
    }))
}
// --8<-- [end:store]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let secret = std::env::var("HMS_WEBHOOK_SECRET")?;
    let webhooks = webhooks(Path::new("webhooks.db"), &secret)?;
    let app = axum::Router::new().route_service("/webhooks", webhooks);
    let listener = tokio::net::TcpListener::bind("0.0.0.0:8080").await?;
    axum::serve(listener, app).await?;
    Ok(())
}
