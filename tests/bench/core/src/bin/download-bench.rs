//! Downloads of one large file from a sandbox on this machine: `curl`, and `recording_assets.download` in each language.
//!
//! `download-bench FOLDER MEBIBYTES [PYTHON]` downloads with each in turn, in rounds, and prints how many bytes arrived per second, as
//! the program itself measures it, how long its process ran, and its peak memory; at last the median of each, and its ratio to the
//! median of `curl`. `PYTHON` is an interpreter that has the package. Node finds the package by `HUNDREDMS_PACKAGE`, or else as an
//! installed one.

use std::error::Error;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use hundredms::Client;
use hundredms::resources::recording_assets::{ListRecordingAssets, PresignRecordingAsset};
use hundredms::resources::recordings::{AssetType, StartRecording};
use hundredms::resources::rooms::CreateRoom;
use hundredms_sandbox::{JoinPeer, Sandbox};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const ROUNDS: usize = 9;

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve", size] => runtime.block_on(serve(size.parse()?)),
        ["get", asset, path] => runtime.block_on(get(asset, path)),
        [folder, size] => runtime.block_on(compare(folder.as_ref(), size.parse()?, None)),
        [folder, size, python] => {
            runtime.block_on(compare(folder.as_ref(), size.parse()?, Some(python)))
        }
        _ => Err("download-bench FOLDER MEBIBYTES [PYTHON]".into()),
    }
}

/// Serve a file of this size. Prints the variables of a client, and the id of the asset.
async fn serve(size: i64) -> Result<()> {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;
    let room = client.rooms().create(CreateRoom::new()).await?;
    sandbox.join_peer(&JoinPeer::with_role(&room.id, "host"))?;
    let start = StartRecording::new(&room.id).meeting_url("https://meet.example/stage");
    let recording = client.recordings().start(start).await?;
    sandbox.advance_clock(Duration::from_secs(60))?;
    client.recordings().stop(&recording.id).await?;
    sandbox.advance_clock(Duration::from_secs(60))?;
    let assets = ListRecordingAssets::new().r#type(AssetType::RoomComposite);
    let assets = client.recording_assets().list(assets).collect().await?;
    let asset = assets.first().ok_or("there is no file")?;
    sandbox.resize_asset(&asset.id, size)?;
    let (url, key, secret) = (sandbox.base_url(), sandbox.access_key(), sandbox.secret());
    println!("{url} {key} {secret} {}", asset.id);
    std::future::pending().await
}

/// Download a file with the core.
async fn get(asset: &str, path: &str) -> Result<()> {
    let client = Client::from_env()?;
    let began = Instant::now();
    client.recording_assets().download(asset, path).await?;
    let seconds = began.elapsed().as_secs_f64();
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find(|line| line.starts_with("VmHWM"));
    println!("{seconds} {}", peak.unwrap_or_default());
    Ok(())
}

async fn compare(folder: &Path, mebibytes: i64, python: Option<&str>) -> Result<()> {
    let size = mebibytes << 20;
    let own = std::env::current_exe()?;
    let mut server = Command::new(&own)
        .args(["serve", &size.to_string()])
        .stdout(Stdio::piped())
        .spawn()?;
    let compared = compare_with(&mut server, folder, size, python, &own).await;
    server.kill()?;
    server.wait()?;
    compared
}

async fn compare_with(
    server: &mut std::process::Child,
    folder: &Path,
    size: i64,
    python: Option<&str>,
    own: &Path,
) -> Result<()> {
    let mut told = String::new();
    let output = server.stdout.take().ok_or("no output")?;
    BufReader::new(output).read_line(&mut told)?;
    let told: Vec<&str> = told.split_whitespace().collect();
    let [url, key, secret, asset] = told[..] else {
        return Err("the sandbox did not start".into());
    };
    let client = Client::builder().keys(key, secret).base_url(url).build()?;
    let link = PresignRecordingAsset::new(asset);
    let link = client.recording_assets().presigned_url(link).await?;
    let bench = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let path = folder.join("file.mp4");
    let file = path.to_str().ok_or("a path that is no text")?;
    let script = |name: &str| bench.join(name).display().to_string();
    let own = own.display().to_string();
    let mut programs = vec![
        (
            "curl",
            vec![
                "curl".into(),
                "-sSfo".into(),
                file.into(),
                "-w".into(),
                "%{time_total}".into(),
                link.url.expose().into(),
            ],
        ),
        ("Rust", vec![own, "get".into(), asset.into(), file.into()]),
    ];
    if let Some(python) = python {
        let words = vec![
            python.into(),
            script("python/download.py"),
            asset.into(),
            file.into(),
        ];
        programs.push(("Python", words));
    }
    let words = vec![
        "node".into(),
        script("node/download.mjs"),
        asset.into(),
        file.into(),
    ];
    programs.push(("Node", words));
    let mut all = vec![Vec::new(); programs.len()];
    for _ in 0..ROUNDS {
        for ((name, words), seconds) in programs.iter().zip(&mut all) {
            let began = Instant::now();
            let output = Command::new(&words[0])
                .args(&words[1..])
                .env("HMS_BASE_URL", url)
                .env("HMS_ACCESS_KEY", key)
                .env("HMS_SECRET", secret)
                .stderr(Stdio::inherit())
                .output()?;
            let process = began.elapsed().as_secs_f64();
            if !output.status.success() || path.metadata()?.len() != size.unsigned_abs() {
                return Err(format!("{name} failed").into());
            }
            std::fs::remove_file(&path)?;
            let told = String::from_utf8_lossy(&output.stdout);
            let (own, peak) = told.trim().split_once(' ').unwrap_or((told.trim(), ""));
            let own: f64 = own.parse()?;
            seconds.push(own);
            println!(
                "{name:8} {:6.0} MB/s  {own:6.2} s  process {process:6.2} s  {}",
                rate(size, own),
                peak.trim()
            );
        }
    }
    let medians: Vec<f64> = all.into_iter().map(median).collect();
    for ((name, _), seconds) in programs.iter().zip(&medians) {
        let ratio = medians[0] / seconds;
        println!(
            "median {name:8} {:6.0} MB/s  {ratio:.2} of curl",
            rate(size, *seconds)
        );
    }
    Ok(())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Return megabytes per second.
#[expect(clippy::cast_precision_loss, reason = "a rate need not be exact")]
fn rate(size: i64, seconds: f64) -> f64 {
    size as f64 / seconds / 1e6
}
