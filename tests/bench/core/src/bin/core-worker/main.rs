//! One client of the benchmark: does the work that it is sent, and reports the cost.
//!
//! `cargo xtask bench` starts it: `core-worker CLIENT SERVER CONTROL`. It connects to CONTROL (host:port), reads one JSON object a
//! line, `{"work": "room", "in_flight": 32, "count": 100, "seconds": 1}` or with `"calls"` in place of `"seconds"`, and answers
//! each with `{"calls", "seconds", "cpu", "main", "memory"}`: seconds and bytes. It checks one response before it measures.

mod plain;

use std::cell::Cell;
use std::error::Error;
use std::future::Future;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::pin::Pin;
use std::time::{Duration, Instant};

use bench_core::{memory, process_seconds, thread_seconds};
use bytes::Bytes;
use http::{HeaderValue, Request};
use http_body_util::{BodyExt as _, Empty};
use hundredms::resources::rooms::{ListRooms, Room, RoomList};
use hundredms::{CallOptions, Client, Secret};
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;

type Failure = Box<dyn Error + Send + Sync>;
type Called<'a> = Pin<Box<dyn Future<Output = Result<Got, Failure>> + 'a>>;

const ROOM: &str = "66b2d2105c803b002a000007";

/// A piece of work.
#[derive(Deserialize)]
struct Order {
    work: String,
    in_flight: usize,
    count: usize,
    calls: Option<u64>,
    seconds: Option<f64>,
}

/// Its cost.
#[derive(Serialize)]
struct Measurement {
    calls: u64,
    seconds: f64,
    cpu: f64,
    main: f64,
    memory: u64,
}

/// The result of a call, as much of it as is checked.
#[derive(Debug)]
enum Got {
    /// A room, by its id.
    Room(String),
    /// A page, by the number of its rooms.
    Page(usize),
    Token(Secret),
    /// JSON that is not parsed yet.
    Json(Bytes),
}

impl From<Room> for Got {
    fn from(room: Room) -> Self {
        Self::Room(room.id)
    }
}

impl From<RoomList> for Got {
    fn from(page: RoomList) -> Self {
        Self::Page(page.data.len())
    }
}

impl From<plain::Room> for Got {
    fn from(room: plain::Room) -> Self {
        Self::Room(room.id)
    }
}

impl From<plain::RoomList> for Got {
    fn from(page: plain::RoomList) -> Self {
        Self::Page(page.data.len())
    }
}

impl Got {
    /// Parse it if it is not parsed yet.
    fn read(self, order: &Order) -> Result<Self, Failure> {
        match self {
            Self::Json(answer) => read::<Room, RoomList>(order, &answer),
            got => Ok(got),
        }
    }

    /// Return whether it is the result of `order`.
    fn fits(&self, order: &Order) -> bool {
        match (order.work.as_str(), self) {
            ("room", Self::Room(id)) => !id.is_empty(),
            ("page", Self::Page(rooms)) => *rooms == order.count,
            ("token", Self::Token(token)) => token.expose().matches('.').count() == 2,
            _ => false,
        }
    }
}

/// A client that makes calls.
trait Caller {
    fn call<'a>(&'a self, order: &'a Order) -> Called<'a>;
}

fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [client, server, control] = words.as_slice() else {
        return Err("core-worker CLIENT SERVER CONTROL".into());
    };
    let mut answers = TcpStream::connect(control)?;
    answers.set_nodelay(true)?;
    let orders = BufReader::new(answers.try_clone()?);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let ours = || {
        Client::builder()
            .keys("key", "secret")
            .base_url(server)
            .build()
    };
    let caller: Box<dyn Caller> = match client.as_str() {
        "hundredms" => Box::new(Typed(ours()?)),
        "by-name" => Box::new(ByName(ours()?, CallOptions::default())),
        "reqwest" => Box::new(Reqwest::to(server, read::<plain::Room, plain::RoomList>)?),
        "reqwest:models" => Box::new(Reqwest::to(server, read::<Room, RoomList>)?),
        "hyper" => Box::new(Hyper::to(server)),
        other => return Err(format!("there is no client {other}").into()),
    };
    for order in orders.lines() {
        let order: Order = serde_json::from_str(&order?)?;
        let got = runtime.block_on(caller.call(&order))?.read(&order)?;
        if !got.fits(&order) {
            let Order { work, count, .. } = order;
            return Err(format!("{client}: wrong response to {work} of {count}: {got:?}").into());
        }
        let measurement = runtime.block_on(measure(caller.as_ref(), &order))?;
        writeln!(answers, "{}", serde_json::to_string(&measurement)?)?;
    }
    Ok(())
}

async fn measure(caller: &dyn Caller, order: &Order) -> Result<Measurement, Failure> {
    let begun = (Instant::now(), process_seconds(), thread_seconds());
    let until = begun.0 + Duration::from_secs_f64(order.seconds.unwrap_or(1e6));
    let made = Cell::new(0);
    let lanes = (0..order.in_flight).map(|_| async {
        while made.get() < order.calls.unwrap_or(u64::MAX) && Instant::now() < until {
            made.set(made.get() + 1);
            drop(caller.call(order).await?);
        }
        Ok::<_, Failure>(())
    });
    futures_util::future::try_join_all(lanes).await?;
    Ok(Measurement {
        calls: made.get(),
        seconds: begun.0.elapsed().as_secs_f64(),
        cpu: process_seconds() - begun.1,
        main: thread_seconds() - begun.2,
        memory: memory()?,
    })
}

/// The crate's client, as its users call it.
struct Typed(Client);

impl Caller for Typed {
    fn call<'a>(&'a self, order: &'a Order) -> Called<'a> {
        Box::pin(async move {
            Ok(match order.work.as_str() {
                "room" => self.0.rooms().get(ROOM).await?.into(),
                "page" => {
                    // The fixed server reads the size of the page from the name, which has no limit.
                    let rooms = ListRooms::new().name(order.count.to_string());
                    self.0.rooms().list(rooms).first_page().await?.into()
                }
                "token" => Got::Token(self.0.tokens().auth(ROOM, "host").user_id("ada").create()?),
                other => return Err(format!("there is no work {other}").into()),
            })
        })
    }
}

/// The same client, as the bindings call it: JSON in, JSON out.
struct ByName(Client, CallOptions);

impl Caller for ByName {
    fn call<'a>(&'a self, order: &'a Order) -> Called<'a> {
        Box::pin(async move {
            let (operation, arguments) = match order.work.as_str() {
                "room" => ("rooms.get", json!({ "room_id": ROOM })),
                "page" => ("rooms.list", json!({ "name": order.count.to_string() })),
                other => return Err(format!("there is no work {other}").into()),
            };
            let arguments = serde_json::to_vec(&arguments)?;
            let answered = self.0.call(operation, &arguments, &self.1).await?;
            Ok(Got::Json(answered.json))
        })
    }
}

/// The path and query of a request of the compared clients.
fn path(order: &Order) -> Result<String, Failure> {
    Ok(match order.work.as_str() {
        "room" => format!("/rooms/{ROOM}"),
        "page" => format!("/rooms?name={}", order.count),
        other => return Err(format!("there is no work {other}").into()),
    })
}

/// Parses a response.
type Read = fn(&Order, &[u8]) -> Result<Got, Failure>;

fn read<Room, RoomList>(order: &Order, body: &[u8]) -> Result<Got, Failure>
where
    Room: DeserializeOwned + Into<Got>,
    RoomList: DeserializeOwned + Into<Got>,
{
    Ok(if order.work == "page" {
        black_box(serde_json::from_slice::<RoomList>(body)?).into()
    } else {
        black_box(serde_json::from_slice::<Room>(body)?).into()
    })
}

/// reqwest with its defaults.
struct Reqwest {
    http: reqwest::Client,
    server: String,
    read: Read,
}

impl Reqwest {
    fn to(server: &str, read: Read) -> Result<Self, Failure> {
        Ok(Self {
            http: reqwest::Client::builder().no_proxy().build()?,
            server: server.to_owned(),
            read,
        })
    }
}

impl Caller for Reqwest {
    fn call<'a>(&'a self, order: &'a Order) -> Called<'a> {
        Box::pin(async move {
            let path = path(order)?;
            let request = self
                .http
                .get(format!("{}{path}", self.server))
                .header("authorization", "Bearer x")
                .header("accept", "application/json");
            (self.read)(order, &request.send().await?.bytes().await?)
        })
    }
}

/// hyper with its connection pool: the limit.
struct Hyper {
    http: HyperClient<HttpConnector, Empty<Bytes>>,
    server: String,
}

impl Hyper {
    fn to(server: &str) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        Self {
            http: HyperClient::builder(TokioExecutor::new()).build(connector),
            server: server.to_owned(),
        }
    }
}

impl Caller for Hyper {
    fn call<'a>(&'a self, order: &'a Order) -> Called<'a> {
        Box::pin(async move {
            let path = path(order)?;
            let request = Request::builder()
                .uri(format!("{}{path}", self.server))
                .header("authorization", HeaderValue::from_static("Bearer x"))
                .header("accept", HeaderValue::from_static("application/json"))
                .body(Empty::new())?;
            let answer = self.http.request(request).await?;
            let body = answer.into_body().collect().await?.to_bytes();
            read::<plain::Room, plain::RoomList>(order, &body)
        })
    }
}
