//! Which addresses a request may come from, and which address it comes from.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;

use super::headers::Headers;
use super::verification_error::{VerificationErrorReason, WebhookVerificationError};
use crate::error::{Error, Result};

const FORWARDED: &str = "x-forwarded-for";

/// The addresses from which the service sends webhooks, as published when this version was released.
const PUBLISHED: &str = include_str!("published_addresses.txt");

/// Return the ranges from which the service sends webhooks, as published when this version was released.
///
/// The service adds ranges over the years. If that matters to you, keep your own list and pass it to
/// [`ReceiverBuilder::allow_list`](super::ReceiverBuilder::allow_list).
pub fn published_addresses() -> impl Iterator<Item = &'static str> {
    PUBLISHED.lines().filter(|line| !line.is_empty())
}

/// Which addresses may send.
#[derive(Debug, Clone)]
pub(super) struct Addresses {
    pub(super) allowed: Vec<IpNet>,
    pub(super) trusted_proxies: usize,
}

impl Addresses {
    pub(super) fn verify<H: Headers + ?Sized>(
        &self,
        headers: &H,
        peer: Option<IpAddr>,
    ) -> Result<(), WebhookVerificationError> {
        let refused = |message: String| {
            Err(WebhookVerificationError::new(
                VerificationErrorReason::AddressNotAllowed,
                message,
            ))
        };
        match self.sender(headers, peer) {
            None if self.trusted_proxies == 0 => {
                refused("the address of the peer is unknown: pass it".to_owned())
            }
            None => refused(format!(
                "{FORWARDED} does not name the sender, with {} trusted proxies",
                self.trusted_proxies
            )),
            Some(address) if self.allowed.iter().any(|range| range.contains(&address)) => Ok(()),
            Some(address) => refused(format!("{address} may not send webhooks")),
        }
    }

    /// The address of the sender. Each trusted proxy adds the address of its caller on the right. The sender wrote the entries
    /// further left, which prove nothing.
    fn sender<H: Headers + ?Sized>(&self, headers: &H, peer: Option<IpAddr>) -> Option<IpAddr> {
        if self.trusted_proxies == 0 {
            return peer.map(|address| address.to_canonical());
        }
        let mut hops: Vec<String> = Vec::new();
        headers.each(FORWARDED, &mut |value| {
            let text = String::from_utf8_lossy(value);
            hops.extend(text.split(',').map(|hop| hop.trim().to_owned()));
        });
        let hop = hops.len().checked_sub(self.trusted_proxies)?;
        address(hops.get(hop)?).map(|address| address.to_canonical())
    }
}

/// Parse an address, with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    text.parse()
        .or_else(|_| text.parse::<SocketAddr>().map(|it| it.ip()))
        .or_else(|_| text.trim_matches(['[', ']']).parse())
        .ok()
}

/// Parse a range: `10.0.0.0/8`, `2001:db8::/32`, or a single address.
pub(super) fn range(text: &str) -> Result<IpNet> {
    let text = text.trim();
    let range: Result<IpNet, _> = text.parse().or_else(|_| {
        text.parse::<IpAddr>()
            .map(|address| address.to_canonical().into())
    });
    range.map_err(|_| {
        Error::configuration(format!(
            "allow_list: {text:?} is not an address range such as 10.0.0.0/8"
        ))
    })
}
