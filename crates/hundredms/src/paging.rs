//! Lists: items over all pages, pages, one page, and resuming from a cursor.

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;

use crate::call::Call;
use crate::call_options::CallOptions;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::operation::Operation;

impl Client {
    /// Read a list from its request. The methods of the resources do the same.
    pub fn list<O: Paged>(&self, request: O) -> Pager<O> {
        Pager::new(self.clone(), request)
    }
}

/// An operation that returns pages.
pub trait Paged: Operation {
    /// The items of its pages.
    type Item: Send + 'static;

    /// Continue after `cursor`.
    fn resume(&mut self, cursor: String);

    /// Return the items of a page.
    fn items(answer: Self::Output) -> Vec<Self::Item>;
}

/// A list that has not been read: a [`Stream`] of its items over all pages.
///
/// The next page is fetched when the items of the previous one are used up. Only the cursor decides whether there is one: the list
/// continues after a short or empty page with a cursor. The page size defaults to 100, unless the request has a `limit`.
#[must_use = "nothing is sent until the list is read"]
pub struct Pager<O: Paged> {
    pages: Pages<O>,
    items: VecDeque<O::Item>,
}

impl<O: Paged> Pager<O> {
    pub(crate) fn new(client: Client, request: O) -> Self {
        Self {
            pages: Pages {
                client,
                request,
                options: CallOptions::default(),
                state: State::Start,
                cursor: None,
            },
            items: VecDeque::new(),
        }
    }

    /// Set the timeout for fetching each page.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.pages.options.timeout = Some(timeout);
        self
    }

    /// Set how often a failed attempt for a page is retried.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.pages.options.max_retries = Some(max_retries);
        self
    }

    /// Set the trace of the calls; see [`Call::trace`].
    pub fn trace(mut self, traceparent: impl Into<String>, tracestate: Option<String>) -> Self {
        self.pages.options.traceparent = Some(traceparent.into());
        self.pages.options.tracestate = tracestate;
        self
    }

    /// Add a field that this version does not know to the query of each page; see [`Call::extra`].
    pub fn extra(mut self, name: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
        self.pages.options.extra.add(name.into(), value.into());
        self
    }

    /// Resume after `cursor`, from [`Pages::cursor`].
    pub fn resume(mut self, cursor: impl Into<String>) -> Self {
        self.pages.request.resume(cursor.into());
        self
    }

    /// Read page by page.
    pub fn pages(self) -> Pages<O> {
        self.pages
    }

    /// Fetch the first page only, with its cursor.
    pub fn first_page(self) -> Call<O> {
        Call::new(self.pages.client, self.pages.request).options(self.pages.options)
    }

    /// Return the cursor after the last fetched page. Resuming there skips the remaining items of that page.
    pub fn cursor(&self) -> Option<&str> {
        self.pages.cursor()
    }

    /// Fetch all remaining items.
    ///
    /// # Errors
    ///
    /// The error of the page that could not be fetched. Earlier items are lost, so read a long list item by item.
    pub async fn collect(mut self) -> Result<Vec<O::Item>> {
        let mut all = Vec::from(std::mem::take(&mut self.items));
        while let Some(page) = self.pages.next().await {
            all.extend(O::items(page?));
        }
        Ok(all)
    }

    /// Return the next item. `None` at the end of the list.
    pub async fn next(&mut self) -> Option<Result<O::Item>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<O: Paged> Stream for Pager<O> {
    type Item = Result<O::Item>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.items = O::items(page).into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

type Fetching<O> = Pin<Box<dyn Future<Output = Result<<O as Operation>::Output>> + Send>>;

enum State<O: Paged> {
    /// The page that the request asks for is not fetched yet.
    Start,
    Fetching(Fetching<O>),
    /// The last page was fetched.
    End,
}

/// A list, page by page: a [`Stream`] of pages.
#[must_use = "nothing is sent until the pages are read"]
pub struct Pages<O: Paged> {
    client: Client,
    request: O,
    options: CallOptions,
    state: State<O>,
    cursor: Option<String>,
}

impl<O: Paged> Pages<O> {
    /// Return the cursor after the last fetched page. A later list can resume from it.
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// Return the next page. `None` after the last.
    pub async fn next(&mut self) -> Option<Result<O::Output>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Store the state of the page that was fetched.
    fn turn(&mut self, page: Result<O::Output>) -> Result<O::Output> {
        let page = page.inspect_err(|_| self.state = State::Start)?;
        let next = next_cursor::<O>(&page, self.cursor.as_deref())
            .inspect_err(|_| self.state = State::End)?;
        self.state = match &next {
            Some(cursor) => {
                self.request.resume(cursor.clone());
                State::Start
            }
            None => State::End,
        };
        self.cursor = next;
        Ok(page)
    }
}

/// Return the cursor of the page after `page`, to which `cursor` led.
pub(crate) fn next_cursor<O: Operation>(
    page: &O::Output,
    cursor: Option<&str>,
) -> Result<Option<String>> {
    let next = O::cursor(page);
    if next.is_some() && next.as_deref() == cursor {
        let message = "the service returned the same cursor twice, so the list would not end";
        return Err(Error::new(ErrorKind::Decode, message)
            .with(|details| details.operation = Some(O::INFO.name.to_owned())));
    }
    Ok(next)
}

/// After an error, the next poll fetches the same page again.
impl<O: Paged> Stream for Pages<O> {
    type Item = Result<O::Output>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match &mut self.state {
                State::End => return Poll::Ready(None),
                State::Start => {
                    let call = Call::new(self.client.clone(), self.request.clone())
                        .options(self.options.clone());
                    self.state = State::Fetching(call.into_future());
                }
                State::Fetching(page) => {
                    let page = ready!(page.as_mut().poll(context));
                    return Poll::Ready(Some(self.turn(page)));
                }
            }
        }
    }
}

// Nothing here is pinned: the polled future is boxed.
impl<O: Paged> Unpin for Pager<O> {}
impl<O: Paged> Unpin for Pages<O> {}

impl<O: Paged> fmt::Debug for Pager<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pager({})", O::INFO.name)
    }
}

impl<O: Paged> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pages({})", O::INFO.name)
    }
}
