//! How the cost of sandboxes grows with their number, and of one with the rooms in it: tables as JSON.
//!
//! `sandbox-growth [--quick]`; a figure per sandbox or per room stays level where growth is linear, one per call where a call does not
//! feel how many rooms there are; times are the middle of three.
//! Memory is that of a process of its own: `sandbox-growth --memory SANDBOXES ROOMS`.

use std::error::Error;
use std::process::Command;
use std::time::Instant;

use bench_core::{median, memory};
use hundredms::Client;
use hundredms::resources::rooms::ListRooms;
use hundredms_sandbox::{Sandbox, Seed};
use serde_json::{Value, json};

type Failure = Box<dyn Error + Send + Sync>;

const SANDBOXES: [usize; 5] = [1, 10, 50, 100, 200];
const ROOMS: [usize; 6] = [10, 100, 1_000, 10_000, 100_000, 1_000_000];
const CALLS: usize = 200;
const TIMES: usize = 3;

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
    let (mut start, mut memory_each) = (Vec::new(), Vec::new());
    drop(Sandbox::start().await?);
    for size in SANDBOXES {
        let mut times = Vec::new();
        for _ in 0..TIMES {
            let begun = Instant::now();
            let mut running = Vec::new();
            for _ in 0..size {
                running.push(Sandbox::start().await?);
            }
            times.push(begun.elapsed().as_secs_f64() * 1e3);
        }
        start.push(step(size, per(median(&mut times), size)));
        memory_each.push(step(size, per(apart(size, 0)? / 1e3, size)));
    }
    let (mut seed, mut get, mut list, mut memory_room) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for size in ROOMS.into_iter().filter(|size| *size <= most_rooms) {
        let (mut seeding, mut getting, mut listing) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..TIMES {
            let sandbox = Sandbox::start().await?;
            let begun = Instant::now();
            sandbox.seed(&Seed::new().rooms(size))?;
            seeding.push(begun.elapsed().as_secs_f64() * 1e6);
            let (get, list) = calls(&sandbox).await?;
            getting.push(get);
            listing.push(list);
            sandbox.stop().await;
        }
        seed.push(step(size, per(median(&mut seeding), size)));
        get.push(step(size, per(median(&mut getting), CALLS)));
        list.push(step(size, per(median(&mut listing), CALLS)));
        memory_room.push(step(size, per(apart(1, size)? / 1e3, size)));
    }
    Ok(vec![
        table("Sandboxes started", "sandboxes", "ms each", &start),
        table("Sandboxes running", "sandboxes", "KB each", &memory_each),
        table("Rooms seeded", "rooms", "us each", &seed),
        table("Rooms in memory", "rooms", "KB each", &memory_room),
        table(
            "GET of one room of the sandbox",
            "rooms in it",
            "us per call",
            &get,
        ),
        table(
            "Page of 10 rooms of the sandbox",
            "rooms in it",
            "us per call",
            &list,
        ),
    ])
}

/// Microseconds of so many calls: of one room, and of a page.
async fn calls(sandbox: &Sandbox) -> Result<(f64, f64), Failure> {
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;
    let rooms = client.rooms();
    let page = || rooms.list(ListRooms::new().limit(10_u32)).first_page();
    let id = page().await?.data.last().ok_or("no rooms")?.id.clone();
    let begun = Instant::now();
    for _ in 0..CALLS {
        rooms.get(id.as_str()).await?;
    }
    let get = begun.elapsed().as_secs_f64() * 1e6;
    let begun = Instant::now();
    for _ in 0..CALLS {
        page().await?;
    }
    Ok((get, begun.elapsed().as_secs_f64() * 1e6))
}

/// What so many sandboxes with so many rooms each take of the memory of a fresh process, in bytes.
fn apart(sandboxes: usize, rooms: usize) -> Result<f64, Failure> {
    let output = Command::new(std::env::current_exe()?)
        .args(["--memory", &sandboxes.to_string(), &rooms.to_string()])
        .output()?;
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
async fn taken(sandboxes: usize, rooms: usize) -> Result<f64, Failure> {
    let before = memory()?;
    let mut running = Vec::new();
    for _ in 0..sandboxes {
        let sandbox = Sandbox::start().await?;
        if rooms > 0 {
            sandbox.seed(&Seed::new().rooms(rooms))?;
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
