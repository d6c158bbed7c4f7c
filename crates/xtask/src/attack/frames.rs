//! Frames: secrets in what a program prints, logs or reports, including the variables of the frames of an exception.

use serde_json::json;

use super::class::Class;
use super::secrets::{CANARY, SECRET, leaks, servers};
use super::server::Server;
use super::victim::{Shown, Victim};
use crate::shell::BoxError;

pub(super) const CLASS: Class = Class {
    name: "frames",
    is_core: true,
    run,
};

fn run(victims: &[Victim]) -> Result<Vec<String>, BoxError> {
    let servers = servers()?;
    let urls: Vec<_> = servers.iter().map(Server::url).collect();
    let mut lines = Vec::new();
    for victim in victims {
        let told = json!({ "urls": urls, "canary": CANARY, "secret": SECRET });
        let shown: Shown = victim.run("show", &told)?;
        let leaks = leaks(&shown.text);
        if let Some(leak) = leaks.first() {
            let count = leaks.len();
            return Err(format!("{}: {count} lines with a secret: {leak}", victim.name()).into());
        }
        lines.push(format!(
            "{}: {} values and errors in {} KiB of text, with no secret",
            victim.name(),
            shown.count,
            shown.text.len() >> 10
        ));
    }
    Ok(lines)
}
