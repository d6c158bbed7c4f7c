//! The command `hundredms-sandbox`: a sandbox for use from any language, until Ctrl-C or SIGTERM.

use std::{io, process::ExitCode};

use clap::{Parser, error::ErrorKind};
use hundredms_sandbox::command::{Arguments, greeting, stop_signal};

/// Emulate the 100ms server-side API on this machine, in memory
///
/// GET /_sandbox/health returns 200 as soon as the sandbox is up. Secrets on the command line are visible in the process list. Pass
/// them in files, or in `HMS_SANDBOX_SECRET` and `HMS_SANDBOX_WEBHOOK_SIGNING_KEY`.
#[derive(Parser)]
#[command(version)]
struct Command {
    #[command(flatten)]
    arguments: Arguments,
}

fn main() -> ExitCode {
    let command = match Command::try_parse() {
        Ok(command) => command,
        Err(error) => return explain(&error),
    };
    match run(command.arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hundredms-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Print the help or the version, or the error in one line.
fn explain(error: &clap::Error) -> ExitCode {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let text = error.render().to_string();
    let lines = text.lines().map(str::trim);
    let lines =
        lines.take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more"));
    let line: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
    let line = line.join(" ");
    eprintln!(
        "hundredms-sandbox: {} (see --help)",
        line.strip_prefix("error: ").unwrap_or(&line)
    );
    ExitCode::from(2)
}

fn run(arguments: Arguments) -> io::Result<()> {
    let with_dashboard = arguments.has_dashboard();
    let builder = arguments.builder("hundredms-sandbox")?;
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(async {
            let stop_signal = stop_signal()?;
            let sandbox = builder.start().await?;
            print!("{}", greeting(&sandbox, with_dashboard));
            stop_signal.await?;
            sandbox.stop().await;
            Ok(())
        })
}
