//! `hundredms login`, `logout` and `config`: the file of profiles.

use clap::{Arg, ArgAction, ArgMatches, Command};
use console::Term;
use hundredms::reqwest;
use serde_json::{Value, json};

use crate::arguments::{contents, flag, one, required};
use crate::failure::{Failure, Result};
use crate::interruptible;
use crate::keys::is_in_foreground;
use crate::output::say;
use crate::profile::{API, KEYS, Settings, path};
use crate::session::{Session, with_output};

pub(crate) fn login_command() -> Command {
    Command::new("login")
        .about("Store the credentials of a workspace in a profile")
        .long_about("Store the credentials of a workspace in a profile\n\nAsks for the secret without showing it, or reads it from a file. Makes a call to check them. The file of settings can be read by its owner only.")
        .args([
            Arg::new("access-key").long("access-key").value_name("KEY").help("The access key of the workspace. Asked for if missing"),
            Arg::new("secret-file").long("secret-file").value_name("FILE").help("File with the secret, or - for standard input. Asked for if missing"),
            Arg::new("secret").long("secret").value_name("SECRET").hide(true).conflicts_with("secret-file"),
            Arg::new("base-url").long("base-url").value_name("URL").help("Base URL of the API, if it is not the service's"),
            Arg::new("no-check").long("no-check").action(ArgAction::SetTrue).help("Store them without a call"),
        ])
        .after_help("Example:\n  hundredms login\n  hundredms login --profile staging --access-key KEY --secret-file secret.txt")
}

pub(crate) fn logout_command() -> Command {
    Command::new("logout")
        .about("Remove a profile with its credentials")
        .after_help("Example:\n  hundredms logout --profile staging")
}

pub(crate) fn config_command() -> Command {
    Command::new("config")
        .about("Show and change the profiles")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(with_output(
            Command::new("list")
                .about("List the profiles, without secrets")
                .after_help("Example:\n  hundredms config list"),
        ))
        .subcommand(
            Command::new("set")
                .about("Set a value of a profile")
                .args([
                    Arg::new("key").required(true).value_parser(KEYS).help("What to set"),
                    Arg::new("value").help("The value. A secret is asked for, or given as @FILE or -"),
                ])
                .after_help("Example:\n  hundredms config set base_url http://127.0.0.1:8100/v2 --profile local\n  hundredms config set secret @secret.txt"),
        )
        .subcommand(
            Command::new("unset")
                .about("Remove a value of a profile")
                .arg(Arg::new("key").required(true).value_parser(KEYS).help("What to remove"))
                .after_help("Example:\n  hundredms config unset base_url --profile local"),
        )
        .subcommand(
            Command::new("use")
                .about("Make a profile the default")
                .arg(Arg::new("name").required(true).help("Name of the profile"))
                .after_help("Example:\n  hundredms config use staging"),
        )
        .subcommand(
            Command::new("path")
                .about("Print the path of the file of settings")
                .after_help("Example:\n  hundredms config path"),
        )
}

fn profile_name(matches: &ArgMatches, settings: &Settings) -> String {
    one(matches, "profile").map_or_else(|| settings.usual(), str::to_owned)
}

/// Return whether there is a terminal, and the command is in its foreground. In the background, a question would stop the command.
fn can_ask() -> bool {
    console::user_attended_stderr()
        && std::io::IsTerminal::is_terminal(&std::io::stdin())
        && is_in_foreground()
}

/// Ask for a secret, without showing it.
fn asked_secret(what: &str) -> Result<String> {
    let terminal = Term::stderr();
    if !can_ask() {
        return Err(Failure::Usage(format!(
            "there is no terminal to ask for the {what}; give it in a file"
        )));
    }
    terminal.write_str(&format!("{what}: "))?;
    let secret = interruptible::read(move || terminal.read_secure_line())?;
    not_empty(what, &secret)
}

fn asked(what: &str) -> Result<String> {
    let terminal = Term::stderr();
    if !can_ask() {
        return Err(Failure::Usage(format!(
            "there is no terminal to ask for the {what}; give it as an option"
        )));
    }
    terminal.write_str(&format!("{what}: "))?;
    let line = interruptible::read(move || terminal.read_line())?;
    not_empty(what, &line)
}

fn not_empty(what: &str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Failure::Usage(format!("the {what} is empty")));
    }
    Ok(text.to_owned())
}

fn check_url(name: &str, text: &str) -> Result {
    match reqwest::Url::parse(text) {
        Ok(url) if url.has_host() && matches!(url.scheme(), "http" | "https") => Ok(()),
        _ => Err(Failure::Usage(format!(
            "{name}: must be an absolute URL, for example {API}, not {text:?}"
        ))),
    }
}

pub(crate) async fn login(matches: &ArgMatches) -> Result {
    let base_url = one(matches, "base-url");
    base_url.map_or(Ok(()), |url| check_url("--base-url", url))?;
    let mut settings = Settings::read()?;
    let profile = profile_name(matches, &settings);
    let access_key = match one(matches, "access-key") {
        Some(key) => key.to_owned(),
        None => asked("access key")?,
    };
    let secret = match (one(matches, "secret-file"), one(matches, "secret")) {
        (Some("-"), _) => not_empty("secret", &contents("--secret-file", "-")?)?,
        (Some(file), _) => not_empty("secret", &contents("--secret-file", &format!("@{file}"))?)?,
        (None, Some(secret)) => {
            say(
                "hundredms: warning: --secret is visible in the process list and in the history of the shell; use --secret-file",
            );
            secret.to_owned()
        }
        (None, None) => asked_secret("secret")?,
    };
    settings.set(&profile, "access_key", Some(&access_key));
    settings.set(&profile, "secret", Some(&secret));
    if let Some(url) = base_url {
        settings.set(&profile, "base_url", Some(url));
        // The service has another one for its tokens; anything else is probably a sandbox.
        let auth_url = (url.trim_end_matches('/') != API).then_some(url);
        settings.set(&profile, "auth_url", auth_url);
    }
    if !flag(matches, "no-check") {
        let mut builder = hundredms::Client::builder().keys(&access_key, &secret);
        let base_url = settings.get(&profile, "base_url").unwrap_or(API);
        builder = builder.base_url(base_url);
        let session = Session::read(matches)?;
        let client = builder.build()?;
        client
            .call("rooms.list", br#"{"limit":10}"#, &session.options())
            .await?;
    }
    settings.write()?;
    let usual = if settings.usual() == profile {
        " It is the default."
    } else {
        ""
    };
    say(&format!(
        "Stored the profile {profile:?} in {}.{usual}",
        settings.path().display()
    ));
    Ok(())
}

pub(crate) fn logout(matches: &ArgMatches) -> Result {
    let mut settings = Settings::read()?;
    let profile = profile_name(matches, &settings);
    settings.check_has(&profile)?;
    settings.remove(&profile);
    settings.write()?;
    say(&format!("Removed the profile {profile:?}."));
    Ok(())
}

pub(crate) fn config(matches: &ArgMatches) -> Result {
    let Some((name, matches)) = matches.subcommand() else {
        return Ok(());
    };
    if name == "path" {
        let session = Session::read(matches)?;
        let path = path()?.display().to_string();
        return session.printer(std::iter::empty()).text(&path);
    }
    let mut settings = Settings::read()?;
    let profile = profile_name(matches, &settings);
    let done = match name {
        "list" => {
            let session = Session::read(matches)?;
            let usual = settings.usual();
            let profiles = settings.names().into_iter().map(|name| {
                json!({
                    "name": name,
                    "default": name == usual,
                    "access_key": settings.get(&name, "access_key"),
                    "has_secret": settings.get(&name, "secret").is_some(),
                    "base_url": settings.get(&name, "base_url"),
                })
            });
            let profiles = Value::Array(profiles.collect());
            let columns = ["name", "default", "access_key", "has_secret", "base_url"];
            return session.printer(columns.into_iter()).value(&profiles);
        }
        "set" => {
            let key = required(matches, "key")?;
            let value = match (key, one(matches, "value")) {
                ("secret", Some(text)) => crate::arguments::secret("<value>", text)?,
                ("secret", None) => asked_secret("secret")?,
                ("base_url" | "auth_url", Some(text)) => {
                    check_url("<value>", text)?;
                    text.to_owned()
                }
                (_, Some(text)) => text.to_owned(),
                (_, None) => return Err(Failure::Usage("<value> is missing".to_owned())),
            };
            settings.set(&profile, key, Some(&value));
            format!("Set {key} of the profile {profile:?}.")
        }
        "unset" => {
            settings.check_has(&profile)?;
            let key = required(matches, "key")?;
            settings.set(&profile, key, None);
            format!("Removed {key} of the profile {profile:?}.")
        }
        _ => {
            let name = required(matches, "name")?;
            settings.check_has(name)?;
            settings.make_usual(name);
            format!("The default is the profile {name:?} now.")
        }
    };
    settings.write()?;
    say(&done);
    Ok(())
}
