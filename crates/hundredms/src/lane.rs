//! Selects the thread on which a binding makes the calls of a client.
//!
//! A server that sends 1xx heads without end keeps the thread that reads them busy, because hyper does not limit them. Over TLS, a
//! few kB are read before other tasks run. Without TLS, it is tens of MB. So servers without TLS are separated from those with TLS,
//! and from each other as far as there are threads.

use std::sync::{Mutex, PoisonError};

use crate::builder::ClientBuilder;

/// How many lanes there are.
#[doc(hidden)]
pub const LANES: usize = 4;

/// The first lane is for all servers with TLS. Servers without TLS use the others in turn.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lane(usize);

/// Servers without TLS, in order of first use. Cleared when there are many.
static PLAIN: Mutex<Vec<String>> = Mutex::new(Vec::new());

const MOST_PLAIN: usize = 64 * (LANES - 1);

impl Lane {
    /// Return the lane of a client of `builder`, after it is [`resolved`](ClientBuilder::resolved).
    #[must_use]
    pub fn of(builder: &ClientBuilder) -> Self {
        let mut servers = builder.base_urls().into_iter().flatten();
        let plain = servers.find_map(|base| {
            let (scheme, rest) = base.split_once("://")?;
            let server = rest.split(['/', '?']).next()?;
            scheme.eq_ignore_ascii_case("http").then_some(server)
        });
        plain.map_or(Self::default(), Self::of_plain)
    }

    fn of_plain(server: &str) -> Self {
        let mut plain = PLAIN.lock().unwrap_or_else(PoisonError::into_inner);
        let known = plain.iter().position(|known| known == server);
        let position = known.unwrap_or_else(|| {
            if plain.len() >= MOST_PLAIN {
                plain.clear();
            }
            plain.push(server.to_owned());
            plain.len() - 1
        });
        Self(1 + position % (LANES - 1))
    }

    /// Return the lane's number, less than [`LANES`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Client;

    fn lane(api: &str, auth: &str) -> usize {
        let builder = Client::builder().token("t").base_url(api).auth_url(auth);
        Lane::of(&builder.resolved().expect("a client")).index()
    }

    #[test]
    fn servers_without_tls_are_kept_apart() {
        let secure = "https://api.example/v2";
        assert_eq!(lane(secure, secure), 0);
        let lanes = [1, 2, 3].map(|port| {
            let plain = format!("http://lanes.example:{port}/v2");
            assert_eq!(lane(&plain, &plain), lane(&plain, secure));
            // Another path is on the same server.
            assert_eq!(
                lane(&plain, &plain),
                lane(&plain.replace("v2", "v3"), &plain)
            );
            assert_eq!(lane(secure, &plain), lane(&plain, secure));
            lane(&plain, &plain)
        });
        assert!(lanes.iter().all(|lane| (1..LANES).contains(lane)));
        assert!(lanes[0] != lanes[1] && lanes[1] != lanes[2] && lanes[0] != lanes[2]);
        for port in 0..5 * MOST_PLAIN {
            lane(&format!("http://other.example:{port}/v2"), secure);
        }
        assert!(PLAIN.lock().expect("no panic").len() <= MOST_PLAIN);
    }
}
