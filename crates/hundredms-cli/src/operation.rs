//! Calls operations: `hundredms rooms list`.

use clap::ArgMatches;
use hundredms::{Cursor, OperationInfo, Server};
use serde_json::{Map, Value, json};

use crate::arguments::{flag, one, read};
use crate::curl;
use crate::failure::{Failure, Result, before_repeating};
use crate::output::say;
use crate::session::{Session, warn};
use crate::surface::Method;

/// Page sizes that the service accepts.
const PAGE_SIZES: std::ops::RangeInclusive<u64> = 10..=100;

/// Call an operation, or show its request.
pub(crate) async fn run(
    session: &Session<'_>,
    method: &Method,
    info: &'static OperationInfo,
) -> Result {
    let skipped: &[&str] = if info.paging.is_some() {
        &["limit"]
    } else {
        &[]
    };
    let mut arguments = read(method, session.matches, skipped)?;
    let limit = match info.paging {
        Some(_) => limit(session.matches)?,
        None => None,
    };
    if flag(session.matches, "curl") || flag(session.matches, "dry-run") {
        if let Some(limit) = limit {
            with_page_size(info, &mut arguments, limit);
        }
        return show(session, info, &Value::Object(arguments));
    }
    let changes = info.method.as_str() != "GET";
    if changes {
        session.check_fields(method.fields())?;
    }
    let client = session.client()?;
    if info.paging.is_none() {
        let is_named = arguments.contains_key("name");
        let text = Value::Object(arguments).to_string();
        let options = session.options();
        let call = client.call(info.name, text.as_bytes(), &options);
        let answer = session.wait(call, || before_repeating(Some(info), is_named));
        let answer = answer.await??;
        let value = serde_json::from_slice(&answer.json).unwrap_or_default();
        let printer = if changes {
            session.printer_of_change(method.columns())
        } else {
            session.printer(method.columns())
        };
        return printer.value(&value);
    }
    let only_running = only_running(method, &arguments) && limit != Some(0);
    let mut printer = session.printer(method.columns());
    let mut pages = Pages::new(session, info, arguments, limit);
    let mut is_empty = true;
    while let Some(items) = pages.next(&client).await? {
        for item in items {
            is_empty = false;
            printer.item(item)?;
        }
        printer.flush()?;
    }
    printer.end()?;
    if only_running && is_empty {
        let items = info.name.split('.').next().unwrap_or_default();
        say_only_running(&items.replace('_', " "));
    }
    Ok(())
}

/// Return whether the service lists only what runs, because `active` is not given.
pub(crate) fn only_running(method: &Method, arguments: &Map<String, Value>) -> bool {
    let names = || method.arguments.iter().map(|argument| argument.name);
    !arguments.contains_key("active") && names().any(|name| name == "active")
}

/// Say why a list may be empty.
pub(crate) fn say_only_running(items: &str) {
    say(&format!(
        "Only running {items} were asked for. Add --active=false for the finished ones."
    ));
}

/// Return how many items of a list are wanted. `None` for all.
pub(crate) fn limit(matches: &ArgMatches) -> Result<Option<u64>> {
    let Some(text) = one(matches, "limit") else {
        return Ok(None);
    };
    text.parse().map(Some).map_err(|_| {
        Failure::Usage(format!(
            "--limit: must be a whole number, 0 or more, not {text:?}"
        ))
    })
}

/// Reads the pages of a list, up to a limit of items.
pub(crate) struct Pages<'a> {
    session: &'a Session<'a>,
    info: &'static OperationInfo,
    arguments: Map<String, Value>,
    left: Option<u64>,
    cursor: Option<String>,
    is_done: bool,
}

impl<'a> Pages<'a> {
    pub(crate) fn new(
        session: &'a Session<'a>,
        info: &'static OperationInfo,
        arguments: Map<String, Value>,
        limit: Option<u64>,
    ) -> Self {
        Self {
            session,
            info,
            arguments,
            left: limit,
            cursor: None,
            is_done: limit == Some(0),
        }
    }

    /// Return the items of the next page.
    pub(crate) async fn next(&mut self, client: &hundredms::Client) -> Result<Option<Vec<Value>>> {
        let (false, Some(paging)) = (self.is_done, self.info.paging) else {
            return Ok(None);
        };
        if let Some(left) = self.left {
            with_page_size(self.info, &mut self.arguments, left);
        }
        let text = Value::Object(self.arguments.clone()).to_string();
        let options = self.session.options();
        let answer = client
            .call(self.info.name, text.as_bytes(), &options)
            .await?;
        let mut page: Value = serde_json::from_slice(&answer.json).unwrap_or_default();
        let mut items = match page.get_mut(paging.items).map(Value::take) {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        };
        if let Some(left) = &mut self.left {
            items.truncate(usize::try_from(*left).unwrap_or(usize::MAX));
            *left -= items.len() as u64;
        }
        match answer.cursor {
            Some(cursor) if self.left != Some(0) => {
                if self.cursor.as_ref() == Some(&cursor) {
                    return Err(Failure::Other(
                        "the service repeats a page, so the rest of the list cannot be read"
                            .to_owned(),
                    ));
                }
                let value = match paging.cursor {
                    Cursor::Page => cursor
                        .parse::<i64>()
                        .map_or_else(|_| cursor.as_str().into(), Value::from),
                    _ => cursor.as_str().into(),
                };
                self.arguments
                    .insert(paging.cursor.param().to_owned(), value);
                self.cursor = Some(cursor);
            }
            _ => self.is_done = true,
        }
        Ok(Some(items))
    }
}

/// Ask for pages that are no larger than needed.
fn with_page_size(info: &OperationInfo, arguments: &mut Map<String, Value>, limit: u64) {
    if info
        .arguments
        .iter()
        .any(|argument| argument.name == "limit")
    {
        let size = limit.clamp(*PAGE_SIZES.start(), *PAGE_SIZES.end());
        arguments.insert("limit".to_owned(), size.into());
    }
}

/// Print the request of a call instead of sending it.
fn show(session: &Session<'_>, info: &'static OperationInfo, arguments: &Value) -> Result {
    let preview = hundredms::preview(info.name, arguments.to_string().as_bytes())?;
    if let Some(warning) = &preview.warning {
        warn(warning);
    }
    let connection = session.connection()?;
    let base = match info.server {
        Server::Auth => &connection.auth_url,
        _ => &connection.base_url,
    };
    let url = format!("{}{}", base.trim_end_matches('/'), preview.path_and_query);
    let method = info.method.as_str();
    let body = preview.body.as_deref();
    if flag(session.matches, "curl") {
        return curl::print(session, info, &url, body);
    }
    session.check_quiet("a request has")?;
    let mut request = json!({ "method": method, "url": url });
    if let Some(body) = body {
        request["body"] = serde_json::from_str(body).unwrap_or_default();
    }
    session
        .printer(["method", "url", "body"].into_iter())
        .value(&request)
}
