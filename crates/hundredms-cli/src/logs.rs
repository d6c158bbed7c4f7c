//! `hundredms logs`: the requests that a sandbox receives.

use std::fmt::Write as _;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, Command};
use console::style;
use hundredms_sandbox::command::stop_signal;
use serde_json::{Value, json};

use crate::arguments::{flag, one};
use crate::control::{Control, USUAL};
use crate::event;
use crate::failure::{Failure, Result};
use crate::interruptible::reader_gone;
use crate::session::{Session, with_output};
use crate::visible::visible;

/// The fields of a request.
const FIELDS: [&str; 10] = [
    "at",
    "status",
    "method",
    "path",
    "operation",
    "query",
    "body",
    "token",
    "faults",
    "error",
];

/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(200);

pub(crate) fn command() -> Command {
    let command = Command::new("logs")
        .about("Print the requests that a sandbox receives, as they come")
        .args([
            Arg::new("operation")
                .long("operation")
                .value_name("NAME")
                .help("Only this operation: rooms.create, or rooms.*"),
            Arg::new("status")
                .long("status")
                .value_name("STATUS")
                .help("Only this status: 404, 4xx, or 0 if there was no response"),
            Arg::new("method").long("method").value_name("METHOD").help("Only this HTTP method"),
            Arg::new("path").long("path").value_name("TEXT").help("Only paths that contain this text"),
            Arg::new("body")
                .long("body")
                .action(ArgAction::SetTrue)
                .conflicts_with("fields")
                .help("Show the bodies too"),
            Arg::new("no-follow")
                .long("no-follow")
                .action(ArgAction::SetTrue)
                .help("Print what was received so far, and end"),
            Arg::new("sandbox")
                .long("sandbox")
                .value_name("URL")
                .help("The sandbox. Defaults to HMS_BASE_URL if that is on this machine, else to http://127.0.0.1:8100"),
        ])
        .after_help("Example:\n  hundredms logs --operation 'rooms.*' --status 4xx");
    with_output(command)
}

pub(crate) async fn run(matches: &ArgMatches) -> Result {
    let session = Session::read(matches)?;
    session.check_fields(FIELDS.into_iter())?;
    session.check_quiet("requests have")?;
    if let Some(text) = one(matches, "status") {
        let is_class = matches!(text.as_bytes(), [b'1'..=b'5', b'x', b'x']);
        if !is_class
            && !text
                .parse::<u16>()
                .is_ok_and(|status| matches!(status, 0 | 100..=999))
        {
            return Err(Failure::Usage(format!(
                "--status: must be a status such as 404, a class such as 4xx, or 0 for no response, not {text:?}"
            )));
        }
    }
    let mut printer = session.printer(FIELDS.into_iter());
    let base_url = session.connection()?.base_url;
    let given = one(matches, "sandbox");
    let sandbox = match Control::find(given, &base_url).await? {
        Some(sandbox) => sandbox,
        None => Control::find(Some(USUAL), &base_url)
            .await?
            .ok_or_else(|| Failure::Other("there is no sandbox".to_owned()))?,
    };
    let stop = stop_signal()?;
    tokio::pin!(stop);
    let mut seen = Seen::default();
    loop {
        let mut listed = sandbox.run("requests", &seen.next()).await?;
        if seen.is_of_another(&listed) {
            seen = Seen::default();
            listed = sandbox.run("requests", &seen.next()).await?;
        }
        for request in seen.unseen(&listed) {
            if !wanted(matches, request) {
                continue;
            }
            if printer.prints_lines() {
                printer.line(&line(request, flag(matches, "body")))?;
            } else {
                printer.item(request.clone())?;
            }
        }
        printer.flush()?;
        if flag(matches, "no-follow") {
            return printer.close();
        }
        tokio::select! {
            stopped = &mut stop => {
                stopped?;
                return printer.close();
            }
            () = reader_gone() => return Err(Failure::BrokenPipe),
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
}

/// The last request that was printed.
#[derive(Debug, Default)]
struct Seen {
    /// Its number, counted by the sandbox from its start.
    number: u64,
    request: Option<Value>,
}

impl Seen {
    /// Return the arguments that list what came after it. It is listed too, if it is still in the log.
    fn next(&self) -> Value {
        json!({ "after": self.number.saturating_sub(1) })
    }

    /// Return whether a list is of another sandbox, such as one that was started anew at the same port.
    fn is_of_another(&self, listed: &Value) -> bool {
        let (last, requests) = parts(listed);
        if last < self.number {
            return true;
        }
        let first = last + 1 - requests.len() as u64;
        first == self.number && self.request.as_ref() != requests.first()
    }

    /// Return the requests of a list that were not printed yet, and note the last.
    fn unseen<'a>(&mut self, listed: &'a Value) -> &'a [Value] {
        let (last, requests) = parts(listed);
        let new = usize::try_from(last.saturating_sub(self.number)).unwrap_or(usize::MAX);
        let new = &requests[requests.len().saturating_sub(new)..];
        self.number = last;
        self.request = requests.last().cloned().or_else(|| self.request.take());
        new
    }
}

/// Return the number of the last request of a list, and the list.
fn parts(listed: &Value) -> (u64, &[Value]) {
    let requests = listed["requests"].as_array().map_or(&[][..], Vec::as_slice);
    let last = listed["last"].as_u64().unwrap_or(0);
    (last.max(requests.len() as u64), requests)
}

fn wanted(matches: &ArgMatches, request: &Value) -> bool {
    let text = |name: &str| request[name].as_str().unwrap_or_default();
    let status = request["status"].as_u64().unwrap_or(0).to_string();
    one(matches, "operation").is_none_or(|pattern| event::matches(pattern, text("operation")))
        && one(matches, "status").is_none_or(|wanted| match wanted.strip_suffix("xx") {
            Some(class) => status.starts_with(class),
            None => status == wanted,
        })
        && one(matches, "method").is_none_or(|method| method.eq_ignore_ascii_case(text("method")))
        && one(matches, "path").is_none_or(|part| text("path").contains(part))
}

fn line(request: &Value, shows_body: bool) -> String {
    let text = |name: &str| visible(request[name].as_str().unwrap_or_default());
    let status = request["status"].as_u64().unwrap_or(0);
    let shown = match status {
        200..300 => style(status.to_string()).green(),
        _ => style(status.to_string()).red(),
    };
    let query = request["query"].as_array().into_iter().flatten();
    let query: Vec<String> = query
        .map(|pair| {
            let part = |index: usize| visible(pair[index].as_str().unwrap_or_default());
            format!("{}={}", part(0), part(1))
        })
        .collect();
    let mut path = text("path");
    if !query.is_empty() {
        let _ = write!(path, "?{}", query.join("&"));
    }
    let mut line = format!(
        "{}  {shown}  {:<6}  {path}  {}",
        style(text("at")).dim(),
        text("method"),
        style(text("operation")).dim()
    );
    if request["error"].is_string() {
        let _ = write!(line, "  {}", text("error"));
    }
    if request["faults"]
        .as_array()
        .is_some_and(|faults| !faults.is_empty())
    {
        let _ = write!(line, "  faults {}", visible(&request["faults"].to_string()));
    }
    if shows_body && !request["body"].is_null() {
        let _ = write!(line, "\n    {}", visible(&request["body"].to_string()));
    }
    line
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Seen;

    fn listed(last: u64, paths: &[&str]) -> Value {
        let requests: Vec<Value> = paths.iter().map(|path| json!({ "path": path })).collect();
        json!({ "last": last, "requests": requests })
    }

    /// Return the paths of the new requests of a list.
    fn new(seen: &mut Seen, last: u64, paths: &[&str]) -> Vec<String> {
        let listed = listed(last, paths);
        assert!(!seen.is_of_another(&listed), "{listed}");
        let new = seen.unseen(&listed).iter();
        new.map(|request| request["path"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    #[test]
    fn each_request_is_new_once() {
        let mut seen = Seen::default();
        assert_eq!(new(&mut seen, 2, &["a", "b"]), ["a", "b"]);
        assert_eq!(seen.next(), json!({ "after": 1 }));
        assert_eq!(new(&mut seen, 2, &["b"]), [""; 0]);
        assert_eq!(new(&mut seen, 4, &["b", "c", "d"]), ["c", "d"]);
        // The log forgets old requests.
        assert_eq!(new(&mut seen, 9, &["h", "i"]), ["h", "i"]);
        // It was cleared.
        assert_eq!(new(&mut seen, 9, &[]), [""; 0]);
        assert_eq!(new(&mut seen, 10, &["j"]), ["j"]);
    }

    #[test]
    fn a_sandbox_that_was_started_anew_is_noticed() {
        let mut seen = Seen::default();
        new(&mut seen, 2, &["a", "b"]);
        assert!(seen.is_of_another(&listed(1, &["b"])));
        assert!(seen.is_of_another(&listed(2, &["x"])));
        assert!(seen.is_of_another(&listed(3, &["x", "y"])));
        assert!(!seen.is_of_another(&listed(3, &["b", "y"])));
    }
}
