//! [`Trust`]: the certificates that are trusted in addition to the system's.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
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
    pub(crate) ca_file: Option<CaFile>,
    /// Files and folders that variables name.
    pub(crate) named: Vec<(&'static str, PathBuf)>,
}

/// A file with certificates in PEM that is read and contains one.
#[derive(Debug)]
pub(crate) struct CaFile {
    path: PathBuf,
    text: Vec<u8>,
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What a certificate in PEM begins with.
const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// Read a file in PEM, without the byte order mark that some editors begin it with.
pub(crate) fn read_pem(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut text = std::fs::read(path)?;
    if text.starts_with(BYTE_ORDER_MARK) {
        text.drain(..BYTE_ORDER_MARK.len());
    }
    Ok(text)
}

impl CaFile {
    /// Read a file. Connections parse it when they are made, which may be never: a server on this machine may have no TLS. So a file
    /// without a certificate is refused here.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = read_pem(path).map_err(|cause| {
            Error::configuration(format!("the CA file {} cannot be read", path.display()))
                .caused_by(cause)
        })?;
        let file = Self {
            path: path.to_owned(),
            text,
        };
        let mut lines = file.text.split(|&byte| byte == b'\n');
        if lines.any(|line| line.starts_with(BEGIN)) {
            Ok(file)
        } else {
            Err(file.without_certificate())
        }
    }

    /// Parse the certificates.
    #[cfg(any(feature = "rustls-no-provider", feature = "native-tls"))]
    pub(crate) fn certificates<C, E>(
        &self,
        parse: impl FnOnce(&[u8]) -> std::result::Result<Vec<C>, E>,
    ) -> Result<Vec<C>>
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        let certificates = parse(&self.text).map_err(|cause| {
            Error::configuration(format!("the CA file {} is not PEM", self.path.display()))
                .caused_by(cause)
        })?;
        if certificates.is_empty() {
            return Err(self.without_certificate());
        }
        Ok(certificates)
    }

    fn without_certificate(&self) -> Error {
        Error::configuration(format!(
            "the CA file {} contains no certificate: it must be PEM, with a line -----BEGIN CERTIFICATE-----",
            self.path.display()
        ))
    }
}
