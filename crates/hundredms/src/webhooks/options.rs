//! The settings of a receiver as JSON, for the bindings.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, SeqAccess, Visitor};

use super::addresses::published_addresses;
use super::receiver::Receiver;
use crate::error::{Error, Result};
use crate::wire::deserialize::deserialize;
use crate::wire::mode::Mode;

/// The value in an allow list that means the published ranges.
const PUBLISHED: &str = "published";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    #[serde(default)]
    headers: BTreeMap<String, OneOrMore>,
    #[serde(default)]
    allow_list: Option<OneOrMore>,
    #[serde(default)]
    hmac_key: Option<OneOrMore>,
    #[serde(default)]
    trusted_proxies: Option<usize>,
    #[serde(default)]
    max_bytes: Option<usize>,
    #[serde(default)]
    max_age: Option<f64>,
    #[serde(default)]
    allow_unverified: bool,
}

/// A text, or a list of texts.
struct OneOrMore(Vec<String>);

impl<'de> Deserialize<'de> for OneOrMore {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = OneOrMore;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOrMore, E> {
                Ok(OneOrMore(vec![text.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut texts: A) -> Result<OneOrMore, A::Error> {
                let mut all = Vec::new();
                while let Some(text) = texts.next_element()? {
                    all.push(text);
                }
                Ok(OneOrMore(all))
            }
        }
        deserializer.deserialize_any(Texts)
    }
}

impl Receiver {
    /// Build a receiver from one JSON object. All fields are optional:
    ///
    /// - `headers`: an object of names and values; a list of values accepts any of them
    /// - `allow_list`: ranges, as a string or a list; `published` means the published ones
    /// - `hmac_key`: a key, or several, of which any is accepted
    /// - `trusted_proxies`, `max_bytes`: numbers
    /// - `max_age`: seconds
    /// - `allow_unverified`: a boolean
    ///
    /// # Errors
    /// `configuration`, as [`build`](super::ReceiverBuilder::build); also for an unknown or invalid field.
    pub fn from_options(json: &str) -> Result<Self> {
        let options = deserialize::<Options>(Mode::Strict, json.as_bytes())
            .map_err(|error| {
                let place = match error.path.as_str() {
                    "" => "the options",
                    path => path,
                };
                Error::configuration(format!("{place}: {}", error.reason))
            })?
            .value;
        let mut builder = Self::builder().trusted_proxies(options.trusted_proxies.unwrap_or(0));
        for (name, values) in options.headers {
            builder = builder.header_any(name, values.0);
        }
        if let Some(ranges) = options.allow_list {
            let ranges = ranges.0;
            builder = builder.allow_list(ranges.iter().flat_map(|range| match range.as_str() {
                PUBLISHED => published_addresses().collect(),
                range => vec![range],
            }));
        }
        if let Some(keys) = options.hmac_key {
            let keys = keys.0;
            if keys.is_empty() {
                return Err(Error::configuration("hmac_key: it is empty"));
            }
            for key in keys {
                builder = builder.hmac_key(key);
            }
        }
        if let Some(bytes) = options.max_bytes {
            builder = builder.max_bytes(bytes);
        }
        if let Some(seconds) = options.max_age {
            let age = std::time::Duration::try_from_secs_f64(seconds);
            builder = builder.max_age(age.unwrap_or_default());
        }
        if options.allow_unverified {
            builder = builder.allow_unverified();
        }
        builder.build()
    }
}
