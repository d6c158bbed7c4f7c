//! The parts of a JWT: its header, which is checked, and its claims. By `jsonwebtoken`, or by hand on wasm32 (see [`super::mac`]).

use super::claims::RawClaims;

pub(super) use parts::{claims, header};

/// Check the header of a token. Return why it is refused.
pub(super) fn check_header(token: &str) -> Result<(), &'static str> {
    let header = parts::read_header(token)?;
    if !header.is_hs256 {
        return Err("is not signed with HS256");
    }
    // Header fields that change the meaning of the other parts. None is supported.
    if header.has_unsupported_parts {
        return Err(
            "has a header with critical, encrypted or compressed parts, which are not supported",
        );
    }
    if header.has_b64 {
        return Err("has a header with `b64`, which is not supported");
    }
    Ok(())
}

/// What is checked of a header.
struct CheckedHeader {
    is_hs256: bool,
    has_unsupported_parts: bool,
    has_b64: bool,
}

const NOT_THREE_PARTS: &str = "is not a JWT: it must have three parts";
const NOT_BASE64: &str = "is not a JWT: its header is not base64url JSON";
const INVALID: &str = "is not a JWT signed with HS256: its header is invalid";

#[cfg(not(target_arch = "wasm32"))]
mod parts {
    use jsonwebtoken::errors::ErrorKind;
    use jsonwebtoken::{Algorithm, Header, dangerous, decode_header};

    use super::{CheckedHeader, INVALID, NOT_BASE64, NOT_THREE_PARTS, RawClaims};

    /// Return the header of every token, as JSON.
    pub(crate) fn header() -> Vec<u8> {
        serde_json::to_vec(&Header::new(Algorithm::HS256)).unwrap_or_default()
    }

    pub(super) fn read_header(token: &str) -> Result<CheckedHeader, &'static str> {
        let header = decode_header(token).map_err(|error| match error.kind() {
            ErrorKind::InvalidToken => NOT_THREE_PARTS,
            ErrorKind::Base64(_) => NOT_BASE64,
            _ => INVALID,
        })?;
        Ok(CheckedHeader {
            is_hs256: header.alg == Algorithm::HS256,
            has_unsupported_parts: header.crit.is_some()
                || header.enc.is_some()
                || header.zip.is_some(),
            has_b64: header.extras.inner().contains_key("b64"),
        })
    }

    /// Read the claims of a token, whose header was checked.
    pub(crate) fn claims(token: &str) -> Option<RawClaims> {
        dangerous::insecure_decode_claims(token).ok()
    }
}

#[cfg(target_arch = "wasm32")]
mod parts {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::{Map, Value};

    use super::{CheckedHeader, INVALID, NOT_BASE64, NOT_THREE_PARTS, RawClaims};

    /// Return the header of every token, as JSON.
    pub(crate) fn header() -> Vec<u8> {
        br#"{"typ":"JWT","alg":"HS256"}"#.to_vec()
    }

    pub(super) fn read_header(token: &str) -> Result<CheckedHeader, &'static str> {
        let mut parts = token.split('.');
        let (Some(header), Some(_), Some(_), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NOT_THREE_PARTS);
        };
        let text = URL_SAFE_NO_PAD.decode(header).map_err(|_| NOT_BASE64)?;
        let header: Map<String, Value> = serde_json::from_slice(&text).map_err(|_| INVALID)?;
        let Some(Value::String(algorithm)) = header.get("alg") else {
            return Err(INVALID);
        };
        let has = |name| header.get(name).is_some_and(|value| !value.is_null());
        Ok(CheckedHeader {
            is_hs256: algorithm == "HS256",
            has_unsupported_parts: ["crit", "enc", "zip"].into_iter().any(has),
            has_b64: header.contains_key("b64"),
        })
    }

    /// Read the claims of a token, whose header was checked.
    pub(crate) fn claims(token: &str) -> Option<RawClaims> {
        let claims = token.split('.').nth(1)?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
    }
}
