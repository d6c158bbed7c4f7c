//! Refuses requests of web pages: a browser on this machine can send requests here for any open page.
//!
//! Requests must name this machine as their host; otherwise a page could read responses by rebinding its own name to a loopback
//! address. They must not come from another origin. They must declare their JSON as such, which a page cannot do without a
//! preflight. Preflights are refused, and no response contains a CORS header.

use std::net::{IpAddr, Ipv4Addr};

use hyper::{
    HeaderMap,
    header::{
        ACCESS_CONTROL_REQUEST_METHOD, AsHeaderName, CONTENT_TYPE, HOST, HeaderValue, ORIGIN,
    },
    http::request::Parts,
};

use crate::{api_response::ApiError, rules::storage};

/// Names of this machine that requests may use, in addition to its loopback addresses and `localhost`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct AllowedHosts(Vec<String>);

/// Why a name cannot be allowed as a host.
pub(crate) const NOT_A_HOST: &str =
    "a host to allow must be a name or an IP address without scheme, port and path";

impl AllowedHosts {
    /// Allow one more name or address. Return false if it is invalid.
    pub(crate) fn allow(&mut self, host: &str) -> bool {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        let is_host = host.parse::<IpAddr>().is_ok()
            || (!host.is_empty() && host.len() <= 253 && host.bytes().all(is_name));
        if is_host {
            self.0.push(host.to_ascii_lowercase());
        }
        is_host
    }

    /// Whether `host` is this machine; `local` is the address at which the connection came in.
    fn allows(&self, host: &str, local: IpAddr) -> bool {
        if host.eq_ignore_ascii_case("localhost") {
            return true;
        }
        match host.parse::<IpAddr>() {
            Ok(address) => {
                is_loopback(address)
                    || address == local.to_canonical()
                    || self.0.iter().any(|name| name.parse() == Ok(address))
            }
            Err(_) => self.0.iter().any(|name| name.eq_ignore_ascii_case(host)),
        }
    }
}

/// Whether it is in `127.0.0.0/8`, or `::1`.
fn is_loopback(address: IpAddr) -> bool {
    address.is_loopback()
}

/// Refuse what a web page of another origin could send.
pub(crate) fn check(
    parts: &Parts,
    has_body: bool,
    hosts: &AllowedHosts,
    local: IpAddr,
) -> Result<(), ApiError> {
    let authority = host(parts)?;
    let name = name_of(authority)
        .ok_or_else(|| foreign_host("the Host header must be a host with an optional port"))?;
    if !hosts.allows(name, local) {
        return Err(foreign_host(
            "the Host header names another host; start the sandbox with --allow-host NAME to allow that name",
        ));
    }
    // A page may display a file whose link it has, as with any storage, but it cannot read it.
    let may_be_embedded = parts.uri.path().starts_with(storage::PREFIX)
        && matches!(parts.method.as_str(), "GET" | "HEAD");
    same_origin(&parts.headers, authority, may_be_embedded)?;
    is_json(parts, has_body)
}

/// Return the one host that a request names.
fn host(parts: &Parts) -> Result<&str, ApiError> {
    let named = only(&parts.headers, HOST)
        .map_err(|()| foreign_host("the Host header appears several times"))?;
    let named = named.ok_or_else(|| foreign_host("the Host header is missing"))?;
    let named = named
        .to_str()
        .map_err(|_| foreign_host("the Host header must be a host with an optional port"))?;
    match parts.uri.authority() {
        Some(target) if !target.as_str().eq_ignore_ascii_case(named) => Err(foreign_host(
            "the request target and the Host header name different hosts",
        )),
        _ => Ok(named),
    }
}

/// Return the host without its port.
fn name_of(authority: &str) -> Option<&str> {
    let (name, port) = match authority.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let port = match port {
        "" => return Some(name),
        port => port.strip_prefix(':')?,
    };
    (port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()).then_some(name)
}

fn same_origin(
    headers: &HeaderMap,
    authority: &str,
    may_be_embedded: bool,
) -> Result<(), ApiError> {
    let several = |()| foreign_origin("the Origin or Sec-Fetch-Site header appears several times");
    if headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD) {
        return Err(foreign_origin("it is a CORS preflight"));
    }
    if let Some(origin) = only(headers, ORIGIN).map_err(several)? {
        let same = format!("http://{authority}");
        if !origin.as_bytes().eq_ignore_ascii_case(same.as_bytes()) {
            return Err(foreign_origin("the Origin header names another origin"));
        }
    }
    let site = only(headers, "sec-fetch-site").map_err(several)?;
    match site.map(HeaderValue::as_bytes) {
        None | Some(b"same-origin" | b"none") => Ok(()),
        Some(_) if may_be_embedded => Ok(()),
        Some(_) => Err(foreign_origin(
            "the Sec-Fetch-Site header says that another site sent it",
        )),
    }
}

/// Refuse bodies that are not declared as JSON. Operations need no declaration, because a page always sends its origin with an
/// undeclared body.
fn is_json(parts: &Parts, has_body: bool) -> Result<(), ApiError> {
    let is_control = parts.uri.path().starts_with("/_sandbox/");
    let refused = |detail: &str| {
        Err(ApiError::new(415, "Unsupported media type").detail(format!(
            "{detail}; add the header content-type: application/json (curl: -H 'content-type: application/json')"
        )))
    };
    match only(&parts.headers, CONTENT_TYPE) {
        Ok(None) if has_body && is_control => refused("the body is not declared as JSON"),
        Ok(None) => Ok(()),
        Ok(Some(_)) if !has_body && !is_control => Ok(()),
        Ok(Some(declared)) if declares_json(declared) => Ok(()),
        Ok(Some(_)) => refused("the body is declared as something other than JSON"),
        Err(()) => refused("the Content-Type header appears several times"),
    }
}

/// Whether it is `application/json`, or `application/` with a subtype that ends in `+json`. Parameters may follow.
fn declares_json(declared: &HeaderValue) -> bool {
    let declared = declared.to_str().unwrap_or_default().to_ascii_lowercase();
    let essence = declared.split(';').next().unwrap_or_default().trim();
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-.+_".contains(&byte);
    essence.strip_prefix("application/").is_some_and(|subtype| {
        (subtype == "json" || subtype.ends_with("+json")) && subtype.bytes().all(is_token)
    })
}

/// Return the value of a header that may appear once.
fn only(headers: &HeaderMap, name: impl AsHeaderName) -> Result<Option<&HeaderValue>, ()> {
    let mut values = headers.get_all(name).iter();
    let first = values.next();
    match values.next() {
        None => Ok(first),
        Some(_) => Err(()),
    }
}

fn foreign_host(detail: &str) -> ApiError {
    ApiError::forbidden("The sandbox accepts requests to this machine only").detail(detail)
}

fn foreign_origin(detail: &str) -> ApiError {
    ApiError::forbidden("The sandbox refuses web pages of other origins").detail(detail)
}

/// The default listening address.
pub(crate) const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

#[cfg(test)]
mod tests {
    use super::*;

    fn is_this_machine(authority: &str) -> bool {
        let mut hosts = AllowedHosts::default();
        assert!(hosts.allow("sandbox") && hosts.allow("2001:db8::7"));
        name_of(authority).is_some_and(|name| hosts.allows(name, "192.0.2.9".parse().unwrap()))
    }

    #[test]
    fn only_names_of_this_machine_are_hosts() {
        for authority in [
            "localhost",
            "LOCALHOST:8100",
            "127.0.0.1:8100",
            "127.8.9.10",
            "[::1]:8100",
            "[::1]",
            "sandbox:1",
            "[2001:DB8::7]:65535",
            "192.0.2.9:80",
        ] {
            assert!(is_this_machine(authority), "{authority}");
        }
        for authority in [
            "",
            ":8100",
            "evil.example",
            "localhost.evil.example:8100",
            "127.0.0.1.evil.example",
            "evil.example#localhost",
            "localhost@evil.example",
            "user@localhost",
            "localhost:70000",
            "localhost:8100:1",
            "localhost:+80",
            "localhost:",
            "localhost ",
            "[::1",
            "[::1]8100",
            "::1",
            "0.0.0.0:8100",
            "128.0.0.1",
            "127.1",
            "0x7f000001",
            "2130706433",
            "192.0.2.8",
            "[::2]",
            "notsandbox",
            "localhost, evil.example",
        ] {
            assert!(!is_this_machine(authority), "{authority}");
        }
    }

    #[test]
    fn only_names_and_addresses_can_be_allowed() {
        for host in ["sandbox", "a-b.example", "192.0.2.1", "[::1]", "::1"] {
            assert!(AllowedHosts::default().allow(host), "{host}");
        }
        for host in ["", "*", "http://a", "a:80", "a/b", "a b", "a,b"] {
            assert!(!AllowedHosts::default().allow(host), "{host}");
        }
    }

    #[test]
    fn only_json_is_json() {
        for declared in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/merge-patch+json",
        ] {
            assert!(
                declares_json(&HeaderValue::from_static(declared)),
                "{declared}"
            );
        }
        for declared in [
            "",
            "text/plain",
            "text/plain; application/json",
            "text/plain,application/json",
            "application/jsonp",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=json",
            "application/x-www-form-urlencoded, application/a+json",
            "json",
        ] {
            assert!(
                !declares_json(&HeaderValue::from_static(declared)),
                "{declared}"
            );
        }
    }
}
