//! The Python surface: models, nested inputs and resources, as `ruff format` would leave them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use hundredms::Place;

use super::python_webhooks::event_types;
use super::{Argument, Docs, Enum, Field, Kind, Method, Model, Output, Resource, Surface, Type};
use super::{Union, python_text as text};

const MODELS: &str = "python/hundredms/models";
const RESOURCES: &str = "python/hundredms/resources";
const WEBHOOKS: &str = "python/hundredms/webhooks";
const EVENTS: &str = "crates/hundredms/src/webhooks";

/// Everything of the Python surface.
pub(crate) fn outputs(surface: &Surface) -> Vec<Output> {
    let index = Index::new(surface);
    let mut outputs = Vec::new();
    for resource in &surface.resources {
        let module = &resource.name;
        if resource.defines() {
            outputs.push(output(
                format!("{MODELS}/{module}.py"),
                models(resource, &index, &source_of(module), "."),
            ));
        }
        outputs.push(output(
            format!("{RESOURCES}/{module}.py"),
            resource_file(resource, &index),
        ));
    }
    outputs.push(output(format!("{MODELS}/__init__.py"), all_models(surface)));
    outputs.push(output(
        format!("{RESOURCES}/__init__.py"),
        all_resources(surface),
    ));
    outputs.push(output(
        "python/hundredms/inputs.py".into(),
        inputs(surface, &index),
    ));
    let events = models(&surface.webhooks.definitions, &index, EVENTS, "..models.");
    outputs.push(output(format!("{WEBHOOKS}/events.py"), events));
    outputs.push(output(
        format!("{WEBHOOKS}/_types.py"),
        header(EVENTS) + &event_types(&surface.webhooks),
    ));
    outputs
}

fn output(path: String, text: String) -> Output {
    Output {
        path: path.into(),
        text,
    }
}

fn header(source: &str) -> String {
    format!("# @generated from {source} by `cargo xtask gen`; do not edit.\n")
}

fn source_of(module: &str) -> String {
    format!("crates/hundredms/src/resources/{module}.rs")
}

/// What each name stands for, and the module that has it.
struct Index<'a> {
    modules: BTreeMap<&'a str, &'a str>,
    models: BTreeMap<&'a str, &'a Model>,
    /// The models that keep fields that this version does not know, to be written back.
    keeping: BTreeSet<&'a str>,
}

impl<'a> Index<'a> {
    fn new(surface: &'a Surface) -> Self {
        let mut index = Self {
            modules: BTreeMap::new(),
            models: BTreeMap::new(),
            keeping: BTreeSet::new(),
        };
        for resource in surface
            .resources
            .iter()
            .chain([&surface.webhooks.definitions])
        {
            for name in resource.names() {
                index.modules.insert(name, &resource.name);
            }
            for model in &resource.models {
                index.models.insert(&model.name, model);
                index.keeping.extend(model.of.as_deref());
                if model.input && model.answer {
                    index.keeping.insert(&model.name);
                }
            }
            for method in resource.methods.iter().filter(|method| method.rewrites) {
                if let Type::Named(answer) = &method.answer {
                    index.keeping.insert(answer);
                }
            }
        }
        index
    }

    /// The type of a value in an argument: wider, since models have a plain form too.
    fn argument(&self, of: &Type) -> String {
        match of {
            Type::Object => "Mapping[str, Any]".into(),
            Type::List(inner) => format!("Sequence[{}]", self.argument(inner)),
            Type::Map(inner) => format!("Mapping[str, {}]", self.argument(inner)),
            Type::Nullable(inner) => format!("{} | None", self.argument(inner)),
            Type::Named(name) => match self.models.get(name.as_str()) {
                Some(model) if model.answer => format!("{name} | {}", input_name(name)),
                Some(model) => match &model.of {
                    Some(read) => format!("{read} | {}", input_name(name)),
                    None => input_name(name),
                },
                None => name.clone(),
            },
            other => type_of(other),
        }
    }
}

/// The name of the plain form of a model.
fn input_name(model: &str) -> String {
    if model.ends_with("Input") || model.ends_with("Config") && model.starts_with("Transcription") {
        return model.to_owned();
    }
    format!("{model}Input")
}

/// What a file uses, to be imported.
#[derive(Default)]
struct Uses {
    names: Vec<String>,
    text: String,
}

impl Uses {
    fn of(types: impl IntoIterator<Item = String>) -> Self {
        let text: String = types.into_iter().fold(String::new(), |mut all, one| {
            all.push_str(&one);
            all.push('\n');
            all
        });
        let mut names: Vec<String> = text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        names.sort();
        names.dedup();
        Self { names, text }
    }

    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// Import lines for what other modules have: `from {prefix}{module} import …`.
    fn imports(&self, index: &Index<'_>, own: &str, prefix: &str) -> String {
        let mut by_module: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for name in &self.names {
            if let Some((name, module)) = index.modules.get_key_value(name.as_str()) {
                if *module != own {
                    by_module.entry(module).or_default().push(name);
                }
            }
        }
        by_module
            .into_iter()
            .map(|(module, names)| text::import(&format!("{prefix}{module}"), &names))
            .collect()
    }
}

impl Resource {
    /// Models that answers have, in the order of their definition.
    fn answers(&self) -> impl Iterator<Item = &Model> {
        self.models.iter().filter(|model| model.answer)
    }

    fn defines(&self) -> bool {
        self.names().next().is_some()
    }

    /// Names that the module of its models has.
    fn names(&self) -> impl Iterator<Item = &str> {
        let models = self.answers().map(|model| model.name.as_str());
        let enums = self.enums.iter().map(|words| words.name.as_str());
        let unions = self.unions.iter().map(|union| union.name.as_str());
        models.chain(enums).chain(unions)
    }
}

fn models(resource: &Resource, index: &Index<'_>, source: &str, others: &str) -> String {
    let types = Uses::of(
        resource
            .answers()
            .flat_map(|model| &model.fields)
            .map(|field| type_of(&field.r#type)),
    );
    let mut classes = String::new();
    for model in order(resource) {
        classes.push_str(&model_class(
            model,
            index.keeping.contains(model.name.as_str()),
        ));
    }
    for union in &resource.unions {
        classes.push_str(&union_class(union));
    }
    let mut file = header(source);
    let title = resource.name.replace('_', " ");
    let _ = write!(
        file,
        "\"\"\"Models of {title}.\"\"\"\n\nfrom __future__ import annotations\n\n"
    );
    if types.has("datetime") {
        file.push_str("from datetime import datetime\n");
    }
    let mut typing = Vec::new();
    let aliases = !resource.enums.is_empty() || !resource.unions.is_empty();
    let keeps = |model: &Model| index.keeping.contains(model.name.as_str());
    let shy = |model: &Model| is_shy(model, keeps(model));
    let uses_any = types.has("Any") || !resource.unions.is_empty() || resource.answers().any(keeps);
    let secret = resource.answers().any(shy);
    for (name, used) in [
        ("TYPE_CHECKING", aliases),
        ("Any", uses_any),
        ("ClassVar", secret),
        ("Literal", !resource.enums.is_empty()),
        ("TypeAlias", aliases),
    ] {
        if used {
            typing.push(name);
        }
    }
    if !typing.is_empty() {
        file.push_str(&text::import("typing", &typing));
    }
    if classes.contains("msgspec.field(") {
        if !file.ends_with("\n\n") {
            file.push('\n');
        }
        file.push_str("import msgspec\n");
    }
    if !file.ends_with("\n\n") {
        file.push('\n');
    }
    let mut bases = Vec::new();
    if resource.answers().any(keeps) {
        bases.push("EXTRA");
    }
    if resource.answers().any(|model| !shy(model)) || !resource.unions.is_empty() {
        bases.push("Model");
    }
    if !resource.unions.is_empty() {
        bases.push("OpenUnion");
    }
    if secret {
        bases.push("SecretModel");
    }
    if !bases.is_empty() {
        file.push_str(&text::import(".._model", &bases));
    }
    file.push_str(&types.imports(index, &resource.name, others));
    if !resource.enums.is_empty() {
        file.push_str(&aliases_of(&resource.enums));
    }
    file.push_str(&classes);
    file
}

/// Open enums: their values for the type checker, plain text at run time.
fn aliases_of(enums: &[Enum]) -> String {
    let mut text = String::from("\nif TYPE_CHECKING:\n");
    for (number, words) in enums.iter().enumerate() {
        if number > 0 {
            text.push('\n');
        }
        let literals: Vec<String> = words
            .words
            .iter()
            .map(|word| format!("\"{word}\""))
            .collect();
        let line = format!(
            "    {}: TypeAlias = Literal[{}] | str",
            words.name,
            literals.join(", ")
        );
        if line.len() <= text::WIDTH {
            let _ = writeln!(text, "{line}");
        } else {
            let _ = writeln!(text, "    {}: TypeAlias = (", words.name);
            text.push_str("        Literal[\n");
            for literal in literals {
                let _ = writeln!(text, "            {literal},");
            }
            text.push_str("        ]\n        | str\n    )\n");
        }
        let _ = writeln!(text, "    {}", text::docstring(&words.docs));
    }
    text.push_str(
        "else:\n    # The service may add words, and msgspec reads no union of words and text.\n",
    );
    for words in enums {
        let _ = writeln!(text, "    {} = str", words.name);
    }
    text
}

/// The models of answers, each behind those that it uses; so nothing but the annotations depends on what comes later.
fn order(resource: &Resource) -> impl Iterator<Item = &Model> {
    resource.answers()
}

/// Whether not all of it is shown when it is printed.
fn is_shy(model: &Model, keeps: bool) -> bool {
    keeps || has_secret(model) || !urls(model).is_empty()
}

fn has_secret(model: &Model) -> bool {
    model.fields.iter().any(|field| is_secret(&field.r#type))
}

fn is_secret(of: &Type) -> bool {
    match of {
        Type::Secret => true,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => is_secret(inner),
        _ => false,
    }
}

/// The fields of which neither userinfo nor query is shown, as text.
fn urls(model: &Model) -> Vec<String> {
    let is_url = |field: &&Field| field.limits.iter().any(|limit| limit == "url");
    let name = |field: &Field| format!("\"{}\"", text::attribute(&field.name));
    model.fields.iter().filter(is_url).map(name).collect()
}

fn model_class(model: &Model, keeps: bool) -> String {
    let shy = is_shy(model, keeps);
    let base = if shy { "SecretModel" } else { "Model" };
    // The decoder stops at what it does not know, and is followed by one that keeps it.
    let stops = if keeps {
        ", forbid_unknown_fields=True"
    } else {
        ""
    };
    let head = text::bracketed(
        0,
        &format!("class {}(", model.name),
        &format!("{base}, frozen=True, kw_only=True{stops}"),
        "):",
    );
    let mut class = format!("\n\n{head}{}", text::block(&model.docs, 4));
    if shy {
        let names: Vec<String> = model
            .fields
            .iter()
            .filter(|field| is_secret(&field.r#type))
            .map(|field| format!("\"{}\"", text::attribute(&field.name)))
            .chain(keeps.then(|| "\"extra\"".to_owned()))
            .collect();
        let urls = urls(model);
        if !urls.is_empty() {
            class.push('\n');
            class.push_str(&text::set(
                4,
                "_urls: ClassVar[frozenset[str]] = frozenset(",
                &urls,
                ")",
            ));
        }
        class.push('\n');
        class.push_str(&text::set(
            4,
            "_secrets: ClassVar[frozenset[str]] = frozenset(",
            &names,
            ")",
        ));
    }
    if !model.fields.is_empty() {
        class.push('\n');
    }
    for field in &model.fields {
        class.push_str(&model_field(field));
    }
    if keeps {
        class.push_str(
            "    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})\n    \"\"\"Fields that the service sent and this version does not know. They are written back.\"\"\"\n",
        );
    }
    class
}

fn model_field(field: &Field) -> String {
    let name = text::attribute(&field.name);
    let of = type_of(&field.r#type);
    let (of, default) = match field.kind {
        Kind::Required | Kind::List => (of, ""),
        Kind::OptionalList if of.starts_with("dict") => (of, "{}"),
        Kind::OptionalList => (of, "[]"),
        Kind::Optional | Kind::Nullable if of == "Any" => (of, "None"),
        _ => (format!("{of} | None"), "None"),
    };
    let renamed = name != field.name;
    let line = match default {
        "" if renamed => text::bracketed(
            4,
            &format!("{name}: {of} = msgspec.field("),
            &format!("name=\"{}\"", field.name),
            ")",
        ),
        "" => format!("    {name}: {of}\n"),
        default if renamed => {
            let default = match default {
                "[]" => "default=[]",
                "{}" => "default={}",
                _ => "default=None",
            };
            text::bracketed(
                4,
                &format!("{name}: {of} = msgspec.field("),
                &format!("name=\"{}\", {default}", field.name),
                ")",
            )
        }
        default => format!("    {name}: {of} = {default}\n"),
    };
    format!("{line}    {}\n", text::docstring(&field.docs))
}

fn union_class(union: &Union) -> String {
    let name = &union.name;
    let tag = &union.tag;
    let mut class = format!(
        "\n\nclass Unknown{name}(Model, frozen=True, kw_only=True):\n    \"\"\"One of a kind that this version does not know.\"\"\"\n\n"
    );
    let _ = write!(
        class,
        "    {tag}: str\n    \"\"\"The kind.\"\"\"\n    raw: dict[str, Any]\n    \"\"\"All of it, as it came.\"\"\"\n\n\n"
    );
    let _ = write!(
        class,
        "class Malformed{name}(Model, frozen=True, kw_only=True):\n    \"\"\"One of a known kind that does not fit it.\"\"\"\n\n    {tag}: str\n    \"\"\"The kind.\"\"\"\n    problem: str\n    \"\"\"Where it does not fit, and why.\"\"\"\n    raw: dict[str, Any]\n    \"\"\"All of it, as it came.\"\"\"\n\n\n"
    );
    class.push_str("if TYPE_CHECKING:\n");
    let _ = writeln!(class, "    {name}: TypeAlias = (");
    for (number, (shape, _)) in union.shapes.iter().enumerate() {
        let or = if number == 0 { "" } else { "| " };
        let _ = writeln!(class, "        {or}{shape}");
    }
    let _ = write!(
        class,
        "        | Unknown{name}\n        | Malformed{name}\n    )\n    {}\nelse:\n\n    class {name}(OpenUnion):\n{}\n",
        text::docstring(&union.docs),
        text::block(&union.docs, 8)
    );
    let _ = write!(
        class,
        "        tag = \"{tag}\"\n        unknown = Unknown{name}\n        malformed = Malformed{name}\n        shapes = {{\n"
    );
    for (shape, words) in &union.shapes {
        for word in words {
            let _ = writeln!(class, "            \"{word}\": {shape},");
        }
    }
    class.push_str("        }\n");
    class
}

fn all_models(surface: &Surface) -> String {
    let mut file = header("crates/hundredms/src/resources");
    file.push_str("\"\"\"The models of all answers.\"\"\"\n\n");
    let mut all: Vec<String> = Vec::new();
    let mut modules: Vec<&Resource> = surface
        .resources
        .iter()
        .filter(|resource| resource.defines())
        .collect();
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    file.push_str("from .._model import Model\n");
    all.push("Model".into());
    for resource in modules {
        let mut names: Vec<String> = resource.names().map(str::to_owned).collect();
        names.extend(resource.unions.iter().flat_map(|union| {
            ["Unknown", "Malformed"].map(|kind| format!("{kind}{}", union.name))
        }));
        names.sort();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        file.push_str(&text::import(&format!(".{}", resource.name), &names));
        all.extend(names.into_iter().map(str::to_owned));
    }
    file.push_str(&text::exports(all));
    file
}

fn inputs(surface: &Surface, index: &Index<'_>) -> String {
    let models: Vec<&Model> = surface
        .resources
        .iter()
        .flat_map(|resource| &resource.models)
        .filter(|model| model.input)
        .collect();
    let mut classes = String::new();
    for model in &models {
        let _ = write!(
            classes,
            "\n\nclass {}(TypedDict):\n{}\n",
            input_name(&model.name),
            text::block(&model.docs, 4)
        );
        for field in &model.fields {
            let of = index.argument(&field.r#type);
            let of = match field.kind {
                Kind::Nullable if of != "Any" => format!("{of} | None"),
                _ => of,
            };
            let line = match field.kind {
                Kind::Required => format!("    {}: {of}\n", field.name),
                _ => text::bracketed(4, &format!("{}: NotRequired[", field.name), &of, "]"),
            };
            classes.push_str(&line);
            let _ = writeln!(classes, "    {}", text::docstring(&field.docs));
        }
    }
    let types = Uses::of(
        models
            .iter()
            .flat_map(|model| &model.fields)
            .map(|field| index.argument(&field.r#type)),
    );
    let mut file = header("crates/hundredms/src/resources");
    file.push_str(
        "\"\"\"What arguments hold as plain dictionaries, under the names that the service has for it.\"\"\"\n\n\
         from __future__ import annotations\n\n",
    );
    file.push_str("from typing import ");
    if types.has("Any") {
        file.push_str("Any, ");
    }
    file.push_str("TypedDict\n\nfrom ._typing import NotRequired\n");
    let mut abc = Vec::new();
    for name in ["Mapping", "Sequence"] {
        if types.has(name) {
            abc.push(name);
        }
    }
    let mut checked = String::new();
    if !abc.is_empty() {
        checked.push_str(&text::import("collections.abc", &abc));
    }
    if types.has("datetime") {
        checked.push_str("from datetime import datetime\n");
    }
    if !checked.is_empty() {
        checked.push('\n');
    }
    checked.push_str(&types.imports(index, "", ".models."));
    file.push_str(&checked);
    let _ = &types.text;
    file.push_str(&classes);
    file
}

fn resource_file(resource: &Resource, index: &Index<'_>) -> String {
    let arguments = Uses::of(
        resource
            .methods
            .iter()
            .flat_map(|method| &method.arguments)
            .map(|argument| index.argument(&argument.field.r#type)),
    );
    let answers = Uses::of(
        resource
            .methods
            .iter()
            .flat_map(|method| [Some(&method.answer), method.item.as_ref()])
            .flatten()
            .map(type_of),
    );
    let called = Uses::of(
        resource
            .methods
            .iter()
            .map(|method| type_of(&method.answer)),
    );
    let mut file = header(&source_of(&resource.name));
    let title = resource.name.replace('_', " ");
    let _ = write!(
        file,
        "\"\"\"The operations of {title}.\"\"\"\n\nfrom __future__ import annotations\n\n"
    );
    if called.has("None") {
        file.push_str("from types import NoneType\n");
    }
    let any = called.has("Any");
    if any {
        file.push_str("from typing import Any\n\n");
    }
    let narrows = resource
        .methods
        .iter()
        .flat_map(|method| &method.arguments)
        .any(|argument| narrows(&argument.field));
    if narrows {
        file.push_str("from .._absent import ABSENT\n");
    }
    if arguments.has("datetime") {
        file.push_str("from .._times import aware\n");
    }
    file.push_str(&called.imports(index, "", "..models."));
    file.push_str("from ._lazy import lazy\nfrom ._resource import AsyncResource, Resource\n");
    file.push_str(&text::import(
        "._with_raw_response",
        &with_raw_response_uses(resource),
    ));
    file.push('\n');
    let mut checked = String::new();
    if builtin_list(resource) {
        checked.push_str("import builtins\n");
    }
    let abc: Vec<&str> = ["Mapping", "Sequence"]
        .into_iter()
        .filter(|name| arguments.has(name) || *name == "Mapping")
        .collect();
    checked.push_str(&text::import("collections.abc", &abc));
    if arguments.has("datetime") {
        checked.push_str("from datetime import datetime\n");
    }
    if !any {
        checked.push_str("from typing import Any\n");
    }
    if !checked.is_empty() {
        checked.push('\n');
    }
    if resource.methods.iter().any(|method| method.item.is_some()) {
        checked.push_str("from .._pages import AsyncPager, Pager\n");
    }
    let inputs: Vec<&str> = arguments
        .names
        .iter()
        .filter(|name| is_input(name, index))
        .map(String::as_str)
        .collect();
    if !inputs.is_empty() {
        checked.push_str(&text::import("..inputs", &inputs));
    }
    let mut extra = Uses::of(
        [arguments.text.clone(), answers.text.clone()]
            .into_iter()
            .filter(|text| !text.is_empty()),
    );
    extra.names.retain(|name| !called.has(name));
    checked.push_str(&extra.imports(index, "", "..models."));
    checked.truncate(checked.trim_end_matches('\n').len());
    // At run time too: frameworks and mocks read annotations.
    file.push_str(&checked);
    file.truncate(file.trim_end_matches('\n').len());
    file.push('\n');
    for color in [Color::Blocking, Color::Async] {
        file.push_str(&class(resource, index, color));
    }
    for color in [Color::Blocking, Color::Async] {
        file.push_str(&with_raw_response(resource, color));
    }
    file
}

/// The class whose methods give a `Response`.
fn with_raw_response(resource: &Resource, color: Color) -> String {
    let title = resource.name.replace('_', " ");
    let of = format!("{}{}", color.prefix(), resource.class);
    let mut class = format!(
        "\n\nclass {of}WithRawResponse(WithRawResponse):\n    \"\"\"The operations of {title}, each of which gives a `Response`.\"\"\"\n\n"
    );
    for method in &resource.methods {
        let name = &method.name;
        let made = color.descriptor(method.item.is_some());
        let _ = writeln!(class, "    {name} = {made}({of}.{name})");
    }
    for shortcut in &resource.shortcuts {
        let name = shortcut.name.rsplit('.').next().unwrap_or_default();
        let made = color.descriptor(false);
        let _ = writeln!(class, "    {name} = {made}({of}.{name})");
    }
    class
}

/// The arguments of such classes.
fn with_raw_response_uses(resource: &Resource) -> Vec<&'static str> {
    let mut uses = vec!["WithRawResponse"];
    for pages in [true, false] {
        let any = resource
            .methods
            .iter()
            .any(|method| method.item.is_some() == pages);
        if any || (!pages && !resource.shortcuts.is_empty()) {
            uses.extend([Color::Blocking, Color::Async].map(|color| color.descriptor(pages)));
        }
    }
    uses
}

fn is_input(name: &str, index: &Index<'_>) -> bool {
    index
        .models
        .values()
        .any(|model| model.input && input_name(&model.name) == name)
}

/// Whether a signature must say `builtins.list`, because a method of the class is called `list`.
fn builtin_list(resource: &Resource) -> bool {
    resource.methods.iter().any(|method| method.name == "list")
        && resource
            .methods
            .iter()
            .any(|method| matches!(method.answer, Type::List(_)))
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

    /// What stands for a method in a class whose methods give a `Response`.
    fn descriptor(self, pages: bool) -> &'static str {
        match (self, pages) {
            (Self::Blocking, true) => "first_page",
            (Self::Blocking, false) => "responding",
            (Self::Async, true) => "first_page_async",
            (Self::Async, false) => "responding_async",
        }
    }
}

fn class(resource: &Resource, index: &Index<'_>, color: Color) -> String {
    let title = resource.name.replace('_', " ");
    let mut class = format!(
        "\n\nclass {0}{1}({0}Resource):\n    \"\"\"The operations of {title}.\"\"\"\n\n    __slots__ = ()\n\n    @lazy\n    def with_raw_response(self) -> {0}{1}WithRawResponse:\n        \"\"\"The same operations, each of which gives a `Response`: status, headers, attempts.\"\"\"\n        return {0}{1}WithRawResponse(self._responding())\n",
        color.prefix(),
        resource.class
    );
    for method in &resource.methods {
        class.push_str(&method_text(method, resource, index, color));
    }
    for shortcut in &resource.shortcuts {
        let Some(method) = resource
            .methods
            .iter()
            .find(|method| method.info.name == shortcut.operation)
        else {
            continue;
        };
        let name = shortcut.name.rsplit('.').next().unwrap_or_default();
        let (field, value) = shortcut.given;
        let value = if value { "True" } else { "False" };
        let answer = type_of(&method.answer);
        let def = def_line(color);
        let signature = [
            "self".to_owned(),
            format!("{}: str", shortcut.argument),
            "*".into(),
            "timeout: float | None = None".into(),
            "max_retries: int | None = None".into(),
        ];
        class.push('\n');
        class.push_str(&text::call(
            4,
            &format!("{def} {name}("),
            &signature,
            &format!(") -> {answer}:"),
        ));
        let docs = format!(
            "{}\n\nCalls `{}` with `{field}={value}`.",
            shortcut.docs, shortcut.operation
        );
        class.push_str(&text::block(&docs, 8));
        class.push_str(&text::call(
            8,
            &format!("return {}self.{}(", awaiting(color), method.name),
            &[
                shortcut_argument(method, shortcut.argument),
                format!("{field}={value}"),
                "timeout=timeout".into(),
                "max_retries=max_retries".into(),
            ],
            ")",
        ));
    }
    class
}

/// Path parameters are positional, others are keyword-only.
fn shortcut_argument(method: &Method, name: &str) -> String {
    let by_place = method
        .arguments
        .iter()
        .any(|argument| argument.field.name == name && argument.place == Place::Path);
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

fn method_text(method: &Method, resource: &Resource, index: &Index<'_>, color: Color) -> String {
    let mut signature = vec!["self".to_owned()];
    let (by_place, by_name): (Vec<&Argument>, Vec<&Argument>) = method
        .arguments
        .iter()
        .partition(|argument| argument.place == Place::Path);
    signature.extend(by_place.iter().map(|argument| parameter(argument, index)));
    signature.push("*".into());
    signature.extend(by_name.iter().map(|argument| parameter(argument, index)));
    if method.rewrites {
        signature.push("extra: Mapping[str, Any] | None = None".into());
    }
    let unknown = unknown_fields(method);
    signature.extend(unknown.map(|name| format!("{name}: Mapping[str, Any] | None = None")));
    signature.push("timeout: float | None = None".into());
    signature.push("max_retries: int | None = None".into());
    let paged = method.info.paging.zip(method.item.as_ref());
    let mut answer = type_of(&method.answer);
    let of = answer.clone();
    if builtin_list(resource) {
        answer = answer.replace("list[", "builtins.list[");
    }
    let (def, answer) = match paged {
        Some((_, item)) => (
            "def",
            format!("{}Pager[{}, {answer}]", color.prefix(), type_of(item)),
        ),
        None => (def_line(color), answer),
    };
    let mut text = String::from("\n");
    text.push_str(&text::call(
        4,
        &format!("{def} {}(", method.name),
        &signature,
        &format!(") -> {answer}:"),
    ));
    text.push_str(&docstring(method, &by_place, &by_name));
    let extra = method.rewrites.then(|| "**(extra or {})".to_owned());
    let entries: Vec<String> = extra
        .into_iter()
        .chain(method.arguments.iter().map(|argument| {
            let field = &argument.field.name;
            let value = text::attribute(field);
            if argument.field.r#type == Type::Time {
                let operation = &method.info.name;
                format!("\"{field}\": aware(\"{operation}\", \"{field}\", {value})")
            } else {
                format!("\"{field}\": {value}")
            }
        }))
        .collect();
    let class = match &method.answer {
        Type::Nothing => "NoneType".to_owned(),
        _ => of,
    };
    let (head, mut values) = match paged {
        Some((paging, _)) => (
            "return self._pages(".to_owned(),
            vec![
                format!("\"{}\"", method.info.name),
                class,
                format!("\"{}\"", paging.items),
                format!("\"{}\"", paging.cursor.param()),
            ],
        ),
        None => (
            format!("return {}self._call(", awaiting(color)),
            vec![format!("\"{}\"", method.info.name), class],
        ),
    };
    let dictionary = values.len();
    values.push(format!("{{{}}}", entries.join(", ")));
    values.push("timeout".into());
    values.push("max_retries".into());
    values.extend(unknown.map(|name| format!("{name}={name}")));
    let head = if method.answer == Type::Nothing {
        head.replace("return ", "")
    } else {
        head
    };
    text.push_str(&text::call_with_dictionary(
        8, &head, &values, dictionary, &entries,
    ));
    text
}

/// The argument for fields that this version does not know; one that writes back what was read has `extra` for them.
fn unknown_fields(method: &Method) -> Option<&'static str> {
    match method.info.method {
        _ if method.rewrites => None,
        hundredms::Method::POST => Some("extra_body"),
        _ => Some("extra_query"),
    }
}

/// Whether the call reaches more without an argument, so that None does not mean absent.
fn narrows(field: &Field) -> bool {
    matches!(field.kind, Kind::Filter | Kind::Recipient)
}

fn parameter(argument: &Argument, index: &Index<'_>) -> String {
    let name = text::attribute(&argument.field.name);
    let of = index.argument(&argument.field.r#type);
    match argument.field.kind {
        Kind::Required => format!("{name}: {of}"),
        Kind::Filter | Kind::Recipient => format!("{name}: {of} = ABSENT"),
        _ if of == "Any" => format!("{name}: Any = None"),
        _ => format!("{name}: {of} | None = None"),
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
    if let Some(look_at) = method.info.look_at {
        let _ = write!(
            docs,
            "\n\nIf the outcome is ambiguous, `{look_at}` shows whether it took effect."
        );
    }
    let mut block = text::block(&docs, 8);
    // The closing quotes come after the list of arguments.
    let open = block
        .trim_end_matches('\n')
        .trim_end_matches("\"\"\"")
        .trim_end_matches(' ')
        .trim_end_matches('\n')
        .len();
    block.truncate(open);
    block.push_str("\n\n        Args:\n");
    for argument in by_place.iter().chain(by_name) {
        let name = text::attribute(&argument.field.name);
        block.push_str(&text::paragraph(
            &format!("{name}: {}", text::escaped(&argument.field.docs)),
            12,
            16,
        ));
    }
    if method.rewrites {
        block.push_str(&text::paragraph(
            "extra: Fields that this version does not know, as in the `extra` of what was read.",
            12,
            16,
        ));
    }
    match unknown_fields(method) {
        Some("extra_body") => block.push_str("            extra_body: Fields of the body that this version does not know, sent as they are.\n"),
        Some(_) => block.push_str("            extra_query: Query parameters that this version does not know, sent as they are.\n"),
        None => {}
    }
    block.push_str(
        "            timeout: Seconds for the whole call. Defaults to the client's setting.\n",
    );
    block.push_str("            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.\n");
    let _ = write!(
        block,
        "\n        Service documentation: {}\n        \"\"\"\n",
        method.info.docs_url()
    );
    block
}

fn all_resources(surface: &Surface) -> String {
    let mut file = header("crates/hundredms/src/resources");
    file.push_str("\"\"\"The resources of a client. Each is loaded when it is first used.\"\"\"\n\nfrom __future__ import annotations\n\nfrom typing import TYPE_CHECKING\n\nfrom ._lazy import lazy\n\nif TYPE_CHECKING:\n    from .._async_calls import AsyncCalls\n    from .._calls import Calls\n");
    let mut sorted: Vec<&Resource> = surface.resources.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    for resource in &sorted {
        let other = format!("Async{}", resource.class);
        file.push_str(&text::indented(
            &text::import(
                &format!(".{}", resource.name),
                &[other.as_str(), resource.class.as_str()],
            ),
            4,
        ));
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
                "\n    @lazy\n    def {name}(self) -> {prefix}{class}:\n        \"\"\"The operations of {}.\"\"\"\n        from .{name} import {prefix}{class}\n\n        return {prefix}{class}(self._calls)\n",
                name.replace('_', " ")
            );
        }
    }
    file
}

/// The type of a value in an answer.
fn type_of(of: &Type) -> String {
    match of {
        Type::Nothing => "None".into(),
        Type::Text | Type::Secret => "str".into(),
        Type::Integer => "int".into(),
        Type::Number => "float".into(),
        Type::Boolean => "bool".into(),
        Type::Time => "datetime".into(),
        Type::Any => "Any".into(),
        Type::Object => "dict[str, Any]".into(),
        Type::List(inner) => format!("list[{}]", type_of(inner)),
        Type::Map(inner) => format!("dict[str, {}]", type_of(inner)),
        Type::Nullable(inner) => format!("{} | None", type_of(inner)),
        Type::Named(name) => name.clone(),
    }
}
