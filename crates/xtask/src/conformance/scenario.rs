//! The scenarios as `tests/conformance/scenarios.json` has them; its README says what each field means.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::shell::{BoxError, root};

/// One scenario.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scenario {
    pub(super) id: String,
    /// What it shows.
    #[expect(dead_code, reason = "for who reads the file")]
    says: String,
    #[serde(default)]
    pub(super) setup: Vec<Setup>,
    #[serde(default)]
    pub(super) faults: Vec<Value>,
    #[serde(default)]
    pub(super) client: Map<String, Value>,
    /// Why the package for edge runtimes cannot play it.
    pub(super) not_in_edge_runtimes: Option<String>,
    /// If present, the client gets its tokens from a callback, which returns after this many seconds: the first time, the second, ...
    pub(super) tokens_after: Option<Vec<f64>>,
    pub(super) steps: Vec<Step>,
    #[serde(default)]
    pub(super) then: Then,
}

/// A step of the setup: a control or a call, and the values of its result that are stored under a name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Setup {
    pub(super) control: Option<String>,
    pub(super) call: Option<String>,
    #[serde(default)]
    pub(super) arguments: Value,
    /// Name to JSON pointer into the result.
    #[serde(default)]
    pub(super) keep: Map<String, Value>,
}

/// What a runner does, and the expected outcome.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Step {
    #[serde(default)]
    pub(super) expect: Value,
    /// The minimum and maximum duration of the step.
    pub(super) seconds: Option<(f64, f64)>,
    /// The data for the runner.
    #[serde(flatten)]
    pub(super) action: Map<String, Value>,
}

/// The final state of the sandbox.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Then {
    /// `operation status` of each request, in order.
    pub(super) requests: Option<Vec<String>>,
    /// Some of the counts of the control `stats`.
    pub(super) stats: Map<String, Value>,
}

impl Scenario {
    /// Read all of them.
    pub(super) fn all() -> Result<Vec<Self>, BoxError> {
        let path = root().join("tests/conformance/scenarios.json");
        let all: Vec<Self> = serde_json::from_slice(&std::fs::read(path)?)?;
        let mut ids = BTreeSet::new();
        for scenario in &all {
            if !ids.insert(&scenario.id) {
                return Err(format!("two scenarios are called {}", scenario.id).into());
            }
            if scenario.steps.is_empty() {
                return Err(format!("{} has no steps", scenario.id).into());
            }
        }
        Ok(all)
    }
}

impl Step {
    /// The data for the runner, including how the methods of each language take the arguments.
    pub(super) fn told(&self) -> Map<String, Value> {
        let mut told = self.action.clone();
        let name = ["call", "list"]
            .iter()
            .find_map(|kind| told.get(*kind)?.as_str());
        if let Some(info) = hundredms::operations().find(|info| Some(info.name) == name) {
            let is_path = |field: &&hundredms::ArgumentInfo| {
                field.location == hundredms::ArgumentLocation::Path
            };
            let path: Vec<_> = info
                .arguments
                .iter()
                .filter(is_path)
                .map(|f| f.name)
                .collect();
            let params = path.len() < info.arguments.len();
            told.insert("path".into(), json!(path));
            told.insert("params".into(), json!(params));
            if let Some(paging) = info.paging {
                told.insert("items".into(), json!(paging.items));
            }
        }
        let job = told.get("job").and_then(Value::as_str);
        if let Some(info) = hundredms::jobs::jobs().find(|info| Some(info.name) == job) {
            let required = info.arguments.iter().filter(|argument| argument.required);
            let path: Vec<_> = required.map(|argument| argument.name).collect();
            let params = path.len() < info.arguments.len();
            told.insert("path".into(), json!(path));
            told.insert("params".into(), json!(params));
        }
        told
    }
}
