//! The operations and jobs, with the types and docs of their arguments, from the generated table `surface.txt`.

use std::sync::LazyLock;

use hundredms::jobs::JobInfo;
use hundredms::{ArgumentLocation, OperationInfo};

/// One line for each resource (`R`), operation (`O`), job (`J`), argument (`A`) and list of columns (`C`). Fields are separated by
/// tabs.
const TABLE: &str = include_str!("surface.txt");

/// Text between paragraphs of docs in the table.
const PARAGRAPH: &str = " \\\\ ";

/// A resource: `room-codes`.
#[derive(Debug)]
pub(crate) struct Resource {
    /// Its name on the command line.
    pub(crate) name: &'static str,
    /// What it is.
    pub(crate) about: &'static str,
    /// Its operations and jobs.
    pub(crate) methods: Vec<Method>,
}

/// An operation or a job: `list-peers`.
#[derive(Debug)]
pub(crate) struct Method {
    /// Its name on the command line.
    pub(crate) name: &'static str,
    /// Its name in the core: `active_rooms.list_peers`.
    pub(crate) full_name: String,
    /// What it does, in one sentence.
    pub(crate) summary: &'static str,
    /// The rest of its docs.
    rest: &'static str,
    /// Its row in a table of the core.
    pub(crate) row: Row,
    /// In order.
    pub(crate) arguments: Vec<Argument>,
    /// The fields of what it returns, or of each item, that fit into a column.
    columns: &'static str,
    /// Its other fields.
    nested: &'static str,
}

/// A row in a table of the core.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Row {
    /// An operation.
    Operation(&'static OperationInfo),
    /// A job.
    Job(&'static JobInfo),
}

/// An argument of an operation or a job.
#[derive(Debug)]
pub(crate) struct Argument {
    /// Its name on the command line: `room-id`.
    pub(crate) name: &'static str,
    /// Its type.
    pub(crate) kind: Kind,
    /// What it means.
    pub(crate) docs: &'static str,
    /// Whether it must be given.
    pub(crate) required: bool,
    /// Whether it is given by its place on the command line.
    pub(crate) positional: bool,
}

/// The type of an argument.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Any text.
    Text,
    /// A text that must not be shown.
    Secret,
    /// The path of a file.
    Path,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A time, or a duration before now.
    Time,
    /// Any JSON.
    Json,
    /// One of these words, separated by `|`.
    Words(&'static str),
    /// One of these words, or a new one.
    OpenWords(&'static str),
    /// A list of values.
    List(Box<Kind>),
}

impl Resource {
    /// Return the method with this name.
    pub(crate) fn method(&self, name: &str) -> Option<&Method> {
        self.methods.iter().find(|method| method.name == name)
    }
}

impl Method {
    /// Return the paragraphs after the first one.
    pub(crate) fn rest(&self) -> String {
        self.rest.replace(PARAGRAPH, "\n\n")
    }

    /// Return the fields of what it returns, or of each item, that fit into a column.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &'static str> {
        self.columns.split(',').filter(|name| !name.is_empty())
    }

    /// Return all fields of what it returns, or of each item. Empty if they are not known.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &'static str> {
        let nested = self.nested.split(',').filter(|name| !name.is_empty());
        self.columns().chain(nested)
    }
}

impl Argument {
    /// Return its name in the core: `room_id`.
    pub(crate) fn wire_name(&self) -> String {
        self.name.replace('-', "_")
    }
}

impl Kind {
    fn read(text: &'static str) -> Self {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        match word {
            "secret" => Self::Secret,
            "path" => Self::Path,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "boolean" => Self::Boolean,
            "time" => Self::Time,
            "json" => Self::Json,
            "words" => Self::Words(rest),
            "open" => Self::OpenWords(rest),
            "list" => Self::List(Box::new(Self::read(rest))),
            _ => Self::Text,
        }
    }
}

/// Return every resource, in the order of the table.
pub(crate) fn resources() -> &'static [Resource] {
    static RESOURCES: LazyLock<Vec<Resource>> = LazyLock::new(read);
    &RESOURCES
}

/// Return the resource with this name on the command line.
pub(crate) fn resource(name: &str) -> Option<&'static Resource> {
    resources().iter().find(|resource| resource.name == name)
}

/// Return the operation or job with this name in the core.
#[cfg(test)]
fn method(full_name: &str) -> Option<&'static Method> {
    let (resource_name, name) = full_name.split_once('.')?;
    resource(&resource_name.replace('_', "-"))?.method(&name.replace('_', "-"))
}

fn read() -> Vec<Resource> {
    let operations: Vec<_> = hundredms::operations().collect();
    let jobs: Vec<_> = hundredms::jobs::jobs().collect();
    let mut resources: Vec<Resource> = Vec::new();
    for line in TABLE.lines() {
        let mut fields = line.split('\t');
        let mut next = || fields.next().unwrap_or_default();
        let kind = next();
        if kind == "R" {
            resources.push(Resource {
                name: next(),
                about: next(),
                methods: Vec::new(),
            });
            continue;
        }
        let Some(resource) = resources.last_mut() else {
            continue;
        };
        match kind {
            "O" | "J" => {
                let name = next();
                let full_name = format!("{}.{name}", resource.name).replace('-', "_");
                let row = if kind == "O" {
                    let info = operations.iter().find(|info| info.name == full_name);
                    info.copied().map(Row::Operation)
                } else {
                    let info = jobs.iter().find(|info| info.name == full_name);
                    info.copied().map(Row::Job)
                };
                let Some(row) = row else { continue };
                resource.methods.push(Method {
                    name,
                    full_name,
                    summary: next(),
                    rest: next(),
                    row,
                    arguments: Vec::new(),
                    columns: "",
                    nested: "",
                });
            }
            "A" => {
                let Some(method) = resource.methods.last_mut() else {
                    continue;
                };
                let mut argument = Argument {
                    name: next(),
                    kind: Kind::read(next()),
                    docs: next(),
                    required: false,
                    positional: false,
                };
                let wire_name = argument.wire_name();
                match method.row {
                    Row::Operation(info) => {
                        let found = info.arguments.iter().find(|found| found.name == wire_name);
                        argument.required = found.is_some_and(|found| found.required);
                        argument.positional =
                            found.is_some_and(|found| found.location == ArgumentLocation::Path);
                    }
                    Row::Job(info) => {
                        let found = info.arguments.iter().find(|found| found.name == wire_name);
                        argument.required = found.is_some_and(|found| found.required);
                        argument.positional = argument.required;
                    }
                }
                method.arguments.push(argument);
            }
            "C" => {
                if let Some(method) = resource.methods.last_mut() {
                    method.columns = next();
                    method.nested = next();
                }
            }
            _ => {}
        }
    }
    resources
}

#[cfg(test)]
mod tests {
    use super::{Row, method, resources};

    #[test]
    fn every_operation_and_job_of_the_core_is_there_with_all_its_arguments() {
        let mut count = 0;
        for info in hundredms::operations() {
            let found = method(info.name).unwrap_or_else(|| panic!("{}", info.name));
            assert!(matches!(found.row, Row::Operation(_)));
            for argument in info.arguments {
                let mut own = found.arguments.iter();
                assert!(
                    own.any(|own| own.wire_name() == argument.name),
                    "{}: {}",
                    info.name,
                    argument.name
                );
            }
            count += 1;
        }
        for info in hundredms::jobs::jobs() {
            let found = method(info.name).unwrap_or_else(|| panic!("{}", info.name));
            assert_eq!(found.arguments.len(), info.arguments.len(), "{}", info.name);
            count += 1;
        }
        let all: usize = resources().iter().map(|found| found.methods.len()).sum();
        assert_eq!(all, count);
    }
}
