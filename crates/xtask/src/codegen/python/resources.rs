//! Resources: one class with blocking and one with async methods for each, and those that return a `Response`.

use std::fmt::Write as _;

use hundredms::ArgumentLocation;

use crate::codegen::surface::{Argument, Docs, Field, Job, Kind, Method, Resource, Surface, Type};

use super::names::{Names, optional, type_of};
use super::text::{attribute, block, described};

/// The imports of modules with resources. The formatter removes unused ones.
const IMPORTS: &str = "\
from __future__ import annotations
import builtins
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from os import PathLike
from types import NoneType
from typing import Any
from .._absent import ABSENT
from .._asset_stream import AssetStreaming, AsyncAssetStreaming
from .._jobs import file_path
from .._pages import AsyncPager, Pager
from .._session_windows import AsyncSessionWindows, SessionWindows
from .._template_description import TemplateDescription
from .._times import aware
from ._lazy import lazy
from ._resource import AsyncResource, Resource
from ._template_editing import AsyncTemplateEditing, TemplateEditing
from ._with_raw_response import WithRawResponse, first_page, first_page_async, responding, responding_async
";

/// The module of a resource.
pub(super) fn file(resource: &Resource, names: &Names<'_>) -> String {
    let mut file = format!("{}\n{IMPORTS}", block(&resource.about, 0));
    file.push_str(&names.inputs());
    file.push_str(&names.imports("", "..models."));
    for color in [Color::Blocking, Color::Async] {
        file.push_str(&class(resource, names, color));
    }
    for color in [Color::Blocking, Color::Async] {
        file.push_str(&with_raw_response(resource, color));
    }
    file
}

/// The class whose methods return a `Response`.
fn with_raw_response(resource: &Resource, color: Color) -> String {
    let of = format!("{}{}", color.prefix(), resource.class);
    let mut class = format!(
        "\n\nclass {of}WithRawResponse(WithRawResponse):\n    \"\"\"The methods of `{of}`. Each returns a `Response`.\"\"\"\n\n"
    );
    let methods = resource.methods.iter();
    let methods = methods.map(|method| (method.name.as_str(), method.item.is_some()));
    let shortcuts = resource.shortcuts.iter();
    let shortcuts = shortcuts.map(|shortcut| (short_name(shortcut.name), false));
    for (name, pages) in methods.chain(shortcuts) {
        let made = color.descriptor(pages);
        let _ = writeln!(class, "    {name} = {made}({of}.{name})");
    }
    class
}

/// `rooms.enable` to `enable`.
fn short_name(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

/// Return whether a signature must use `builtins.list`, because a method of the class is called `list`.
fn builtin_list(resource: &Resource) -> bool {
    let methods = resource.methods.iter().map(|method| &method.answer);
    let mut answers = methods.chain(resource.jobs.iter().map(|job| &job.answer));
    resource.methods.iter().any(|method| method.name == "list")
        && answers.any(|answer| matches!(answer, Type::List(_)))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Color {
    Blocking,
    Async,
}

impl Color {
    fn prefix(self) -> &'static str {
        match self {
            Self::Blocking => "",
            Self::Async => "Async",
        }
    }

    /// The counterpart of a method in a class whose methods return a `Response`.
    fn descriptor(self, pages: bool) -> &'static str {
        match (self, pages) {
            (Self::Blocking, true) => "first_page",
            (Self::Blocking, false) => "responding",
            (Self::Async, true) => "first_page_async",
            (Self::Async, false) => "responding_async",
        }
    }
}

fn class(resource: &Resource, names: &Names<'_>, color: Color) -> String {
    let mut class = format!(
        "\n\nclass {0}{1}({0}{3}):\n{2}\n    __slots__ = ()\n\n    @lazy\n    def with_raw_response(self) -> {0}{1}WithRawResponse:\n        \"\"\"The same methods. Each returns a `Response`: status, headers, attempts.\"\"\"\n        return {0}{1}WithRawResponse(self._responding())\n",
        color.prefix(),
        resource.class,
        block(&resource.about, 4),
        resource.base(),
    );
    for method in &resource.methods {
        class.push_str(&method_text(method, resource, names, color));
    }
    for shortcut in &resource.shortcuts {
        let Some(method) = resource
            .methods
            .iter()
            .find(|method| method.info.name == shortcut.operation)
        else {
            continue;
        };
        let (field, value) = shortcut.given;
        let value = if value { "True" } else { "False" };
        let docs = format!(
            "{}\n\nCalls `{}` with `{field}={value}`.",
            shortcut.docs, shortcut.operation
        );
        let _ = write!(
            class,
            "\n    {} {}(self, {}: str, *, timeout: float | None = None, max_retries: int | None = None) -> {}:\n{}        return {}self.{}({}, {field}={value}, timeout=timeout, max_retries=max_retries)\n",
            def_line(color),
            short_name(shortcut.name),
            shortcut.argument,
            type_of(&method.answer),
            block(&docs, 8),
            awaiting(color),
            method.name,
            shortcut_argument(method, shortcut.argument),
        );
    }
    for job in &resource.jobs {
        class.push_str(&job_text(job, resource, names, color));
    }
    class
}

/// The method that runs a job.
fn job_text(job: &Job, resource: &Resource, names: &Names<'_>, color: Color) -> String {
    let (required, optional) = job.split_arguments();
    let progress = type_of(&job.progress);
    let mut signature = vec!["self".to_owned()];
    signature.extend(required.iter().map(|field| parameter(field, names)));
    signature.push("*".into());
    signature.extend(optional.iter().map(|field| parameter(field, names)));
    signature.push(format!(
        "on_progress: Callable[[{progress}], object] | None = None"
    ));
    signature.push("timeout: float | None = None".into());
    signature.push("max_retries: int | None = None".into());
    let name = job.info.name;
    let entries = job.arguments.iter().map(|field| entry(name, field));
    let entries: Vec<String> = entries.collect();
    let (class, returns) = match &job.answer {
        Type::Nothing => ("NoneType".to_owned(), ""),
        of => (type_of(of), "return "),
    };
    let mut answer = type_of(&job.answer);
    if builtin_list(resource) {
        answer = answer.replace("list[", "builtins.list[");
    }
    let Docs { summary, rest } = &job.docs;
    let docs = format!("{summary}\n\n{rest}");
    let options = [
        (
            "on_progress",
            "Called whenever the job has progressed. What it raises ends the job.".to_owned(),
        ),
        (
            "timeout",
            format!("Seconds for the whole job. Defaults to {}.", job.info.timeout),
        ),
        (
            "max_retries",
            "How often a failed attempt of each call is repeated. Defaults to the client's setting.".to_owned(),
        ),
    ];
    let options = options.map(|(name, docs)| (name.to_owned(), docs));
    let arguments = job.arguments.iter();
    let arguments = arguments.map(|field| (attribute(&field.name), field.docs.clone()));
    let arguments: Vec<(String, String)> = arguments.chain(options).collect();
    format!(
        "\n    {} {}({}) -> {}:\n{}        {returns}{}self._run(\"{name}\", {class}, {{{}}}, {progress}, on_progress, timeout, max_retries)\n",
        def_line(color),
        job.name,
        signature.join(", "),
        answer,
        described(docs.trim_end(), &arguments, "", 8),
        awaiting(color),
        entries.join(", "),
    )
}

/// An argument in the dictionary that is sent.
fn entry(operation: &str, field: &Field) -> String {
    let name = &field.name;
    let value = attribute(name);
    if field.r#type == Type::Time {
        return format!("\"{name}\": aware(\"{operation}\", \"{name}\", {value})");
    }
    if field.r#type == Type::Path {
        return format!("\"{name}\": file_path(\"{operation}\", \"{name}\", {value})");
    }
    format!("\"{name}\": {value}")
}

/// Path parameters are positional, others are keyword-only.
fn shortcut_argument(method: &Method, name: &str) -> String {
    let by_place = method
        .arguments
        .iter()
        .any(|argument| argument.field.name == name && argument.location == ArgumentLocation::Path);
    if by_place {
        name.to_owned()
    } else {
        format!("{name}={name}")
    }
}

fn def_line(color: Color) -> &'static str {
    match color {
        Color::Blocking => "def",
        Color::Async => "async def",
    }
}

fn awaiting(color: Color) -> &'static str {
    match color {
        Color::Blocking => "",
        Color::Async => "await ",
    }
}

fn method_text(method: &Method, resource: &Resource, names: &Names<'_>, color: Color) -> String {
    let (by_place, by_name): (Vec<&Argument>, Vec<&Argument>) = method
        .arguments
        .iter()
        .partition(|argument| argument.location == ArgumentLocation::Path);
    let mut signature = vec!["self".to_owned()];
    signature.extend(
        by_place
            .iter()
            .map(|argument| parameter(&argument.field, names)),
    );
    signature.push("*".into());
    signature.extend(
        by_name
            .iter()
            .map(|argument| parameter(&argument.field, names)),
    );
    if method.rewrites {
        signature.push("extra: Mapping[str, Any] | None = None".into());
    }
    let unknown = unknown_fields(method);
    signature.extend(unknown.map(|name| format!("{name}: Mapping[str, Any] | None = None")));
    signature.push("timeout: float | None = None".into());
    signature.push("max_retries: int | None = None".into());
    let of = type_of(&method.answer);
    let mut answer = of.clone();
    if builtin_list(resource) {
        answer = answer.replace("list[", "builtins.list[");
    }
    let operation = method.info.name;
    let class = match &method.answer {
        Type::Nothing => "NoneType",
        _ => &of,
    };
    let paged = method.info.paging.zip(method.item.as_ref());
    let (def, answer, call) = if let Some((paging, item)) = paged {
        (
            "def",
            format!("{}Pager[{}, {answer}]", color.prefix(), type_of(item)),
            format!(
                "return self._pages(\"{operation}\", {class}, \"{}\", \"{}\"",
                paging.items,
                paging.cursor.param()
            ),
        )
    } else {
        let returns = match &method.answer {
            Type::Nothing => "",
            _ => "return ",
        };
        let awaiting = awaiting(color);
        let call = format!("{returns}{awaiting}self._call(\"{operation}\", {class}");
        (def_line(color), answer, call)
    };
    let extra = method.rewrites.then(|| "**(extra or {})".to_owned());
    let entries = method.arguments.iter();
    let entries = entries.map(|argument| entry(operation, &argument.field));
    let entries: Vec<String> = extra.into_iter().chain(entries).collect();
    let unknown = unknown.map(|name| format!(", {name}={name}"));
    format!(
        "\n    {def} {}({}) -> {answer}:\n{}        {call}, {{{}}}, timeout, max_retries{})\n",
        method.name,
        signature.join(", "),
        docstring(method, &by_place, &by_name),
        entries.join(", "),
        unknown.unwrap_or_default(),
    )
}

/// The argument for fields that this version does not know. An operation that writes back a value that was read has `extra` for them.
fn unknown_fields(method: &Method) -> Option<&'static str> {
    match method.info.method {
        _ if method.rewrites => None,
        hundredms::Method::POST => Some("extra_body"),
        _ => Some("extra_query"),
    }
}

fn parameter(field: &Field, names: &Names<'_>) -> String {
    let name = attribute(&field.name);
    let of = names.argument(&field.r#type);
    match field.kind {
        Kind::Required => format!("{name}: {of}"),
        // The call reaches more without this argument, so None does not mean absent.
        Kind::Filter | Kind::Recipient => format!("{name}: {of} = ABSENT"),
        _ => format!("{name}: {} = None", optional(&of)),
    }
}

fn docstring(method: &Method, by_place: &[&Argument], by_name: &[&Argument]) -> String {
    let Docs { summary, rest } = &method.docs;
    let mut docs = summary.clone();
    if !rest.is_empty() {
        docs.push_str("\n\n");
        docs.push_str(rest);
    }
    for note in method.notes() {
        let _ = write!(docs, "\n\n{note}");
    }
    if let Some(check_with) = method.info.check_with {
        let _ = write!(
            docs,
            "\n\nIf the outcome is ambiguous, `{check_with}` shows whether it took effect."
        );
    }
    let arguments = by_place.iter().chain(by_name);
    let arguments = arguments.map(|argument| {
        let field = &argument.field;
        (attribute(&field.name), field.docs.clone())
    });
    let extra = method.rewrites.then_some((
        "extra",
        "Fields that this version does not know, as in the `extra` of what was read.",
    ));
    let unknown = unknown_fields(method).map(|name| match name {
        "extra_body" => (
            name,
            "Fields of the body that this version does not know, sent as they are.",
        ),
        _ => (
            name,
            "Query parameters that this version does not know, sent as they are.",
        ),
    });
    let options = [
        (
            "timeout",
            "Seconds for the whole call. Defaults to the client's setting.",
        ),
        (
            "max_retries",
            "How often a failed attempt is repeated. Defaults to the client's setting.",
        ),
    ];
    let others = extra.into_iter().chain(unknown).chain(options);
    let others = others.map(|(name, docs)| (name.to_owned(), docs.to_owned()));
    let arguments: Vec<(String, String)> = arguments.chain(others).collect();
    let link = format!("Service documentation: {}", method.info.docs_url());
    described(&docs, &arguments, &link, 8)
}

/// The module with the resources of a client.
pub(super) fn all(surface: &Surface) -> String {
    let mut file = String::from(
        "\"\"\"The resources of a client. Each is loaded when it is first used.\"\"\"\n\nfrom __future__ import annotations\nfrom typing import TYPE_CHECKING\nfrom ._lazy import lazy\nif TYPE_CHECKING:\n    from .._async_calls import AsyncCalls\n    from .._calls import Calls\n",
    );
    for resource in &surface.resources {
        let (name, class) = (&resource.name, &resource.class);
        let _ = writeln!(file, "    from .{name} import Async{class}, {class}");
    }
    for color in [Color::Blocking, Color::Async] {
        let prefix = color.prefix();
        let _ = write!(
            file,
            "\n\nclass {prefix}Resources:\n    \"\"\"Every resource, by its name.\"\"\"\n\n    def __init__(self, calls: {prefix}Calls) -> None:\n        self._calls = calls\n"
        );
        for resource in &surface.resources {
            let (name, class) = (&resource.name, &resource.class);
            let _ = write!(
                file,
                "\n    @lazy\n    def {name}(self) -> {prefix}{class}:\n{}        from .{name} import {prefix}{class}\n\n        return {prefix}{class}(self._calls)\n",
                block(&resource.about, 8),
            );
        }
    }
    file
}
