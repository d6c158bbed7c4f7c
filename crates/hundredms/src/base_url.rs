//! Parses the base URLs of a client.

use http::Uri;

use crate::error::{Error, Result};
use crate::transport::connection::has_host;
use crate::variables::Variables;

/// Parse a base URL: that which is `given`, else that of `variable`, else `default`. It is http or https, without query or fragment.
pub(crate) fn base_url(
    name: &str,
    given: Option<String>,
    variables: &Variables,
    variable: &str,
    default: &str,
) -> Result<Uri> {
    let (name, text) = match (given, variables.get(variable)) {
        (Some(given), _) => (name.to_owned(), given),
        (None, Some(text)) => (format!("{name}, from the variable {variable}"), text),
        (None, None) => (name.to_owned(), default.to_owned()),
    };
    let text = text.trim();
    let refuse = |reason: &str| Err(Error::configuration(format!("{name}: {reason}")));
    let Some((scheme, _)) = text.split_once("://") else {
        return refuse("must be an absolute URL, for example https://api.100ms.live/v2");
    };
    let secure = scheme.eq_ignore_ascii_case("https");
    if !secure && !scheme.eq_ignore_ascii_case("http") {
        return refuse("must begin with https:// or http://");
    }
    // On wasm32, the runtime brings TLS.
    let has_tls = cfg!(any(
        feature = "rustls-no-provider",
        feature = "native-tls",
        target_arch = "wasm32"
    ));
    if secure && !has_tls {
        return refuse("https needs the feature `rustls` or `native-tls` of this crate");
    }
    let Ok(url) = text.parse::<Uri>() else {
        return refuse("must be an absolute URL, for example https://api.100ms.live/v2");
    };
    if !has_host(&url) {
        return refuse("must be an absolute URL, for example https://api.100ms.live/v2");
    }
    if url
        .authority()
        .is_some_and(|authority| authority.as_str().contains('@'))
    {
        return refuse("must not contain a user name or password");
    }
    if text.contains(['?', '#']) {
        return refuse("must end with the path");
    }
    Ok(url)
}
