//! What the machine gives: time, threads that may wait, and HTTP.
//!
//! On wasm32 there is no machine below the program, only the one that embeds it ([`embedder`]). Everything that differs there is in
//! this folder, apart from settings that a platform with its own `fetch` does not have.

pub(crate) mod blocking;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod collected;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod early_timer;
#[cfg(target_arch = "wasm32")]
pub mod embedder;
#[cfg(target_arch = "wasm32")]
pub(crate) mod fetch;
pub(crate) mod http;
pub(crate) mod time;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod turns;
