//! [`tail`]: the events of the service's history as they come.

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use jiff::Timestamp;

use super::envelope::parse;
use super::event::Event;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::jobs::history::{Cursor, HistoryLook, LookAtHistory};
use crate::resources::analytics::WebhookEventName;

/// Yield the events of the service's history as they come, for programs that have no public URL to receive webhooks.
///
/// Looks at the history again and again, with pauses of 1 s that grow to 10 s while nothing happens. Each event comes once, by its
/// id, oldest first within a look. The history lists an event after its delivery was attempted, so a webhook URL must be configured,
/// even one that nobody answers, and an event that is listed more than five minutes after its time may be missed. It lists
/// only some event types, see [`WebhookEventName`], and has less data than the webhooks, so some events are
/// [`Malformed`](super::EventData::Malformed). It reaches back 30 days. An event that is replayed more than five minutes later comes
/// again.
///
/// Looks that fail because of the network or the service are repeated: at first five in a row, and after a successful one for about
/// ten minutes. After an error, the stream can be polled again and continues where it was.
///
/// ```no_run
/// # async fn run(client: hundredms::Client, stored: Option<String>) -> hundredms::Result<()> {
/// use hundredms::webhooks::{self, EventData};
///
/// let mut events = webhooks::tail(&client);
/// if let Some(cursor) = stored {
///     events = events.resume(cursor);
/// }
/// while let Some(event) = events.next().await {
///     if let EventData::PeerJoinSuccess(join) = event?.data {
///         println!("{} is in {}", join.peer_id, join.room_id);
///     }
///     let cursor = events.cursor(); // store it, to continue here after a restart
/// }
/// # Ok(())
/// # }
/// ```
pub fn tail(client: &Client) -> Tail {
    Tail {
        client: client.clone(),
        look: LookAtHistory::new(),
        events: VecDeque::new(),
        cursor: None,
        after: None,
        looking: None,
    }
}

type Looking = Pin<Box<dyn Future<Output = Result<HistoryLook>> + Send>>;

/// The events of the service's history: a [`Stream`] that does not end. Dropping it ends the look under way.
#[must_use = "nothing is read until it is polled"]
pub struct Tail {
    client: Client,
    /// The next look.
    look: LookAtHistory,
    events: VecDeque<Event>,
    /// The place after the last event that was yielded.
    cursor: Option<Cursor>,
    /// The place after the last event of the last look.
    after: Option<String>,
    looking: Option<Looking>,
}

impl Tail {
    /// Start at this time. At most 30 days ago. Defaults to now.
    pub fn since(mut self, since: Timestamp) -> Self {
        self.look.since = Some(since);
        self
    }

    /// Continue at a [`cursor`](Self::cursor), instead of a time.
    pub fn resume(mut self, cursor: impl Into<String>) -> Self {
        let cursor = cursor.into();
        self.cursor = Cursor::parse(&cursor);
        self.look.cursor = Some(cursor);
        self
    }

    /// Only events of this room.
    pub fn room_id(mut self, room_id: impl Into<String>) -> Self {
        self.look.room_id = Some(room_id.into());
        self
    }

    /// Only events of these types.
    pub fn types(mut self, types: impl IntoIterator<Item = WebhookEventName>) -> Self {
        self.look.event_names = Some(types.into_iter().collect());
        self
    }

    /// Return the place after the last event, to continue there with [`resume`](Self::resume). `None` before the first event. It
    /// contains the ids of the events of the last ten minutes.
    pub fn cursor(&self) -> Option<String> {
        self.cursor.as_ref().map(ToString::to_string)
    }

    /// Return the next event. Waits until there is one.
    pub async fn next(&mut self) -> Option<Result<Event>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn take(&mut self, look: HistoryLook) -> Result<()> {
        let parsed = look.events.into_iter().map(parse);
        let events = parsed.collect::<std::result::Result<VecDeque<_>, _>>();
        self.events = events.map_err(|refusal| Error::new(ErrorKind::Decode, refusal.message()))?;
        self.look.cursor = Some(look.after.clone());
        self.look.state = Some(look.state);
        if self.events.is_empty() {
            self.cursor = Cursor::parse(&look.after);
        } else {
            self.cursor = Cursor::parse(&look.before);
            self.after = Some(look.after);
        }
        Ok(())
    }
}

impl Stream for Tail {
    type Item = Result<Event>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(event) = this.events.pop_front() {
                if let Some(cursor) = &mut this.cursor {
                    cursor.add(event.id.clone(), event.timestamp);
                }
                if this.events.is_empty() {
                    this.cursor = this.after.take().and_then(|after| Cursor::parse(&after));
                }
                return Poll::Ready(Some(Ok(event)));
            }
            let looking = this
                .looking
                .get_or_insert_with(|| this.client.run(this.look.clone()).into_future());
            let looked = ready!(looking.as_mut().poll(context));
            this.looking = None;
            if let Err(error) = looked.and_then(|look| this.take(look)) {
                return Poll::Ready(Some(Err(error)));
            }
        }
    }
}

impl fmt::Debug for Tail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tail").finish_non_exhaustive()
    }
}
