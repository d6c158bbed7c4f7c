//! The tree of commands, from the table of operations and jobs and from the commands that are written by hand.

use clap::{Arg, ArgAction, Command};

use crate::methods::{example, with_arguments};
use crate::session::{with_call, with_output};
use crate::surface::{Method, Resource, Row, resources};
use crate::{
    doctor, downloads, events, export, failure, listen, logs, reports, sandbox, settings, shells,
    templates, tokens,
};

/// Return the whole command.
pub(crate) fn command() -> Command {
    let command = Command::new("hundredms")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Every operation of the 100ms API, its webhooks and a local sandbox")
        .after_help("Example:\n  hundredms rooms list --limit 20 --fields id,name\n\nCredentials come from --profile, else from HMS_ACCESS_KEY and HMS_SECRET, else from the default profile. Run with --help for the exit codes.")
        .after_long_help(format!(
            "Example:\n  hundredms rooms list --limit 20 --fields id,name\n\nCredentials come from --profile, else from HMS_ACCESS_KEY and HMS_SECRET, else from the default profile.\n\nOn a terminal, results are tables; elsewhere one line of JSON per item. NO_COLOR turns colours off.\n\n{}",
            failure::exit_codes()
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .max_term_width(100)
        .disable_help_subcommand(true)
        .arg(
            Arg::new("profile")
                .long("profile")
                .value_name("NAME")
                .global(true)
                .help_heading("Settings")
                .help("Use the credentials of this profile"),
        );
    command
        .subcommands([
            settings::login_command(),
            settings::logout_command(),
            settings::config_command(),
            doctor::command(),
            tokens::command(),
            reports::attendance_command(),
            reports::transcript_command(),
            listen::command(),
            events::trigger_command(),
            events::events_command(),
            sandbox::command(),
            logs::command(),
            export::command(),
            shells::completions_command(),
            shells::man_command(),
        ])
        .subcommands(resources().iter().map(resource_command))
}

fn resource_command(resource: &'static Resource) -> Command {
    let mut command = Command::new(resource.name)
        .about(resource.about)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands(resource.methods.iter().map(method_command));
    match resource.name {
        "templates" => command = command.subcommand(templates::pull_command()),
        "recordings" => command = command.subcommand(downloads::of_recordings_command()),
        _ => {}
    }
    command
}

fn method_command(method: &'static Method) -> Command {
    if method.full_name == "recording_assets.download" {
        return downloads::command(method.summary, &method.rest());
    }
    let mut long = method.summary.to_owned();
    let rest = method.rest();
    if !rest.is_empty() {
        long.push_str("\n\n");
        long.push_str(&rest);
    }
    let command = Command::new(method.name)
        .about(method.summary)
        .long_about(long)
        .after_help(format!("Example:\n  {}", example(method)));
    let command = with_arguments(command, method);
    let command = with_call(with_output(command));
    match method.row {
        Row::Operation(info) => {
            let note = format!("Documentation: {}", info.docs_url());
            let both = format!("Example:\n  {}\n\n{note}", example(method));
            command.after_long_help(both).next_help_heading("Call").args([
                Arg::new("dry-run")
                    .long("dry-run")
                    .action(ArgAction::SetTrue)
                    .help("Check the arguments and print the request, without its secrets, instead of sending it"),
                Arg::new("curl")
                    .long("curl")
                    .action(ArgAction::SetTrue)
                    .conflicts_with_all(["dry-run", "json", "fields", "quiet"])
                    .help("Print the request as a command of curl, without token and secrets, instead of sending it. It reads the token from HMS_TOKEN: export HMS_TOKEN=\"$(hundredms token management --for 1h)\""),
            ])
        }
        Row::Job(_)
            if method.full_name == "templates.diff" || method.full_name == "templates.apply" =>
        {
            templates::with_exit_code(command)
        }
        Row::Job(_) => command,
    }
}

#[cfg(test)]
mod tests {
    use super::command;

    #[test]
    fn the_tree_is_consistent_and_every_command_has_an_example() {
        let mut command = command();
        command.build();
        command.clone().debug_assert();
        check(&command, "hundredms");
    }

    #[test]
    fn commands_that_print_items_have_all_options_of_the_output_and_others_none() {
        let mut command = command();
        command.build();
        let mut printing = Vec::new();
        printing_items(&command, "", &mut printing);
        // Operations and jobs print their results in one place. tests/suite/options.rs tries the others.
        printing.retain(|path| {
            crate::surface::resource(path.split(' ').next().unwrap_or_default()).is_none()
        });
        assert_eq!(
            printing,
            [
                "config list",
                "doctor",
                "token decode",
                "token check",
                "attendance",
                "transcript",
                "listen",
                "trigger",
                "events resend",
                "logs",
            ]
        );
    }

    fn printing_items(command: &clap::Command, path: &str, found: &mut Vec<String>) {
        for inner in command.get_subcommands() {
            let path = format!("{path} {}", inner.get_name());
            printing_items(inner, path.trim(), found);
            let options = ["json", "fields", "quiet"];
            let has = |name: &&str| {
                inner
                    .get_arguments()
                    .any(|argument| argument.get_id() == name)
            };
            match options.iter().filter(|name| has(name)).count() {
                0 => {}
                3 => found.push(path.trim().to_owned()),
                _ => panic!("{path} has some of {options:?}"),
            }
        }
    }

    fn check(command: &clap::Command, path: &str) {
        let has_more = command.get_subcommands().next().is_some();
        let help = command
            .get_after_help()
            .map(ToString::to_string)
            .unwrap_or_default();
        assert!(has_more || help.contains("Example:\n  "), "{path}");
        assert!(command.get_about().is_some(), "{path}");
        for inner in command.get_subcommands() {
            check(inner, &format!("{path} {}", inner.get_name()));
        }
    }
}
