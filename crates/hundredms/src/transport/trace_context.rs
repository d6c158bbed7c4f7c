//! The trace of a call, in the wire format of [W3C Trace Context](https://www.w3.org/TR/trace-context/).

use http::{HeaderMap, HeaderName, HeaderValue};

/// `traceparent` and `tracestate`, known to be well-formed.
#[derive(Debug)]
pub(crate) struct TraceContext {
    parent: HeaderValue,
    state: Option<HeaderValue>,
}

impl TraceContext {
    /// Accept well-formed values. An invalid parent gives `None`, an invalid state is left out.
    pub(crate) fn read(parent: Option<&str>, state: Option<&str>) -> Option<Self> {
        let parent = parent.filter(|parent| is_parent(parent))?;
        Some(Self {
            parent: HeaderValue::from_str(parent).ok()?,
            state: state
                .filter(|state| is_state(state))
                .and_then(|state| HeaderValue::from_str(state).ok()),
        })
    }

    /// Return the active span of OpenTelemetry, if there is one.
    #[cfg(feature = "opentelemetry")]
    pub(crate) fn active() -> Option<Self> {
        use opentelemetry::trace::TraceContextExt;

        let context = opentelemetry::Context::current();
        let span = context.span();
        let span = span.span_context();
        if !span.is_valid() {
            return None;
        }
        let parent = format!(
            "00-{}-{}-{:02x}",
            span.trace_id(),
            span.span_id(),
            span.trace_flags().to_u8()
        );
        Self::read(Some(&parent), Some(&span.trace_state().header()))
    }

    #[cfg(not(feature = "opentelemetry"))]
    pub(crate) fn active() -> Option<Self> {
        None
    }

    pub(crate) fn put(&self, headers: &mut HeaderMap) {
        headers.insert(HeaderName::from_static("traceparent"), self.parent.clone());
        if let Some(state) = &self.state {
            headers.insert(HeaderName::from_static("tracestate"), state.clone());
        }
    }
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// `00-<trace id>-<parent id>-<flags>`. Later versions may have more fields.
fn is_parent(text: &str) -> bool {
    let mut parts = text.splitn(5, '-');
    let mut next = || parts.next().unwrap_or_default();
    let (version, trace, parent, flags) = (next(), next(), next(), next());
    let rest = parts.next();
    let some = |id: &str| id.bytes().any(|b| b != b'0');
    is_hex(version, 2)
        && version != "ff"
        && is_hex(trace, 32)
        && some(trace)
        && is_hex(parent, 16)
        && some(parent)
        && is_hex(flags, 2)
        && (rest.is_none() || version != "00")
}

/// At most 32 members `key=value` in 512 visible characters.
fn is_state(text: &str) -> bool {
    let visible = text.bytes().all(|b| matches!(b, b' '..=b'~'));
    let members: Vec<&str> = text.split(',').map(str::trim).collect();
    let key = |key: &str| {
        !key.is_empty()
            && key.len() <= 256
            && key
                .bytes()
                .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'*' | b'/' | b'@'))
    };
    visible
        && !text.trim().is_empty()
        && text.len() <= 512
        && members.len() <= 32
        && members.iter().all(|member| match member.split_once('=') {
            Some((name, value)) => key(name) && !value.contains('='),
            None => member.is_empty(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    #[test]
    fn a_parent_in_form_is_taken() {
        assert!(is_parent(PARENT));
        assert!(is_parent(&format!(
            "{}-more",
            PARENT.replacen("00", "01", 1)
        )));
    }

    #[test]
    fn a_parent_that_is_not_in_form_is_dropped() {
        for text in [
            "",
            "00",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nx: y",
        ] {
            assert!(TraceContext::read(Some(text), None).is_none(), "{text}");
        }
    }

    #[test]
    fn a_state_goes_only_with_a_parent_and_only_in_form() {
        let put = |parent, state| {
            let mut headers = HeaderMap::new();
            if let Some(context) = TraceContext::read(parent, state) {
                context.put(&mut headers);
            }
            headers
        };
        assert_eq!(put(Some(PARENT), Some("vendor=1,t@other=2")).len(), 2);
        let many = "a=1,".repeat(40);
        for state in ["", "novalue", "A=1", "a=1\n", "a=b=c", &many] {
            assert_eq!(put(Some(PARENT), Some(state)).len(), 1, "{state}");
        }
        assert!(put(None, Some("vendor=1")).is_empty());
    }
}
