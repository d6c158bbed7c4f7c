//! A request as handlers get it: checked and decoded, without HTTP.

use jiff::Timestamp;
use serde::de::{DeserializeOwned, IntoDeserializer, value::Error};
use serde_json::Value;

use crate::{api_response::ApiError, shape::Shape, tokens::Caller};

/// Path arguments, query, body and caller of one request.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) arguments: Vec<(&'static str, String)>,
    pub(crate) query: Vec<(String, String)>,
    /// An empty object when there was none.
    pub(crate) body: Value,
    pub(crate) has_body: bool,
    pub(crate) caller: Caller,
}

impl Request {
    /// Return a path argument of the operation.
    pub(crate) fn argument(&self, name: &str) -> &str {
        self.arguments
            .iter()
            .find(|(key, _)| *key == name)
            .map_or("", |(_, value)| value)
    }

    /// Return the first value of a query parameter; an empty one counts as absent.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query_all(name).find(|value| !value.is_empty())
    }

    /// Return all values of a repeated query parameter.
    pub(crate) fn query_all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.query
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Return a query parameter that is `true` or `false`.
    pub(crate) fn query_bool(&self, name: &str) -> Result<Option<bool>, ApiError> {
        self.query_parsed(name, "true or false", |value| value.parse().ok())
    }

    pub(crate) fn query_integer(&self, name: &str) -> Result<Option<i64>, ApiError> {
        self.query_parsed(name, "an integer", |value| value.parse().ok())
    }

    /// Return a query parameter that is an RFC 3339 time.
    pub(crate) fn query_time(&self, name: &str) -> Result<Option<Timestamp>, ApiError> {
        self.query_parsed(name, "an RFC 3339 time", |value| value.parse().ok())
    }

    /// Return a query parameter that `parse` reads. Fails with 400 and the word `expected` if `parse` returns `None`.
    pub(crate) fn query_parsed<'a, T>(
        &'a self,
        name: &str,
        expected: &str,
        parse: impl FnOnce(&'a str) -> Option<T>,
    ) -> Result<Option<T>, ApiError> {
        self.query(name)
            .map(|value| parse(value).ok_or_else(|| ApiError::query_param(name, expected)))
            .transpose()
    }

    /// Return a query parameter that is one of the words of an enumeration.
    pub(crate) fn query_word<T: DeserializeOwned>(
        &self,
        name: &str,
        expected: &str,
    ) -> Result<Option<T>, ApiError> {
        self.query_parsed(name, expected, |word| {
            let word = IntoDeserializer::<Error>::into_deserializer(word);
            T::deserialize(word).ok()
        })
    }

    /// Return the body. Fails with 400 and a line per field if it does not have this shape.
    pub(crate) fn body(&self, shape: &Shape) -> Result<&Value, ApiError> {
        shape.check(&self.body)?;
        Ok(&self.body)
    }
}
