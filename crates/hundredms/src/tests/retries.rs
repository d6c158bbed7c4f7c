//! Tests the retry policy step by step, against a server with a queue of responses, with a manual clock.

use std::future::IntoFuture as _;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures_util::StreamExt as _;

use super::queue::{Queue, Reply};
use crate::bulk::map;
use crate::error::{ErrorKind, Phase};
use crate::resources::recordings::StartRecording;
use crate::resources::rooms::CreateRoom;
use crate::resources::sip::PlaceSipCall;
use crate::transport::backoff::Backoff;
use crate::transport::clock::{Clock, ManualClock};
use crate::transport::resolver;
use crate::{Client, ClientBuilder, Error};

const ROOM: &str = r#"{"id":"1","name":"n","enabled":true,"description":"","customer_id":"c","template_id":"t","region":"in"}"#;
const JOB: &str = r#"{"id":"1","room_id":"r","session_id":"s","status":"starting","meeting_url":"","started_by":"","stopped_by":""}"#;
const NOW: &str = "2026-03-01T12:00:00Z";

fn refusal(status: u16, message: &str) -> Reply {
    Reply::json(
        status,
        &format!(r#"{{"code":{status},"message":"{message}"}}"#),
    )
}

struct Story {
    queue: Queue,
    client: Client,
    clock: Arc<ManualClock>,
}

impl Story {
    async fn of(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self::with(replies, |builder| builder).await
    }

    /// A story of a client with more options.
    async fn with(
        replies: impl IntoIterator<Item = Reply>,
        told: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Self {
        let queue = Queue::start(replies).await;
        let clock = ManualClock::at(NOW.parse().expect("a time"));
        let client = told(Client::builder())
            .keys("key", "secret")
            .base_url(queue.url())
            .auth_url(queue.url())
            // Every pause is the longest that could be drawn.
            .clock(
                Clock::Manual(clock.clone()),
                Backoff {
                    random: || 1.0,
                    ..Backoff::default()
                },
            )
            .build()
            .expect("a client");
        Self {
            queue,
            client,
            clock,
        }
    }

    fn pauses(&self) -> Vec<f64> {
        self.clock
            .pauses()
            .iter()
            .map(Duration::as_secs_f64)
            .collect()
    }

    async fn get(&self) -> Result<crate::resources::rooms::Room, Error> {
        self.client.rooms().get("1").await
    }

    /// Make a call that must not be repeated.
    async fn start(&self) -> Result<crate::resources::recordings::Recording, Error> {
        self.client
            .recordings()
            .start(StartRecording::new("r"))
            .await
    }

    fn asked(&self) -> usize {
        self.queue.asked().len()
    }
}

#[tokio::test]
async fn a_read_is_tried_three_times_with_growing_pauses() {
    let story = Story::of([refusal(500, "a"), refusal(503, "b"), Reply::json(200, ROOM)]).await;
    assert_eq!(story.get().await.expect("a room").id, "1");
    assert_eq!(story.asked(), 3);
    assert_eq!(story.pauses(), [0.5, 1.0]);
}

#[tokio::test]
async fn the_last_refusal_is_the_error() {
    let story = Story::of([refusal(500, "a"), refusal(502, "b"), refusal(503, "c")]).await;
    let error = story.get().await.expect_err("refused");
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Server, Some(503))
    );
    assert_eq!((error.message(), error.attempts()), ("c", 3));
    assert_eq!(error.operation(), Some("rooms.get"));
    assert_eq!(error.route(), Some("/rooms/{room_id}"));
    assert_eq!(error.elapsed(), Duration::from_millis(1500));
    assert!(!error.may_have_applied());
}

#[tokio::test]
async fn an_effect_is_looked_for_from_the_time_at_which_the_call_began() {
    let clock = Arc::new(OnceLock::<Arc<ManualClock>>::new());
    let corrected = clock.clone();
    // Had the time been derived from the end of the call, each delay after it would have hidden the effect.
    let story = Story::with([refusal(502, "no answer")], |builder| {
        builder.on_response(move |_| {
            let clock = corrected.get().expect("the clock");
            clock.put_forward(Duration::from_secs(3600));
        })
    });
    let story = story.await;
    clock.set(story.clock.clone()).expect("one clock");
    let error = story.start().await.expect_err("unknown");
    let since = error.check_with().and_then(|look| look.since);
    assert_eq!(since, Some(NOW.parse().expect("a time")));
}

#[tokio::test]
async fn a_timeout_of_the_client_holds_before_that_of_the_operation_also_where_it_is_the_usual_one()
{
    let busy = || refusal(429, "busy").with("retry-after", "45");
    let placed = || Reply::json(200, r#"{"id":"c"}"#);
    let call = |story: &Story| {
        let call = PlaceSipCall::new("+1", "code", "trunk");
        story.client.sip().call(call).into_future()
    };

    let story = Story::of([busy(), placed()]).await;
    call(&story).await.expect("90 seconds allow for the wait");
    assert_eq!(story.pauses(), [49.5]);

    let thirty = |builder: ClientBuilder| builder.timeout(Duration::from_secs(30));
    let story = Story::with([busy(), placed()], thirty).await;
    let error = call(&story).await.expect_err("30 seconds do not");
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert!(story.pauses().is_empty());
}

#[tokio::test]
async fn what_the_caller_did_wrong_is_not_tried_again() {
    for (status, kind) in [
        (400, ErrorKind::BadRequest),
        (422, ErrorKind::BadRequest),
        (403, ErrorKind::PermissionDenied),
        (404, ErrorKind::NotFound),
        (409, ErrorKind::Conflict),
    ] {
        let story = Story::of([refusal(status, "no")]).await;
        let error = story.get().await.expect_err("refused");
        assert_eq!((error.kind(), story.asked()), (kind, 1));
        assert_eq!(error.code(), Some(i64::from(status)));
    }
}

#[tokio::test]
async fn the_service_says_how_long_to_wait() {
    let story = Story::of([
        refusal(429, "slow down").with("retry-after", "7"),
        refusal(429, "rate limit exceeded, retry after 3 seconds"),
        Reply::json(200, ROOM),
    ])
    .await;
    story.get().await.expect("a room");
    // With the longest jitter.
    assert_eq!(story.pauses(), [7.7, 3.3]);
}

#[tokio::test]
async fn a_wait_that_does_not_fit_the_deadline_fails_at_once() {
    let story = Story::of([refusal(429, "slow down").with("retry-after", "31")]).await;
    let error = story.get().await.expect_err("no time");
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(31)));
    assert_eq!((story.asked(), story.pauses().len()), (1, 0));
}

#[tokio::test]
async fn what_one_call_is_asked_to_wait_all_calls_of_the_group_wait() {
    let story = Story::of([
        refusal(429, "slow down").with("retry-after", "7"),
        Reply::json(200, JOB),
        Reply::json(200, ROOM),
    ])
    .await;
    let error = story.client.rooms().get("1").max_retries(0).await;
    assert_eq!(error.expect_err("no more").kind(), ErrorKind::RateLimited);
    story.start().await.expect("another group");
    assert!(story.pauses().is_empty());
    story.get().await.expect("a room");
    assert_eq!(story.pauses(), [7.7]);
}

#[tokio::test]
async fn a_call_that_cannot_wait_so_long_says_how_long_it_would_be() {
    let story = Story::of([refusal(429, "slow down, retry after 45 seconds")]).await;
    story.get().await.expect_err("no time");
    let error = story.get().await.expect_err("no time");
    assert_eq!(
        (error.kind(), error.phase(), error.attempts()),
        (ErrorKind::RateLimited, Some(Phase::Queue), 0)
    );
    assert_eq!(error.retry_after(), Some(Duration::from_secs(45)));
    assert!(error.to_string().contains("retry after 45 s"), "{error}");
    assert_eq!((story.asked(), story.pauses().len()), (1, 0));
}

#[tokio::test]
async fn a_wait_that_leaves_too_little_time_to_send_fails_at_once() {
    // With jitter 29.7 of 30 seconds.
    let story = Story::of([refusal(429, "slow down").with("retry-after", "27")]).await;
    let error = story.get().await.expect_err("no time");
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::RateLimited, 1)
    );
    let error = story.get().await.expect_err("no time");
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::RateLimited, 0)
    );
    assert_eq!((story.asked(), story.pauses().len()), (1, 0));
}

/// Get the room so many times, in a run of `map`.
async fn in_a_run(story: &Story, times: usize) -> Vec<Result<String, Error>> {
    let results = map(0..times, |_| async { Ok(story.get().await?.id) });
    let results = results.concurrency(1).stream();
    results.map(|done| done.result).collect().await
}

#[tokio::test]
async fn in_a_run_of_map_a_pause_does_not_count_against_the_timeout() {
    let room = || Reply::json(200, ROOM);
    let busy = || refusal(429, "busy").with("retry-after", "60");
    let story = Story::of([busy(), busy(), room(), room()]).await;
    let error = story.get().await.expect_err("not in a run");
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    // The first is not sent before the pause is over, is refused again, and is sent after that.
    let results = in_a_run(&story, 2).await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!((story.asked(), story.pauses()), (4, vec![66.0, 66.0]));
}

#[tokio::test]
async fn in_a_run_of_map_an_endless_series_of_refusals_ends_with_the_retries() {
    let busy = || refusal(429, "busy").with("retry-after", "60");
    let story = Story::of([busy(), busy(), busy(), Reply::json(200, ROOM)]).await;
    let results = in_a_run(&story, 2).await;
    let error = results[0].as_ref().expect_err("refused three times");
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::RateLimited, 3)
    );
    assert!(results[1].is_ok());
    assert_eq!((story.asked(), story.pauses()), (4, vec![66.0; 3]));
}

#[tokio::test]
async fn in_a_run_of_map_a_pause_of_hours_fails_the_call_that_was_asked_for_it() {
    let busy = refusal(429, "busy").with("retry-after", "7200");
    let story = Story::of([busy, Reply::json(200, ROOM)]).await;
    let results = in_a_run(&story, 2).await;
    let error = results[0].as_ref().expect_err("refused");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7200)));
    assert!(results[1].is_ok());
    // No more than ten minutes, and the jitter.
    assert_eq!(story.pauses(), [660.0]);
}

#[tokio::test]
async fn of_a_refusal_only_so_much_is_repeated() {
    let long = "x".repeat(2000);
    let details = vec![long.as_str(); 25];
    let body = serde_json::json!({ "code": 400, "message": long, "details": details });
    let story = Story::of([Reply::json(400, &body.to_string())]).await;
    let error = story.get().await.expect_err("refused");
    assert_eq!(error.message().chars().count(), 1001);
    assert_eq!(error.details().len(), 20);
    assert!(
        error
            .details()
            .iter()
            .all(|detail| detail.chars().count() == 1001)
    );
}

#[tokio::test]
async fn a_start_is_tried_again_after_429_only() {
    let story = Story::of([refusal(429, "slow down"), Reply::json(200, JOB)]).await;
    story.start().await.expect("a job");
    assert_eq!(story.asked(), 2);

    let story = Story::of([refusal(500, "broken")]).await;
    let error = story.start().await.expect_err("refused");
    assert_eq!((error.kind(), story.asked()), (ErrorKind::Server, 1));
    assert!(error.may_have_applied());
    assert!(
        error.message().starts_with("broken; check recordings.list"),
        "{error}"
    );
}

#[tokio::test]
async fn a_start_that_was_cut_off_is_not_sent_twice() {
    for reply in [
        Reply::Drop,
        Reply::CutShort(JOB.to_owned()),
        refusal(504, "gateway timeout"),
    ] {
        let story = Story::of([reply, Reply::json(200, JOB)]).await;
        let error = story.start().await.expect_err("nobody knows");
        assert_eq!(
            (error.kind(), story.asked()),
            (ErrorKind::AmbiguousOutcome, 1)
        );
        assert!(error.may_have_applied());
        assert!(error.message().contains("recordings.list"), "{error}");
    }
}

#[tokio::test]
async fn a_kept_connection_that_breaks_is_not_counted_among_the_retries() {
    let drops = std::iter::repeat_n(Reply::Drop, 4);
    let story = Story::of([Reply::json(200, ROOM)].into_iter().chain(drops)).await;
    story.get().await.expect("a room");
    let error = story.get().await.expect_err("a bad day");
    assert_eq!(
        (error.kind(), error.attempts()),
        (ErrorKind::Connection, 4),
        "{error}"
    );
    assert_eq!((story.asked(), story.pauses()), (5, vec![0.5, 1.0]));

    // A response that is cut off or is not HTTP did not come over a connection that the server had closed before.
    for broken in [Reply::CutShort(ROOM.to_owned()), Reply::Garbage] {
        let room = Reply::json(200, ROOM);
        let story = Story::of([room.clone(), broken, room]).await;
        story.get().await.expect("a room");
        story.get().await.expect("a room");
        assert_eq!((story.asked(), story.pauses()), (3, vec![0.5]));
    }
}

#[tokio::test]
async fn a_start_that_was_never_sent_is_tried_again() {
    let story = Story::of([]).await;
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/v2", nobody.local_addr().expect("an address"));
    drop(nobody);
    let client = Client::builder()
        .keys("key", "secret")
        .base_url(url)
        .clock(
            Clock::Manual(story.clock.clone()),
            Backoff {
                random: || 1.0,
                ..Backoff::default()
            },
        )
        .build()
        .expect("a client");
    let error = client
        .recordings()
        .start(StartRecording::new("r"))
        .await
        .expect_err("nobody there");
    assert_eq!(
        (error.kind(), error.phase()),
        (ErrorKind::Connection, Some(Phase::Connect))
    );
    assert_eq!(error.attempts(), 3);
    assert!(!error.may_have_applied());
    assert!(error.to_string().contains("refused"), "{error}");
}

#[tokio::test]
async fn a_create_is_repeated_when_it_is_named() {
    let story = Story::of([Reply::Drop, Reply::json(200, ROOM)]).await;
    story
        .client
        .rooms()
        .create(CreateRoom::new().name("n"))
        .await
        .expect("a room");
    assert_eq!(story.asked(), 2);

    let story = Story::of([Reply::Drop, Reply::json(200, ROOM)]).await;
    let error = story
        .client
        .rooms()
        .create(CreateRoom::new())
        .await
        .expect_err("nobody knows");
    assert_eq!(
        (error.kind(), story.asked()),
        (ErrorKind::AmbiguousOutcome, 1)
    );
}

#[tokio::test]
async fn a_refusal_after_an_unknown_outcome_says_so() {
    let story = Story::of([Reply::Drop, refusal(404, "Room not found")]).await;
    let error = story
        .client
        .templates()
        .delete_role("t", "host")
        .await
        .expect_err("gone");
    assert_eq!((error.kind(), story.asked()), (ErrorKind::NotFound, 2));
    assert!(error.may_have_applied());
}

#[tokio::test]
async fn a_change_that_may_be_repeated_may_have_applied_all_the_same() {
    for (replies, kind) in [
        (
            vec![Reply::Drop, Reply::Drop, Reply::Drop],
            ErrorKind::Connection,
        ),
        (
            vec![refusal(503, "a"), refusal(503, "b"), refusal(503, "c")],
            ErrorKind::Server,
        ),
        (
            vec![Reply::Drop, refusal(403, "no more")],
            ErrorKind::PermissionDenied,
        ),
        (vec![Reply::json(200, "[]")], ErrorKind::Decode),
    ] {
        let tries = replies.len();
        let story = Story::of(replies.clone()).await;
        let create = story.client.rooms().create(CreateRoom::new().name("n"));
        let error = create.await.expect_err("a bad day");
        assert_eq!((error.kind(), story.asked()), (kind, tries));
        assert!(error.may_have_applied(), "{error}");
        let look = error.check_with().expect("an operation");
        assert_eq!(
            (look.operation, &look.arguments["name"]),
            ("rooms.list", &"n".into())
        );

        // Looking changes nothing.
        let story = Story::of(replies).await;
        let error = story.get().await.expect_err("a bad day");
        assert_eq!((error.kind(), error.may_have_applied()), (kind, false));
    }
    let story = Story::of([Reply::json(403, r#"{"code":403,"message":"no"}"#)]).await;
    let create = story.client.rooms().create(CreateRoom::new().name("n"));
    assert!(!create.await.expect_err("refused").may_have_applied());
}

#[tokio::test]
async fn a_wrong_clock_heals_itself() {
    // The service is thirty minutes behind: it refuses a token that begins in its future.
    let story = Story::of([
        refusal(401, "Token validation error").with("date", "Sun, 01 Mar 2026 11:30:00 GMT"),
        Reply::json(200, ROOM),
        Reply::json(200, ROOM),
    ])
    .await;
    story.get().await.expect("a room");
    story.get().await.expect("a room");
    let begins = story
        .queue
        .asked()
        .iter()
        .map(|asked| {
            let token = asked
                .header("authorization")
                .expect("a token")
                .strip_prefix("Bearer ")
                .expect("a bearer");
            let claims = story.client.tokens().decode(token).expect("claims");
            claims.not_before.expect("a beginning").to_string()
        })
        .collect::<Vec<_>>();
    assert_eq!(
        begins,
        [
            "2026-03-01T11:59:50Z",
            "2026-03-01T11:29:50Z",
            "2026-03-01T11:29:50Z"
        ]
    );
}

#[tokio::test]
async fn a_token_that_stays_refused_is_renewed_once() {
    let story = Story::of([refusal(401, "a"), refusal(401, "b"), Reply::json(200, ROOM)]).await;
    let error = story.get().await.expect_err("refused");
    assert_eq!(
        (error.kind(), story.asked()),
        (ErrorKind::Authentication, 2)
    );
    assert!(
        error
            .message()
            .starts_with("b; check that access key and secret belong together"),
        "{error}"
    );
}

#[tokio::test]
async fn the_token_is_shared_until_five_minutes_before_its_end() {
    let story = Story::of(std::iter::repeat_n(Reply::json(200, ROOM), 3)).await;
    story.get().await.expect("a room");
    story
        .clock
        .sleep(Duration::from_secs(24 * 60 * 60 - 5 * 60 - 1));
    story.get().await.expect("a room");
    story.clock.sleep(Duration::from_secs(1));
    story.get().await.expect("a room");
    let tokens: Vec<_> = story
        .queue
        .asked()
        .iter()
        .map(|asked| asked.header("authorization").map(str::to_owned))
        .collect();
    assert_eq!(tokens[0], tokens[1]);
    assert_ne!(tokens[1], tokens[2]);
}

#[tokio::test]
async fn an_answer_that_does_not_fit_names_the_place() {
    let story = Story::of([Reply::json(
        200,
        r#"{"data":[{"id":"1","name":["secret"]}],"last":""}"#,
    )])
    .await;
    let error = story
        .client
        .rooms()
        .list(crate::resources::rooms::ListRooms::new())
        .first_page()
        .await
        .expect_err("no fit");
    assert_eq!(
        (error.kind(), error.field(), error.attempts()),
        (ErrorKind::Decode, Some("data[0].name"), 1)
    );
    assert!(!format!("{error} {error:?}").contains("secret"));
}

#[tokio::test]
async fn a_page_of_html_is_not_repeated_in_the_error() {
    let story = Story::of([Reply::Answer(
        404,
        Vec::new(),
        "<html>oops</html>".to_owned(),
    )])
    .await;
    let error = story.get().await.expect_err("refused");
    assert_eq!(error.message(), "the service answered 404 Not Found");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let story = Story::of([Reply::json(302, "").with("location", "http://127.0.0.1:9/")]).await;
    let error = story.get().await.expect_err("refused");
    assert_eq!(
        (error.kind(), error.status(), story.asked()),
        (ErrorKind::Server, Some(302), 1)
    );
}

/// Other systems have one address on loopback only.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_name_that_moves_is_followed() {
    const NAME: &str = "moving.service.test";
    let before = Queue::start([Reply::json(200, ROOM), Reply::Last(ROOM.to_owned())]).await;
    let port = before.address().port();
    let after = Queue::start_at(("127.0.0.2", port), [Reply::json(200, ROOM)]).await;
    resolver::set(NAME, &[before.address()]);
    let client = Client::builder()
        .token("token")
        .base_url(format!("http://{NAME}:{port}/v2"))
        .no_proxy()
        .build()
        .expect("a client");
    client.rooms().get("1").await.expect("a room");
    // Connections that are there are used on, and the one that the server closes is not missed.
    resolver::set(NAME, &[after.address()]);
    client.rooms().get("1").await.expect("a room");
    assert_eq!((before.asked().len(), after.asked().len()), (2, 0));
    client.rooms().get("1").await.expect("a room");
    assert_eq!((before.asked().len(), after.asked().len()), (2, 1));
}

/// An address of IPv6 on this machine where nobody answers: its backlog is full.
#[cfg(target_os = "linux")]
async fn nobody(port: u16) -> (tokio::net::TcpListener, Vec<tokio::net::TcpStream>) {
    let socket = tokio::net::TcpSocket::new_v6().expect("a socket");
    let address = (std::net::Ipv6Addr::LOCALHOST, port).into();
    socket.bind(address).expect("the port");
    let listener = socket.listen(1).expect("a listener");
    let mut held = Vec::new();
    let tried = || {
        tokio::time::timeout(
            Duration::from_millis(100),
            tokio::net::TcpStream::connect(address),
        )
    };
    while let Ok(Ok(stream)) = tried().await {
        held.push(stream);
    }
    (listener, held)
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_dead_address_of_ipv6_beside_a_good_one_of_ipv4_costs_less_than_a_second() {
    const NAME: &str = "both.service.test";
    let good = Queue::start([Reply::json(200, ROOM)]).await;
    let port = good.address().port();
    let (dead, _held) = nobody(port).await;
    resolver::set(
        NAME,
        &[dead.local_addr().expect("an address"), good.address()],
    );
    let client = Client::builder()
        .token("token")
        .base_url(format!("http://{NAME}:{port}/v2"))
        .no_proxy()
        .max_retries(0)
        .build()
        .expect("a client");
    let begun = std::time::Instant::now();
    client.rooms().get("1").await.expect("a room");
    assert!(begun.elapsed() < Duration::from_secs(1));
    assert_eq!(
        good.asked()[0].header("host"),
        Some(&*format!("{NAME}:{port}"))
    );

    // So it is with the address of a proxy.
    good.push(Reply::json(200, ROOM));
    let client = Client::builder()
        .token("token")
        .base_url("http://other.service.test/v2")
        .proxy(format!("http://{NAME}:{port}"))
        .max_retries(0)
        .build()
        .expect("a client");
    let begun = std::time::Instant::now();
    client.rooms().get("1").await.expect("a room");
    assert!(begun.elapsed() < Duration::from_secs(1));
    let asked = &good.asked()[1];
    assert_eq!(asked.target, "http://other.service.test/v2/rooms/1");
    assert_eq!(asked.header("host"), Some("other.service.test"));
}

#[tokio::test]
async fn an_address_of_ipv6_is_a_host() {
    let there = Queue::start_at("[::1]:0", [Reply::json(200, ROOM)]).await;
    let client = Client::builder()
        .token("token")
        .base_url(there.url())
        .build()
        .expect("a client");
    client.rooms().get("1").await.expect("a room");
    let host = there.address().to_string();
    assert!(host.starts_with("[::1]:"), "{host}");
    assert_eq!(there.asked()[0].header("host"), Some(&*host));
}
