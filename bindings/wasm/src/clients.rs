//! The clients, under their numbers.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use http::HeaderMap;
use hundredms::jobs::{AssetStream, Progress};
use hundredms::tokens::Tokens;
use hundredms::{Error, RawResponse, Secret, Timestamp};
use serde_json::Value;
use tokio::sync::oneshot;

use crate::arguments::{Arguments, duration};
use crate::executor::{current_call, spawn};
use crate::failure;
use crate::host::{deliver, moment};
use crate::outcome::Outcome;

/// What a function returns: a value, or a tagged failure.
pub(crate) type Returned = Result<Value, String>;

struct Client {
    core: hundredms::Client,
    observed: Arc<AtomicBool>,
    /// Of the API, and of the exchange of room codes.
    base_urls: [String; 2],
}

type Streams = HashMap<u32, Rc<RefCell<Option<AssetStream>>>>;

thread_local! {
    static CLIENTS: RefCell<HashMap<u32, Rc<Client>>> = RefCell::default();
    static STREAMS: RefCell<Streams> = RefCell::default();
    static LAST_NUMBER: Cell<u32> = const { Cell::new(0) };
}

pub(crate) fn new_number() -> u32 {
    LAST_NUMBER.set(LAST_NUMBER.get().wrapping_add(1));
    LAST_NUMBER.get()
}

/// What waits for a token, under its number.
type TokensWanted = Vec<(u32, oneshot::Sender<Result<String, String>>)>;

/// The tokens that calls wait for, by id.
static TOKENS_WANTED: Mutex<TokensWanted> = Mutex::new(Vec::new());

fn tokens_wanted() -> std::sync::MutexGuard<'static, TokensWanted> {
    TOKENS_WANTED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ask JavaScript for a token.
async fn ask(provider: u32) -> Result<String, String> {
    let (sender, answer) = oneshot::channel();
    let id = new_number();
    tokens_wanted().push((id, sender));
    deliver(id, &Outcome::TokenWanted(provider, current_call()));
    let gone = |_| Err("the client is gone".to_owned());
    answer.await.unwrap_or_else(gone)
}

/// Deliver a requested token, or why there is none: `[client, id, token, reason]`.
pub(crate) fn provide_token(mut arguments: Arguments) -> Returned {
    let _ = arguments.id();
    let id = arguments.id();
    let token = arguments.optional_text();
    let reason = arguments.text();
    let mut wanted = tokens_wanted();
    if let Some(place) = wanted.iter().position(|(other, _)| *other == id) {
        let (_, waiting) = wanted.swap_remove(place);
        // Nobody waits if the call was cancelled.
        let _ = waiting.send(token.ok_or(reason));
    }
    Ok(Value::Null)
}

/// Create a client: `[options, provider, listener]`. Return its number.
pub(crate) fn create(mut arguments: Arguments) -> Returned {
    let options = arguments.text();
    let provider = arguments.optional_id();
    let listener = arguments.id();
    let mut builder = hundredms::Client::builder()
        .language(hundredms::Language::Node)
        .options(options.as_bytes())
        .map_err(|error| failure::of_core(&error))?;
    if let Some(provider) = provider {
        builder = builder.token_provider(move || ask(provider));
    }
    let resolved = builder.clone().resolved();
    let resolved = resolved.map_err(|error| failure::of_core(&error))?;
    let base_urls = resolved
        .base_urls()
        .map(|url| url.unwrap_or_default().to_owned());
    let observed = Arc::<AtomicBool>::default();
    let wanted = observed.clone();
    let builder = builder.observer(move |seen| {
        if wanted.load(Ordering::Relaxed) || seen.warns() {
            let seen = Outcome::Observed(seen.to_json(), current_call());
            deliver(listener, &seen);
        }
    });
    let core = builder.build().map_err(|error| failure::of_core(&error))?;
    let client = Rc::new(Client {
        core,
        observed,
        base_urls,
    });
    let number = new_number();
    CLIENTS.with_borrow_mut(|clients| clients.insert(number, client));
    Ok(number.into())
}

/// Forget a client: `[client]`. Its calls go on.
pub(crate) fn forget(mut arguments: Arguments) -> Returned {
    let number = arguments.id();
    drop(CLIENTS.with_borrow_mut(|clients| clients.remove(&number)));
    Ok(Value::Null)
}

fn client(arguments: &mut Arguments) -> Result<Rc<Client>, String> {
    let number = arguments.id();
    let client = CLIENTS.with_borrow(|clients| clients.get(&number).cloned());
    client.ok_or_else(|| "there is no such client".to_owned())
}

/// Return method, path template and base URL of an operation: `[client, operation]`. A job has none of these.
pub(crate) fn target(mut arguments: Arguments) -> Returned {
    let client = client(&mut arguments)?;
    let operation = arguments.text();
    let [api, auth] = &client.base_urls;
    if operation == "request" {
        return Ok(serde_json::json!(["", "/{path}", api]));
    }
    if hundredms::jobs::is_job(&operation) {
        return Ok(Value::Array(Vec::new()));
    }
    let info = hundredms::operations().find(|info| info.name == operation);
    Ok(info.map_or(Value::Null, |info| {
        let base = match info.server {
            hundredms::Server::Auth => auth,
            _ => api,
        };
        serde_json::json!([info.method.as_str(), info.path, base])
    }))
}

/// Turn reports of observations other than warnings on or off: `[client, wanted]`.
pub(crate) fn observe(mut arguments: Arguments) -> Returned {
    let client = client(&mut arguments)?;
    client.observed.store(arguments.flag(), Ordering::Relaxed);
    Ok(Value::Null)
}

/// Call an operation: `[client, id, operation, arguments, context]`.
pub(crate) fn call(mut arguments: Arguments) -> Returned {
    let client = client(&mut arguments)?.core.clone();
    let id = arguments.id();
    let (operation, json) = (arguments.text(), arguments.text());
    let options = arguments.options()?;
    let work = async move {
        match client.call(&operation, json.as_bytes(), &options).await {
            Ok(answered) => Outcome::Answer(answered.json, answered.cursor),
            Err(error) => failed(&error),
        }
    };
    spawn(id, Box::pin(work));
    Ok(Value::Null)
}

/// Call an operation, and also deliver status and headers: as [`call`].
pub(crate) fn call_with_response(mut arguments: Arguments) -> Returned {
    let client = client(&mut arguments)?.core.clone();
    let id = arguments.id();
    let (operation, json) = (arguments.text(), arguments.text());
    let options = arguments.options()?;
    let work = async move {
        let called = client.call_with_response(&operation, json.as_bytes(), &options);
        match called.await {
            Ok(response) => {
                let head = serde_json::json!({
                    "status": response.status.as_u16(),
                    "headers": as_text(&response.headers),
                    "attempts": response.attempts,
                    "elapsed": response.elapsed.as_secs_f64(),
                });
                Outcome::Responded(response.value.json, head.to_string())
            }
            Err(error) => failed(&error),
        }
    };
    spawn(id, Box::pin(work));
    Ok(Value::Null)
}

/// Call an operation and deliver the raw response: as [`call`].
pub(crate) fn call_raw(mut arguments: Arguments) -> Returned {
    let client = client(&mut arguments)?.core.clone();
    let id = arguments.id();
    let (operation, json) = (arguments.text(), arguments.text());
    let options = arguments.options()?;
    let work = async move { raw(client.call_raw(&operation, json.as_bytes(), &options).await) };
    spawn(id, Box::pin(work));
    Ok(Value::Null)
}

/// Run a job: `[client, id, job, arguments, reports, context]`. Its progress is delivered under `id` too, if it `reports`.
pub(crate) fn run_job(mut arguments: Arguments) -> Returned {
    let client = client(&mut arguments)?.core.clone();
    let id = arguments.id();
    let (job, json) = (arguments.text(), arguments.text());
    let reports = arguments.flag();
    let options = arguments.options()?;
    let progress = reports.then(|| -> Progress {
        Arc::new(move |progress| deliver(id, &Outcome::Progress(progress)))
    });
    let work = async move {
        match client
            .run_json(&job, json.as_bytes(), options, progress)
            .await
        {
            Ok(json) => Outcome::Answer(json, None),
            Err(error) => failed(&error),
        }
    };
    spawn(id, Box::pin(work));
    Ok(Value::Null)
}

/// Send a request without an operation: `[client, id, method, path, query, body, context]`. `query` is a JSON list of pairs.
pub(crate) fn request(mut arguments: Arguments) -> Returned {
    let client = client(&mut arguments)?.core.clone();
    let id = arguments.id();
    let (method, path) = (arguments.text(), arguments.text());
    let malformed = |error: serde_json::Error| error.to_string();
    let query: Vec<(String, String)> =
        serde_json::from_str(&arguments.text()).map_err(malformed)?;
    let body: Option<Value> = match arguments.optional_text() {
        Some(body) => Some(serde_json::from_str(&body).map_err(malformed)?),
        None => None,
    };
    let options = arguments.options()?;
    let work = async move {
        raw(client
            .request(&method, &path, &query, body.as_ref(), &options)
            .await)
    };
    spawn(id, Box::pin(work));
    Ok(Value::Null)
}

/// Find what a call with an unknown outcome made: `[client, id, operation, arguments, since, context]`.
pub(crate) fn reconcile(mut arguments: Arguments) -> Returned {
    let client = client(&mut arguments)?.core.clone();
    let id = arguments.id();
    let (operation, json) = (arguments.text(), arguments.text());
    let since: Option<Timestamp> = arguments.optional_text().and_then(|it| it.parse().ok());
    let options = arguments.options()?;
    let work = async move {
        let found = client.reconcile_json(&operation, json.as_bytes(), since, &options);
        match found.await {
            Ok(found) => Outcome::Answer(found.unwrap_or_default().to_string().into(), None),
            Err(error) => failed(&error),
        }
    };
    spawn(id, Box::pin(work));
    Ok(Value::Null)
}

/// Open the file of an asset: `[client, asset id, context]`. Return the number of its stream.
pub(crate) fn open_asset(mut arguments: Arguments) -> Returned {
    let client = client(&mut arguments)?;
    let asset_id = arguments.text();
    let stream = client.core.asset_stream(asset_id, arguments.options()?);
    let number = new_number();
    let stream = Rc::new(RefCell::new(Some(stream)));
    STREAMS.with_borrow_mut(|streams| streams.insert(number, stream));
    Ok(number.into())
}

/// Read the next piece of a stream: `[stream, id]`. The outcome is a raw response without a head, and null at the end.
pub(crate) fn read_asset(mut arguments: Arguments) -> Returned {
    let number = arguments.id();
    let id = arguments.id();
    let place = STREAMS.with_borrow(|streams| streams.get(&number).cloned());
    let place = place.unwrap_or_default();
    // If it is aborted, the transfer ends with it.
    let taken = place.borrow_mut().take();
    let work = async move {
        let end = || Outcome::Answer(b"null".as_slice().into(), None);
        let Some(mut stream) = taken else {
            return end();
        };
        match stream.next().await {
            Some(Ok(piece)) => {
                *place.borrow_mut() = Some(stream);
                Outcome::Raw(String::new(), piece)
            }
            Some(Err(error)) => failed(&error),
            None => end(),
        }
    };
    spawn(id, Box::pin(work));
    Ok(Value::Null)
}

/// End a stream, unless a piece is being read: `[stream]`.
pub(crate) fn close_asset(mut arguments: Arguments) -> Returned {
    let number = arguments.id();
    drop(STREAMS.with_borrow_mut(|streams| streams.remove(&number)));
    Ok(Value::Null)
}

/// Set by how many seconds the service's clock is ahead: `[client, seconds]`.
pub(crate) fn set_clock_offset(mut arguments: Arguments) -> Returned {
    let client = client(&mut arguments)?;
    client.core.set_clock_offset(arguments.integer());
    Ok(Value::Null)
}

/// Create a link by the name of its method: `[client, method, subdomain, target, role, name, user id]`.
pub(crate) fn link(mut arguments: Arguments) -> Returned {
    let client = client(&mut arguments)?;
    let (method, subdomain, target) = (arguments.text(), arguments.text(), arguments.text());
    let role = arguments.optional_text();
    let links = client.core.links();
    let link = links.by_name(&method, &subdomain, &target, role.as_deref());
    let mut link = link.map_err(|error| failure::of_core(&error))?;
    if let Some(name) = arguments.optional_text() {
        link = link.name(name);
    }
    if let Some(user_id) = arguments.optional_text() {
        link = link.user_id(user_id);
    }
    Ok(Value::String(link.into()))
}

/// The tokens of a client, at the time that JavaScript sees: `[client, now, …]`.
fn tokens(arguments: &mut Arguments) -> Result<Tokens, String> {
    let tokens = client(arguments)?.core.tokens();
    Ok(match moment(arguments.number()) {
        Some(now) => tokens.at(now),
        None => tokens,
    })
}

/// Create a token for a client: `[client, now, room id, role, user id, valid for, not before]`.
pub(crate) fn auth_token(mut arguments: Arguments) -> Returned {
    let tokens = tokens(&mut arguments)?;
    let (room_id, role) = (arguments.text(), arguments.text());
    let mut token = tokens.auth(room_id, role);
    if let Some(user_id) = arguments.optional_text() {
        token = token.user_id(user_id);
    }
    if let Some(seconds) = arguments.optional_number() {
        token = token.valid_for(duration(seconds));
    }
    if let Some(time) = arguments.optional_text() {
        let time: Timestamp = time.parse().map_err(|_| {
            let reason = "must be a Date, or RFC 3339 text";
            failure::of_core(&Error::invalid_request("tokens.auth", "notBefore", reason))
        })?;
        token = token.not_before(time);
    }
    token_text(token.create())
}

/// Create a management token: `[client, now, valid for]`.
pub(crate) fn management_token(mut arguments: Arguments) -> Returned {
    let mut token = tokens(&mut arguments)?.management();
    if let Some(seconds) = arguments.optional_number() {
        token = token.valid_for(duration(seconds));
    }
    token_text(token.create())
}

/// Read the claims of a token, as JSON: `[client, token]`.
pub(crate) fn decode_token(mut arguments: Arguments) -> Returned {
    let client = client(&mut arguments)?;
    claims(client.core.tokens().decode(&arguments.text()))
}

/// Check a token and read its claims, as JSON: `[client, now, token]`.
pub(crate) fn verify_token(mut arguments: Arguments) -> Returned {
    let tokens = tokens(&mut arguments)?;
    claims(tokens.verify(&arguments.text()))
}

fn failed(error: &Error) -> Outcome {
    Outcome::Failure(failure::of_core(error))
}

fn raw(answer: hundredms::Result<RawResponse>) -> Outcome {
    match answer {
        Ok(answer) => {
            let headers = as_text(&answer.headers);
            let head = serde_json::json!({"status": answer.status.as_u16(), "headers": headers});
            Outcome::Raw(head.to_string(), answer.body)
        }
        Err(error) => failed(&error),
    }
}

fn as_text(headers: &HeaderMap) -> Vec<(&str, Cow<'_, str>)> {
    headers
        .iter()
        .map(|(name, value)| (name.as_str(), String::from_utf8_lossy(value.as_bytes())))
        .collect()
}

fn token_text(token: hundredms::Result<Secret>) -> Returned {
    match token {
        Ok(token) => Ok(token.expose().into()),
        Err(error) => Err(failure::of_core(&error)),
    }
}

fn claims(claims: hundredms::Result<hundredms::tokens::Claims>) -> Returned {
    let claims = claims.map_err(|error| failure::of_core(&error))?;
    let text = serde_json::to_string(&claims).map_err(|error| error.to_string())?;
    Ok(text.into())
}
