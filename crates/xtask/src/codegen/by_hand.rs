//! The methods of clients that are written by hand in each language, for the index and the reference.

/// A method that is written by hand.
#[derive(Debug)]
pub(super) struct ByHand {
    /// Its name in Python, and in Rust.
    pub(super) name: &'static str,
    pub(super) docs: &'static str,
    /// How it is called in Rust, Python and TypeScript, on a client. Empty where a language has none.
    pub(super) calls: [&'static str; 3],
    /// The guide to it, relative to `docs/`.
    pub(super) guide: &'static str,
}

/// The methods of a resource.
pub(super) fn of_resource(resource: &str) -> &'static [ByHand] {
    match resource {
        "recording_assets" => RECORDING_ASSETS,
        "sessions" => SESSIONS,
        "templates" => TEMPLATES,
        _ => &[],
    }
}

const RECORDING_ASSETS: &[ByHand] = &[ByHand {
    name: "stream",
    docs: "Stream the file of an asset, without writing it.",
    calls: [
        "recording_assets().stream(asset_id)",
        "recording_assets.stream(asset_id, ...)",
        "recordingAssets.stream(assetId)",
    ],
    guide: "jobs.md#read-a-file-without-writing-it",
}];

const SESSIONS: &[ByHand] = &[
    ByHand {
        name: "windows",
        docs: "Cut a range of time into `n` windows, so that several processes can read its sessions, each exactly once. Sends nothing.",
        calls: [
            "sessions().windows(after, before, n)",
            "sessions.windows(after, before, n)",
            "sessions.windows(after, before, n)",
        ],
        guide: "engines.md",
    },
    ByHand {
        name: "list_window",
        docs: "List the sessions that started within a window. Requests one second more on either side, and leaves out the sessions that started outside of it, so a page may be shorter, or empty.",
        calls: [
            "sessions().list_window(window, request)",
            "sessions.list_window(window, ...)",
            "sessions.listWindow(window, {...})",
        ],
        guide: "engines.md",
    },
];

const TEMPLATES: &[ByHand] = &[ByHand {
    name: "edit",
    docs: "Read a template, change it, and write it back, unless somebody else has changed it meanwhile.",
    calls: [
        "templates().edit(template_id, change)",
        "templates.edit(template_id, change, ...)",
        "templates.edit(templateId, change)",
    ],
    guide: "jobs.md#change-a-template",
}];

/// The methods of a client that belong to no resource.
pub(super) const OF_CLIENT: &[ByHand] = &[
    ByHand {
        name: "auth",
        docs: "Create a token with which one user joins a room in a role.",
        calls: [
            "tokens().auth(room_id, role)",
            "tokens.auth(room_id, role, ...)",
            "tokens.auth(roomId, role, {...})",
        ],
        guide: "reference/tokens.md#auth",
    },
    ByHand {
        name: "management",
        docs: "Create a management token.",
        calls: [
            "tokens().management()",
            "tokens.management(...)",
            "tokens.management({...})",
        ],
        guide: "reference/tokens.md#management",
    },
    ByHand {
        name: "decode",
        docs: "Read the claims of a token, without checking it.",
        calls: [
            "tokens().decode(token)",
            "tokens.decode(token)",
            "tokens.decode(token)",
        ],
        guide: "reference/tokens.md#verify",
    },
    ByHand {
        name: "verify",
        docs: "Check the signature and the times of a token, and return its claims.",
        calls: [
            "tokens().verify(token)",
            "tokens.verify(token)",
            "tokens.verify(token)",
        ],
        guide: "reference/tokens.md#verify",
    },
    ByHand {
        name: "join",
        docs: "Create the link at which people join with a room code.",
        calls: [
            "links().join(subdomain, code)",
            "links.join(subdomain, code, ...)",
            "links.join(subdomain, code, {...})",
        ],
        guide: "reference/links.md",
    },
    ByHand {
        name: "preview",
        docs: "Create the link at which people see a preview before they join.",
        calls: [
            "links().preview(subdomain, code)",
            "links.preview(subdomain, code, ...)",
            "links.preview(subdomain, code, {...})",
        ],
        guide: "reference/links.md",
    },
    ByHand {
        name: "recorder",
        docs: "Create the link at which a recorder joins by itself.",
        calls: [
            "links().recorder(subdomain, room_id, role)",
            "links.recorder(subdomain, room_id, role, ...)",
            "links.recorder(subdomain, roomId, role, {...})",
        ],
        guide: "reference/links.md",
    },
    ByHand {
        name: "map",
        docs: "Make a call for each of many items, several at a time.",
        calls: [
            "bulk::map(items, call)",
            "map(call, items, ...)",
            "map(items, call, {...})",
        ],
        guide: "bulk.md",
    },
    ByHand {
        name: "reconcile",
        docs: "Find what a call with an unknown outcome made.",
        calls: ["reconcile(error)", "reconcile(error)", "reconcile(error)"],
        guide: "guides/errors.md",
    },
    ByHand {
        name: "call",
        docs: "Call an operation by its name, with its arguments as JSON, and return the response as JSON. `call_with_response` returns status, headers and attempts too; `run_json` runs a job, and `reconcile_json` reconciles.",
        calls: ["call(operation, arguments, options)", "", ""],
        guide: "rust.md",
    },
    ByHand {
        name: "call_raw",
        docs: "Call an operation by its name, and return the raw response.",
        calls: [
            "call_raw(operation, arguments, options)",
            "call_raw(operation, ...)",
            "callRaw(operation, {...})",
        ],
        guide: "versions.md",
    },
    ByHand {
        name: "request",
        docs: "Send a request for which this version has no method.",
        calls: [
            "request(method, path, query, body, options)",
            "request(method, path, ...)",
            "request(method, path, {...})",
        ],
        guide: "versions.md",
    },
    ByHand {
        name: "send",
        docs: "Make a call from a request. `list` reads a list and `run` runs a job in the same way: the methods of the resources do this.",
        calls: ["send(request)", "", ""],
        guide: "rust.md",
    },
    ByHand {
        name: "from_env",
        docs: "Create a client, with the credentials of the environment. `with_keys` takes them, and `builder` sets options.",
        calls: ["Client::from_env()", "Client(...)", "new Client({...})"],
        guide: "reference/configuration.md",
    },
    ByHand {
        name: "set_clock_offset",
        docs: "Set by how many seconds the service's clock is ahead of this machine's.",
        calls: ["set_clock_offset(seconds)", "", ""],
        guide: "guides/testing.md",
    },
    ByHand {
        name: "close",
        docs: "Close the connections. A client that is left to the garbage collector, or dropped, does so by itself.",
        calls: ["", "close()", ""],
        guide: "python.md",
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use crate::codegen::index;
    use crate::codegen::surface::Surface;
    use crate::shell::root;

    /// The public methods in the `impl` blocks of `class` below a folder, without those that are hidden from docs.
    fn methods(folder: &Path, class: &str, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                methods(&path, class, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let (mut inside, mut hidden) = (false, false);
            for line in text.lines() {
                match line {
                    "}" => inside = false,
                    line if line == format!("impl {class} {{") => inside = true,
                    _ => {}
                }
                let method = line
                    .strip_prefix("    pub ")
                    .map(|line| line.trim_start_matches("async "));
                let name = method.and_then(|line| line.strip_prefix("fn "));
                let name = name.and_then(|line| line.split(['(', '<']).next());
                if let Some(name) = name.filter(|_| inside && !hidden) {
                    found.insert(name.to_owned());
                }
                let is_above = line.starts_with("    #[") || line.starts_with("    ///");
                hidden = line == "    #[doc(hidden)]" || hidden && is_above;
            }
        }
    }

    #[test]
    fn every_method_of_rust_that_is_written_by_hand_is_in_the_index() {
        let surface = Surface::read().unwrap();
        let index = index::output(&surface).text;
        let source = root().join("crates/hundredms/src");
        let mut count = 0;
        let classes = surface.resources.iter();
        let classes =
            classes.map(|resource| (resource.class.as_str(), format!("{}().", resource.name)));
        let others = [
            ("Client", ""),
            ("Tokens", "tokens()."),
            ("Links", "links()."),
        ];
        let others = others.map(|(class, before)| (class, before.to_owned()));
        for (class, before) in classes.chain(others) {
            let mut found = BTreeSet::new();
            methods(&source, class, &mut found);
            for name in found {
                // They return what has the methods, or set the time of tokens.
                if ["tokens", "links", "at"].contains(&name.as_str()) {
                    continue;
                }
                let shown = [
                    format!("`{before}{name}("),
                    format!("Client::{name}("),
                    format!("`{name}`"),
                ];
                assert!(
                    shown.iter().any(|shown| index.contains(shown)),
                    "{class}::{name}"
                );
                count += 1;
            }
        }
        assert!(count > 15, "{count}");
    }
}
