//! The arguments of an operation or a job as options, and an example of a call.

use std::ffi::OsStr;
use std::fmt::Write as _;

use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser};
use clap::{Arg, ArgAction, Command, ValueHint};

use crate::failure;
use crate::session::with_data;
use crate::surface::{Argument, Kind, Method, Row};

/// Add the arguments of a method.
pub(crate) fn with_arguments(command: Command, method: &'static Method) -> Command {
    let is_paged = matches!(method.row, Row::Operation(info) if info.paging.is_some());
    let command = command.next_help_heading("Arguments and filters");
    let mut command = command.args(method.arguments.iter().map(argument));
    if is_paged {
        let limit = Arg::new("limit")
            .long("limit")
            .value_name("N")
            .allow_negative_numbers(true)
            .help("Stop after this many items, over all pages. Defaults to all");
        command = if method
            .arguments
            .iter()
            .any(|argument| argument.name == "limit")
        {
            command.mut_arg("limit", |_| limit)
        } else {
            command.arg(limit)
        };
    }
    with_data(command)
}

fn argument(argument: &'static Argument) -> Arg {
    let mut help = argument.docs.to_owned();
    let mut given = Arg::new(argument.name);
    if argument.positional {
        if matches!(argument.kind, Kind::Json) {
            help.push_str(" A file, JSON, or - for standard input.");
            given = given.value_hint(ValueHint::FilePath);
        }
        return given.required(true).help(help);
    }
    if argument.required {
        help.push_str(" Required.");
    }
    let mut given = given.long(argument.name);
    let kind = match &argument.kind {
        Kind::List(inner) => {
            given = given.action(ArgAction::Append);
            help.push_str(
                if matches!(**inner, Kind::Text | Kind::Secret | Kind::Path) {
                    " Can be repeated."
                } else {
                    " Can be repeated, or separated by commas."
                },
            );
            inner
        }
        kind => kind,
    };
    given = match kind {
        Kind::Boolean => given
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_name("BOOL"),
        Kind::Integer | Kind::Number => given.allow_negative_numbers(true).value_name("N"),
        Kind::Time => given.value_name("TIME"),
        Kind::Path => given.value_name("PATH"),
        Kind::Json => {
            help.push_str(" JSON, @FILE, or - for standard input.");
            given.value_name("JSON")
        }
        Kind::Secret => {
            help.push_str(" @FILE, or - for standard input, keeps it out of the process list.");
            given.value_name("SECRET")
        }
        Kind::Words(words) if !matches!(argument.kind, Kind::List(_)) => given
            .value_name("WORD")
            .value_parser(PossibleValuesParser::new(words.split('|'))),
        Kind::Words(words) | Kind::OpenWords(words) => {
            let _ = write!(help, " Known values: {}.", words.replace('|', ", "));
            known_words(given.value_name("WORD"), words.split('|'))
        }
        Kind::Text | Kind::List(_) => given.value_name("TEXT"),
    };
    given.help(help)
}

/// Let shells complete an option with these words. Other values are accepted too.
pub(crate) fn known_words(given: Arg, words: impl Iterator<Item = &'static str>) -> Arg {
    given
        .value_parser(KnownWords(words.collect()))
        .hide_possible_values(true)
}

/// Accepts any text.
#[derive(Clone)]
struct KnownWords(Vec<&'static str>);

impl TypedValueParser for KnownWords {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(
            self.0.iter().map(|&word| PossibleValue::new(word)),
        ))
    }
}

/// Return a call with its required arguments and one or two others.
pub(crate) fn example(method: &Method) -> String {
    let mut text = format!("hundredms {}", failure::words(&method.full_name));
    for argument in method
        .arguments
        .iter()
        .filter(|argument| argument.positional)
    {
        let sample = match argument.kind {
            Kind::Json => "description.json".to_owned(),
            _ => argument.name.replace('-', "_").to_uppercase(),
        };
        let _ = write!(text, " {sample}");
    }
    let mut options = method
        .arguments
        .iter()
        .filter(|argument| !argument.positional);
    let mut required: Vec<&Argument> = options
        .clone()
        .filter(|argument| argument.required)
        .collect();
    if required.is_empty() && !matches!(method.row, Row::Operation(info) if info.paging.is_some()) {
        required
            .extend(options.find(|argument| !matches!(argument.kind, Kind::Json | Kind::Secret)));
    }
    for argument in required {
        let name = argument.name;
        match sample(argument, &argument.kind) {
            Some(sample) if sample.is_empty() => {
                let _ = write!(text, " --{name}");
            }
            Some(sample) => {
                let _ = write!(text, " --{name} {sample}");
            }
            None => {
                let _ = write!(text, " --{name} @{name}.json");
            }
        }
    }
    if matches!(method.row, Row::Operation(info) if info.paging.is_some()) {
        text.push_str(" --limit 20");
    }
    text
}

/// Return a value for an example. Empty for a flag.
fn sample(argument: &Argument, kind: &Kind) -> Option<String> {
    Some(match kind {
        Kind::Text if argument.name == "name" => "physics-7".to_owned(),
        Kind::Text => argument.name.replace('-', "_").to_uppercase(),
        Kind::Path => "recordings/".to_owned(),
        Kind::Integer | Kind::Number => "100".to_owned(),
        Kind::Boolean => String::new(),
        Kind::Time => "2h".to_owned(),
        Kind::Words(words) | Kind::OpenWords(words) => {
            words.split('|').next().unwrap_or_default().to_owned()
        }
        Kind::Secret => format!("@{}.txt", argument.name),
        Kind::List(inner) => return sample(argument, inner),
        Kind::Json => return None,
    })
}
