//! `cargo xtask demo`: the main job, step by step against a sandbox, in every language.

mod mistakes;
mod story;

use std::fmt::Display;

use crate::commands::Failure;

/// Runs the demo step by step, and compares each result with the expectation.
pub(crate) struct Teller {
    steps: u32,
}

impl Teller {
    /// Print a step and its result.
    fn step(&mut self, what: &str, came: impl Display) {
        self.steps += 1;
        println!("  {:>2}. {what:<46} {came}", self.steps);
    }
}

/// Fail unless a result is as expected.
fn expect(holds: bool, what: &str) -> Result<(), Failure> {
    if holds {
        return Ok(());
    }
    Err(format!("not as expected: {what}").into())
}

/// Run the demo in Rust.
pub(crate) fn rust() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let sandbox = hundredms_sandbox::Sandbox::start().await?;
        println!("Rust, against a sandbox at {}\n", sandbox.base_url());
        let client = hundredms::Client::builder()
            .keys(sandbox.access_key(), sandbox.secret())
            .base_url(sandbox.base_url())
            .auth_url(sandbox.auth_url())
            .build()?;
        let mut teller = Teller { steps: 0 };
        story::tell(&mut teller, &sandbox, &client).await?;
        println!("\n  Mistakes, and what is said of them:\n");
        mistakes::tell(&mut teller, &sandbox, &client).await?;
        sandbox.stop().await;
        println!("\n{} steps, every answer as expected.", teller.steps);
        Ok(())
    })
}
