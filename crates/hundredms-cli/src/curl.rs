//! `--curl`: a call as a command of curl.

use std::fmt::Write as _;

use hundredms::{ArgumentLocation, OperationInfo, Server};
use hundredms_sandbox::command::quoted;
use serde_json::Value;

use crate::failure::Result;
use crate::output::say;
use crate::session::Session;
use crate::visible::visible;

/// What a preview has for a secret, as JSON.
const REDACTED: &str = r#""[redacted]""#;

/// Variables with another meaning.
const TAKEN: [&str; 6] = [
    "HMS_TOKEN",
    "HMS_CLIENT_TOKEN",
    "HMS_ACCESS_KEY",
    "HMS_SECRET",
    "HMS_BASE_URL",
    "HMS_AUTH_URL",
];

/// Print a call as a command of curl, and say which variables it needs for secrets.
pub(crate) fn print(
    session: &Session<'_>,
    info: &OperationInfo,
    url: &str,
    body: Option<&str>,
) -> Result {
    let mut text = format!("curl -X {} {}", info.method.as_str(), quoted(url));
    let has_own = info
        .arguments
        .iter()
        .any(|argument| argument.location == ArgumentLocation::Token);
    if has_own {
        text.push_str(" \\\n  -H \"Authorization: Bearer $HMS_CLIENT_TOKEN\"");
    } else if info.server != Server::Auth {
        text.push_str(" \\\n  -H \"Authorization: Bearer $HMS_TOKEN\"");
    }
    let mut secrets = Vec::new();
    if let Some(body) = body {
        let (body, found) = with_variables(body);
        secrets = found;
        text.push_str(" \\\n  -H 'Content-Type: application/json'");
        let _ = write!(text, " \\\n  -d {body}");
    }
    session.printer(std::iter::empty()).text(&text)?;
    if !secrets.is_empty() {
        let secrets = secrets
            .iter()
            .map(|(name, path)| format!("{name} ({})", visible(path)));
        say(&format!(
            "Secrets are left out. Set these variables before you run it: {}.",
            secrets.collect::<Vec<_>>().join(", ")
        ));
    }
    Ok(())
}

/// Return a body as a word of a shell with a variable for each secret, and each variable with the path of its field. The shell refuses
/// a variable that is not set.
fn with_variables(body: &str) -> (String, Vec<(String, String)>) {
    let mut paths = Vec::new();
    secret_paths(
        &serde_json::from_str(body).unwrap_or_default(),
        "",
        &mut paths,
    );
    let mut secrets: Vec<(String, String)> = Vec::new();
    for path in paths {
        let mut name = variable(&path);
        while TAKEN.contains(&name.as_str()) || secrets.iter().any(|(other, _)| *other == name) {
            name.push('_');
        }
        secrets.push((name, path));
    }
    let quoted = quoted(body);
    let mut parts = quoted.split(REDACTED);
    let mut text = parts.next().unwrap_or_default().to_owned();
    let mut names = secrets.iter().map(|(name, _)| name).peekable();
    for part in parts {
        // A field can have that name.
        match names.next_if(|_| !part.starts_with(':')) {
            Some(name) => {
                let _ = write!(text, r#""'"${{{name}:?}}"'""#);
            }
            None => text.push_str(REDACTED),
        }
        text.push_str(part);
    }
    (text, secrets)
}

/// Add the paths of the secrets in a value, in their order.
fn secret_paths(value: &Value, path: &str, paths: &mut Vec<String>) {
    let below = |name: &str| match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    };
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                secret_paths(value, &below(name), paths);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                secret_paths(value, &below(&index.to_string()), paths);
            }
        }
        Value::String(text) if text == REDACTED.trim_matches('"') => paths.push(path.to_owned()),
        _ => {}
    }
}

/// Return the variable for the secret in a field: `HMS_WEBHOOK_HEADERS_X_SECRET`.
fn variable(path: &str) -> String {
    let letters = path.chars().map(|c| match c {
        c if c.is_ascii_alphanumeric() => c.to_ascii_uppercase(),
        _ => '_',
    });
    format!("HMS_{}", letters.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::with_variables;

    #[test]
    fn each_secret_has_a_variable_of_its_own() {
        let body = r#"{"[redacted]":1,"a":["[redacted]","it's"],"secret":"[redacted]","x-y":"[redacted]","x_y":"[redacted]","z":"\"[redacted]\""}"#;
        let (text, secrets) = with_variables(body);
        let names = [
            ("HMS_A_0", "a.0"),
            ("HMS_SECRET_", "secret"),
            ("HMS_X_Y", "x-y"),
            ("HMS_X_Y_", "x_y"),
        ];
        let expected = names.map(|(name, path)| (name.to_owned(), path.to_owned()));
        assert_eq!(secrets, expected);
        assert_eq!(
            text,
            r#"'{"[redacted]":1,"a":["'"${HMS_A_0:?}"'","it'\''s"],"secret":"'"${HMS_SECRET_:?}"'","x-y":"'"${HMS_X_Y:?}"'","x_y":"'"${HMS_X_Y_:?}"'","z":"\"[redacted]\""}'"#
        );
    }
}
