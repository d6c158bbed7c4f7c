//! One run: a sandbox with sessions, an engine that reads them, and a worker that is killed in the middle.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use hundredms::Client;
use hundredms::resources::sessions::ListSessions;
use hundredms_sandbox::{LoggedRequest, Sandbox, Seed};
use tokio::runtime::Runtime;

use super::engine::{Engine, Victim};
use super::output::{Compared, compare};
use super::place::Place;
use super::redis::Redis;
use super::workers::{connected_to, family, is_idle, kill};
use crate::shell::{BoxError, root, stdout_of, target};

/// How many sessions there are.
const SESSIONS: u32 = 48_000;

/// How many days they are spread over.
const DAYS: u32 = 60;

/// How many requests per second the engine may send, over all of its processes, and how many the sandbox accepts.
const RATE: u32 = 50;
const ACCEPTED: u32 = 55;

/// After this many requests a worker is killed, a quarter of all; and again after as many, if it was just between two windows.
const KILL_AFTER: u64 = 130;

/// The longest run.
const LONGEST: Duration = Duration::from_secs(600);

/// What a run did.
pub(super) struct Report {
    /// How many processes read at the same time, at most.
    workers: usize,
    /// How often a worker was killed.
    killed: usize,
    expected: usize,
    compared: Compared,
    /// How many windows were begun more than once.
    again: usize,
    requests: usize,
    refused: usize,
    seconds: f64,
}

impl Report {
    pub(super) fn row(&self, name: &str) -> String {
        let Self {
            workers,
            killed,
            expected,
            compared,
            again,
            requests,
            refused,
            seconds,
        } = self;
        let Compared {
            read,
            lost,
            doubled,
        } = compared;
        format!(
            "| {name} | {workers} | {killed} | {expected} | {read} | {lost} | {doubled} | {again} | {requests} | {refused} | {seconds:.1} |"
        )
    }

    /// What is wrong, if anything.
    pub(super) fn fault(&self) -> Option<String> {
        let Self {
            workers,
            expected,
            compared,
            again,
            ..
        } = self;
        if *compared
            != (Compared {
                read: *expected,
                lost: 0,
                doubled: 0,
            })
        {
            return Some(format!("{expected} sessions were expected: {compared:?}"));
        }
        if *workers < 2 {
            return Some("there was only one worker".to_owned());
        }
        (*again == 0).then(|| "no worker was killed while it read a window".to_owned())
    }
}

/// Programs that end with this value.
struct Programs(Vec<Child>);

impl Drop for Programs {
    fn drop(&mut self) {
        // Those that have ended have no process any more.
        self.0
            .retain_mut(|program| matches!(program.try_wait(), Ok(None)));
        for program in &mut self.0 {
            // Celery ends its children too if it is asked to.
            let _ = Command::new("kill").arg(program.id().to_string()).status();
        }
        let until = Instant::now() + Duration::from_secs(15);
        for program in &mut self.0 {
            while matches!(program.try_wait(), Ok(None)) && Instant::now() < until {
                std::thread::sleep(Duration::from_millis(20));
            }
            let _ = program.kill();
            let _ = program.wait();
        }
    }
}

/// Run an engine.
pub(super) fn run(engine: &Engine, place: &Place, runtime: &Runtime) -> Result<Report, BoxError> {
    let sandbox = runtime.block_on(Sandbox::start())?;
    let seed = Seed::new().rooms(20).sessions(SESSIONS).peers(1).days(DAYS);
    sandbox.seed(&seed)?;
    let (expected, range) = runtime.block_on(all(&sandbox))?;
    sandbox.clear_requests();
    sandbox.rate_limit_of("sessions", Some(ACCEPTED))?;
    let redis = Redis::start()?;
    let folder = target().join("engines/output").join(engine.name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(target().join("engines/output"))?;
    let log = target().join(format!("engines/{}.log", engine.name));
    let log = File::create(log)?;
    let start = |mut command: Command| -> Result<Child, BoxError> {
        command
            .envs(sandbox.env())
            .env("REDIS_URL", redis.url())
            .env("RATE_LIMIT", RATE.to_string())
            .stdout(log.try_clone()?)
            .stderr(log.try_clone()?);
        Ok(command.spawn()?)
    };
    let mut programs = Programs(Vec::new());
    for worker in engine.workers(place) {
        programs.0.push(start(worker)?);
    }
    let began = Instant::now();
    let range = [range[0].as_str(), range[1].as_str()];
    programs
        .0
        .push(start(engine.driver(place, range, &folder))?);
    let (status, workers, killed) = watch(engine, &mut programs, &sandbox)?;
    let seconds = began.elapsed().as_secs_f64();
    drop(programs);
    if !status.success() {
        let name = engine.name;
        return Err(format!("it ended with {status}: see target/engines/{name}.log").into());
    }
    let requests = sandbox.requests();
    Ok(Report {
        workers,
        killed,
        compared: compare(&expected, &written(place, &folder)?),
        expected: expected.len(),
        again: read_again(&requests),
        refused: requests.iter().filter(|it| it.status == 429).count(),
        requests: requests.len(),
        seconds,
    })
}

/// The ids of all sessions of a sandbox, read as one list, and the range of time that just covers them.
async fn all(sandbox: &Sandbox) -> Result<(Vec<String>, [String; 2]), BoxError> {
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;
    let sessions = client.sessions().list(ListSessions::new().active(false));
    let sessions = sessions.collect().await?;
    if sessions.len() != sandbox.stats().sessions {
        return Err("the sandbox lists other sessions than it has".into());
    }
    let starts = || sessions.iter().filter_map(|session| session.created_at);
    let (first, last) = (starts().min(), starts().max());
    let end = last.map(|last| last + Duration::from_millis(1));
    let (Some(first), Some(end)) = (first, end) else {
        return Err("the sessions have no start times".into());
    };
    let range = [first, end].map(|time| format!("{time:.3}").replace('Z', "+00:00"));
    let ids = sessions.into_iter().map(|session| session.id);
    Ok((ids.collect(), range))
}

/// Wait for the driver, the last of the programs, and kill a worker meanwhile. Return how many there were, and how many were killed.
fn watch(
    engine: &Engine,
    programs: &mut Programs,
    sandbox: &Sandbox,
) -> Result<(ExitStatus, usize, usize), BoxError> {
    let port = sandbox.base_url();
    let port = port
        .rsplit(':')
        .next()
        .and_then(|rest| rest.split('/').next());
    let port: u16 = port.ok_or("no port")?.parse()?;
    let driver = programs.0.last_mut().ok_or("no driver")?;
    let until = Instant::now() + LONGEST;
    let (mut workers, mut killed, mut next) = (0, 0, KILL_AFTER);
    loop {
        if let Some(status) = driver.try_wait()? {
            return Ok((status, workers, killed));
        }
        if Instant::now() > until {
            return Err(format!("it had not ended after {LONGEST:?}").into());
        }
        let reading = connected_to(port)?;
        workers = workers.max(reading.len());
        let is_due = killed < engine.kills && sandbox.stats().requests >= next;
        if let Some(process) = reading
            .iter()
            .rfind(|it| is_due && reading.len() > 1 && !is_idle(**it))
            && read_again(&sandbox.requests()) == 0
        {
            let doomed = match engine.victim {
                Victim::Process => vec![*process],
                Victim::Program => family(*process)?,
            };
            doomed.into_iter().try_for_each(kill)?;
            killed += 1;
            next = sandbox.stats().requests + KILL_AFTER;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// The ids in the files of a folder.
fn written(place: &Place, folder: &Path) -> Result<Vec<String>, BoxError> {
    let mut read = Command::new(place.environment.python());
    read.arg(root().join("tests/engines/read_ids.py"))
        .arg(folder);
    Ok(stdout_of(&mut read)?.lines().map(str::to_owned).collect())
}

/// How many windows were begun more than once.
fn read_again(requests: &[LoggedRequest]) -> usize {
    let value = |request: &LoggedRequest, wanted: &str| {
        let mut pairs = request.query.iter();
        pairs.find_map(|(name, value)| (name == wanted).then(|| value.clone()))
    };
    let mut begun: BTreeMap<_, usize> = BTreeMap::new();
    for request in requests {
        if request.status == 200 && value(request, "start").is_none() {
            *begun.entry(value(request, "after")).or_default() += 1;
        }
    }
    begun.values().filter(|count| **count > 1).count()
}
