//! The page of the client's options, in three languages.

use std::fmt::Write as _;

use hundredms::{OPTIONS, OptionInfo};

use super::text::{GENERATED, listed, marked};
use crate::codegen::index::lower_camel;
use crate::codegen::output::Output;

pub(super) fn output() -> Output {
    let mut text = format!(
        "{GENERATED}# Configuration\n\nOptions of a client, with their environment variables and defaults. An option that is set wins over the \
         environment. Profiles, which `hundredms login` stores, are for the command `hundredms` alone.\n\n| option | environment | default |\n| --- | --- | --- |\n"
    );
    for option in OPTIONS {
        let _ = writeln!(
            text,
            "| [`{0}`](#{0}) | {1} | {2} |",
            option.name,
            listed(option.variables),
            option.default
        );
    }
    text.push('\n');
    for option in OPTIONS {
        section(&mut text, option);
    }
    text.push_str(
        "## Options of a call { #calls }\n\nEach call can have its own timeout and number of retries.\n\n\
         | | Python | TypeScript | Rust |\n| --- | --- | --- | --- |\n\
         | timeout of the whole call | `timeout=` in seconds | `timeoutMs` in milliseconds | `.timeout(duration)` |\n\
         | number of retries | `max_retries=` | `maxRetries` | `.max_retries(n)` |\n\
         | cancel it | cancel the task, or Ctrl-C | `signal` | drop the future |\n\
         | see status and headers | `with_raw_response` | `withResponse` | `.with_response()` |\n\
         | send fields that this version does not know | `extra_body=`, `extra_query=` | `extra` | `.extra(name, value)` |\n",
    );
    Output::new("docs/reference/configuration.md", text)
}

fn section(text: &mut String, option: &OptionInfo) {
    let (name, only_rust) = (option.name, option.only_rust);
    let unit = if option.seconds { "Ms" } else { "" };
    let in_typescript = format!("{}{unit}", lower_camel(name));
    let title = if only_rust || in_typescript == name {
        name.to_owned()
    } else {
        format!("{name}, {in_typescript}")
    };
    let _ = writeln!(
        text,
        "## {title} {{ #{name} }}\n\n{}\n",
        marked(option.docs.trim())
    );
    let (python, typescript) = if option.seconds {
        (
            format!("`{name}=` in seconds"),
            format!("`{in_typescript}` in milliseconds"),
        )
    } else {
        (format!("`{name}=`"), format!("`{in_typescript}`"))
    };
    let _ = writeln!(
        text,
        "| Python | TypeScript | Rust | environment | default |\n| --- | --- | --- | --- | --- |\n| {} | {} | {} | {} | {} |\n",
        if only_rust { "" } else { &python },
        if only_rust { "" } else { &typescript },
        listed(option.rust),
        listed(option.variables),
        option.default
    );
}
