//! The dashboard: one page, and what it reads and does.

mod calls;
mod events;
pub(crate) mod exchange;
mod lists;
mod page;
mod reads;
mod secrets;
