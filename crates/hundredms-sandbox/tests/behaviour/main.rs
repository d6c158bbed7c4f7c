//! What the sandbox does, over real HTTP on the loopback interface; one file per theme.

mod api;
mod control;
mod room_codes;
mod rooms;
mod server;
mod templates;
mod tokens;
