//! [`Transfer`]: reads the file of an asset from its storage, with as many requests as that takes.
//!
//! Every request has a new presigned link, so a link that expired is not used again. After the first request, each asks for the rest
//! of the same version of the file (`Range` and `If-Range`), and what comes back is checked: storages and caches ignore either
//! header, or return other bytes than asked for.
//!
//! Failures count only as long as no bytes arrive in between, so a long file survives more breaks than a short one.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, IF_RANGE, RANGE};
use http::{HeaderMap, StatusCode};
use url::Url;

use super::context::JobContext;
use super::file_version::FileVersion;
use crate::error::{Error, ErrorKind, Phase, Result};
use crate::host::http::Response;
use crate::host::time::{Instant, timeout_at};
use crate::resources::recording_assets::PresignRecordingAsset;
use crate::transport::error_response::kind_of;
use crate::transport::retry_after::retry_after;
use crate::transport::storage::StorageClients;

/// A response from which nothing arrives for so long has failed.
const STALLED: Duration = Duration::from_secs(30);

/// How much of the body of an error is read.
const ERROR_BYTES: usize = 16 * 1024;

/// How long the body of an error may take.
const ERROR_TIME: Duration = Duration::from_secs(2);

/// What a transfer returns next.
#[derive(Debug)]
pub(super) enum Piece {
    /// The bytes that follow those before.
    Bytes(Bytes),
    /// The file comes from its beginning: those before are void. Comes first, too.
    Start,
}

/// Reads the file of an asset.
pub(super) struct Transfer<P> {
    context: JobContext<P>,
    asset_id: String,
    /// Whether bytes that were returned can be taken back.
    can_start_over: bool,
    version: Option<FileVersion>,
    /// How many bytes of the file were returned, including those of an earlier transfer.
    position: u64,
    /// How many bytes of the response come before the position.
    skip: u64,
    response: Option<Response>,
    /// The furthest position so far.
    furthest: u64,
    /// Failures in a row, without a byte that is new.
    failures: u32,
    /// Whether it has asked for the whole file, because the storage could not continue a part.
    started_over: bool,
    attempts: u32,
    /// Before the next request.
    pause: Duration,
    /// What ended a read whose bytes were wanted only if they had arrived.
    failed: Option<Error>,
    done: bool,
}

impl<P> Transfer<P> {
    /// Read a file from its beginning.
    pub(super) fn new(context: JobContext<P>, asset_id: &str, can_start_over: bool) -> Self {
        Self {
            context,
            asset_id: asset_id.to_owned(),
            can_start_over,
            version: None,
            position: 0,
            skip: 0,
            response: None,
            furthest: 0,
            failures: 0,
            started_over: false,
            attempts: 0,
            pause: Duration::ZERO,
            failed: None,
            done: false,
        }
    }

    /// Continue an earlier transfer of this version, of which there are so many bytes.
    pub(super) fn continued(mut self, version: FileVersion, position: u64) -> Self {
        self.version = Some(version);
        self.position = position;
        self.furthest = position;
        self
    }

    /// What is known of the file.
    pub(super) fn version(&self) -> FileVersion {
        self.version.clone().unwrap_or_default()
    }

    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// Return the next piece. `None` at the end of the file.
    pub(super) async fn next(&mut self) -> Result<Option<Piece>> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        while !self.done {
            let Some(response) = &mut self.response else {
                if self.open().await? {
                    return Ok(Some(Piece::Start));
                }
                continue;
            };
            let clock = self.context.client().clock().clone();
            let wait = STALLED.min(self.context.left()?);
            match clock.within(clock.now() + wait, response.chunk()).await {
                Some(Ok(Some(bytes))) => {
                    if let Some(bytes) = self.received(bytes)? {
                        return Ok(Some(Piece::Bytes(bytes)));
                    }
                }
                Some(Ok(None)) => self.ended()?,
                Some(Err(error)) => {
                    self.fail(StorageClients::broken_off(error), None)?;
                }
                None => {
                    self.context.left()?;
                    self.fail(stalled(Phase::Body), None)?;
                }
            }
        }
        Ok(None)
    }

    /// Return the next bytes of the response. An error is left to [`next`](Self::next).
    pub(super) async fn received_already(&mut self) -> Option<Bytes> {
        let received = match self.response.as_mut()?.chunk().await {
            Ok(Some(bytes)) => self.received(bytes),
            Ok(None) => self.ended().map(|()| None),
            Err(error) => self
                .fail(StorageClients::broken_off(error), None)
                .map(|()| None),
        };
        received.unwrap_or_else(|error| {
            self.failed = Some(error);
            None
        })
    }

    /// Take bytes of the response. Return those that are new.
    fn received(&mut self, mut bytes: Bytes) -> Result<Option<Bytes>> {
        let known = self.skip.min(bytes.len() as u64);
        self.skip -= known;
        let _ = bytes.split_to(usize::try_from(known).unwrap_or(bytes.len()));
        if bytes.is_empty() {
            return Ok(None);
        }
        let position = self.position + bytes.len() as u64;
        let size = self.version.as_ref().and_then(|version| version.size);
        if size.is_some_and(|size| position > size) {
            let message = "the storage sent more bytes than the file has";
            self.fail(self.error(ErrorKind::Server, message), None)?;
            return Ok(None);
        }
        self.position = position;
        if position > self.furthest {
            self.furthest = position;
            self.failures = 0;
        }
        Ok(Some(bytes))
    }

    /// The response has ended.
    fn ended(&mut self) -> Result<()> {
        self.response = None;
        let version = self.version.get_or_insert_default();
        match version.size {
            Some(size) if self.position < size => {
                let message = format!(
                    "the storage sent {} of the {size} bytes of the file",
                    self.position
                );
                self.fail(self.error(ErrorKind::Connection, message), None)
            }
            Some(_) => {
                self.done = true;
                Ok(())
            }
            None => {
                version.size = Some(self.position);
                self.done = true;
                Ok(())
            }
        }
    }

    /// Open a response that continues at the position. Return whether the file comes from its beginning instead.
    async fn open(&mut self) -> Result<bool> {
        loop {
            if let Some(from_beginning) = self.attempt().await? {
                return Ok(from_beginning);
            }
        }
    }

    async fn attempt(&mut self) -> Result<Option<bool>> {
        let pause = std::mem::take(&mut self.pause);
        let link = PresignRecordingAsset::new(&self.asset_id);
        let link = self.context.call_after(pause, link).await?;
        if playlist(&link.path) {
            return Err(self.is_playlist());
        }
        let url = link.url.expose().parse::<Url>();
        let url = url
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"));
        let Some(url) = url else {
            let message = "the service returned a link that is not a URL";
            return Err(self.error(ErrorKind::Decode, message));
        };
        let storage = &self.context.client().transport().storage;
        // Compressed bytes have other positions, and some caches ignore `Range` for them.
        let mut request = storage
            .client(&url)
            .await?
            .get(url.clone())
            .header(ACCEPT_ENCODING, "identity");
        let version = self.version.as_ref();
        let validator = version.and_then(FileVersion::validator);
        match validator {
            Some(validator) if self.position > 0 => {
                request = request
                    .header(RANGE, format!("bytes={}-", self.position))
                    .header(IF_RANGE, validator);
            }
            _ => {}
        }
        self.attempts += 1;
        let clock = self.context.client().clock().clone();
        let wait = STALLED.min(self.context.left()?);
        let response = match clock.within(clock.now() + wait, request.send()).await {
            Some(Ok(response)) => response,
            Some(Err(error)) => {
                let error = storage.no_response(error, &url);
                self.fail(error, None)?;
                return Ok(None);
            }
            None => {
                self.context.left()?;
                self.fail(stalled(Phase::Wait), None)?;
                return Ok(None);
            }
        };
        let kind = response.headers().get(CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        match response.status() {
            status if status.is_success() && kind.to_ascii_lowercase().contains("mpegurl") => {
                Err(self.is_playlist())
            }
            // Some servers send a part with 200.
            StatusCode::OK if response.headers().contains_key(CONTENT_RANGE) => self.rest(response),
            StatusCode::OK => self.whole(response),
            StatusCode::PARTIAL_CONTENT => self.rest(response),
            StatusCode::RANGE_NOT_SATISFIABLE if self.position > 0 => self.start_over(),
            _ => {
                self.refused(response).await?;
                Ok(None)
            }
        }
    }

    /// The response is the whole file.
    fn whole(&mut self, response: Response) -> Result<Option<bool>> {
        let version = FileVersion::of(response.headers(), content_length(response.headers()));
        let known = self.version.as_ref();
        let is_same = known.is_some_and(|known| known.fits(&version));
        if self.position == 0 || (self.can_start_over && !is_same) {
            self.position = 0;
            self.version = Some(version);
            self.response = Some(response);
            return Ok(Some(true));
        }
        if !is_same {
            return Err(self.changed());
        }
        self.skip = self.position;
        self.response = Some(response);
        Ok(Some(false))
    }

    /// The response is a part of the file.
    fn rest(&mut self, response: Response) -> Result<Option<bool>> {
        let range = content_range(response.headers());
        let (from, size) = range.unwrap_or((u64::MAX, None));
        let version = FileVersion::of(response.headers(), size);
        let known = self.version.as_ref();
        if known.is_some_and(|known| !known.fits(&version)) {
            if !self.can_start_over {
                return Err(self.changed());
            }
            return self.start_over();
        }
        if from != self.position || known.is_none() {
            return self.start_over();
        }
        if let (Some(known), Some(size)) = (&mut self.version, size) {
            known.size = Some(size);
        }
        self.response = Some(response);
        self.skip = 0;
        Ok(Some(false))
    }

    /// The storage cannot continue. Ask for the whole file next, where that is possible. The first time is no failure: without it, a
    /// part from an earlier download could never be replaced if nothing is retried.
    fn start_over(&mut self) -> Result<Option<bool>> {
        if self.can_start_over {
            self.version = None;
            self.position = 0;
            if !std::mem::replace(&mut self.started_over, true) {
                return Ok(None);
            }
        }
        self.fail(self.other_range(), None)?;
        Ok(None)
    }

    /// Decide after a response without the file.
    async fn refused(&mut self, response: Response) -> Result<()> {
        let status = response.status();
        let asked = retry_after(response.headers(), "", self.context.client().service_time());
        let code = error_code(response).await;
        let code = code.map_or_else(String::new, |code| format!(" {code}"));
        let kind = match status.as_u16() {
            // It is not our token that it refuses.
            401 => ErrorKind::PermissionDenied,
            _ => kind_of(status),
        };
        let message = match status.as_u16() {
            404 => "the storage does not have the file of the asset any more".to_owned(),
            status => format!("the storage answered {status}{code}"),
        };
        let error = self.error(kind, message).with(|details| {
            details.status = Some(status.as_u16());
            details.retry_after = asked;
        });
        match status.as_u16() {
            // A link may have expired on its way. There is a new one for the next request.
            403 if self.failures == 0 => self.fail(error, Some(Duration::ZERO)),
            403 | 408 | 429 | 500.. => self.fail(error, asked),
            _ => Err(self.described(error)),
        }
    }

    /// A request has failed. Return the error if that was one too many.
    fn fail(&mut self, error: Error, pause: Option<Duration>) -> Result<()> {
        self.response = None;
        self.skip = 0;
        self.failures += 1;
        if self.failures > self.context.max_retries() {
            return Err(self.described(error));
        }
        let backoff = &self.context.client().transport().policy.backoff;
        let pause = pause.unwrap_or_else(|| backoff.pause(self.failures));
        if pause >= self.context.left()? {
            return Err(self.described(error));
        }
        self.pause = pause;
        Ok(())
    }

    fn error(&self, kind: ErrorKind, message: impl Into<String>) -> Error {
        self.described(Error::new(kind, message))
    }

    fn described(&self, error: Error) -> Error {
        error.with(|details| {
            details.operation = Some(self.context.name().to_owned());
            details.attempts = self.attempts;
            details.elapsed = self.context.elapsed();
        })
    }

    fn is_playlist(&self) -> Error {
        let message = format!(
            "the asset {:?} is an HLS playlist, a list of the files of a video and not a video: play the URL that \
             recording_assets.presigned_url returns, or turn on zipped VOD uploads in the template to get one file",
            self.asset_id
        );
        self.described(self.context.failed(message))
    }

    fn changed(&self) -> Error {
        let message = format!(
            "the file changed in its storage after {} bytes were read: start again",
            self.position
        );
        self.described(self.context.failed(message))
    }

    fn other_range(&self) -> Error {
        let message = "the storage sent other bytes than those that were asked for";
        self.error(ErrorKind::Server, message)
    }
}

fn stalled(phase: Phase) -> Error {
    let message = format!("the storage sent nothing for {} s", STALLED.as_secs());
    Error::new(ErrorKind::Timeout, message).with(|details| details.phase = Some(phase))
}

/// Return whether it is the path of a list of files.
pub(super) fn playlist(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.to_ascii_lowercase().ends_with(".m3u8")
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Parse `Content-Range`: the position of the first byte, and the size of the file, if it is known.
fn content_range(headers: &HeaderMap) -> Option<(u64, Option<u64>)> {
    let range = headers.get(CONTENT_RANGE)?.to_str().ok()?;
    let (range, size) = range.trim().strip_prefix("bytes ")?.split_once('/')?;
    let (from, _) = range.split_once('-')?;
    Some((from.trim().parse().ok()?, size.trim().parse().ok()))
}

/// The code in the XML of an error of a storage: `AccessDenied`.
async fn error_code(mut response: Response) -> Option<String> {
    let mut text = Vec::new();
    let reading = async {
        while let Ok(Some(bytes)) = response.chunk().await {
            text.extend_from_slice(&bytes);
            if text.len() > ERROR_BYTES {
                break;
            }
        }
    };
    let _ = timeout_at(Instant::now() + ERROR_TIME, reading).await;
    let text = String::from_utf8_lossy(&text);
    let (_, code) = text.split_once("<Code>")?;
    let (code, _) = code.split_once("</Code>")?;
    let plain = code.len() <= 64 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then(|| format!("({code})"))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn a_content_range_has_the_first_byte_and_maybe_the_size() {
        for (text, expected) in [
            ("bytes 5-9/10", Some((5, Some(10)))),
            ("bytes 0-0/*", Some((0, None))),
            ("bytes */10", None),
            ("items 5-9/10", None),
            ("bytes -9/10", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_RANGE, HeaderValue::from_static(text));
            assert_eq!(content_range(&headers), expected, "{text}");
        }
    }
}
