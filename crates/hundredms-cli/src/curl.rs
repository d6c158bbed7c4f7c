//! `--curl`: a call as a command of curl.

use std::fmt::Write as _;

use hundredms::{ArgumentLocation, OperationInfo, Server};
use hundredms_sandbox::command::quoted;
use serde_json::Value;

use crate::failure::Result;
use crate::output::say;
use crate::session::Session;
use crate::visible::visible;

/// What a preview has for a secret.
const REDACTED: &str = "[redacted]";

/// A function of a shell that returns its argument as it is within a text in JSON. POSIX `sed` has no names for control characters, so
/// it is `awk` that escapes them.
const ESCAPING: &str = r#"in_json() {
  printf '%s\n' "$1" | LC_ALL=C awk '
    BEGIN {
      for (code = 1; code < 32; code++) escaped[sprintf("%c", code)] = sprintf("%s%04x", "\\u", code)
      escaped["\""] = "\\\""
      escaped["\\"] = "\\\\"
    }
    NR > 1 { printf "%s", "\\n" }
    {
      for (at = 1; at <= length($0); at++) {
        c = substr($0, at, 1)
        printf "%s", (c in escaped) ? escaped[c] : c
      }
    }'
}"#;

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
    let mut secrets = Vec::new();
    let body = body.map(|body| {
        let (body, found) = with_variables(body);
        secrets = found;
        body
    });
    let has_own = info
        .arguments
        .iter()
        .any(|argument| argument.location == ArgumentLocation::Token);
    let token = match info.server {
        _ if has_own => Some("HMS_CLIENT_TOKEN"),
        Server::Auth => None,
        _ => Some("HMS_TOKEN"),
    };
    let mut text = String::new();
    if !secrets.is_empty() {
        let _ = writeln!(text, "{ESCAPING}");
    }
    // The shell refuses a variable that is not set. Within $(…), the command would continue without it, and with an empty token, the
    // service would refuse the call.
    let names = secrets.iter().map(|(name, _)| name.as_str());
    let needed: Vec<&str> = token.into_iter().chain(names).collect();
    if !needed.is_empty() {
        let _ = writeln!(text, ": \"${{{}:?}}\" &&", needed.join(":?}\" \"${"));
    }
    let _ = write!(text, "curl -X {} {}", info.method.as_str(), quoted(url));
    if let Some(token) = token {
        let _ = write!(text, " \\\n  -H \"Authorization: Bearer ${token}\"");
    }
    if let Some(body) = body {
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

/// Return a body as a word of a shell with a variable for each secret, and each variable with the path of its field.
fn with_variables(body: &str) -> (String, Vec<(String, String)>) {
    let mut value = serde_json::from_str(body).unwrap_or_default();
    // What stands for a secret meanwhile is nowhere else in the body.
    let mut mark = String::from("secret-");
    while body.contains(&mark) {
        mark.push('-');
    }
    let mut paths = Vec::new();
    mark_secrets(&mut value, &mark, "", &mut paths);
    let mut secrets: Vec<(String, String)> = Vec::new();
    for path in paths {
        let mut name = variable(&path);
        while TAKEN.contains(&name.as_str()) || secrets.iter().any(|(other, _)| *other == name) {
            name.push('_');
        }
        secrets.push((name, path));
    }
    let mut text = quoted(&value.to_string());
    for (index, (name, _)) in secrets.iter().enumerate() {
        let written = format!(r#"'"$(in_json "${name}")"'"#);
        text = text.replacen(&format!("{mark}{index}."), &written, 1);
    }
    (text, secrets)
}

/// Replace the secrets in a value by `mark`, their number and a dot, and add their paths.
fn mark_secrets(value: &mut Value, mark: &str, path: &str, paths: &mut Vec<String>) {
    let below = |name: &str| match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    };
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                mark_secrets(value, mark, &below(name), paths);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter_mut().enumerate() {
                mark_secrets(value, mark, &below(&index.to_string()), paths);
            }
        }
        Value::String(text) if text == REDACTED => {
            *text = format!("{mark}{}.", paths.len());
            paths.push(path.to_owned());
        }
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
        let body = r#"{"[redacted]":1,"a":["[redacted]","it's"],"b":"\"[redacted]","secret":"[redacted]","x-y":"[redacted]","x_y":"[redacted]","z":"secret-0."}"#;
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
            r#"'{"[redacted]":1,"a":["'"$(in_json "$HMS_A_0")"'","it'\''s"],"b":"\"[redacted]","secret":"'"$(in_json "$HMS_SECRET_")"'","x-y":"'"$(in_json "$HMS_X_Y")"'","x_y":"'"$(in_json "$HMS_X_Y_")"'","z":"secret-0."}'"#
        );
    }
}
