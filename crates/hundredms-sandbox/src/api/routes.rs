//! All operations, and the lookup by method and path.

use hundredms_deserialize_error::is_near;

use crate::api::{
    active_rooms, analytics, deliveries, external_streams, live_streams, operation::Operation,
    peer_stats, poll_runs, polls, recording_assets, recordings, room_codes, rooms, sessions, sip,
    stream_keys, templates, webhook_replays,
};

/// The rows of all resources.
const TABLES: &[&[Operation]] = &[
    rooms::OPERATIONS,
    room_codes::OPERATIONS,
    templates::OPERATIONS,
    stream_keys::OPERATIONS,
    active_rooms::OPERATIONS,
    sessions::OPERATIONS,
    recordings::OPERATIONS,
    recording_assets::OPERATIONS,
    live_streams::OPERATIONS,
    external_streams::OPERATIONS,
    polls::OPERATIONS,
    poll_runs::OPERATIONS,
    analytics::OPERATIONS,
    peer_stats::OPERATIONS,
    deliveries::OPERATIONS,
    webhook_replays::OPERATIONS,
    sip::OPERATIONS,
];

/// An operation with the arguments of its path.
pub(crate) type Found = (&'static Operation, Vec<(&'static str, String)>);

/// Find the operation of a path below `/v2`; one with fewer arguments takes precedence.
pub(crate) fn find(method: &str, path: &str) -> Option<Found> {
    let segments: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
    all()
        .filter_map(|operation| Some((operation, operation.matches(method, &segments)?)))
        .min_by_key(|(_, arguments)| arguments.len())
}

/// Return why a name is not that of an operation, with the one that is probably meant. `None` if it is.
pub(crate) fn unknown_operation(name: &str) -> Option<String> {
    if all().any(|operation| operation.name == name) {
        return None;
    }
    let meant = all().find(|operation| is_near(name, operation.name, 3));
    let meant = meant.map_or_else(String::new, |meant| {
        format!("; did you mean \"{}\"?", meant.name)
    });
    Some(format!("there is no operation \"{name}\"{meant}"))
}

/// Return all operations, resource by resource.
pub(crate) fn all() -> impl Iterator<Item = &'static Operation> {
    TABLES.iter().copied().flatten()
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
