//! The HTTP client: that of reqwest, or the `fetch` of the platform in the same shape.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use reqwest::{Body, Client, Error, Request, Response, Result};

#[cfg(target_arch = "wasm32")]
pub(crate) use super::fetch::{Body, Client, Error, Request, Response, Result};

/// Return whether the server responded, but not with HTTP.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn is_not_http(error: &Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<hyper::Error>() {
            return error.is_parse();
        }
        cause = error.source();
    }
    false
}

/// Return whether the server responded, but not with HTTP. No `fetch` says so.
#[cfg(target_arch = "wasm32")]
pub(crate) fn is_not_http(_: &Error) -> bool {
    false
}
