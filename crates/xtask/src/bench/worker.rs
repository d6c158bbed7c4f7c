//! A worker: one client in a separate process, which does the requested work. tests/bench has the workers.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::cores::Cores;
use super::plan::{Client, Work};
use super::programs::Programs;
use crate::shell::BoxError;

/// How long a worker may take to be ready.
const READY: Duration = Duration::from_secs(60);

/// The duration of a piece of work: a number of calls, or seconds.
#[derive(Clone, Copy, Serialize)]
pub(super) struct Span {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) calls: Option<u64>,
    pub(super) seconds: f64,
}

/// The cost of a piece of work.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(super) struct Measurement {
    pub(super) calls: f64,
    pub(super) seconds: f64,
    /// CPU time of the process, in seconds.
    pub(super) cpu: f64,
    /// Time that the main thread ran, in seconds.
    pub(super) main: f64,
    /// Resident memory at the end, in bytes.
    pub(super) memory: f64,
}

impl Measurement {
    /// Calls per second.
    pub(super) fn rate(&self) -> f64 {
        self.calls / self.seconds
    }

    /// CPU time of the process per call, in microseconds.
    pub(super) fn cpu_per_call(&self) -> f64 {
        self.cpu / self.calls * 1e6
    }

    /// Time of the main thread per call, in microseconds.
    pub(super) fn main_per_call(&self) -> f64 {
        self.main / self.calls * 1e6
    }
}

#[derive(Serialize)]
struct Order<'a> {
    work: &'a str,
    in_flight: usize,
    count: usize,
    #[serde(flatten)]
    span: Span,
}

/// A process that waits for work.
pub(super) struct Worker {
    client: &'static str,
    cores: Cores,
    process: Child,
    orders: TcpStream,
    answers: BufReader<TcpStream>,
}

impl Worker {
    /// Start the worker of `client` on the core of the clients, with the arguments of every worker.
    pub(super) fn start(
        programs: &Programs,
        client: &Client,
        server: &str,
    ) -> Result<Self, BoxError> {
        let name = client.name;
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let mut process = programs
            .cores
            .client(&programs.worker(client.program))
            .args([client.word, server, &listener.local_addr()?.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()?;
        listener.set_nonblocking(true)?;
        let begun = Instant::now();
        let stream = loop {
            match listener.accept() {
                Ok((stream, _)) => break stream,
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error.into()),
            }
            if let Some(status) = process.try_wait()? {
                return Err(format!("the worker of {name} ended with {status}").into());
            }
            if begun.elapsed() > READY {
                process.kill()?;
                return Err(format!("the worker of {name} did not start").into());
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        stream.set_nonblocking(false)?;
        stream.set_nodelay(true)?;
        Ok(Self {
            client: name,
            cores: programs.cores,
            process,
            answers: BufReader::new(stream.try_clone()?),
            orders: stream,
        })
    }

    /// Do `work`, with this number of items on a page.
    pub(super) fn measure(
        &mut self,
        work: Work,
        count: usize,
        span: Span,
    ) -> Result<Measurement, BoxError> {
        self.cores.repin(self.process.id(), work.both_cores)?;
        let order = Order {
            work: work.name,
            in_flight: work.in_flight,
            count,
            span,
        };
        writeln!(self.orders, "{}", serde_json::to_string(&order)?)?;
        let mut line = String::new();
        if self.answers.read_line(&mut line)? == 0 {
            let (client, description) = (self.client, work.description);
            return Err(format!("the worker of {client} ended during {description}").into());
        }
        Ok(serde_json::from_str(&line)?)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.orders.shutdown(std::net::Shutdown::Both);
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
