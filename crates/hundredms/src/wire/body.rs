//! [`Body`]: the JSON body of a request.

use bytes::Bytes;
use serde::Serialize;

use super::extra::Extra;
use super::field::Wire;

/// A JSON body under construction.
#[derive(Debug, Default)]
#[allow(unreachable_pub)]
pub struct Body {
    text: Vec<u8>,
    /// One value is the whole body, so that it is not an object of fields.
    whole: bool,
    failed: bool,
}

impl Body {
    /// Add the field `name`, if there is a value.
    pub(crate) fn put<T: Wire + Serialize>(&mut self, name: &str, value: &T) {
        if !value.absent() {
            self.field(name, value);
        }
    }

    /// Add the unknown fields, except those in `dropped`.
    pub(crate) fn put_extra(&mut self, fields: &Extra, dropped: &[&str]) {
        for (name, value) in fields.iter() {
            if !dropped.contains(&name.as_str()) {
                self.field(name, value);
            }
        }
    }

    fn field<T: Serialize>(&mut self, name: &str, value: &T) {
        self.text
            .push(if self.text.is_empty() { b'{' } else { b',' });
        self.write(name);
        self.text.push(b':');
        self.write(value);
    }

    /// Make `value` the body.
    pub(crate) fn put_whole<T: Serialize>(&mut self, value: &T) {
        self.whole = true;
        self.write(value);
    }

    fn write<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.failed |= serde_json::to_writer(&mut self.text, value).is_err();
    }

    /// Return the body. `None` if a value could not be written.
    pub(crate) fn finish(mut self) -> Option<Bytes> {
        if self.failed {
            return None;
        }
        if !self.whole {
            if self.text.is_empty() {
                self.text.push(b'{');
            }
            self.text.push(b'}');
        }
        Some(self.text.into())
    }
}
