//! A sandbox that is prepared for one scenario, and its state afterwards.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use hundredms::{CallOptions, Client};
use hundredms_sandbox::Sandbox;
use serde_json::{Map, Value, json};

use super::addresses::Addresses;
use super::judge::{FOLDER, same};
use super::scenario::{Scenario, Setup, Step};
use crate::shell::BoxError;

/// The time to wait for a late response of the sandbox.
const PATIENCE: Duration = Duration::from_secs(4);

/// One scenario with its own sandbox.
pub(super) struct Stage {
    pub(super) sandbox: Sandbox,
    /// The data for the runner: id, options of the client, steps.
    pub(super) plan: Value,
    /// The folder for files that the steps write.
    _folder: Folder,
    /// The values that expectations can use.
    names: Map<String, Value>,
}

impl Stage {
    pub(super) async fn set(scenario: &Scenario, addresses: &Addresses) -> Result<Self, BoxError> {
        let sandbox = Sandbox::start().await?;
        let mut names = addresses.names();
        names.insert("base_url".into(), sandbox.base_url().into());
        let folder = Folder::create()?;
        names.insert("folder".into(), folder.0.display().to_string().into());
        let client = Client::builder()
            .keys(sandbox.access_key(), sandbox.secret())
            .base_url(sandbox.base_url())
            .auth_url(sandbox.auth_url())
            .build()?;
        for setup in &scenario.setup {
            let answer = prepare(setup, &sandbox, &client, &names)
                .await
                .map_err(|error| format!("{}: setup: {error}", scenario.id))?;
            for (name, pointer) in &setup.keep {
                let value = answer.pointer(pointer.as_str().unwrap_or_default());
                let value = value.ok_or_else(|| format!("{}: no {pointer}", scenario.id))?;
                names.insert(name.clone(), value.clone());
            }
        }
        let token = client.tokens().management().create()?;
        // The connections of the setup must not be counted among those of the scenario.
        drop(client);
        sandbox.clear_requests();
        for fault in &scenario.faults {
            sandbox
                .control("add_fault", named(fault, &names))
                .map_err(|error| format!("{}: faults: {error}", scenario.id))?;
        }
        let mut options = json!({
            "access_key": sandbox.access_key(), "secret": sandbox.secret(),
            "base_url": sandbox.base_url(), "auth_url": sandbox.auth_url(), "timeout": 15,
        });
        for (name, value) in &scenario.client {
            options[name.as_str()] = value.clone();
        }
        let tokens = scenario.tokens_after.as_ref().map(|after| {
            for name in ["access_key", "secret"] {
                options[name] = Value::Null;
            }
            json!({"token": token.expose(), "after": after})
        });
        let steps: Vec<_> = scenario.steps.iter().map(Step::told).collect();
        let controls = sandbox.base_url().replace("/v2", "/_sandbox");
        let plan = json!({
            "id": scenario.id, "client": options, "tokens": tokens, "controls": controls,
            "steps": steps,
        });
        Ok(Self {
            plan: named(&plan, &names),
            sandbox,
            _folder: folder,
            names,
        })
    }

    /// Replace names by their values.
    pub(super) fn named(&self, value: &Value) -> Value {
        named(value, &self.names)
    }

    /// Return how the sandbox's state differs from the expectation.
    pub(super) async fn seen(&self, scenario: &Scenario) -> Vec<String> {
        let mut wrong = Vec::new();
        let began = Instant::now();
        if let Some(expected) = &scenario.then.requests {
            while self.sandbox.requests().len() < expected.len() && began.elapsed() < PATIENCE {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            let seen: Vec<_> = self.sandbox.requests().iter().map(in_words).collect();
            if seen != *expected {
                wrong.push(format!("the sandbox saw {seen:?} instead of {expected:?}"));
            }
        }
        let stats = self.sandbox.control("stats", Value::Null);
        let stats = stats.unwrap_or_default();
        for (name, expected) in &scenario.then.stats {
            if !same(expected, &stats[name]) {
                wrong.push(format!(
                    "there are {} {name} instead of {expected}",
                    stats[name]
                ));
            }
        }
        wrong
    }
}

async fn prepare(
    setup: &Setup,
    sandbox: &Sandbox,
    client: &Client,
    names: &Map<String, Value>,
) -> Result<Value, BoxError> {
    let arguments = named(&setup.arguments, names);
    match (&setup.control, &setup.call) {
        (Some(control), None) => Ok(sandbox.control(control, arguments)?),
        (None, Some(call)) => {
            let arguments = match arguments {
                Value::Null => "{}".to_owned(),
                arguments => arguments.to_string(),
            };
            let options = CallOptions::default();
            let answered = client.call(call, arguments.as_bytes(), &options).await?;
            Ok(serde_json::from_slice(&answered.json)?)
        }
        _ => Err("a setup is either a control or a call".into()),
    }
}

fn in_words(request: &hundredms_sandbox::LoggedRequest) -> String {
    match &request.operation {
        Some(operation) => format!("{operation} {}", request.status),
        None => format!("{} {} {}", request.method, request.path, request.status),
    }
}

/// A folder that is removed with what is in it.
struct Folder(PathBuf);

impl Folder {
    fn create() -> std::io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{FOLDER}{}-{count}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Replace texts such as `${room}`, `${folder}/a.mp4` and `recording ${job} failed` by values. `${x*1000}` is the letter, repeated.
fn named(value: &Value, names: &Map<String, Value>) -> Value {
    match value {
        Value::String(text) => {
            let inner = text
                .split_once("${")
                .and_then(|(before, text)| Some((before, text.split_once('}')?)));
            let Some((before, (name, rest))) = inner else {
                return value.clone();
            };
            if !before.is_empty() || !rest.is_empty() {
                let value = names.get(name).and_then(Value::as_str);
                return value
                    .map_or_else(|| text.clone(), |value| format!("{before}{value}{rest}"))
                    .into();
            }
            if let Some((letter, times)) = name.split_once('*') {
                return letter.repeat(times.parse().unwrap_or_default()).into();
            }
            names.get(name).cloned().unwrap_or_else(|| value.clone())
        }
        Value::Array(items) => items.iter().map(|item| named(item, names)).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, field)| (key.clone(), named(field, names)))
            .collect(),
        other => other.clone(),
    }
}
