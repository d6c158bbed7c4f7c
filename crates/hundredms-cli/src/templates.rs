//! `hundredms templates pull`, `diff` and `apply`: templates in files.

use std::fmt::Write as _;

use clap::{Arg, ArgAction, ArgMatches, Command};
use console::{Term, style};
use hundredms::jobs::TemplateDescription;
use hundredms::{Error, ErrorKind};
use serde_json::{Map, Value, json};

use crate::arguments::{flag, one, read, required};
use crate::failure::{Failure, Result};
use crate::job;
use crate::new_file::{NewFile, write_whole};
use crate::output::say;
use crate::session::{Session, with_call};
use crate::surface::Method;
use crate::visible::{for_terminal, visible};

pub(crate) fn pull_command() -> Command {
    let command = Command::new("pull")
        .about("Write a template to a file, for `diff` and `apply`")
        .long_about("Write a template to a file, for `diff` and `apply`\n\nKeys of the recording storage, RTMP URLs, and texts in fields that this version does not know are left out: the file has {\"$secret\": \"stored\"} there. `diff` and `apply` keep what is stored. To create another template from the file, write the values there, or pull with --with-secrets.")
        .args([
            Arg::new("template-id").required(true).help("Id of the template"),
            Arg::new("file").help("The file to write. Defaults to standard output"),
            Arg::new("with-secrets")
                .long("with-secrets")
                .action(ArgAction::SetTrue)
                .help("Write secrets too. Where files have modes, only the owner can read the file"),
        ])
        .after_help("Example:\n  hundredms templates pull TEMPLATE_ID class.json\n  hundredms templates diff TEMPLATE_ID class.json\n  hundredms templates apply class.json --dry-run");
    with_call(command)
}

/// Add what the table of jobs does not have.
pub(crate) fn with_exit_code(command: Command) -> Command {
    command.arg(
        Arg::new("exit-code")
            .long("exit-code")
            .action(ArgAction::SetTrue)
            .help("Exit with 1 if there are changes"),
    )
}

pub(crate) async fn pull(matches: &ArgMatches) -> Result {
    let session = Session::read(matches)?;
    let client = session.client()?;
    let arguments = json!({ "template_id": required(matches, "template-id")? }).to_string();
    let (arguments, options) = (arguments.as_bytes(), session.options());
    let answer = client.call("templates.get", arguments, &options).await?;
    let mut template: Map<String, Value> = serde_json::from_slice(&answer.json).unwrap_or_default();
    template.retain(|name, _| !set_by_service().contains(&name.as_str()));
    // An operation of its own returns them.
    let answer = client
        .call("templates.get_recordings", arguments, &options)
        .await?;
    let recordings = serde_json::from_slice(&answer.json).unwrap_or_default();
    template.insert("recordings".to_owned(), recordings);
    let mut description = TemplateDescription::from(template);
    let with_secrets = flag(matches, "with-secrets");
    let mut left_out = description.clone();
    let secrets = left_out.leave_out_secrets();
    if !with_secrets {
        description = left_out;
    }
    let mut text = serde_json::to_string_pretty(&description).unwrap_or_default();
    text.push('\n');
    let note = about_secrets(&secrets, with_secrets);
    let Some(file) = one(matches, "file").filter(|file| *file != "-") else {
        session
            .printer(std::iter::empty())
            .text(&for_terminal(text))?;
        if with_secrets && !secrets.is_empty() && Term::stdout().is_term() {
            say("hundredms: warning: this terminal shows secrets; name a file to write");
        }
        if !note.is_empty() {
            say(&note);
        }
        return Ok(());
    };
    let created = if with_secrets {
        NewFile::create_private(file)
    } else {
        NewFile::create(file)
    };
    let written = created.and_then(|created| write_whole(created, &text));
    written.map_err(Failure::cannot_write(file))?;
    say(format!("Wrote {file}. {note}").trim_end());
    Ok(())
}

/// The fields of a template that the service sets, which a description does not have.
fn set_by_service() -> &'static [&'static str] {
    let mut operations = hundredms::operations();
    let update = operations.find(|operation| operation.name == "templates.update");
    update
        .and_then(|update| update.rewrites)
        .unwrap_or_default()
}

/// Say which secrets are in the file of a template, or not. Empty if there are none.
fn about_secrets(paths: &[String], with_secrets: bool) -> String {
    if paths.is_empty() {
        return String::new();
    }
    let paths = visible(&paths.join(", "));
    if with_secrets {
        format!("It contains secrets: {paths}. Keep it out of the repository.")
    } else {
        format!(
            "Left out: {paths}. `diff` and `apply` keep what is stored; --with-secrets writes it."
        )
    }
}

/// Let an error name a field as the file does, without the argument `desired` before it.
fn as_in_file(failure: Failure) -> Failure {
    let Failure::Call(error) = &failure else {
        return failure;
    };
    let field = error.field().unwrap_or_default();
    let reason = error.message().strip_prefix(&format!("{field}: "));
    match (error.kind(), field.strip_prefix("desired."), reason) {
        (ErrorKind::InvalidRequest, Some(field), Some(reason)) => {
            let operation = error.operation().unwrap_or_default();
            Error::invalid_request(operation, field, reason).into()
        }
        _ => failure,
    }
}

/// Run `templates.diff` or `templates.apply`, and print the plan.
pub(crate) async fn plan(session: &Session<'_>, method: &Method) -> Result {
    let arguments = read(method, session.matches, &[])?;
    session.check_fields(method.fields())?;
    let plan = job::result(session, &method.full_name, arguments).await;
    let plan = plan.map_err(as_in_file)?;
    let changes = plan["changes"].as_array().cloned().unwrap_or_default();
    // A plan that was applied has said so with its first call.
    let doubts = plan["warnings"].as_array().into_iter().flatten();
    for doubt in doubts.filter(|_| plan["applied"] != true) {
        let doubt = visible(doubt.as_str().unwrap_or_default());
        say(&format!("hundredms: warning: {doubt}"));
    }
    let printer = session.printer_of_change(method.columns());
    if printer.prints_lines() {
        let mut text = String::new();
        for change in &changes {
            let path = visible(change["path"].as_str().unwrap_or_default());
            let shown = |name: &str| change.get(name).map(|value| visible(&value.to_string()));
            let line = match (shown("before"), shown("after")) {
                (None, Some(after)) => style(format!("+ {path}: {after}")).green(),
                (Some(before), None) => style(format!("- {path}: {before}")).red(),
                (before, after) => style(format!(
                    "~ {path}: {} -> {}",
                    before.unwrap_or_default(),
                    after.unwrap_or_default()
                ))
                .yellow(),
            };
            let _ = writeln!(text, "{line}");
        }
        let name = visible(plan["name"].as_str().unwrap_or_default());
        let count = match changes.len() {
            1 => "1 change".to_owned(),
            count => format!("{count} changes"),
        };
        let what = match (
            changes.len(),
            plan["applied"] == true,
            plan["creates"] == true,
        ) {
            (0, ..) => format!("Nothing to change: {name} is as described."),
            (_, true, true) => format!("Created {name} with {count}."),
            (_, true, false) => format!("Made {count} to {name}."),
            (_, false, true) => format!("{name} does not exist yet: {count}."),
            (_, false, false) => format!("{count} to {name}."),
        };
        text.push_str(&what);
        printer.text(&text)?;
    } else {
        printer.value(&plan)?;
    }
    if flag(session.matches, "exit-code") && !changes.is_empty() {
        return Err(Failure::Code(1));
    }
    Ok(())
}
