//! `hundredms templates pull`, `diff` and `apply`: templates in files.

use std::fmt::Write as _;
use std::fs;

use clap::{Arg, ArgAction, ArgMatches, Command};
use console::style;
use serde_json::{Value, json};

use crate::arguments::{flag, one, read, required};
use crate::failure::{Failure, Result};
use crate::job;
use crate::output::{for_terminal, say, visible};
use crate::session::{Session, with_call};
use crate::surface::Method;

/// Fields that the service sets, which a description in a file does not need.
const SERVICE_FIELDS: [&str; 6] = [
    "id",
    "_id",
    "customer_id",
    "customer",
    "created_at",
    "updated_at",
];

pub(crate) fn pull_command() -> Command {
    let command = Command::new("pull")
        .about("Write a template to a file, for `diff` and `apply`")
        .args([
            Arg::new("template-id").required(true).help("Id of the template"),
            Arg::new("file").help("The file to write. Defaults to standard output"),
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
    let answer = client
        .call("templates.get", arguments.as_bytes(), &session.options())
        .await?;
    let mut template: Value = serde_json::from_slice(&answer.json).unwrap_or_default();
    if let Some(fields) = template.as_object_mut() {
        fields.retain(|name, _| !SERVICE_FIELDS.contains(&name.as_str()));
    }
    let mut text = serde_json::to_string_pretty(&template).unwrap_or_default();
    text.push('\n');
    let Some(file) = one(matches, "file").filter(|file| *file != "-") else {
        return session
            .printer(std::iter::empty())
            .text(&for_terminal(text));
    };
    fs::write(file, text)
        .map_err(|error| Failure::File(format!("{file} cannot be written: {error}")))?;
    say(&format!("Wrote {file}."));
    Ok(())
}

/// Run `templates.diff` or `templates.apply`, and print the plan.
pub(crate) async fn plan(session: &Session<'_>, method: &Method) -> Result {
    let arguments = read(method, session.matches, &[])?;
    session.check_fields(method.fields())?;
    let plan = job::result(session, &method.full_name, arguments).await?;
    let changes = plan["changes"].as_array().cloned().unwrap_or_default();
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
        let what = match (
            changes.len(),
            plan["applied"] == true,
            plan["creates"] == true,
        ) {
            (0, ..) => format!("{name} is as described."),
            (count, true, true) => format!("Created {name} with {count} changes."),
            (count, true, false) => format!("Made {count} changes to {name}."),
            (count, false, true) => format!("{name} does not exist yet: {count} changes."),
            (count, false, false) => format!("{count} changes to {name}."),
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
