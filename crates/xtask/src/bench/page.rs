//! The page `benchmarks.md`, and its tables, which the terminal shows too.

use std::fmt::Write as _;

use super::chart::{Bar, Group, grouped};
use super::growth::{Growth, Memory};
use super::plan::LIMIT;
use super::report::{Distance, Report, Row, rows};
use super::rounds::Series;
use super::spread::Spread;
use super::start_up::{Load, Size};
use super::table::Table;
use super::verdict::Verdict;
use super::webhooks::Webhooks;
use super::worker::Told;
use crate::shell::BoxError;

/// Write the whole page.
pub(super) fn written(report: &Report, all: &[Verdict]) -> Result<String, BoxError> {
    let mut page = String::from(
        "# Benchmarks\n\nWritten by `cargo xtask bench`; every figure is of one run on one machine. Which changes they are owed to, and \
         what is left: [performance.md](performance.md).\n\n## Method\n\n",
    );
    page.push_str(&method(report));
    let _ = write!(page, "\n## Bars\n\n{}", verdicts(all).markdown());
    for (language, series) in &report.languages {
        let _ = write!(
            page,
            "\n## {0}\n\n![Calls per second in {0}](benchmark-{1}.svg)\n\n{2}",
            language.name,
            language.name.to_lowercase(),
            calls(&rows(series)?).markdown()
        );
    }
    let _ = write!(
        page,
        "\n## Distance to the limit\n\nThe limit is {LIMIT} in Rust, into structs with what serde derives, in the same rounds. What \
         remains and why: [performance.md](performance.md).\n\n{}",
        limits(&report.distances()).markdown()
    );
    let bytes = report.webhooks.first().map_or(0, |one| one.told.bytes);
    let _ = write!(
        page,
        "\n## Webhooks\n\nEvents for each second of CPU time on one core, from memory: all types of the contract in turns, {bytes} \
         bytes on average, each with an id of its own. Handlers written by hand check one header and type nothing; what comes twice \
         they handle twice.\n\n{}",
        webhooks(&report.webhooks)?.markdown()
    );
    let _ = write!(page, "\n## Loading\n\n{}", loads(&report.loads).markdown());
    let _ = write!(page, "\n## Size\n\n{}", sizes(&report.sizes).markdown());
    let _ = write!(
        page,
        "\n## Memory\n\nResident, of a fresh process. httpx on asyncio makes some 400 calls a second, and is left out.\n\n{}",
        memory(&report.memory).markdown()
    );
    page.push_str(
        "\n## Growth\n\nOf sandboxes and of rooms the cost of a unit: level means that the whole grows as their number does. With calls \
         in flight, and with rooms in a sandbox, the cost of a call: level means that it does not grow at all.\n",
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
        "A server with fixed answers runs on one core, the client on the other (\"not pinned\": on both). Each client is a process of \
         its own. All clients of a language do the same work in {} interleaved rounds, {} s each, and another one begins each round. A \
         figure is the median of the rounds, a ratio is taken round by round; three figures are the least, the median and the most.\n\n\
         Before each work a client warms up: for {} s at most; where a bar compares it, for {} s at most. It ends sooner after {} calls \
         in Python and {} in Rust and Node, where V8 needs them. A client that is slower than that was warmed by fewer; `bench.json` says by how \
         many.\n\n\
         Page: 100 rooms, 74 KB. Clients parse into what they give their users: hundredms into typed models, the peers into what `json()` \
         gives; in Rust, peers into structs of the same fields. In Node, hundredms checks an answer in the core and gives what \
         `JSON.parse` makes of it. \"By name\" is how the bindings call the core: an answer is checked and handed on as its bytes. A \
         worker looks at one answer of each work before it measures. CPU is that of all threads of the process, the main thread the one that \
         the event loop runs on. All ways of the webhooks of a language share one process. Loading is not pinned; in the growth of the \
         sandbox, it shares the core with its client. The growth of pages with their rooms is taken at 8 calls in flight. A figure of \
         growth is the least of several spans, since what disturbs a machine only adds to it.\n\n\
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
    let mut table = Table::new(["bar", "least, median, most", ""]);
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
        "hundredms is so many times faster",
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
        "calls/s, of the limit's",
        "CPU per call, times the limit's",
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
        "way",
        "events/s",
        "us each",
        "times the handler written by hand",
    ]);
    for webhooks in all {
        for way in &webhooks.told.ways {
            let rates = Spread::of(way.rates.iter().copied()).ok_or("no rounds")?;
            table.row([
                webhooks.language.to_owned(),
                way.name.clone(),
                rates.shown(grouped),
                format!("{:.2}", 1e6 / rates.median),
                if way.name == webhooks.told.by_hand {
                    String::new()
                } else {
                    times(webhooks.times(way)?)
                },
            ]);
        }
    }
    Ok(table)
}

fn loads(loads: &[Load]) -> Table {
    let mut table = Table::new(["what", "ms over the bare interpreter: least, median, most"]);
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

/// The works of the chart, with the clients that do them.
pub(super) fn bars(all: &[Series]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let charted =
        |one: &&Series| one.work.in_flight == 32 && !one.work.both_cores && one.work.name != "post";
    for one in all.iter().filter(charted) {
        let bar = Bar {
            name: one.client.name.to_owned(),
            rate: Spread::of(one.of(Told::rate)).map_or(0.0, |rate| rate.median),
            ours: one.client.is_ours(),
        };
        match groups.last_mut() {
            Some(group) if group.heading == one.work.said => group.bars.push(bar),
            _ => groups.push(Group {
                heading: one.work.said.to_owned(),
                bars: vec![bar],
            }),
        }
    }
    groups
}
