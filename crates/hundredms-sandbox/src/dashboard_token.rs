//! The token without which the dashboard is refused.

use std::fmt;

use crate::ids;

/// A random token, which the URL of the dashboard contains.
#[derive(Clone)]
pub(crate) struct DashboardToken(String);

impl DashboardToken {
    /// Create one.
    pub(crate) fn new() -> Self {
        Self((ids::uuid() + &ids::uuid()).replace('-', ""))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a request has this token. Takes the same time for every wrong one of the same length.
    pub(crate) fn is(&self, given: &[u8]) -> bool {
        let expected = self.0.as_bytes();
        let pairs = expected.iter().zip(given);
        let differences = pairs.fold(0, |all, (one, other)| all | (one ^ other));
        given.len() == expected.len() && std::hint::black_box(differences) == 0
    }
}

impl fmt::Debug for DashboardToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_token_is_accepted() {
        let token = DashboardToken::new();
        assert_eq!(token.as_str().len(), 64);
        assert!(token.is(token.as_str().as_bytes()));
        assert!(!token.is(&token.as_str().as_bytes()[1..]));
        assert!(!token.is(b""));
        assert!(!token.is(DashboardToken::new().as_str().as_bytes()));
        assert_eq!(format!("{token:?}"), "[secret]");
    }
}
