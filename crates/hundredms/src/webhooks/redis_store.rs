//! [`RedisStore`]: remembers handled events for any number of processes.

use std::fmt;
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, RedisError, cmd};

use super::dedupe::{Claim, DedupeStore, Pending};

const PREFIX: &str = "hundredms:webhook:";

/// Timeout of one Redis command: the service is waiting meanwhile.
const COMMAND_TIMEOUT: Duration = Duration::from_secs(2);

/// The value of events that are done. A claim has the name of its owner instead.
const DONE: &str = "done";

/// Delete a claim if it is still the owner's.
const RELEASE: &str =
    "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

/// Remembers handled events for any number of processes, in Redis or a server with its protocol.
///
/// One key for each event, `hundredms:webhook:` and its id. Keys expire. The packages for Python and Node use the same keys and
/// values.
#[derive(Clone)]
pub struct RedisStore {
    connection: ConnectionManager,
    prefix: String,
}

impl RedisStore {
    /// Connect to `redis://host:port`. Reconnects automatically. Commands that take longer than 2 seconds fail, so that the service
    /// sends the event again.
    ///
    /// # Errors
    ///
    /// An invalid URL, or no connection.
    pub async fn connect(url: &str) -> Result<Self, RedisError> {
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(COMMAND_TIMEOUT))
            .set_response_timeout(Some(COMMAND_TIMEOUT))
            .set_number_of_retries(1);
        let client = Client::open(url)?;
        let connection = client.get_connection_manager_with_config(config).await?;
        Ok(Self::new(connection))
    }

    /// Use an existing connection.
    pub fn new(connection: ConnectionManager) -> Self {
        Self {
            connection,
            prefix: PREFIX.to_owned(),
        }
    }

    /// Set the prefix of keys. Defaults to `hundredms:webhook:`.
    pub fn prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    fn key(&self, id: &str) -> String {
        format!("{}{id}", self.prefix)
    }
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore")
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}

impl DedupeStore for RedisStore {
    fn claim<'a>(&'a self, id: &'a str, owner: &'a str, lease: Duration) -> Pending<'a, Claim> {
        Box::pin(async move {
            let mut connection = self.connection.clone();
            let key = self.key(id);
            let mut set = cmd("SET");
            set.arg(&key)
                .arg(owner)
                .arg("NX")
                .arg("PX")
                .arg(milliseconds(lease));
            let mut get = cmd("GET");
            get.arg(&key);
            loop {
                let new: Option<String> = set.query_async(&mut connection).await?;
                if new.is_some() {
                    return Ok(Claim::New);
                }
                let current: Option<String> = get.query_async(&mut connection).await?;
                match current.as_deref() {
                    Some(DONE) => return Ok(Claim::Done),
                    // The claim was sent twice, since the connection broke before the reply.
                    Some(current) if current == owner => return Ok(Claim::New),
                    Some(_) => return Ok(Claim::InProgress),
                    // It was released between the two.
                    None => {}
                }
            }
        })
    }

    fn done<'a>(&'a self, id: &'a str, ttl: Duration) -> Pending<'a, ()> {
        Box::pin(async move {
            let mut set = cmd("SET");
            set.arg(self.key(id))
                .arg(DONE)
                .arg("PX")
                .arg(milliseconds(ttl));
            Ok(set.exec_async(&mut self.connection.clone()).await?)
        })
    }

    fn release<'a>(&'a self, id: &'a str, owner: &'a str) -> Pending<'a, ()> {
        Box::pin(async move {
            let mut eval = cmd("EVAL");
            eval.arg(RELEASE).arg(1).arg(self.key(id)).arg(owner);
            Ok(eval.exec_async(&mut self.connection.clone()).await?)
        })
    }
}

/// At least one: Redis refuses zero.
fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis())
        .unwrap_or(u64::MAX / 4096)
        .max(1)
}
