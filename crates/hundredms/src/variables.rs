//! The environment variables that a client reads, and the language in which it is used.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::error::{Error, Result};
use crate::wire::secret::Secret;

/// The variables that provide options that are not set.
#[derive(Clone, Default)]
pub(crate) enum Variables {
    /// Those of the process.
    #[default]
    Process,
    Given(BTreeMap<String, String>),
}

/// Every variable that a client may read.
const NAMES: [&str; 20] = [
    "HMS_ACCESS_KEY",
    "HMS_SECRET",
    "APP_ACCESS_KEY",
    "APP_SECRET",
    "HMS_BASE_URL",
    "HMS_AUTH_URL",
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "REQUEST_METHOD",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "NODE_EXTRA_CA_CERTS",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
];

impl Variables {
    /// Return a variable. `None` if it is empty.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let value = match self {
            Self::Process => std::env::var(name).ok(),
            Self::Given(variables) => variables.get(name).cloned(),
        };
        value.filter(|value| !value.is_empty())
    }

    /// Return the first of these that is set.
    pub(crate) fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.get(name))
    }

    /// Keep the present values of the variables.
    pub(crate) fn kept(&self) -> Self {
        let kept = NAMES.map(|name| Some((name.to_owned(), self.get(name)?)));
        Self::Given(kept.into_iter().flatten().collect())
    }

    pub(crate) fn keys(&self) -> Result<(String, Secret)> {
        for (key_name, secret_name) in [
            ("HMS_ACCESS_KEY", "HMS_SECRET"),
            ("APP_ACCESS_KEY", "APP_SECRET"),
        ] {
            match (self.get(key_name), self.get(secret_name)) {
                (Some(access_key), Some(secret)) => return Ok((access_key, Secret::new(secret))),
                (None, None) => {}
                (given, _) => {
                    let (given, missing) = if given.is_some() {
                        (key_name, secret_name)
                    } else {
                        (secret_name, key_name)
                    };
                    return Err(Error::configuration(format!(
                        "{given} is set but {missing} is not"
                    )));
                }
            }
        }
        Err(Error::configuration(
            "no credentials: give an access key and a secret, or set HMS_ACCESS_KEY and HMS_SECRET",
        ))
    }
}

/// The language in which a client is used: it determines the names of options, and which variables are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[doc(hidden)]
pub enum Language {
    #[default]
    Rust,
    Python,
    Node,
}

impl Language {
    #[cfg_attr(
        not(feature = "rustls-no-provider"),
        allow(dead_code, reason = "named in errors of TLS by rustls")
    )]
    pub(crate) fn ca_file(self) -> &'static str {
        match self {
            Self::Rust | Self::Python => "ca_file",
            Self::Node => "caFile",
        }
    }

    /// The variables that name files or folders with certificates to trust in addition to the system's.
    pub(crate) fn trust_variables(self) -> &'static [&'static str] {
        match self {
            Self::Rust => &["SSL_CERT_FILE", "SSL_CERT_DIR"],
            Self::Python => &[
                "SSL_CERT_FILE",
                "SSL_CERT_DIR",
                "REQUESTS_CA_BUNDLE",
                "CURL_CA_BUNDLE",
            ],
            Self::Node => &["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR"],
        }
    }

    /// The values of these variables, with their names.
    pub(crate) fn trusted(self, variables: &Variables) -> Vec<(&'static str, PathBuf)> {
        let mut trusted = Vec::new();
        if cfg!(target_arch = "wasm32") {
            // No files, and TLS is the platform's.
            return trusted;
        }
        for name in self.trust_variables() {
            let value = variables.get(name).unwrap_or_default();
            let paths: Vec<PathBuf> = match *name {
                "SSL_CERT_DIR" => std::env::split_paths(&value).collect(),
                _ => vec![value.into()],
            };
            let paths = paths
                .into_iter()
                .filter(|path| !path.as_os_str().is_empty());
            trusted.extend(paths.map(|path| (*name, path)));
        }
        trusted
    }
}
