//! [`Trust`]: the certificates that are trusted in addition to the system's.

use std::path::PathBuf;

use crate::variables::Language;

/// The certificates that are trusted in addition to the system's.
#[derive(Debug)]
#[cfg_attr(
    not(any(feature = "rustls-no-provider", feature = "native-tls")),
    expect(dead_code, reason = "read by TLS only")
)]
pub(crate) struct Trust {
    #[cfg_attr(
        all(feature = "native-tls", not(feature = "rustls-no-provider")),
        expect(dead_code, reason = "named by errors of rustls")
    )]
    pub(crate) language: Language,
    /// The content of the CA file, in PEM.
    pub(crate) ca_file: Option<Vec<u8>>,
    /// Files and folders that variables name.
    pub(crate) named: Vec<(&'static str, PathBuf)>,
}
