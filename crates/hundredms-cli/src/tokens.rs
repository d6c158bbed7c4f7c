//! `hundredms token`: creates, decodes and checks tokens.

use clap::{Arg, ArgMatches, Command};
use serde_json::Value;

use crate::arguments::{contents, duration_option, one, required};
use crate::failure::{Failure, Result};
use crate::session::{Session, with_output};

const COLUMNS: [&str; 9] = [
    "kind",
    "access_key",
    "id",
    "room_id",
    "role",
    "user_id",
    "issued_at",
    "not_before",
    "expires_at",
];

pub(crate) fn command() -> Command {
    let validity = || {
        Arg::new("for")
            .long("for")
            .value_name("DURATION")
            .help("How long it is valid: 30m, 2h, 7d. Defaults to 24 hours")
    };
    let token = || {
        Arg::new("token")
            .required(true)
            .help("The token, @FILE, or - for standard input")
    };
    Command::new("token")
        .about("Create, decode and check tokens, without a call")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("auth")
                .about("Create a token with which one user joins a room")
                .args([
                    Arg::new("room").required(true).help("Id of the room"),
                    Arg::new("role").required(true).help("Role in which the user joins"),
                    Arg::new("user").long("user").value_name("ID").help("Your own id for the user"),
                    validity(),
                ])
                .after_help("Example:\n  hundredms token auth ROOM_ID host --user ada --for 2h"),
        )
        .subcommand(
            Command::new("management")
                .about("Create a management token, for another tool")
                .arg(validity())
                .after_help("Example:\n  export HMS_TOKEN=\"$(hundredms token management --for 1h)\""),
        )
        .subcommand(with_output(
            Command::new("decode")
                .about("Print the claims of a token, without checking it")
                .arg(token())
                .after_help("Example:\n  hundredms token decode - < token.txt"),
        ))
        .subcommand(with_output(
            Command::new("check")
                .about("Check that the credentials signed a token and that it is valid now")
                .arg(token())
                .after_help("Example:\n  hundredms token check @token.txt\n\nThe exit code is 6 if it is not valid, and 4 if it is no token."),
        ))
}

pub(crate) fn run(matches: &ArgMatches) -> Result {
    let Some((name, matches)) = matches.subcommand() else {
        return Ok(());
    };
    let session = Session::read(matches)?;
    let validity = duration_option(matches, "for")?;
    match name {
        "auth" => {
            let tokens = session.client()?.tokens();
            let mut token = tokens.auth(required(matches, "room")?, required(matches, "role")?);
            if let Some(user) = one(matches, "user") {
                token = token.user_id(user);
            }
            if let Some(validity) = validity {
                token = token.valid_for(validity);
            }
            let token = token.create()?;
            session.printer(std::iter::empty()).text(token.expose())
        }
        "management" => {
            let mut token = session.client()?.tokens().management();
            if let Some(validity) = validity {
                token = token.valid_for(validity);
            }
            let token = token.create()?;
            session.printer(std::iter::empty()).text(token.expose())
        }
        _ => {
            let token = contents("<token>", required(matches, "token")?)?;
            let token = token.trim();
            let claims = if name == "check" {
                session.client()?.tokens().verify(token)?
            } else {
                // Needs no credentials.
                let client = hundredms::Client::with_keys("decode", "decode")?;
                client.tokens().decode(token)?
            };
            let value =
                serde_json::to_value(&claims).map_err(|error| Failure::Other(error.to_string()))?;
            let value = match value {
                Value::Object(mut fields) => {
                    fields.retain(|_, value| !value.is_null());
                    Value::Object(fields)
                }
                value => value,
            };
            session.printer(COLUMNS.into_iter()).value(&value)
        }
    }
}
