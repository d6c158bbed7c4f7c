//! TLS by rustls, with the roots of the system and those the user adds.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;

use crate::error::{Error, Result};

/// Make the configuration; `extra_roots` is PEM.
pub(super) fn config(extra_roots: &[u8]) -> Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let roots: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(extra_roots)
        .collect::<std::result::Result<_, _>>()
        .map_err(|cause| Error::configuration("the CA file is not PEM").caused_by(cause))?;
    if roots.is_empty() && !extra_roots.is_empty() {
        return Err(Error::configuration("the CA file holds no certificate"));
    }
    let verifier = Verifier::new_with_extra_roots(roots, provider.clone()).map_err(|cause| {
        Error::configuration("the roots of trust cannot be used").caused_by(cause)
    })?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|cause| Error::configuration("TLS cannot be set up").caused_by(cause))?;
    Ok(builder
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}
