//! The errors of an operation that not every operation has, each with what it means there.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use hundredms::{ErrorKind, OperationSchema, Retry};

use super::contract::Contract;
use super::text::{cell, listed};
use crate::codegen::surface::{Argument, Kind, Method};
use crate::shell::BoxError;

/// Write the table, or that there is nothing to add.
pub(super) fn write(
    text: &mut String,
    method: &Method,
    contract: &Contract,
) -> Result<(), BoxError> {
    let errors = errors(method, contract)?;
    let everywhere = "[those of every operation](../errors.md#which-call)";
    if errors.is_empty() {
        let _ = writeln!(text, "Errors: {everywhere}.\n");
        return Ok(());
    }
    let _ = writeln!(
        text,
        "Errors, besides {everywhere}:\n\n| error | when |\n| --- | --- |"
    );
    for (kind, when) in errors {
        let _ = writeln!(
            text,
            "| [`{kind}`](../errors.md#{kind}) | {} |",
            cell(&when.join(" "))
        );
    }
    text.push('\n');
    Ok(())
}

/// The errors in the order of the kinds, each with its causes.
fn errors(method: &Method, contract: &Contract) -> Result<Vec<(ErrorKind, Vec<String>)>, BoxError> {
    let mut causes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut add = |kind: ErrorKind, when| causes.entry(kind.as_str()).or_default().push(when);
    for when in refused(method) {
        add(ErrorKind::InvalidRequest, when);
    }
    for error in contract.errors(method.info.name)? {
        let kind = OperationSchema::error_kind(method.info, error.status)
            .ok_or_else(|| format!("{}: {} is no status", method.info.name, error.status))?;
        add(kind, error.when);
    }
    if let Some(when) = in_doubt(method) {
        add(ErrorKind::AmbiguousOutcome, when);
    }
    let kinds = ErrorKind::ALL.iter();
    Ok(kinds
        .filter_map(|kind| Some((*kind, causes.remove(kind.as_str())?)))
        .collect())
}

/// What is refused before anything is sent, beyond arguments that are unknown, missing or of another type.
fn refused(method: &Method) -> Vec<String> {
    let named = |wanted: fn(&Argument) -> bool| {
        let arguments = method.arguments.iter().filter(|argument| wanted(argument));
        let names: Vec<&str> = arguments.map(|argument| &*argument.field.name).collect();
        (!names.is_empty()).then(|| listed(names))
    };
    let limited = named(|argument| {
        let mut limits = argument.field.limits.iter();
        limits.any(|limit| limit != "given")
    });
    let selecting = named(|argument| matches!(argument.field.kind, Kind::Filter | Kind::Recipient));
    let limited = limited.map(|names| format!("Outside of its limits: {names}."));
    let selecting = selecting
        .map(|names| format!("Empty or null, because the call would reach more: {names}."));
    limited.into_iter().chain(selecting).collect()
}

/// When an operation that must not be repeated ends without a certain outcome, and what to do then.
fn in_doubt(method: &Method) -> Option<String> {
    let info = method.info;
    let request = match info.retry {
        Retry::Always => return None,
        Retry::IfNamed => "A request without a name",
        _ => "The request",
    };
    let look = match info.check_with {
        Some(other) if info.reconcile => format!("`reconcile` looks with `{other}`."),
        Some(other) => format!("Look with `{other}`."),
        None => "No operation shows whether it did.".to_owned(),
    };
    Some(format!(
        "{request} [may have taken effect](../../guides/errors.md#when-you-do-not-know-whether-it-happened). {look}"
    ))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use hundredms::ErrorKind;

    use super::{Contract, errors, write};
    use crate::codegen::site::errors::Source;
    use crate::codegen::surface::Surface;

    #[test]
    fn the_kinds_that_operations_list_are_those_that_the_page_of_errors_names() {
        let surface = Surface::read().unwrap();
        let contract = Contract::read().unwrap();
        let methods = surface.resources.iter().flat_map(|found| &found.methods);
        let listed: BTreeSet<&str> = methods
            .flat_map(|method| errors(method, &contract).unwrap())
            .map(|(kind, _)| kind.as_str())
            .collect();
        for kind in ErrorKind::ALL {
            let is_listed = listed.contains(kind.as_str());
            match Source::of(*kind) {
                Source::SomeOperations => assert!(is_listed, "no operation lists {kind}"),
                Source::Client | Source::Jobs => assert!(!is_listed, "an operation lists {kind}"),
                Source::EveryCall => {}
            }
        }
    }

    #[test]
    fn an_operation_that_must_not_be_repeated_says_how_to_look() {
        let surface = Surface::read().unwrap();
        let contract = Contract::read().unwrap();
        let text = |name: &str| {
            let methods = surface.resources.iter().flat_map(|found| &found.methods);
            let method = methods.into_iter().find(|method| method.info.name == name);
            let mut text = String::new();
            write(&mut text, method.unwrap(), &contract).unwrap();
            text
        };
        let start = text("recordings.start");
        assert!(start.contains("`reconcile` looks with `recordings.list`."));
        assert!(start.contains("| [`conflict`](../errors.md#conflict) | "));
        // A 408 of a call that must not be repeated has an unknown outcome.
        let unanswered =
            "| [`ambiguous_outcome`](../errors.md#ambiguous_outcome) | Nobody answered";
        assert!(text("sip.call").contains(unanswered));
        assert!(!text("rooms.get").contains("ambiguous_outcome"));
    }
}
