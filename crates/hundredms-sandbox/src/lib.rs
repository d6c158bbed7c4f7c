//! A stateful local emulator of the 100ms server-side API.
