//! [`Client`]: calls of the core.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hundredms::jobs::Progress;
use hundredms::reqwest::header::HeaderMap;
use hundredms::{CallOptions, Lane, RawResponse, Timestamp};
use napi_derive::napi;
use tokio::sync::oneshot;

use crate::bridge::{Bridge, Shared};
use crate::failure;
use crate::runtime::{Outbox, Outcome, current_call};

/// A client of the core.
#[napi]
pub struct Client {
    core: hundredms::Client,
    lane: Lane,
    bridge: Rc<Shared>,
    tokens: Arc<TokensWanted>,
    observed: Arc<AtomicBool>,
    /// Of the API, and of the exchange of room codes.
    base_urls: [String; 2],
}

/// What accompanies a call.
#[napi(object, object_to_js = false)]
#[derive(Default)]
pub struct CallContext {
    /// In seconds.
    pub timeout: Option<f64>,
    pub max_retries: Option<u32>,
    pub traceparent: Option<String>,
    pub tracestate: Option<String>,
    /// Fields that the operation does not define, as a JSON object.
    pub extra: Option<String>,
    /// Whether [`Bridge::abort`](crate::bridge::Bridge::abort) may end it.
    pub abortable: Option<bool>,
    /// Whether a function of `map` makes it.
    pub in_map: Option<bool>,
}

impl CallContext {
    /// Return the options for the core, and whether the call can be aborted.
    fn options(self) -> napi::Result<(CallOptions, bool)> {
        let mut options = CallOptions::default();
        options.timeout = self.timeout.map(duration);
        options.max_retries = self.max_retries;
        options.traceparent = self.traceparent;
        options.tracestate = self.tracestate;
        options.in_map = Some(self.in_map.unwrap_or_default());
        if let Some(extra) = self.extra {
            let fields: serde_json::Map<_, _> = serde_json::from_str(&extra)
                .map_err(|error| napi::Error::from_reason(error.to_string()))?;
            options.extra = fields.into();
        }
        Ok((options, self.abortable.unwrap_or_default()))
    }
}

/// Tokens that the core waits for.
#[derive(Default)]
struct TokensWanted {
    last: AtomicU32,
    waiting: Mutex<HashMap<u32, oneshot::Sender<Result<String, String>>>>,
}

impl TokensWanted {
    /// Ask JavaScript for a token.
    async fn ask(
        self: Arc<Self>,
        outbox: Arc<Outbox>,
        provider: u32,
        call: Option<u32>,
    ) -> Result<String, String> {
        let (sender, answer) = oneshot::channel();
        let id = self.last.fetch_add(1, Ordering::Relaxed);
        self.waiting().insert(id, sender);
        outbox.push(id, Outcome::TokenWanted(provider, call));
        answer
            .await
            .unwrap_or_else(|_| Err("the client is gone".into()))
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<u32, oneshot::Sender<Result<String, String>>>> {
        lock(&self.waiting)
    }
}

#[napi]
impl Client {
    /// Create a client. With `provider`, the core asks for tokens under this number. `listener` is the number under which it
    /// reports observations, if any.
    #[napi(constructor)]
    pub fn new(
        bridge: &Bridge,
        options: String,
        provider: Option<u32>,
        listener: u32,
    ) -> napi::Result<Self> {
        let bridge = bridge.shared();
        let tokens = Arc::<TokensWanted>::default();
        let mut builder = hundredms::Client::builder()
            .language(hundredms::Language::Node)
            .options(options.as_bytes())
            .map_err(|error| failure::thrown(&error))?;
        if let Some(provider) = provider {
            let (tokens, outbox) = (tokens.clone(), bridge.outbox());
            builder = builder.token_provider(move || {
                tokens.clone().ask(outbox.clone(), provider, current_call())
            });
        }
        let resolved = builder.clone().resolved();
        let resolved = resolved.map_err(|error| failure::thrown(&error))?;
        let base_urls = resolved
            .base_urls()
            .map(|url| url.unwrap_or_default().to_owned());
        let observed = Arc::<AtomicBool>::default();
        let (wanted, outbox) = (observed.clone(), bridge.outbox());
        let builder = builder.observer(move |seen| {
            if wanted.load(Ordering::Relaxed) || seen.warns() {
                outbox.push(listener, Outcome::Observed(seen.to_json(), current_call()));
            }
        });
        let core = builder.build().map_err(|error| failure::thrown(&error))?;
        Ok(Self {
            core,
            lane: Lane::of(&resolved),
            bridge,
            tokens,
            observed,
            base_urls,
        })
    }

    /// Return method, path template and base URL of an operation. Nothing if there is no such operation. `request` is a request
    /// without an operation, with an empty method. A job has none of these.
    #[napi]
    pub fn target(&self, operation: String) -> Option<Vec<String>> {
        let [api, auth] = &self.base_urls;
        if operation == "request" {
            return Some(vec![String::new(), "/{path}".to_owned(), api.clone()]);
        }
        if hundredms::jobs::is_job(&operation) {
            return Some(Vec::new());
        }
        let info = hundredms::operations().find(|info| info.name == operation)?;
        let base = match info.server {
            hundredms::Server::Auth => auth,
            _ => api,
        };
        Some(vec![
            info.method.as_str().to_owned(),
            info.path.to_owned(),
            base.clone(),
        ])
    }

    /// Turn reports of observations other than warnings on or off.
    #[napi]
    pub fn observe(&self, wanted: bool) {
        self.observed.store(wanted, Ordering::Relaxed);
    }

    /// Call an operation. The outcome is delivered under `id`.
    #[napi]
    pub fn call(
        &self,
        id: u32,
        operation: String,
        arguments: String,
        context: Option<CallContext>,
    ) -> napi::Result<()> {
        let client = self.core.clone();
        let (options, abortable) = context.unwrap_or_default().options()?;
        let work = async move {
            match client
                .call(&operation, arguments.as_bytes(), &options)
                .await
            {
                Ok(answered) => Outcome::Answer(answered.json, answered.cursor),
                Err(error) => Outcome::Failure(failure::of_core(&error)),
            }
        };
        self.bridge.run(self.lane, id, abortable, Box::pin(work))
    }

    /// Call an operation, and also deliver status and headers.
    #[napi]
    pub fn call_with_response(
        &self,
        id: u32,
        operation: String,
        arguments: String,
        context: Option<CallContext>,
    ) -> napi::Result<()> {
        let client = self.core.clone();
        let (options, abortable) = context.unwrap_or_default().options()?;
        let work = async move {
            match client
                .call_with_response(&operation, arguments.as_bytes(), &options)
                .await
            {
                Ok(response) => {
                    let head = serde_json::json!({
                        "status": response.status.as_u16(),
                        "headers": as_text(&response.headers),
                        "attempts": response.attempts,
                        "elapsed": response.elapsed.as_secs_f64(),
                    });
                    Outcome::Responded(response.value.json, head.to_string())
                }
                Err(error) => Outcome::Failure(failure::of_core(&error)),
            }
        };
        self.bridge.run(self.lane, id, abortable, Box::pin(work))
    }

    /// Call an operation and deliver the raw response.
    #[napi]
    pub fn call_raw(
        &self,
        id: u32,
        operation: String,
        arguments: String,
        context: Option<CallContext>,
    ) -> napi::Result<()> {
        let client = self.core.clone();
        let (options, abortable) = context.unwrap_or_default().options()?;
        let work = async move {
            raw(client
                .call_raw(&operation, arguments.as_bytes(), &options)
                .await)
        };
        self.bridge.run(self.lane, id, abortable, Box::pin(work))
    }

    /// Run a job. Its progress is delivered under `id` too, if it `reports`.
    #[napi]
    pub fn run_job(
        &self,
        id: u32,
        job: String,
        arguments: String,
        reports: bool,
        context: Option<CallContext>,
    ) -> napi::Result<()> {
        let client = self.core.clone();
        let (options, abortable) = context.unwrap_or_default().options()?;
        let outbox = self.bridge.outbox();
        let progress = reports.then(|| -> Progress {
            Arc::new(move |progress| outbox.push(id, Outcome::Progress(progress)))
        });
        let work = async move {
            match client
                .run_json(&job, arguments.as_bytes(), options, progress)
                .await
            {
                Ok(json) => Outcome::Answer(json, None),
                Err(error) => Outcome::Failure(failure::of_core(&error)),
            }
        };
        self.bridge.run(self.lane, id, abortable, Box::pin(work))
    }

    /// Open the file of an asset.
    #[napi]
    pub fn asset_reader(
        &self,
        asset_id: String,
        context: Option<CallContext>,
    ) -> napi::Result<AssetReader> {
        let (options, _) = context.unwrap_or_default().options()?;
        let stream = self.core.asset_stream(asset_id, options);
        Ok(AssetReader {
            stream: Arc::new(Mutex::new(Some(stream))),
            lane: self.lane,
            bridge: self.bridge.clone(),
        })
    }

    /// Send a request without an operation. `query` is a JSON list of pairs.
    #[napi]
    pub fn request(
        &self,
        id: u32,
        method: String,
        path: String,
        query: String,
        body: Option<String>,
        context: Option<CallContext>,
    ) -> napi::Result<()> {
        let malformed = |error: serde_json::Error| napi::Error::from_reason(error.to_string());
        let query: Vec<(String, String)> = serde_json::from_str(&query).map_err(malformed)?;
        let body: Option<serde_json::Value> = body
            .map(|body| serde_json::from_str(&body))
            .transpose()
            .map_err(malformed)?;
        let client = self.core.clone();
        let (options, abortable) = context.unwrap_or_default().options()?;
        let work = async move {
            raw(client
                .request(&method, &path, &query, body.as_ref(), &options)
                .await)
        };
        self.bridge.run(self.lane, id, abortable, Box::pin(work))
    }

    /// Find what a call with an unknown outcome made. The result is the object, or null.
    #[napi]
    pub fn reconcile(
        &self,
        id: u32,
        operation: String,
        arguments: String,
        since: Option<String>,
        context: Option<CallContext>,
    ) -> napi::Result<()> {
        let client = self.core.clone();
        let (options, abortable) = context.unwrap_or_default().options()?;
        let since: Option<Timestamp> = since.and_then(|since| since.parse().ok());
        let work = async move {
            match client
                .reconcile_json(&operation, arguments.as_bytes(), since, &options)
                .await
            {
                Ok(found) => {
                    let found = found.unwrap_or_default().to_string();
                    Outcome::Answer(found.into(), None)
                }
                Err(error) => Outcome::Failure(failure::of_core(&error)),
            }
        };
        self.bridge.run(self.lane, id, abortable, Box::pin(work))
    }

    /// Set by how many seconds the service's clock is ahead.
    #[napi]
    pub fn set_clock_offset(&self, seconds: i64) {
        self.core.set_clock_offset(seconds);
    }

    /// Deliver a requested token, or why there is none.
    #[napi]
    pub fn provide_token(&self, id: u32, token: Option<String>, reason: Option<String>) {
        if let Some(waiting) = self.tokens.waiting().remove(&id) {
            // Nobody waits if the call was cancelled.
            let _ = waiting.send(token.ok_or_else(|| reason.unwrap_or_default()));
        }
    }

    /// Create a link by the name of its method. `target` is the room code, or the id of the room that `role` joins.
    #[napi]
    pub fn link(
        &self,
        method: String,
        subdomain: String,
        target: String,
        role: Option<String>,
        name: Option<String>,
        user_id: Option<String>,
    ) -> napi::Result<String> {
        let links = self.core.links();
        let link = links.by_name(&method, &subdomain, &target, role.as_deref());
        let mut link = link.map_err(|error| failure::thrown(&error))?;
        if let Some(name) = name {
            link = link.name(name);
        }
        if let Some(user_id) = user_id {
            link = link.user_id(user_id);
        }
        Ok(link.into())
    }

    /// Create a token for a client. Here and below, `now` is what `Date.now()` says.
    #[napi]
    pub fn auth_token(
        &self,
        now: f64,
        room_id: String,
        role: String,
        user_id: Option<String>,
        valid_for: Option<f64>,
        not_before: Option<String>,
    ) -> napi::Result<String> {
        let mut token = self.tokens_at(now).auth(room_id, role);
        if let Some(user_id) = user_id {
            token = token.user_id(user_id);
        }
        if let Some(seconds) = valid_for {
            token = token.valid_for(duration(seconds));
        }
        if let Some(time) = not_before {
            let time: Timestamp = time.parse().map_err(|_| {
                failure::refused(
                    "tokens.auth",
                    "notBefore",
                    "must be a Date, or RFC 3339 text",
                )
            })?;
            token = token.not_before(time);
        }
        token_text(token.create())
    }

    /// Create a management token.
    #[napi]
    pub fn management_token(&self, now: f64, valid_for: Option<f64>) -> napi::Result<String> {
        let mut token = self.tokens_at(now).management();
        if let Some(seconds) = valid_for {
            token = token.valid_for(duration(seconds));
        }
        token_text(token.create())
    }

    /// Read the claims of a token, as JSON.
    #[napi]
    pub fn decode_token(&self, token: String) -> napi::Result<String> {
        claims(self.core.tokens().decode(&token))
    }

    /// Check a token and read its claims, as JSON.
    #[napi]
    pub fn verify_token(&self, now: f64, token: String) -> napi::Result<String> {
        claims(self.tokens_at(now).verify(&token))
    }
}

/// Reads the file of an asset, piece by piece. Dropping it ends the transfer.
#[napi]
pub struct AssetReader {
    /// `None` while a piece is read, and when the transfer has ended.
    stream: Arc<Mutex<Option<hundredms::jobs::AssetStream>>>,
    lane: Lane,
    bridge: Rc<Shared>,
}

#[napi]
impl AssetReader {
    /// Read the next piece. The outcome is a raw response without a head, and null at the end.
    #[napi]
    pub fn next(&self, id: u32, context: Option<CallContext>) -> napi::Result<()> {
        let (_, abortable) = context.unwrap_or_default().options()?;
        let place = self.stream.clone();
        let taken = lock(&place).take();
        let work = async move {
            let Some(mut stream) = taken else {
                return Outcome::Answer(b"null".as_slice().into(), None);
            };
            match stream.next().await {
                Some(Ok(piece)) => {
                    // If it is aborted instead, the transfer ends with it.
                    *lock(&place) = Some(stream);
                    Outcome::Raw(String::new(), piece)
                }
                Some(Err(error)) => Outcome::Failure(failure::of_core(&error)),
                None => Outcome::Answer(b"null".as_slice().into(), None),
            }
        };
        self.bridge.run(self.lane, id, abortable, Box::pin(work))
    }

    /// End the transfer, unless a piece is being read: then abort that.
    #[napi]
    pub fn close(&self) {
        drop(lock(&self.stream).take());
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Client {
    /// The tokens at `now`, JavaScript's time in milliseconds since 1970, which tests freeze.
    fn tokens_at(&self, now: f64) -> hundredms::tokens::Tokens {
        let tokens = self.core.tokens();
        match moment(now) {
            Some(now) => tokens.at(now),
            None => tokens,
        }
    }
}

/// JavaScript's time in milliseconds since 1970, if it is valid.
pub(crate) fn moment(now: f64) -> Option<Timestamp> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "to the millisecond, and checked"
    )]
    Timestamp::from_millisecond(now as i64).ok()
}

/// Read seconds. A negative number becomes zero, which the core refuses where it must.
fn duration(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}

fn raw(answer: hundredms::Result<RawResponse>) -> Outcome {
    match answer {
        Ok(answer) => {
            let headers = as_text(&answer.headers);
            let head = serde_json::json!({"status": answer.status.as_u16(), "headers": headers});
            Outcome::Raw(head.to_string(), answer.body)
        }
        Err(error) => Outcome::Failure(failure::of_core(&error)),
    }
}

fn as_text(headers: &HeaderMap) -> Vec<(&str, Cow<'_, str>)> {
    headers
        .iter()
        .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())))
        .collect()
}

fn token_text(token: hundredms::Result<hundredms::Secret>) -> napi::Result<String> {
    match token {
        Ok(token) => Ok(token.expose().to_owned()),
        Err(error) => Err(failure::thrown(&error)),
    }
}

fn claims(claims: hundredms::Result<hundredms::tokens::Claims>) -> napi::Result<String> {
    let claims = claims.map_err(|error| failure::thrown(&error))?;
    serde_json::to_string(&claims).map_err(|error| napi::Error::from_reason(error.to_string()))
}
