//! The command `hundredms`, as a library: [`run`] does what a command line says.
//!
//! The operations and jobs come from the tables of the core, and the types and docs of their arguments from a generated table, so
//! none is listed by hand. `hundredms --help` describes the command.

mod arguments;
mod cells;
mod control;
mod curl;
mod doctor;
mod downloads;
mod event;
mod events;
mod export;
mod failure;
mod interruptible;
mod job;
mod keys;
mod listen;
mod logs;
mod methods;
mod new_file;
mod operation;
mod output;
mod places;
mod profile;
mod progress;
mod reports;
mod sandbox;
mod session;
mod settings;
mod shells;
mod surface;
mod table;
mod templates;
mod tokens;
mod tree;
mod visible;

use std::ffi::OsString;
use std::io::Write as _;
use std::time::Duration;

use clap::ArgMatches;
use clap::error::{ContextKind, ContextValue};
use console::style;

use arguments::{duration_option, one};
use failure::{Failure, Result};
use output::say;
use session::Session;
use surface::Row;
use visible::visible_lines;

/// Do what the command line says, and return the exit code. The first argument is the name of the program.
///
/// Blocks the thread until it is done. Listens for Ctrl-C.
pub fn run<I, T>(arguments: I) -> u8
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    let arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
    let matches = match tree::command().try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => {
            if let Err(error) = error.print() {
                return report(&error.into(), None);
            }
            if let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidArg) {
                let advice = match word.as_str() {
                    "true" | "false" => Some(format!(
                        "Write the value of a flag with =, such as --enabled={word}."
                    )),
                    word => export::advice(&tree::command(), &arguments, word),
                };
                if let Some(advice) = advice {
                    say(&advice);
                }
            }
            return u8::from(error.use_stderr()) * 2;
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return report(&error.into(), None),
    };
    let result = runtime.block_on(dispatch(&matches));
    // A look-up of a name that is under way cannot be interrupted.
    runtime.shutdown_background();
    // In a program of another language, nothing does this at the end.
    let _ = std::io::stdout().flush();
    match result {
        Ok(()) => 0,
        Err(failure) => {
            let timeout = duration_option(innermost(&matches).1, "timeout");
            report(&failure, timeout.ok().flatten())
        }
    }
}

/// Print why the command failed and what to do. Returns the exit code. `timeout` is that of the command line.
fn report(failure: &Failure, timeout: Option<Duration>) -> u8 {
    if !failure.is_quiet() {
        let error = style("error:").for_stderr().red().bold();
        let text = visible_lines(&failure.to_string());
        say(&format!("{error} {text}"));
        if let Some(advice) = failure.advice(timeout) {
            say(&visible_lines(&advice));
        }
    }
    failure.code()
}

/// Return the words of the command that was given, and its options.
fn innermost(matches: &ArgMatches) -> (String, &ArgMatches) {
    let (mut words, mut inner) = (Vec::new(), matches);
    while let Some((name, next)) = inner.subcommand() {
        words.push(name);
        inner = next;
    }
    (words.join(" "), inner)
}

/// Refuse `--profile` for a command that needs no credentials.
fn check_profile(matches: &ArgMatches) -> Result {
    let (words, inner) = innermost(matches);
    let needs_none = match words.as_str() {
        "sandbox" | "completions" | "man" | "config list" | "config path" | "config use"
        | "token decode" => true,
        "trigger" => one(inner, "to").is_some() && one(inner, "sandbox").is_none(),
        _ => false,
    };
    if needs_none && one(inner, "profile").is_some() {
        return Err(Failure::Usage(format!(
            "--profile: `hundredms {words}` uses no profile here; leave it out"
        )));
    }
    Ok(())
}

async fn dispatch(matches: &ArgMatches) -> Result {
    check_profile(matches)?;
    let Some((name, inner)) = matches.subcommand() else {
        return Ok(());
    };
    match name {
        // These end by Ctrl-C.
        "sandbox" => sandbox::run(inner).await,
        "listen" => listen::run(inner).await,
        "logs" => logs::run(inner).await,
        _ => {
            tokio::select! {
                // A call that Ctrl-C ends says first whether it may have taken effect.
                biased;
                result = one_command(name, inner) => result,
                _ = tokio::signal::ctrl_c() => Err(Failure::Interrupted),
            }
        }
    }
}

async fn one_command(name: &str, matches: &ArgMatches) -> Result {
    match name {
        "login" => settings::login(matches).await,
        "logout" => settings::logout(matches),
        "config" => settings::config(matches),
        "doctor" => doctor::run(matches).await,
        "token" => tokens::run(matches),
        "attendance" => reports::attendance(matches).await,
        "transcript" => reports::transcript(matches).await,
        "trigger" => events::trigger(matches).await,
        "events" => events::events(matches).await,
        "export" => export::run(matches).await,
        "completions" => shells::completions(matches, tree::command()),
        "man" => shells::man(matches, tree::command()),
        resource => method(resource, matches).await,
    }
}

/// Run an operation or a job.
async fn method(resource: &str, matches: &ArgMatches) -> Result {
    let Some((name, matches)) = matches.subcommand() else {
        return Ok(());
    };
    match (resource, name) {
        ("templates", "pull") => return templates::pull(matches).await,
        ("recording-assets", "download") => return downloads::run(matches).await,
        ("recordings", "download") => return downloads::of_recordings(matches).await,
        _ => {}
    }
    let found = surface::resource(resource).and_then(|resource| resource.method(name));
    let Some(method) = found else {
        return Err(Failure::Usage(format!(
            "there is no command {resource} {name}"
        )));
    };
    let session = Session::read(matches)?;
    match method.row {
        Row::Operation(info) => operation::run(&session, method, info).await,
        Row::Job(_) if resource == "templates" => templates::plan(&session, method).await,
        Row::Job(_) => job::run(&session, method).await,
    }
}
