//! After an ambiguous outcome: checks whether the call took effect, and returns what it made.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use crate::call_options::CallOptions;
use crate::check_with::AmbiguousCall;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::raw_response::RawResponse;
use crate::transport::retry_after::http_date;
use crate::wire::extra::Extra;

/// The header `Date` has whole seconds: clocks that differ by less cannot be distinguished.
const DATE_RESOLUTION: Duration = Duration::from_secs(1);

/// Maximum number of pages to search.
const MAX_PAGES: usize = 100;

impl Client {
    /// Check whether the call that failed with `error` took effect, and return what it made: the recording, stream, room, template,
    /// room code or stream key. `None` if there is no such object; then the call can be repeated.
    ///
    /// Finds what was made after the call began, with the name, room and role of the call. If the clocks of this machine and of the
    /// service agree to two seconds, it never returns what was made before, except in the same millisecond, which is what the service
    /// reports. Else it may have been made up to a second before.
    /// If the effect cannot be distinguished from that of another call, as for a room without a name or a code of a role, it is
    /// refused. After a timeout, a 408 or a 504, the service may still be working on the call: check again later before treating
    /// `None` as proof.
    ///
    /// ```no_run
    /// # use hundredms::{Client, resources::recordings::{Recording, StartRecording}};
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let recording = match client.recordings().start(StartRecording::new("room")).await {
    ///     Err(error) if error.may_have_applied() => {
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
    /// `invalid_request` if no operation shows the effect, or none distinguishes it from that of other calls; `ambiguous_outcome`
    /// if the list is too long, or if the clocks do not show whether something was made before the call or by it; else as for every
    /// call.
    pub async fn reconcile(&self, error: &Error) -> Result<Option<Value>> {
        match error.ambiguous_call() {
            Some(call) => self.find_effect(call, &CallOptions::default()).await,
            None if error.may_have_applied() => {
                Err(not_reconcilable(error.operation().unwrap_or_default()))
            }
            None => Err(Error::invalid_request(
                error.operation().unwrap_or_default(),
                "",
                "cannot be reconciled: the call that failed has changed nothing, so there is nothing to find",
            )),
        }
    }

    /// Do the same for a call by operation name, with its arguments and the time at which it began (`check_with.since` of the error).
    ///
    /// # Errors
    ///
    /// `invalid_request` for an unknown operation, invalid arguments, or a missing time; else as for `reconcile`.
    pub async fn reconcile_json(
        &self,
        operation: &str,
        arguments: &[u8],
        since: Option<Timestamp>,
        options: &CallOptions,
    ) -> Result<Option<Value>> {
        let prepared = Self::prepared(operation, arguments)?;
        match prepared.ambiguous_call(since) {
            Some(call) => self.find_effect(&call, options).await,
            None => Err(not_reconcilable(operation)),
        }
    }

    async fn find_effect(
        &self,
        call: &AmbiguousCall,
        options: &CallOptions,
    ) -> Result<Option<Value>> {
        // They belong to the call that failed.
        let options = &CallOptions {
            extra: Extra::default(),
            ..options.clone()
        };
        if !call.is_distinct {
            return Err(Error::invalid_request(
                call.operation,
                "",
                "cannot be reconciled: its effect cannot be distinguished from that of another call; give a name if the operation \
                 takes one",
            ));
        }
        let look = &call.check_with;
        let Some(since) = look.since else {
            return Err(Error::invalid_request(
                call.operation,
                "since",
                "is required: without the time at which the call began, its effect cannot be distinguished from older objects",
            ));
        };
        let mut arguments = look.arguments.clone();
        let mut newest: Option<(Timestamp, Value)> = None;
        let mut unclear = false;
        let mut pages = 0..MAX_PAGES;
        loop {
            if pages.next().is_none() {
                break if newest.is_none() {
                    return Err(still_unknown(call));
                };
            }
            let text = Value::Object(arguments.clone()).to_string();
            let result = self.answered(look.operation, text.as_bytes(), options);
            let (answered, raw) = match result.await {
                Err(error) if error.status() == Some(404) => break,
                result => result?,
            };
            let Some(items) = items(&answered.json) else {
                return Err(not_reconcilable(call.operation));
            };
            let began = self.began(since, &raw);
            for item in items.into_iter().filter(|item| is_alike(call, item)) {
                let Some(made) = made_at(&item) else { continue };
                match began.compare(made) {
                    MadeWhen::Since if newest.as_ref().is_none_or(|(other, _)| made > *other) => {
                        newest = Some((made, item));
                    }
                    MadeWhen::Unclear => unclear = true,
                    MadeWhen::Since | MadeWhen::Before => {}
                }
            }
            match (answered.cursor, call.paging) {
                (Some(cursor), Some(paging)) => {
                    arguments.insert(paging.cursor.param().to_owned(), cursor.into());
                }
                _ => break,
            }
        }
        if newest.is_none() && unclear {
            return Err(too_close(call));
        }
        Ok(newest.map(|(_, item)| item))
    }

    /// When a call that began at `since` on our clock began on the service's clock, which the response reports.
    fn began(&self, since: Timestamp, response: &RawResponse) -> CallStart {
        let theirs = response
            .headers
            .get(http::header::DATE)
            .and_then(|date| http_date(date.to_str().ok()?));
        let ahead = theirs.map(|theirs| theirs.duration_since(self.clock().unix()));
        let ahead = ahead.unwrap_or_default();
        let earliest = since.saturating_add(ahead).unwrap_or(since);
        let resolution = SignedDuration::try_from(DATE_RESOLUTION).unwrap_or_default();
        // The clocks agree, as far as the header shows, which is as old as the response was under way.
        let under_way = SignedDuration::try_from(response.elapsed).unwrap_or(SignedDuration::MAX);
        let least = SignedDuration::ZERO.saturating_sub(resolution + resolution);
        let agree = ahead <= SignedDuration::ZERO && ahead > least.saturating_sub(under_way);
        CallStart {
            surely: if agree { since } else { earliest },
            earliest,
        }
    }
}

/// When a call began, on the service's clock.
struct CallStart {
    /// It began at this time or earlier.
    surely: Timestamp,
    /// It did not begin earlier.
    earliest: Timestamp,
}

/// When something was made: after the call began, before it, or unknown.
enum MadeWhen {
    Since,
    Before,
    Unclear,
}

impl CallStart {
    fn compare(&self, made: Timestamp) -> MadeWhen {
        // Some of the service's times have whole seconds.
        let resolution = if made.subsec_nanosecond() == 0 {
            DATE_RESOLUTION
        } else {
            Duration::ZERO
        };
        let at_most = made.saturating_add(resolution).unwrap_or(made);
        // Most of them have milliseconds.
        let surely = Timestamp::from_millisecond(self.surely.as_millisecond());
        if made >= surely.unwrap_or(self.surely) {
            MadeWhen::Since
        } else if at_most >= self.earliest {
            MadeWhen::Unclear
        } else {
            MadeWhen::Before
        }
    }
}

/// The items of a response that is a list.
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

/// Return whether `item` matches what the call would have made.
fn is_alike(call: &AmbiguousCall, item: &Value) -> bool {
    let same = |(name, value): (&String, &Value)| item.get(name).is_none_or(|given| given == value);
    call.identifying.iter().all(same)
}

fn still_unknown(call: &AmbiguousCall) -> Error {
    let message = format!(
        "no match on the first {MAX_PAGES} pages of {}, and there are more",
        call.check_with
    );
    Error::new(ErrorKind::AmbiguousOutcome, message)
        .with(|details| details.operation = Some(call.operation.to_owned()))
}

fn too_close(call: &AmbiguousCall) -> Error {
    let message = format!(
        "a matching object was created at about the time of the call, and the clocks do not show which came first: see {}",
        call.check_with
    );
    Error::new(ErrorKind::AmbiguousOutcome, message)
        .with(|details| details.operation = Some(call.operation.to_owned()))
}

fn not_reconcilable(operation: &str) -> Error {
    Error::invalid_request(
        operation,
        "",
        "cannot be reconciled: no operation of the service shows whether this call took effect",
    )
}
