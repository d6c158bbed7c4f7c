//! After an ambiguous outcome: looks whether the call took effect, and gives what it made.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::by_name::info;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::look_at::Unsure;
use crate::transport::{CallOptions, http_date};

/// How much older than the call its effect may seem: the service's times are cut to seconds here and there.
const SLACK: Duration = Duration::from_secs(2);

/// So many pages are looked at.
const MOST_PAGES: usize = 100;

impl Client {
    /// Look whether the call that failed with `error` took effect, and give what it made: the recording, stream, room, template,
    /// room code or stream key. None if there is no such thing, so that the call can be made again.
    ///
    /// Looked for is what was made since the call began and is named as the call named it. If somebody else made the same at the
    /// same time, it cannot be told apart. After the deadline, or a 408 or 504, the service may still be at work on the call: look
    /// again after longer than it takes before you believe a None.
    ///
    /// ```no_run
    /// # use hundredms::{Client, ErrorKind, resources::recordings::{Recording, StartRecording}};
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let recording = match client.recordings().start(StartRecording::new("room")).await {
    ///     Err(error) if error.kind() == ErrorKind::AmbiguousOutcome => {
    ///         let mut found = client.reconcile(&error).await?;
    ///         if found.is_none() {
    ///             // It may still come.
    ///             tokio::time::sleep(std::time::Duration::from_secs(30)).await;
    ///             found = client.reconcile(&error).await?;
    ///         }
    ///         match found {
    ///             Some(value) => serde_json::from_value::<Recording>(value)?,
    ///             None => client.recordings().start(StartRecording::new("room")).await?,
    ///         }
    ///     }
    ///     outcome => outcome?,
    /// };
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// `invalid_request` when no operation shows the effect; `ambiguous_outcome` when too much is listed to look through all; else
    /// as for every call.
    pub async fn reconcile(&self, error: &Error) -> Result<Option<Value>> {
        match error.unsure() {
            Some(unsure) => self.found(unsure, &CallOptions::default()).await,
            None => Err(nothing_shows(error.operation().unwrap_or_default())),
        }
    }

    /// Do the same for a call by the name of its operation, with the arguments it had and the time at which it began
    /// (`look_at.since` of the error). Without that time, a job that runs or a key or code that works now is taken for the effect.
    ///
    /// # Errors
    /// `invalid_request` for an unknown operation or bad arguments, when no operation shows the effect, and when the time is
    /// needed; else as for every call.
    pub async fn reconcile_json(
        &self,
        operation: &str,
        arguments: &[u8],
        since: Option<Timestamp>,
        options: &CallOptions,
    ) -> Result<Option<Value>> {
        let prepared = Self::prepared(operation, arguments)?;
        match Unsure::of(&prepared, since) {
            Some(unsure) => self.found(&unsure, options).await,
            None => Err(nothing_shows(operation)),
        }
    }

    async fn found(&self, unsure: &Unsure, options: &CallOptions) -> Result<Option<Value>> {
        let look = &unsure.look_at;
        let mut arguments = look.arguments.clone();
        let mut newest: Option<(Option<Timestamp>, Value)> = None;
        let mut pages = 0..MOST_PAGES;
        loop {
            if pages.next().is_none() {
                break if newest.is_none() {
                    return Err(still_unknown(unsure));
                };
            }
            let text = Value::Object(arguments.clone()).to_string();
            let asked = self.answered(look.operation, text.as_bytes(), options);
            let (answered, headers) = match asked.await {
                Err(error) if error.status() == Some(404) => break,
                asked => asked?,
            };
            let Some(items) = items(&answered.json) else {
                return Err(nothing_shows(unsure.operation));
            };
            let since = look.since.map(|since| self.on_their_clock(since, &headers));
            for item in items {
                let made = made_at(&item);
                let newer = newest.as_ref().is_none_or(|(other, _)| made > *other);
                if newer && is_effect(unsure, &item, made, since)? {
                    newest = Some((made, item));
                }
            }
            let paging = info(look.operation).and_then(|info| info.paging);
            match (answered.cursor, paging) {
                (Some(cursor), Some(paging)) => {
                    arguments.insert(paging.cursor.param().to_owned(), cursor.into());
                }
                _ => break,
            }
        }
        Ok(newest.map(|(_, item)| item))
    }

    /// The time on the service's clock, which the answer tells, when it was `time` on ours; a little earlier.
    fn on_their_clock(&self, time: Timestamp, headers: &http::HeaderMap) -> Timestamp {
        let theirs = headers
            .get(http::header::DATE)
            .and_then(|date| http_date(date.to_str().ok()?));
        let ahead = theirs.map(|theirs| theirs.duration_since(self.clock().unix()));
        time.saturating_add(ahead.unwrap_or_default())
            .and_then(|time| time.saturating_sub(SLACK))
            .unwrap_or(time)
    }
}

/// The items of an answer that is a list.
fn items(json: &[u8]) -> Option<Vec<Value>> {
    match serde_json::from_slice::<Map<String, Value>>(json)
        .ok()?
        .remove("data")?
    {
        Value::Array(items) => Some(items),
        _ => None,
    }
}

fn made_at(item: &Value) -> Option<Timestamp> {
    let time = item.get("created_at").or_else(|| item.get("createdAt"))?;
    time.as_str()?.parse().ok()
}

/// Tell whether `item` is what the call made.
fn is_effect(
    unsure: &Unsure,
    item: &Value,
    made: Option<Timestamp>,
    since: Option<Timestamp>,
) -> Result<bool> {
    let same = |(name, value): (&String, &Value)| item.get(name).is_none_or(|given| given == value);
    if !unsure.traits.iter().all(same) {
        return Ok(false);
    }
    if let Some(since) = since {
        return Ok(made.is_some_and(|made| made >= since));
    }
    match (item["status"].as_str(), item["enabled"].as_bool()) {
        (Some(status), _) => Ok(matches!(status, "starting" | "running")),
        // A room can be on and be years old.
        (None, Some(enabled)) if unsure.operation != "rooms.create" => Ok(enabled),
        _ => Err(Error::invalid_request(
            unsure.operation,
            "since",
            "what was made cannot be told from what was there before without the time at which the call began",
        )),
    }
}

fn still_unknown(unsure: &Unsure) -> Error {
    let message = format!(
        "it is not among the first {MOST_PAGES} pages of {}, and there are more",
        unsure.look_at
    );
    Error::new(ErrorKind::AmbiguousOutcome, message)
        .with(|details| details.operation = Some(unsure.operation.to_owned()))
}

fn nothing_shows(operation: &str) -> Error {
    Error::invalid_request(
        operation,
        "",
        "the service does not show whether this call took effect, so it cannot be looked for",
    )
}
