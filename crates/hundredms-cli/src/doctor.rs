//! `hundredms doctor`: checks credentials, network, clock, and a first call.

use std::env;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use clap::{ArgMatches, Command};
use console::style;
use hundredms::reqwest;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::arguments::one;
use crate::control::{Control, chain, local_root};
use crate::failure::{Failure, Result};
use crate::profile::{Connection, Settings, Source, path};
use crate::session::{Session, with_call, with_output};
use crate::visible::visible;

/// A clock that is off by more than this is a problem.
const CLOCK: Duration = Duration::from_secs(60);

pub(crate) fn command() -> Command {
    let command = Command::new("doctor")
        .about("Check credentials, proxy, DNS, TLS, clock and a first call, and say what to do")
        .after_help("Example:\n  hundredms doctor\n\nThe exit code is that of the first problem.");
    with_call(with_output(command))
}

/// The result of a check.
struct Check {
    name: &'static str,
    detail: String,
    /// The problem, and what to do.
    problem: Option<(Failure, String)>,
}

#[derive(Default)]
struct Checks(Vec<Check>);

impl Checks {
    fn good(&mut self, name: &'static str, detail: impl Into<String>) {
        self.0.push(Check {
            name,
            detail: visible(&Into::<String>::into(detail)),
            problem: None,
        });
    }

    fn bad(&mut self, name: &'static str, failure: Failure, advice: impl Into<String>) {
        self.0.push(Check {
            name,
            detail: visible(&failure.to_string()),
            problem: Some((failure, advice.into())),
        });
    }
}

pub(crate) async fn run(matches: &ArgMatches) -> Result {
    let session = Session::read(matches)?;
    let mut checks = Checks::default();
    match Settings::read() {
        Ok(settings) if settings.exists() => checks.good(
            "settings",
            format!(
                "{}, profiles: {}",
                settings.path().display(),
                settings.names().join(", ")
            ),
        ),
        Ok(settings) => checks.good(
            "settings",
            format!("{} does not exist", settings.path().display()),
        ),
        // Credentials of the environment need no file.
        Err(failure) if path().is_err() => checks.good("settings", failure.to_string()),
        Err(failure) => checks.bad(
            "settings",
            failure,
            "Mend the file, or remove it and run `hundredms login`.",
        ),
    }
    match Connection::find(one(matches, "profile")) {
        Ok(connection) => {
            credentials(&mut checks, &connection);
            network(&mut checks, &session, connection).await;
        }
        Err(failure) => checks.bad(
            "credentials",
            failure,
            "Set HMS_ACCESS_KEY and HMS_SECRET, or run `hundredms login`.",
        ),
    }
    print(&session, &checks)?;
    match checks.0.into_iter().find_map(|check| check.problem) {
        Some((failure, _)) => Err(Failure::Code(failure.code())),
        None => Ok(()),
    }
}

fn credentials(checks: &mut Checks, connection: &Connection) {
    match &connection.source {
        Source::Environment(key, secret) => {
            let access_key = env::var(key).unwrap_or_default();
            checks.good(
                "credentials",
                format!(
                    "{key} and {secret} of the environment, access key {}",
                    visible(&access_key)
                ),
            );
        }
        Source::Profile(name) => checks.good("credentials", format!("the profile {name:?}")),
        Source::Nowhere => checks.bad(
            "credentials",
            Failure::Settings("there are none".to_owned()),
            format!(
                "Set HMS_ACCESS_KEY and HMS_SECRET, or run `hundredms login`. {}",
                origin(&connection.base_url)
            ),
        ),
    }
}

/// Where the credentials of a server are found.
fn origin(base_url: &str) -> &'static str {
    if local_root(base_url).is_some() {
        "A sandbox prints them when it starts."
    } else {
        "They are in the dashboard of 100ms, under Developer."
    }
}

/// Return the variable that names the proxy for this URL.
fn proxy_variable(url: &reqwest::Url) -> Option<&'static str> {
    let names: &[&'static str] = match url.scheme() {
        "https" => &["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"],
        _ => &["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"],
    };
    names
        .iter()
        .find(|name| env::var(name).is_ok_and(|value| !value.is_empty()))
        .copied()
}

async fn network(checks: &mut Checks, session: &Session<'_>, connection: Connection) {
    let base_url = connection.base_url.clone();
    let Ok(url) = reqwest::Url::parse(&base_url) else {
        let failure = Failure::Settings(format!("{base_url:?} is not a URL"));
        checks.bad("server", failure, "Set HMS_BASE_URL or base_url of the profile to https://api.100ms.live/v2, or remove it.");
        return;
    };
    let is_local = local_root(&base_url).is_some();
    checks.good(
        "server",
        if is_local {
            format!("{base_url}, on this machine")
        } else {
            base_url.clone()
        },
    );
    let proxy = if is_local { None } else { proxy_variable(&url) };
    match proxy {
        Some(name) => {
            let value = env::var(name).unwrap_or_default();
            // The part before @ is a secret.
            let shown = value
                .rsplit_once('@')
                .map_or(value.as_str(), |(_, host)| host);
            checks.good("proxy", format!("{name}: {}", visible(shown)));
        }
        None => checks.good("proxy", "none"),
    }
    let host = url
        .host_str()
        .unwrap_or_default()
        .trim_start_matches('[')
        .trim_end_matches(']')
        .to_owned();
    let port = url.port_or_known_default().unwrap_or(443);
    if proxy.is_none() {
        let begun = Instant::now();
        match tokio::net::lookup_host((host.as_str(), port)).await {
            Ok(addresses) => {
                let addresses: Vec<String> =
                    addresses.map(|address| address.ip().to_string()).collect();
                let milliseconds = begun.elapsed().as_millis();
                checks.good(
                    "DNS",
                    format!("{host} is {} ({milliseconds} ms)", addresses.join(", ")),
                );
            }
            Err(error) => {
                let failure = connection_failure(&format!("{host}: {error}"));
                checks.bad("DNS", failure, "Check the network and the name servers of this machine (/etc/resolv.conf), or set HTTPS_PROXY.");
                return;
            }
        }
    }
    let client = match connection.builder.clone().build() {
        Ok(client) => client,
        Err(error) => {
            checks.bad("client", error.into(), "Correct the setting that it names.");
            return;
        }
    };
    answer(checks, &url).await;
    let begun = Instant::now();
    match client
        .call("rooms.list", br#"{"limit":10}"#, &session.options())
        .await
    {
        Ok(_) => checks.good(
            "first call",
            format!("rooms list, {} ms", begun.elapsed().as_millis()),
        ),
        Err(error) => {
            let failure = Failure::from(error);
            let advice = match failure.code() {
                6 => format!(
                    "The server does not know this access key, or the secret is another one. Copy both again. {}",
                    origin(&base_url)
                ),
                13 => reachable(&url).to_owned(),
                _ => failure
                    .advice(session.options().timeout)
                    .unwrap_or_default(),
            };
            checks.bad("first call", failure, advice);
        }
    }
}

fn connection_failure(problem: &str) -> Failure {
    Failure::Connection(problem.to_owned())
}

/// What to do if there is no connection.
fn reachable(url: &reqwest::Url) -> &'static str {
    if local_root(url.as_str()).is_some() {
        "Start the sandbox with `hundredms sandbox`."
    } else {
        "Check firewall and proxy: the command needs this host over HTTPS."
    }
}

/// Check the connection, and the clock by the date of the answer.
async fn answer(checks: &mut Checks, url: &reqwest::Url) {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(15));
    let client = if local_root(url.as_str()).is_some() {
        client.no_proxy()
    } else {
        client
    };
    let (name, client) = if url.scheme() == "https" {
        ("TLS", client)
    } else {
        // Needs none of the certificates of this machine, of which a small container has none.
        ("connection", client.tls_certs_only([]))
    };
    let client = match client.build() {
        Ok(client) => client,
        Err(error) => {
            checks.bad(
                name,
                connection_failure(&chain(&error)),
                "Check the certificates of this machine.",
            );
            return;
        }
    };
    let begun = Instant::now();
    // Any status will do.
    match client.get(url.clone()).send().await {
        Ok(answer) => {
            let took = begun.elapsed();
            checks.good(name, format!("answered in {} ms", took.as_millis()));
            let date = answer
                .headers()
                .get("date")
                .and_then(|date| date.to_str().ok());
            if let Some(date) = date.and_then(http_date) {
                // Its clock is advanced on purpose, and it takes the tokens of this machine all the same.
                let is_sandbox = matches!(Control::find(None, url.as_str()).await, Ok(Some(_)));
                clock(checks, url, date, took, is_sandbox);
            }
        }
        Err(error) => {
            let problem = chain(&error.without_url());
            let advice = if problem.contains("ertificate") {
                "A proxy may inspect TLS here. Put its certificate into a PEM file, and set SSL_CERT_FILE to that."
            } else {
                reachable(url)
            };
            checks.bad(name, connection_failure(&problem), advice);
        }
    }
}

/// Parse the date of a response: `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date(text: &str) -> Option<Timestamp> {
    let mut words = text.split(' ').skip(1);
    let (day, month, year, time) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let month = months.find(month).filter(|_| month.len() == 3)? / 3 + 1;
    format!("{year}-{month:02}-{day}T{time}Z").parse().ok()
}

fn clock(
    checks: &mut Checks,
    url: &reqwest::Url,
    date: Timestamp,
    took: Duration,
    is_sandbox: bool,
) {
    let off = Timestamp::now().duration_since(date).as_secs_f64();
    // The date has whole seconds, and the answer was under way.
    let slack = took.as_secs_f64() + 1.0;
    let size = off.abs();
    let direction = if off > 0.0 { "ahead of" } else { "behind" };
    let difference = format!("this machine is {size:.0} s {direction} the server");
    if size <= slack {
        checks.good("clock", "right to the second");
    } else if is_sandbox {
        checks.good(
            "clock",
            format!("{difference}, a sandbox whose clock was moved"),
        );
    } else if size <= CLOCK.as_secs_f64() {
        checks.good("clock", format!("{difference}, which tokens allow for"));
    } else {
        let advice = [
            "Turn on the synchronisation of the clock (NTP). Tokens are refused if the clock is off by much.",
            of_advanced(url),
        ];
        checks.bad("clock", Failure::Settings(difference), advice.concat());
    }
}

/// A hint for servers that are not of 100ms: a sandbox on another machine, as in Compose, is not looked for.
fn of_advanced(url: &reqwest::Url) -> &'static str {
    let host = url.host_str().unwrap_or_default();
    if host == "100ms.live" || host.ends_with(".100ms.live") {
        ""
    } else {
        " A sandbox whose clock was advanced is ahead on purpose."
    }
}

fn print(session: &Session<'_>, checks: &Checks) -> Result {
    let printer = session.printer(["check", "ok", "detail", "advice"].into_iter());
    if !printer.prints_lines() {
        let items = checks.0.iter().map(|check| {
            json!({
                "check": check.name,
                "ok": check.problem.is_none(),
                "detail": check.detail,
                "advice": check.problem.as_ref().map(|(_, advice)| advice),
            })
        });
        return printer.value(&Value::Array(items.collect()));
    }
    let mut text = String::new();
    for check in &checks.0 {
        let mark = match check.problem {
            None => style("ok  ").green(),
            Some(_) => style("FAIL").red().bold(),
        };
        let _ = writeln!(text, "{mark}  {:<11}  {}", check.name, check.detail);
        if let Some((_, advice)) = &check.problem {
            let _ = writeln!(text, "      {advice}");
        }
    }
    printer.text(&text)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::{SignedDuration, Timestamp};

    use super::{Checks, clock, http_date};

    /// The advice about a server whose clock is an hour ahead.
    fn advice(url: &str) -> String {
        let mut checks = Checks::default();
        let url = url.parse().expect("a URL");
        let date = Timestamp::now() + SignedDuration::from_hours(1);
        clock(&mut checks, &url, date, Duration::ZERO, false);
        let [check] = checks.0.as_slice() else {
            panic!("one check")
        };
        check.problem.as_ref().expect("a problem").1.clone()
    }

    #[test]
    fn a_server_that_is_not_of_100ms_may_be_an_advanced_sandbox() {
        assert!(advice("http://sandbox:8080/v2").ends_with("is ahead on purpose."));
        assert!(advice("https://not100ms.live/v2").ends_with("is ahead on purpose."));
        assert!(advice("https://api.100ms.live/v2").ends_with("is off by much."));
    }

    #[test]
    fn the_date_of_a_response_is_read() {
        let date = http_date("Sun, 06 Nov 1994 08:49:37 GMT").expect("a date");
        assert_eq!(date.to_string(), "1994-11-06T08:49:37Z");
        assert_eq!(http_date("yesterday"), None);
    }
}
