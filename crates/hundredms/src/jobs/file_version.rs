//! [`FileVersion`]: what tells one version of a file in a storage from another.

use http::HeaderMap;
use http::header::{ETAG, HeaderName, LAST_MODIFIED};
use serde::{Deserialize, Serialize};

/// What tells one version of a file from another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct FileVersion {
    etag: Option<String>,
    last_modified: Option<String>,
    /// `None` until it is known.
    pub(super) size: Option<u64>,
}

impl FileVersion {
    pub(super) fn of(headers: &HeaderMap, size: Option<u64>) -> Self {
        let text = |name: HeaderName| headers.get(name)?.to_str().ok().map(str::to_owned);
        Self {
            etag: text(ETAG),
            last_modified: text(LAST_MODIFIED),
            size,
        }
    }

    /// The value for `If-Range`: a strong entity tag, else the time of the last change.
    pub(super) fn validator(&self) -> Option<&str> {
        let strong = self.etag.as_deref().filter(|tag| tag.starts_with('"'));
        strong.or(self.last_modified.as_deref())
    }

    /// Return whether a transfer of this version can be continued.
    pub(super) fn can_be_continued(&self) -> bool {
        self.validator().is_some()
    }

    /// Return whether the other one is of the same version.
    pub(super) fn fits(&self, other: &Self) -> bool {
        let same_size = match (self.size, other.size) {
            (Some(size), Some(other)) => size == other,
            _ => true,
        };
        same_size
            && match (&self.etag, &other.etag) {
                (Some(tag), Some(other)) => tag == other,
                _ => self.last_modified.is_some() && self.last_modified == other.last_modified,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(etag: Option<&str>, last_modified: Option<&str>, size: Option<u64>) -> FileVersion {
        FileVersion {
            etag: etag.map(str::to_owned),
            last_modified: last_modified.map(str::to_owned),
            size,
        }
    }

    #[test]
    fn only_a_validator_lets_a_transfer_be_continued() {
        let day = Some("Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(version(Some("\"a\""), day, None).validator(), Some("\"a\""));
        assert_eq!(version(Some("W/\"a\""), day, None).validator(), day);
        assert!(!version(Some("W/\"a\""), None, Some(5)).can_be_continued());
    }

    #[test]
    fn a_version_fits_by_its_tag_or_else_by_size_and_time() {
        let one = version(Some("\"a\""), Some("then"), Some(5));
        assert!(one.fits(&version(Some("\"a\""), Some("now"), None)));
        assert!(!one.fits(&version(Some("\"b\""), Some("then"), Some(5))));
        assert!(!one.fits(&version(Some("\"a\""), Some("then"), Some(6))));
        assert!(one.fits(&version(None, Some("then"), Some(5))));
        assert!(!one.fits(&version(None, Some("now"), Some(5))));
        assert!(!version(None, None, Some(5)).fits(&version(None, None, Some(5))));
    }
}
