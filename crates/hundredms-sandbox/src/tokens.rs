//! Tokens: checks of both kinds (management, client auth), and client auth tokens for room codes.

use std::fmt::{self, Write as _};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::{
    api_response::ApiError,
    ids::{ObjectId, uuid},
};

/// How far `iat` and `nbf` may be in the future, to allow for fast clocks.
const SKEW_SECONDS: i64 = 10;

/// The access key and the secret of the workspace.
#[derive(Clone)]
pub(crate) struct Credentials {
    pub(crate) access_key: String,
    pub(crate) secret: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("access_key", &self.access_key)
            .finish_non_exhaustive()
    }
}

/// Who sent a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Caller {
    /// The operation requires no token.
    Anyone,
    Management,
    Client(ClientClaims),
}

/// The claims of a client auth token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClientClaims {
    pub(crate) room_id: String,
    pub(crate) role: String,
    pub(crate) user_id: Option<String>,
}

impl Credentials {
    /// Check an `Authorization` header for a management token.
    pub(crate) fn management(
        &self,
        authorization: Option<&str>,
        now: Timestamp,
    ) -> Result<Caller, ApiError> {
        self.claims(bearer(authorization)?, "management", now)
            .map(|_| Caller::Management)
    }

    /// Check an `Authorization` header for a client auth token.
    pub(crate) fn client(
        &self,
        authorization: Option<&str>,
        now: Timestamp,
    ) -> Result<Caller, ApiError> {
        self.client_claims(bearer(authorization)?, now)
            .map(Caller::Client)
    }

    /// Check a client auth token, and return its claims.
    pub(crate) fn client_claims(
        &self,
        token: &str,
        now: Timestamp,
    ) -> Result<ClientClaims, ApiError> {
        let claims = self.claims(token, "app", now)?;
        let text = |name: &str| {
            claims[name]
                .as_str()
                .filter(|value| !value.is_empty())
                .map(str::to_owned)
        };
        Ok(ClientClaims {
            room_id: text("room_id").ok_or_else(|| ApiError::token("token carries no room_id"))?,
            role: text("role").ok_or_else(|| ApiError::token("token carries no role"))?,
            user_id: text("user_id"),
        })
    }

    fn claims(&self, token: &str, kind: &str, now: Timestamp) -> Result<Value, ApiError> {
        let malformed = || ApiError::token("token is malformed");
        let (signed, signature) = token.rsplit_once('.').ok_or_else(malformed)?;
        let (header, payload) = signed.split_once('.').ok_or_else(malformed)?;
        let header = json_part(header).ok_or_else(malformed)?;
        let claims = json_part(payload).ok_or_else(malformed)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| malformed())?;

        if header["alg"] != "HS256" {
            return Err(ApiError::token("token is not signed with HS256"));
        }
        if claims["access_key"] != *self.access_key {
            return Err(ApiError::token("not found"));
        }
        self.mac(signed)
            .verify_slice(&signature)
            .map_err(|_| ApiError::token("token signature is invalid"))?;
        if claims["type"] != kind {
            return Err(ApiError::token(format!("token is not of type {kind}")));
        }
        if claims["version"] != 2 {
            return Err(ApiError::token("token is not of version 2"));
        }
        let time = |name: &str| {
            claims[name]
                .as_i64()
                .ok_or_else(|| ApiError::token(format!("token carries no {name}")))
        };
        let now = now.as_second();
        if time("nbf")? > now + SKEW_SECONDS || time("iat")? > now + SKEW_SECONDS {
            return Err(ApiError::token("token is not valid yet"));
        }
        if time("exp")? <= now {
            return Err(ApiError::token("token is expired"));
        }
        Ok(claims)
    }

    /// Sign a client auth token, as the room-code exchange does.
    pub(crate) fn sign_client_token(
        &self,
        room_id: ObjectId,
        role: &str,
        user_id: Option<&str>,
        now: Timestamp,
        expires: Timestamp,
    ) -> String {
        let now = now.as_second();
        let mut claims = json!({
            "access_key": self.access_key, "type": "app", "version": 2, "room_id": room_id, "role": role,
            "jti": uuid(), "iat": now, "nbf": now, "exp": expires.as_second(),
        });
        if let Some(user_id) = user_id {
            claims["user_id"] = user_id.into();
        }
        let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
        let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
        let signature = URL_SAFE_NO_PAD.encode(self.mac(&signed).finalize().into_bytes());
        format!("{signed}.{signature}")
    }

    /// Sign a link to a file, in hex.
    pub(crate) fn link_signature(&self, text: &str) -> String {
        let mac = self.mac(&link_text(text)).finalize().into_bytes();
        mac.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }

    /// Whether a link was signed by [`link_signature`](Self::link_signature).
    pub(crate) fn is_link_signature(&self, text: &str, signature: &str) -> bool {
        let digits = signature.as_bytes().chunks(2);
        let bytes = digits.map(|digits| {
            let digits = std::str::from_utf8(digits).ok()?;
            u8::from_str_radix(digits, 16).ok()
        });
        let bytes: Option<Vec<u8>> = bytes.collect();
        bytes.is_some_and(|bytes| self.mac(&link_text(text)).verify_slice(&bytes).is_ok())
    }

    fn mac(&self, signed: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes())
            .expect("HMAC takes keys of any length");
        mac.update(signed.as_bytes());
        mac
    }
}

/// Distinguish links from tokens, which the same secret signs.
fn link_text(text: &str) -> String {
    format!("link\n{text}")
}

fn bearer(authorization: Option<&str>) -> Result<&str, ApiError> {
    let header = authorization.ok_or_else(|| ApiError::token("authorization header is missing"))?;
    match header.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(token.trim()),
        _ => Err(ApiError::token(
            "authorization header carries no bearer token",
        )),
    }
}

fn json_part(part: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}
