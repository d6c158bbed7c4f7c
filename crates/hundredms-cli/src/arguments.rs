//! Reads the arguments of an operation or a job from the command line.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use clap::ArgMatches;
use hundredms::reqwest;
use jiff::{SignedDuration, Timestamp};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::failure::{Failure, Result};
use crate::interruptible;
use crate::output::say;
use crate::surface::{Argument, Kind, Method};

/// Read the arguments: `--data` first, then the options, then `--set`.
pub(crate) fn read(
    method: &Method,
    matches: &ArgMatches,
    skipped: &[&str],
) -> Result<Map<String, Value>> {
    let mut arguments = match one(matches, "data") {
        Some(text) => data(text)?,
        None => Map::new(),
    };
    for argument in &method.arguments {
        if skipped.contains(&argument.name) {
            continue;
        }
        let Ok(Some(given)) = matches.try_get_many::<String>(argument.name) else {
            continue;
        };
        let given: Vec<&str> = given.map(String::as_str).collect();
        let value = match (&argument.kind, given.as_slice()) {
            (Kind::List(kind), given) => list(argument, kind, given)?,
            (kind, [text, ..]) => value(argument, kind, text)?,
            (_, []) => continue,
        };
        arguments.insert(argument.wire_name(), value);
    }
    if let Ok(Some(assignments)) = matches.try_get_many::<String>("set") {
        for assignment in assignments {
            set(&mut arguments, assignment, &method.arguments)?;
        }
    }
    Ok(arguments)
}

/// Return the value of an option. `None` if it is not given, or if the command has no such option.
pub(crate) fn one<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a str> {
    let given = matches.try_get_one::<String>(name).ok().flatten();
    given.map(String::as_str)
}

/// Return the values of an option that can be repeated.
pub(crate) fn many(matches: &ArgMatches, name: &str) -> Vec<String> {
    let given = matches.try_get_many::<String>(name).ok().flatten();
    given.into_iter().flatten().cloned().collect()
}

/// Return whether a flag is given.
pub(crate) fn flag(matches: &ArgMatches, name: &str) -> bool {
    matches.try_get_one::<bool>(name).ok().flatten() == Some(&true)
}

/// Return the value of an argument that the command requires.
pub(crate) fn required<'a>(matches: &'a ArgMatches, name: &str) -> Result<&'a str> {
    one(matches, name).ok_or_else(|| Failure::Usage(format!("<{name}> is missing")))
}

/// Read the object of `--data`.
pub(crate) fn data(text: &str) -> Result<Map<String, Value>> {
    if !text.starts_with(['-', '@', '{', '[', ' ']) && Path::new(text).exists() {
        return Err(Failure::Usage(format!(
            "--data: is not JSON; for the file, give @{text}"
        )));
    }
    let value: Value = parse("--data", text)?;
    match value {
        Value::Object(fields) => Ok(fields),
        _ => Err(Failure::Usage("--data: must be one JSON object".to_owned())),
    }
}

fn list(argument: &Argument, kind: &Kind, given: &[&str]) -> Result<Value> {
    let splits = !matches!(kind, Kind::Text | Kind::Secret | Kind::Path);
    let mut items = Vec::new();
    for text in given {
        let parts: Vec<&str> = if splits {
            text.split(',').map(str::trim).collect()
        } else {
            vec![text]
        };
        for part in parts {
            items.push(value(argument, kind, part)?);
        }
    }
    Ok(Value::Array(items))
}

fn value(argument: &Argument, kind: &Kind, text: &str) -> Result<Value> {
    let name = option_name(argument);
    let refuse = |reason: &str| Err(Failure::Usage(format!("{name}: {reason}, not {text:?}")));
    Ok(match kind {
        Kind::Text | Kind::Path | Kind::OpenWords(_) | Kind::List(_) => text.into(),
        Kind::Words(words) => {
            if !words.split('|').any(|word| word == text) {
                return refuse(&format!("must be one of {}", words.replace('|', ", ")));
            }
            text.into()
        }
        Kind::Secret if is_link_without_token(argument, text) => text.into(),
        Kind::Secret => secret(&name, text)?.into(),
        Kind::Integer => match text.parse::<i64>() {
            Ok(number) => number.into(),
            Err(_) => return refuse("must be a whole number"),
        },
        Kind::Number => match text.parse::<f64>().ok().filter(|number| number.is_finite()) {
            Some(number) => number.into(),
            None => return refuse("must be a number"),
        },
        Kind::Boolean => match text {
            "true" => true.into(),
            "false" => false.into(),
            _ => return refuse("must be true or false"),
        },
        Kind::Time => match time(text) {
            Some(time) => time.into(),
            None => {
                return refuse(
                    "must be a time such as 2026-01-31T08:00:00Z, a date, or a duration before now such as 2h",
                );
            }
        },
        Kind::Json => json(&name, text)?,
    })
}

/// How the command line names an argument.
fn option_name(argument: &Argument) -> String {
    if argument.positional {
        format!("<{}>", argument.name)
    } else {
        format!("--{}", argument.name)
    }
}

/// Return a time as the service reads it.
pub(crate) fn time(text: &str) -> Option<String> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(format!("{time:.3}"));
    }
    if text.len() == 10 && text.as_bytes().get(4) == Some(&b'-') {
        let time = format!("{text}T00:00:00Z").parse::<Timestamp>().ok()?;
        return Some(format!("{time:.3}"));
    }
    let before = SignedDuration::try_from(duration(text)?).ok()?;
    let time = Timestamp::now().checked_sub(before).ok()?;
    Some(format!("{time:.3}"))
}

/// Read a duration: `30`, `30s`, `500ms`, `5m`, `2h`, `7d`.
pub(crate) fn duration(text: &str) -> Option<std::time::Duration> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match &text[digits.len()..] {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" | "min" => 60.0,
        "h" => 3600.0,
        "d" => 86400.0,
        _ => return None,
    };
    let number: f64 = digits.parse().ok()?;
    std::time::Duration::try_from_secs_f64(number * factor).ok()
}

/// Read a duration from an option.
pub(crate) fn duration_option(
    matches: &ArgMatches,
    name: &str,
) -> Result<Option<std::time::Duration>> {
    let Some(text) = one(matches, name) else {
        return Ok(None);
    };
    match duration(text) {
        Some(duration) => Ok(Some(duration)),
        None => Err(Failure::Usage(format!(
            "--{name}: must be a duration such as 30s, 5m or 2h, not {text:?}"
        ))),
    }
}

/// Read `--timeout`. Without any time, no call could be made.
pub(crate) fn timeout_option(matches: &ArgMatches) -> Result<Option<std::time::Duration>> {
    match duration_option(matches, "timeout")? {
        Some(timeout) if timeout.is_zero() => Err(Failure::Usage(
            "--timeout: must be more than 0, such as 30s".to_owned(),
        )),
        timeout => Ok(timeout),
    }
}

/// Read a secret: from a file as `@FILE`, from standard input as `-`, else from the command line, with a warning.
pub(crate) fn secret(name: &str, text: &str) -> Result<String> {
    if text == "-" || text.starts_with('@') {
        let secret = contents(name, text)?;
        let secret = secret.trim_end_matches(['\r', '\n']);
        if secret.is_empty() {
            return Err(Failure::Usage(format!("{name}: {text} is empty")));
        }
        return Ok(secret.to_owned());
    }
    say(&format!(
        "hundredms: warning: {name} is visible in the process list; give @FILE, or - for standard input"
    ));
    Ok(text.to_owned())
}

/// Return whether an argument is the link of a browser to a room, without a token, so that others may see it.
fn is_link_without_token(argument: &Argument, text: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(text) else {
        return false;
    };
    argument.name == "meeting-url"
        && matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && url.fragment().is_none()
        && url.path().split('/').all(is_word_or_id)
        && url
            .query_pairs()
            .all(|(name, _)| HARMLESS.contains(&name.as_ref()))
}

/// Return whether a part of a path consists of words, numbers and ids, and thus is no token: those are long, or mix digits with letters of
/// both cases. Words are joined by `-`, `_`, `.` or a space.
fn is_word_or_id(part: &str) -> bool {
    let Ok(part) = percent_decode_str(part).decode_utf8() else {
        return false;
    };
    let pieces: Vec<&str> = part.split(['-', '_', '.', ' ']).collect();
    let is_hex = |piece: &str| {
        piece
            .bytes()
            .all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'))
    };
    if pieces.iter().map(|piece| piece.len()).eq(UUID) {
        return pieces.into_iter().all(is_hex);
    }
    let mut with_digits = 0;
    for piece in pieces {
        // The id of a room, or of a session.
        if piece.len() == 24 && is_hex(piece) {
            continue;
        }
        if piece.contains(|c: char| !c.is_alphanumeric()) || piece.chars().count() > 24 {
            return false;
        }
        if piece.contains(char::is_numeric) {
            // The capital with which a word begins says nothing.
            let rest = piece.strip_prefix(char::is_uppercase).unwrap_or(piece);
            if rest.contains(char::is_uppercase) && rest.contains(char::is_lowercase) {
                return false;
            }
            with_digits += piece.chars().count();
        }
    }
    // Room for a date with a time, in one piece or several.
    with_digits <= 12
}

/// How long the pieces of a UUID are.
const UUID: [usize; 5] = [8, 4, 4, 4, 12];

/// Parameters of a link that are no secrets.
const HARMLESS: [&str; 4] = ["skip_preview", "skip_preview_headful", "ui_mode", "name"];

/// Read JSON: written out, from `@FILE`, from a file that is named, or from standard input as `-`.
fn json(name: &str, text: &str) -> Result<Value> {
    if text == "-" || text.starts_with('@') {
        return parse(name, text);
    }
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    if text.starts_with(['{', '[', '"']) {
        return parse(name, text);
    }
    parse(name, &format!("@{text}"))
}

/// Return a text that is written out, in a file (`@FILE`), or in standard input (`-`).
pub(crate) fn contents(name: &str, text: &str) -> Result<String> {
    if text == "-" {
        return interruptible::read(|| {
            let mut read = String::new();
            std::io::stdin().read_to_string(&mut read)?;
            Ok(read)
        })
        .map_err(|failure| match failure {
            Failure::Other(problem) => {
                Failure::Other(format!("{name}: standard input cannot be read: {problem}"))
            }
            failure => failure,
        });
    }
    match text.strip_prefix('@') {
        Some(file) => fs::read_to_string(file)
            .map_err(|error| Failure::Other(format!("{name}: {file} cannot be read: {error}"))),
        None => Ok(text.to_owned()),
    }
}

/// Read JSON: written out, in a file (`@FILE`), or in standard input (`-`).
fn parse(name: &str, given: &str) -> Result<Value> {
    let text = contents(name, given)?;
    let (what, advice) = match given.strip_prefix('@') {
        Some(file) => (format!("{file} "), ""),
        None if given == "-" => ("standard input ".to_owned(), ""),
        None => (
            String::new(),
            "; write JSON, @FILE, or - for standard input",
        ),
    };
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(Failure::Usage(format!("{name}: {what}is empty, not JSON")));
    }
    serde_json::from_str(text)
        .map_err(|error| Failure::Usage(format!("{name}: {what}is not JSON: {error}{advice}")))
}

/// Do an assignment of `--set`: `roles.host.priority=1`.
fn set(arguments: &mut Map<String, Value>, assignment: &str, known: &[Argument]) -> Result {
    let Some((path, text)) = assignment.split_once('=') else {
        return Err(Failure::Usage(format!(
            "--set: must be PATH=VALUE, such as roles.host.priority=1, not {assignment:?}"
        )));
    };
    let own = known
        .iter()
        .find(|argument| argument.wire_name() == path.replace('-', "_"));
    let found = match own.map(|argument| (argument, &argument.kind)) {
        // It may be quoted, as texts in other places have to be if they look like JSON.
        Some((_, Kind::Text)) => serde_json::from_str::<String>(text)
            .unwrap_or_else(|_| text.to_owned())
            .into(),
        Some((argument, Kind::Time | Kind::Boolean | Kind::Integer)) => {
            value(argument, &argument.kind, text)?
        }
        Some((argument, Kind::Secret)) if is_link_without_token(argument, text) => text.into(),
        Some((_, Kind::Secret)) => secret(&format!("--set {path}"), text)?.into(),
        _ => guessed(text),
    };
    let refuse = |name: &str| {
        Err(Failure::Usage(format!(
            "--set {path}: {name} is neither an object nor a list that is as long"
        )))
    };
    let names: Vec<&str> = path.split('.').collect();
    let [first, rest @ ..] = names.as_slice() else {
        return refuse(path);
    };
    let mut place = arguments.entry((*first).to_owned()).or_insert(Value::Null);
    for name in rest {
        if place.is_null() {
            *place = if *name == "0" {
                Value::Array(Vec::new())
            } else {
                Value::Object(Map::new())
            };
        }
        place = match place {
            Value::Object(fields) => fields.entry((*name).to_owned()).or_insert(Value::Null),
            Value::Array(items) => {
                let Some(index) = name
                    .parse::<usize>()
                    .ok()
                    .filter(|index| *index <= items.len())
                else {
                    return refuse(name);
                };
                if index == items.len() {
                    items.push(Value::Null);
                }
                &mut items[index]
            }
            _ => return refuse(name),
        };
    }
    *place = found;
    Ok(())
}

/// Put fields as of `--set` into an object.
pub(crate) fn assigned(
    mut fields: Map<String, Value>,
    assignments: &[String],
) -> Result<Map<String, Value>> {
    for assignment in assignments {
        set(&mut fields, assignment, &[])?;
    }
    Ok(fields)
}

/// Return a number, boolean, null, list or object if the text is one in JSON, else the text. `'"1"'` is the text `1`.
fn guessed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::{Map, Value, json};

    use super::{assigned, duration, is_word_or_id, time};

    #[test]
    fn assignments_build_nested_values() {
        let texts = [
            "a.b.c=1",
            "a.b.d=x",
            "list.0=true",
            "list.1.e=\"1\"",
            "n=null",
        ];
        let fields = assigned(Map::new(), &texts.map(str::to_owned)).expect("assignments");
        assert_eq!(
            Value::Object(fields),
            json!({"a": {"b": {"c": 1, "d": "x"}}, "list": [true, {"e": "1"}], "n": null})
        );
        for wrong in ["a", "a.b=1", "list.5=1"] {
            let texts = ["a=1", "list.0=1", wrong].map(str::to_owned);
            assert!(assigned(Map::new(), &texts).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_part_of_a_path_that_may_be_a_token_is_no_word() {
        for word in [
            "",
            "meeting",
            "abc-defg-hij",
            "viewer-near-realtime",
            "stage_2",
            "recorder.html",
            "6482b1c0f2a4d8e93b7a5c10",
            "0f8fad5b-d9cb-469f-a165-70867728950e",
            "classroom-physics-7",
            "2026-11-30-standup",
            "2026-11-30-08-30",
            "my%20room",
            "salle-%C3%A9t%C3%A9",
            "room-6482b1c0f2a4d8e93b7a5c10",
            "Physics101",
            "Class-7B",
            "PhysicsOfWaves",
            "x7k2p9",
        ] {
            assert!(is_word_or_id(word), "{word}");
        }
        for token in [
            "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiaG9zdCJ9.c2lnbmF0dXJl",
            "s3cr3tK3yOfTheStage",
            "token=abc",
            "a%2Fb",
            "6482b1c0f2a4d8e93b7a5c106482b1c0",
            "abcdefghijklmnopqrstuvwxyz",
            "aB3dE6gH9jK2",
            "aB3",
            "room-aB3dE6gH9jK2",
            "aB3%64E6",
            "my%20room%20aB3dE6gH",
            "k3j4-h5g6-f7d8-s9a0",
            "0f8fad5bd9cb469fa16570867728950e0f8f",
            "0f8fad5b-d9cb-469f-a165-7086772895xy",
            "%ff",
            "a%00b",
        ] {
            assert!(!is_word_or_id(token), "{token}");
        }
    }

    #[test]
    fn durations_have_units() {
        assert_eq!(duration("90"), Some(Duration::from_secs(90)));
        assert_eq!(duration("500ms"), Some(Duration::from_millis(500)));
        assert_eq!(duration("2h"), Some(Duration::from_secs(7200)));
        assert_eq!(duration("1.5m"), Some(Duration::from_secs(90)));
        for wrong in ["", "h", "-1s", "1w", "1e999"] {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn times_are_dates_or_durations_before_now_too() {
        assert_eq!(
            time("2026-01-31").as_deref(),
            Some("2026-01-31T00:00:00.000Z")
        );
        assert_eq!(
            time("2026-01-31T08:00:00+01:00").as_deref(),
            Some("2026-01-31T07:00:00.000Z")
        );
        assert!(time("2h").is_some());
        assert_eq!(time("yesterday"), None);
    }
}
