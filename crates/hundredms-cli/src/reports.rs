//! `hundredms attendance` and `hundredms transcript`: short names of jobs, with exports.

use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command};
use hundredms::ErrorKind;
use serde_json::{Map, Value};

use crate::arguments::{flag, one, required};
use crate::cells::{self, at, csv_row};
use crate::failure::{Failure, Result};
use crate::job;
use crate::new_file::{NewFile, write_whole};
use crate::output::{Format, Printer, say};
use crate::session::{Session, with_call, with_output};
use crate::visible::lines_for_terminal;

/// The columns of a table and a file of attendance.
const ATTENDANCE: [&str; 9] = [
    "user_id",
    "names",
    "roles",
    "joins",
    "first_joined_at",
    "last_left_at",
    "seconds_present",
    "present",
    "estimated",
];

pub(crate) fn attendance_command() -> Command {
    let command = Command::new("attendance")
        .about("Print who attended a session, or all sessions of a room")
        .args([
            Arg::new("id").required(true).help("Id of the session or of the room"),
            Arg::new("csv")
                .long("csv")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["json", "quiet"])
                .help("Print CSV, a line for each person"),
            Arg::new("to")
                .long("to")
                .value_name("FILE")
                .help("Write it to this file, which is complete or absent. Needs --csv")
                .requires("csv"),
        ])
        .after_help("Example:\n  hundredms attendance ROOM_ID --csv --to attendance.csv\n\n`sessions attendance` and `rooms attendance` have more options.");
    with_call(with_output(command))
}

pub(crate) fn transcript_command() -> Command {
    let format = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .conflicts_with_all(["json", "fields", "quiet"])
            .help(help)
    };
    let command = Command::new("transcript")
        .about("Print the transcript of a session")
        .args([
            Arg::new("session-id").required(true).help("Id of the session"),
            format("srt", "Print subtitles as SubRip").conflicts_with_all(["vtt", "text"]),
            format("vtt", "Print subtitles as WebVTT").conflicts_with("text"),
            format("text", "Print text, a line for each sentence. The default on a terminal"),
            Arg::new("to")
                .long("to")
                .value_name("FILE")
                .help("Write it to this file, which is complete or absent. Needs --srt, --vtt or --text")
                .requires("format"),
        ])
        .group(ArgGroup::new("format").args(["srt", "vtt", "text"]))
        .after_help("Example:\n  hundredms transcript SESSION_ID --srt --to session.srt\n\n`recordings transcript` has more options.");
    with_call(with_output(command))
}

pub(crate) async fn attendance(matches: &ArgMatches) -> Result {
    let session = Session::read(matches)?;
    let id = required(matches, "id")?;
    if flag(matches, "csv") {
        session.check_fields(ATTENDANCE.into_iter())?;
    }
    let of = |name: &str| Map::from_iter([(name.to_owned(), Value::from(id))]);
    let found = match job::result(&session, "sessions.attendance", of("session_id")).await {
        Err(Failure::Call(error)) if error.kind() == ErrorKind::NotFound => {
            // A room that does not exist has no sessions either.
            let room = Value::Object(of("room_id")).to_string();
            let client = session.client()?;
            let known = client
                .call("rooms.get", room.as_bytes(), &session.options())
                .await;
            known.map_err(|error| match error.kind() {
                ErrorKind::NotFound => {
                    Failure::NotFound(format!("neither a session nor a room has the id {id:?}"))
                }
                _ => error.into(),
            })?;
            job::result(&session, "rooms.attendance", of("room_id")).await
        }
        found => found,
    };
    let found = found?;
    let attendees = found["attendees"].as_array().cloned().unwrap_or_default();
    if flag(matches, "csv") {
        let columns = session.style.fields.clone();
        let columns = columns.unwrap_or_else(|| ATTENDANCE.map(str::to_owned).into());
        let mut text = csv_row(columns.iter().cloned());
        for attendee in &attendees {
            text.push('\n');
            text.push_str(&csv_row(
                columns.iter().map(|name| cells::text(at(attendee, name))),
            ));
        }
        text.push('\n');
        return print_or_write(session.printer(std::iter::empty()), matches, text);
    }
    if session.style.format == Format::Json && session.style.fields.is_none() {
        return session.printer(std::iter::empty()).value(&found);
    }
    session
        .printer(ATTENDANCE.into_iter())
        .value(&Value::Array(attendees))
}

pub(crate) async fn transcript(matches: &ArgMatches) -> Result {
    let session = Session::read(matches)?;
    session.check_quiet("a transcript has")?;
    let id = Value::from(required(matches, "session-id")?);
    let arguments = Map::from_iter([("session_id".to_owned(), id)]);
    let found = job::result(&session, "recordings.transcript", arguments).await?;
    let formats = ["srt", "vtt", "text"];
    let format = formats.into_iter().find(|format| flag(matches, format));
    let format = match (format, session.style.format) {
        (None, Format::Table) if session.style.fields.is_none() => Some("text"),
        (format, _) => format,
    };
    let printer = session.printer(["sentences", "words"].into_iter());
    match format {
        Some(format) => {
            let text = found.to_string();
            let text = hundredms::jobs::export_transcript(text.as_bytes(), format)?;
            print_or_write(printer, matches, text)
        }
        None => printer.value(&found),
    }
}

/// Write a text to the file of `--to`, else print it.
fn print_or_write(printer: Printer, matches: &ArgMatches, text: String) -> Result {
    let Some(to) = one(matches, "to") else {
        return printer.text(&lines_for_terminal(text));
    };
    let written = NewFile::create(to).and_then(|file| write_whole(file, &text));
    written.map_err(Failure::cannot_write(to))?;
    say(&format!("Wrote {to}."));
    Ok(())
}
