//! What is measured, by which clients, and the bars that this package must clear.

/// A language with its clients; the first is this package.
pub(super) struct Language {
    pub(super) name: &'static str,
    pub(super) clients: &'static [Client],
    pub(super) bars: &'static [Bar],
}

/// A client and the work that it can do.
pub(super) struct Client {
    pub(super) name: &'static str,
    /// What its worker is started with.
    pub(super) word: &'static str,
    pub(super) works: &'static [Work],
}

/// One kind of call, so many in flight.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Work {
    pub(super) name: &'static str,
    pub(super) said: &'static str,
    pub(super) in_flight: usize,
    /// Whether the client may use the core of the server too.
    pub(super) both_cores: bool,
}

/// What is compared.
#[derive(Clone, Copy)]
pub(super) enum Measure {
    /// Calls per second: the more the better.
    Rate,
    /// CPU time of the process per call: the less the better.
    Cpu,
    /// Time of the main thread per call: the less the better.
    Main,
}

/// This package against one peer; `least` is how many times better it must be.
pub(super) struct Bar {
    pub(super) ours: &'static str,
    pub(super) theirs: &'static str,
    pub(super) work: Work,
    pub(super) measure: Measure,
    pub(super) least: f64,
}

const fn work(name: &'static str, said: &'static str, in_flight: usize) -> Work {
    Work {
        name,
        said,
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
const ROOM_256: Work = work("room", "GET of one room, 256 in flight", 256);
const PAGE_1: Work = work("page", "page of 100 rooms, 1 in flight", 1);
const PAGE: Work = work("page", "page of 100 rooms, 32 in flight", 32);
const PAGE_256: Work = work("page", "page of 100 rooms, 256 in flight", 256);
const POST: Work = work("post", "POST of one room, 32 in flight", 32);
const POST_1: Work = work("post", "POST of one room, 1 in flight", 1);
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

const CALLS: &[Work] = &[ROOM_1, ROOM, ROOM_256, PAGE_1, PAGE, PAGE_256, POST];
const BLOCKING: &[Work] = &[ROOM_1, PAGE_1, POST_1];

pub(super) const LANGUAGES: &[Language] = &[
    Language {
        name: "Rust",
        clients: &[
            Client {
                name: "hundredms",
                word: "hundredms",
                works: &[ROOM_1, ROOM, ROOM_256, PAGE_1, PAGE, PAGE_256, POST, TOKEN],
            },
            Client {
                name: "hyper + serde_json",
                word: "hyper",
                works: CALLS,
            },
            Client {
                name: "reqwest + serde_json",
                word: "reqwest",
                works: CALLS,
            },
        ],
        bars: &[Bar {
            ours: "hundredms",
            theirs: "reqwest + serde_json",
            work: ROOM,
            measure: Measure::Cpu,
            least: 1.0 / 1.25,
        }],
    },
    Language {
        name: "Python",
        clients: &[
            Client {
                name: "hundredms, asyncio",
                word: "async:hundredms",
                works: CALLS,
            },
            Client {
                name: "aiohttp",
                word: "async:aiohttp",
                works: CALLS,
            },
            Client {
                name: "pyreqwest",
                word: "async:pyreqwest",
                works: CALLS,
            },
            Client {
                name: "httpx, asyncio",
                word: "async:httpx",
                works: CALLS,
            },
            Client {
                name: "hundredms, blocking",
                word: "blocking:hundredms",
                works: &[ROOM_1, PAGE_1, POST_1, TOKEN],
            },
            Client {
                name: "requests",
                word: "blocking:requests",
                works: BLOCKING,
            },
            Client {
                name: "httpx, blocking",
                word: "blocking:httpx",
                works: BLOCKING,
            },
            Client {
                name: "PyJWT",
                word: "blocking:PyJWT",
                works: &[TOKEN],
            },
        ],
        bars: &[
            Bar {
                ours: "hundredms, asyncio",
                theirs: "aiohttp",
                work: ROOM,
                measure: Measure::Rate,
                least: 3.0,
            },
            Bar {
                ours: "hundredms, asyncio",
                theirs: "httpx, asyncio",
                work: ROOM,
                measure: Measure::Rate,
                least: 25.0,
            },
            Bar {
                ours: "hundredms, asyncio",
                theirs: "aiohttp",
                work: PAGE,
                measure: Measure::Rate,
                least: 1.4,
            },
            Bar {
                ours: "hundredms, blocking",
                theirs: "requests",
                work: ROOM_1,
                measure: Measure::Rate,
                least: 5.0,
            },
            Bar {
                ours: "hundredms, blocking",
                theirs: "PyJWT",
                work: TOKEN,
                measure: Measure::Rate,
                least: 4.0,
            },
        ],
    },
    Language {
        name: "Node",
        clients: &[
            Client {
                name: "hundredms",
                word: "hundredms",
                works: &[
                    ROOM_1, ROOM, ROOM_FREE, ROOM_256, PAGE_1, PAGE, PAGE_FREE, PAGE_256, POST,
                    TOKEN,
                ],
            },
            Client {
                name: "undici",
                word: "undici",
                works: &[
                    ROOM_1, ROOM, ROOM_FREE, ROOM_256, PAGE_1, PAGE, PAGE_FREE, PAGE_256, POST,
                ],
            },
            Client {
                name: "fetch",
                word: "fetch",
                works: CALLS,
            },
            Client {
                name: "axios",
                word: "axios",
                works: CALLS,
            },
            Client {
                name: "official SDK",
                word: "official",
                works: &[ROOM_1, ROOM, ROOM_FREE, ROOM_256, POST, TOKEN],
            },
            Client {
                name: "jsonwebtoken",
                word: "jsonwebtoken",
                works: &[TOKEN],
            },
        ],
        bars: &[
            Bar {
                ours: "hundredms",
                theirs: "official SDK",
                work: ROOM,
                measure: Measure::Rate,
                least: 5.0,
            },
            Bar {
                ours: "hundredms",
                theirs: "undici",
                work: ROOM,
                measure: Measure::Rate,
                least: 1.0,
            },
            Bar {
                ours: "hundredms",
                theirs: "undici",
                work: ROOM_FREE,
                measure: Measure::Rate,
                least: 1.3,
            },
            Bar {
                ours: "hundredms",
                theirs: "undici",
                work: PAGE,
                measure: Measure::Main,
                least: 1.0,
            },
            Bar {
                ours: "hundredms",
                theirs: "undici",
                work: PAGE_FREE,
                measure: Measure::Rate,
                least: 1.0,
            },
            Bar {
                ours: "hundredms",
                theirs: "official SDK",
                work: TOKEN,
                measure: Measure::Rate,
                least: 50.0,
            },
        ],
    },
];
