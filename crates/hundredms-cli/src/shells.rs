//! `hundredms completions` and `hundredms man`: completions of shells, and the manual page.

use std::fmt::Write as _;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use clap_complete::{Generator as _, Shell};

use crate::arguments::one;
use crate::failure::{Failure, Result};
use crate::places::Places;
use crate::session::Session;

pub(crate) fn completions_command() -> Command {
    Command::new("completions")
        .about("Print the completions for a shell")
        .arg(
            Arg::new("shell")
                .required(true)
                .value_parser(value_parser!(Shell))
                .help("The shell"),
        )
        .after_help(COMPLETIONS_EXAMPLE)
}

const COMPLETIONS_EXAMPLE: &str = "Example:
  # bash, with the package bash-completion
  mkdir -p ~/.local/share/bash-completion/completions
  hundredms completions bash > ~/.local/share/bash-completion/completions/hundredms

  # zsh, with fpath=(~/.zfunc $fpath) in ~/.zshrc before compinit
  mkdir -p ~/.zfunc
  hundredms completions zsh > ~/.zfunc/_hundredms

  # fish
  mkdir -p ~/.config/fish/completions
  hundredms completions fish > ~/.config/fish/completions/hundredms.fish

  # PowerShell: this line in $PROFILE
  hundredms completions powershell | Out-String | Invoke-Expression

Then open a new shell.";

pub(crate) fn man_command() -> Command {
    Command::new("man")
        .about("Print the manual page, or write one for each command")
        .arg(
            Arg::new("to")
                .long("to")
                .value_name("FOLDER")
                .help("Write a page for each command into this folder"),
        )
        .after_help("Example:\n  hundredms man --to ~/.local/share/man/man1")
}

/// Print the completions of the whole command.
pub(crate) fn completions(matches: &ArgMatches, mut command: Command) -> Result {
    let Some(shell) = matches.get_one::<Shell>("shell") else {
        return Ok(());
    };
    command = with_hints(command);
    command.set_bin_name("hundredms");
    command.build();
    let mut text = Vec::new();
    shell.generate(&command, &mut text);
    let mut text = String::from_utf8_lossy(&text).into_owned();
    let places = Places::of(&command);
    match shell {
        Shell::Fish => {
            fish_positionals(&command, &mut Vec::new(), &mut text);
            text.push_str(&places.fish());
        }
        Shell::Bash => text.push_str(&places.bash()),
        Shell::PowerShell => text = places.power_shell(&text),
        // Zsh knows what each argument is.
        _ => {}
    }
    let session = Session::read(matches)?;
    session.printer(std::iter::empty()).text(&text)
}

/// Let shells complete paths only where a value is one.
fn with_hints(command: Command) -> Command {
    command.mut_args(with_hint).mut_subcommands(with_hints)
}

fn with_hint(argument: Arg) -> Arg {
    if argument.is_require_equals_set() {
        // Shells would take the next word for its value.
        let flag = argument.require_equals(false).num_args(0);
        return flag.action(ArgAction::SetTrue);
    }
    let has_hint = argument.get_value_hint() != ValueHint::Unknown;
    if has_hint || !argument.get_action().takes_values() {
        return argument;
    }
    let name = argument.get_value_names().and_then(|names| names.first());
    let name = name.map_or(argument.get_id().as_str(), |name| name.as_str());
    let hint = match name.to_ascii_uppercase().as_str() {
        "FILE" | "PATH" => ValueHint::FilePath,
        "FOLDER" => ValueHint::DirPath,
        _ => ValueHint::Other,
    };
    argument.value_hint(hint)
}

/// Add the words of positional arguments, which `clap_complete` leaves out for fish.
fn fish_positionals(command: &Command, path: &mut Vec<String>, text: &mut String) {
    let words = command.get_positionals().flat_map(|argument| {
        let words = argument.get_value_parser().possible_values();
        words.into_iter().flatten()
    });
    let words: Vec<String> = words.map(|word| word.get_name().to_owned()).collect();
    if let (Some((first, rest)), false) = (path.split_first(), words.is_empty()) {
        let mut condition = format!("__fish_hundredms_using_subcommand {first}");
        for inner in rest {
            let _ = write!(condition, "; and __fish_seen_subcommand_from {inner}");
        }
        let words = words.join(" ");
        let _ = writeln!(
            text,
            "complete -c hundredms -n \"{condition}\" -f -a \"{words}\""
        );
    }
    for inner in command.get_subcommands() {
        path.push(inner.get_name().to_owned());
        fish_positionals(inner, path, text);
        path.pop();
    }
}

/// Print or write the manual of the whole command.
pub(crate) fn man(matches: &ArgMatches, command: Command) -> Result {
    if let Some(folder) = one(matches, "to") {
        let written = std::fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(command, folder));
        return written.map_err(Failure::cannot_write(folder));
    }
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text)?;
    let session = Session::read(matches)?;
    session
        .printer(std::iter::empty())
        .text(&String::from_utf8_lossy(&text))
}
