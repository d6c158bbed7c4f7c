//! Reads a recording asset into memory: presigns a link, and reads the file there.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::context::JobContext;
use crate::error::{Error, ErrorKind, Phase, Result};
use crate::resources::recording_assets::PresignRecordingAsset;
use crate::transport::error_response::kind_of;
use crate::transport::outcome::{ConnectionError, ConnectionErrorKind};
use crate::transport::retry_after::retry_after;

/// The maximum size of a file. The transcript of a day has about 20 MB.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Read the file of an asset. Each attempt has a new link, because links expire.
pub(super) async fn fetch<P>(context: &JobContext<P>, asset_id: &str) -> Result<Bytes> {
    let transport = context.client().transport();
    if transport.is_replayed() {
        let message = "a cassette contains no files; replay the calls without reading files";
        return Err(Error::configuration(message).with(|details| {
            details.operation = Some(context.name().to_owned());
        }));
    }
    let mut attempts = 0;
    loop {
        attempts += 1;
        let link = context.call(PresignRecordingAsset::new(asset_id)).await?;
        let deadline = context.client().clock().now() + context.left()?;
        let got = transport.storage.read(link.url.expose(), MAX_BYTES);
        let got = context.client().clock().within(deadline, got).await;
        let got = got.ok_or_else(|| context.timed_out())?;
        let got = got.map_err(|error| {
            error.with(|details| details.operation = Some(context.name().to_owned()))
        });
        let failure = match got? {
            Ok(response) if response.status == StatusCode::OK => return Ok(response.body),
            Ok(response) => {
                let now = context.client().clock().unix();
                Failure::of_status(response.status, &response.headers, &response.body, now)
            }
            Err(error) => Failure::of_connection(error),
        };
        let error = failure.error.with(|details| {
            details.operation = Some(context.name().to_owned());
            details.attempts = attempts;
            details.elapsed = context.elapsed();
        });
        if !failure.again || attempts > context.max_retries() {
            return Err(error);
        }
        let backoff = &transport.policy.backoff;
        let pause = match error.retry_after() {
            Some(asked) => backoff.spread(asked),
            None => backoff.pause(attempts),
        };
        if pause >= context.left()? {
            return Err(error);
        }
        context.sleep(pause).await;
    }
}

/// Why a file could not be read, and whether another attempt may succeed.
struct Failure {
    error: Error,
    again: bool,
}

impl Failure {
    fn of_status(
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
        now: jiff::Timestamp,
    ) -> Self {
        let code = storage_code(body).map_or_else(String::new, |code| format!(" ({code})"));
        let message = match status.as_u16() {
            403 => format!("the storage refused the link to the file{code}"),
            404 => format!("the file is not in the storage any more{code}"),
            number => format!("the storage answered {number}{code}"),
        };
        let error = Error::new(kind_of(status), message).with(|details| {
            details.status = Some(status.as_u16());
            details.retry_after = retry_after(headers, "", now);
        });
        Self {
            error,
            // 403: the link has expired.
            again: matches!(status.as_u16(), 403 | 408 | 429 | 500..=599),
        }
    }

    fn of_connection(error: ConnectionError) -> Self {
        let (kind, message, again) = match error.kind {
            ConnectionErrorKind::TooLarge => {
                (ErrorKind::Connection, "the file is too large", false)
            }
            ConnectionErrorKind::ConnectTimeout => (
                ErrorKind::Timeout,
                "no connection to the storage was made in time",
                true,
            ),
            ConnectionErrorKind::Connecting => (
                ErrorKind::Connection,
                "no connection to the storage could be made",
                true,
            ),
            ConnectionErrorKind::NotHttp | ConnectionErrorKind::Broken => (
                ErrorKind::Connection,
                "the connection to the storage broke",
                true,
            ),
        };
        let phase = match error.kind {
            ConnectionErrorKind::Connecting | ConnectionErrorKind::ConnectTimeout => Phase::Connect,
            _ => Phase::Body,
        };
        let error = Error::new(kind, message).with(|details| {
            details.phase = Some(phase);
            details.source = Some(error.cause);
        });
        Self { error, again }
    }
}

/// The error code in the XML of a storage, such as `AccessDenied`.
fn storage_code(body: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(body.get(..body.len().min(4096))?).ok()?;
    let (code, _) = text.split_once("<Code>")?.1.split_once("</Code>")?;
    let is_code = |code: &str| code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    Some(code).filter(|code| !code.is_empty() && code.len() <= 64 && is_code(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_a_storage_says_its_code_and_nothing_else_of_the_body() {
        for (body, code) in [
            (
                "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>x</Message></Error>",
                Some("AccessDenied"),
            ),
            ("<Error><Code>a b</Code></Error>", None),
            ("<Error><Code></Code></Error>", None),
            ("<Code>open", None),
            ("", None),
        ] {
            assert_eq!(storage_code(body.as_bytes()), code, "{body}");
        }
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        let again = |status: u16| {
            let status = StatusCode::from_u16(status).expect("a status");
            Failure::of_status(status, &HeaderMap::new(), b"", jiff::Timestamp::UNIX_EPOCH).again
        };
        assert!([403, 408, 429, 500, 503].into_iter().all(again));
        assert!(![301, 400, 401, 404, 416].into_iter().any(again));
    }
}
