//! A page for each resource: its operations with arguments, limits, retries and an example.

use std::fmt::Write as _;

use hundredms::resources::Shortcut;
use hundredms::{ArgumentLocation, Cursor, Method as HttpMethod, Retry, Server};

use super::contract::Contract;
use super::fixture::Fixture;
use super::operation_errors;
use super::text::{GENERATED, Homes, Way, cell, details, heading, listed, marked, row, titles};
use crate::codegen::by_hand::{ByHand, of_resource};
use crate::codegen::index::signatures;
use crate::codegen::output::Output;
use crate::codegen::surface::{Job, Method, Resource};
use crate::codegen::typescript::resources::{MethodTypes, job_types, method_types};
use crate::codegen::typescript::types::plain;
use crate::shell::BoxError;

pub(super) fn output(
    resource: &Resource,
    homes: &Homes,
    contract: &Contract,
) -> Result<Output, BoxError> {
    let (title, about) = resource
        .about
        .split_once(": ")
        .unwrap_or((&resource.about, ""));
    let mut text = format!("{GENERATED}# {title}\n\n");
    let mut letters = plain(about).chars().collect::<Vec<_>>();
    if let Some(first) = letters.first_mut() {
        *first = first.to_ascii_uppercase();
    }
    let about: String = letters.into_iter().collect();
    let _ = writeln!(
        text,
        "{about}\n\nOptions of every call: [timeout and retries](../configuration.md#calls).{}\n",
        if super::text::names(resource).next().is_some() {
            format!(" Values: [models](../models/{}.md).", resource.name)
        } else {
            String::new()
        }
    );
    for method in &resource.methods {
        operation(&mut text, resource, method, homes, contract)?;
    }
    for shortcut in &resource.shortcuts {
        shortcut_section(&mut text, resource, shortcut);
    }
    for method in of_resource(&resource.name) {
        by_hand_section(&mut text, method);
    }
    for job in &resource.jobs {
        job_section(&mut text, resource, job, homes);
    }
    let path = format!("docs/reference/operations/{}.md", resource.name);
    Ok(Output::new(path, text.trim_end().to_owned() + "\n"))
}

fn operation(
    text: &mut String,
    resource: &Resource,
    method: &Method,
    homes: &Homes,
    contract: &Contract,
) -> Result<(), BoxError> {
    let _ = writeln!(text, "{}\n", heading(&method.name));
    for paragraph in [&method.docs.summary, &method.docs.rest] {
        if !paragraph.is_empty() {
            let _ = writeln!(text, "{}\n", marked(paragraph));
        }
    }
    facts(text, resource, method, homes);
    arguments(text, method, homes);
    operation_errors::write(text, method, contract)?;
    let fixture = Fixture::read(method.info.name)?;
    if !fixture.body.is_null() {
        text.push_str(&details(
            "Body of a request, with every argument",
            &fixture.body,
        ));
    }
    if fixture.answer.is_null() {
        let _ = writeln!(
            text,
            "The response has status {} and no body.\n",
            fixture.status
        );
    } else {
        text.push_str(&details(
            &format!("Response, status {}", fixture.status),
            &fixture.answer,
        ));
    }
    Ok(())
}

/// Begin the table of an operation or job with how it is called.
fn begin_table(text: &mut String, [rust, python, typescript]: [String; 3]) {
    let _ = writeln!(text, "| | |\n| --- | --- |");
    for (name, call) in [
        ("Python", python),
        ("TypeScript", typescript),
        ("Rust", rust),
    ] {
        let _ = writeln!(text, "| {name} | `client.{call}` |");
    }
}

/// The table of how an operation is called, and what follows.
fn facts(text: &mut String, resource: &Resource, method: &Method, homes: &Homes) {
    let info = method.info;
    begin_table(text, signatures(resource, method));
    let _ = writeln!(
        text,
        "| HTTP | `{} {}`{}{}, [the service's page]({}) |",
        info.method.as_str(),
        info.path,
        if info.server == Server::Auth {
            " of the token service"
        } else {
            ""
        },
        places(method),
        info.docs_url()
    );
    let _ = writeln!(text, "| Retried | {} |", retry(method));
    if let Some(paging) = info.paging {
        let pages = match paging.cursor {
            Cursor::Page => "by number (`page`)",
            _ => "by cursor",
        };
        let item = method
            .item
            .as_ref()
            .map(|item| homes.shown(item))
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "| Returns | pages {pages}, each with `{}`: list of {item} |",
            paging.items
        );
    } else {
        let _ = writeln!(text, "| Returns | {} |", homes.shown(&method.answer));
    }
    types(text, &method_types(resource, method));
    for note in method.notes() {
        let (title, note) = match note.split_once(": ") {
            Some((title, note)) => (title.to_owned(), note.to_owned()),
            None => ("Timeout".to_owned(), note),
        };
        let _ = writeln!(text, "| {title} | {} |", cell(&note));
    }
    text.push('\n');
}

/// The row of the types that a program in TypeScript names.
fn types(text: &mut String, types: &MethodTypes) {
    let params = types
        .params
        .iter()
        .map(|params| format!("parameters `{params}`"));
    let others = [
        format!("options `{}`", types.options),
        format!("returns `{}`", types.answer),
    ];
    let all: Vec<String> = params.chain(others).collect();
    let _ = writeln!(text, "| Types in TypeScript | {} |", all.join(", "));
}

/// The table of arguments.
fn arguments(text: &mut String, method: &Method, homes: &Homes) {
    if !method.arguments.is_empty() {
        text.push_str(&titles("argument"));
        for argument in &method.arguments {
            let shown = homes.shown(&argument.field.r#type);
            text.push_str(&row(&argument.field, &shown, Way::Sent));
        }
        text.push('\n');
    }
}

/// Where a request has the arguments that its path does not name, with a comma before it.
fn places(method: &Method) -> String {
    let mut places: Vec<(&str, Vec<&str>)> = Vec::new();
    for argument in &method.arguments {
        let place = match argument.location {
            ArgumentLocation::Path => continue,
            ArgumentLocation::Query => "in the query",
            ArgumentLocation::Body => "in the body",
            ArgumentLocation::WholeBody => "as the body",
            _ => "in the token",
        };
        let name = argument.field.name.as_str();
        match places.iter_mut().find(|(known, _)| *known == place) {
            Some((_, names)) => names.push(name),
            None => places.push((place, vec![name])),
        }
    }
    match places.as_slice() {
        [(place, names)] if names.len() > 1 => format!(", arguments {place}"),
        places => {
            let shown = |(place, names): &(&str, Vec<&str>)| format!(", {} {place}", listed(names));
            places.iter().map(shown).collect::<Vec<_>>().concat()
        }
    }
}

/// Whether an operation is repeated.
fn retry(method: &Method) -> &'static str {
    match method.info.retry {
        Retry::Always if method.info.method == HttpMethod::GET => "always: it only reads",
        Retry::Always => "always: repeating it has the same effect as doing it once",
        Retry::IfNamed => "if it has a name, also when the outcome of an attempt is unknown",
        _ => "not when the outcome of an attempt is unknown",
    }
}

fn shortcut_section(text: &mut String, resource: &Resource, shortcut: &Shortcut) {
    let name = shortcut.name.rsplit('.').next().unwrap_or_default();
    let operation = shortcut.operation.rsplit('.').next().unwrap_or_default();
    let (field, value) = shortcut.given;
    let _ = writeln!(
        text,
        "{}\n\n{}\n\nThis is [`{operation}`](#{operation}) with `{field}` {value}: its results and errors are the same.\n",
        heading(name),
        marked(shortcut.docs)
    );
    begin_table(
        text,
        crate::codegen::index::shortcut_signatures(resource, shortcut),
    );
    text.push('\n');
}

/// A method that is written by hand.
fn by_hand_section(text: &mut String, method: &ByHand) {
    let _ = writeln!(
        text,
        "{}\n\n{} See [the guide](../../{}).\n",
        heading(method.name),
        method.docs,
        method.guide,
    );
    begin_table(text, method.calls.map(str::to_owned));
    text.push('\n');
}

fn job_section(text: &mut String, resource: &Resource, job: &Job, homes: &Homes) {
    let _ = writeln!(
        text,
        "{}\n\n!!! note \"A job: several calls with one timeout\"\n",
        heading(&job.name)
    );
    let _ = writeln!(
        text,
        "    Defaults to a timeout of {} seconds. Fails with the errors of its calls, and with those of [jobs](../errors.md#which-call). See [jobs](../../jobs.md).\n",
        job.info.timeout
    );
    for paragraph in [&job.docs.summary, &job.docs.rest] {
        if !paragraph.is_empty() {
            let _ = writeln!(text, "{}\n", marked(paragraph));
        }
    }
    begin_table(text, crate::codegen::index::job_signatures(resource, job));
    let _ = writeln!(
        text,
        "| Returns | {} |\n| Reports | {} |",
        homes.shown(&job.answer),
        homes.shown(&job.progress)
    );
    types(text, &job_types(resource, job));
    text.push('\n');
    if !job.arguments.is_empty() {
        text.push_str(&titles("argument"));
        for field in &job.arguments {
            text.push_str(&row(field, &homes.shown(&field.r#type), Way::Sent));
        }
        text.push('\n');
    }
}
