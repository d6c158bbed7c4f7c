//! The leg of Rust.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use hundredms::resources::rooms::{CreateRoom, GetRoom};
use hundredms::{Client, Error};
use serde_json::json;

use super::growth::Sample;
use super::leg::Plan;
use crate::shell::BoxError;

/// State that the tasks share.
struct Soak {
    client: Client,
    plan: Plan,
    next: AtomicUsize,
    done: AtomicUsize,
    told: Mutex<Told>,
}

#[derive(Default)]
struct Told {
    outcomes: Vec<u8>,
    errors: serde_json::Map<String, serde_json::Value>,
    samples: Vec<Sample>,
}

/// Read the plan, make the calls, report their outcomes.
pub(super) fn run() -> Result<(), BoxError> {
    let plan: Plan = serde_json::from_reader(std::io::stdin())?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let options = plan.client.to_string();
        let soak = Arc::new(Soak {
            client: Client::builder().options(options.as_bytes())?.build()?,
            next: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            told: Mutex::new(Told {
                outcomes: vec![b'.'; plan.calls],
                ..Told::default()
            }),
            plan,
        });
        let began = Instant::now();
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..soak.plan.in_flight {
            tasks.spawn(calls(soak.clone()));
        }
        while let Some(ended) = tasks.join_next().await {
            ended?;
        }
        let told = soak.told.lock().unwrap_or_else(PoisonError::into_inner);
        let report = json!({
            "outcomes": String::from_utf8_lossy(&told.outcomes), "errors": told.errors,
            "samples": told.samples, "seconds": began.elapsed().as_secs_f64(),
        });
        println!("{report}");
        Ok(())
    })
}

async fn calls(soak: Arc<Soak>) {
    loop {
        let number = soak.next.fetch_add(1, Ordering::Relaxed);
        if number >= soak.plan.calls {
            return;
        }
        let failed = one(&soak, number).await.err();
        let done = soak.done.fetch_add(1, Ordering::Relaxed) + 1;
        let mut told = soak.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.outcomes[number] = match &failed {
            None => b'o',
            Some(error) if error.may_have_applied() => b'm',
            Some(_) => b'n',
        };
        if let Some(error) = failed {
            let count = told.errors.entry(error.kind().as_str()).or_insert(json!(0));
            *count = json!(count.as_u64().unwrap_or(0) + 1);
        }
        if done.is_multiple_of(soak.plan.sample_every) {
            told.samples.extend(sample());
        }
    }
}

async fn one(soak: &Soak, number: usize) -> Result<(), Error> {
    let words = format!("soak-{number}");
    if number.is_multiple_of(2) {
        let room = soak.client.send(GetRoom::new(&soak.plan.room));
        return room.await.map(drop);
    }
    let mut request = CreateRoom::new().description(&words);
    if number % 4 == 1 {
        request = request.name(&words);
    }
    soak.client.send(request).await.map(drop)
}

/// The resources of this process, if the system reports them.
fn sample() -> Option<Sample> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let number = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse().ok()
    };
    Some(Sample {
        files: std::fs::read_dir("/proc/self/fd").ok()?.count() as u64,
        threads: number("Threads:")?,
        memory_kb: number("VmRSS:")?,
    })
}
