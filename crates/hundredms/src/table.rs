//! The operation table: every operation, with its types erased.

use std::collections::HashMap;
use std::sync::LazyLock;

use bytes::Bytes;
use hundredms_deserialize_error::is_near;

use crate::answer::{self, Canonical};
use crate::check;
use crate::error::{Error, Result};
use crate::operation::{Described, Operation, OperationInfo, OperationVisitor};
use crate::prepare::prepare;
use crate::request::{PreparedRequest, check_size};
use crate::resources::all::each_operation;
use crate::wire::deserialize::deserialize;
use crate::wire::mode::Mode;

/// One operation, with its types erased.
pub(crate) struct Entry {
    /// Its row in the operation table.
    pub(crate) info: &'static OperationInfo,
    /// Reads arguments as JSON, checks them, and builds the request.
    pub(crate) prepare: fn(&[u8]) -> Result<PreparedRequest>,
    /// Reads a response and returns it as canonical JSON.
    pub(crate) canonical: fn(&Bytes) -> Canonical,
}

struct Table {
    entries: Vec<Entry>,
    by_name: HashMap<&'static str, usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table {
        entries: Vec::new(),
        by_name: HashMap::new(),
    };
    each_operation(&mut table);
    table
});

impl OperationVisitor for Table {
    fn visit<O: Operation + Described>(&mut self)
    where
        O::Output: Described,
    {
        self.by_name.insert(O::INFO.name, self.entries.len());
        self.entries.push(Entry {
            info: O::INFO,
            prepare: prepare_json::<O>,
            canonical: answer::canonical::<O>,
        });
    }
}

/// Return every operation, in order.
pub(crate) fn entries() -> impl Iterator<Item = &'static Entry> {
    TABLE.entries.iter()
}

/// Return the operation table.
pub fn operations() -> impl Iterator<Item = &'static OperationInfo> {
    entries().map(|entry| entry.info)
}

/// Return the operation with this name.
pub(crate) fn find(operation: &str) -> Result<&'static Entry> {
    let index = TABLE.by_name.get(operation);
    index
        .and_then(|index| TABLE.entries.get(*index))
        .ok_or_else(|| {
            let mut known = TABLE.by_name.keys();
            let meant = known.find(|known| is_near(operation, known, 3));
            let meant =
                meant.map_or_else(String::new, |meant| format!("; did you mean \"{meant}\"?"));
            let reason = format!("there is no operation of this name{meant}");
            Error::invalid_request(operation, "operation", &reason)
        })
}

/// Read the arguments of `O`, check them, and build the request.
fn prepare_json<O: Operation>(arguments: &[u8]) -> Result<PreparedRequest> {
    check_arguments(O::INFO.name, arguments)?;
    let read = deserialize::<O>(Mode::Strict, arguments);
    let read = read.map_err(|error| {
        let error = check::with_advice(arguments, error);
        Error::invalid_request(O::INFO.name, &error.path, &error.reason)
    })?;
    prepare(&read.value)
}

fn check_arguments(operation: &str, arguments: &[u8]) -> Result<()> {
    check_size(operation, arguments.len())?;
    if arguments.trim_ascii_start().first() == Some(&b'{') {
        return Ok(());
    }
    let reason = "the arguments must be one JSON object";
    Err(Error::invalid_request(operation, "", reason))
}
