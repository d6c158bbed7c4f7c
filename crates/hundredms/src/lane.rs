//! Selects the thread on which a binding makes the calls of a client: see [`crate::transport::plain`].

use crate::builder::ClientBuilder;
use crate::transport::plain::{PLAIN_THREADS, number_for};

/// How many lanes there are.
#[doc(hidden)]
pub const LANES: usize = 1 + PLAIN_THREADS;

/// The first lane is for all servers with TLS. Servers without TLS use the others in turn.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lane(usize);

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
        plain.map_or(Self::default(), |server| Self(1 + number_for(server)))
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
    }
}
