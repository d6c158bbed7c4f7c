//! The error for a handler of an event type that this version does not know.

use hundredms_deserialize_error::most_similar;

use super::types::EventType;
use crate::error::Error;

impl EventType {
    /// Return the error for a handler of the unknown type `name`, which suggests a similar type.
    #[doc(hidden)]
    #[must_use]
    pub fn unknown(name: &str) -> Error {
        let meant = most_similar(name, EventType::KNOWN.iter().copied());
        let meant = meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
        Error::configuration(format!(
            "unknown event type `{name}`{meant} (events of newer types go to the fallback)"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::EventType;

    #[test]
    fn an_unknown_type_gets_a_similar_one_as_a_suggestion() {
        for (name, meant) in [
            ("peer.joined", Some("peer.join.success")),
            ("Peer.Leave", Some("peer.leave.success")),
            ("recording.sucess", Some("recording.success")),
            ("session.opened", Some("session.open.success")),
            ("beam_failure", Some("beam.failure")),
            ("something", None),
            ("", None),
        ] {
            let error = EventType::unknown(name).to_string();
            match meant {
                Some(meant) => assert!(
                    error.contains(&format!("`{name}`; did you mean `{meant}`?")),
                    "{error}"
                ),
                None => assert!(!error.contains("did you mean"), "{error}"),
            }
        }
    }
}
