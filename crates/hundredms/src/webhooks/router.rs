//! [`Router`]: runs the handler of each event, once.

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use tokio::runtime::Handle;
use tokio::sync::Notify;

use super::dedupe::{Claim, DedupeStore, StoreError};
use super::delivery_outcome::DeliveryOutcome;
use super::event::{Event, Raw};
use super::headers::Headers;
use super::memory_store::MemoryStore;
use super::receiver::Receiver;
use super::types::{EventData, EventType, Payload};
use super::verification_error::WebhookVerificationError;

const LEASE: Duration = Duration::from_secs(60);
/// Background work may take longer, since the service does not wait for it.
const LEASE_IN_BACKGROUND: Duration = Duration::from_secs(60 * 60);
const TTL: Duration = Duration::from_secs(31 * 24 * 60 * 60);

/// Why a handler failed.
pub type HandlerError = Box<dyn std::error::Error + Send + Sync>;

type Work = Pin<Box<dyn Future<Output = Result<(), HandlerError>> + Send>>;
type Run = Arc<dyn Fn(Event) -> Work + Send + Sync>;
type OnFailure = Arc<dyn Fn(&HandlerFailure) + Send + Sync>;
type OnRefusal = Arc<dyn Fn(&WebhookVerificationError) + Send + Sync>;

/// Runs the handler of each event, once, and returns the response.
///
/// ```
/// use hundredms::webhooks::{Event, PeerJoinSuccess, Receiver, Router};
///
/// # fn main() -> hundredms::Result<()> {
/// let receiver = Receiver::builder().header("x-webhook-secret", "a long random text").build()?;
/// let router = Router::new(receiver)
///     .on(|event: Event<PeerJoinSuccess>| async move {
///         println!("{} came", event.data.peer_id);
///         Ok(())
///     })
///     .fallback(|event: Event| async move {
///         println!("{} happened", event.kind);
///         Ok(())
///     });
/// # let _ = router;
/// # Ok(())
/// # }
/// ```
///
/// The router claims an event in the [store](Self::store) before its handler runs. If the handler succeeds, the event is done. If
/// it fails or panics, the event is released and the response is 500, so that the service sends the event again. A handler runs to
/// completion even if the sender disconnects. The router is also a [`tower_service::Service`].
///
/// It requires tokio.
#[derive(Clone)]
pub struct Router {
    inner: Arc<Inner>,
}

#[derive(Clone)]
struct Inner {
    receiver: Receiver,
    handlers: HashMap<EventType, Handler>,
    fallback: Option<Handler>,
    store: Arc<dyn DedupeStore>,
    lease: Duration,
    ttl: Duration,
    on_failure: Option<OnFailure>,
    on_verification_error: Option<OnRefusal>,
    running_handlers: Arc<RunningHandlers>,
}

/// The running handlers of a router and its clones.
#[derive(Default)]
struct RunningHandlers {
    count: AtomicUsize,
    /// Notified when no handler runs.
    idle: Notify,
}

impl RunningHandlers {
    fn start(self: &Arc<Self>) -> RunningGuard {
        self.count.fetch_add(1, Ordering::AcqRel);
        RunningGuard(Arc::clone(self))
    }

    async fn wait_until_idle(&self) {
        loop {
            // Registered before the count is read, so that no notification is missed.
            let idle = self.idle.notified();
            if self.count.load(Ordering::Acquire) == 0 {
                return;
            }
            idle.await;
        }
    }
}

/// A running handler, until this is dropped.
struct RunningGuard(Arc<RunningHandlers>);

impl Drop for RunningGuard {
    fn drop(&mut self) {
        if self.0.count.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.0.idle.notify_waiters();
        }
    }
}

#[derive(Clone)]
struct Handler {
    run: Run,
    background: bool,
}

/// An event that could not be handled.
#[derive(Debug)]
#[non_exhaustive]
pub struct HandlerFailure {
    /// Id of the event.
    pub id: String,
    /// Its type.
    pub kind: EventType,
    /// What failed: the handler's error, its panic, or an error of the store.
    pub error: HandlerError,
    raw: Raw,
}

impl HandlerFailure {
    /// Return the unchanged body of the event. Store it to handle the event later: [`parse`](super::parse) it, and pass the event to
    /// [`Router::dispatch`].
    pub fn raw(&self) -> &Bytes {
        &self.raw.0
    }
}

/// What a failure says of its event, which the handler has taken.
#[derive(Clone)]
struct EventKey {
    id: String,
    kind: EventType,
    raw: Raw,
}

impl Router {
    /// Create a router without handlers, with a [`MemoryStore`].
    pub fn new(receiver: Receiver) -> Self {
        Self {
            inner: Arc::new(Inner {
                receiver,
                handlers: HashMap::new(),
                fallback: None,
                store: Arc::new(MemoryStore::new()),
                lease: LEASE,
                ttl: TTL,
                on_failure: None,
                on_verification_error: None,
                running_handlers: Arc::default(),
            }),
        }
    }

    /// Handle events of the type whose data is `D`. Replaces an earlier handler of that type. The response waits for the handler.
    pub fn on<D: Payload, F>(self, handler: impl Fn(Event<D>) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<(), HandlerError>> + Send + 'static,
    {
        self.with::<D>(typed(handler), false)
    }

    /// Handle events of the type whose data is `D` in the background, after the response: for work that takes longer than the
    /// service waits.
    ///
    /// If the handler fails, the event is released, but the service does not send it again, because it got a 200: see
    /// [`on_failure`](Self::on_failure). Before the process ends, call [`drain`](Self::drain). The lease is at least an hour.
    pub fn on_background<D: Payload, F>(
        self,
        handler: impl Fn(Event<D>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<(), HandlerError>> + Send + 'static,
    {
        self.with::<D>(typed(handler), true)
    }

    /// Handle events without their own handler: other types, types that this version does not know, and data that does not match
    /// its type ([`EventData::Malformed`]).
    ///
    /// Without a fallback, events without a handler get 200 and are dropped. Data that does not match the type of its handler gets
    /// 500, so that it stays in the log of failed deliveries.
    pub fn fallback<F>(self, handler: impl Fn(Event) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<(), HandlerError>> + Send + 'static,
    {
        self.with_fallback(handler, false)
    }

    /// The same, in the background: see [`on_background`](Self::on_background).
    pub fn fallback_background<F>(
        self,
        handler: impl Fn(Event) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<(), HandlerError>> + Send + 'static,
    {
        self.with_fallback(handler, true)
    }

    /// Store handled events here. Defaults to the memory of this process.
    pub fn store(mut self, store: impl DedupeStore) -> Self {
        self.edit().store = Arc::new(store);
        self
    }

    /// Set how long a handler may take. Defaults to 60 seconds. Afterwards the event may be given to another handler, since the
    /// process may have died. In the background it is an hour, unless this is longer.
    pub fn lease(mut self, lease: Duration) -> Self {
        self.edit().lease = lease;
        self
    }

    /// Set how long handled events are remembered. Defaults to 31 days: the service can replay events of the last 30 days.
    pub fn remember_for(mut self, ttl: Duration) -> Self {
        self.edit().ttl = ttl;
        self
    }

    /// Set a function that is called for events that could not be handled: to log them, or to store [`HandlerFailure::raw`] and handle
    /// them later.
    ///
    /// It is called for each failure of a handler and of each method of the store, so twice if a handler fails and then
    /// [`release`](super::DedupeStore::release) does. After a failed [`done`](super::DedupeStore::done) the event **was handled**, and
    /// nothing in the failure says so: to dispatch it after the end of its lease runs the handler again. If that matters, let the
    /// handler remember the event's id together with its effect.
    pub fn on_failure(
        mut self,
        callback: impl Fn(&HandlerFailure) + Send + Sync + 'static,
    ) -> Self {
        self.edit().on_failure = Some(Arc::new(callback));
        self
    }

    /// Set a function that is called for refused requests.
    pub fn on_verification_error(
        mut self,
        callback: impl Fn(&WebhookVerificationError) + Send + Sync + 'static,
    ) -> Self {
        self.edit().on_verification_error = Some(Arc::new(callback));
        self
    }

    /// Verify a request, handle its event, and return the response.
    pub async fn handle<H: Headers + ?Sized>(
        &self,
        body: impl Into<Bytes>,
        headers: &H,
        peer: Option<IpAddr>,
    ) -> DeliveryOutcome {
        let received = self.inner.receiver.receive(body, headers, peer);
        match received {
            Ok(event) => self.dispatch(event).await,
            Err(refusal) => self.refused(&refusal),
        }
    }

    /// Handle an event without verification, for example from the log of failed deliveries, and return the response.
    pub async fn dispatch(&self, event: Event) -> DeliveryOutcome {
        let malformed = matches!(event.data, EventData::Malformed(_));
        let own = self.inner.handlers.get(&event.kind);
        let handler = own.filter(|_| !malformed).or(self.inner.fallback.as_ref());
        let Some(handler) = handler.cloned() else {
            return match event.data {
                EventData::Malformed(malformed) if own.is_some() => {
                    let key = EventKey {
                        id: event.id,
                        kind: event.kind,
                        raw: event.raw,
                    };
                    self.inner.failed(key, malformed.problem.into());
                    DeliveryOutcome::Malformed
                }
                _ => DeliveryOutcome::NoHandler,
            };
        };
        let work = Arc::clone(&self.inner).work(handler, event);
        match Handle::try_current() {
            // A separate task continues if the caller gives up: a sender that disconnects does not interrupt the handler.
            Ok(runtime) => runtime.spawn(work).await.unwrap_or(DeliveryOutcome::Failed),
            Err(_) => work.await,
        }
    }

    /// Wait until no handler runs, including background handlers. Call it after the server has stopped and before the process ends:
    /// the service does not send acknowledged events again.
    pub async fn drain(&self) {
        self.inner.running_handlers.wait_until_idle().await;
    }

    pub(super) fn receiver(&self) -> &Receiver {
        &self.inner.receiver
    }

    pub(super) fn refused(&self, refusal: &WebhookVerificationError) -> DeliveryOutcome {
        if let Some(callback) = &self.inner.on_verification_error {
            callback(refusal);
        }
        DeliveryOutcome::Refused(refusal.reason())
    }

    fn with<D: Payload>(mut self, run: Run, background: bool) -> Self {
        let handler = Handler { run, background };
        self.edit().handlers.insert(D::KIND, handler);
        self
    }

    fn with_fallback<F>(
        mut self,
        handler: impl Fn(Event) -> F + Send + Sync + 'static,
        background: bool,
    ) -> Self
    where
        F: Future<Output = Result<(), HandlerError>> + Send + 'static,
    {
        self.edit().fallback = Some(Handler {
            run: Arc::new(move |event| Box::pin(handler(event))),
            background,
        });
        self
    }

    fn edit(&mut self) -> &mut Inner {
        Arc::make_mut(&mut self.inner)
    }
}

impl fmt::Debug for Router {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut types: Vec<&str> = self.inner.handlers.keys().map(EventType::as_str).collect();
        types.sort_unstable();
        f.debug_struct("Router")
            .field("receiver", &self.inner.receiver)
            .field("handlers", &types)
            .field("fallback", &self.inner.fallback.is_some())
            .finish_non_exhaustive()
    }
}

/// Turn a handler of one type into a handler of any. It is called only with events of its type.
fn typed<D: Payload, F>(handler: impl Fn(Event<D>) -> F + Send + Sync + 'static) -> Run
where
    F: Future<Output = Result<(), HandlerError>> + Send + 'static,
{
    Arc::new(move |event: Event| match event.typed::<D>() {
        Ok(event) => Box::pin(handler(event)),
        Err(event) => {
            let error = format!("{} is not {}", event.kind, D::KIND);
            Box::pin(async move { Err(error.into()) })
        }
    })
}

impl Inner {
    async fn work(self: Arc<Self>, handler: Handler, event: Event) -> DeliveryOutcome {
        let running = self.running_handlers.start();
        let key = EventKey {
            id: event.id.clone(),
            kind: event.kind.clone(),
            raw: event.raw.clone(),
        };
        let owner = new_owner();
        // An event without an id cannot be recognised.
        if !key.id.is_empty() {
            let lease = if handler.background {
                self.lease.max(LEASE_IN_BACKGROUND)
            } else {
                self.lease
            };
            match self.store.claim(&key.id, &owner, lease).await {
                Ok(Claim::New) => {}
                Ok(Claim::InProgress) => return DeliveryOutcome::InProgress,
                Ok(Claim::Done) => return DeliveryOutcome::Duplicate,
                Err(error) => {
                    // It may have been claimed nevertheless.
                    let _ = self.store.release(&key.id, &owner).await;
                    self.failed(key, error);
                    return DeliveryOutcome::Failed;
                }
            }
        }
        let background = handler.background;
        let finish = async move {
            let reply = self.finish(handler, event, key, owner).await;
            drop(running);
            reply
        };
        match Handle::try_current() {
            Ok(runtime) if background => {
                runtime.spawn(finish);
                DeliveryOutcome::Accepted
            }
            _ => finish.await,
        }
    }

    /// Run the handler and report the result to the store.
    async fn finish(
        self: Arc<Self>,
        handler: Handler,
        event: Event,
        key: EventKey,
        owner: String,
    ) -> DeliveryOutcome {
        let outcome = match catch_unwind(AssertUnwindSafe(|| (handler.run)(event))) {
            Ok(work) => CatchUnwind(work).await,
            Err(panic) => Err(panic_message(panic.as_ref()).into()),
        };
        let stored: Result<(), StoreError> = match &outcome {
            _ if key.id.is_empty() => Ok(()),
            Ok(()) => self.store.done(&key.id, self.ttl).await,
            Err(_) => self.store.release(&key.id, &owner).await,
        };
        let reply = match &outcome {
            Ok(()) => DeliveryOutcome::Handled,
            Err(_) => DeliveryOutcome::Failed,
        };
        for error in [outcome, stored].into_iter().filter_map(Result::err) {
            self.failed(key.clone(), error);
        }
        reply
    }

    fn failed(&self, key: EventKey, error: HandlerError) {
        if let Some(callback) = &self.on_failure {
            let EventKey { id, kind, raw } = key;
            callback(&HandlerFailure {
                id,
                kind,
                error,
                raw,
            });
        }
    }
}

/// A unique name for the owner of a claim: random for the program, with a number for the process. A random name for each would take
/// longer than everything else that a claim needs.
fn new_owner() -> String {
    static PROGRAM: LazyLock<String> = LazyLock::new(|| uuid::Uuid::new_v4().simple().to_string());
    static CLAIMS: AtomicU64 = AtomicU64::new(0);
    let number = CLAIMS.fetch_add(1, Ordering::Relaxed);
    // A forked child has its parent's name and number, but not its process id.
    format!("{}-{}-{number}", *PROGRAM, std::process::id())
}

/// Work whose panic becomes an error.
struct CatchUnwind(Work);

impl Future for CatchUnwind {
    type Output = Result<(), HandlerError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        catch_unwind(AssertUnwindSafe(|| self.0.as_mut().poll(context)))
            .unwrap_or_else(|panic| Poll::Ready(Err(panic_message(panic.as_ref()).into())))
    }
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied());
    format!("the handler panicked: {}", text.unwrap_or("no text"))
}
