//! A page for each resource with the values that its operations take and return.

use std::fmt::Write as _;

use super::text::{GENERATED, Homes, Way, listed, marked, names, row, titles};
use crate::codegen::output::Output;
use crate::codegen::surface::{Model, Resource};

/// The page, unless no model belongs to the resource.
pub(super) fn output(resource: &Resource, homes: &Homes) -> Option<Output> {
    names(resource).next()?;
    let (title, _) = resource
        .about
        .split_once(": ")
        .unwrap_or((&resource.about, ""));
    let mut text = format!(
        "{GENERATED}# Models: {}\n\nWhat the operations of [{}](../operations/{}.md) take and return. Models that several resources use are on the page \
         of the first one.\nIn Python, they are in `hundredms.models`, and names such as `publishParams` are written `publish_params`.\n\n",
        title.to_lowercase(),
        title.to_lowercase(),
        resource.name
    );
    text.push_str(&definitions(resource, &|of| homes.shown(of)));
    let path = format!("docs/reference/models/{}.md", resource.name);
    Some(Output::new(path, text.trim_end().to_owned() + "\n"))
}

/// The models, unions and enums of a resource.
pub(super) fn definitions(
    resource: &Resource,
    shown: &dyn Fn(&crate::codegen::surface::Type) -> String,
) -> String {
    let mut text = String::new();
    for model in &resource.models {
        text.push_str(&definition(model, shown));
    }
    for union in &resource.unions {
        let _ = writeln!(
            text,
            "## {} {{ #{} }}\n\n{}\n\nIts shape depends on `{}`. A value of a known kind that does not match becomes a malformed one, with the raw data.\n\n| `{}` | model |\n| --- | --- |",
            union.name,
            union.name.to_lowercase(),
            marked(&union.docs),
            union.tag,
            union.tag
        );
        for (model, words) in &union.shapes {
            let named = crate::codegen::surface::Type::Named(model.clone());
            let _ = writeln!(text, "| {} | {} |", listed(words), shown(&named));
        }
        text.push('\n');
    }
    for found in &resource.enums {
        let _ = writeln!(
            text,
            "## {} {{ #{} }}\n\n{} New values may be added.\n\n{}\n",
            found.name,
            found.name.to_lowercase(),
            marked(&found.docs),
            listed(&found.words)
        );
    }
    text
}

fn definition(model: &Model, shown: &dyn Fn(&crate::codegen::surface::Type) -> String) -> String {
    let way = match (model.input, model.answer) {
        (true, true) => "Sent and received.",
        (true, false) => "Sent.",
        _ => "Received.",
    };
    let mut text = format!(
        "## {} {{ #{} }}\n\n{} {way}\n\n",
        model.name,
        model.name.to_lowercase(),
        marked(&model.docs)
    );
    if !model.fields.is_empty() {
        let way = if model.input {
            Way::Sent
        } else {
            Way::Received
        };
        text.push_str(&titles("field"));
        for field in &model.fields {
            text.push_str(&row(field, &shown(&field.r#type), way));
        }
        text.push('\n');
    }
    text
}
