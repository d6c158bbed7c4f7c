//! URLs as they may be shown: without what is secret in many.

use std::fmt;

use super::scrub::REDACTED;

/// Scheme, host, port and path of a URL; neither userinfo nor query and fragment. None of a text that is no URL.
pub(crate) fn plain_url(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("://")?;
    let (place, _) = rest.split_once(['?', '#']).unwrap_or((rest, ""));
    let (authority, path) = match place.find('/') {
        Some(at) => place.split_at(at),
        None => (place, ""),
    };
    let host = authority.rsplit('@').next().unwrap_or_default();
    let query = if place.len() < rest.len() {
        "?[redacted]"
    } else {
        ""
    };
    Some([scheme, "://", host, path, query].concat())
}

/// A field with a URL, as `Debug` shows it.
pub(crate) struct ShownUrl<'a, T>(&'a T);

impl<'a, T> ShownUrl<'a, T> {
    pub(crate) fn of(field: &'a T) -> Self {
        Self(field)
    }
}

impl fmt::Debug for ShownUrl<'_, String> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match plain_url(self.0) {
            Some(url) => fmt::Debug::fmt(&url, f),
            None => f.write_str(REDACTED),
        }
    }
}

impl fmt::Debug for ShownUrl<'_, Option<String>> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0.as_ref().map(ShownUrl), f)
    }
}
