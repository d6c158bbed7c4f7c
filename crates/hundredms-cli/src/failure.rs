//! [`Failure`]: why the command failed, its exit code, and what to do.

use std::fmt;
use std::fmt::Write as _;
use std::io;
use std::time::Duration;

use hundredms::{ArgumentLocation, CheckWith, Error, ErrorKind, OperationInfo, Retry};
use hundredms_sandbox::command::quoted;

/// Why the command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A call failed.
    Call(Box<Error>),
    /// The command line is wrong.
    Usage(String),
    /// The settings are wrong.
    Settings(String),
    /// There is no such thing.
    NotFound(String),
    /// There is no connection.
    Connection(String),
    /// A file cannot be written.
    File(String),
    /// Something else, such as a file that cannot be read.
    Other(String),
    /// A command whose result is the exit code, such as `templates diff --exit-code`.
    Code(u8),
    /// The reader of the output has gone. Ends the command quietly.
    BrokenPipe,
    /// Ctrl-C.
    Interrupted,
    /// Ctrl-C, when a change was sent. Contains what to do.
    InterruptedChange(String),
}

/// The result of a part of the command.
pub(crate) type Result<T = (), E = Failure> = std::result::Result<T, E>;

/// The exit code of Ctrl-C, as shells have it.
pub(crate) const INTERRUPTED: u8 = 130;

/// The exit codes, for the help.
pub(crate) fn exit_codes() -> String {
    let mut text = String::from(
        "Exit codes:\n  0   done, or nobody reads the output any more\n  1   another error: a file cannot be read, an event was not delivered; changes, with --exit-code\n  2   the command line is wrong\n",
    );
    for kind in ErrorKind::ALL {
        let meaning = match kind {
            ErrorKind::Configuration => "credentials or settings are missing or wrong",
            ErrorKind::InvalidRequest => "an argument was refused, and nothing was sent",
            ErrorKind::BadRequest => "the service refused the request",
            ErrorKind::Authentication => {
                "the service refused the credentials, or a token is invalid"
            }
            ErrorKind::PermissionDenied => "the credentials do not allow this",
            ErrorKind::NotFound => "there is no such thing",
            ErrorKind::Conflict => "it runs already, or somebody else changed it",
            ErrorKind::RateLimited => "too many requests",
            ErrorKind::Server => "the service failed",
            ErrorKind::Timeout => "the deadline passed",
            ErrorKind::Connection => "no connection: DNS, TLS, proxy, network",
            ErrorKind::AmbiguousOutcome => {
                "it may have taken effect, whatever went wrong; check before you repeat it"
            }
            ErrorKind::Decode => "the response cannot be read",
            ErrorKind::JobFailed => "what was waited for ended in another state",
            ErrorKind::File => "a file cannot be written",
            ErrorKind::Cancelled => "Ctrl-C",
            _ => continue,
        };
        let _ = writeln!(text, "  {:<3} {meaning} ({kind})", code(*kind));
    }
    text
}

/// Return the exit code of a kind of errors.
pub(crate) fn code(kind: ErrorKind) -> u8 {
    match kind {
        ErrorKind::Configuration => 3,
        ErrorKind::InvalidRequest => 4,
        ErrorKind::BadRequest => 5,
        ErrorKind::Authentication => 6,
        ErrorKind::PermissionDenied => 7,
        ErrorKind::NotFound => 8,
        ErrorKind::Conflict => 9,
        ErrorKind::RateLimited => 10,
        ErrorKind::Server => 11,
        ErrorKind::Timeout => 12,
        ErrorKind::Connection => 13,
        ErrorKind::AmbiguousOutcome => 14,
        ErrorKind::Decode => 15,
        ErrorKind::JobFailed => 16,
        ErrorKind::File => 17,
        ErrorKind::Cancelled => INTERRUPTED,
        _ => 1,
    }
}

impl Failure {
    /// Return the exit code.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Call(error) if error.may_have_applied() => code(ErrorKind::AmbiguousOutcome),
            Self::Call(error) => code(error.kind()),
            Self::NotFound(_) => code(ErrorKind::NotFound),
            Self::Usage(_) => 2,
            Self::Settings(_) => code(ErrorKind::Configuration),
            Self::Connection(_) => code(ErrorKind::Connection),
            Self::File(_) => code(ErrorKind::File),
            Self::Other(_) => 1,
            Self::Code(code) => *code,
            Self::BrokenPipe => 0,
            Self::Interrupted | Self::InterruptedChange(_) => INTERRUPTED,
        }
    }

    /// A file cannot be written.
    pub(crate) fn cannot_write(path: impl fmt::Display) -> impl Fn(io::Error) -> Self {
        move |error| match error.kind() {
            io::ErrorKind::BrokenPipe => Self::BrokenPipe,
            io::ErrorKind::Interrupted => Self::Interrupted,
            _ => Self::File(format!("{path} cannot be written: {error}")),
        }
    }

    /// Return what to do about it. `timeout` is that of the command line.
    pub(crate) fn advice(&self, timeout: Option<Duration>) -> Option<String> {
        match self {
            Self::Call(error) if error.may_have_applied() => Some(in_doubt(error)),
            Self::Call(error) => advice(error, timeout),
            Self::NotFound(_) => Some(
                "Check the id. `hundredms rooms list` and `hundredms sessions list --active=false` show those of this workspace.".to_owned(),
            ),
            Self::File(_) => Some(OTHER_PLACE.to_owned()),
            Self::Settings(_) => {
                Some("`hundredms doctor` shows which settings are used.".to_owned())
            }
            Self::Usage(_) => Some("Add --help to see what the command takes.".to_owned()),
            _ => None,
        }
    }

    /// Return whether there is nothing to say.
    pub(crate) fn is_quiet(&self) -> bool {
        matches!(self, Self::BrokenPipe | Self::Interrupted | Self::Code(_))
    }
}

/// Return the words of the command for an operation: `rooms list`.
pub(crate) fn words(operation: &str) -> String {
    let words = operation.replace('_', "-").replacen('.', " ", 1);
    match words.strip_prefix("tokens ") {
        Some("verify") => "token check".to_owned(),
        Some(rest) => format!("token {rest}"),
        None => words,
    }
}

/// What to do if a file cannot be written.
const OTHER_PLACE: &str = "Choose another place with enough space that you may write to.";

/// What to do about a timeout.
const HIGHER: &str = "Set --timeout higher, for example --timeout 2m.";

/// What to do if there is no connection.
const DOCTOR: &str = "`hundredms doctor` checks DNS, TLS, proxy and clock.";

fn advice(error: &Error, timeout: Option<Duration>) -> Option<String> {
    let operation = error.operation().map(words);
    Some(match error.kind() {
        ErrorKind::Configuration => {
            "Set HMS_ACCESS_KEY and HMS_SECRET, or run `hundredms login`. `hundredms doctor` shows which settings are used.".to_owned()
        }
        ErrorKind::InvalidRequest => match operation.filter(|words| words.contains(' ')) {
            Some(words) => format!("Nothing was sent. `hundredms {words} --help` lists the arguments."),
            None => "Nothing was sent.".to_owned(),
        },
        ErrorKind::BadRequest => match operation {
            Some(words) => format!("`hundredms {words} --help` has the limits. Add --dry-run to see the request."),
            None => return None,
        },
        ErrorKind::Authentication => {
            "Check access key, secret and clock with `hundredms doctor`.".to_owned()
        }
        ErrorKind::PermissionDenied => {
            "Use the credentials of another workspace with --profile, or enable the room.".to_owned()
        }
        ErrorKind::NotFound => {
            let resource = operation.as_deref().and_then(|words| words.split(' ').next());
            let listed = resource.filter(|name| {
                crate::surface::resource(name).is_some_and(|found| found.method("list").is_some())
            });
            match listed {
                Some(name) => format!("Check the id. `hundredms {name} list` shows those of this workspace."),
                None => "Check the id, and whether it is of this workspace.".to_owned(),
            }
        }
        ErrorKind::Conflict => conflict(operation.as_deref()),
        ErrorKind::RateLimited => match too_long(error, timeout) {
            Some(wait) => format!(
                "Wait {} s, or set --timeout to more than that.",
                wait.as_millis().div_ceil(1000)
            ),
            None => "Wait, or set --max-retries higher.".to_owned(),
        },
        ErrorKind::Server => "Try again later. The request id helps the support of 100ms.".to_owned(),
        ErrorKind::Timeout if error.state() == Some("running") && is_media_job(operation.as_deref()) => {
            let words = operation.unwrap_or_default().replace(" wait", " stop");
            format!("It runs until it is stopped: `hundredms {words} ID`. Then wait again.")
        }
        ErrorKind::Timeout => HIGHER.to_owned(),
        ErrorKind::Connection => DOCTOR.to_owned(),
        ErrorKind::JobFailed if error.message().contains("recording_assets.wait") => {
            "Wait with `hundredms recording-assets wait --recording-id RECORDING_ID`, or --session-id, then repeat this.".to_owned()
        }
        ErrorKind::Decode => "A newer version of this command may read it.".to_owned(),
        ErrorKind::File => OTHER_PLACE.to_owned(),
        _ => return None,
    })
}

/// Say what to do about a conflict.
fn conflict(operation: Option<&str>) -> String {
    match operation.and_then(|words| words.strip_suffix(" start")) {
        // Of each kind, a room has one.
        Some(resource) => format!(
            "One runs in this room already: `hundredms {resource} list --room-id ROOM_ID` shows it. Use it, or stop it with `hundredms {resource} stop-all ROOM_ID` and wait until it has stopped."
        ),
        None => "Read it again, and repeat the change.".to_owned(),
    }
}

/// Return whether an operation waits for what runs until it is stopped.
fn is_media_job(operation: Option<&str>) -> bool {
    let waits = [
        "recordings wait",
        "live-streams wait",
        "external-streams wait",
    ];
    operation.is_some_and(|words| waits.contains(&words))
}

/// Return the pause that the service asked for, if it does not end within the timeout.
fn too_long(error: &Error, timeout: Option<Duration>) -> Option<Duration> {
    let own = info(error).and_then(|info| info.timeout);
    let timeout = timeout.unwrap_or(Duration::from_secs(own.unwrap_or(30)));
    let wait = error.retry_after()?;
    (error.elapsed() + wait >= timeout).then_some(wait)
}

/// Return the operation that failed. `None` for a job.
fn info(error: &Error) -> Option<&'static OperationInfo> {
    hundredms::operations().find(|info| error.operation() == Some(info.name))
}

/// Say what to do about a call that may have taken effect.
fn in_doubt(error: &Error) -> String {
    let check = error.check_with();
    let is_named = check.is_some_and(|check| check.arguments.contains_key("name"));
    let in_doubt = in_doubt_with(info(error), is_named, check.map(call));
    let more = match error.kind() {
        ErrorKind::Timeout => HIGHER,
        _ if error.is_timeout() => HIGHER,
        ErrorKind::Connection => DOCTOR,
        _ => "",
    };
    format!("{in_doubt} {more}").trim_end().to_owned()
}

/// Return the call that shows whether another one took effect, as words of the command.
fn call(check: &CheckWith) -> String {
    let mut call = words(check.operation);
    let info = hundredms::operations().find(|info| info.name == check.operation);
    let mut options = String::new();
    for (name, value) in &check.arguments {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        let value = quoted(&value);
        let known = info.and_then(|info| info.arguments.iter().find(|known| known.name == name));
        if known.is_some_and(|known| known.location == ArgumentLocation::Path) {
            let _ = write!(call, " {value}");
        } else {
            let _ = write!(options, " --{} {value}", name.replace('_', "-"));
        }
    }
    call + &options
}

/// Say that an operation may have taken effect, and what to do before it is repeated. `None` is a job.
pub(crate) fn before_repeating(info: Option<&OperationInfo>, is_named: bool) -> String {
    in_doubt_with(info, is_named, None)
}

/// Like `before_repeating`. `check` is the call that shows whether it took effect, if its arguments are known.
fn in_doubt_with(info: Option<&OperationInfo>, is_named: bool, check: Option<String>) -> String {
    let is_repeatable = match info.map(|info| info.retry) {
        Some(Retry::IfNamed) => is_named,
        Some(retry) => retry == Retry::Always,
        // A job finds what is done.
        None => true,
    };
    let repeat = match info.and_then(|info| info.check_with) {
        _ if is_repeatable => "Run it again: nothing is done twice.".to_owned(),
        Some(operation) => format!(
            "Look with `hundredms {}` before you repeat it.",
            check.unwrap_or_else(|| words(operation))
        ),
        None => "Look before you repeat it.".to_owned(),
    };
    format!("It may have taken effect. {repeat}")
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // The advice has it, as a command.
            Self::Call(error) => match error.check_with() {
                Some(check) => {
                    let advice = format!("; {}", check.advice());
                    f.write_str(&error.to_string().replacen(&advice, "", 1))
                }
                None => error.fmt(f),
            },
            Self::Usage(text)
            | Self::Settings(text)
            | Self::NotFound(text)
            | Self::Connection(text)
            | Self::File(text)
            | Self::Other(text) => f.write_str(text),
            Self::Code(code) => write!(f, "exit code {code}"),
            Self::BrokenPipe => f.write_str("nobody reads the output"),
            Self::Interrupted => f.write_str("interrupted"),
            Self::InterruptedChange(advice) => write!(f, "interrupted. {advice}"),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Call(Box::new(error))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::BrokenPipe,
            io::ErrorKind::Interrupted => Self::Interrupted,
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => {
                Self::File(format!("the output cannot be written: {error}"))
            }
            _ => Self::Other(error.to_string()),
        }
    }
}

impl From<hundredms_sandbox::SandboxError> for Failure {
    fn from(error: hundredms_sandbox::SandboxError) -> Self {
        Self::Other(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use hundredms::ErrorKind;

    use super::{code, exit_codes};

    #[test]
    fn every_kind_of_errors_has_an_exit_code_of_its_own_that_the_help_names() {
        let codes: BTreeSet<u8> = ErrorKind::ALL.iter().map(|kind| code(*kind)).collect();
        assert_eq!(codes.len(), ErrorKind::ALL.len());
        assert!(codes.iter().all(|code| *code > 2));
        let help = exit_codes();
        for kind in ErrorKind::ALL {
            assert!(help.contains(&format!("({kind})")), "{kind}");
        }
    }
}
