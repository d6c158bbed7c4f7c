//! The two cores of a run: one for the clients, one for the server.

use std::process::{Command, Stdio};

use crate::shell::BoxError;

/// Numbers of the cores.
#[derive(Clone, Copy)]
pub(super) struct Cores {
    client: usize,
    server: usize,
}

impl Cores {
    /// The first two that this process may use.
    pub(super) fn find() -> Result<Self, BoxError> {
        let status = std::fs::read_to_string("/proc/self/status")
            .map_err(|error| format!("the benchmark runs on Linux: {error}"))?;
        let allowed = status
            .lines()
            .find_map(|line| line.strip_prefix("Cpus_allowed_list:"))
            .map_or_else(Vec::new, listed);
        let taskset = Command::new("taskset")
            .arg("--version")
            .stdout(Stdio::null())
            .status();
        taskset.map_err(|error| format!("`taskset` (of util-linux) is needed: {error}"))?;
        match allowed.as_slice() {
            [client, server, ..] => Ok(Self {
                client: *client,
                server: *server,
            }),
            _ => Err("the benchmark needs two cores, one for the clients and one for the server; this process may use one".into()),
        }
    }

    /// `command`, on the core of the clients.
    pub(super) fn client(self, command: &Command) -> Command {
        pinned(self.client, command)
    }

    /// `command`, on the core of the server.
    pub(super) fn server(self, command: &Command) -> Command {
        pinned(self.server, command)
    }

    /// Restrict a running process to the core of the clients, or allow both.
    pub(super) fn repin(self, process: u32, both: bool) -> Result<(), BoxError> {
        let cores = if both {
            format!("{},{}", self.client, self.server)
        } else {
            self.client.to_string()
        };
        let pinned = Command::new("taskset")
            .args(["-a", "-c", "-p", &cores, &process.to_string()])
            .stdout(Stdio::null())
            .status()?;
        if pinned.success() {
            return Ok(());
        }
        Err("a worker cannot be pinned to a core".into())
    }
}

fn pinned(core: usize, command: &Command) -> Command {
    let mut pinned = Command::new("taskset");
    pinned
        .args(["-c", &core.to_string()])
        .arg(command.get_program())
        .args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        pinned.current_dir(folder);
    }
    pinned
}

/// The numbers in a list such as `0-1,4`.
fn listed(list: &str) -> Vec<usize> {
    let ranges = list.trim().split(',').filter_map(|range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        Some(first.parse::<usize>().ok()?..=last.parse().ok()?)
    });
    ranges.flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn a_list_of_cores_has_numbers_and_ranges() {
        assert_eq!(listed("\t0-1,4\n"), [0, 1, 4]);
        assert_eq!(listed("3"), [3]);
    }
}
