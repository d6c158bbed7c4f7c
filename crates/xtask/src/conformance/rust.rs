//! The leg of Rust: runs the steps of a scenario with the core itself.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use hundredms::jobs::Progress;
use hundredms::resources::rooms::ListRooms;
use hundredms::{CallOptions, Client, Error, Paged};
use hundredms_sandbox::Sandbox;
use serde_json::{Map, Value, json};

use super::stage::Stage;

/// Run the steps of a plan. Return an outcome for each.
pub(super) async fn play(stage: &Stage) -> Vec<Value> {
    let plan = &stage.plan;
    let client = client(plan);
    let mut outcomes = Vec::new();
    let mut met: Option<Error> = None;
    for step in plan["steps"].as_array().into_iter().flatten() {
        let began = Instant::now();
        let mut outcome = match &client {
            Ok(client) => match one(client, &stage.sandbox, step, met.as_ref()).await {
                Some(Ok(value)) => json!({"value": value}),
                Some(Err(error)) => {
                    let outcome = failed(&error);
                    met = Some(error);
                    outcome
                }
                None => json!({"cancelled": true}),
            },
            Err(error) => failed(error),
        };
        outcome["seconds"] = json!(began.elapsed().as_secs_f64());
        outcomes.push(outcome);
    }
    outcomes
}

fn client(plan: &Value) -> Result<Client, Error> {
    let mut builder = Client::builder().options(plan["client"].to_string().as_bytes())?;
    if let Some(token) = plan["tokens"]["token"].as_str() {
        let token = token.to_owned();
        let after = plan["tokens"]["after"].as_array().into_iter().flatten();
        let after: Vec<_> = after.filter_map(Value::as_f64).collect();
        let asked = AtomicUsize::new(0);
        builder = builder.token_provider(move || {
            let nth = asked.fetch_add(1, Ordering::Relaxed).min(after.len() - 1);
            let (token, after) = (token.clone(), Duration::from_secs_f64(after[nth]));
            async move {
                tokio::time::sleep(after).await;
                Ok::<_, Infallible>(token)
            }
        });
    }
    builder.build()
}

/// Run a step. `None` if it was cancelled.
async fn one(
    client: &Client,
    sandbox: &Sandbox,
    step: &Value,
    met: Option<&Error>,
) -> Option<Result<Value, Error>> {
    let acting = act(client, sandbox, step, met);
    match step["cancel_after"].as_f64() {
        None => Some(acting.await),
        Some(seconds) => tokio::time::timeout(Duration::from_secs_f64(seconds), acting)
            .await
            .ok(),
    }
}

async fn act(
    client: &Client,
    sandbox: &Sandbox,
    step: &Value,
    met: Option<&Error>,
) -> Result<Value, Error> {
    let options = options(&step["options"]);
    let arguments = match &step["arguments"] {
        Value::Null => json!({}),
        given => given.clone(),
    };
    let text = arguments.to_string();
    if let Some(operation) = step["call"].as_str() {
        let answered = client.call(operation, text.as_bytes(), &options).await;
        answered.map(|answered| serde_json::from_slice(&answered.json).unwrap_or_default())
    } else if let Some(job) = step["job"].as_str() {
        let reports = Arc::new(Mutex::new(Vec::new()));
        let progress = step["progress"].as_bool().unwrap_or_default();
        let progress = progress.then(|| -> Progress {
            let reports = reports.clone();
            Arc::new(move |json| {
                let report = serde_json::from_str::<Value>(&json).unwrap_or_default();
                reports.lock().expect("no panic").push(report);
            })
        });
        let observed = progress.is_some();
        let done = client
            .run_json(job, text.as_bytes(), options, progress)
            .await?;
        let result: Value = serde_json::from_slice(&done).unwrap_or_default();
        if !observed {
            return Ok(result);
        }
        let reports = reports.lock().expect("no panic");
        Ok(json!({"result": result, "first": reports.first(), "last": reports.last()}))
    } else if let Some(operation) = step["raw"].as_str() {
        let answer = client.call_raw(operation, text.as_bytes(), &options).await;
        answer.map(|answer| raw(&answer))
    } else if let Some(method) = step["request"].as_str() {
        let path = step["at"].as_str().unwrap_or_default();
        let body = step.get("body");
        let answer = client.request(method, path, &[], body, &options).await;
        answer.map(|answer| raw(&answer))
    } else if let Some(seconds) = step["pause"].as_f64() {
        tokio::time::sleep(Duration::from_secs_f64(seconds)).await;
        Ok(Value::Null)
    } else if step["reconcile"] == true {
        let met = met.expect("a step failed before");
        let found = client.reconcile(met).await;
        found.map(Option::unwrap_or_default)
    } else if let Some(control) = step["control"].as_str() {
        Ok(sandbox
            .control(control, arguments)
            .unwrap_or_else(|error| error.to_string().into()))
    } else {
        let has_null = |arguments: &Value| {
            arguments
                .as_object()
                .is_some_and(|fields| fields.values().any(Value::is_null))
        };
        match step["list"].as_str() {
            // The typed request has no null.
            Some("rooms.list") if !has_null(&arguments) => {
                Ok(list::<ListRooms>(client, sandbox, step, arguments).await)
            }
            Some(operation) => Ok(first_page(client, operation, step, arguments, &options).await),
            None => Ok(json!(format!("no step of this leg: {step}"))),
        }
    }
}

fn options(given: &Value) -> CallOptions {
    let mut options = CallOptions::default();
    options.timeout = given["timeout"].as_f64().map(Duration::from_secs_f64);
    options.max_retries = given["max_retries"]
        .as_u64()
        .and_then(|n| u32::try_from(n).ok());
    options
}

fn raw(answer: &hundredms::RawResponse) -> Value {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    json!({"status": answer.status.as_u16(), "body": body})
}

fn failed(error: &Error) -> Value {
    let mut known: Map<String, Value> = serde_json::from_str(&error.to_json()).unwrap_or_default();
    known.retain(|name, _| super::judge::COMPARED.contains(&name.as_str()));
    json!({"error": known})
}

/// Read one page of a list by operation name, as the bindings do.
async fn first_page(
    client: &Client,
    operation: &str,
    step: &Value,
    arguments: Value,
    options: &CallOptions,
) -> Value {
    let text = arguments.to_string();
    let page = match client.call(operation, text.as_bytes(), options).await {
        Ok(page) => page,
        Err(error) => {
            return json!({"pages": 0, "items": 0, "distinct": 0, "errors": [failed(&error)["error"]]});
        }
    };
    let mut errors = Vec::new();
    if page.cursor.is_some() {
        errors.push(json!(
            "another page follows, which this leg reads of rooms alone"
        ));
    }
    let page: Map<String, Value> = serde_json::from_slice(&page.json).unwrap_or_default();
    let items = match step["items"].as_str() {
        Some(name) => page.get(name).and_then(Value::as_array),
        None => page.values().find_map(Value::as_array),
    };
    let items = items.map(Vec::as_slice).unwrap_or_default();
    let distinct: BTreeSet<_> = items.iter().map(|item| item["id"].to_string()).collect();
    json!({"pages": 1, "items": items.len(), "distinct": distinct.len(), "errors": errors})
}

/// Read a list page by page.
async fn list<O: Paged>(
    client: &Client,
    sandbox: &Sandbox,
    step: &Value,
    arguments: Value,
) -> Value {
    let request = || serde_json::from_value::<O>(arguments.clone()).expect("arguments of a list");
    let items = step["items"].as_str().unwrap_or_default();
    let again = step["again"].as_u64().unwrap_or(0);
    let again = usize::try_from(again).unwrap_or(0);
    let list = |request| {
        let mut list = client.list(request);
        if let Some(seconds) = step["options"]["timeout"].as_f64() {
            list = list.timeout(Duration::from_secs_f64(seconds));
        }
        if let Some(retries) = step["options"]["max_retries"].as_u64() {
            list = list.max_retries(u32::try_from(retries).unwrap_or(u32::MAX));
        }
        list
    };
    let mut pages = list(request()).pages();
    let (mut count, mut ids, mut errors) = (0_u64, Vec::new(), Vec::new());
    while let Some(page) = pages.next().await {
        let page = match page {
            Ok(page) => page,
            Err(error) => {
                errors.push(failed(&error)["error"].clone());
                if errors.len() > again {
                    break;
                }
                if step["resume_on_error"] == true {
                    let cursor = pages.cursor().unwrap_or_default().to_owned();
                    pages = list(request()).resume(cursor).pages();
                }
                continue;
            }
        };
        count += 1;
        let page = serde_json::to_value(page).unwrap_or_default();
        let page = page[items].as_array().cloned().unwrap_or_default();
        ids.extend(page.iter().map(|item| item["id"].to_string()));
        let between = &step["between"];
        if between["after"] == count {
            let name = between["control"].as_str().unwrap_or_default();
            let _ = sandbox.control(name, between["arguments"].clone());
        }
        if step["resume_after"] == count {
            let cursor = pages.cursor().unwrap_or_default().to_owned();
            pages = list(request()).resume(cursor).pages();
        }
    }
    let distinct: BTreeSet<_> = ids.iter().collect();
    json!({"pages": count, "items": ids.len(), "distinct": distinct.len(), "errors": errors})
}
