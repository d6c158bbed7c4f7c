//! CPU per call: the typed client against raw reqwest with `serde_json` into the same struct, in interleaved rounds of one run.
//!
//! `cargo run --release -p bench-core --bin core-bench`; Linux, with `taskset`. The client is pinned to core 0, the server to core 1.

use std::error::Error;
use std::future::Future;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use hundredms::Client;
use hundredms::resources::rooms::{ListRooms, Room, RoomList};

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

    println!(
        "CPU per call in microseconds, {IN_FLIGHT} in flight, {ROUNDS} interleaved rounds: min median max\n"
    );
    compare(
        "GET of one room",
        20_000,
        || async {
            client
                .rooms()
                .get("66b2d2105c803b002ae4f611")
                .await
                .map(drop)
                .map_err(Failure::from)
        },
        || async {
            let body = get("/rooms/66b2d2105c803b002ae4f611").await?;
            serde_json::from_slice::<Room>(&body)
                .map(drop)
                .map_err(Failure::from)
        },
    )
    .await?;
    compare(
        "page of 100 rooms",
        2_000,
        || async {
            client
                .rooms()
                .list(ListRooms::new())
                .first_page()
                .await
                .map(drop)
                .map_err(Failure::from)
        },
        || async {
            let body = get("/rooms?limit=100").await?;
            serde_json::from_slice::<RoomList>(&body)
                .map(drop)
                .map_err(Failure::from)
        },
    )
    .await
}

async fn compare<A, B>(
    what: &str,
    calls: usize,
    ours: impl Fn() -> A,
    theirs: impl Fn() -> B,
) -> Result<(), Failure>
where
    A: Future<Output = Result<(), Failure>>,
    B: Future<Output = Result<(), Failure>>,
{
    let mut rounds: Vec<(f64, f64)> = Vec::new();
    for round in 0..=ROUNDS {
        let pair = (
            cpu_per_call(calls, &ours).await?,
            cpu_per_call(calls, &theirs).await?,
        );
        // The first round warms both up.
        if round > 0 {
            rounds.push(pair);
        }
    }
    println!("{what}");
    println!(
        "  hundredms            {}",
        spread(rounds.iter().map(|(ours, _)| *ours))
    );
    println!(
        "  reqwest + serde_json {}",
        spread(rounds.iter().map(|(_, theirs)| *theirs))
    );
    println!(
        "  ratio                {}\n",
        spread(rounds.iter().map(|(ours, theirs)| ours / theirs))
    );
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
