//! A sandbox, and the command in an environment of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use hundredms_sandbox::{Fault, FaultEffect, Sandbox};
use serde_json::{Value, json};

/// A sandbox, and a home folder that is removed at the end.
pub(crate) struct Workspace {
    pub(crate) sandbox: Sandbox,
    pub(crate) home: PathBuf,
}

/// What a run of the command printed.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            code: output.status.code(),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    /// Return standard output, after a run without an error.
    pub(crate) fn done(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.out
    }

    /// Return standard output as JSON.
    pub(crate) fn json(self) -> Value {
        let text = self.done();
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Return the lines of standard output as JSON.
    pub(crate) fn lines(self) -> Vec<Value> {
        let text = self.done();
        text.lines()
            .map(|line| {
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
            })
            .collect()
    }
}

impl Workspace {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let home =
            std::env::temp_dir().join(format!("hundredms-cli-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&home).expect("a folder");
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let sandbox = runtime.expect("a runtime").block_on(Sandbox::start());
        Self {
            sandbox: sandbox.expect("a sandbox"),
            home,
        }
    }

    /// Return a command without credentials.
    pub(crate) fn bare(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hundredms"));
        command
            .args(arguments)
            .env_clear()
            .env("HOME", &self.home)
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .current_dir(&self.home)
            .stdin(Stdio::null());
        command
    }

    /// Return a command with the credentials of the sandbox.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.bare(arguments);
        for (name, value) in self.variables() {
            command.env(name, value);
        }
        command
    }

    pub(crate) fn variables(&self) -> [(&'static str, String); 4] {
        self.sandbox.env()
    }

    /// Run the command with the credentials of the sandbox.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        ran(&mut self.command(arguments))
    }

    /// Run the words of a line.
    pub(crate) fn line(&self, line: &str) -> Ran {
        self.run(&line.split_whitespace().collect::<Vec<_>>())
    }

    /// Run a control of the sandbox.
    pub(crate) fn control(&self, name: &str, arguments: Value) -> Value {
        let result = self.sandbox.control(name, arguments);
        result.unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Let every request fail.
    pub(crate) fn fault(&self, effect: FaultEffect) {
        self.sandbox
            .add_fault(&Fault::new(effect))
            .expect("a fault");
    }

    /// Create a room with a peer, and return its id.
    pub(crate) fn room_with_peer(&self, name: &str) -> String {
        let room = self.run(&["rooms", "create", "--name", name]).json();
        let id = room["id"].as_str().expect("an id").to_owned();
        self.control(
            "join_peer",
            json!({ "room_id": id, "role": "host", "name": "Ada", "user_id": "ada" }),
        );
        id
    }

    /// Record a room, and return the ids of its session and of its composite recording.
    pub(crate) fn recording(&self, room_id: &str, size: i64) -> (String, String) {
        let url = "https://meet.example/stage";
        let started = self
            .run(&["recordings", "start", room_id, "--meeting-url", url])
            .json();
        let id = started["id"].as_str().expect("an id");
        self.control("advance_clock", json!({ "seconds": 60 }));
        self.run(&["recordings", "stop", id]).json();
        self.control("advance_clock", json!({ "seconds": 60 }));
        let assets = self
            .run(&[
                "recording-assets",
                "list",
                "--type",
                "room-composite",
                "--room-id",
                room_id,
            ])
            .lines();
        // The newest is the first.
        let asset = assets.first().expect("an asset");
        let text = |name: &str| asset[name].as_str().expect("an id").to_owned();
        self.control(
            "resize_asset",
            json!({ "asset_id": text("id"), "size": size }),
        );
        (text("session_id"), text("id"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        std::fs::write(&path, text).expect("a file");
        path.to_str().expect("UTF-8").to_owned()
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.home);
    }
}

/// Run a command to its end.
pub(crate) fn ran(command: &mut Command) -> Ran {
    Ran::of(&command.output().expect("the command starts"))
}

/// Wait until there is a value.
pub(crate) fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "no {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A command that runs, with what it has printed so far.
pub(crate) struct Running {
    child: Child,
    out: Arc<Mutex<Vec<u8>>>,
    err: Arc<Mutex<Vec<u8>>>,
}

fn collect(mut stream: impl Read + Send + 'static) -> Arc<Mutex<Vec<u8>>> {
    let bytes = Arc::new(Mutex::new(Vec::new()));
    let shared = Arc::clone(&bytes);
    std::thread::spawn(move || {
        let mut piece = [0; 4096];
        while let Ok(read @ 1..) = stream.read(&mut piece) {
            let mut bytes = shared.lock().expect("no panic");
            bytes.extend_from_slice(&piece[..read]);
        }
    });
    bytes
}

fn text_of(bytes: &Mutex<Vec<u8>>) -> String {
    String::from_utf8_lossy(&bytes.lock().expect("no panic")).into_owned()
}

impl Running {
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        Self {
            out: collect(child.stdout.take().expect("its output")),
            err: collect(child.stderr.take().expect("its output")),
            child,
        }
    }

    /// Type on the terminal of the command, or write to its standard input.
    pub(crate) fn write(&mut self, text: &str) {
        let input = self.child.stdin.as_mut().expect("its input");
        input.write_all(text.as_bytes()).expect("it reads");
        input.flush().expect("it reads");
    }

    pub(crate) fn out(&self) -> String {
        text_of(&self.out)
    }

    pub(crate) fn err(&self) -> String {
        text_of(&self.err)
    }

    /// Wait until standard output contains a text, and return all of it.
    pub(crate) fn wait_out(&self, text: &str) -> String {
        wait_for(text, || Some(self.out()).filter(|out| out.contains(text)))
    }

    /// Wait until standard error contains a text.
    pub(crate) fn wait_err(&self, text: &str) -> String {
        wait_for(text, || Some(self.err()).filter(|err| err.contains(text)))
    }

    pub(crate) fn signal(&self, signal: &str) {
        let sent = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status();
        assert!(sent.expect("kill runs").success());
    }

    /// Send a signal, and return standard output of a run without an error.
    pub(crate) fn end_with_output(mut self, signal: &str) -> String {
        self.signal(signal);
        assert_eq!(self.child.wait().expect("it ends").code(), Some(0));
        // What it printed last may still be on its way.
        wait_for("the end of the output", || {
            (Arc::strong_count(&self.out) == 1).then(|| self.out())
        })
    }

    /// Send a signal, and return the exit code and all of standard error.
    pub(crate) fn end_with_error(mut self, signal: &str) -> (Option<i32>, String) {
        self.signal(signal);
        let code = self.child.wait().expect("it ends").code();
        // What it printed last may still be on its way.
        let err = wait_for("the end of the errors", || {
            (Arc::strong_count(&self.err) == 1).then(|| self.err())
        });
        (code, err)
    }

    /// Send a signal, and return the exit code.
    pub(crate) fn end(mut self, signal: &str) -> Option<i32> {
        self.signal(signal);
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A request that a receiver got: its head and its body.
#[derive(Debug, Clone)]
pub(crate) struct Posted {
    pub(crate) head: String,
    pub(crate) body: String,
}

/// A server that keeps what is posted to it.
pub(crate) struct Receiver {
    pub(crate) url: String,
    posted: Arc<Mutex<Vec<Posted>>>,
}

impl Receiver {
    /// Start a server that answers with this status.
    pub(crate) fn start(status: u16) -> Self {
        let posted = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&posted);
        let root = server(move |request| {
            shared.lock().expect("no panic").push(request);
            (status, "from the receiver".to_owned())
        });
        Self {
            url: format!("{root}/hooks"),
            posted,
        }
    }

    pub(crate) fn posted(&self) -> Vec<Posted> {
        self.posted.lock().expect("no panic").clone()
    }
}

/// Start a server, and return its URL. Its answers are statuses and bodies.
pub(crate) fn server(answer: impl Fn(Posted) -> (u16, String) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let answer = Arc::new(answer);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { return };
            let answer = Arc::clone(&answer);
            std::thread::spawn(move || serve(&stream, &*answer));
        }
    });
    url
}

/// Send a request as it is to the host of a URL, and return the status of the response. `None` if the connection was closed first.
pub(crate) fn status_of(url: &str, request: &str) -> Option<u16> {
    let host = url.trim_start_matches("http://").split('/').next();
    let mut stream = TcpStream::connect(host.expect("a host")).expect("a connection");
    let _ = stream.write_all(request.as_bytes());
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).ok()?;
    line.split(' ').nth(1)?.parse().ok()
}

fn serve(mut stream: &TcpStream, respond: &dyn Fn(Posted) -> (u16, String)) {
    let mut reader = BufReader::new(stream);
    loop {
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            let lower = line.to_ascii_lowercase();
            if let Some(value) = lower.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
            if line.trim().is_empty() {
                break;
            }
            head.push_str(&lower);
        }
        let mut body = vec![0; length];
        if reader.read_exact(&mut body).is_err() {
            return;
        }
        let body = String::from_utf8_lossy(&body).into_owned();
        let (status, text) = respond(Posted { head, body });
        let answer = format!(
            "HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n{text}",
            text.len()
        );
        if stream.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}
