//! The operations that the sandbox answers, against the contract.

use std::{collections::BTreeSet, fs, path::Path};

use hundredms_sandbox::Sandbox;

/// Name, method and path of every operation under `paths`, read by indentation.
fn in_contract() -> BTreeSet<(String, String, String)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/contract/openapi.yaml");
    let text = fs::read_to_string(file).expect("the contract");
    let count = text.matches("operationId: ").count();
    let paths = text.lines().skip_while(|line| *line != "paths:").skip(1);
    let (mut path, mut method) = ("", String::new());
    let mut operations = BTreeSet::new();
    for line in paths.take_while(|line| line.starts_with(' ') || line.is_empty()) {
        let word = line.trim_start();
        let (indent, key) = (line.len() - word.len(), word.trim_end_matches(':'));
        match indent {
            2 => path = key,
            4 => method = key.to_uppercase(),
            _ => {
                if let (6, Some(name)) = (indent, word.strip_prefix("operationId: ")) {
                    operations.insert((name.to_owned(), method.clone(), path.to_owned()));
                }
            }
        }
    }
    assert_eq!(operations.len(), count);
    operations
}

#[test]
fn every_operation_of_the_contract_is_answered_and_none_else() {
    let contract = in_contract();
    let answered = Sandbox::operations().map(|operation| {
        let [name, method, path] = [operation.name, operation.method, operation.path];
        (name.to_owned(), method.to_owned(), path.to_owned())
    });
    let answered: BTreeSet<_> = answered.collect();
    let missing: Vec<_> = contract.difference(&answered).collect();
    let extra: Vec<_> = answered.difference(&contract).collect();
    assert_eq!((missing, extra), (vec![], vec![]));
}
