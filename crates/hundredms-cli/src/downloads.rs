//! `hundredms recording-assets download`: downloads one or several assets at once.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command};
use futures_util::future::join_all;
use serde_json::{Map, Value, json};

use crate::arguments::{many, one};
use crate::failure::{Failure, Result};
use crate::job;
use crate::output::{Format, Printer, say};
use crate::progress::Bars;
use crate::session::{Session, with_call, with_output};
use crate::visible::{visible, visible_lines};

/// So many files are downloaded at the same time.
const AT_ONCE: usize = 4;

const COLUMNS: [&str; 5] = ["asset_id", "type", "path", "size", "received"];

pub(crate) fn command(about: &'static str, rest: &str) -> Command {
    let command = Command::new("download")
        .about(about)
        .long_about(format!("{about}\n\n{rest}"))
        .args([
            Arg::new("asset-id")
                .required(true)
                .num_args(1..)
                .help("Ids of the assets. Several are downloaded at the same time"),
            Arg::new("to")
                .long("to")
                .value_name("PATH")
                .help("The file to write, or a folder. Defaults to this folder. In a folder, a file is named after the id of its asset"),
            Arg::new("if-exists")
                .long("if-exists")
                .value_name("WHAT")
                .value_parser(["overwrite", "skip", "refuse"])
                .help("What to do if the file is there already. Defaults to `overwrite`"),
        ])
        .after_help("Example:\n  hundredms recording-assets download ASSET_ID --to lesson.mp4\n  hundredms recording-assets list --session-id SESSION_ID -q | xargs hundredms recording-assets download --to lessons/");
    with_call(with_output(command))
}

pub(crate) fn of_recordings_command() -> Command {
    let command = Command::new("download")
        .about("Download the files of recordings")
        .args([
            Arg::new("recording-id")
                .required(true)
                .num_args(1..)
                .help("Ids of the recordings"),
            Arg::new("to")
                .long("to")
                .value_name("FOLDER")
                .help("The folder to write to. Defaults to this folder. A file is named after the type and the id of its asset"),
        ])
        .after_help("Example:\n  hundredms recordings download RECORDING_ID --to lessons/\n\nFiles that are there are kept. `recording-assets download-all` has more options.");
    with_call(with_output(command))
}

/// Download the files of recordings, one recording after the other.
pub(crate) async fn of_recordings(matches: &ArgMatches) -> Result {
    let session = Session::read(matches)?;
    session.check_fields(COLUMNS.into_iter())?;
    let mut printer = session.printer_of_change(COLUMNS.into_iter());
    let mut failures = Vec::new();
    let ids = many(matches, "recording-id");
    for id in &ids {
        let arguments = Map::from_iter([
            ("recording_id".to_owned(), Value::from(id.as_str())),
            ("to".to_owned(), one(matches, "to").unwrap_or(".").into()),
        ]);
        match job::result(&session, "recording_assets.download_all", arguments).await {
            Ok(done) => {
                for file in done["files"].as_array().into_iter().flatten() {
                    printer.item(file.clone())?;
                }
                for asset in done["skipped"].as_array().into_iter().flatten() {
                    let id = visible(asset["asset_id"].as_str().unwrap_or_default());
                    let reason = visible(asset["reason"].as_str().unwrap_or_default());
                    say(&format!("hundredms: {id} is skipped: {reason}"));
                }
            }
            Err(failure) => failures.push((id, failure)),
        }
    }
    end(printer, failures, ids.len() > 1)
}

/// End the list of what was downloaded. Fails with the first failure, and names all if several things were asked for.
fn end(mut printer: Printer, failures: Vec<(&String, Failure)>, several: bool) -> Result {
    if several {
        for (id, failure) in &failures {
            say(&visible_lines(&format!("hundredms: {id}: {failure}")));
        }
    }
    match failures.into_iter().next() {
        Some((_, failure)) if !several => Err(failure),
        Some((_, failure)) => {
            printer.close()?;
            Err(Failure::Code(failure.code()))
        }
        None => printer.end(),
    }
}

pub(crate) async fn run(matches: &ArgMatches) -> Result {
    let session = Session::read(matches)?;
    session.check_fields(COLUMNS.into_iter())?;
    let client = session.client()?;
    let ids = many(matches, "asset-id");
    let to = PathBuf::from(one(matches, "to").unwrap_or("."));
    let is_folder =
        ids.len() > 1 || to.is_dir() || one(matches, "to").is_some_and(|to| to.ends_with('/'));
    if is_folder {
        std::fs::create_dir_all(&to).map_err(|error| {
            Failure::File(format!("{} cannot be created: {error}", to.display()))
        })?;
    }
    let bars = Bars::new(session.style.format == Format::Ids);
    let permits = tokio::sync::Semaphore::new(AT_ONCE);
    let downloads = ids.iter().map(|id| {
        let (client, session, bars, to, permits) = (&client, &session, &bars, &to, &permits);
        async move {
            let _permit = permits.acquire().await;
            let path = if is_folder {
                to.join(file_name(session, client, id).await?)
            } else {
                to.clone()
            };
            let path = path
                .to_str()
                .ok_or_else(|| Failure::Usage(format!("--to: {} is not UTF-8", path.display())))?;
            let mut arguments = json!({ "asset_id": id, "path": path });
            if let Some(what) = one(session.matches, "if-exists") {
                arguments["if_exists"] = what.into();
            }
            let text = arguments.to_string();
            let progress = bars.job(path);
            let answer = client
                .run_json(
                    "recording_assets.download",
                    text.as_bytes(),
                    session.options(),
                    Some(progress),
                )
                .await?;
            Ok(serde_json::from_slice::<Value>(&answer).unwrap_or_default())
        }
    });
    let results: Vec<Result<Value>> = join_all(downloads).await;
    bars.clear();
    let mut printer = session.printer_of_change(COLUMNS.into_iter());
    let mut failures = Vec::new();
    for (id, result) in ids.iter().zip(results) {
        match result {
            Ok(value) => printer.item(value)?,
            Err(failure) => failures.push((id, failure)),
        }
    }
    end(printer, failures, ids.len() > 1)
}

/// Return a file name for an asset: its id, with the extension of its path.
async fn file_name(session: &Session<'_>, client: &hundredms::Client, id: &str) -> Result<String> {
    let text = json!({ "asset_id": id }).to_string();
    let answer = client
        .call("recording_assets.get", text.as_bytes(), &session.options())
        .await?;
    let asset: Value = serde_json::from_slice(&answer.json).unwrap_or_default();
    let extension = asset["path"]
        .as_str()
        .and_then(|path| Path::new(path).extension()?.to_str());
    // An id is part of a URL, and could contain anything here.
    let plain = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    if !plain(id) {
        return Err(Failure::Usage(format!("{id:?} is not an id of an asset")));
    }
    Ok(match extension.filter(|extension| plain(extension)) {
        Some(extension) => format!("{id}.{extension}"),
        None => id.to_owned(),
    })
}
