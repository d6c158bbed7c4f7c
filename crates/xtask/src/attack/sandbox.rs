//! A sandbox in a separate process, started by its command, so that its memory can be measured.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use super::http::{self, Answer};
use crate::shell::{BoxError, root, run_command, target};

/// A running command. It ends when this value is dropped.
pub(crate) struct Sandbox {
    process: Child,
    pub(crate) address: SocketAddr,
}

impl Sandbox {
    pub(crate) fn start() -> Result<Self, BoxError> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        run_command(
            Command::new(cargo)
                .args([
                    "build",
                    "--quiet",
                    "--locked",
                    "--package",
                    "hundredms-sandbox",
                ])
                .current_dir(root()),
        )?;
        let mut process = Command::new(target().join("debug/hundredms-sandbox"))
            .args(["--port", "0"])
            .stdout(Stdio::piped())
            .spawn()?;
        let output = process.stdout.take().ok_or("no output")?;
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let url = lines.find_map(|line| {
            let url = line.strip_prefix("export HMS_BASE_URL=http://")?;
            url.trim_end_matches("/v2").parse().ok()
        });
        Ok(Self {
            process,
            address: url.ok_or("the sandbox did not start")?,
        })
    }

    /// Call a control, as a program on this machine does.
    pub(crate) fn control(&self, name: &str, arguments: &str) -> Result<Answer, BoxError> {
        let host = self.address.to_string();
        let headers = [
            ("host", host.as_str()),
            ("content-type", "application/json"),
        ];
        let line = format!("POST /_sandbox/{name}");
        http::send(self.address, &line, &headers, arguments.as_bytes())
    }

    /// Return its resident memory in MiB. `None` if the system does not report it.
    pub(crate) fn resident(&self) -> Option<u64> {
        resident(self.process.id())
    }
}

/// Return the resident memory of a process in MiB. `None` if the system does not report it.
pub(crate) fn resident(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.trim().split(' ').next()?.parse().ok()?;
    Some(kibibytes >> 10)
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
