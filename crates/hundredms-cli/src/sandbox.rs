//! `hundredms sandbox`: a sandbox for use from any language, until Ctrl-C or SIGTERM.

use std::io;

use clap::{Arg, ArgMatches, Args as _, Command, FromArgMatches as _};
use hundredms_sandbox::command::{Arguments, greeting, stop_signal};
use serde_json::Value;

use crate::arguments::{contents, one};
use crate::failure::{Failure, Result};
use crate::session::Session;

const PROGRAM: &str = "hundredms";

pub(crate) fn command() -> Command {
    let seed = Arg::new("seed").long("seed").value_name("FILE").help(
        "Run the controls in this file first: a JSON list of objects such as {\"seed\": {\"rooms\": 20}}",
    );
    Arguments::augment_args(Command::new("sandbox"))
        .arg(seed)
        .about("Emulate the 100ms server-side API on this machine, in memory")
        .long_about("Emulate the 100ms server-side API on this machine, in memory\n\nGET /_sandbox/health returns 200 as soon as the sandbox is up. Secrets on the command line are visible in the process list. Pass them in files, or in HMS_SANDBOX_SECRET and HMS_SANDBOX_WEBHOOK_SIGNING_KEY.")
        .after_help("Example:\n  hundredms sandbox --port 8100 --webhook-url http://localhost:3000/webhooks")
}

pub(crate) async fn run(matches: &ArgMatches) -> Result {
    let session = Session::read(matches)?;
    let arguments =
        Arguments::from_arg_matches(matches).map_err(|error| Failure::Usage(error.to_string()))?;
    let with_dashboard = arguments.has_dashboard();
    let builder = arguments.builder(PROGRAM).map_err(|error| {
        let is_setting = error.kind() == io::ErrorKind::InvalidInput;
        let failure = if is_setting {
            Failure::Settings
        } else {
            Failure::Other
        };
        failure(error.to_string())
    })?;
    let seed = one(matches, "seed").map(seeds).transpose()?;
    let stop_signal = stop_signal()?;
    let sandbox = builder.start().await?;
    for (name, arguments) in seed.unwrap_or_default() {
        let seeded = sandbox.control_async(&name, arguments).await;
        seeded.map_err(|error| Failure::Other(format!("--seed: {name}: {error}")))?;
    }
    session
        .printer(std::iter::empty())
        .text(&greeting(&sandbox, with_dashboard))?;
    stop_signal.await?;
    sandbox.stop().await;
    Ok(())
}

/// Read the controls of a file.
fn seeds(file: &str) -> Result<Vec<(String, Value)>> {
    let problem = |problem: &str| {
        Failure::Usage(format!(
            "--seed: {file}: {problem}; it must be a JSON list of objects such as {{\"seed\": {{\"rooms\": 20}}}}"
        ))
    };
    let value: Value = serde_json::from_str(&contents("--seed", &format!("@{file}"))?)
        .map_err(|error| problem(&error.to_string()))?;
    let items = match value {
        Value::Array(items) => items,
        item => vec![item],
    };
    let mut controls = Vec::new();
    for item in items {
        let Value::Object(fields) = item else {
            return Err(problem("an item is not an object"));
        };
        controls.extend(fields);
    }
    Ok(controls)
}
