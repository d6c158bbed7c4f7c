//! [`Call`]: one call of an operation. It runs when it is awaited.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use crate::answer;
use crate::call_options::CallOptions;
use crate::client::Client;
use crate::error::Result;
use crate::operation::Operation;
use crate::prepare::prepare;
use crate::raw_response::RawResponse;
use crate::request::PreparedRequest;
use crate::response::Response;
use crate::transport::send::LARGE_BODY;
use crate::wire::deserialize::READ;

impl Client {
    /// Create a call from its request. The methods of the resources do the same.
    pub fn send<O: Operation>(&self, request: O) -> Call<O> {
        Call::new(self.clone(), request)
    }
}

/// A call that has not started: `.await` runs it and returns the result.
#[derive(Debug, Clone)]
#[must_use = "nothing is sent until the call is awaited"]
pub struct Call<O> {
    client: Client,
    request: O,
    options: CallOptions,
}

impl<O: Operation> Call<O> {
    pub(crate) fn new(client: Client, request: O) -> Self {
        Self {
            client,
            request,
            options: CallOptions::default(),
        }
    }

    /// Set the timeout of the whole call, over all attempts. Defaults to the client's setting.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Set how often a failed attempt is retried. Defaults to the client's setting, and does not count what
    /// [`ClientBuilder::max_retries`](crate::ClientBuilder::max_retries) does not count.
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.options.max_retries = Some(max_retries);
        self
    }

    /// Set the trace of the call: the headers `traceparent` and, optionally, `tracestate` of W3C Trace Context. Malformed values
    /// are not sent.
    pub fn trace(mut self, traceparent: impl Into<String>, tracestate: Option<String>) -> Self {
        self.options.traceparent = Some(traceparent.into());
        self.options.tracestate = tracestate;
        self
    }

    /// Add a field that this version does not know, sent unchanged: in the body of a POST, else in the query. If the operation has
    /// a field of this name, the call is refused.
    pub fn extra(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.options.extra.add(name.into(), value.into());
        self
    }

    pub(crate) fn options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Run the call and return the raw response.
    ///
    /// # Errors
    ///
    /// Every kind except `decode`.
    pub async fn raw(self) -> Result<RawResponse> {
        let prepared = self.prepared()?;
        self.client.transport().call(&prepared, &self.options).await
    }

    /// Run the call and return the value with status, headers and attempts.
    ///
    /// # Errors
    ///
    /// As for the call.
    pub async fn with_response(self) -> Result<Response<O::Output>> {
        let prepared = self.prepared()?;
        let transport = self.client.transport();
        let raw = transport.call(&prepared, &self.options).await?;
        let value = if raw.body.len() > LARGE_BODY {
            self.read_apart(&prepared, &raw).await?
        } else {
            self.read(&prepared, &raw)?
        };
        Ok(Response::of(value, raw))
    }

    fn prepared(&self) -> Result<PreparedRequest> {
        let mut prepared = prepare(&self.request)?;
        prepared.extend(&self.options.extra)?;
        Ok(prepared)
    }

    /// Read a response.
    fn read(&self, prepared: &PreparedRequest, raw: &RawResponse) -> Result<O::Output> {
        let mut value = None;
        answer::read_into::<O>(&raw.body, &mut value)
            .and_then(|_| self.request.select(value.as_mut().expect(READ)))
            .map_err(|error| answer::deserialization_error(prepared, raw, error))?;
        Ok(value.expect(READ))
    }

    /// Read a large response on a separate thread, within the deadline.
    ///
    /// Boxed, since it is rare: see [`Transport::call`](crate::transport::send::Transport::call).
    fn read_apart<'a>(
        &'a self,
        prepared: &'a PreparedRequest,
        raw: &'a RawResponse,
    ) -> Pin<Box<impl Future<Output = Result<O::Output>>>> {
        Box::pin(async move {
            let transport = self.client.transport();
            let read = |body: &Bytes| Ok(answer::read::<O>(body)?.0);
            let read = transport.decode_large(prepared, &self.options, raw, read);
            let read = read.await?.and_then(|mut value| {
                self.request.select(&mut value)?;
                Ok(value)
            });
            read.map_err(|error| answer::deserialization_error(prepared, raw, error))
        })
    }
}

impl<O: Operation> IntoFuture for Call<O> {
    type Output = Result<O::Output>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let prepared = self.prepared()?;
            let transport = self.client.transport();
            let raw = transport.call(&prepared, &self.options).await?;
            if raw.body.len() > LARGE_BODY {
                return self.read_apart(&prepared, &raw).await;
            }
            self.read(&prepared, &raw)
        })
    }
}
