//! Cassettes: what is recorded of calls with secrets, to servers that write secrets into their responses.

use std::fs;

use serde_json::json;

use super::class::Class;
use super::secrets::{CANARY, SECRET, echoing, leaks, servers};
use super::server::Server;
use super::victim::{Shown, Victim};
use crate::shell::{BoxError, target};

pub(super) const CLASS: Class = Class {
    name: "cassettes",
    is_core: true,
    run,
};

fn run(victims: &[Victim]) -> Result<Vec<String>, BoxError> {
    let mut servers = servers()?;
    servers.push(echoing()?);
    let urls: Vec<_> = servers.iter().map(Server::url).collect();
    let mut lines = Vec::new();
    for victim in victims {
        let folder = target().join("attack").join(victim.name());
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)?;
        let told = json!({ "urls": urls, "canary": CANARY, "secret": SECRET, "folder": folder });
        let shown: Shown = victim.run("record", &told)?;
        let mut length = 0;
        for index in 0..urls.len() {
            let text = fs::read_to_string(folder.join(format!("{index}.json")))?;
            if !text.contains("rooms.create") {
                return Err(format!("{}: cassette {index} lacks its calls", victim.name()).into());
            }
            if let Some(leak) = leaks(&text).first() {
                return Err(format!("{}: cassette {index}: {leak}", victim.name()).into());
            }
            length += text.len();
        }
        lines.push(format!(
            "{}: {} calls in {} cassettes of {} KiB, with no secret",
            victim.name(),
            shown.count,
            urls.len(),
            length >> 10
        ));
    }
    Ok(lines)
}
