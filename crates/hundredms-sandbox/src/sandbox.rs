//! A running sandbox: start, addresses, stop, and the typed controls.

use std::{
    fmt, io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener},
    thread,
    time::Duration,
};

use serde_json::Value;
use tokio::sync::{oneshot, watch};

use crate::{
    api::routes::{self, OperationInfo},
    control::{
        self, ClientError, Clock, Control, FailedDelivery, Job, JoinPeer, LeavePeer, Peer,
        PollAnswer, PollAnswered, PollRun, PublishTrack, RecordedDelivery, ReportedClientError,
        RoomMessage, RtmpIn, RtmpInto, SandboxError, Seed, SendWebhook, SentWebhook, Snapshot,
        Stats, Track, WebhookDelivery, WebhookFault, WebhookQueue, WebhookRequest, WebhookTarget,
        clock::AdvanceClock,
        faults::{RateLimit, RefuseConnections},
        ingest::{FailRtmpIn, StartRtmpIn, StopRtmpIn},
        jobs::{FailJob, FailTranscription, ResizeAsset},
        polls::{PollInRoom, StartPoll, StopPoll},
        snapshots::{DropSnapshot, Restore, TakeSnapshot},
        tracks::{MuteTrack, UnpublishTrack},
        webhook_sending::{MakeWebhookRequest, SetWebhookFaults},
        webhooks::SetWebhook,
    },
    dashboard::exchange::PATH as DASHBOARD,
    faults::fault::{Fault, FaultReport},
    http::{
        guard::{AllowedHosts, LOOPBACK, NOT_A_HOST},
        server,
    },
    reading,
    request_log::LoggedRequest,
    sandbox_state::{SandboxGuard, SharedSandbox},
    state::webhook_target::{Webhook, WorkspaceWebhook},
    tokens::Credentials,
};

/// Configures a [`Sandbox`].
#[derive(Clone)]
pub struct Builder {
    host: String,
    port: u16,
    allowed_hosts: Vec<String>,
    credentials: Credentials,
    webhook: Option<(String, Vec<(String, String)>)>,
    signing_key: Option<String>,
    /// What the caller calls the port.
    port_name: &'static str,
}

impl Builder {
    /// Listen on this port. Defaults to 0, which selects a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Errors call the port so.
    #[cfg(feature = "cli")]
    pub(crate) fn port_name(mut self, name: &'static str) -> Self {
        self.port_name = name;
        self
    }

    /// Listen at this address or name instead of 127.0.0.1. Requests may name it as their host. `0.0.0.0` and `::` listen at all
    /// addresses of the machine.
    ///
    /// Anyone who can reach the address can control the sandbox.
    pub fn host(mut self, host: impl Into<String>) -> Self {
        self.host = host.into();
        self
    }

    /// Allow one more name in the `Host` header of requests, without a port, for example the name of a container.
    ///
    /// Loopback addresses, `localhost`, and the address at which a request arrives are always allowed. Requests to other hosts get
    /// 403, so that a web page cannot reach the sandbox by DNS rebinding.
    pub fn allow_host(mut self, host: impl Into<String>) -> Self {
        self.allowed_hosts.push(host.into());
        self
    }

    /// Set the access key that tokens must contain.
    pub fn access_key(mut self, access_key: impl Into<String>) -> Self {
        self.credentials.access_key = access_key.into();
        self
    }

    /// Set the secret that tokens must be signed with.
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.credentials.secret = secret.into();
        self
    }

    /// Send the webhooks of the workspace to this `http` URL, with these headers (names and values).
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

    /// Sign all webhooks: `x-100ms-signature` contains the HMAC-SHA256 of the body with this key, in hex.
    pub fn webhook_signing_key(mut self, key: impl Into<String>) -> Self {
        self.signing_key = Some(key.into());
        self
    }

    /// Start the sandbox on a separate thread. Fails if the port is in use, or if the webhook's URL or headers are invalid.
    ///
    /// Needs no runtime: any executor can await it, and the sandbox outlives that executor.
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
        let listener = listen(&self.host, self.port, self.port_name)?;
        listener.set_nonblocking(true)?;
        let address = reachable(listener.local_addr()?);
        let sandbox = SharedSandbox::new(self.credentials.clone(), webhook, address);
        let (stop, stop_asked) = watch::channel(false);
        let (started, has_started) = oneshot::channel();
        let (running, stopped) = watch::channel(());
        let shared = sandbox.clone();
        thread::Builder::new()
            .name("hundredms-sandbox".into())
            .spawn(move || {
                server::run(listener, shared, hosts, stop_asked, started);
                drop(running);
            })?;
        has_started
            .await
            .map_err(|_| io::Error::other("the sandbox's thread ended at once"))??;
        Ok(Sandbox {
            address,
            credentials: self.credentials,
            shared: sandbox,
            stop,
            stopped,
        })
    }
}

/// Bind the port. Unlike the system's error, the error names host and port.
fn listen(host: &str, port: u16, port_name: &str) -> io::Result<TcpListener> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    TcpListener::bind((bare, port)).map_err(|error| {
        let problem = match error.kind() {
            io::ErrorKind::AddrInUse => {
                format!(
                    "port {port} at {host} is in use: set `{port_name}` to another, or to 0 for a free one"
                )
            }
            io::ErrorKind::PermissionDenied => {
                format!(
                    "port {port} at {host} may not be used by this user: set `{port_name}` to another, or to 0 for a free one"
                )
            }
            _ => format!("cannot listen at {host}, port {port}: {error}"),
        };
        io::Error::new(error.kind(), problem)
    })
}

/// The address at which a client on this machine reaches a listening address.
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

/// An emulated workspace that listens on the loopback interface. Stops when it is dropped.
pub struct Sandbox {
    address: SocketAddr,
    credentials: Credentials,
    shared: SharedSandbox,
    stop: watch::Sender<bool>,
    /// Closed when the server's thread has ended.
    stopped: watch::Receiver<()>,
}

impl Sandbox {
    /// Start a sandbox on a free port with the default credentials.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Start from the defaults: a free port, access key `sandbox-access-key`, and a secret.
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
            port_name: "port",
        }
    }

    /// List the operations that the sandbox supports.
    pub fn operations() -> impl Iterator<Item = OperationInfo> {
        routes::all().map(|row| OperationInfo {
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

    /// The URL of the dashboard: a page that shows requests, rooms, recordings and webhooks as they happen, and changes them.
    ///
    /// It contains a token, without which the page is refused. Anyone with this URL can control the sandbox.
    pub fn dashboard_url(&self) -> String {
        let token = self.shared.dashboard_token().as_str();
        format!("http://{}{DASHBOARD}?token={token}", self.address)
    }

    /// The access key that tokens must contain.
    pub fn access_key(&self) -> &str {
        &self.credentials.access_key
    }

    /// The secret that tokens must be signed with.
    pub fn secret(&self) -> &str {
        &self.credentials.secret
    }

    /// Return the environment variables that make clients use this sandbox, for `std::process::Command::envs`.
    pub fn env(&self) -> [(&'static str, String); 4] {
        [
            ("HMS_BASE_URL", self.base_url()),
            ("HMS_AUTH_URL", self.auth_url()),
            ("HMS_ACCESS_KEY", self.access_key().to_owned()),
            ("HMS_SECRET", self.secret().to_owned()),
        ]
    }

    /// Stop listening, and wait at most 2 seconds for running requests to finish. Can be called twice.
    pub async fn stop(&self) {
        self.stop.send_replace(true);
        let mut stopped = self.stopped.clone();
        while stopped.changed().await.is_ok() {}
    }

    /// Run a control by name, as `POST /_sandbox/<name>` does. Null means no arguments.
    pub fn control(&self, name: &str, arguments: Value) -> Result<Value, SandboxError> {
        control::run_blocking(&self.shared, name, arguments)
    }

    /// Like [`control`](Self::control), without blocking the thread while a control waits.
    pub async fn control_async(&self, name: &str, arguments: Value) -> Result<Value, SandboxError> {
        control::run_shared(&self.shared, name, arguments).await
    }

    /// Run a control by name with JSON text in and out; an empty text means no arguments.
    pub fn control_json(&self, name: &str, arguments: &str) -> Result<String, SandboxError> {
        let answer = self.control(name, from_text(arguments)?)?;
        Ok(answer.to_string())
    }

    /// Like [`control_json`](Self::control_json), without blocking the thread while a control waits.
    pub async fn control_json_async(
        &self,
        name: &str,
        arguments: &str,
    ) -> Result<String, SandboxError> {
        let answer = self.control_async(name, from_text(arguments)?).await?;
        Ok(answer.to_string())
    }

    /// Advance the virtual clock. Runs everything that is due, then returns. It does not wait for webhook deliveries;
    /// [`settle_webhooks`](Self::settle_webhooks) does. `advanced_seconds` of the result is the sum of all advances. Fails if this exceeds
    /// fifty years.
    pub fn advance_clock(&self, by: Duration) -> Result<Clock, SandboxError> {
        self.run(AdvanceClock {
            seconds: by.as_secs_f64(),
            deliver: None,
        })
    }

    /// Return the virtual time.
    pub fn clock(&self) -> Clock {
        control::clock::now(&self.settled().state)
    }

    /// Reset everything to its start: state, clock, snapshots, log.
    pub fn reset(&self) {
        control::snapshots::reset(&mut self.settled());
    }

    /// Store a copy of the whole state, including the clock. Fails if there are 1,000 snapshots already, or 512 MiB of them. In
    /// that case drop some.
    pub fn snapshot(&self) -> Result<Snapshot, SandboxError> {
        self.run(TakeSnapshot {})
    }

    /// Delete a snapshot. Fails if it does not exist.
    pub fn drop_snapshot(&self, snapshot: &Snapshot) -> Result<(), SandboxError> {
        self.run(DropSnapshot(snapshot.clone()))
    }

    /// Restore a snapshot. Keeps the log of requests. Fails if a reset has dropped the snapshot.
    pub fn restore(&self, snapshot: &Snapshot) -> Result<(), SandboxError> {
        self.run(Restore(snapshot.clone()))
    }

    /// Return the received requests of the API and for tokens, oldest first, not those for files. Keeps the latest 10,000, of at most
    /// 16 MiB.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.settled().log.kept().collect()
    }

    /// Delete the log of requests.
    pub fn clear_requests(&self) {
        self.settled().log.clear();
    }

    /// Create many rooms at once, and return the counts. Fails if the seed names a template that does not exist.
    pub fn seed(&self, seed: &Seed) -> Result<Stats, SandboxError> {
        control::seed::in_steps_blocking(&self.shared, seed)
    }

    /// Count what exists.
    pub fn stats(&self) -> Stats {
        control::seed::stats(&self.settled())
    }

    /// Join a peer to a room, as a client SDK does. Fails with the reason if the room or the role does not accept it.
    pub fn join_peer(&self, join: &JoinPeer) -> Result<Peer, SandboxError> {
        self.run(join.clone())
    }

    /// Disconnect a peer. The session ends when its last peer leaves. Fails if the peer is not connected.
    pub fn leave_peer(&self, leave: &LeavePeer) -> Result<(), SandboxError> {
        self.run(leave.clone())
    }

    /// Publish a track of a connected peer. Fails if its role may not publish it.
    pub fn publish_track(&self, publish: &PublishTrack) -> Result<Track, SandboxError> {
        self.run(publish.clone())
    }

    /// Mute or unmutes a published track. Fails if the track is not published.
    pub fn mute_track(&self, track_id: &str, mute: bool) -> Result<Track, SandboxError> {
        self.run(MuteTrack {
            track_id: track_id.into(),
            mute,
        })
    }

    /// Remove a published track. Fails if the track is not published.
    pub fn unpublish_track(&self, track_id: &str) -> Result<(), SandboxError> {
        self.run(UnpublishTrack {
            track_id: track_id.into(),
        })
    }

    /// Return the messages that the API sent to a room, oldest first, with their recipients. Fails if the room does not exist.
    pub fn messages(&self, room_id: &str) -> Result<Vec<RoomMessage>, SandboxError> {
        control::messages::of_room(&self.settled().state, room_id)
    }

    /// Open a poll in the running session of a room, as a client does. Fails if it is open already.
    pub fn start_poll(&self, room_id: &str, poll_id: &str) -> Result<PollRun, SandboxError> {
        self.run(StartPoll(PollInRoom::new(room_id, poll_id)))
    }

    /// Close a poll that is open in the running session of a room.
    pub fn stop_poll(&self, room_id: &str, poll_id: &str) -> Result<PollRun, SandboxError> {
        self.run(StopPoll(PollInRoom::new(room_id, poll_id)))
    }

    /// Answer a question of an open poll. Fails if the question does not accept this answer, or a second one.
    pub fn answer_poll(&self, answer: &PollAnswer) -> Result<PollAnswered, SandboxError> {
        self.run(answer.clone())
    }

    /// Fail a recording, live stream or external stream. The reason is `INTERNAL_ERROR`, `MAX_RETRIES_REACHED`, `UPLOAD_ERROR` or
    /// `BEAM_STOPPED`. Returns an error if the job has ended.
    pub fn fail_job(&self, job_id: &str, reason: &str) -> Result<Job, SandboxError> {
        self.run(FailJob::new(job_id, reason)?)
    }

    /// Fail the transcription of a recording. Returns an error if none is running.
    pub fn fail_transcription(&self, job_id: &str) -> Result<Job, SandboxError> {
        self.run(FailTranscription {
            job_id: job_id.into(),
        })
    }

    /// Set the size in bytes of the file of a recording asset. Its bytes are generated when they are read: they are no video, but each
    /// place in the file has its own. Fails if the asset has no file.
    pub fn resize_asset(&self, asset_id: &str, size: i64) -> Result<(), SandboxError> {
        self.run(ResizeAsset {
            asset_id: asset_id.into(),
            size,
        })
    }

    /// Open an encoder's stream into a room over RTMP, which starts the room's live stream, or reconnects it. Fails with the reason
    /// if it is refused.
    pub fn start_rtmp_in(&self, into: &RtmpInto) -> Result<RtmpIn, SandboxError> {
        self.run(StartRtmpIn(into.into()))
    }

    /// Disconnect a room's encoder. The live stream ends unless it reconnects in time. Fails if none is connected.
    pub fn stop_rtmp_in(&self, into: &RtmpInto) -> Result<RtmpIn, SandboxError> {
        self.run(StopRtmpIn(into.into()))
    }

    /// End an encoder's stream into a room with an internal error. Fails if no encoder is connected.
    pub fn fail_rtmp_in(&self, into: &RtmpInto) -> Result<RtmpIn, SandboxError> {
        self.run(FailRtmpIn(into.into()))
    }

    /// Report a client's error to analytics. Fails if the room does not exist, or for a type that clients do not report.
    pub fn report_client_error(
        &self,
        error: &ClientError,
    ) -> Result<ReportedClientError, SandboxError> {
        self.run(error.clone())
    }

    /// Add a failed delivery to the log of deliveries, where it can be listed and replayed.
    pub fn record_failed_delivery(
        &self,
        delivery: &FailedDelivery,
    ) -> Result<RecordedDelivery, SandboxError> {
        self.run(delivery.clone())
    }

    /// Add a fault rule and return its id. Fails if the rule is invalid.
    pub fn add_fault(&self, fault: &Fault) -> Result<u64, SandboxError> {
        Ok(self.run(fault.clone())?.id)
    }

    /// Return the fault rules, with how often each matched and took effect.
    pub fn faults(&self) -> Vec<FaultReport> {
        self.settled().faults.reports().cloned().collect()
    }

    /// Remove all fault rules. Expired tokens become valid again, and connections are accepted again.
    pub fn clear_faults(&self) {
        self.settled().faults.clear();
    }

    /// Limit each resource, such as `rooms`, to this many requests per second of the virtual clock. Further requests get 429.
    /// `None` removes the limit, as [`reset`](Self::reset) does. Fails for 0.
    pub fn rate_limit(&self, per_second: Option<u32>) -> Result<(), SandboxError> {
        self.run(RateLimit {
            per_second,
            resource: None,
        })
    }

    /// Limit one resource, such as `rooms`, as [`rate_limit`](Self::rate_limit) limits each. Fails if there is no such resource.
    pub fn rate_limit_of(
        &self,
        resource: impl Into<String>,
        per_second: Option<u32>,
    ) -> Result<(), SandboxError> {
        self.run(RateLimit {
            per_second,
            resource: Some(resource.into()),
        })
    }

    /// Refuse new connections for this long, at most ten minutes, and close open ones when they are idle. A later call replaces an
    /// earlier one. With a time of zero, it closes connections and accepts new ones at once, as
    /// [`clear_faults`](Self::clear_faults) and [`reset`](Self::reset) do. Controls over HTTP are refused too.
    pub fn refuse_connections(&self, time: Duration) -> Result<(), SandboxError> {
        self.run(RefuseConnections {
            seconds: time.as_secs_f64(),
        })
    }

    /// Set where the workspace's webhooks go. Rooms may have their own. Replaces earlier settings, including the signing key. Fails
    /// if the URL is not an `http` URL, or a header is invalid.
    pub fn set_webhook(&self, target: &WebhookTarget) -> Result<(), SandboxError> {
        self.run(SetWebhook::from(target))
    }

    /// Stop sending and signing the workspace's webhooks.
    pub fn clear_webhook(&self) {
        control::webhooks::clear(&mut self.settled());
    }

    /// Return the webhook deliveries with their attempts, oldest first. Keeps the latest 50,000.
    pub fn webhook_deliveries(&self) -> Vec<WebhookDelivery> {
        control::webhooks::deliveries(&self.settled().state)
    }

    /// Send an event on demand. Fails if no webhook is set, or the room does not exist.
    pub fn send_webhook(&self, send: &SendWebhook) -> Result<SentWebhook, SandboxError> {
        self.run(send.clone())
    }

    /// Build the request that would deliver an event, without sending it: for a receiver in the process, or the client of a test
    /// framework. Headers and signature are those of `target`, else of the room's or the workspace's webhook. Fails if the room
    /// does not exist.
    pub fn webhook_request(
        &self,
        send: &SendWebhook,
        target: Option<&WebhookTarget>,
    ) -> Result<WebhookRequest, SandboxError> {
        self.run(MakeWebhookRequest::new(send, target))
    }

    /// Make deliveries fail. Replaces earlier faults; an empty list removes them. Only the first fault that matches a delivery
    /// applies. Fails for numbers out of range.
    pub fn webhook_faults(&self, faults: &[WebhookFault]) -> Result<(), SandboxError> {
        self.run(SetWebhookFaults::new(faults))
    }

    /// Count the pending deliveries.
    pub fn webhook_queue(&self) -> WebhookQueue {
        control::webhooks::queue(&self.settled())
    }

    /// Wait until every delivery that is due was attempted. Deliveries that wait for a retry are not due. Fails after `timeout`
    /// (real time).
    pub async fn settle_webhooks(&self, timeout: Duration) -> Result<WebhookQueue, SandboxError> {
        control::webhooks::settle(&self.shared, timeout).await
    }

    /// Run a control on the state, brought up to date.
    fn run<C: Control>(&self, control: C) -> Result<C::Answer, SandboxError> {
        control::run(&mut self.settled(), control)
    }

    /// The state, brought up to date.
    fn settled(&self) -> SandboxGuard<'_> {
        let mut sandbox = self.shared.lock();
        sandbox.state.settle();
        sandbox
    }
}

/// The arguments of a control from JSON text; an empty text means none.
fn from_text(arguments: &str) -> Result<Value, SandboxError> {
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
