//! A DNS resolver for tests, in which the addresses of a name can be changed.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Mutex;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

static OVERRIDES: Mutex<Option<HashMap<&'static str, Vec<SocketAddr>>>> = Mutex::new(None);

/// Resolve `name` to `addresses` from now on.
pub(crate) fn set(name: &'static str, addresses: &[SocketAddr]) {
    let mut names = OVERRIDES.lock().expect("names");
    let names = names.get_or_insert_default();
    names.insert(name, addresses.to_vec());
}

/// Resolves the names that were [`set`], and other names as the system does.
#[derive(Clone, Copy)]
pub(crate) struct TestResolver;

impl Resolve for TestResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let overridden = {
                let names = OVERRIDES.lock().expect("names");
                names
                    .as_ref()
                    .and_then(|names| names.get(name.as_str()).cloned())
            };
            if let Some(addresses) = overridden {
                return Ok(Box::new(addresses.into_iter()) as Addrs);
            }
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            Ok(Box::new(found.collect::<Vec<_>>().into_iter()) as Addrs)
        })
    }
}
