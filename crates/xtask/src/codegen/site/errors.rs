//! The page of error kinds: when each occurs, and what to do.

use std::fmt::Write as _;

use hundredms::ErrorKind;

use super::text::{GENERATED, marked};
use crate::codegen::output::Output;
use crate::codegen::surface::camel;

pub(super) fn output() -> Output {
    let mut text = format!(
        "{GENERATED}# Errors\n\nEvery error has a kind, the same in every language. Python and TypeScript have a class for each.\n\n\
         If a failed call may have taken effect, `may_have_applied` is true, and in Python and TypeScript the error is an \
         `AmbiguousOutcomeError` in addition to its own class. [Errors and retries](../guides/errors.md) shows how to handle it.\n\n\
         | kind | class | when |\n| --- | --- | --- |\n"
    );
    for kind in ErrorKind::ALL {
        let (first, _) = docs(*kind);
        let _ = writeln!(
            text,
            "| [`{kind}`](#{kind}) | `{}Error` | {first} |",
            camel(kind.as_str())
        );
    }
    which_call(&mut text);
    text.push_str(UNKNOWN_ARGUMENTS);
    for kind in ErrorKind::ALL {
        let (first, rest) = docs(*kind);
        let class = camel(kind.as_str());
        let _ = writeln!(
            text,
            "## {kind} {{ #{kind} }}\n\n{}\n\n**What to do:** {}\n\n| Python | TypeScript | Rust |\n| --- | --- | --- |\n| `{class}Error` | `{class}Error` | `ErrorKind::{class}` |\n",
            [first, rest].join(" ").trim(),
            marked(kind.what_to_do())
        );
    }
    text.push_str(
        "## What an error tells { #fields }\n\n| Rust | Python | TypeScript | meaning |\n| --- | --- | --- | --- |\n",
    );
    for (rust, python, typescript, what) in FIELDS {
        let _ = writeln!(text, "| `{rust}` | `{python}` | `{typescript}` | {what} |");
    }
    text.push_str("\nNo error contains a secret, a header or a body.\n");
    Output::new("docs/reference/errors.md", text)
}

/// What each language raises for an argument that does not exist.
const UNKNOWN_ARGUMENTS: &str = "An argument that does not exist is another error in each language:\n\n\
    | | Python | TypeScript | Rust |\n| --- | --- | --- | --- |\n\
    | of a method | `TypeError`, as everywhere in Python: not a `HundredmsError` | `InvalidRequestError`, if the compiler did not see it | \
    does not compile |\n\
    | of a client | `TypeError` | `ConfigurationError`, likewise | does not compile |\n\n";

/// What fails with errors of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Client,
    EveryCall,
    SomeOperations,
    Jobs,
}

impl Source {
    pub(super) fn of(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::Configuration => Self::Client,
            ErrorKind::BadRequest
            | ErrorKind::NotFound
            | ErrorKind::Conflict
            | ErrorKind::AmbiguousOutcome => Self::SomeOperations,
            ErrorKind::JobFailed | ErrorKind::File => Self::Jobs,
            _ => Self::EveryCall,
        }
    }
}

/// The table of what fails with which kinds.
fn which_call(text: &mut String) {
    text.push_str(
        "\n## Which call fails with what { #which-call }\n\n| what | kinds |\n| --- | --- |\n",
    );
    for (source, what) in [
        (Source::Client, "creating a client"),
        (
            Source::EveryCall,
            "every call; an [operation](operations/rooms.md) lists such a kind only if it means more there",
        ),
        (
            Source::SomeOperations,
            "the operations that list it in their table of errors",
        ),
        (
            Source::Jobs,
            "[jobs](../jobs.md), besides what their calls fail with",
        ),
    ] {
        let kinds = ErrorKind::ALL.iter();
        let kinds = kinds.filter(|kind| Source::of(**kind) == source);
        let links: Vec<String> = kinds.map(|kind| format!("[`{kind}`](#{kind})")).collect();
        let _ = writeln!(text, "| {what} | {} |", links.join(", "));
    }
    text.push('\n');
}

/// What an error tells, in three languages.
const FIELDS: [(&str, &str, &str, &str); 14] = [
    ("kind()", "kind", "kind", "The kind."),
    (
        "message()",
        "message",
        "message",
        "What happened, in one line.",
    ),
    (
        "operation()",
        "operation",
        "operation",
        "The operation: `rooms.create`.",
    ),
    (
        "status()",
        "status",
        "status",
        "The HTTP status, if the service responded.",
    ),
    (
        "details()",
        "details",
        "details",
        "More specific causes in the response.",
    ),
    (
        "request_id()",
        "request_id",
        "requestId",
        "The service's id of the request, for its support.",
    ),
    (
        "field()",
        "field",
        "field",
        "The path of the argument or field that is wrong.",
    ),
    (
        "phase()",
        "phase",
        "phase",
        "When it timed out or broke: `queue`, `connect`, `send`, `wait`, `body`.",
    ),
    (
        "attempts()",
        "attempts",
        "attempts",
        "How often the request was sent.",
    ),
    (
        "elapsed()",
        "elapsed",
        "elapsedMs",
        "The time since the start of the call.",
    ),
    (
        "retry_after()",
        "retry_after",
        "retryAfterMs",
        "The pause that the service asked for.",
    ),
    (
        "may_have_applied()",
        "may_have_applied",
        "mayHaveApplied",
        "Whether the call may have taken effect.",
    ),
    (
        "state()",
        "state",
        "state",
        "The last state that a job saw of what it waited for: `post_processing`.",
    ),
    ("path()", "path", "path", "The file that cannot be written."),
];

/// The docs of a kind: the first sentence, and the rest. What they have of an error is in the table below, in each language.
fn docs(kind: ErrorKind) -> (String, String) {
    let mut docs = marked(kind.docs().trim());
    for (rust, python, ..) in FIELDS {
        let named = format!("`Error::{}`", rust.trim_end_matches("()"));
        docs = docs.replace(&named, &format!("[`{python}`](#fields)"));
    }
    for kind in ErrorKind::ALL {
        docs = docs.replace(&format!("`{kind:?}`"), &format!("[`{kind}`](#{kind})"));
    }
    match docs.split_once(". ") {
        Some((first, rest)) => (format!("{first}."), rest.to_owned()),
        None => (docs, String::new()),
    }
}
