//! [`Key`]: HMAC-SHA256, by a provider of `jsonwebtoken`, or by the crate `hmac` on wasm32.
//!
//! There, `jsonwebtoken` needs wasm-bindgen, and its providers include RSA and elliptic curves.

#[cfg(target_arch = "wasm32")]
pub(crate) use super::hmac_key::Key;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use super::provided_key::Key;
