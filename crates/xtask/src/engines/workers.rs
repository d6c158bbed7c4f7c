//! The processes that are connected to a port of this machine: the workers that read from a sandbox.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use crate::shell::BoxError;

/// The state of an established connection in `/proc/net/tcp`.
const ESTABLISHED: &str = "01";

/// Return the processes with a connection to this port, except this one.
pub(super) fn connected_to(port: u16) -> Result<BTreeSet<u32>, BoxError> {
    let table = fs::read_to_string("/proc/net/tcp")?;
    let sockets: BTreeSet<String> = table
        .lines()
        .filter_map(|line| socket(line, port))
        .collect();
    let own = std::process::id();
    let processes = fs::read_dir("/proc")?.filter_map(|entry| {
        let id = entry.ok()?.file_name().to_str()?.parse().ok()?;
        (id != own).then_some(id)
    });
    Ok(processes.filter(|id| holds(*id, &sockets)).collect())
}

/// The name of the socket in a line, if it is an established connection to this port.
fn socket(line: &str, port: u16) -> Option<String> {
    let columns: Vec<&str> = line.split_whitespace().collect();
    let [_, _, remote, state, _, _, _, _, _, inode, ..] = columns[..] else {
        return None;
    };
    let (_, to) = remote.split_once(':')?;
    let is_one = state == ESTABLISHED && u16::from_str_radix(to, 16) == Ok(port);
    is_one.then(|| format!("socket:[{inode}]"))
}

fn holds(process: u32, sockets: &BTreeSet<String>) -> bool {
    let Ok(files) = fs::read_dir(format!("/proc/{process}/fd")) else {
        return false;
    };
    let mut links = files.filter_map(|file| fs::read_link(file.ok()?.path()).ok());
    links.any(|link| link.to_str().is_some_and(|link| sockets.contains(link)))
}

/// Return whether a process of Ray says that it waits for a task. Its connection is open nevertheless.
pub(super) fn is_idle(process: u32) -> bool {
    let command = fs::read_to_string(format!("/proc/{process}/cmdline"));
    command.is_ok_and(|command| command.starts_with("ray::IDLE"))
}

/// Return the process that started this one, followed by all that it started.
pub(super) fn family(process: u32) -> Result<Vec<u32>, BoxError> {
    let parent = parent_of(process).ok_or("the worker has ended")?;
    let processes = fs::read_dir("/proc")?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|id| parent_of(*id) == Some(parent));
    Ok([parent].into_iter().chain(processes).collect())
}

fn parent_of(process: u32) -> Option<u32> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let parent = status.lines().find_map(|line| line.strip_prefix("PPid:"))?;
    parent.trim().parse().ok()
}

/// End a process at once.
pub(super) fn kill(process: u32) -> Result<(), BoxError> {
    // It may have ended by itself.
    let _ = Command::new("kill")
        .args(["-KILL", &process.to_string()])
        .status()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::net::{TcpListener, TcpStream};
    use std::process::Command;
    use std::time::{Duration, Instant};

    use super::{connected_to, family, socket};

    #[test]
    fn a_line_names_the_socket_of_a_connection_to_the_port() {
        let line = "  5: 0100007F:D7B8 0100007F:1F90 01 00000000:00000000 02:000005C7 00000000     0        0 73161 2 0 20 4 0 10 -1";
        assert_eq!(socket(line, 8080).as_deref(), Some("socket:[73161]"));
        assert_eq!(socket(line, 8081), None);
        assert_eq!(socket(&line.replace(" 01 0", " 06 0"), 8080), None);
        assert_eq!(socket("  sl  local_address rem_address   st", 8080), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_family_is_the_parent_and_its_children() {
        let mut children = [(); 2].map(|()| Command::new("sleep").arg("600").spawn().unwrap());
        let found = family(children[0].id()).unwrap();
        let expected = children.each_ref().map(std::process::Child::id);
        for child in &mut children {
            child.kill().unwrap();
            child.wait().unwrap();
        }
        assert_eq!(found[0], std::process::id());
        assert!(expected.iter().all(|child| found.contains(child)));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_is_no_worker() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let _connection = TcpStream::connect(("127.0.0.1", port)).unwrap();
        // Processes that other tests start have the connections of this one for a moment.
        let until = Instant::now() + Duration::from_secs(10);
        while !connected_to(port).unwrap().is_empty() {
            assert!(Instant::now() < until);
        }
    }
}
