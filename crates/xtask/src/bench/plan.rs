//! What is measured, with which clients, and the bars that this package must clear.

/// A language with its clients; the first is this package.
pub(super) struct Language {
    pub(super) name: &'static str,
    pub(super) clients: &'static [Client],
    pub(super) bars: &'static [Bar],
    /// Number of calls after which figures are steady.
    pub(super) warm_up_calls: u64,
    /// Our clients whose memory is measured, each at its work.
    pub(super) memory: &'static [(&'static str, Work)],
}

impl Language {
    /// The client with this name.
    pub(super) fn client(&self, name: &str) -> Option<&'static Client> {
        self.clients.iter().find(|client| client.name == name)
    }
}

/// A client and the work that it can do.
pub(super) struct Client {
    pub(super) name: &'static str,
    pub(super) program: Program,
    /// The arguments of its worker.
    pub(super) word: &'static str,
    /// Our client that it is compared with.
    pub(super) against: Option<&'static str>,
    pub(super) works: &'static [Work],
    /// Whether it parses a response into values, as the limit does. Otherwise its distance to the limit means nothing.
    pub(super) decodes: bool,
}

impl Client {
    /// Whether it is this package.
    pub(super) fn is_ours(&self) -> bool {
        self.name.starts_with("hundredms")
    }
}

/// The programs of tests/bench that have the workers.
#[derive(Clone, Copy)]
pub(super) enum Program {
    Core,
    Python,
    Node,
}

/// One kind of call, with a number of calls in flight.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Work {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) in_flight: usize,
    /// Whether the client may use the core of the server too.
    pub(super) both_cores: bool,
}

/// What is compared.
#[derive(Clone, Copy)]
pub(super) enum Measure {
    /// Calls per second: more is better.
    Rate,
    /// CPU time of the process per call: less is better.
    Cpu,
    /// Time of the main thread per call: less is better.
    Main,
}

/// This package compared with one peer. It must be at least `least` times better.
pub(super) struct Bar {
    pub(super) ours: &'static str,
    pub(super) theirs: &'static str,
    pub(super) work: Work,
    pub(super) measure: Measure,
    pub(super) least: f64,
}

const fn work(name: &'static str, description: &'static str, in_flight: usize) -> Work {
    Work {
        name,
        description,
        in_flight,
        both_cores: false,
    }
}

const fn on_both_cores(work: Work) -> Work {
    Work {
        both_cores: true,
        ..work
    }
}

const ROOM_1: Work = work("room", "GET of one room, 1 in flight", 1);
const ROOM: Work = work("room", "GET of one room, 32 in flight", 32);
const PAGE: Work = work("page", "page of 100 rooms, 32 in flight", 32);
const TOKEN: Work = work("token", "client token signed", 1);
const ROOM_FREE: Work = on_both_cores(work(
    "room",
    "GET of one room, 32 in flight, not pinned",
    32,
));
const PAGE_FREE: Work = on_both_cores(work(
    "page",
    "page of 100 rooms, 32 in flight, not pinned",
    32,
));

const CALLS: &[Work] = &[ROOM_1, ROOM, PAGE];

/// The upper limit of every client, measured in every language.
pub(super) const LIMIT: &str = "hyper + serde_json";

const fn limit(works: &'static [Work]) -> Client {
    Client {
        name: LIMIT,
        program: Program::Core,
        word: "hyper",
        against: Some("hundredms"),
        works,
        decodes: true,
    }
}

const fn core(
    name: &'static str,
    word: &'static str,
    against: Option<&'static str>,
    works: &'static [Work],
) -> Client {
    Client {
        name,
        program: Program::Core,
        word,
        against,
        works,
        decodes: true,
    }
}

const fn python(
    name: &'static str,
    word: &'static str,
    against: Option<&'static str>,
    works: &'static [Work],
) -> Client {
    Client {
        program: Program::Python,
        ..core(name, word, against, works)
    }
}

const fn node(
    name: &'static str,
    word: &'static str,
    against: Option<&'static str>,
    works: &'static [Work],
) -> Client {
    Client {
        program: Program::Node,
        ..core(name, word, against, works)
    }
}

const fn bar(
    ours: &'static str,
    theirs: &'static str,
    work: Work,
    measure: Measure,
    least: f64,
) -> Bar {
    Bar {
        ours,
        theirs,
        work,
        measure,
        least,
    }
}

const OURS: &str = "hundredms";
const BY_NAME: &str = "hundredms, by name: checked, not decoded";
const ASYNCIO: &str = "hundredms, asyncio";
const SYNC: &str = "hundredms, blocking";
const SAME_STRUCTS: &str = "reqwest + serde_json, into our structs";

pub(super) const LANGUAGES: &[Language] = &[
    Language {
        name: "Rust",
        clients: &[
            core(OURS, "hundredms", None, &[ROOM_1, ROOM, PAGE, TOKEN]),
            Client {
                decodes: false,
                ..core(BY_NAME, "by-name", Some(OURS), &[ROOM, PAGE])
            },
            limit(CALLS),
            core("reqwest + serde_json", "reqwest", Some(OURS), CALLS),
            core(SAME_STRUCTS, "reqwest:models", Some(OURS), &[ROOM, PAGE]),
        ],
        bars: &[bar(OURS, SAME_STRUCTS, ROOM, Measure::Cpu, 1.0)],
        warm_up_calls: 30_000,
        memory: &[(OURS, ROOM)],
    },
    Language {
        name: "Python",
        clients: &[
            python(ASYNCIO, "async:hundredms", None, CALLS),
            python("aiohttp", "async:aiohttp", Some(ASYNCIO), CALLS),
            python("pyreqwest", "async:pyreqwest", Some(ASYNCIO), CALLS),
            python("httpx, asyncio", "async:httpx", Some(ASYNCIO), CALLS),
            python(SYNC, "blocking:hundredms", None, &[ROOM_1, TOKEN]),
            python("requests", "blocking:requests", Some(SYNC), &[ROOM_1]),
            python("PyJWT", "blocking:PyJWT", Some(SYNC), &[TOKEN]),
            Client {
                against: Some(ASYNCIO),
                ..limit(CALLS)
            },
        ],
        bars: &[
            bar(ASYNCIO, "aiohttp", ROOM, Measure::Rate, 3.6),
            bar(ASYNCIO, "httpx, asyncio", ROOM, Measure::Rate, 25.0),
            bar(ASYNCIO, "aiohttp", PAGE, Measure::Rate, 1.9),
            bar(SYNC, "requests", ROOM_1, Measure::Rate, 5.0),
            bar(SYNC, "PyJWT", TOKEN, Measure::Rate, 4.0),
        ],
        warm_up_calls: 3_000,
        memory: &[(ASYNCIO, ROOM), (SYNC, ROOM_1)],
    },
    Language {
        name: "Node",
        clients: &[
            node(
                OURS,
                "hundredms",
                None,
                &[ROOM_1, ROOM, ROOM_FREE, PAGE, PAGE_FREE, TOKEN],
            ),
            node(
                "undici",
                "undici",
                Some(OURS),
                &[ROOM_1, ROOM, ROOM_FREE, PAGE, PAGE_FREE],
            ),
            node(
                "official SDK",
                "official",
                Some(OURS),
                &[ROOM_1, ROOM, ROOM_FREE, TOKEN],
            ),
            node("jsonwebtoken", "jsonwebtoken", Some(OURS), &[TOKEN]),
            limit(CALLS),
        ],
        bars: &[
            bar(OURS, "official SDK", ROOM, Measure::Rate, 7.0),
            bar(OURS, "undici", ROOM, Measure::Rate, 1.4),
            bar(OURS, "undici", ROOM_FREE, Measure::Rate, 1.3),
            bar(OURS, "undici", PAGE, Measure::Main, 1.0),
            bar(OURS, "undici", PAGE_FREE, Measure::Rate, 1.0),
            bar(OURS, "official SDK", TOKEN, Measure::Rate, 50.0),
        ],
        // Of V8.
        warm_up_calls: 30_000,
        memory: &[(OURS, ROOM)],
    },
];

/// Webhooks on one core: what the programs of tests/bench must reach, in events per second.
pub(super) const WEBHOOKS: [(&str, Program, f64); 3] = [
    ("Rust", Program::Core, 100_000.0),
    ("Python", Program::Python, 30_000.0),
    ("Node", Program::Node, 50_000.0),
];

/// What is loaded, and the maximum milliseconds above the bare interpreter.
pub(super) type Loading = (&'static str, f64);

pub(super) const PYTHON_LOADS: &[Loading] = &[
    ("import hundredms", 45.0),
    ("import hundredms; hundredms.Client", 45.0),
];

pub(super) const NODE_LOADS: &[Loading] = &[("require('hundredms')", 40.0)];

/// Maximum sizes of the wheel and of the platform's npm package, in bytes.
pub(super) const LARGEST_PACKAGE: f64 = 6e6;

/// The maximum ratio of a unit's cost to its cost at the best smaller size.
pub(super) const STEEPEST: f64 = 2.0;

/// The maximum growth factor of a process after many calls, and the bytes that heaps release late.
pub(super) const LARGER: f64 = 1.25;
pub(super) const SLACK: f64 = 4e6;

#[cfg(test)]
mod tests {
    use super::LANGUAGES;

    #[test]
    fn what_is_compared_takes_part() {
        for language in LANGUAGES {
            let works = |name: &str| language.client(name).expect(name).works;
            for bar in language.bars {
                assert!(works(bar.ours).contains(&bar.work), "{}", bar.ours);
                assert!(works(bar.theirs).contains(&bar.work), "{}", bar.theirs);
            }
            for (name, work) in language.memory {
                assert!(works(name).contains(work), "{name}");
            }
            for client in language.clients {
                let Some(against) = client.against else {
                    continue;
                };
                assert!(
                    client
                        .works
                        .iter()
                        .all(|work| works(against).contains(work))
                );
            }
        }
    }
}
