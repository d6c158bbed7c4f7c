//! The HTTP client of the tests.

/// Make a client that goes past any proxy.
pub(crate) fn client() -> reqwest::Client {
    // Built together with the core, reqwest has TLS without a provider, and wants one even for plain HTTP.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client")
}
