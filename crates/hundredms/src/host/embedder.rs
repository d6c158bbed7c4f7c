//! [`Host`]: what the program that embeds the core on wasm32 does for it: clocks, timers and requests.
//!
//! The core starts something under an id. The embedder reports its end with a function of this module, and then polls the futures
//! whose wakers were called.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, Once, OnceLock, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use jiff::Timestamp;
use tokio::sync::oneshot;

/// What the embedder does.
pub trait Host: Send + Sync {
    /// Return the time since some moment, which never goes back.
    fn elapsed(&self) -> Duration;

    /// Return the time of day.
    fn timestamp(&self) -> Timestamp;

    /// Call [`timer_fired`] after `time`.
    fn set_timer(&self, id: u32, time: Duration);

    /// Forget a timer.
    fn clear_timer(&self, id: u32);

    /// Send a request and call [`responded`] with the head of its response, or [`failed`].
    fn fetch(&self, id: u32, request: FetchRequest<'_>);

    /// Read more of the body and call [`received`] or [`failed`].
    fn read(&self, id: u32);

    /// Drop a request, or the rest of its response.
    fn abort(&self, id: u32);
}

/// A request.
#[derive(Debug)]
pub struct FetchRequest<'a> {
    /// Such as `GET`.
    pub method: &'a str,
    /// The whole URL.
    pub url: &'a str,
    /// Names and values.
    pub headers: &'a HeaderMap,
    /// What is sent.
    pub body: Option<&'a [u8]>,
    /// Whether redirects are followed. Otherwise they are the response.
    pub follows_redirects: bool,
}

/// Why there is no response, or no more of it.
#[derive(Debug)]
pub struct FetchFailure {
    /// Whether it is certain that there was no connection, so that nothing was sent.
    pub is_connect: bool,
    /// What the platform says, without the URL.
    pub reason: String,
}

/// The head of a response.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
}

static HOST: OnceLock<&'static dyn Host> = OnceLock::new();
static LAST_ID: AtomicU32 = AtomicU32::new(0);

type Waiting<T> = OnceLock<Mutex<HashMap<u32, oneshot::Sender<T>>>>;

static TIMERS: Waiting<()> = OnceLock::new();
static HEADS: Waiting<Result<Head, FetchFailure>> = OnceLock::new();
static CHUNKS: Waiting<Chunk> = OnceLock::new();

/// Set the embedder, before anything else of this crate is used. The first one stays.
pub fn install(host: &'static dyn Host) {
    let _ = HOST.set(host);
}

/// Make the jitter of pauses differ between instances. Not before the first request: some runtimes have no random numbers outside of
/// requests.
fn seed() {
    static SEED: Once = Once::new();
    SEED.call_once(|| {
        let mut seed = [0; 8];
        if getrandom::fill(&mut seed).is_ok() {
            fastrand::seed(u64::from_le_bytes(seed));
        }
    });
}

pub(crate) fn host() -> &'static dyn Host {
    *HOST.get().expect("the embedder has installed itself")
}

fn waiting<T>(of: &'static Waiting<T>) -> MutexGuard<'static, HashMap<u32, oneshot::Sender<T>>> {
    let map = of.get_or_init(Mutex::default);
    map.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Deliver to what waits under `id`, if it still does.
fn deliver<T>(of: &'static Waiting<T>, id: u32, value: T) {
    let sender = waiting(of).remove(&id);
    if let Some(sender) = sender {
        let _ = sender.send(value);
    }
}

fn expect<T>(of: &'static Waiting<T>, id: u32) -> oneshot::Receiver<T> {
    let (sender, receiver) = oneshot::channel();
    waiting(of).insert(id, sender);
    receiver
}

fn new_id() -> u32 {
    LAST_ID.fetch_add(1, Ordering::Relaxed)
}

/// The time of a timer has passed.
pub fn timer_fired(id: u32) {
    deliver(&TIMERS, id, ());
}

/// A response has begun. What is not a status or a header is left out.
pub fn responded<'a>(id: u32, status: u16, headers: impl IntoIterator<Item = (&'a str, &'a str)>) {
    let headers = headers.into_iter().filter_map(|(name, value)| {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        Some((name, HeaderValue::from_bytes(value.as_bytes()).ok()?))
    });
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(name, value);
    }
    // A redirect that the platform does not show has the status 0.
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::FOUND);
    let head = Head {
        status,
        headers: map,
    };
    deliver(&HEADS, id, Ok(head));
}

/// More of a body has arrived. `None` at its end.
pub fn received(id: u32, bytes: Option<Vec<u8>>) {
    deliver(&CHUNKS, id, Ok(bytes.map(Bytes::from)));
}

/// There is no response, or no more of it.
pub fn failed(id: u32, failure: FetchFailure) {
    let head = waiting(&HEADS).remove(&id);
    match head {
        Some(sender) => drop(sender.send(Err(failure))),
        None => deliver(&CHUNKS, id, Err(failure)),
    }
}

fn gone() -> FetchFailure {
    FetchFailure {
        is_connect: false,
        reason: "the request was dropped".to_owned(),
    }
}

/// What becomes of a read.
type Chunk = Result<Option<Bytes>, FetchFailure>;

/// A request that is under way. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Exchange {
    id: u32,
    /// The read that is under way.
    chunk: Option<oneshot::Receiver<Chunk>>,
}

impl Exchange {
    /// Send a request. Return what its response is read from, and the head.
    pub(crate) async fn start(request: FetchRequest<'_>) -> Result<(Self, Head), FetchFailure> {
        seed();
        let exchange = Self {
            id: new_id(),
            chunk: None,
        };
        let head = expect(&HEADS, exchange.id);
        host().fetch(exchange.id, request);
        let head = head.await.unwrap_or_else(|_| Err(gone()))?;
        Ok((exchange, head))
    }

    /// Return the next bytes of the body. If the future is dropped before, the next one returns them.
    pub(crate) async fn read(&mut self) -> Chunk {
        let id = self.id;
        let chunk = self.chunk.get_or_insert_with(|| {
            let chunk = expect(&CHUNKS, id);
            host().read(id);
            chunk
        });
        let read = chunk.await.unwrap_or_else(|_| Err(gone()));
        self.chunk = None;
        read
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        waiting(&HEADS).remove(&self.id);
        waiting(&CHUNKS).remove(&self.id);
        host().abort(self.id);
    }
}

/// A timer. Dropping it clears it.
pub(crate) struct Timer {
    id: u32,
    fired: oneshot::Receiver<()>,
}

impl Timer {
    pub(crate) fn start(time: Duration) -> Self {
        let id = new_id();
        let fired = expect(&TIMERS, id);
        host().set_timer(id, time);
        Self { id, fired }
    }
}

impl Future for Timer {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.fired).poll(context).map(|_| ())
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if waiting(&TIMERS).remove(&self.id).is_some() {
            host().clear_timer(self.id);
        }
    }
}
