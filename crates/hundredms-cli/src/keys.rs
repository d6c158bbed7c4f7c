//! Keys that are pressed while a command runs.

use tokio::sync::mpsc;

/// Reads keys of the terminal, each at once. The terminal is as before when this is dropped.
#[derive(Debug)]
pub(crate) struct Keys {
    keys: mpsc::UnboundedReceiver<char>,
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
}

impl Keys {
    /// Begin to read. Reads nothing if standard input is not a terminal.
    pub(crate) fn read() -> Self {
        let (sender, keys) = mpsc::unbounded_channel();
        #[cfg(unix)]
        let before = one_by_one();
        if std::io::IsTerminal::is_terminal(&std::io::stdin()) {
            // It may end with the process only, because a read cannot be interrupted.
            std::thread::spawn(move || send_keys(&sender));
        }
        Self {
            keys,
            #[cfg(unix)]
            before,
        }
    }

    /// Return the next key. Never, if there is no terminal.
    pub(crate) async fn next(&mut self) -> char {
        match self.keys.recv().await {
            Some(key) => key,
            None => std::future::pending().await,
        }
    }
}

/// Send keys as they are pressed, while the process is in the foreground.
#[cfg(unix)]
fn send_keys(sender: &mpsc::UnboundedSender<char>) {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;

    let stdin = std::io::stdin();
    let pause = Timespec {
        tv_sec: 0,
        tv_nsec: 200_000_000,
    };
    let mut bytes = [0; 64];
    while !sender.is_closed() {
        match poll(&mut [PollFd::new(&stdin, PollFlags::IN)], Some(&pause)) {
            Ok(0) | Err(Errno::INTR) => continue,
            Ok(_) => {}
            Err(_) => return,
        }
        // What is typed is for the shell.
        if !is_in_foreground() {
            std::thread::sleep(std::time::Duration::from_millis(200));
            continue;
        }
        match rustix::io::read(&stdin, &mut bytes) {
            Ok(0) => return,
            Ok(read) => {
                for byte in &bytes[..read] {
                    let _ = sender.send(char::from(*byte));
                }
            }
            Err(Errno::INTR) => {}
            Err(_) => return,
        }
    }
}

#[cfg(not(unix))]
fn send_keys(sender: &mpsc::UnboundedSender<char>) {
    use std::io::Read as _;

    for byte in std::io::stdin().lock().bytes() {
        let Ok(byte) = byte else { return };
        if sender.send(char::from(byte)).is_err() {
            return;
        }
    }
}

/// Let the terminal hand over each key at once, without showing it. Ctrl-C is a signal as before.
#[cfg(unix)]
fn one_by_one() -> Option<rustix::termios::Termios> {
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

    if !is_in_foreground() {
        return None;
    }
    let before = tcgetattr(std::io::stdin()).ok()?;
    let mut changed = before.clone();
    changed
        .local_modes
        .remove(LocalModes::ICANON | LocalModes::ECHO);
    tcsetattr(std::io::stdin(), OptionalActions::Now, &changed).ok()?;
    Some(before)
}

/// Return whether the process may use its terminal. The system stops one in the background that does.
#[cfg(unix)]
pub(crate) fn is_in_foreground() -> bool {
    let group = rustix::termios::tcgetpgrp(std::io::stdin());
    group.is_ok_and(|group| group == rustix::process::getpgrp())
}

#[cfg(not(unix))]
pub(crate) fn is_in_foreground() -> bool {
    true
}

impl Drop for Keys {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let (Some(before), true) = (&self.before, is_in_foreground()) {
            let now = rustix::termios::OptionalActions::Now;
            let _ = rustix::termios::tcsetattr(std::io::stdin(), now, before);
        }
    }
}
