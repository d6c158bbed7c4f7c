//! The page of webhook events, each with its data and an example.

use std::fmt::Write as _;

use serde_json::Value;

use super::models::definitions;
use super::text::{GENERATED, Homes, Way, cell, details, marked, names, row, titles};
use crate::codegen::output::Output;
use crate::codegen::surface::{Resource, Webhooks};
use crate::shell::{BoxError, root};

pub(super) fn output(webhooks: &Webhooks, homes: &Homes) -> Result<Output, BoxError> {
    let mut text = format!(
        "{GENERATED}# Webhook events\n\nThe service sends {} types of events. [Receive webhooks](../guides/webhooks.md) shows how to handle them.\n\n\
         Every event has `id`, `type`, `timestamp`, `account_id`, `app_id` and `data`. An unknown type is parsed as `Unknown`, and data that \
         does not match its type as `Malformed`, both with the raw data.\n\n| type | meaning |\n| --- | --- |\n",
        webhooks.types.len()
    );
    for event in &webhooks.types {
        let _ = writeln!(
            text,
            "| [`{0}`](#{1}) | {2} |",
            event.name,
            anchor(event.name),
            cell(event.docs)
        );
    }
    text.push('\n');
    for event in &webhooks.types {
        let _ = writeln!(
            text,
            "## {} {{ #{} }}\n\n{}\n",
            event.name,
            anchor(event.name),
            marked(event.docs)
        );
        let models = &webhooks.definitions.models;
        let model = models.iter().find(|model| model.name == event.data);
        if let Some(model) = model {
            if let Some((_, cause)) = model.docs.split_once("\n\nCause: ") {
                let _ = writeln!(text, "Cause: {}\n", marked(cause));
            }
            let _ = write!(text, "Data, `{}`:\n\n{}", model.name, titles("field"));
            for field in &model.fields {
                let shown = homes.from("", &field.r#type);
                text.push_str(&row(field, &shown, Way::Received));
            }
            text.push('\n');
        }
        let file = root().join(format!(
            "tests/contract/webhook-examples/{}.json",
            event.name
        ));
        let example: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
        text.push_str(&details("Example", &example));
    }
    let of_events: Vec<&str> = webhooks
        .types
        .iter()
        .map(|event| event.data.as_str())
        .collect();
    let all = &webhooks.definitions;
    let parts = Resource {
        name: all.name.clone(),
        class: all.class.clone(),
        about: String::new(),
        methods: Vec::new(),
        shortcuts: Vec::new(),
        jobs: Vec::new(),
        models: all
            .models
            .iter()
            .filter(|model| !of_events.contains(&model.name.as_str()))
            .cloned()
            .collect(),
        enums: all.enums.clone(),
        unions: all.unions.clone(),
    };
    if names(&parts).next().is_some() {
        text.push_str("## Parts of the data\n\n");
        text.push_str(
            &definitions(&parts, &|of| homes.from("", of))
                .replace("\n## ", "\n### ")
                .replacen("## ", "### ", 1),
        );
    }
    Ok(Output::new(
        "docs/reference/events.md",
        text.trim_end().to_owned() + "\n",
    ))
}

/// The anchor of an event: `peer.join.success` to `peerjoinsuccess`.
fn anchor(name: &str) -> String {
    name.chars().filter(|c| *c != '.').collect()
}
