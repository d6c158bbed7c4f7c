//! What hooks can observe of calls. Nothing here contains a header, a body or an argument.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Serialize;

use crate::error::ErrorKind;
use crate::host::time::Instant;
use crate::request::PreparedRequest;

/// One event in a call, as a hook sees it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Observation<'a> {
    /// An attempt is about to be sent.
    Request(RequestView<'a>),
    /// An attempt ended, with a response of any status or without one.
    Response(ResponseView<'a>),
    /// The call will retry after a pause.
    Retry(RetryView<'a>),
}

impl Observation<'_> {
    /// Return it as one JSON object. `event` is `request`, `response` or `retry`. The rest are the fields of the view, with times
    /// in seconds.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }

    /// Return whether it has a warning, which the log has even if nobody observes the call.
    #[doc(hidden)]
    #[must_use]
    pub fn warns(&self) -> bool {
        matches!(self, Self::Request(view) if view.warning.is_some())
    }
}

/// An attempt that is about to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RequestView<'a> {
    /// Number of the call within its client, the same for all its attempts.
    pub call: u64,
    /// Name of the operation, `rooms.create`. `request` for [`Client::request`](crate::Client::request).
    pub operation: &'a str,
    /// HTTP method.
    pub method: &'a str,
    /// Path template, `/rooms/{room_id}`. `/{path}` for [`Client::request`](crate::Client::request).
    pub route: &'a str,
    /// Number of the attempt, starting at 1.
    pub attempt: u32,
    /// What is unusual about the arguments, if anything: values and fields that this version does not know, sent unchanged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<&'a str>,
    /// What the log should say, if anything: a value of an argument is probably misspelt, or the Redis of the rate limit cannot be
    /// reached, or can be again. A client says the same of an operation's arguments once, with the first attempt of a call, and at most 64
    /// such things.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<&'a str>,
}

/// An attempt that ended.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ResponseView<'a> {
    /// The attempt that was sent.
    #[serde(flatten)]
    pub request: RequestView<'a>,
    /// HTTP status. `None` if there was no response.
    pub status: Option<u16>,
    /// The error kind of this attempt. `None` for a 2xx. The error of the call can differ, since more is known at its end.
    pub error: Option<ErrorKind>,
    /// Duration of this attempt.
    #[serde(serialize_with = "crate::error::seconds")]
    pub elapsed: Duration,
}

/// The pause before a retry.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RetryView<'a> {
    /// The attempt that was sent, with its number.
    #[serde(flatten)]
    pub request: RequestView<'a>,
    /// HTTP status. `None` if there was no response.
    pub status: Option<u16>,
    /// The error kind of that attempt.
    pub error: Option<ErrorKind>,
    /// How long the call waits now.
    #[serde(serialize_with = "crate::error::seconds")]
    pub pause: Duration,
}

pub(crate) type Observer = Arc<dyn Fn(&Observation<'_>) + Send + Sync>;

/// All observers of the calls of a client.
#[derive(Clone, Default)]
pub(crate) struct Observers {
    hooks: Vec<Observer>,
    calls: Arc<AtomicU64>,
    told: Arc<Told>,
}

/// How many different warnings about arguments a client gives.
const MOST_WARNINGS: usize = 64;

/// The warnings about arguments that a client has given, by hash.
#[derive(Default)]
struct Told(Mutex<Vec<u64>>);

impl Told {
    /// Return whether this is to be said: it is new, and not one of too many.
    fn is_new(&self, operation: &str, warning: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        (operation, warning).hash(&mut hasher);
        let hash = hasher.finish();
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() >= MOST_WARNINGS || told.contains(&hash) {
            return false;
        }
        told.push(hash);
        true
    }
}

impl Observers {
    pub(crate) fn add(&mut self, observer: impl Fn(&Observation<'_>) + Send + Sync + 'static) {
        self.hooks.push(Arc::new(observer));
    }

    /// Start to observe a call.
    pub(crate) fn observe<'a>(&'a self, request: &'a PreparedRequest) -> ObservedCall<'a> {
        let call = match self.hooks.as_slice() {
            [] => 0,
            _ => self.calls.fetch_add(1, Ordering::Relaxed) + 1,
        };
        ObservedCall {
            observers: self,
            request,
            call,
            attempt: 0,
            warning: None,
            sent: None,
            ended: (None, None),
        }
    }
}

impl std::fmt::Debug for Observers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} observers", self.hooks.len())
    }
}

/// A call that is observed. It costs almost nothing without observers.
pub(crate) struct ObservedCall<'a> {
    observers: &'a Observers,
    request: &'a PreparedRequest,
    call: u64,
    /// Number of the last attempt.
    attempt: u32,
    warning: Option<String>,
    sent: Option<Instant>,
    /// Status and error kind of the last attempt.
    ended: (Option<u16>, Option<ErrorKind>),
}

impl ObservedCall<'_> {
    /// Say what is unusual about the arguments: in the log, and a warning with the next attempt.
    fn tell_of_arguments(&mut self) {
        let request = self.request;
        let warning = request.warning.as_ref();
        let warning =
            warning.filter(|warning| self.observers.told.is_new(request.operation(), warning));
        #[cfg(feature = "tracing")]
        if let Some(hint) = match warning {
            Some(_) => &request.hint_without_warning,
            None => &request.hint,
        } {
            tracing::event!(
                tracing::Level::DEBUG,
                hundredms.operation = self.request.operation(),
                "{hint}"
            );
        }
        self.warn(warning.cloned());
    }

    /// Say what a job says about its arguments, once.
    pub(crate) fn warn_of_job(&mut self, warning: Option<&String>) {
        let (told, operation) = (&self.observers.told, self.request.operation());
        let warning = warning.filter(|warning| told.is_new(operation, warning));
        self.warn(warning.cloned());
    }

    /// Say this with the next attempt.
    pub(crate) fn warn(&mut self, warning: Option<String>) {
        #[cfg(feature = "tracing")]
        if let Some(warning) = &warning {
            tracing::event!(
                tracing::Level::WARN,
                hundredms.operation = self.request.operation(),
                "{warning}"
            );
        }
        let both = self.warning.take().into_iter().chain(warning);
        self.warning = both.reduce(|one, other| format!("{one}; {other}"));
    }

    /// Attempt number `attempt` is sent now.
    pub(crate) fn sending(&mut self, attempt: u32, now: impl FnOnce() -> Instant) {
        self.attempt = attempt;
        if attempt == 1 {
            self.tell_of_arguments();
        }
        if !self.observers.hooks.is_empty() {
            self.sent = Some(now());
            let warning = self.warning.take();
            self.notify(&Observation::Request(RequestView {
                warning: warning.as_deref(),
                ..self.view()
            }));
        }
    }

    /// The attempt ended.
    pub(crate) fn ended(
        &mut self,
        status: Option<u16>,
        error: Option<ErrorKind>,
        now: impl FnOnce() -> Instant,
    ) {
        self.ended = (status, error);
        if let Some(sent) = self.sent {
            self.notify(&Observation::Response(ResponseView {
                request: self.view(),
                status,
                error,
                elapsed: now().saturating_duration_since(sent),
            }));
        }
    }

    /// The call retries after `pause`.
    pub(crate) fn retry(&self, pause: Duration) {
        let (status, error) = self.ended;
        #[cfg(feature = "tracing")]
        tracing::event!(
            tracing::Level::WARN,
            attempt = self.attempt,
            http.response.status_code = status,
            error.r#type = error.map(ErrorKind::as_str),
            pause = pause.as_secs_f64(),
            "trying again"
        );
        if !self.observers.hooks.is_empty() {
            self.notify(&Observation::Retry(RetryView {
                request: self.view(),
                status,
                error,
                pause,
            }));
        }
    }

    /// The last attempt.
    fn view(&self) -> RequestView<'_> {
        RequestView {
            call: self.call,
            operation: self.request.operation(),
            method: self.request.method.as_str(),
            route: self.request.template(),
            attempt: self.attempt,
            hint: self.request.hint.as_deref(),
            warning: None,
        }
    }

    /// A panic in a hook is ignored, and the call continues.
    fn notify(&self, observation: &Observation<'_>) {
        for observer in &self.observers.hooks {
            let _ = catch_unwind(AssertUnwindSafe(|| observer(observation)));
        }
    }
}
