//! Masks secrets in what the page shows.

use serde_json::Value;

/// The fields of requests and responses that are secrets, one name per line. Written by `cargo xtask gen` from the core's types.
const FIELDS: &str = include_str!("secret_fields.txt");

/// What is shown instead of a secret.
const MASK: &str = "••••••";

/// Whether a field or a query parameter of this name is a secret.
fn is_secret(name: &str) -> bool {
    FIELDS.lines().any(|field| field == name)
}

/// Replace the secrets in a query.
pub(super) fn mask_query(query: &mut [(String, String)]) {
    for (name, value) in query {
        if is_secret(name) {
            MASK.clone_into(value);
        }
    }
}

/// Replace the secrets in a value: what is in fields with the names of secrets, and signatures in links.
pub(super) fn mask(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if is_secret(name) {
                    mask_texts(value);
                } else {
                    mask(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        Value::String(text) => {
            if let Some((link, _)) = text.split_once("X-Signature=") {
                *text = format!("{link}X-Signature={MASK}");
            }
        }
        _ => {}
    }
}

/// Replace every text in a value.
fn mask_texts(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(mask_texts),
        Value::Array(items) => items.iter_mut().for_each(mask_texts),
        Value::String(text) => MASK.clone_into(text),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_masked_wherever_they_are() {
        let mut value = json!({
            "name": "physics", "token": "eyJ", "list": [{"credentials": {"key": "AKIA", "secret": "s3"}}],
            "webhook": {"url": "http://a", "headers": {"x": "y"}}, "file": "http://a/b?X-Until=1&X-Signature=abc", "rtmp_urls": ["rtmp://a/stream-key"],
        });
        mask(&mut value);
        let text = value.to_string();
        for secret in ["eyJ", "s3", "\"y\"", "abc", "stream-key"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        assert_eq!(value["name"], "physics");
        let mut query = [("token".to_owned(), "eyJ".to_owned())];
        mask_query(&mut query);
        assert_eq!(query[0].1, MASK);
    }
}
