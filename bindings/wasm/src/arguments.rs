//! [`Arguments`]: what a function is called with, as JavaScript writes it: a JSON list.

use std::time::Duration;

use hundredms::CallOptions;
use serde_json::{Map, Value};

/// The arguments of a function, in order.
pub(crate) struct Arguments(std::vec::IntoIter<Value>);

impl Arguments {
    pub(crate) fn read(text: &[u8]) -> Result<Self, String> {
        let list: Vec<Value> = serde_json::from_slice(text).map_err(|error| error.to_string())?;
        Ok(Self(list.into_iter()))
    }

    fn next(&mut self) -> Value {
        self.0.next().unwrap_or_default()
    }

    /// Return the next argument, which is text.
    pub(crate) fn text(&mut self) -> String {
        self.optional_text().unwrap_or_default()
    }

    pub(crate) fn optional_text(&mut self) -> Option<String> {
        match self.next() {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn id(&mut self) -> u32 {
        self.optional_id().unwrap_or_default()
    }

    pub(crate) fn optional_id(&mut self) -> Option<u32> {
        self.next().as_u64().and_then(|id| id.try_into().ok())
    }

    pub(crate) fn optional_number(&mut self) -> Option<f64> {
        self.next().as_f64()
    }

    pub(crate) fn number(&mut self) -> f64 {
        self.optional_number().unwrap_or_default()
    }

    pub(crate) fn integer(&mut self) -> i64 {
        self.next().as_i64().unwrap_or_default()
    }

    pub(crate) fn flag(&mut self) -> bool {
        self.next().as_bool().unwrap_or_default()
    }

    /// Return header names and values in turn, or the only value.
    pub(crate) fn headers(&mut self) -> Result<Vec<String>, String> {
        match self.next() {
            Value::String(value) => Err(value),
            Value::Array(list) => Ok(list
                .into_iter()
                .map(|value| value.as_str().unwrap_or_default().to_owned())
                .collect()),
            _ => Ok(Vec::new()),
        }
    }

    /// Return what accompanies a call.
    pub(crate) fn options(&mut self) -> Result<CallOptions, String> {
        let mut options = CallOptions::default();
        let Value::Object(mut given) = self.next() else {
            return Ok(options);
        };
        options.timeout = given.get("timeout").and_then(Value::as_f64).map(duration);
        let retries = given.get("maxRetries").and_then(Value::as_u64);
        options.max_retries = retries.map(|retries| retries.try_into().unwrap_or(u32::MAX));
        options.in_map = Some(given.get("inMap").and_then(Value::as_bool) == Some(true));
        let mut text = |name: &str| match given.remove(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        options.traceparent = text("traceparent");
        options.tracestate = text("tracestate");
        if let Some(extra) = text("extra") {
            let fields: Map<String, Value> =
                serde_json::from_str(&extra).map_err(|error| error.to_string())?;
            options.extra = fields.into();
        }
        Ok(options)
    }
}

/// Read seconds. A negative number becomes zero, which the core refuses where it must.
pub(crate) fn duration(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}
