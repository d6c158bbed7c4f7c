//! `hundredms completions` and `hundredms man`: completions of shells, and the manual page.

use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::{Generator as _, Shell};

use crate::arguments::one;
use crate::failure::{Failure, Result};
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
        .after_help("Example:\n  hundredms completions bash > ~/.local/share/bash-completion/completions/hundredms\n  hundredms completions zsh > \"${fpath[1]}/_hundredms\"\n  hundredms completions fish > ~/.config/fish/completions/hundredms.fish\n  hundredms completions powershell >> $PROFILE")
}

pub(crate) fn man_command() -> Command {
    Command::new("man")
        .about("Print the manual page, or write one for each command")
        .arg(
            Arg::new("to")
                .long("to")
                .value_name("FOLDER")
                .help("Write a page for each command into this folder"),
        )
        .after_help("Example:\n  hundredms man > hundredms.1")
}

/// Print the completions of the whole command.
pub(crate) fn completions(matches: &ArgMatches, mut command: Command) -> Result {
    let Some(shell) = matches.get_one::<Shell>("shell") else {
        return Ok(());
    };
    command.set_bin_name("hundredms");
    command.build();
    let mut text = Vec::new();
    shell.generate(&command, &mut text);
    let session = Session::read(matches)?;
    session
        .printer(std::iter::empty())
        .text(&String::from_utf8_lossy(&text))
}

/// Print or write the manual of the whole command.
pub(crate) fn man(matches: &ArgMatches, command: Command) -> Result {
    if let Some(folder) = one(matches, "to") {
        let written = std::fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(command, folder));
        return written
            .map_err(|error| Failure::File(format!("{folder} cannot be written: {error}")));
    }
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text)?;
    let session = Session::read(matches)?;
    session
        .printer(std::iter::empty())
        .text(&String::from_utf8_lossy(&text))
}
