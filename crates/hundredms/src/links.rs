//! Links: addresses at which people and recorders join a room in the service's own web app. Nothing here uses the network.
//!
//! Service documentation: [room-links](https://www.100ms.live/docs/get-started/v2/get-started/prebuilt/room-codes/room-links).

use std::fmt;

use crate::client::Client;
use crate::error::{Error, Result};
use crate::wire::query::{Query, encoded};

/// The domain of the service's web app. The same for all regions.
const DOMAIN: &str = ".app.100ms.live";

/// Creates links to rooms. Nothing here uses the network.
///
/// `subdomain` is that of the template, as the service's dashboard shows it: `acme` or `acme.app.100ms.live`. Templates that were
/// created with the API have none.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Links;

impl Client {
    /// Create links at which people and recorders join rooms.
    pub fn links(&self) -> Links {
        Links
    }
}

impl Links {
    /// Create the link at which a person joins with a room code: `https://acme.app.100ms.live/meeting/abc-defg-hij`.
    ///
    /// # Errors
    ///
    /// `invalid_request` if `subdomain` is not one, or `code` is empty.
    pub fn join(self, subdomain: impl AsRef<str>, code: impl AsRef<str>) -> Result<Link> {
        let code = [("code", code.as_ref())];
        link("links.join", subdomain.as_ref(), "meeting", &code)
    }

    /// Create the link at which a person first sees a preview, then joins with a room code:
    /// `https://acme.app.100ms.live/preview/abc-defg-hij`.
    ///
    /// # Errors
    ///
    /// `invalid_request` if `subdomain` is not one, or `code` is empty.
    pub fn preview(self, subdomain: impl AsRef<str>, code: impl AsRef<str>) -> Result<Link> {
        let code = [("code", code.as_ref())];
        link("links.preview", subdomain.as_ref(), "preview", &code)
    }

    /// Create the link at which a recorder joins without a click: the `meeting_url` of recordings, live streams and external streams.
    /// `https://acme.app.100ms.live/preview/<room_id>/recorder?skip_preview=true`.
    ///
    /// # Errors
    ///
    /// `invalid_request` if `subdomain` is not one, or `room_id` or `role` is empty.
    pub fn recorder(
        self,
        subdomain: impl AsRef<str>,
        room_id: impl AsRef<str>,
        role: impl AsRef<str>,
    ) -> Result<Link> {
        let parts = [("room_id", room_id.as_ref()), ("role", role.as_ref())];
        let link = link("links.recorder", subdomain.as_ref(), "preview", &parts)?;
        Ok(link.with("skip_preview", "true"))
    }

    /// Create a link by the name of the method, for the bindings.
    ///
    /// # Errors
    ///
    /// As for the method.
    #[doc(hidden)]
    pub fn by_name(
        self,
        method: &str,
        subdomain: &str,
        target: &str,
        role: Option<&str>,
    ) -> Result<Link> {
        match method {
            "join" => self.join(subdomain, target),
            "preview" => self.preview(subdomain, target),
            _ => self.recorder(subdomain, target, role.unwrap_or_default()),
        }
    }
}

/// A link to a room. `Display` and `String::from` return it as text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a link does nothing by itself"]
pub struct Link(String);

impl Link {
    /// Set the name of the peer, which it cannot change then.
    pub fn name(self, name: impl AsRef<str>) -> Self {
        self.with("name", name.as_ref())
    }

    /// Set your own id for the user. It is returned in peers, sessions and webhooks.
    pub fn user_id(self, user_id: impl AsRef<str>) -> Self {
        self.with("userId", user_id.as_ref())
    }

    /// Return the link as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn with(self, name: &str, value: &str) -> Self {
        let mut query = Query::new(self.0);
        query.add(name, value);
        Self(query.finish())
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Link> for String {
    fn from(link: Link) -> Self {
        link.0
    }
}

/// Create a link whose path has these parts.
fn link(operation: &str, subdomain: &str, page: &str, parts: &[(&str, &str)]) -> Result<Link> {
    let refuse = |field: &str, reason: &str| Err(Error::invalid_request(operation, field, reason));
    let subdomain = subdomain.to_ascii_lowercase();
    let subdomain = subdomain.strip_suffix(DOMAIN).unwrap_or(&subdomain);
    if !is_label(subdomain) {
        let reason = format!(
            "must be the subdomain of a template, such as acme or acme{DOMAIN}: letters, digits and hyphens"
        );
        return refuse("subdomain", &reason);
    }
    let mut link = format!("https://{subdomain}{DOMAIN}/{page}");
    for (field, part) in parts {
        match *part {
            "" => return refuse(field, "must not be empty"),
            // A browser would take them out of the path.
            "." | ".." => return refuse(field, "must not be `.` or `..`"),
            part => {
                link.push('/');
                link.extend(encoded(part));
            }
        }
    }
    Ok(Link(link))
}

/// Whether it can be one part of a domain.
fn is_label(text: &str) -> bool {
    let is_inside = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    (1..=63).contains(&text.len())
        && text.as_bytes().iter().all(is_inside)
        && !text.starts_with('-')
        && !text.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::Links;
    use crate::error::ErrorKind;

    #[test]
    fn links_look_as_the_service_documents_them() {
        let join = Links.join("acme", "abc-defg-hij").expect("join");
        assert_eq!(
            join.as_str(),
            "https://acme.app.100ms.live/meeting/abc-defg-hij"
        );
        let join = join.name("Ada & Ben").user_id("u/1?");
        assert_eq!(
            String::from(join),
            "https://acme.app.100ms.live/meeting/abc-defg-hij?name=Ada%20%26%20Ben&userId=u%2F1%3F"
        );
        let preview = Links
            .preview("ACME-2.app.100ms.live", "abc-defg-hij")
            .expect("preview");
        assert_eq!(
            preview.to_string(),
            "https://acme-2.app.100ms.live/preview/abc-defg-hij"
        );
        let recorder = Links
            .recorder("acme", "64d2f0a17c3be91f5a08d412", "re corder/ü")
            .expect("recorder");
        assert_eq!(
            recorder.name("Recorder").as_str(),
            "https://acme.app.100ms.live/preview/64d2f0a17c3be91f5a08d412/re%20corder%2F%C3%BC?skip_preview=true&name=Recorder"
        );
    }

    #[test]
    fn nothing_leads_to_another_host_or_page() {
        for subdomain in [
            "",
            ".",
            "a.b",
            "acme.example",
            "https://acme.app.100ms.live",
            "acme/",
            "acme@evil",
            "acme:1",
            "-acme",
            "acme-",
            ".app.100ms.live",
            "ac me",
            "acmé",
            "evil.example#.app.100ms.live",
            &"a".repeat(64),
        ] {
            let error = Links.join(subdomain, "abc").expect_err(subdomain);
            assert_eq!(error.kind(), ErrorKind::InvalidRequest);
            assert_eq!(error.field(), Some("subdomain"), "{subdomain}");
            assert_eq!(error.operation(), Some("links.join"));
        }
        for part in ["", ".", ".."] {
            assert_eq!(
                Links.preview("acme", part).expect_err(part).field(),
                Some("code")
            );
            assert_eq!(
                Links
                    .recorder("acme", part, "host")
                    .expect_err(part)
                    .field(),
                Some("room_id")
            );
            assert_eq!(
                Links
                    .recorder("acme", "room", part)
                    .expect_err(part)
                    .field(),
                Some("role")
            );
        }
    }
}
