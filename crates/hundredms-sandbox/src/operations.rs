//! The operation table, and the lookup by method and path.

use percent_encoding::percent_decode_str;

use crate::{
    answer::{Answer, ApiError},
    request::Request,
    resources,
    state::State,
};

/// What an operation does with the state.
pub(crate) type Handler = fn(&mut State, &Request) -> Result<Answer, ApiError>;

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
    /// A row for an operation that takes the management token, as nearly all do.
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

    /// The path may also end in a slash: the service documents it both ways.
    pub(crate) const fn with_slash(self) -> Self {
        Self {
            slash: true,
            ..self
        }
    }

    pub(crate) const fn with_auth(self, auth: Auth) -> Self {
        Self { auth, ..self }
    }

    /// The decoded arguments if the (still encoded) segments are of this operation's path.
    fn matches(&self, method: &str, segments: &[&str]) -> Option<Vec<(&'static str, String)>> {
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

/// An operation with the arguments of its path.
pub(crate) type Found = (&'static Operation, Vec<(&'static str, String)>);

/// Find the operation of a path below `/v2`; one with fewer arguments goes first.
pub(crate) fn find(method: &str, path: &str) -> Option<Found> {
    let segments: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
    all()
        .filter_map(|operation| Some((operation, operation.matches(method, &segments)?)))
        .min_by_key(|(_, arguments)| arguments.len())
}

/// The operation with this name.
pub(crate) fn named(name: &str) -> Option<&'static Operation> {
    all().find(|operation| operation.name == name)
}

/// All operations, resource by resource.
pub(crate) fn all() -> impl Iterator<Item = &'static Operation> {
    resources::TABLES.iter().copied().flatten()
}

/// An operation that the sandbox supports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationInfo {
    /// Its name, such as `rooms.create`.
    pub name: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path below the base URL, arguments in braces.
    pub path: &'static str,
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_row_of_the_table_is_found_by_its_own_path() {
        let mut names = HashSet::new();
        for operation in all() {
            assert!(
                names.insert(operation.name),
                "{} stands twice in the table",
                operation.name
            );
            let path = operation.path.replace(['{', '}'], "");
            let (found, _) = find(operation.method, &path)
                .unwrap_or_else(|| panic!("{} not found", operation.name));
            assert_eq!(found.name, operation.name);
        }
    }

    #[test]
    fn path_arguments_are_decoded_once_and_never_empty() {
        let (operation, arguments) =
            find("GET", "/templates/t%2F1/roles/stage%20%2541").expect("a known path");
        assert_eq!(operation.name, "templates.get_role");
        assert_eq!(
            arguments,
            [
                ("template_id", "t/1".to_owned()),
                ("role_name", "stage %41".to_owned())
            ]
        );
        assert!(find("GET", "/rooms/").is_none());
        assert!(find("GET", "/rooms/a/b").is_none());
        assert!(find("PUT", "/rooms/a").is_none());
    }
}
