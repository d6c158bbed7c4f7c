//! The page `benchmarks.md`, and its tables, which the terminal shows too.

use std::fmt::Write as _;

use super::growth::{Growth, Memory};
use super::plan::LIMIT;
use super::report::{Distance, Report, Row, rows};
use super::spread::{Spread, grouped};
use super::start_up::{Load, Size};
use super::table::Table;
use super::verdict::Verdict;
use super::webhooks::Webhooks;
use crate::shell::BoxError;

/// Write the page.
pub(super) fn written(report: &Report, all: &[Verdict]) -> Result<String, BoxError> {
    let mut page = format!(
        "# Benchmarks\n\nWritten by `cargo xtask bench`; every figure is from one run on one machine. [Performance notes](performance.md) \
         lists the changes that led to these figures, and what remains.\n\n## Method\n\n{}\n## Bars\n\n{}",
        method(report),
        verdicts(all).markdown()
    );
    for (language, series) in &report.languages {
        let calls = calls(&rows(series)?);
        let _ = write!(page, "\n## {}\n\n{}", language.name, calls.markdown());
    }
    let _ = write!(
        page,
        "\n## Distance to the limit\n\nThe limit is {LIMIT} in Rust, into structs with derived `Deserialize`, in the same rounds. \
         [Performance notes](performance.md) says what the difference is spent on.\n\n{}",
        limits(&report.distances()).markdown()
    );
    let bytes = report.webhooks.first().map_or(0, |one| one.report.bytes);
    let _ = write!(
        page,
        "\n## Webhooks\n\nEvents per second of CPU time on one core, from memory: all types of the contract in turns, {bytes} bytes on \
         average, each with its own id. The handwritten handlers compare one header, have no types, and handle duplicates \
         twice.\n\n{}",
        webhooks(&report.webhooks)?.markdown()
    );
    let _ = write!(page, "\n## Loading\n\n{}", loads(&report.loads).markdown());
    let _ = write!(page, "\n## Size\n\n{}", sizes(&report.sizes).markdown());
    let _ = write!(
        page,
        "\n## Memory\n\nResident memory of a fresh process.\n\n{}",
        memory(&report.memory).markdown()
    );
    page.push_str(
        "\n## Growth\n\nFor sandboxes and rooms, the cost of one: a constant cost means that the total grows linearly. For calls in \
         flight, and for rooms in a sandbox, the cost of a call: a constant cost means that it does not depend on the number.\n",
    );
    for one in &report.growth {
        let _ = write!(page, "\n**{}**\n\n{}", one.what, growth(one).markdown());
    }
    Ok(page)
}

fn method(report: &Report) -> String {
    let effort = report.effort;
    let versions = report
        .machine
        .versions
        .iter()
        .map(|(name, version)| format!("{name} {version}"));
    format!(
        "A server with fixed responses runs on one core, the client on the other (\"not pinned\": on both). Each client is a separate \
         process. All clients of a language do the same work in {} interleaved rounds of {} s. Each round starts with another client. A \
         figure is the median of the rounds, and a ratio is computed round by round. Three figures are the minimum, the median and the \
         maximum.\n\n\
         Before each work, a client warms up for at most {} s, or at most {} s if a bar compares it. The warm-up ends earlier after {} \
         calls in Python, and after {} in Rust and Node, where V8 needs them. `bench.json` has the number of calls.\n\n\
         A page has 100 rooms, 74 KB. Clients parse into what they return to users: hundredms into typed models, the compared libraries \
         into what `json()` returns; in Rust, into structs of the same fields. In Node, hundredms checks a response in the core and \
         returns what `JSON.parse` makes of it. \"By name\" is how the bindings call the core: a response is checked, and passed on as \
         its bytes. A worker checks one response of each work before it measures. CPU is that of all threads of the process; the main \
         thread runs the event loop. All variants of webhooks in a language share one process. Loading is not pinned. In the growth of \
         the sandbox, the sandbox shares the core with its client. The growth of pages with their rooms is measured at 8 calls in \
         flight. A figure of growth is the minimum of several measurements, because disturbances only add time.\n\n\
         {}. {}.\n",
        effort.rounds,
        effort.seconds,
        effort.warm_up,
        effort.warm_up_to_bar,
        warm_up_calls(report, "Python"),
        warm_up_calls(report, "Node"),
        report.machine.hardware,
        versions.collect::<Vec<_>>().join(", "),
    )
}

fn warm_up_calls(report: &Report, name: &str) -> u64 {
    let mut languages = report.languages.iter();
    let found = languages.find(|(language, _)| language.name == name);
    found.map_or(0, |(language, _)| language.warm_up_calls)
}

pub(super) fn verdicts(verdicts: &[Verdict]) -> Table {
    let mut table = Table::new(["bar", "minimum, median, maximum", "outcome"]);
    for verdict in verdicts {
        table.row([
            verdict.bar.clone(),
            verdict.shown(),
            verdict.word().to_owned(),
        ]);
    }
    table
}

pub(super) fn calls(rows: &[Row]) -> Table {
    let mut table = Table::new([
        "work",
        "client",
        "calls/s",
        "CPU us/call",
        "main thread us/call",
        "calls/s of hundredms, as a multiple",
    ]);
    for row in rows {
        table.row([
            row.work.to_owned(),
            row.client.to_owned(),
            grouped(row.calls_per_second.median),
            format!("{:.1}", row.cpu_per_call.median),
            format!("{:.1}", row.main_thread_per_call.median),
            row.times.map_or_else(String::new, times),
        ]);
    }
    table
}

pub(super) fn limits(distances: &[Distance]) -> Table {
    let mut table = Table::new([
        "language",
        "client",
        "work",
        "calls/s, as a part of the limit's",
        "CPU per call, as a multiple of the limit's",
    ]);
    for distance in distances {
        table.row([
            distance.language.to_owned(),
            distance.client.to_owned(),
            distance.work.to_owned(),
            times(distance.calls_per_second),
            times(distance.cpu_per_call),
        ]);
    }
    table
}

pub(super) fn webhooks(all: &[Webhooks]) -> Result<Table, BoxError> {
    let mut table = Table::new([
        "language",
        "variant",
        "events/s",
        "us per event",
        "as a multiple of the handwritten handler",
    ]);
    for webhooks in all {
        for variant in &webhooks.report.variants {
            let rates = Spread::of(variant.rates.iter().copied()).ok_or("no rounds")?;
            table.row([
                webhooks.language.to_owned(),
                variant.name.clone(),
                rates.shown(grouped),
                format!("{:.2}", 1e6 / rates.median),
                if variant.name == webhooks.report.by_hand {
                    String::new()
                } else {
                    times(webhooks.times(variant)?)
                },
            ]);
        }
    }
    Ok(table)
}

fn loads(loads: &[Load]) -> Table {
    let mut table = Table::new([
        "what",
        "ms over the bare interpreter: minimum, median, maximum",
    ]);
    for load in loads {
        table.row([format!("`{}`", load.what), times(load.over)]);
    }
    table
}

fn sizes(sizes: &[Size]) -> Table {
    let mut table = Table::new(["package", "bytes"]);
    for size in sizes {
        table.row([size.what.to_owned(), grouped(size.bytes)]);
    }
    table
}

fn memory(all: &[Memory]) -> Table {
    let calls = all.first().map_or([0, 0], |memory| memory.calls);
    let head = |calls| format!("MB after {calls} calls");
    let mut table = Table::new(["client".to_owned(), head(calls[0]), head(calls[1])]);
    for memory in all {
        let [few, many] = memory.bytes.map(|bytes| format!("{:.1}", bytes / 1e6));
        let client = format!("{}: {}", memory.language, memory.client);
        table.row([client, few, many]);
    }
    table
}

fn growth(growth: &Growth) -> Table {
    let sizes = growth.steps.iter().map(|step| step.size.to_string());
    let mut table = Table::new(std::iter::once(growth.size.clone()).chain(sizes));
    let costs = growth.steps.iter().map(|step| format!("{:.2}", step.cost));
    table.row(std::iter::once(growth.cost.clone()).chain(costs));
    table
}

fn times(spread: Spread) -> String {
    spread.shown(|figure| format!("{figure:.2}"))
}
