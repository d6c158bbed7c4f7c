//! The door: whether new connections are let in.

use std::time::Duration;

use tokio::{sync::watch, time::Instant};

/// Tells the server to refuse connections for a while.
#[derive(Debug, Clone)]
pub(crate) struct Door(watch::Sender<Option<Instant>>);

impl Default for Door {
    fn default() -> Self {
        Self(watch::Sender::new(None))
    }
}

impl Door {
    /// Sends all away who are idle, and lets nobody in for so long.
    pub(crate) fn shut(&self, time: Duration) {
        self.0.send_replace(Instant::now().checked_add(time));
    }

    /// Sees it shut, and until when.
    pub(crate) fn watch(&self) -> watch::Receiver<Option<Instant>> {
        self.0.subscribe()
    }
}
