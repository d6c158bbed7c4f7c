//! Waits that something outside ends: [`read`] for standard input, until Ctrl-C; [`reader_gone`] for the end of a pipe.

use std::future::{Future as _, poll_fn};
use std::io;
use std::pin::pin;
use std::sync::mpsc;
use std::thread;

use crate::failure::{Failure, Result};
#[cfg(unix)]
use crate::keys::is_in_foreground;

/// Read something that blocks, on a thread of its own. Ctrl-C ends the wait at once, also if no runtime is polled meanwhile. The
/// terminal shows again then what is typed.
pub(crate) fn read<T: Send + 'static>(
    read: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T> {
    let (sender, results) = mpsc::channel();
    let (ready, is_ready) = mpsc::channel();
    let interrupted = sender.clone();
    // Both threads end with the process if they are not done, because a read cannot be interrupted.
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let Ok(runtime) = runtime else { return };
        runtime.block_on(async {
            let mut signal = pin!(tokio::signal::ctrl_c());
            let mut ready = Some(ready);
            let caught = poll_fn(|context| {
                let polled = signal.as_mut().poll(context);
                if let Some(ready) = ready.take() {
                    let _ = ready.send(());
                }
                polled
            });
            if caught.await.is_ok() {
                let _ = interrupted.send(None);
            }
        });
    });
    // Its sender is dropped if there can be no handler.
    let _ = is_ready.recv();
    let before = Terminal::look();
    thread::spawn(move || sender.send(Some(read())));
    if let Ok(Some(result)) = results.recv() {
        return Ok(result?);
    }
    before.restore();
    Err(Failure::Interrupted)
}

/// Wait until nobody reads standard output any more, as after `| head -1`. Never, where this cannot be seen.
pub(crate) async fn reader_gone() {
    while !is_reader_gone() {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
}

/// Linux reports an error for a pipe without a reader, other systems report that it was hung up.
#[cfg(unix)]
fn is_reader_gone() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    let stdout = io::stdout();
    let mut descriptors = [PollFd::new(&stdout, PollFlags::empty())];
    let looked = poll(&mut descriptors, Some(&Timespec::default()));
    let gone = PollFlags::ERR | PollFlags::HUP;
    looked.is_ok() && descriptors[0].revents().intersects(gone)
}

#[cfg(not(unix))]
fn is_reader_gone() -> bool {
    false
}

/// The settings of the terminal.
struct Terminal {
    #[cfg(unix)]
    settings: Option<rustix::termios::Termios>,
}

impl Terminal {
    fn look() -> Self {
        Self {
            #[cfg(unix)]
            settings: rustix::termios::tcgetattr(io::stdin()).ok(),
        }
    }

    fn restore(&self) {
        #[cfg(unix)]
        if let (Some(settings), true) = (&self.settings, is_in_foreground()) {
            let now = rustix::termios::OptionalActions::Now;
            let _ = rustix::termios::tcsetattr(io::stdin(), now, settings);
        }
    }
}
