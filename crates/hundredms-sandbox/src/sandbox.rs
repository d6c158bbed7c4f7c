//! A running sandbox: start, addresses, stop, and the typed controls.

use std::{
    fmt, io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener},
    thread,
    time::Duration,
};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tokio::sync::{oneshot, watch};

use crate::{
    control::{
        self, ClientError, Clock, ControlError, FailedDelivery, Job, JoinPeer, LeavePeer, Peer,
        PollAnswer, PollAnswered, PollRun, PublishTrack, RecordedDelivery, ReportedClientError,
        RoomMessage, RtmpIn, RtmpInto, Seed, SendWebhook, SentWebhook, Snapshot, Stats, Track,
        WebhookDelivery, WebhookFault, WebhookQueue, WebhookRequest, WebhookTarget,
    },
    faults::{Fault, FaultReport},
    guard::{AllowedHosts, LOOPBACK, NOT_A_HOST},
    operations::{self, OperationInfo},
    reading,
    request_log::LoggedRequest,
    serve,
    tokens::Credentials,
    webhooks::{
        rounds,
        target::{Webhook, WorkspaceWebhook},
    },
    world::{SharedWorld, WorldGuard},
};

/// How a sandbox shall be started.
#[derive(Clone)]
pub struct Builder {
    host: String,
    port: u16,
    allowed_hosts: Vec<String>,
    credentials: Credentials,
    webhook: Option<(String, Vec<(String, String)>)>,
    signing_key: Option<String>,
}

impl Builder {
    /// Listens on this port; 0, the default, takes a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Listen at this address or name instead of 127.0.0.1; requests may name it as their host. `0.0.0.0` and `::` listen
    /// at all addresses of the machine.
    ///
    /// Whoever can reach it can drive the sandbox.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = host.into();
        self
    }

    /// Allow one more name as the host of requests, as it stands in the `Host` header, without a port: the name of a
    /// container, for example.
    ///
    /// Loopback addresses, `localhost`, and the address at which a request comes in are allowed by themselves. Requests
    /// to other hosts are answered with 403, so that a web page cannot reach the sandbox by DNS rebinding.
    pub fn allow_host(mut self, host: impl Into<String>) -> Self {
        self.allowed_hosts.push(host.into());
        self
    }

    /// Sets the access key that tokens must carry.
    pub fn access_key(mut self, access_key: impl Into<String>) -> Self {
        self.credentials.access_key = access_key.into();
        self
    }

    /// Sets the secret that tokens must be signed with.
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.credentials.secret = secret.into();
        self
    }

    /// Sends the webhooks of the workspace to this `http` URL, with these headers (names and values).
    pub fn webhook<N: Into<String>, V: Into<String>>(
        mut self,
        url: impl Into<String>,
        headers: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let headers = headers.into_iter();
        let headers = headers.map(|(name, value)| (name.into(), value.into()));
        self.webhook = Some((url.into(), headers.collect()));
        self
    }

    /// Signs all webhooks: `x-100ms-signature` carries the HMAC-SHA256 of the body under this key, in hex.
    pub fn webhook_signing_key(mut self, key: impl Into<String>) -> Self {
        self.signing_key = Some(key.into());
        self
    }

    /// Starts the sandbox on a thread of its own. Fails when the port is taken, and when the webhook's URL or headers
    /// cannot be sent to or with.
    ///
    /// Needs no runtime: any executor may await it, and the sandbox outlives the one that did.
    pub async fn start(self) -> io::Result<Sandbox> {
        let webhook = self
            .webhook
            .map(|(url, headers)| Webhook::new(url, headers));
        let webhook = WorkspaceWebhook {
            webhook: webhook
                .transpose()
                .map_err(|problem| io::Error::new(io::ErrorKind::InvalidInput, problem))?,
            signing_key: self.signing_key,
            ..WorkspaceWebhook::default()
        };
        let mut hosts = AllowedHosts::default();
        let named = self.allowed_hosts.iter().map(String::as_str);
        for host in named.chain([self.host.as_str()]) {
            if !hosts.allow(host) {
                return Err(io::Error::new(io::ErrorKind::InvalidInput, NOT_A_HOST));
            }
        }
        let listener = listen(&self.host, self.port)?;
        listener.set_nonblocking(true)?;
        let address = reachable(listener.local_addr()?);
        let world = SharedWorld::new(self.credentials.clone(), webhook, address);
        let (stop, stop_asked) = watch::channel(false);
        let (started, has_started) = oneshot::channel();
        let (running, stopped) = watch::channel(());
        let shared = world.clone();
        thread::Builder::new()
            .name("hundredms-sandbox".into())
            .spawn(move || {
                serve::run(listener, shared, hosts, stop_asked, started);
                drop(running);
            })?;
        has_started
            .await
            .map_err(|_| io::Error::other("the sandbox's thread ended at once"))??;
        Ok(Sandbox {
            address,
            credentials: self.credentials,
            world,
            stop,
            stopped,
        })
    }
}

/// Binds the port. The error names both, unlike that of the system.
fn listen(host: &str, port: u16) -> io::Result<TcpListener> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    TcpListener::bind((bare, port)).map_err(|error| {
        let problem = match error.kind() {
            io::ErrorKind::AddrInUse => {
                format!("port {port} at {host} is in use; choose another, or 0 for a free one")
            }
            io::ErrorKind::PermissionDenied => {
                format!("port {port} at {host} may not be used by this user")
            }
            _ => format!("cannot listen at {host}, port {port}: {error}"),
        };
        io::Error::new(error.kind(), problem)
    })
}

/// Where a client on this machine reaches an address to listen at.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("access_key", &self.credentials.access_key)
            .finish_non_exhaustive()
    }
}

/// An emulated workspace that listens on the loopback interface. Stops when dropped.
pub struct Sandbox {
    address: SocketAddr,
    credentials: Credentials,
    world: SharedWorld,
    stop: watch::Sender<bool>,
    /// Closed when the thread of the server has ended.
    stopped: watch::Receiver<()>,
}

impl Sandbox {
    /// Starts a sandbox on a free port with the default credentials.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Starts from the defaults: a free port, access key `sandbox-access-key`, and a secret.
    pub fn builder() -> Builder {
        let credentials = Credentials {
            access_key: "sandbox-access-key".into(),
            secret: "sandbox-secret-0123456789abcdef0123456789".into(),
        };
        Builder {
            host: LOOPBACK.to_string(),
            port: 0,
            allowed_hosts: Vec::new(),
            credentials,
            webhook: None,
            signing_key: None,
        }
    }

    /// Lists the operations that the sandbox answers.
    pub fn operations() -> impl Iterator<Item = OperationInfo> {
        operations::all().map(|row| OperationInfo {
            name: row.name,
            method: row.method,
            path: row.path,
        })
    }

    /// The base URL of the API, such as `http://127.0.0.1:41234/v2`.
    pub fn base_url(&self) -> String {
        format!("http://{}/v2", self.address)
    }

    /// The base URL of the token service that exchanges room codes; the same server.
    pub fn auth_url(&self) -> String {
        self.base_url()
    }

    /// The access key that tokens must carry.
    pub fn access_key(&self) -> &str {
        &self.credentials.access_key
    }

    /// The secret that tokens must be signed with.
    pub fn secret(&self) -> &str {
        &self.credentials.secret
    }

    /// Stops listening, lets requests under way end (for 2 seconds at most), and waits for that. May be called twice.
    pub async fn stop(&self) {
        self.stop.send_replace(true);
        let mut stopped = self.stopped.clone();
        while stopped.changed().await.is_ok() {}
    }

    /// Runs a control by name, as `POST /_sandbox/<name>` does. Null stands for no arguments.
    pub fn control(&self, name: &str, arguments: Value) -> Result<Value, ControlError> {
        if name == control::webhooks::SETTLE {
            return self.settle_blocking(arguments);
        }
        if name == control::seed::SEED {
            return control::seed::in_steps_blocking(&self.world, arguments);
        }
        control::run(&mut self.settled(), name, arguments)
    }

    /// Like [`control`](Self::control), without blocking the thread while a control waits.
    pub async fn control_async(&self, name: &str, arguments: Value) -> Result<Value, ControlError> {
        control::run_shared(&self.world, name, arguments).await
    }

    /// Runs a control by name with JSON text in and out; an empty text stands for no arguments.
    pub fn control_json(&self, name: &str, arguments: &str) -> Result<String, ControlError> {
        let answer = self.control(name, from_text(arguments)?)?;
        Ok(answer.to_string())
    }

    /// Like [`control_json`](Self::control_json), without blocking the thread while a control waits.
    pub async fn control_json_async(
        &self,
        name: &str,
        arguments: &str,
    ) -> Result<String, ControlError> {
        let answer = self.control_async(name, from_text(arguments)?).await?;
        Ok(answer.to_string())
    }

    /// Moves the virtual clock on. Everything that is due by then has happened when this returns, but for the attempts to
    /// deliver webhooks, which [`settle_webhooks`](Self::settle_webhooks) waits for. Fails when all advances together are
    /// more than fifty years.
    pub fn advance_clock(&self, by: Duration) -> Result<Clock, ControlError> {
        self.typed("advance_clock", &json!({"seconds": by.as_secs_f64()}))
    }

    /// Tells the virtual time.
    pub fn clock(&self) -> Clock {
        control::clock::now(&self.settled().state)
    }

    /// Makes everything as it was at the start: state, clock, snapshots, log.
    pub fn reset(&self) {
        control::snapshots::reset(&mut self.settled());
    }

    /// Keeps a copy of the whole state, clock included, to come back to. Fails when there are 1,000 snapshots already, or
    /// 512 MiB of them: drop those that are done with.
    pub fn snapshot(&self) -> Result<Snapshot, ControlError> {
        control::snapshots::snapshot(&mut self.settled())
    }

    /// Drops a snapshot that is done with. Fails when it is gone already.
    pub fn drop_snapshot(&self, snapshot: &Snapshot) -> Result<(), ControlError> {
        self.typed("drop_snapshot", snapshot)
    }

    /// Goes back to a snapshot. The log of requests stays. Fails when a reset has dropped the snapshot.
    pub fn restore(&self, snapshot: &Snapshot) -> Result<(), ControlError> {
        self.typed("restore", snapshot)
    }

    /// The requests received, oldest first; the latest 10,000, and no more than fit in 16 MiB.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.settled().log.kept().collect()
    }

    /// Forgets the requests received so far.
    pub fn clear_requests(&self) {
        self.settled().log.clear();
    }

    /// Makes many things at once and counts what there is then. Fails when the seed names a template that is not there.
    pub fn seed(&self, seed: &Seed) -> Result<Stats, ControlError> {
        self.typed("seed", seed)
    }

    /// Counts what there is.
    pub fn stats(&self) -> Stats {
        control::seed::stats(&self.settled())
    }

    /// Lets a peer join, as a client SDK would. Fails with the reason when the room or the role does not take it.
    pub fn join_peer(&self, join: &JoinPeer) -> Result<Peer, ControlError> {
        self.typed("join_peer", join)
    }

    /// Lets a connected peer leave; the last one closes the session. Fails when it is not connected.
    pub fn leave_peer(&self, leave: &LeavePeer) -> Result<(), ControlError> {
        self.typed("leave_peer", leave)
    }

    /// Publishes a track of a connected peer. Fails when its role may not publish that.
    pub fn publish_track(&self, publish: &PublishTrack) -> Result<Track, ControlError> {
        self.typed("publish_track", publish)
    }

    /// Mutes a published track, or unmutes it. Fails when nobody publishes it.
    pub fn mute_track(&self, track_id: &str, mute: bool) -> Result<Track, ControlError> {
        self.typed("mute_track", &json!({"track_id": track_id, "mute": mute}))
    }

    /// Takes a published track away. Fails when nobody publishes it.
    pub fn unpublish_track(&self, track_id: &str) -> Result<(), ControlError> {
        self.typed("unpublish_track", &json!({"track_id": track_id}))
    }

    /// The messages that the API sent into a room, oldest first, with those they reached. Fails when there is no such
    /// room.
    pub fn messages(&self, room_id: &str) -> Result<Vec<RoomMessage>, ControlError> {
        control::messages::of_room(&self.settled().state, room_id)
    }

    /// Opens a poll in the running session of a room, as a client would. Fails when it is open there already.
    pub fn start_poll(&self, room_id: &str, poll_id: &str) -> Result<PollRun, ControlError> {
        self.typed(
            "start_poll",
            &json!({"room_id": room_id, "poll_id": poll_id}),
        )
    }

    /// Closes a poll that is open in the running session of a room.
    pub fn stop_poll(&self, room_id: &str, poll_id: &str) -> Result<PollRun, ControlError> {
        self.typed(
            "stop_poll",
            &json!({"room_id": room_id, "poll_id": poll_id}),
        )
    }

    /// Answers a question of an open poll. Fails when the question does not take such an answer, or no second one.
    pub fn answer_poll(&self, answer: &PollAnswer) -> Result<PollAnswered, ControlError> {
        self.typed("answer_poll", answer)
    }

    /// Brings a recording, live stream or external stream to `failed`. The reason is `INTERNAL_ERROR`,
    /// `MAX_RETRIES_REACHED`, `UPLOAD_ERROR` or `BEAM_STOPPED`. Fails when the job is over.
    pub fn fail_job(&self, job_id: &str, reason: &str) -> Result<Job, ControlError> {
        self.typed("fail_job", &json!({"job_id": job_id, "reason": reason}))
    }

    /// Ends the transcription that follows a recording, so that its files fail. Fails when none is under way.
    pub fn fail_transcription(&self, job_id: &str) -> Result<Job, ControlError> {
        self.typed("fail_transcription", &json!({"job_id": job_id}))
    }

    /// Has an encoder feed a room over RTMP, which starts its live stream, or has it reconnect. Fails with the reason
    /// when it is refused.
    pub fn start_rtmp_in(&self, into: &RtmpInto) -> Result<RtmpIn, ControlError> {
        self.typed("start_rtmp_in", into)
    }

    /// Disconnects the encoder of a room. The live stream ends unless it reconnects in time. Fails when none is
    /// connected.
    pub fn stop_rtmp_in(&self, into: &RtmpInto) -> Result<RtmpIn, ControlError> {
        self.typed("stop_rtmp_in", into)
    }

    /// Breaks off what an encoder feeds a room, as by an internal error. Fails when nobody feeds it.
    pub fn fail_rtmp_in(&self, into: &RtmpInto) -> Result<RtmpIn, ControlError> {
        self.typed("fail_rtmp_in", into)
    }

    /// Lets a client report an error to analytics. Fails without the room, and for a type that clients do not report.
    pub fn report_client_error(
        &self,
        error: &ClientError,
    ) -> Result<ReportedClientError, ControlError> {
        self.typed("report_client_error", error)
    }

    /// Puts a webhook that could not be delivered into the log of deliveries, to be listed and replayed.
    pub fn record_failed_delivery(
        &self,
        delivery: &FailedDelivery,
    ) -> Result<RecordedDelivery, ControlError> {
        self.typed("record_failed_delivery", delivery)
    }

    /// Adds a fault to the script and gives its number. Fails when it makes no sense.
    pub fn add_fault(&self, fault: &Fault) -> Result<u64, ControlError> {
        #[derive(serde::Deserialize)]
        struct Added {
            id: u64,
        }
        self.typed("add_fault", fault).map(|Added { id }| id)
    }

    /// The faults of the script, with how often each matched and struck.
    pub fn faults(&self) -> Vec<FaultReport> {
        self.settled().faults.reports().cloned().collect()
    }

    /// Forgets all faults; tokens that a fault expired are good again, and connections are let in again.
    pub fn clear_faults(&self) {
        self.settled().faults.clear();
    }

    /// Take so many requests a second of each resource, such as `rooms`, from now on, and answer 429 beyond. None ends that,
    /// as [`reset`](Self::reset) does. The clock is the virtual one. Fails for 0.
    pub fn rate_limit(&self, per_second: Option<u32>) -> Result<(), ControlError> {
        self.typed("rate_limit", &json!({"per_second": per_second}))
    }

    /// Refuses new connections for so long, ten minutes at most, and ends those that are idle, once the others are, too.
    /// The last call counts: with no time at all, it ends connections and lets new ones in at once, as
    /// [`clear_faults`](Self::clear_faults) and [`reset`](Self::reset) do. (Controls over HTTP are refused meanwhile, too.)
    pub fn refuse_connections(&self, time: Duration) -> Result<(), ControlError> {
        self.typed(
            "refuse_connections",
            &json!({"seconds": time.as_secs_f64()}),
        )
    }

    /// Sends the webhooks of the workspace there from now on; rooms may have webhooks of their own. Replaces what was
    /// set before, the signing key included. Fails for what is no `http` URL, and for headers that HTTP does not take.
    pub fn set_webhook(&self, target: &WebhookTarget) -> Result<(), ControlError> {
        self.typed("set_webhook", target)
    }

    /// Sends the webhooks of the workspace nowhere from now on, and signs none.
    pub fn clear_webhook(&self) {
        control::webhooks::clear(&mut self.settled());
    }

    /// The deliveries of webhooks with their attempts, oldest first; the latest 50,000.
    pub fn webhook_deliveries(&self) -> Vec<WebhookDelivery> {
        control::webhooks::deliveries(&self.settled().state)
    }

    /// Sends an event made on demand. Fails when there is no webhook to send it to, or no such room.
    pub fn send_webhook(&self, send: &SendWebhook) -> Result<SentWebhook, ControlError> {
        self.typed("send_webhook", send)
    }

    /// Makes the request that would bring an event, without sending it: for a receiver in the process, or the client of a test
    /// framework. Headers and signature are those of `target`, else of the webhook of the room or the workspace. Fails when
    /// there is no such room.
    pub fn webhook_request(
        &self,
        send: &SendWebhook,
        target: Option<&WebhookTarget>,
    ) -> Result<WebhookRequest, ControlError> {
        self.typed(
            "webhook_request",
            &control::RequestWebhook::new(send, target),
        )
    }

    /// Lets deliveries go wrong from now on; replaces what was set before, and no faults end it. The first fault that
    /// strikes a delivery does so alone. Fails for numbers out of range.
    pub fn webhook_faults(&self, faults: &[WebhookFault]) -> Result<(), ControlError> {
        self.typed("webhook_faults", &json!({"faults": faults}))
    }

    /// Counts the deliveries that are not over.
    pub fn webhook_queue(&self) -> WebhookQueue {
        let world = self.settled();
        world.courier.queue(world.state.now())
    }

    /// Waits until every delivery that is due has been attempted; those that wait for a retry are left alone. Fails
    /// after `timeout` (real time).
    pub async fn settle_webhooks(&self, timeout: Duration) -> Result<WebhookQueue, ControlError> {
        let arguments = json!({"timeout_seconds": timeout.as_secs_f64()});
        let answer = control::webhooks::settle(&self.world, arguments).await?;
        Ok(reading::typed(&answer)?)
    }

    fn settle_blocking(&self, arguments: Value) -> Result<Value, ControlError> {
        let timeout = control::webhooks::timeout(arguments)?;
        drop(self.settled());
        let done = self.world.block_until(timeout, rounds::is_settled);
        control::webhooks::settled(&mut self.settled(), done)
    }

    /// Runs a control with typed arguments and answer.
    fn typed<T: DeserializeOwned>(
        &self,
        name: &str,
        arguments: &impl Serialize,
    ) -> Result<T, ControlError> {
        let arguments = control::answer(arguments)?;
        Ok(reading::typed(&self.control(name, arguments)?)?)
    }

    /// The world, brought to the present.
    fn settled(&self) -> WorldGuard<'_> {
        let mut world = self.world.lock();
        world.state.settle();
        world
    }
}

/// The arguments of a control from JSON text; an empty text stands for none.
fn from_text(arguments: &str) -> Result<Value, ControlError> {
    match arguments {
        "" => Ok(Value::Null),
        text => Ok(reading::json(text.as_bytes())?),
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("base_url", &self.base_url())
            .field("access_key", &self.credentials.access_key)
            .finish_non_exhaustive()
    }
}
