//! The exports: a call of a function, and the ends of what the module started.

#![expect(unsafe_code, reason = "exports have fixed names")]

use hundredms::host::embedder::{self, FetchFailure};
use serde_json::Value;

use crate::arguments::Arguments;
use crate::invoke::invoke;
use crate::memory::{leave, take};
use crate::{executor, host};

/// Connect the core with JavaScript. Comes first.
#[unsafe(no_mangle)]
extern "C" fn start() {
    host::install();
}

/// Call the function with this name. The arguments are a JSON list; the result is `[value]`, or `[null, failure]`.
#[unsafe(no_mangle)]
extern "C" fn call_function(
    name: *mut u8,
    name_length: usize,
    arguments: *mut u8,
    arguments_length: usize,
    body: *mut u8,
    body_length: usize,
) -> u64 {
    let name = take(name, name_length);
    let arguments = take(arguments, arguments_length);
    let body = take(body, body_length);
    let returned = Arguments::read(&arguments)
        .and_then(|arguments| invoke(&String::from_utf8_lossy(&name), arguments, &body));
    executor::run();
    let returned = match returned {
        Ok(value) => Value::Array(vec![value]),
        Err(failure) => Value::Array(vec![Value::Null, failure.into()]),
    };
    leave(returned.to_string().into_bytes())
}

/// The time of a timer has passed.
#[unsafe(no_mangle)]
extern "C" fn timer_fired(id: u32) {
    embedder::timer_fired(id);
    executor::run();
}

/// A response has begun: its status, and names and values of its headers in turn, as a JSON list.
#[unsafe(no_mangle)]
extern "C" fn responded(id: u32, status: u32, headers: *mut u8, length: usize) {
    let headers: Vec<String> = serde_json::from_slice(&take(headers, length)).unwrap_or_default();
    let pairs = headers
        .chunks_exact(2)
        .map(|pair| (pair[0].as_str(), pair[1].as_str()));
    embedder::responded(id, status.try_into().unwrap_or_default(), pairs);
    executor::run();
}

/// More of a body has arrived.
#[unsafe(no_mangle)]
extern "C" fn received(id: u32, bytes: *mut u8, length: usize) {
    embedder::received(id, Some(take(bytes, length)));
    executor::run();
}

/// A body has ended.
#[unsafe(no_mangle)]
extern "C" fn ended(id: u32) {
    embedder::received(id, None);
    executor::run();
}

/// There is no response, or no more of it.
#[unsafe(no_mangle)]
extern "C" fn failed(id: u32, is_connect: u32, reason: *mut u8, length: usize) {
    let reason = String::from_utf8_lossy(&take(reason, length)).into_owned();
    let failure = FetchFailure {
        is_connect: is_connect != 0,
        reason,
    };
    embedder::failed(id, failure);
    executor::run();
}
