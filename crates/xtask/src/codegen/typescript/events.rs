//! The data of webhook events, and the table from types to data.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::codegen::surface::{Type, Webhooks};
use crate::shell::BoxError;

use super::types::{comment, interface, write_enum, write_union};

/// The data of the events of webhooks, and the table from types to data.
pub(super) fn file(webhooks: &Webhooks) -> Result<String, BoxError> {
    let mut text = String::from(
        "// @generated from crates/hundredms/src/webhooks by `cargo xtask gen`; not edited by hand.\n// The data of events.\n\n",
    );
    comment(
        &mut text,
        &["The data of an event, by its type.".to_owned()],
    )?;
    text.push_str("export interface EventDataByType {\n");
    for event in &webhooks.types {
        comment(&mut text, &[event.docs.to_owned()])?;
        writeln!(text, "readonly '{}': {}", event.name, event.data)?;
    }
    text.push_str("}\n\n/** The types of events. */\nexport const EVENT_TYPES = [\n");
    for event in &webhooks.types {
        writeln!(text, "'{}',", event.name)?;
    }
    text.push_str("] as const satisfies readonly (keyof EventDataByType)[]\n\n");
    let definitions = &webhooks.definitions;
    let shown: BTreeSet<&str> = definitions
        .models
        .iter()
        .flat_map(|model| &model.fields)
        .filter(|field| field.r#type != Type::Secret)
        .map(|field| field.name.as_str())
        .collect();
    text.push_str("/** @internal The fields that are shown when an event is inspected: those that are known, and no secrets. */\nexport const SHOWN_FIELDS: ReadonlySet<string> = new Set([\n");
    for name in shown {
        writeln!(text, "'{name}',")?;
    }
    text.push_str("])\n\n");
    for model in &definitions.models {
        interface(&mut text, model)?;
    }
    for union in &definitions.unions {
        write_union(&mut text, union)?;
    }
    for an_enum in &definitions.enums {
        write_enum(&mut text, an_enum)?;
    }
    Ok(text)
}
