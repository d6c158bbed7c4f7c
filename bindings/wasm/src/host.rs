//! What JavaScript does for the module.

#![expect(
    unsafe_code,
    reason = "imports are foreign functions, and the boundary to JavaScript consists of addresses"
)]

use std::time::Duration;

use hundredms::Timestamp;
use hundredms::host::embedder::{FetchRequest, Host};

use crate::outcome::Outcome;

mod imports {
    #[link(wasm_import_module = "host")]
    unsafe extern "C" {
        /// Milliseconds since some moment.
        pub(super) safe fn elapsed() -> f64;
        /// Milliseconds since 1970.
        pub(super) safe fn timestamp() -> f64;
        pub(super) fn random(place: *mut u8, length: usize);
        pub(super) safe fn set_timer(id: u32, milliseconds: f64);
        pub(super) safe fn clear_timer(id: u32);
        pub(super) fn fetch(
            id: u32,
            head: *const u8,
            head_length: usize,
            body: *const u8,
            body_length: usize,
        );
        pub(super) safe fn read(id: u32);
        pub(super) safe fn abort(id: u32);
        /// Each value is a kind (nothing, text, bytes, or a number in place of the address), address and length.
        pub(super) fn deliver(
            id: u32,
            kind: u32,
            text_kind: u32,
            text: *const u8,
            text_length: usize,
            extra_kind: u32,
            extra: *const u8,
            extra_length: usize,
        );
        pub(super) fn panicked(text: *const u8, length: usize);
    }
}

struct JavaScript;

/// Connect the core with JavaScript.
pub(crate) fn install() {
    hundredms::host::embedder::install(&JavaScript);
    std::panic::set_hook(Box::new(|info| {
        let text = info.to_string();
        // SAFETY: the text outlives the call.
        unsafe { imports::panicked(text.as_ptr(), text.len()) };
    }));
}

impl Host for JavaScript {
    fn elapsed(&self) -> Duration {
        Duration::try_from_secs_f64(imports::elapsed() / 1000.0).unwrap_or_default()
    }

    fn timestamp(&self) -> Timestamp {
        moment(imports::timestamp()).unwrap_or_default()
    }

    fn set_timer(&self, id: u32, time: Duration) {
        imports::set_timer(id, time.as_secs_f64() * 1000.0);
    }

    fn clear_timer(&self, id: u32) {
        imports::clear_timer(id);
    }

    fn fetch(&self, id: u32, request: FetchRequest<'_>) {
        let headers: Vec<(&str, &str)> = request
            .headers
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
            .collect();
        let head = serde_json::json!([
            request.method,
            request.url,
            headers,
            request.follows_redirects,
        ]);
        let head = head.to_string();
        let (body, length) = match request.body {
            Some(body) => (body.as_ptr(), body.len()),
            None => (std::ptr::null(), 0),
        };
        // SAFETY: JavaScript copies head and body before it returns.
        unsafe { imports::fetch(id, head.as_ptr(), head.len(), body, length) };
    }

    fn read(&self, id: u32) {
        imports::read(id);
    }

    fn abort(&self, id: u32) {
        imports::abort(id);
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

/// What `deliver` passes.
enum Value<'a> {
    Nothing,
    Text(&'a [u8]),
    Bytes(&'a [u8]),
    Number(u32),
}

impl Value<'_> {
    fn parts(&self) -> (u32, *const u8, usize) {
        match self {
            Self::Nothing => (0, std::ptr::null(), 0),
            Self::Text(text) => (1, text.as_ptr(), text.len()),
            Self::Bytes(bytes) => (2, bytes.as_ptr(), bytes.len()),
            Self::Number(number) => (3, std::ptr::without_provenance(*number as usize), 0),
        }
    }
}

/// Report the outcome of a call, or what happens while it runs.
pub(crate) fn deliver(id: u32, outcome: &Outcome) {
    let number = |number: &Option<u32>| number.map_or(Value::Nothing, Value::Number);
    let (kind, text, extra) = match outcome {
        Outcome::Answer(json, cursor) => {
            let cursor = cursor.as_deref();
            let cursor = cursor.map_or(Value::Nothing, |cursor| Value::Text(cursor.as_bytes()));
            (0, Value::Text(json), cursor)
        }
        Outcome::Failure(failure) => (1, Value::Text(failure.as_bytes()), Value::Nothing),
        Outcome::Raw(head, body) => (2, Value::Text(head.as_bytes()), Value::Bytes(body)),
        Outcome::TokenWanted(provider, call) => (3, number(call), Value::Number(*provider)),
        Outcome::Dropped => (4, Value::Nothing, Value::Nothing),
        Outcome::Observed(seen, call) => (5, Value::Text(seen.as_bytes()), number(call)),
        Outcome::Responded(json, head) => (6, Value::Text(json), Value::Text(head.as_bytes())),
        Outcome::Progress(progress) => (7, Value::Text(progress.as_bytes()), Value::Nothing),
    };
    let (text_kind, text, text_length) = text.parts();
    let (extra_kind, extra, extra_length) = extra.parts();
    // SAFETY: JavaScript copies the values before it returns.
    unsafe {
        imports::deliver(
            id,
            kind,
            text_kind,
            text,
            text_length,
            extra_kind,
            extra,
            extra_length,
        );
    }
}

/// Random bytes for the crate `getrandom`.
#[unsafe(no_mangle)]
unsafe extern "Rust" fn __getrandom_v03_custom(
    place: *mut u8,
    length: usize,
) -> Result<(), getrandom::Error> {
    // SAFETY: the place is that of the caller, of this length.
    unsafe { imports::random(place, length) };
    Ok(())
}
