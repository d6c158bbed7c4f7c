//! The claims of tokens.

use jiff::Timestamp;
use serde::Deserialize;

/// The two kinds of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TokenKind {
    /// Authorizes calls of the API. Keep it on servers.
    Management,
    /// Lets one user join one room in one role. Pass it to a client.
    Auth,
}

/// The claims of a token.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Claims {
    /// Which kind of token it is.
    pub kind: TokenKind,
    /// Access key of the workspace.
    pub access_key: String,
    /// Id of the token (`jti`).
    pub id: Option<String>,
    /// Room that it is for; auth tokens only.
    pub room_id: Option<String>,
    /// Role of the user; auth tokens only.
    pub role: Option<String>,
    /// Your own id for the user; auth tokens only, and optional there.
    pub user_id: Option<String>,
    /// When it was created (`iat`).
    pub issued_at: Option<Timestamp>,
    /// When it becomes valid (`nbf`).
    pub not_before: Option<Timestamp>,
    /// When it expires (`exp`).
    pub expires_at: Option<Timestamp>,
}

/// The claims in a token. Others are ignored.
#[derive(Deserialize)]
pub(crate) struct RawClaims {
    access_key: String,
    #[serde(rename = "type")]
    kind: String,
    jti: Option<String>,
    room_id: Option<String>,
    role: Option<String>,
    user_id: Option<String>,
    iat: Option<f64>,
    nbf: Option<f64>,
    exp: Option<f64>,
}

impl TryFrom<RawClaims> for Claims {
    type Error = &'static str;

    fn try_from(raw: RawClaims) -> Result<Self, Self::Error> {
        Ok(Self {
            kind: match raw.kind.as_str() {
                "management" => TokenKind::Management,
                "app" => TokenKind::Auth,
                _ => return Err("is neither a management token nor an auth token"),
            },
            access_key: raw.access_key,
            id: raw.jti,
            room_id: raw.room_id,
            role: raw.role,
            user_id: raw.user_id,
            issued_at: raw.iat.and_then(numeric_date),
            not_before: raw.nbf.and_then(numeric_date),
            expires_at: raw.exp.and_then(numeric_date),
        })
    }
}

/// The time of a `NumericDate`, which may have a fraction.
#[expect(clippy::cast_possible_truncation)]
fn numeric_date(seconds: f64) -> Option<Timestamp> {
    Timestamp::from_second(seconds.floor() as i64).ok()
}
