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
            // It ends with the process, because a read cannot be interrupted.
            std::thread::spawn(move || {
                use std::io::Read as _;
                for byte in std::io::stdin().lock().bytes() {
                    let Ok(byte) = byte else { return };
                    if sender.send(char::from(byte)).is_err() {
                        return;
                    }
                }
            });
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

/// Let the terminal hand over each key at once, without showing it. Ctrl-C is a signal as before.
#[cfg(unix)]
fn one_by_one() -> Option<rustix::termios::Termios> {
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

    let before = tcgetattr(std::io::stdin()).ok()?;
    let mut changed = before.clone();
    changed
        .local_modes
        .remove(LocalModes::ICANON | LocalModes::ECHO);
    tcsetattr(std::io::stdin(), OptionalActions::Now, &changed).ok()?;
    Some(before)
}

impl Drop for Keys {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(before) = &self.before {
            let now = rustix::termios::OptionalActions::Now;
            let _ = rustix::termios::tcsetattr(std::io::stdin(), now, before);
        }
    }
}
