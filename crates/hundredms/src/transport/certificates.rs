//! Reads the certificates that are trusted, and explains what to do if a server's is not.

use std::error::Error as StdError;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{self, PemObject};
use rustls::{CertificateError, Error as TlsError};

use super::outcome::Cause;
use super::trust::{Trust, read_pem};
use crate::error::Result;

impl Trust {
    /// Return whether more is trusted than the system's certificates.
    pub(crate) fn adds_certificates(&self) -> bool {
        self.ca_file.is_some() || !self.named.is_empty()
    }

    /// Read the certificates of the CA file.
    pub(crate) fn of_ca_file(&self) -> Result<Vec<CertificateDer<'static>>> {
        let parse = |text: &[u8]| CertificateDer::pem_slice_iter(text).collect();
        match &self.ca_file {
            Some(ca_file) => ca_file.certificates::<_, pem::Error>(parse),
            None => Ok(Vec::new()),
        }
    }

    /// Read the certificates that variables name. An invalid path is reported only when a certificate is not trusted, since other
    /// programs ignore it too.
    pub(crate) fn of_variables(&self) -> Vec<CertificateDer<'static>> {
        let read = |(_, path): &(_, PathBuf)| certificates(path).unwrap_or_default();
        self.named.iter().flat_map(read).collect()
    }

    /// Add what to do, if there is no connection because the server's certificate is not trusted.
    pub(crate) fn explain(&self, cause: Cause) -> Cause {
        let words = match certificate_error(cause.as_ref()) {
            Some(CertificateError::UnknownIssuer | CertificateError::BadSignature) => self.advice(),
            Some(CertificateError::Other(error)) if error.to_string() == "CaUsedAsEndEntity" => {
                MAKE_A_LEAF.to_owned()
            }
            Some(
                CertificateError::UnsupportedSignatureAlgorithmContext { .. }
                | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. },
            ) => UNSUPPORTED.to_owned(),
            _ => return cause,
        };
        Arc::new(Untrusted { words, cause })
    }

    fn advice(&self) -> String {
        let mut words = vec![format!(
            "the certificate of the server is not trusted: set {} or one of {} to the PEM file of the authority that signed it",
            self.language.ca_file(),
            self.language.trust_variables().join(", ")
        )];
        words.extend(self.named.iter().filter_map(|(name, path)| {
            let cause = certificates(path).err()?;
            let path = path.display();
            Some(format!("{name} is set, but {path} cannot be used: {cause}"))
        }));
        words.join("; ")
    }
}

/// Read the certificates of a PEM file, or of the PEM files in a folder.
fn certificates(path: &Path) -> std::result::Result<Vec<CertificateDer<'static>>, String> {
    if path.is_dir() {
        let files = std::fs::read_dir(path).map_err(|cause| cause.to_string())?;
        let files = files.flatten().map(|file| file.path());
        // Folders also contain other files, and links to the same ones.
        let mut found: Vec<_> = files
            .filter(|path| path.is_file())
            .flat_map(|path| certificates(&path).unwrap_or_default())
            .collect();
        found.sort_by(|one, other| one.as_ref().cmp(other.as_ref()));
        found.dedup();
        return Ok(found);
    }
    let text = read_pem(path).map_err(|cause| cause.to_string())?;
    let found: Vec<_> = CertificateDer::pem_slice_iter(&text).flatten().collect();
    if found.is_empty() {
        return Err("it contains no certificate in PEM".to_owned());
    }
    Ok(found)
}

const MAKE_A_LEAF: &str = "the certificate of the server is that of an authority (CA:TRUE), which no server may show: make one with \
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE -keyout key.pem -out cert.pem";

const UNSUPPORTED: &str = "the certificate of the server is signed with an algorithm that is not supported, such as Ed448: \
    sign it with RSA, ECDSA or Ed25519";

/// A certificate that is not trusted, and what to do about it.
#[derive(Debug)]
struct Untrusted {
    words: String,
    cause: Cause,
}

impl fmt::Display for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

impl StdError for Untrusted {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.cause.as_ref())
    }
}

fn certificate_error<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a CertificateError> {
    if let Some(TlsError::InvalidCertificate(wrong)) = error.downcast_ref() {
        return Some(wrong);
    }
    // The source of a `std::io` error is that of the error that it wraps.
    let inner = error
        .downcast_ref::<std::io::Error>()
        .and_then(|error| error.get_ref());
    inner
        .and_then(|inner| certificate_error(inner))
        .or_else(|| error.source().and_then(certificate_error))
}
