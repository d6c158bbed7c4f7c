//! Resources: one file for each with its class and its types, and the files that put them together.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use hundredms::ArgumentLocation;

use crate::codegen::surface::{Argument, Field, Job, Kind, Method, Resource, Surface, Type};
use crate::shell::BoxError;

use super::types::{
    Way, camel, comment, dashed, entry, field_docs, interface, paragraphs, typed, write_enum,
    write_field, write_union,
};

/// The names that a resource defines, and its file.
pub(super) fn homes(resource: &Resource) -> impl Iterator<Item = (&str, &str)> {
    let models = resource.models.iter().map(|model| model.name.as_str());
    let enums = resource.enums.iter().map(|an_enum| an_enum.name.as_str());
    let unions = resource.unions.iter().map(|union| union.name.as_str());
    models
        .chain(enums)
        .chain(unions)
        .map(|name| (name, resource.name.as_str()))
}

pub(super) fn file(resource: &Resource, homes: &BTreeMap<&str, &str>) -> Result<String, BoxError> {
    let about = &resource.about;
    let mut body = String::new();
    class(&mut body, resource)?;
    for method in &resource.methods {
        params(&mut body, resource, method)?;
    }
    for job in &resource.jobs {
        job_params(&mut body, resource, job)?;
    }
    for model in &resource.models {
        interface(&mut body, model)?;
    }
    for union in &resource.unions {
        write_union(&mut body, union)?;
    }
    for an_enum in &resource.enums {
        write_enum(&mut body, an_enum)?;
    }
    let mut text = format!(
        "// @generated from crates/hundredms/src/resources/{}.rs by `cargo xtask gen`; not edited by hand.\n// {about}\n",
        resource.name
    );
    if words(&body).any(|word| word == "Time") {
        text.push_str("import type { Time } from '../arguments'\n");
    }
    if words(&body).any(|word| word == "List") {
        text.push_str("import { List } from '../list'\n");
    }
    let options = if resource.jobs.is_empty() {
        "CallOptions"
    } else {
        "CallOptions, JobOptions"
    };
    writeln!(text, "import type {{ {options} }} from '../options'")?;
    let base = resource.base();
    match base {
        "Resource" => writeln!(text, "import {{ coreOf, Resource }} from '../resource'")?,
        _ => writeln!(text, "import {{ coreOf }} from '../resource'")?,
    }
    if words(&body).any(|word| word == "TemplateDescription") {
        text.push_str("import type { TemplateDescription } from '../template-description'\n");
    }
    if base != "Resource" {
        writeln!(
            text,
            "import {{ {base} }} from '../{}'",
            dashed(&snake(base))
        )?;
    }
    let mut used: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for name in words(&body) {
        match homes.get(name) {
            Some(home) if *home != resource.name => {
                used.entry(*home).or_default().insert(name);
            }
            _ => {}
        }
    }
    for (home, names) in used {
        let names: Vec<&str> = names.into_iter().collect();
        writeln!(
            text,
            "import type {{ {} }} from './{}'",
            names.join(", "),
            dashed(home)
        )?;
    }
    text.push('\n');
    text.push_str(&body);
    Ok(text)
}

/// `TemplateEditing` to `template_editing`.
fn snake(name: &str) -> String {
    let mut text = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

/// The identifiers in a text, without those in comments.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with(['*', '/']))
        .flat_map(|line| line.split(|letter: char| !letter.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

fn class(text: &mut String, resource: &Resource) -> Result<(), BoxError> {
    comment(text, std::slice::from_ref(&resource.about))?;
    writeln!(
        text,
        "export class {} extends {} {{",
        resource.class,
        resource.base()
    )?;
    for method in &resource.methods {
        write_method(text, resource, method)?;
    }
    for shortcut in &resource.shortcuts {
        let (_, name) = shortcut.name.split_once('.').unwrap_or_default();
        let (field, value) = shortcut.given;
        let calls = format!("Calls `{}` with `{field}` {value}.", shortcut.operation);
        comment(text, &[shortcut.docs.to_owned(), calls])?;
        let method = resource
            .methods
            .iter()
            .find(|method| method.info.name == shortcut.operation);
        let method = method.ok_or("a shortcut calls an operation of another resource")?;
        writeln!(
            text,
            "{}({}: string, options?: CallOptions): Promise<{}> {{\nreturn coreOf(this).call('{}', {{ {}, {field}: {value} }}, options)\n}}\n",
            camel(name),
            camel(shortcut.argument),
            typed(&method.answer, Way::Out),
            shortcut.operation,
            entry(shortcut.argument),
        )?;
    }
    for job in &resource.jobs {
        write_job(text, resource, job)?;
    }
    writeln!(text, "}}\n")?;
    Ok(())
}

/// The method that runs a job.
fn write_job(text: &mut String, resource: &Resource, job: &Job) -> Result<(), BoxError> {
    let (required, _) = job.split_arguments();
    let mut lines = paragraphs(&job.docs);
    lines.push(format!(
        "Defaults to a timeout of {} seconds for the whole job.",
        job.info.timeout
    ));
    let tags = required.iter().map(|field| {
        let docs = field_docs(field);
        format!("@param {} {docs}", camel(&field.name))
    });
    let tags: Vec<String> = tags.collect();
    if !tags.is_empty() {
        lines.push(tags.join("\n"));
    }
    comment(text, &lines)?;
    let mut signature: Vec<String> = required
        .iter()
        .map(|field| format!("{}: {}", camel(&field.name), typed(&field.r#type, Way::In)))
        .collect();
    let entries: Vec<String> = required.iter().map(|field| entry(&field.name)).collect();
    let mut arguments = format!("{{ {} }}, options", entries.join(", "));
    let types = job_types(resource, job);
    if let Some(params) = &types.params {
        signature.push(format!("params: {params} = {{}}"));
        arguments.push_str(", params");
    }
    signature.push(format!("options?: {}", types.options));
    let answer = types.answer;
    writeln!(
        text,
        "{}({}): {answer} {{\nreturn coreOf(this).runJob('{}', {arguments})\n}}\n",
        camel(&job.name),
        signature.join(", "),
        job.info.name,
    )?;
    Ok(())
}

fn job_params(text: &mut String, resource: &Resource, job: &Job) -> Result<(), BoxError> {
    let (_, optional) = job.split_arguments();
    params_interface(text, resource, &job.name, job.info.name, optional.iter())
}

/// Return whether an argument is positional, or a field of the object of parameters.
pub(in crate::codegen) fn alone(argument: &Argument) -> bool {
    matches!(
        argument.location,
        ArgumentLocation::Path | ArgumentLocation::Token | ArgumentLocation::WholeBody
    )
}

/// The types of a method: what a program names to write a function around it.
pub(in crate::codegen) struct MethodTypes {
    /// The interface of its parameters, if it takes any: `RoomsCreateParams`.
    pub(in crate::codegen) params: Option<String>,
    /// `CallOptions`
    pub(in crate::codegen) options: String,
    /// `Promise<Room>`
    pub(in crate::codegen) answer: String,
}

/// Return the types of the method of an operation.
pub(in crate::codegen) fn method_types(resource: &Resource, method: &Method) -> MethodTypes {
    let takes = !method.arguments.iter().all(alone);
    let page = typed_answer(&method.answer);
    MethodTypes {
        params: takes.then(|| params_name(resource, &method.name)),
        options: "CallOptions".to_owned(),
        answer: match &method.item {
            Some(item) if method.info.paging.is_some() => {
                format!("List<{}, {page}>", typed(item, Way::Out))
            }
            _ => format!("Promise<{page}>"),
        },
    }
}

/// Return the types of the method of a job.
pub(in crate::codegen) fn job_types(resource: &Resource, job: &Job) -> MethodTypes {
    let (_, optional) = job.split_arguments();
    MethodTypes {
        params: (!optional.is_empty()).then(|| params_name(resource, &job.name)),
        options: format!("JobOptions<{}>", typed(&job.progress, Way::Out)),
        answer: format!("Promise<{}>", typed_answer(&job.answer)),
    }
}

fn typed_answer(answer: &Type) -> String {
    match answer {
        Type::Nothing => "void".to_owned(),
        answer => typed(answer, Way::Out),
    }
}

/// The name of the interface of the parameters of a method.
fn params_name(resource: &Resource, method: &str) -> String {
    let method = camel(method);
    let (first, rest) = method.split_at(1);
    format!("{}{}{rest}Params", resource.class, first.to_uppercase())
}

fn write_method(text: &mut String, resource: &Resource, method: &Method) -> Result<(), BoxError> {
    let info = method.info;
    let (first, others): (Vec<_>, Vec<_>) = method
        .arguments
        .iter()
        .partition(|argument| alone(argument));
    let mut lines = paragraphs(&method.docs);
    lines.extend(method.notes());
    lines.push(format!(
        "`{} {}`; service documentation: {}",
        info.method.as_str(),
        info.path,
        info.docs_url()
    ));
    let mut tags: Vec<String> = first
        .iter()
        .map(|argument| {
            format!(
                "@param {} {}",
                camel(&argument.field.name),
                field_docs(&argument.field)
            )
        })
        .collect();
    if let Some(check_with) = info.check_with {
        tags.push(format!(
            "@throws AmbiguousOutcomeError when the connection breaks while it is under way; `{check_with}` shows whether it took effect."
        ));
    }
    if !tags.is_empty() {
        lines.push(tags.join("\n"));
    }
    comment(text, &lines)?;
    let mut signature: Vec<String> = first
        .iter()
        .map(|argument| {
            format!(
                "{}: {}",
                camel(&argument.field.name),
                typed(&argument.field.r#type, Way::In)
            )
        })
        .collect();
    let given: Vec<String> = first
        .iter()
        .map(|argument| entry(&argument.field.name))
        .collect();
    let given = if given.is_empty() {
        "{}".to_owned()
    } else {
        format!("{{ {} }}", given.join(", "))
    };
    let mut arguments = format!("{given}, options");
    let types = method_types(resource, method);
    if let Some(params) = &types.params {
        let needed = others
            .iter()
            .any(|argument| argument.field.kind == Kind::Required);
        let default = if needed { "" } else { " = {}" };
        signature.push(format!("params: {params}{default}"));
        arguments.push_str(", params");
    }
    signature.push(format!("options?: {}", types.options));
    let signature = signature.join(", ");
    let name = camel(&method.name);
    let operation = info.name;
    let answer = types.answer;
    if let (Some(paging), Some(_)) = (info.paging, &method.item) {
        writeln!(
            text,
            "{name}({signature}): {answer} {{\nreturn new List(coreOf(this), {{ operation: '{operation}', items: '{}', param: '{}' }}, {arguments})\n}}\n",
            paging.items,
            paging.cursor.param(),
        )?;
        return Ok(());
    }
    writeln!(
        text,
        "{name}({signature}): {answer} {{\nreturn coreOf(this).call('{operation}', {arguments})\n}}\n"
    )?;
    Ok(())
}

fn params(text: &mut String, resource: &Resource, method: &Method) -> Result<(), BoxError> {
    let fields = method
        .arguments
        .iter()
        .filter(|argument| !alone(argument))
        .map(|argument| &argument.field);
    params_interface(text, resource, &method.name, method.info.name, fields)
}

/// The interface of the parameters of a method, if it has any.
fn params_interface<'a>(
    text: &mut String,
    resource: &Resource,
    method: &str,
    name: &str,
    fields: impl Iterator<Item = &'a Field>,
) -> Result<(), BoxError> {
    let mut fields = fields.peekable();
    if fields.peek().is_none() {
        return Ok(());
    }
    comment(text, &[format!("Parameters of `{name}`.")])?;
    writeln!(
        text,
        "export interface {} {{",
        params_name(resource, method)
    )?;
    for field in fields {
        write_field(text, field, Way::In)?;
    }
    writeln!(text, "}}\n")?;
    Ok(())
}

pub(super) fn index(surface: &Surface) -> Result<String, BoxError> {
    let mut text = String::from(
        "// @generated from crates/hundredms/src/resources/mod.rs by `cargo xtask gen`; not edited by hand.\n// All resources.\nimport type { Core } from '../core'\nimport { Resource, standIn } from '../resource'\n",
    );
    for resource in &surface.resources {
        writeln!(
            text,
            "import {{ {} }} from './{}'",
            resource.class,
            dashed(&resource.name)
        )?;
    }
    text.push('\n');
    for resource in &surface.resources {
        writeln!(text, "export * from './{}'", dashed(&resource.name))?;
    }
    text.push_str(
        "\n/** The resources of a client. */\nexport abstract class Resources extends Resource {\n",
    );
    for resource in &surface.resources {
        comment(&mut text, std::slice::from_ref(&resource.about))?;
        writeln!(
            text,
            "readonly {}: {}",
            camel(&resource.name),
            resource.class
        )?;
    }
    text.push_str("\n/** @internal */\nconstructor(core: Core) {\nsuper(core)\n");
    for resource in &surface.resources {
        writeln!(
            text,
            "this.{} = new {}(core)",
            camel(&resource.name),
            resource.class
        )?;
    }
    text.push_str("}\n}\n\nstandIn(Resources, {\n");
    for resource in &surface.resources {
        writeln!(
            text,
            "{}: {}.prototype,",
            camel(&resource.name),
            resource.class
        )?;
    }
    text.push_str("})\n");
    Ok(text)
}

/// The names of the operations.
pub(super) fn operations(surface: &Surface) -> Result<String, BoxError> {
    let mut text = String::from(
        "// @generated from crates/hundredms/src/resources by `cargo xtask gen`; not edited by hand.\n// The names of the operations.\n\n/** The name of an operation. */\nexport type OperationName =\n",
    );
    for resource in &surface.resources {
        for method in &resource.methods {
            writeln!(text, "| '{}'", method.info.name)?;
        }
    }
    Ok(text)
}

/// The arguments that are refused if they are present and undefined.
pub(super) fn recipients(surface: &Surface) -> Result<String, BoxError> {
    let mut text = String::from(
        "// @generated from crates/hundredms/src/resources by `cargo xtask gen`; not edited by hand.\n// Whom a call reaches.\n\n",
    );
    comment(
        &mut text,
        &["The arguments that say whom an operation reaches: everybody without them.".to_owned()],
    )?;
    text.push_str(
        "export const RECIPIENTS: { readonly [operation: string]: readonly string[] } = {\n",
    );
    for method in surface
        .resources
        .iter()
        .flat_map(|resource| &resource.methods)
    {
        let names: Vec<String> = method
            .arguments
            .iter()
            .filter(|argument| argument.field.kind == Kind::Recipient)
            .map(|argument| format!("'{}'", argument.field.name))
            .collect();
        if !names.is_empty() {
            writeln!(text, "'{}': [{}],", method.info.name, names.join(", "))?;
        }
    }
    text.push_str("}\n");
    Ok(text)
}
