//! Looks up the addresses of a host, anew for each connection: a name that moves is followed.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper_util::client::legacy::connect::dns::Name;
use tower_service::Service;

/// The names that the system knows.
#[derive(Clone, Copy)]
pub(super) struct Names;

impl Service<Name> for Names {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        Box::pin(async move {
            #[cfg(test)]
            if let Some(address) = moved::to(name.as_str()) {
                return Ok(vec![address].into_iter());
            }
            // The port is that of the address of the service.
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            Ok(found.collect::<Vec<_>>().into_iter())
        })
    }
}

/// Names of tests, which move while the tests look.
#[cfg(test)]
pub(super) mod moved {
    use std::collections::HashMap;
    use std::net::SocketAddr;
    use std::sync::Mutex;

    static NAMES: Mutex<Option<HashMap<&'static str, SocketAddr>>> = Mutex::new(None);

    pub(in crate::transport) fn to(name: &str) -> Option<SocketAddr> {
        NAMES.lock().expect("names").as_ref()?.get(name).copied()
    }

    pub(in crate::transport) fn set(name: &'static str, address: SocketAddr) {
        let mut names = NAMES.lock().expect("names");
        names.get_or_insert_default().insert(name, address);
    }
}
