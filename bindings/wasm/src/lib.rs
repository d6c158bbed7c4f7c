//! The core for runtimes that load no addons, such as Cloudflare Workers: text in, text or a tagged failure out.
//!
//! What the addon of `bindings/node` is for Node, with the same functions. The TypeScript in `node/src/edge` calls them through the
//! memory of the module, by hand: this needs neither generated code nor a tool that generates it. The runtime's `fetch`, timers and
//! clock are imports.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unnecessary_wraps,
    reason = "what is called by name returns the same type, as does what getrandom calls"
)]

mod arguments;
mod clients;
mod executor;
mod exports;
mod failure;
mod host;
mod invoke;
mod memory;
mod outcome;
mod receivers;
