//! Host names of tests, whose addresses change while the tests run.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Mutex;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

static MOVED: Mutex<Option<HashMap<&'static str, Vec<SocketAddr>>>> = Mutex::new(None);

/// From now on, resolve `name` to `addresses`.
pub(super) fn set(name: &'static str, addresses: &[SocketAddr]) {
    let mut names = MOVED.lock().expect("names");
    let names = names.get_or_insert_default();
    names.insert(name, addresses.to_vec());
}

/// These names, and those that the system resolves.
#[derive(Clone, Copy)]
pub(super) struct Names;

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let moved = {
                let names = MOVED.lock().expect("names");
                names
                    .as_ref()
                    .and_then(|names| names.get(name.as_str()).cloned())
            };
            if let Some(addresses) = moved {
                return Ok(Box::new(addresses.into_iter()) as Addrs);
            }
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            Ok(Box::new(found.collect::<Vec<_>>().into_iter()) as Addrs)
        })
    }
}
