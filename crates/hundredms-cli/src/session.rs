//! [`Session`]: what commands share: options of the output and of calls, and the client.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, Command};
use hundredms::{CallOptions, Client, Observation, RequestView};

use crate::arguments::{flag, one, timeout_option};
use crate::failure::{Failure, Result};
use crate::output::{Format, Printer, Style, check_fields, say};
use crate::profile::Connection;
use crate::visible::visible;

/// What commands share.
#[derive(Debug)]
pub(crate) struct Session<'a> {
    pub(crate) matches: &'a ArgMatches,
    pub(crate) style: Style,
    timeout: Option<Duration>,
    max_retries: Option<u32>,
    /// How many changes were sent and not refused.
    changes: Arc<AtomicU32>,
}

impl<'a> Session<'a> {
    /// Read the options.
    pub(crate) fn read(matches: &'a ArgMatches) -> Result<Self> {
        let mut style = Style::usual();
        if let Some(fields) = one(matches, "fields") {
            let fields = fields.split(',').map(|field| field.trim().to_owned());
            let fields: Vec<_> = fields.filter(|field| !field.is_empty()).collect();
            if fields.is_empty() {
                return Err(Failure::Usage(
                    "--fields: must name at least one field, such as id,name".to_owned(),
                ));
            }
            style.fields = Some(fields);
        }
        if flag(matches, "json") {
            style.format = Format::Json;
        } else if flag(matches, "quiet") {
            style.format = Format::Ids;
        }
        let max_retries = one(matches, "max-retries").map(str::parse).transpose();
        let max_retries = max_retries.map_err(|_| {
            Failure::Usage("--max-retries: must be a whole number, 0 or more".to_owned())
        })?;
        Ok(Self {
            matches,
            style,
            timeout: timeout_option(matches)?,
            max_retries,
            changes: Arc::default(),
        })
    }

    /// Return the options of a call.
    pub(crate) fn options(&self) -> CallOptions {
        let mut options = CallOptions::default();
        options.timeout = self.timeout;
        options.max_retries = self.max_retries;
        options
    }

    /// Return where calls go.
    pub(crate) fn connection(&self) -> Result<Connection> {
        Connection::find(one(self.matches, "profile"))
    }

    /// Create the client.
    pub(crate) fn client(&self) -> Result<Client> {
        let changes = Arc::clone(&self.changes);
        let is_change = |view: &RequestView<'_>| view.method != "GET";
        let builder = self
            .connection()?
            .builder
            .observer(|event| {
                if let Observation::Request(view) = event
                    && let Some(warning) = view.warning
                {
                    warn(warning);
                }
            })
            .observer(move |event| match event {
                Observation::Request(view) if is_change(view) => {
                    changes.fetch_add(1, Ordering::Relaxed);
                }
                Observation::Response(view)
                    if is_change(&view.request) && is_refusal(view.status) =>
                {
                    changes.fetch_sub(1, Ordering::Relaxed);
                }
                _ => {}
            });
        Ok(builder.build()?)
    }

    /// Wait for a call. If Ctrl-C ends it after a change was sent, the failure says what to do: `advice`.
    pub(crate) async fn wait<T>(
        &self,
        call: impl Future<Output = T>,
        advice: impl FnOnce() -> String,
    ) -> Result<T> {
        tokio::select! {
            result = call => Ok(result),
            _ = tokio::signal::ctrl_c() => Err(match self.changes.load(Ordering::Relaxed) {
                0 => Failure::Interrupted,
                _ => Failure::InterruptedChange(advice()),
            }),
        }
    }

    /// Print to standard output. A chosen field that there is not is an error.
    pub(crate) fn printer(&self, columns: impl Iterator<Item = &'static str>) -> Printer {
        Printer::new(&self.style, columns)
    }

    /// Print the result of a change to standard output. If it has not the chosen fields, all of it is printed, because an error would
    /// say that the change was not made.
    pub(crate) fn printer_of_change(&self, columns: impl Iterator<Item = &'static str>) -> Printer {
        self.printer(columns).lenient()
    }

    /// Refuse `--quiet` for items that have no id, unless fields are chosen.
    pub(crate) fn check_quiet(&self, items: &str) -> Result {
        if self.style.format == Format::Ids && self.style.fields.is_none() {
            return Err(Failure::Usage(format!(
                "--quiet: {items} no id; choose what to print with --fields"
            )));
        }
        Ok(())
    }

    /// Refuse chosen fields that are not known, before a change is made. Accepts any if none are known.
    pub(crate) fn check_fields<'b>(&self, known: impl Iterator<Item = &'b str>) -> Result {
        let known: Vec<&str> = known.collect();
        match &self.style.fields {
            Some(fields) if !known.is_empty() => check_fields(fields, &known),
            _ => Ok(()),
        }
    }
}

/// Print a warning about the arguments of a call.
pub(crate) fn warn(warning: &str) {
    say(&format!("hundredms: warning: {}", visible(warning)));
}

/// Return whether the service did nothing. A gateway that answers 408 does not know.
fn is_refusal(status: Option<u16>) -> bool {
    status.is_some_and(|status| (400..500).contains(&status) && status != 408)
}

/// Add the options of the output.
pub(crate) fn with_output(command: Command) -> Command {
    command.next_help_heading("Output").args([
        Arg::new("json")
            .long("json")
            .action(ArgAction::SetTrue)
            .help("Print indented JSON. Defaults to a table on a terminal, else to one line of JSON per item"),
        Arg::new("fields")
            .long("fields")
            .value_name("FIELDS")
            .help("Print only these fields, separated by commas: id,recording_info.enabled"),
        Arg::new("quiet")
            .long("quiet")
            .short('q')
            .action(ArgAction::SetTrue)
            .conflicts_with("json")
            .help("Print only the id of each item, or only --fields, separated by tabs"),
    ])
}

/// Add the options of a call.
pub(crate) fn with_call(command: Command) -> Command {
    command.next_help_heading("Call").args([
        Arg::new("timeout")
            .long("timeout")
            .value_name("DURATION")
            .help("Deadline of each call, or of the whole job: 500ms, 30s, 5m, 2h"),
        Arg::new("max-retries")
            .long("max-retries")
            .value_name("N")
            .help("How often a failed attempt is retried. Defaults to 2"),
    ])
}

/// Add the options that build nested arguments.
pub(crate) fn with_data(command: Command) -> Command {
    command.next_help_heading("Arguments as JSON").args([
        Arg::new("data")
            .long("data")
            .value_name("JSON")
            .help("All arguments as one JSON object: written out, @FILE, or - for standard input"),
        Arg::new("set")
            .long("set")
            .value_name("PATH=VALUE")
            .action(ArgAction::Append)
            .help("Set one value, nested ones too: roles.host.priority=1. Numbers, true, false, null, lists and objects are read as JSON; quote a text that looks like one: 'metadata.seat=\"1\"'"),
    ])
}
