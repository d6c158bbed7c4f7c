//! TLS by rustls, with the system's root certificates and those that the user adds.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustls::client::Resumption;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};

use super::trust::Trust;
use crate::error::{Error, Result};

/// How long a configuration that trusts the system's certificates serves new clients. Reading them takes 10 milliseconds.
const FRESH: Duration = Duration::from_secs(60);

/// The last configuration that trusts only the system's certificates.
struct Shared {
    /// What the program had installed.
    provider: Option<Arc<CryptoProvider>>,
    since: Instant,
    config: ClientConfig,
}

static SHARED: Mutex<Option<Shared>> = Mutex::new(None);

/// Return the configuration. Clients with the same one share the certificates in memory.
pub(crate) fn config(trust: &Trust) -> Result<ClientConfig> {
    if trust.adds_certificates() {
        return build(trust);
    }
    // A fork may have copied the lock while another thread held it.
    let Ok(mut shared) = SHARED.try_lock() else {
        return build(trust);
    };
    let provider = CryptoProvider::get_default();
    let is_of_provider = |of: Option<&Arc<CryptoProvider>>| match (of, provider) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (None, None) => true,
        _ => false,
    };
    if let Some(found) = &*shared
        && is_of_provider(found.provider.as_ref())
        && found.since.elapsed() < FRESH
    {
        return Ok(found.config.clone());
    }
    let config = build(trust)?;
    *shared = Some(Shared {
        provider: provider.cloned(),
        since: Instant::now(),
        config: config.clone(),
    });
    Ok(config)
}

fn build(trust: &Trust) -> Result<ClientConfig> {
    let provider = provider()?;
    let unusable = |cause| {
        Error::configuration("a certificate of the CA file cannot be used").caused_by(cause)
    };
    let mut roots = RootCertStore::empty();
    let ca_file = trust.of_ca_file()?;
    for certificate in &ca_file {
        roots.add(certificate.clone()).map_err(unusable)?;
    }
    let mut extra = trust.of_variables();
    extra.retain(|certificate| roots.add(certificate.clone()).is_ok());
    extra.extend(ca_file);
    let mut config = with_the_systems(builder(provider.clone())?, roots, extra, provider)?;
    // A configuration that is created outside of reqwest must set the protocols itself.
    config.alpn_protocols = if cfg!(feature = "http2") {
        vec![b"h2".to_vec(), b"http/1.1".to_vec()]
    } else {
        vec![b"http/1.1".to_vec()]
    };
    Ok(config)
}

type Builder = rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>;

/// Trust `roots` in addition to the system's. Images without root certificates use Mozilla's.
#[cfg(all(unix, not(target_vendor = "apple"), not(target_os = "android")))]
#[expect(clippy::unnecessary_wraps, reason = "one signature for each system")]
fn with_the_systems(
    builder: Builder,
    mut roots: RootCertStore,
    _: Vec<CertificateDer<'static>>,
    _: Arc<CryptoProvider>,
) -> Result<ClientConfig> {
    add(&mut roots, of_the_system());
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

/// Add the system's root certificates. If it has none, add Mozilla's.
#[cfg(all(unix, not(target_vendor = "apple"), not(target_os = "android")))]
fn add(roots: &mut RootCertStore, of_the_system: Vec<CertificateDer<'static>>) {
    let (added, _) = roots.add_parsable_certificates(of_the_system);
    if added == 0 {
        let bundled = webpki_root_certs::TLS_SERVER_ROOT_CERTS;
        roots.add_parsable_certificates(bundled.iter().cloned());
    }
}

/// Read the system's root certificates, regardless of `SSL_CERT_FILE` and `SSL_CERT_DIR`, which are added to them.
#[cfg(all(unix, not(target_vendor = "apple"), not(target_os = "android")))]
fn of_the_system() -> Vec<CertificateDer<'static>> {
    use std::path::Path;

    const BUNDLES: [&str; 7] = [
        "/etc/ssl/certs/ca-certificates.crt", // Debian, Arch
        "/etc/pki/tls/certs/ca-bundle.crt",   // Fedora
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // RHEL
        "/etc/ssl/ca-bundle.pem",             // SUSE
        "/etc/ssl/cert.pem",                  // Alpine, OpenBSD
        "/usr/local/share/certs/ca-root-nss.crt", // FreeBSD
        "/etc/openssl/certs/ca-certificates.crt", // NetBSD
    ];
    let bundle = BUNDLES.iter().map(Path::new).find(|path| path.exists());
    let mut found = rustls_native_certs::load_certs_from_paths(bundle, None).certs;
    for folder in openssl_probe::candidate_cert_dirs() {
        found.extend(rustls_native_certs::load_certs_from_paths(None, Some(folder)).certs);
    }
    found.sort_by(|one, other| one.as_ref().cmp(other.as_ref()));
    found.dedup();
    found
}

/// Trust `extra` in addition to the system's root certificates.
#[cfg(not(all(unix, not(target_vendor = "apple"), not(target_os = "android"))))]
fn with_the_systems(
    builder: Builder,
    _: RootCertStore,
    extra: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<ClientConfig> {
    let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots(extra, provider)
        .map_err(|cause| {
            Error::configuration("the roots of trust cannot be used").caused_by(cause)
        })?;
    Ok(builder
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

/// Build a configuration that trusts no certificate, for clients that use plain HTTP only.
pub(crate) fn without_roots() -> Result<ClientConfig> {
    let mut config = builder(provider()?)?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    config.resumption = Resumption::disabled();
    Ok(config)
}

fn builder(provider: Arc<CryptoProvider>) -> Result<Builder> {
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|cause| Error::configuration("TLS cannot be set up").caused_by(cause))
}

/// The provider that the program installed, else aws-lc-rs. Installs nothing process-wide.
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

#[cfg(all(test, unix, not(target_vendor = "apple"), not(target_os = "android")))]
mod tests {
    use super::super::trust::CaFile;
    use super::*;

    #[test]
    fn clients_share_the_certificates_of_the_system_for_a_minute() {
        let trust = |ca_file| Trust {
            language: crate::Language::Rust,
            ca_file,
            named: Vec::new(),
        };
        let since = || SHARED.lock().unwrap().as_ref().map(|shared| shared.since);
        config(&trust(None)).unwrap();
        let first = since();
        assert!(first.is_some());
        config(&trust(None)).unwrap();
        assert_eq!(since(), first);
        // What one client trusts in addition is not shared.
        let path = std::env::temp_dir().join(format!("hundredms-root-{}.pem", std::process::id()));
        let root = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        std::fs::write(&path, root.cert.pem()).unwrap();
        let ca_file = CaFile::read(&path).unwrap();
        config(&trust(Some(ca_file))).unwrap();
        assert_eq!(since(), first);
        std::fs::remove_file(&path).unwrap();
        let long_ago = Instant::now().checked_sub(FRESH).unwrap();
        SHARED.lock().unwrap().as_mut().unwrap().since = long_ago;
        config(&trust(None)).unwrap();
        assert!(since().unwrap() > long_ago);
    }

    #[test]
    fn where_the_system_has_no_roots_those_of_mozilla_are_trusted() {
        let mut roots = RootCertStore::empty();
        add(&mut roots, Vec::new());
        assert!(roots.len() > 100, "{} roots", roots.len());

        let one = webpki_root_certs::TLS_SERVER_ROOT_CERTS[0].clone();
        let mut roots = RootCertStore::empty();
        add(&mut roots, vec![one]);
        assert_eq!(roots.len(), 1);
    }
}
