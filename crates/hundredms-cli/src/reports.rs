//! `hundredms attendance` and `hundredms transcript`: short names of jobs, with exports.

use std::io::Write as _;

use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command};
use hundredms::ErrorKind;
use serde_json::{Map, Value};

use crate::arguments::{flag, one, required};
use crate::failure::{Failure, Result};
use crate::job;
use crate::new_file::NewFile;
use crate::output::{Format, at, cell, csv_row, lines_for_terminal, say};
use crate::session::{Session, with_call, with_output};

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
        ])
        .after_help("Example:\n  hundredms attendance ROOM_ID --csv > attendance.csv\n\n`sessions attendance` and `rooms attendance` have more options.");
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
            client
                .call("rooms.get", room.as_bytes(), &session.options())
                .await?;
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
                columns.iter().map(|name| cell(at(attendee, name))),
            ));
        }
        return session.printer(std::iter::empty()).text(&text);
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
            match one(matches, "to") {
                Some(to) => write(to, &text),
                None => printer.text(&lines_for_terminal(text)),
            }
        }
        None => printer.value(&found),
    }
}

/// Write a whole file.
fn write(to: &str, text: &str) -> Result {
    let written = NewFile::create(to).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.finish()
    });
    written.map_err(|error| Failure::File(format!("{to} cannot be written: {error}")))?;
    say(&format!("Wrote {to}."));
    Ok(())
}
