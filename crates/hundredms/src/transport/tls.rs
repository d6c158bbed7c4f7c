//! TLS by rustls, with the roots of the system and those the user adds.

use std::sync::Arc;

use rustls::client::Resumption;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::error::{Error, Result};

/// Make the configuration; `extra_roots` is PEM.
pub(super) fn config(extra_roots: &[u8]) -> Result<ClientConfig> {
    let provider = provider()?;
    let roots: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(extra_roots)
        .collect::<std::result::Result<_, _>>()
        .map_err(|cause| Error::configuration("the CA file is not PEM").caused_by(cause))?;
    if roots.is_empty() && !extra_roots.is_empty() {
        return Err(Error::configuration("the CA file holds no certificate"));
    }
    let verifier = Verifier::new_with_extra_roots(roots, provider.clone()).map_err(|cause| {
        Error::configuration("the roots of trust cannot be used").caused_by(cause)
    })?;
    let mut config = builder(provider)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    // What is set up outside of reqwest names its protocols itself.
    config.alpn_protocols = if cfg!(feature = "http2") {
        vec![b"h2".to_vec(), b"http/1.1".to_vec()]
    } else {
        vec![b"http/1.1".to_vec()]
    };
    Ok(config)
}

/// Make a configuration that trusts nobody, for clients that speak plain HTTP only.
pub(super) fn without_roots() -> Result<ClientConfig> {
    let mut config = builder(provider()?)?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    config.resumption = Resumption::disabled();
    Ok(config)
}

fn builder(
    provider: Arc<CryptoProvider>,
) -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>> {
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|cause| Error::configuration("TLS cannot be set up").caused_by(cause))
}

/// The provider that the program installed, else aws-lc-rs. Nothing is installed process-wide.
fn provider() -> Result<Arc<CryptoProvider>> {
    let installed = CryptoProvider::get_default().cloned();
    installed.or_else(shipped).ok_or_else(|| {
        Error::configuration(
            "rustls has no crypto provider: install one with CryptoProvider::install_default, or enable the feature `rustls`",
        )
    })
}

#[cfg(feature = "rustls")]
#[expect(
    clippy::unnecessary_wraps,
    reason = "there is none without the feature"
)]
fn shipped() -> Option<Arc<CryptoProvider>> {
    Some(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
}

#[cfg(not(feature = "rustls"))]
fn shipped() -> Option<Arc<CryptoProvider>> {
    None
}
