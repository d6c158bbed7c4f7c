//! One row of the operation table.

use percent_encoding::percent_decode_str;

use crate::{
    api_response::{ApiError, ApiResponse},
    request::Request,
    state::State,
};

/// What an operation does with the state.
pub(crate) type Handler = fn(&mut State, &Request) -> Result<ApiResponse, ApiError>;

/// Which token an operation requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Auth {
    Management,
    /// A client auth token, and no other.
    Client,
    None,
}

/// One row of the table.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    /// Below `/v2`, arguments in braces.
    pub(crate) path: &'static str,
    pub(crate) auth: Auth,
    pub(crate) handler: Handler,
    /// Whether the path may also end in a slash.
    slash: bool,
}

impl Operation {
    /// Create a row for an operation that takes the management token, as most operations do.
    pub(crate) const fn new(
        name: &'static str,
        method: &'static str,
        path: &'static str,
        handler: Handler,
    ) -> Self {
        Self {
            name,
            method,
            path,
            auth: Auth::Management,
            handler,
            slash: false,
        }
    }

    /// Allow a slash at the end of the path: the service documents it both ways.
    pub(crate) const fn with_slash(self) -> Self {
        Self {
            slash: true,
            ..self
        }
    }

    pub(crate) const fn with_auth(self, auth: Auth) -> Self {
        Self { auth, ..self }
    }

    /// Return the decoded arguments if the method and the encoded segments are those of this operation.
    pub(crate) fn matches(
        &self,
        method: &str,
        segments: &[&str],
    ) -> Option<Vec<(&'static str, String)>> {
        if self.method != method {
            return None;
        }
        let segments = match segments {
            [path @ .., ""] if self.slash => path,
            path => path,
        };
        let mut arguments = Vec::new();
        let mut template = self.path[1..].split('/');
        for segment in segments {
            let expected = template.next()?;
            match expected
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'))
            {
                Some(_) if segment.is_empty() => return None,
                Some(name) => {
                    arguments.push((
                        name,
                        percent_decode_str(segment).decode_utf8().ok()?.into_owned(),
                    ));
                }
                None if expected == *segment => {}
                None => return None,
            }
        }
        template.next().is_none().then_some(arguments)
    }
}
