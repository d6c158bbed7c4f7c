//! Recording files, served by presigned links: `GET /storage/...`.

use hyper::{
    HeaderMap, Response, StatusCode,
    header::{
        ACCEPT_RANGES, ALLOW, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderName,
        HeaderValue, IF_NONE_MATCH, IF_RANGE, RANGE,
    },
    http::request::Parts,
};
use jiff::Timestamp;
use percent_encoding::percent_decode_str;

use crate::{
    response_body::ResponseBody,
    rules::{
        contents,
        storage::{PREFIX, signed},
    },
    state::State,
};

/// Return the response with a status instead of a file.
pub(crate) fn refused(status: u16) -> Response<ResponseBody> {
    match status {
        403 => error(403, "AccessDenied", "Request has expired"),
        404 => error(404, "NoSuchKey", "The specified key does not exist."),
        500 => error(500, "InternalError", "We encountered an internal error."),
        503 => error(503, "SlowDown", "Please reduce your request rate."),
        status => error(status, "Fault", "A fault of the sandbox."),
    }
}

/// Return the response to a request for a file.
pub(crate) fn respond(state: &State, parts: &Parts) -> Response<ResponseBody> {
    if parts.method != "GET" && parts.method != "HEAD" {
        let mut refused = error(405, "MethodNotAllowed", "Files are read with GET and HEAD.");
        let allowed = HeaderValue::from_static("GET, HEAD");
        refused.headers_mut().insert(ALLOW, allowed);
        return refused;
    }
    match file(state, parts) {
        Ok(file) => send(&file, &parts.headers),
        Err((status, code, message)) => error(status, code, message),
    }
}

struct StoredContents {
    media_type: &'static str,
    body: ResponseBody,
    tag: String,
}

type StorageError = (u16, &'static str, &'static str);

fn file(state: &State, parts: &Parts) -> Result<StoredContents, StorageError> {
    const UNSIGNED: StorageError = (
        403,
        "SignatureDoesNotMatch",
        "The link is not signed, or was changed.",
    );
    let path = parts.uri.path().strip_prefix(PREFIX).unwrap_or_default();
    let path = percent_decode_str(path)
        .decode_utf8()
        .map_err(|_| UNSIGNED)?;
    let query = parts.uri.query().unwrap_or_default().as_bytes();
    let query: Vec<_> = form_urlencoded::parse(query).collect();
    let value = |name: &str| {
        let found = query.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.as_ref())
    };
    let until: i64 = value("X-Until").parse().map_err(|_| UNSIGNED)?;
    let text = signed(&path, until, value("X-Nonce"));
    if !state
        .credentials
        .is_link_signature(&text, value("X-Signature"))
    {
        return Err(UNSIGNED);
    }
    if Timestamp::from_second(until).is_ok_and(|until| until < state.now()) {
        return Err((403, "AccessDenied", "Request has expired"));
    }
    let contents = contents::at_path(state, &path).ok_or((
        404,
        "NoSuchKey",
        "The specified key does not exist.",
    ))?;
    let body = match contents::generated_at(state, &path) {
        Some(size) => ResponseBody::Generated(0..size),
        None => ResponseBody::Bytes(contents.bytes),
    };
    let tag = state
        .credentials
        .link_signature(&format!("{path}\n{}", body.len()));
    Ok(StoredContents {
        media_type: contents.media_type,
        body,
        tag: format!("\"{}\"", &tag[..32]),
    })
}

/// Return an error in the format of storage services.
fn error(status: u16, code: &str, message: &str) -> Response<ResponseBody> {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    let mut response = Response::new(text.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::NOT_FOUND);
    let kind = HeaderValue::from_static("application/xml");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}

fn send(file: &StoredContents, headers: &HeaderMap) -> Response<ResponseBody> {
    let header = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let (length, tag) = (file.body.len(), file.tag.as_str());
    let tags = header(IF_NONE_MATCH).unwrap_or_default();
    let is_same = tags.split(',').map(str::trim);
    let is_known = is_same
        .into_iter()
        .any(|known| known == "*" || known == tag);
    let range = header(RANGE).filter(|_| header(IF_RANGE).is_none_or(|known| known == tag));
    let range = range.map_or(RequestedRange::All, |range| byte_range(range, length));
    let (status, from, to) = match range {
        _ if is_known => (StatusCode::NOT_MODIFIED, 0, 0),
        RequestedRange::All => (StatusCode::OK, 0, length),
        RequestedRange::Part(from, to) => (StatusCode::PARTIAL_CONTENT, from, to),
        RequestedRange::Nothing => (StatusCode::RANGE_NOT_SATISFIABLE, 0, 0),
    };
    let mut response = Response::new(file.body.slice(from..to));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(ETAG, tag);
    }
    if status.is_success() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.media_type));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(to - from));
    }
    let range = match status {
        StatusCode::PARTIAL_CONTENT => format!("bytes {from}-{}/{length}", to - 1),
        StatusCode::RANGE_NOT_SATISFIABLE => format!("bytes */{length}"),
        _ => return response,
    };
    if let Ok(range) = HeaderValue::try_from(range) {
        headers.insert(CONTENT_RANGE, range);
    }
    response
}

/// The requested bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RequestedRange {
    All,
    /// From the first to the second, which is excluded.
    Part(u64, u64),
    /// Bytes beyond the end.
    Nothing,
}

/// Parse the header `Range`. Anything but one range of bytes is ignored.
fn byte_range(range: &str, length: u64) -> RequestedRange {
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let number = |text: &str| text.parse().unwrap_or(u64::MAX);
    let range = range.strip_prefix("bytes=");
    let Some((first, last)) = range.and_then(|range| range.split_once('-')) else {
        return RequestedRange::All;
    };
    let (first, last) = (first.trim(), last.trim());
    let (from, to) = match (first, last) {
        _ if !is_number(first) || !is_number(last) => return RequestedRange::All,
        ("", "") => return RequestedRange::All,
        ("", count) => (length.saturating_sub(number(count)), length),
        (first, "") => (number(first), length),
        (first, last) if number(last) < number(first) => return RequestedRange::All,
        (first, last) => (number(first), length.min(number(last).saturating_add(1))),
    };
    if from < to {
        RequestedRange::Part(from, to)
    } else {
        RequestedRange::Nothing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_of_bytes_is_understood_and_everything_else_ignored() {
        for (range, expected) in [
            ("bytes=0-9", RequestedRange::Part(0, 10)),
            ("bytes=90-", RequestedRange::Part(90, 100)),
            ("bytes=90-1000", RequestedRange::Part(90, 100)),
            ("bytes=-5", RequestedRange::Part(95, 100)),
            ("bytes=-1000", RequestedRange::Part(0, 100)),
            ("bytes=100-", RequestedRange::Nothing),
            ("bytes=-0", RequestedRange::Nothing),
            ("bytes=5-4", RequestedRange::All),
            ("bytes=-", RequestedRange::All),
            ("bytes=0-1,3-4", RequestedRange::All),
            ("bytes=+1-2", RequestedRange::All),
            ("items=0-1", RequestedRange::All),
        ] {
            assert_eq!(byte_range(range, 100), expected, "{range}");
        }
    }
}
