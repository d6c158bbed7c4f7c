//! [`Failure`]: why the command failed, its exit code, and what to do.

use std::fmt;
use std::fmt::Write as _;
use std::io;

use hundredms::{Error, ErrorKind};

/// Why the command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A call failed.
    Call(Box<Error>),
    /// The command line is wrong.
    Usage(String),
    /// The settings are wrong.
    Settings(String),
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
            ErrorKind::Conflict => "somebody else changed it",
            ErrorKind::RateLimited => "too many requests",
            ErrorKind::Server => "the service failed",
            ErrorKind::Timeout => "the deadline passed",
            ErrorKind::Connection => "no connection: DNS, TLS, proxy, network",
            ErrorKind::AmbiguousOutcome => "it may have taken effect; check before you repeat it",
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
            Self::Call(error) => code(error.kind()),
            Self::Usage(_) => 2,
            Self::Settings(_) => code(ErrorKind::Configuration),
            Self::Connection(_) => code(ErrorKind::Connection),
            Self::File(_) => code(ErrorKind::File),
            Self::Other(_) => 1,
            Self::Code(code) => *code,
            Self::BrokenPipe => 0,
            Self::Interrupted => INTERRUPTED,
        }
    }

    /// A file cannot be written.
    pub(crate) fn cannot_write(path: impl fmt::Display) -> impl Fn(io::Error) -> Self {
        move |error| Self::File(format!("{path} cannot be written: {error}"))
    }

    /// Return what to do about it.
    pub(crate) fn advice(&self) -> Option<String> {
        match self {
            Self::Call(error) => advice(error),
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
        Some(rest) => format!("token {rest}"),
        None => words,
    }
}

/// What to do if a file cannot be written.
const OTHER_PLACE: &str = "Choose another place with enough space that you may write to.";

fn advice(error: &Error) -> Option<String> {
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
        ErrorKind::Conflict => "Read it again, and repeat the change.".to_owned(),
        ErrorKind::RateLimited => "Wait, or set --max-retries higher.".to_owned(),
        ErrorKind::Server if error.check_with().is_some() => look_first(error),
        ErrorKind::Server => "Try again later. The request id helps the support of 100ms.".to_owned(),
        ErrorKind::Timeout if error.state() == Some("running") && is_media_job(operation.as_deref()) => {
            let words = operation.unwrap_or_default().replace(" wait", " stop");
            format!("It runs until it is stopped: `hundredms {words} ID`. Then wait again.")
        }
        ErrorKind::Timeout => "Set --timeout higher, for example --timeout 2m.".to_owned(),
        ErrorKind::Connection => "`hundredms doctor` checks DNS, TLS, proxy and clock.".to_owned(),
        ErrorKind::AmbiguousOutcome => look_first(error),
        ErrorKind::JobFailed if error.message().contains("recording_assets.wait") => {
            "Wait with `hundredms recording-assets wait --recording-id RECORDING_ID`, or --session-id, then repeat this.".to_owned()
        }
        ErrorKind::Decode => "A newer version of this command may read it.".to_owned(),
        ErrorKind::File => OTHER_PLACE.to_owned(),
        _ => return None,
    })
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

/// Say how to find out whether a call took effect.
fn look_first(error: &Error) -> String {
    match error.check_with() {
        Some(check) => format!(
            "It may have taken effect. Look with `hundredms {}` before you repeat it.",
            words(check.operation)
        ),
        None => "It may have taken effect. Look before you repeat it.".to_owned(),
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Usage(text)
            | Self::Settings(text)
            | Self::Connection(text)
            | Self::File(text)
            | Self::Other(text) => f.write_str(text),
            Self::Code(code) => write!(f, "exit code {code}"),
            Self::BrokenPipe => f.write_str("nobody reads the output"),
            Self::Interrupted => f.write_str("interrupted"),
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
