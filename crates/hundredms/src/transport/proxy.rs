//! Which proxy is used for a server. This is decided once, when the client is created.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use url::Url;

use super::outcome::Cause;
#[cfg(not(target_arch = "wasm32"))]
use crate::error::Error;
use crate::error::Result;
use crate::variables::Variables;
use crate::wire::secret::Secret;

/// The proxy for requests.
#[derive(Debug, Clone, Default)]
pub(crate) enum Proxy {
    /// What `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` say.
    #[default]
    Environment,
    /// No proxy.
    None,
    /// This one, for all requests.
    Url(Secret),
}

/// The route to one server.
#[derive(Debug, Clone)]
pub(crate) enum Route {
    Direct,
    Through(ProxyServer),
    /// The setting of the system, if there is one.
    System,
}

/// A proxy, and which option or variable names it.
#[derive(Clone)]
pub(crate) struct ProxyServer {
    /// May contain a password.
    pub(crate) url: Url,
    named_by: &'static str,
}

impl fmt::Debug for ProxyServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for ProxyServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.url.host_str().unwrap_or_default();
        write!(f, "the proxy {}://{host}", self.url.scheme())?;
        if let Some(port) = self.url.port_or_known_default() {
            write!(f, ":{port}")?;
        }
        write!(f, " of `{}`", self.named_by)
    }
}

/// Why there is no connection through a proxy.
#[derive(Debug)]
struct NoConnectionThrough {
    proxy: ProxyServer,
    cause: Cause,
}

impl fmt::Display for NoConnectionThrough {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "through {}", self.proxy)
    }
}

impl StdError for NoConnectionThrough {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.cause.as_ref())
    }
}

impl Route {
    /// Add through which proxy there is no connection.
    pub(crate) fn explain(&self, cause: Cause) -> Cause {
        match self {
            Self::Direct | Self::System => cause,
            Self::Through(proxy) => Arc::new(NoConnectionThrough {
                proxy: proxy.clone(),
                cause,
            }),
        }
    }

    /// Find the route to the server at `base`. The platform decides on wasm32.
    #[cfg(target_arch = "wasm32")]
    #[expect(clippy::unnecessary_wraps, reason = "one signature for all platforms")]
    pub(crate) fn to(_: &Url, _: &Proxy, _: &Variables) -> Result<Self> {
        Ok(Self::Direct)
    }

    /// Find the route to the server at `base`.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn to(base: &Url, proxy: &Proxy, variables: &Variables) -> Result<Self> {
        match proxy {
            Proxy::None => Ok(Self::Direct),
            Proxy::Url(url) => Self::through("proxy", url.expose()),
            Proxy::Environment => Self::of_environment(base, variables),
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn of_environment(base: &Url, variables: &Variables) -> Result<Self> {
        // A service on this machine is never behind a proxy.
        if is_loopback(base) || bypassed(base, variables) {
            return Ok(Self::Direct);
        }
        // In a CGI script, HTTP_PROXY is a header of the request.
        if variables.get("REQUEST_METHOD").is_some() {
            return Ok(Self::Direct);
        }
        let names = match base.scheme() {
            "https" => ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"],
            _ => ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"],
        };
        let set = |name| Some((name, variables.get(name)?.trim().to_owned()));
        let mut set = names.into_iter().filter_map(set);
        match set.find(|(_, value)| !value.is_empty()) {
            Some((name, value)) => Self::through(name, &value),
            None if SYSTEM => Ok(Self::System),
            None => Ok(Self::Direct),
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn through(named_by: &'static str, value: &str) -> Result<Self> {
        let url = read(named_by, value)?;
        Ok(Self::Through(ProxyServer { url, named_by }))
    }

    /// Return whether the connection to the proxy uses TLS.
    pub(crate) fn is_secure(&self) -> bool {
        match self {
            Self::Direct => false,
            Self::Through(proxy) => proxy.url.scheme() == "https",
            Self::System => true,
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
const SYSTEM: bool = cfg!(all(
    feature = "system-proxy",
    any(target_os = "macos", windows)
));

/// Return whether `NO_PROXY` names the host of `base`.
#[cfg(not(target_arch = "wasm32"))]
fn bypassed(base: &Url, variables: &Variables) -> bool {
    use http::Uri;
    use hyper_util::client::proxy::matcher::Matcher;

    let names = variables
        .get("NO_PROXY")
        .or_else(|| variables.get("no_proxy"));
    let (Some(names), Ok(base)) = (names, base.as_str().parse::<Uri>()) else {
        return false;
    };
    let any = Matcher::builder().all("http://proxy.invalid").no(names);
    any.build().intercept(&base).is_none()
}

#[cfg(not(target_arch = "wasm32"))]
/// Parse the URL of a proxy, which comes from `name`. Errors do not repeat it, because it may contain a password.
fn read(name: &str, value: &str) -> Result<Url> {
    let refused = |reason: String| Err(Error::configuration(format!("{name}: {reason}")));
    let text = if value.contains("://") {
        value.to_owned()
    } else {
        format!("http://{value}")
    };
    let scheme = text.split("://").next().unwrap_or_default();
    let scheme = scheme.to_ascii_lowercase();
    let known = match scheme.as_str() {
        "http" | "https" => true,
        "socks4" | "socks4a" | "socks5" | "socks5h" if cfg!(feature = "socks") => true,
        "socks4" | "socks4a" | "socks5" | "socks5h" => {
            return refused(format!("{scheme} needs the feature `socks` of this crate"));
        }
        _ => false,
    };
    if !known {
        let schemes = if cfg!(feature = "socks") {
            "http, https, socks5, socks5h, socks4 or socks4a"
        } else {
            "http or https"
        };
        return refused(format!(
            "must be the URL of a proxy whose scheme is {schemes}"
        ));
    }
    let url = text.parse::<Url>().ok().filter(|url| {
        // An unencoded password ends in the path.
        let whole = !url.path().contains('@');
        whole && url.query().is_none() && url.fragment().is_none() && url.has_host()
    });
    match url {
        Some(url) => Ok(url),
        None => refused(
            "must be the URL of a proxy, for example http://user:password@proxy.example:3128; write #, /, ? and @ in a user name \
             or password as %23, %2F, %3F and %40"
                .to_owned(),
        ),
    }
}

pub(crate) fn is_loopback(base: &Url) -> bool {
    let host = base.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(base: &str, variables: &[(&str, &str)]) -> Result<Route> {
        let variables = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Route::to(
            &base.parse().expect("a URL"),
            &Proxy::Environment,
            &Variables::Given(variables.collect()),
        )
    }

    fn through(base: &str, variables: &[(&str, &str)]) -> Option<String> {
        match route(base, variables).expect("a route") {
            Route::Through(proxy) => Some(proxy.url.to_string()),
            Route::Direct | Route::System => None,
        }
    }

    #[test]
    fn the_variable_for_the_scheme_goes_before_the_one_for_all() {
        let variables = [
            ("HTTPS_PROXY", "http://secure:1"),
            ("all_proxy", "any.example:2"),
        ];
        let through = |base| through(base, &variables);
        assert_eq!(
            through("https://s.test").as_deref(),
            Some("http://secure:1/")
        );
        assert_eq!(
            through("http://s.test").as_deref(),
            Some("http://any.example:2/")
        );
    }

    #[test]
    fn neither_this_machine_nor_what_no_proxy_names_is_behind_a_proxy() {
        let variables = [
            ("ALL_PROXY", "http://p:1"),
            ("NO_PROXY", ".s.test, 10.0.0.0/8"),
        ];
        for base in [
            "http://localhost:1",
            "http://127.0.0.2",
            "http://[::1]:1",
            "https://api.s.test",
            "https://10.1.2.3",
        ] {
            assert_eq!(through(base, &variables), None, "{base}");
        }
        assert!(through("https://other.test", &variables).is_some());
    }

    #[test]
    fn a_bad_variable_is_refused_by_its_name_without_its_value() {
        for value in [
            "socks://127.0.0.1:1080",
            "ftp://proxy:1",
            "http://user:p#ss@host:3128",
            "http://user:1/ss@host:3128",
            "http://user:1?ss@host:3128",
            "http://:3128",
            "http://proxy:99999",
            "http://",
            "://proxy",
        ] {
            let error = route("https://s.test", &[("https_proxy", value)]).expect_err(value);
            assert!(
                error.message().starts_with("https_proxy: must be"),
                "{error}"
            );
            assert!(!error.to_string().contains("ss@host"), "{error}");
            // A variable that does not matter is not read.
            assert_eq!(
                through("https://localhost", &[("https_proxy", value)]),
                None
            );
            assert_eq!(through("http://s.test", &[("https_proxy", value)]), None);
        }
    }

    #[test]
    fn a_proxy_is_shown_with_what_names_it_and_without_its_password() {
        for (value, shown) in [
            (
                "http://ada:hush@p.test:3128",
                "the proxy http://p.test:3128 of `https_proxy`",
            ),
            (
                "ada:hush@p.test",
                "the proxy http://p.test:80 of `https_proxy`",
            ),
            (
                "https://[::1]",
                "the proxy https://[::1]:443 of `https_proxy`",
            ),
        ] {
            match route("https://s.test", &[("https_proxy", value)]) {
                Ok(Route::Through(proxy)) => {
                    assert_eq!(proxy.to_string(), shown);
                    assert_eq!(format!("{proxy:?}"), shown);
                }
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn socks_needs_its_feature() {
        let variables = [("ALL_PROXY", "socks5h://127.0.0.1:1080")];
        let route = route("https://s.test", &variables);
        if cfg!(feature = "socks") {
            assert!(matches!(route, Ok(Route::Through(_))));
        } else {
            let error = route.expect_err("no feature");
            assert_eq!(
                error.message(),
                "ALL_PROXY: socks5h needs the feature `socks` of this crate"
            );
        }
    }
}
