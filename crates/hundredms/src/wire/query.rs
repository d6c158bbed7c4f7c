//! [`Query`]: a path with its query, percent-encoded.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// Letters, digits and `-._~` are not encoded.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The default page size.
const PAGE_SIZE: i64 = 100;

/// Percent-encode one argument.
pub(crate) fn encoded(text: &str) -> percent_encoding::PercentEncode<'_> {
    utf8_percent_encode(text, ENCODED)
}

/// A path with its query.
#[derive(Debug)]
#[allow(unreachable_pub)]
pub struct Query(String);

impl Query {
    /// Add `value` under `name`, if there is one. A list adds each item.
    pub(crate) fn put(&mut self, name: &str, value: &impl QueryValue) {
        value.each_text(&mut |text| self.add(name, text));
    }

    /// Add the page size.
    pub(crate) fn put_page_size(&mut self, name: &str, value: Option<i64>) {
        self.put(name, &value.unwrap_or(PAGE_SIZE));
    }

    /// Start with `path`, which may have a query.
    pub(crate) fn new(path: String) -> Self {
        Self(path)
    }

    pub(crate) fn add(&mut self, name: &str, text: &str) {
        self.0.push(if self.0.contains('?') { '&' } else { '?' });
        self.0.extend(encoded(name));
        self.0.push('=');
        self.0.extend(encoded(text));
    }

    /// Add a JSON value. A list adds each item. Return whether the value can be added.
    pub(crate) fn put_value(&mut self, name: &str, value: &Value) -> bool {
        match value {
            Value::String(text) => self.add(name, text),
            Value::Bool(_) | Value::Number(_) => self.add(name, &value.to_string()),
            Value::Array(items) => {
                return !items.is_empty()
                    && items
                        .iter()
                        .all(|item| !item.is_array() && self.put_value(name, item));
            }
            Value::Null | Value::Object(_) => return false,
        }
        true
    }

    pub(crate) fn finish(self) -> String {
        self.0
    }
}

/// A value that can be part of a query.
pub(crate) trait QueryValue {
    /// Pass each of its texts to `put`.
    fn each_text(&self, put: &mut dyn FnMut(&str));
}

impl QueryValue for String {
    fn each_text(&self, put: &mut dyn FnMut(&str)) {
        put(self);
    }
}

impl QueryValue for bool {
    fn each_text(&self, put: &mut dyn FnMut(&str)) {
        put(if *self { "true" } else { "false" });
    }
}

impl QueryValue for i64 {
    fn each_text(&self, put: &mut dyn FnMut(&str)) {
        put(&self.to_string());
    }
}

/// UTC with milliseconds, the format that the service documents. More digits are kept.
impl QueryValue for jiff::Timestamp {
    fn each_text(&self, put: &mut dyn FnMut(&str)) {
        if self.subsec_nanosecond() % 1_000_000 == 0 {
            put(&format!("{self:.3}"));
        } else {
            put(&self.to_string());
        }
    }
}

impl<T: QueryValue> QueryValue for Option<T> {
    fn each_text(&self, put: &mut dyn FnMut(&str)) {
        if let Some(value) = self {
            value.each_text(put);
        }
    }
}

impl<T: QueryValue> QueryValue for Vec<T> {
    fn each_text(&self, put: &mut dyn FnMut(&str)) {
        for value in self {
            value.each_text(put);
        }
    }
}
