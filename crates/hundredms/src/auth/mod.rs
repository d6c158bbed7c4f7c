//! The token of each call: signed here, set once, or returned by a callback.

pub(crate) mod authenticator;
pub(crate) mod bearer;
pub(crate) mod callback;
pub(crate) mod claims;
#[cfg(target_arch = "wasm32")]
pub(crate) mod hmac_key;
pub(crate) mod jti;
pub(crate) mod jwt;
pub(crate) mod mac;
pub(crate) mod management;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod provided_key;
pub(crate) mod token_parts;
