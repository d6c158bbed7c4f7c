//! CPU per call: the client, typed and by name, against raw reqwest and raw hyper with `serde_json` into the same struct, in
//! interleaved rounds of one run.
//!
//! `cargo run --release -p bench-core --bin core-bench`; Linux, with `taskset`. The client is pinned to core 0, the server to core 1.

use std::error::Error;
use std::future::Future;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hundredms::resources::rooms::{ListRooms, Room, RoomList};
use hundredms::{CallOptions, Client};
use hyper_util::client::legacy::Client as HyperClient;
use hyper_util::rt::TokioExecutor;

type Failure = Box<dyn Error + Send + Sync>;

const IN_FLIGHT: usize = 32;
const ROUNDS: usize = 9;

fn main() -> Result<(), Failure> {
    if std::env::var_os("PINNED").is_none() {
        let status = Command::new("taskset")
            .args(["-c", "0"])
            .arg(std::env::current_exe()?)
            .env("PINNED", "1")
            .status()?;
        std::process::exit(status.code().unwrap_or(1));
    }
    let server_path = std::env::current_exe()?.with_file_name("fixed-server");
    let mut server = Command::new("taskset")
        .args(["-c", "1"])
        .arg(server_path)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut url = String::new();
    BufReader::new(server.stdout.take().ok_or("no output")?).read_line(&mut url)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let measured = runtime.block_on(measure(url.trim()));
    drop(server.stdin.take());
    server.wait()?;
    measured
}

async fn measure(url: &str) -> Result<(), Failure> {
    let client = Client::builder()
        .keys("key", "secret")
        .base_url(url)
        .build()?;
    let token = client.tokens().management().mint()?;
    let authorization = format!("Bearer {}", token.expose());
    // reqwest wants a provider even where there is no TLS.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let raw = reqwest::Client::builder().no_proxy().build()?;
    let get = |path: &str| {
        let request = raw
            .get(format!("{url}{path}"))
            .header("authorization", &authorization);
        async move { Ok::<_, Failure>(request.send().await?.bytes().await?) }
    };

    let hyper = HyperClient::builder(TokioExecutor::new()).build_http::<Empty<Bytes>>();
    let get_by_hyper = |path: &str| {
        let request = http::Request::get(format!("{url}{path}"))
            .header("authorization", &authorization)
            .body(Empty::new());
        let hyper = hyper.clone();
        async move {
            let answer = hyper.request(request?).await?;
            Ok::<_, Failure>(answer.into_body().collect().await?.to_bytes())
        }
    };
    let options = CallOptions::default();

    println!(
        "CPU per call in microseconds, {IN_FLIGHT} in flight, {ROUNDS} interleaved rounds: min median max\n"
    );
    compare(
        "GET of one room",
        20_000,
        || async {
            let room = client.rooms().get("66b2d2105c803b002ae4f611").await?;
            drop(room);
            Ok(())
        },
        || async {
            let arguments = br#"{"room_id":"66b2d2105c803b002ae4f611"}"#;
            let room = client.call("rooms.get", arguments, &options).await?;
            drop(room);
            Ok(())
        },
        || async {
            let body = get("/rooms/66b2d2105c803b002ae4f611").await?;
            drop(serde_json::from_slice::<Room>(&body)?);
            Ok(())
        },
        || async {
            let body = get_by_hyper("/rooms/66b2d2105c803b002ae4f611").await?;
            drop(serde_json::from_slice::<Room>(&body)?);
            Ok(())
        },
    )
    .await?;
    compare(
        "page of 100 rooms",
        2_000,
        || async {
            let page = client.rooms().list(ListRooms::new()).first_page().await?;
            drop(page);
            Ok(())
        },
        || async {
            let page = client.call("rooms.list", b"{}", &options).await?;
            drop(page);
            Ok(())
        },
        || async {
            let body = get("/rooms?limit=100").await?;
            drop(serde_json::from_slice::<RoomList>(&body)?);
            Ok(())
        },
        || async {
            let body = get_by_hyper("/rooms?limit=100").await?;
            drop(serde_json::from_slice::<RoomList>(&body)?);
            Ok(())
        },
    )
    .await
}

/// Measure the four ways in turn, round by round. The ratios are to reqwest.
async fn compare<A, B, C, D>(
    what: &str,
    calls: usize,
    typed: impl Fn() -> A,
    by_name: impl Fn() -> B,
    reqwest: impl Fn() -> C,
    hyper: impl Fn() -> D,
) -> Result<(), Failure>
where
    A: Future<Output = Result<(), Failure>>,
    B: Future<Output = Result<(), Failure>>,
    C: Future<Output = Result<(), Failure>>,
    D: Future<Output = Result<(), Failure>>,
{
    let mut rounds: Vec<[f64; 4]> = Vec::new();
    for round in 0..=ROUNDS {
        let figures = [
            cpu_per_call(calls, &typed).await?,
            cpu_per_call(calls, &by_name).await?,
            cpu_per_call(calls, &reqwest).await?,
            cpu_per_call(calls, &hyper).await?,
        ];
        // The first round warms all up.
        if round > 0 {
            rounds.push(figures);
        }
    }
    println!("{what}");
    let names = [
        "hundredms, typed",
        "hundredms, by name",
        "reqwest + serde_json",
        "hyper + serde_json",
    ];
    for (index, name) in names.iter().enumerate() {
        println!(
            "  {name:<20} {}   ratio {}",
            spread(rounds.iter().map(|figures| figures[index])),
            spread(rounds.iter().map(|figures| figures[index] / figures[2]))
        );
    }
    println!();
    Ok(())
}

/// Make `calls` calls, so many in flight at a time; gives the CPU time of this thread per call.
async fn cpu_per_call<F: Future<Output = Result<(), Failure>>>(
    calls: usize,
    call: &impl Fn() -> F,
) -> Result<f64, Failure> {
    let started = (cpu_nanoseconds()?, Instant::now());
    let lanes: Vec<_> = (0..IN_FLIGHT)
        .map(|_| async {
            for _ in 0..calls / IN_FLIGHT {
                call().await?;
            }
            Ok::<_, Failure>(())
        })
        .collect();
    all(lanes).await?;
    let made = calls / IN_FLIGHT * IN_FLIGHT;
    #[expect(clippy::cast_precision_loss)]
    Ok((cpu_nanoseconds()? - started.0) as f64 / 1_000.0 / made as f64)
}

/// Run all futures on this task until each has ended.
async fn all<F: Future<Output = Result<(), Failure>>>(futures: Vec<F>) -> Result<(), Failure> {
    let mut futures: Vec<_> = futures
        .into_iter()
        .map(|future| Some(Box::pin(future)))
        .collect();
    std::future::poll_fn(|context| {
        let mut waiting = false;
        for slot in &mut futures {
            let Some(future) = slot else { continue };
            match future.as_mut().poll(context) {
                std::task::Poll::Ready(Ok(())) => *slot = None,
                std::task::Poll::Ready(Err(error)) => return std::task::Poll::Ready(Err(error)),
                std::task::Poll::Pending => waiting = true,
            }
        }
        if waiting {
            std::task::Poll::Pending
        } else {
            std::task::Poll::Ready(Ok(()))
        }
    })
    .await
}

/// CPU time of this thread, as Linux counts it.
fn cpu_nanoseconds() -> Result<u64, Failure> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split_whitespace().next().ok_or("no figure")?.parse()?)
}

fn spread(values: impl Iterator<Item = f64>) -> String {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let last = values.len() - 1;
    format!(
        "{:8.2} {:8.2} {:8.2}",
        values[0],
        values[last / 2],
        values[last]
    )
}
