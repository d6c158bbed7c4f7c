//! Server SDK for 100ms.
