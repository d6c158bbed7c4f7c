//! How the cost of sandboxes grows with their number, and of one with the rooms in it: tables as JSON.
//!
//! `sandbox-growth [--quick]`; a figure per sandbox or per room stays level where growth is linear, one per call where a call does not
//! feel how many rooms there are; times are the least of several, since what disturbs a machine only adds to them, taken in rounds over
//! all sizes, so that what disturbs it for a while does not meet one size alone.
//! Memory is that of a process of its own: `sandbox-growth --memory SANDBOXES ROOMS`.

use std::error::Error;
use std::process::Command;
use std::time::Instant;

use bench_core::{memory, process_seconds};
use hundredms::Client;
use hundredms::resources::rooms::ListRooms;
use hundredms_sandbox::{Sandbox, Seed};
use serde_json::{Value, json};

type Failure = Box<dyn Error + Send + Sync>;

const SANDBOXES: [usize; 5] = [1, 10, 50, 100, 200];
const ROOMS: [usize; 6] = [10, 100, 1_000, 10_000, 100_000, 1_000_000];
/// The most rooms of one seed.
const AT_ONCE: usize = 100_000;
const CALLS: usize = 200;
/// Rounds of starting sandboxes, and of seeding one with rooms.
const ROUNDS: (usize, usize) = (21, 3);
/// So often the calls are made in each round.
const SPANS: usize = 5;

fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let quick = words.iter().any(|word| word == "--quick");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    if let [first, sandboxes, rooms] = words.as_slice() {
        if first == "--memory" {
            let bytes = runtime.block_on(taken(sandboxes.parse()?, rooms.parse()?))?;
            println!("{bytes}");
            return Ok(());
        }
    }
    let tables = runtime.block_on(measure(if quick { 100_000 } else { 1_000_000 }))?;
    println!("{}", serde_json::to_string(&tables)?);
    Ok(())
}

async fn measure(most_rooms: usize) -> Result<Vec<Value>, Failure> {
    let rooms: Vec<_> = ROOMS
        .into_iter()
        .filter(|size| *size <= most_rooms)
        .collect();
    let started = started().await?;
    let [seeded, get, list] = served(&rooms).await?;
    let memory_of = |sizes: &[usize], rooms: bool| -> Result<Vec<Value>, Failure> {
        let steps = sizes.iter().map(|&size| {
            let (sandboxes, rooms) = if rooms { (1, size) } else { (size, 0) };
            Ok(step(size, per(apart(sandboxes, rooms)? / 1e3, size)))
        });
        steps.collect()
    };
    let (each, room) = (memory_of(&SANDBOXES, false)?, memory_of(&rooms, true)?);
    Ok(vec![
        table("Sandboxes started", "sandboxes", "ms each", &started),
        table("Sandboxes running", "sandboxes", "KB each", &each),
        table("Rooms seeded", "rooms", "us each", &seeded),
        table("Rooms in memory", "rooms", "KB each", &room),
        table(
            "GET of one room of the sandbox",
            "rooms in it",
            "us of CPU per call",
            &get,
        ),
        table(
            "Page of 10 rooms of the sandbox",
            "rooms in it",
            "us of CPU per call",
            &list,
        ),
    ])
}

/// Milliseconds to start a sandbox, by how many are started.
async fn started() -> Result<Vec<Value>, Failure> {
    let mut times = vec![Vec::new(); SANDBOXES.len()];
    drop(Sandbox::start().await?);
    for _ in 0..ROUNDS.0 {
        for (size, times) in SANDBOXES.into_iter().zip(&mut times) {
            let begun = Instant::now();
            let mut running = Vec::new();
            for _ in 0..size {
                running.push(Sandbox::start().await?);
            }
            times.push(per(begun.elapsed().as_secs_f64() * 1e3, size));
        }
    }
    Ok(least(&SANDBOXES, times))
}

/// Microseconds to seed a room, to get one, and to list a page, by how many there are.
async fn served(sizes: &[usize]) -> Result<[Vec<Value>; 3], Failure> {
    let mut seeding = vec![Vec::new(); sizes.len()];
    let (mut getting, mut listing) = (seeding.clone(), seeding.clone());
    for _ in 0..ROUNDS.1 {
        for (nth, &size) in sizes.iter().enumerate() {
            let sandbox = Sandbox::start().await?;
            let begun = Instant::now();
            seed(&sandbox, size)?;
            seeding[nth].push(per(begun.elapsed().as_secs_f64() * 1e6, size));
            for _ in 0..SPANS {
                let (get, list) = calls(&sandbox).await?;
                getting[nth].push(per(get, CALLS));
                listing[nth].push(per(list, CALLS));
            }
            sandbox.stop().await;
        }
    }
    Ok([seeding, getting, listing].map(|times| least(sizes, times)))
}

fn least(sizes: &[usize], times: Vec<Vec<f64>>) -> Vec<Value> {
    let least = |(&size, times): (&usize, Vec<f64>)| {
        step(size, times.into_iter().fold(f64::INFINITY, f64::min))
    };
    sizes.iter().zip(times).map(least).collect()
}

/// Microseconds of CPU, of client and sandbox, that so many calls take: of one room, and of a page.
async fn calls(sandbox: &Sandbox) -> Result<(f64, f64), Failure> {
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;
    let rooms = client.rooms();
    let page = || rooms.list(ListRooms::new().limit(10_u32)).first_page();
    let id = page().await?.data.last().ok_or("no rooms")?.id.clone();
    let begun = process_seconds();
    for _ in 0..CALLS {
        rooms.get(id.as_str()).await?;
    }
    let between = process_seconds();
    for _ in 0..CALLS {
        page().await?;
    }
    let ended = process_seconds();
    Ok(((between - begun) * 1e6, (ended - between) * 1e6))
}

/// What so many sandboxes with so many rooms each take of the memory of a fresh process, in bytes.
fn apart(sandboxes: usize, rooms: usize) -> Result<f64, Failure> {
    let output = Command::new(std::env::current_exe()?)
        .args(["--memory", &sandboxes.to_string(), &rooms.to_string()])
        .output()?;
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// Make so many rooms, as many at a time as a sandbox takes.
fn seed(sandbox: &Sandbox, rooms: usize) -> Result<(), Failure> {
    let mut left = rooms;
    while left > 0 {
        let some = left.min(AT_ONCE);
        sandbox.seed(&Seed::new().rooms(some))?;
        left -= some;
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
async fn taken(sandboxes: usize, rooms: usize) -> Result<f64, Failure> {
    let before = memory()?;
    let mut running = Vec::new();
    for _ in 0..sandboxes {
        let sandbox = Sandbox::start().await?;
        if rooms > 0 {
            seed(&sandbox, rooms)?;
        }
        running.push(sandbox);
    }
    Ok(memory()? as f64 - before as f64)
}

fn table(what: &str, size: &str, cost: &str, steps: &[Value]) -> Value {
    json!({"what": what, "size": size, "cost": cost, "steps": steps})
}

fn step(size: usize, cost: f64) -> Value {
    json!({"size": size, "cost": cost})
}

#[expect(clippy::cast_precision_loss, reason = "the counts are small")]
fn per(total: f64, count: usize) -> f64 {
    total / count as f64
}
