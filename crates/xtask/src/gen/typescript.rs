//! The TypeScript surface: one file for each resource, with its class and its types, and the file that puts them together.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use hundredms::Place;

use super::surface::Webhooks;
use super::{
    Argument, Docs, Enum, Field, Kind, Method, Model, Output, Resource, Surface, Type, Union,
};
use crate::commands::{Failure, root};
use crate::node;

/// The direction of a type's values.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    In,
    Out,
}

/// Write the surface.
pub(super) fn outputs(surface: &Surface) -> Result<Vec<Output>, Failure> {
    node::install()?;
    let homes: BTreeMap<&str, &str> = surface.resources.iter().flat_map(homes).collect();
    let mut outputs = Vec::new();
    for resource in &surface.resources {
        let path = PathBuf::from(format!("node/src/resources/{}.ts", dashed(&resource.name)));
        let text = formatted(&file(resource, &homes)?)?;
        outputs.push(Output { path, text });
    }
    for (path, text) in [
        ("node/src/resources/index.ts", index(surface)?),
        ("node/src/operations.ts", operations(surface)?),
        ("node/src/resources/recipients.ts", recipients(surface)?),
        ("node/src/webhooks/events.ts", events(&surface.webhooks)?),
    ] {
        let text = formatted(&text)?;
        outputs.push(Output {
            path: path.into(),
            text,
        });
    }
    Ok(outputs)
}

/// The names that a resource defines, and the file they stand in.
fn homes(resource: &Resource) -> impl Iterator<Item = (&str, &str)> {
    let models = resource.models.iter().map(|model| model.name.as_str());
    let enums = resource.enums.iter().map(|an_enum| an_enum.name.as_str());
    let unions = resource.unions.iter().map(|union| union.name.as_str());
    models
        .chain(enums)
        .chain(unions)
        .map(|name| (name, resource.name.as_str()))
}

/// The first line of the Rust source of a resource: what it is about.
fn about(resource: &Resource) -> Result<String, Failure> {
    let path = root().join(format!(
        "crates/hundredms/src/resources/{}.rs",
        resource.name
    ));
    let source = std::fs::read_to_string(path)?;
    let line = source.lines().next().unwrap_or_default();
    Ok(line.trim_start_matches("//! ").to_owned())
}

fn file(resource: &Resource, homes: &BTreeMap<&str, &str>) -> Result<String, Failure> {
    let about = about(resource)?;
    let mut body = String::new();
    class(&mut body, resource, &about)?;
    for method in &resource.methods {
        params(&mut body, resource, method)?;
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
    text.push_str(
        "import type { CallOptions } from '../options'\nimport { coreOf, Resource } from '../resource'\n",
    );
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

/// The identifiers in the code of a text, comments left out.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with(['*', '/']))
        .flat_map(|line| line.split(|letter: char| !letter.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

fn class(text: &mut String, resource: &Resource, about: &str) -> Result<(), Failure> {
    comment(text, &[about.to_owned()])?;
    writeln!(text, "export class {} extends Resource {{", resource.class)?;
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
    writeln!(text, "}}\n")?;
    Ok(())
}

/// Whether an argument stands alone in front, or in the object of parameters.
fn alone(argument: &Argument) -> bool {
    matches!(
        argument.place,
        Place::Path | Place::Token | Place::WholeBody
    )
}

/// The name of the interface of the parameters of a method.
fn params_name(resource: &Resource, method: &Method) -> String {
    let method = camel(&method.name);
    let (first, rest) = method.split_at(1);
    format!("{}{}{rest}Params", resource.class, first.to_uppercase())
}

fn write_method(text: &mut String, resource: &Resource, method: &Method) -> Result<(), Failure> {
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
    if let Some(look_at) = info.look_at {
        tags.push(format!(
            "@throws AmbiguousOutcomeError when the connection breaks while it is under way; `{look_at}` shows whether it took effect."
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
    if !others.is_empty() {
        let needed = others
            .iter()
            .any(|argument| argument.field.kind == Kind::Required);
        let default = if needed { "" } else { " = {}" };
        signature.push(format!(
            "params: {}{default}",
            params_name(resource, method)
        ));
        arguments.push_str(", params");
    }
    signature.push("options?: CallOptions".to_owned());
    let signature = signature.join(", ");
    let name = camel(&method.name);
    let operation = info.name;
    if let (Some(paging), Some(item)) = (info.paging, &method.item) {
        writeln!(
            text,
            "{name}({signature}): List<{}, {}> {{\nreturn new List(coreOf(this), {{ operation: '{operation}', items: '{}', param: '{}' }}, {arguments})\n}}\n",
            typed(item, Way::Out),
            typed(&method.answer, Way::Out),
            paging.items,
            paging.cursor.param(),
        )?;
        return Ok(());
    }
    let answer = match &method.answer {
        Type::Nothing => "void".to_owned(),
        answer => typed(answer, Way::Out),
    };
    writeln!(
        text,
        "{name}({signature}): Promise<{answer}> {{\nreturn coreOf(this).call('{operation}', {arguments})\n}}\n"
    )?;
    Ok(())
}

fn params(text: &mut String, resource: &Resource, method: &Method) -> Result<(), Failure> {
    let fields: Vec<&Field> = method
        .arguments
        .iter()
        .filter(|argument| !alone(argument))
        .map(|argument| &argument.field)
        .collect();
    if fields.is_empty() {
        return Ok(());
    }
    comment(text, &[format!("Parameters of `{}`.", method.info.name)])?;
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

fn interface(text: &mut String, model: &Model) -> Result<(), Failure> {
    match model.docs.split_once(" (deprecated)") {
        Some((before, after)) => comment(text, &[format!("@deprecated {before}{after}")])?,
        None => comment(text, std::slice::from_ref(&model.docs))?,
    }
    if model.fields.is_empty() {
        writeln!(
            text,
            "export type {} = {}\n",
            model.name,
            typed(&Type::Object, Way::Out)
        )?;
        return Ok(());
    }
    writeln!(text, "export interface {} {{", model.name)?;
    // What also goes in may be undefined where it may be left out.
    let way = if model.input { Way::In } else { Way::Out };
    for field in &model.fields {
        write_field(text, field, way)?;
    }
    writeln!(text, "}}\n")?;
    Ok(())
}

fn write_field(text: &mut String, field: &Field, way: Way) -> Result<(), Failure> {
    let docs = field_docs(field);
    if docs.contains("Deprecated.") {
        let what = docs.replace("Deprecated.", "");
        comment(text, &[format!("@deprecated {}", what.trim())])?;
    } else if !docs.is_empty() {
        comment(text, &[docs])?;
    }
    let mut shape = typed(&field.r#type, way);
    let always = matches!(field.kind, Kind::Required | Kind::List);
    if field.kind == Kind::Nullable {
        shape.push_str(" | null");
    }
    // A recipient that is present and undefined would turn a message to one peer into a message to all.
    if !always && way == Way::In && field.kind != Kind::Recipient {
        shape.push_str(" | undefined");
    }
    let mark = if always { "" } else { "?" };
    writeln!(text, "readonly {}{mark}: {shape}", key(&field.name))?;
    Ok(())
}

fn write_union(text: &mut String, union: &Union) -> Result<(), Failure> {
    comment(
        text,
        &[
            union.docs.clone(),
            format!("`{}` tells which it is.", union.tag),
        ],
    )?;
    let malformed = format!("Malformed{}", union.name);
    let shapes: Vec<&str> = union
        .shapes
        .iter()
        .map(|(model, _)| model.as_str())
        .chain([malformed.as_str()])
        .collect();
    writeln!(
        text,
        "export type {} = {}\n",
        union.name,
        shapes.join(" | ")
    )?;
    writeln!(
        text,
        "/** One of a known kind that does not fit it. */\nexport interface {malformed} {{\n\
         readonly {tag}: 'malformed'\n/** The kind. */\nreadonly kind: string\n\
         /** Where it does not fit, and why. */\nreadonly problem: string\n\
         /** All of it, as it came. */\nreadonly raw: {{ readonly [name: string]: unknown }}\n}}\n",
        tag = union.tag,
    )?;
    Ok(())
}

fn write_enum(text: &mut String, an_enum: &Enum) -> Result<(), Failure> {
    comment(
        text,
        &[an_enum.docs.clone(), "New values may be added.".to_owned()],
    )?;
    let words: Vec<String> = an_enum
        .words
        .iter()
        .map(|word| format!("'{word}'"))
        .collect();
    writeln!(
        text,
        "export type {} = {} | (string & {{}})\n",
        an_enum.name,
        words.join(" | ")
    )?;
    Ok(())
}

fn typed(shape: &Type, way: Way) -> String {
    match shape {
        Type::Nothing => "null".into(),
        Type::Time if way == Way::In => "Time".into(),
        Type::Text | Type::Secret | Type::Time => "string".into(),
        Type::Integer | Type::Number => "number".into(),
        Type::Boolean => "boolean".into(),
        Type::Any => "unknown".into(),
        Type::Object => "{ readonly [name: string]: unknown }".into(),
        Type::List(item) => format!("readonly {}[]", grouped(typed(item, way))),
        Type::Map(value) => format!("{{ readonly [name: string]: {} }}", typed(value, way)),
        Type::Nullable(inner) => format!("{} | null", typed(inner, way)),
        Type::Named(name) => name.clone(),
    }
}

fn grouped(shape: String) -> String {
    if shape.contains([' ', '|']) {
        format!("({shape})")
    } else {
        shape
    }
}

/// The docs of a field, with its limits.
fn field_docs(field: &Field) -> String {
    let mut docs = plain(&field.docs);
    for limit in &field.limits {
        // Limits that the text already contains are not repeated.
        let range = limit
            .strip_prefix("in ")
            .unwrap_or_default()
            .replace("..=", " to ");
        if !range.is_empty() && docs.contains(&range) {
            let (low, high) = range.split_once(" to ").unwrap_or_default();
            docs = docs.replace(&format!("{range}."), &format!("Between {low} and {high}."));
            continue;
        }
        if let Some(words) = limit_in_words(limit).filter(|words| !docs.contains(words.as_str())) {
            if !docs.is_empty() {
                docs.push(' ');
            }
            docs.push_str(&words);
        }
    }
    docs
}

fn limit_in_words(limit: &str) -> Option<String> {
    let (word, value) = limit.split_once(' ').unwrap_or((limit, ""));
    Some(match word {
        "in" => {
            let (low, high) = value.split_once("..")?;
            match (low.trim(), high.trim_start_matches('=').trim()) {
                ("", high) => format!("At most {high}."),
                (low, "") => format!("At least {low}."),
                (low, high) => format!("Between {low} and {high}."),
            }
        }
        "len" => format!("At most {value} characters."),
        "items" => format!("At most {value} items."),
        "multiple" => format!("A multiple of {value}."),
        "given" => "Not empty.".to_owned(),
        _ => return None,
    })
}

fn paragraphs(docs: &Docs) -> Vec<String> {
    std::iter::once(docs.summary.as_str())
        .chain(docs.rest.split("\n\n"))
        .filter(|paragraph| !paragraph.is_empty())
        .map(plain)
        .collect()
}

/// Docs without links into the Rust docs.
fn plain(docs: &str) -> String {
    let mut text = String::new();
    let mut rest = docs;
    while let Some(start) = rest.find("[`") {
        let link = &rest[start..];
        let Some(end) = link.find("`]") else { break };
        text.push_str(&rest[..start]);
        text.push_str(&link[1..=end]);
        rest = &link[end + 2..];
        if let Some(target) = rest.strip_prefix('(') {
            rest = target.split_once(')').map_or("", |(_, rest)| rest);
        }
    }
    text.push_str(rest);
    text.replace("*/", "*\u{200b}/")
}

/// Write a comment of paragraphs, in lines of at most 120 letters.
fn comment(text: &mut String, paragraphs: &[String]) -> Result<(), Failure> {
    let lines: Vec<String> = paragraphs
        .iter()
        .filter(|paragraph| !paragraph.is_empty())
        .enumerate()
        .flat_map(|(index, paragraph)| {
            let gap = (index > 0).then(String::new);
            gap.into_iter()
                .chain(paragraph.lines().flat_map(wrapped).collect::<Vec<_>>())
        })
        .collect();
    match lines.as_slice() {
        [] => {}
        [line] => writeln!(text, "/** {line} */")?,
        lines => {
            writeln!(text, "/**")?;
            for line in lines {
                writeln!(text, "{}", format!(" * {line}").trim_end())?;
            }
            writeln!(text, " */")?;
        }
    }
    Ok(())
}

fn wrapped(paragraph: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in paragraph.split(' ') {
        let last = lines.len() - 1;
        let line = &mut lines[last];
        if !line.is_empty() && line.len() + word.len() > 110 {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// A name on the wire and the variable that holds its value.
fn entry(name: &str) -> String {
    let variable = camel(name);
    if variable == name {
        variable
    } else {
        format!("{}: {variable}", key(name))
    }
}

/// A name as a key of an object.
fn key(name: &str) -> String {
    let plain = name
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if plain {
        name.to_owned()
    } else {
        format!("'{name}'")
    }
}

/// `list_peers` to `listPeers`.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let mut text = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(1.min(word.len()));
        text.push_str(&first.to_uppercase());
        text.push_str(rest);
    }
    text
}

/// `room_codes` to `room-codes`.
fn dashed(name: &str) -> String {
    name.replace('_', "-")
}

fn index(surface: &Surface) -> Result<String, Failure> {
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
        comment(&mut text, &[about(resource)?])?;
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
fn operations(surface: &Surface) -> Result<String, Failure> {
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

/// The arguments of which one that is there and undefined is refused.
fn recipients(surface: &Surface) -> Result<String, Failure> {
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

/// The data of the events of webhooks, and the table from types to data.
fn events(webhooks: &Webhooks) -> Result<String, Failure> {
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

/// Format a file with the package's formatter.
fn formatted(text: &str) -> Result<String, Failure> {
    let mut biome = Command::new(node::tool("biome"))
        .args([
            "check",
            "--write",
            "--stdin-file-path=src/resources/generated.ts",
        ])
        .current_dir(root().join("node"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut input = biome.stdin.take().ok_or("the formatter takes no input")?;
    input.write_all(text.as_bytes())?;
    drop(input);
    let output = biome.wait_with_output()?;
    if !output.status.success() {
        return Err("the formatter refused the generated TypeScript".into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
