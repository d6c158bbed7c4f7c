//! `hundredms export`: writes a whole list to a file.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io::{BufWriter, Write};
use std::path::Path;

use clap::{Arg, ArgMatches, Command};

use crate::arguments::{read, required};
use crate::cells::{csv_row, text};
use crate::failure::{Failure, Result};
use crate::methods::with_arguments;
use crate::new_file::NewFile;
use crate::operation::{Pages, limit, only_running, say_only_running};
use crate::output::say;
use crate::session::{Session, with_call};
use crate::surface::{Method, Resource, Row, resources};
use crate::visible::visible;

/// The lists that can be exported.
fn lists() -> impl Iterator<Item = (&'static Resource, &'static Method)> {
    resources().iter().filter_map(|resource| {
        let list = resource.method("list")?;
        let is_paged = matches!(list.row, Row::Operation(info) if info.paging.is_some());
        is_paged.then_some((resource, list))
    })
}

pub(crate) fn command() -> Command {
    let command = Command::new("export")
        .about("Write a whole list to a file: CSV or one line of JSON per item")
        .subcommand_required(true)
        .arg_required_else_help(true);
    command.subcommands(lists().map(|(resource, list)| {
        let command = Command::new(resource.name)
            .about(list.summary)
            .arg(
                Arg::new("to")
                    .long("to")
                    .value_name("FILE")
                    .required(true)
                    .help("The file to write: .csv, .ndjson or .jsonl. It is complete or absent"),
            )
            .after_help("Example:\n  hundredms export sessions --active=false --after 7d --to sessions.csv\n\nCSV has the fields that are neither objects nor lists of objects; NDJSON has everything.");
        with_call(with_arguments(command, list))
    }))
}

/// Return what to write instead of an option that is not known, if it asks for a format of a list. `line` is the command line of
/// `tree`.
pub(crate) fn advice(tree: &Command, line: &[OsString], option: &str) -> Option<String> {
    let asks = [
        "--csv", "--ndjson", "--jsonl", "--format", "--output", "--out", "-o",
    ];
    if !asks.contains(&option) {
        return None;
    }
    let known = |name: &str| lists().any(|(resource, _)| resource.name == name);
    match words(tree, line).as_slice() {
        ["export", rest @ ..] => {
            let name = rest.iter().find(|name| known(name)).unwrap_or(&"sessions");
            Some(format!(
                "The end of the file's name says the format, .csv, .ndjson or .jsonl: `hundredms export {name} --to {name}.csv`."
            ))
        }
        [name, "list", ..] if known(name) => Some(format!(
            "`hundredms export {name} --to {name}.csv` writes a CSV file."
        )),
        _ => None,
    }
}

/// Return the words of a command line that are neither the program, nor options of all commands, nor values of those.
fn words<'a>(tree: &Command, line: &'a [OsString]) -> Vec<&'a str> {
    let takes_value = |word: &str| {
        tree.get_arguments().any(|option| {
            let is_it = |name: &str| option.get_long() == Some(name);
            option.get_action().takes_values() && word.strip_prefix("--").is_some_and(is_it)
        })
    };
    let mut words = Vec::new();
    let mut given = line.iter().skip(1).filter_map(|word| word.to_str());
    while let Some(word) = given.next() {
        if takes_value(word) {
            given.next();
        } else if !word.starts_with('-') {
            words.push(word);
        }
    }
    words
}

pub(crate) async fn run(matches: &ArgMatches) -> Result {
    let Some((name, matches)) = matches.subcommand() else {
        return Ok(());
    };
    let found = lists().find(|(resource, _)| resource.name == name);
    let Some((_, method)) = found else {
        return Ok(());
    };
    let Row::Operation(info) = method.row else {
        return Ok(());
    };
    let session = Session::read(matches)?;
    let to = required(matches, "to")?;
    let extension = Path::new(to)
        .extension()
        .and_then(|extension| extension.to_str());
    let is_csv = match extension {
        Some("csv") => true,
        Some("ndjson" | "jsonl") => false,
        Some("parquet" | "arrow" | "feather" | "xlsx") => {
            return Err(Failure::Usage(format!(
                "--to: must end in .csv, .ndjson or .jsonl, not {to:?}. In Python, `to_parquet` of a list writes Parquet files; DuckDB, Polars and pandas read NDJSON too"
            )));
        }
        _ => {
            return Err(Failure::Usage(format!(
                "--to: must end in .csv, .ndjson or .jsonl, not {to:?}"
            )));
        }
    };
    let limit = limit(matches)?;
    let arguments = read(method, matches, &["limit"])?;
    let only_running = only_running(method, &arguments);
    let client = session.client()?;
    let failed = Failure::cannot_write(to);
    let mut out = BufWriter::new(NewFile::create(to).map_err(&failed)?);
    let columns: Vec<&str> = method.columns().collect();
    if is_csv {
        writeln!(
            out,
            "{}",
            csv_row(columns.iter().map(|&name| name.to_owned()))
        )
        .map_err(&failed)?;
    }
    let mut pages = Pages::new(&session, info, arguments, limit);
    let mut count = 0;
    let mut left_out = BTreeSet::new();
    while let Some(items) = pages.next(&client).await? {
        for item in items {
            count += 1;
            let fields = item.as_object().filter(|_| is_csv).into_iter().flatten();
            for (field, value) in fields {
                if !value.is_null() && !columns.contains(&field.as_str()) {
                    left_out.insert(field.clone());
                }
            }
            let line = if is_csv {
                csv_row(columns.iter().map(|name| text(item.get(*name))))
            } else {
                item.to_string()
            };
            writeln!(out, "{line}").map_err(&failed)?;
        }
    }
    let file = out
        .into_inner()
        .map_err(|error| failed(error.into_error()))?;
    file.finish().map_err(&failed)?;
    let items = name.replace('-', " ");
    let written = if count == 1 {
        items.trim_end_matches('s')
    } else {
        &items
    };
    say(&format!("Wrote {count} {written} to {to}."));
    if !left_out.is_empty() {
        let fields: Vec<String> = left_out.into_iter().collect();
        let fields = visible(&fields.join(", "));
        say(&format!("Left out: {fields}. NDJSON has everything."));
    }
    if only_running && count == 0 {
        say_only_running(&items);
    }
    Ok(())
}
