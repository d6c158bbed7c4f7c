//! [`PlainThread`]: the thread that reads from a server without TLS.
//!
//! A server that sends 1xx heads without end keeps the thread that reads them busy, because hyper does not limit them. Over TLS, a
//! few kB are read before other tasks run. Without TLS, it is tens of MB. So servers without TLS are separated from those with TLS,
//! and from each other as far as there are threads.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Mutex, OnceLock, PoisonError};

use tokio::runtime::{Builder, Handle};
use url::Url;

use super::proxy::is_loopback;

/// Over how many threads the servers without TLS are distributed.
pub(crate) const PLAIN_THREADS: usize = 3;

/// Servers without TLS, in order of first use. Cleared when there are many.
struct Servers(Vec<String>);

const MAX_SERVERS: usize = 64 * PLAIN_THREADS;

impl Servers {
    const fn new() -> Self {
        Self(Vec::new())
    }

    fn number_for(&mut self, server: &str) -> usize {
        let known = self.0.iter().position(|known| known == server);
        let position = known.unwrap_or_else(|| {
            if self.0.len() >= MAX_SERVERS {
                self.0.clear();
            }
            self.0.push(server.to_owned());
            self.0.len() - 1
        });
        position % PLAIN_THREADS
    }
}

/// Return the number of the thread for a server without TLS, less than [`PLAIN_THREADS`].
pub(crate) fn number_for(server: &str) -> usize {
    static SERVERS: Mutex<Servers> = Mutex::new(Servers::new());
    let mut servers = SERVERS.lock().unwrap_or_else(PoisonError::into_inner);
    servers.number_for(server)
}

/// A thread of this crate that connections to servers without TLS are read on, instead of on those of the program.
#[derive(Debug, Clone)]
pub(crate) struct PlainThread(Handle);

impl PlainThread {
    /// Return the thread for the server at `base`.
    ///
    /// `None` if it uses TLS or is on this machine. Also if the thread cannot be started: then the program's own threads read.
    pub(crate) fn of(base: &Url) -> Option<Self> {
        static THREADS: [OnceLock<Option<Handle>>; PLAIN_THREADS] =
            [const { OnceLock::new() }; PLAIN_THREADS];
        if base.scheme() == "https" || is_loopback(base) {
            return None;
        }
        let number = number_for(&base.origin().ascii_serialization());
        THREADS[number].get_or_init(started).clone().map(Self)
    }

    /// Run `future`. The connections that it opens are read on this thread.
    pub(crate) async fn run<F: Future>(&self, future: F) -> F::Output {
        let mut future = pin!(future);
        poll_fn(|context| {
            let _entered = self.0.enter();
            future.as_mut().poll(context)
        })
        .await
    }
}

/// Start a thread that runs tasks until the program ends.
fn started() -> Option<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build().ok()?;
    let handle = runtime.handle().clone();
    std::thread::Builder::new()
        .name("hundredms-plain".to_owned())
        .spawn(move || runtime.block_on(std::future::pending::<()>()))
        .ok()?;
    Some(handle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_other_machines_without_tls_have_a_thread() {
        let has = |base: &str| PlainThread::of(&base.parse().expect("a URL")).is_some();
        assert!(has("http://api.example/v2"));
        for base in [
            "https://api.example/v2",
            "http://localhost:1/v2",
            "http://127.0.0.1:1/v2",
            "http://[::1]:1/v2",
        ] {
            assert!(!has(base), "{base}");
        }
    }

    #[test]
    fn servers_are_distributed_over_the_threads_and_their_number_is_bounded() {
        let mut servers = Servers::new();
        let mut number = |server: &str| servers.number_for(server);
        assert_eq!(["a", "b", "a", "c", "d"].map(&mut number), [0, 1, 0, 2, 0]);
        for port in 0..5 * MAX_SERVERS {
            assert!(number(&format!("many.example:{port}")) < PLAIN_THREADS);
        }
        assert!(servers.0.len() <= MAX_SERVERS);
    }

    #[tokio::test]
    async fn what_a_future_starts_runs_on_the_thread() {
        let plain = PlainThread::of(&"http://thread.example".parse().expect("a URL"));
        let started = async {
            let name = async { std::thread::current().name().map(str::to_owned) };
            tokio::spawn(name).await.expect("no panic")
        };
        let name = plain.expect("a thread").run(started).await;
        assert_eq!(name.as_deref(), Some("hundredms-plain"));
    }
}
