//! [`RateLimiter`]: makes the requests of each group wait for their turn.
//!
//! The calls of a group wait in the order in which they began; a retry keeps the place of its call. Only the first one looks at the
//! time. When it has its permit, or is dropped, it wakes the next one. So a thousand waiting calls cost one timer.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::StatusCode;
use tokio::sync::Notify;

use super::pace::{Pace, Ready};
use super::rate_limit::RateLimit;
use super::shared_rate::{Granted, Refusal, SharedRate, Slot, Slots, Wanted};
use crate::host::time::{Instant, runtime_now as now, timeout_at};

/// How long a process goes on alone before it asks Redis again.
const ALONE: Duration = Duration::from_secs(1);

/// The shortest time after which Redis is asked again, if it granted nothing.
const ASK_AGAIN: Duration = Duration::from_millis(10);

/// After this time the first call looks again, though it was told to wait for longer: the rate may have grown.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Limits the requests of one client.
#[derive(Debug)]
pub(crate) struct RateLimiter {
    limit: RateLimit,
    /// The processes that share the limit.
    shared: Option<Arc<SharedRate>>,
    /// By name. `None` for groups without a limit.
    groups: Mutex<HashMap<String, Option<Arc<Group>>>>,
    last_ticket: AtomicU64,
}

impl RateLimiter {
    pub(crate) fn new(limit: RateLimit, shared: Option<SharedRate>) -> Self {
        Self {
            limit,
            shared: shared.map(Arc::new),
            groups: Mutex::default(),
            last_ticket: AtomicU64::new(0),
        }
    }

    /// Return what the log should say, once.
    pub(crate) fn warning(&self) -> Option<String> {
        self.shared.as_ref()?.warning()
    }

    /// Return the place of a call among those of its group. `None` if the group has no limit.
    pub(crate) fn place(&self, group: &str) -> Option<Place> {
        let group = self.group(group)?;
        let ticket = self.last_ticket.fetch_add(1, Ordering::Relaxed);
        Some(Place { group, ticket })
    }

    fn group(&self, name: &str) -> Option<Arc<Group>> {
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = groups.get(name) {
            return known.clone();
        }
        let group = self.limit.of(name).map(|most| {
            let shared = self.shared.clone();
            Arc::new(Group::new(name.to_owned(), most, shared))
        });
        groups.insert(name.to_owned(), group.clone());
        group
    }
}

/// A group of resources.
#[derive(Debug)]
struct Group {
    name: String,
    /// The user's limit.
    most: f64,
    shared: Option<Arc<SharedRate>>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    pace: Pace,
    /// Those that wait, by ticket.
    waiting: BTreeMap<u64, Arc<Notify>>,
    /// What the processes that share the limit have agreed on.
    agreed: Option<Agreed>,
}

/// What this process has from Redis.
#[derive(Debug)]
struct Agreed {
    slots: Slots,
    /// Whether Redis is asked now.
    asking: bool,
    /// When to ask it again.
    ask_after: Instant,
    /// Redis cannot be reached, and this process keeps its share.
    alone: bool,
    /// How many processes there are.
    processes: u32,
    /// A refusal by the service that Redis does not know.
    refusal: Option<Refusal>,
}

impl State {
    /// Let the first one that waits look again.
    fn wake_first(&self) {
        if let Some((_, first)) = self.waiting.first_key_value() {
            first.notify_one();
        }
    }

    /// What Redis says, unless it cannot be reached.
    fn agreed(&mut self) -> Option<&mut Agreed> {
        self.agreed.as_mut().filter(|agreed| !agreed.alone)
    }

    /// Return when the next request may be sent.
    fn ready(&mut self, now: Instant) -> Ready {
        if self.agreed().is_none() {
            return self.pace.ready(now);
        }
        match self.pace.open(now) {
            Ready::Now => {}
            later => return later,
        }
        match self.agreed.as_mut() {
            Some(Agreed {
                slots,
                asking,
                ask_after,
                ..
            }) => match slots.next(now) {
                Some(at) if at <= now => Ready::Now,
                Some(at) => Ready::At(at),
                None if *asking || *ask_after <= now => Ready::WhenSent,
                None => Ready::At(*ask_after),
            },
            None => Ready::Now,
        }
    }

    /// Take a permit: its number, and its time if Redis gave it.
    fn take(&mut self) -> (u64, Option<Slot>) {
        let slot = self.agreed().and_then(|agreed| agreed.slots.take());
        (self.pace.take(), slot)
    }

    /// Return what to ask Redis for, if anything.
    fn wanted(&mut self, most: f64, now: Instant) -> Option<Wanted> {
        let waiting = self.waiting.len();
        let agreed = self.agreed.as_mut()?;
        if agreed.asking {
            return None;
        }
        // A refusal is said at once. Alone, the pace has it.
        let is_urgent = agreed.refusal.is_some() && !agreed.alone;
        if now < agreed.ask_after && !is_urgent {
            return None;
        }
        // Alone, even a call that does not wait asks whether Redis is back.
        let least = usize::from(agreed.alone);
        let permits = match agreed.refusal {
            // They would be for after the pause, and would be lost with the next refusal.
            Some(_) => 0,
            None => waiting.saturating_sub(agreed.slots.left()).max(least),
        };
        let is_soon = permits > 0 && agreed.slots.end_soon(now);
        if agreed.refusal.is_none() && !is_soon {
            return None;
        }
        agreed.asking = true;
        let refusal = agreed.refusal.take();
        Some(Wanted {
            permits,
            most,
            refusal,
        })
    }

    /// Return whether Redis does not know of a refusal yet.
    fn has_unsaid_refusal(&self) -> bool {
        let agreed = self.agreed.as_ref();
        agreed.is_some_and(|agreed| !agreed.alone && agreed.refusal.is_some())
    }

    /// Redis answered. Return whether it could not be reached before.
    fn granted(&mut self, granted: Granted, now: Instant) -> bool {
        let Some(agreed) = self.agreed.as_mut() else {
            return false;
        };
        agreed.asking = false;
        let was_alone = std::mem::replace(&mut agreed.alone, false);
        agreed.processes = granted.processes;
        agreed.ask_after = now;
        if granted.permits == 0 {
            agreed.ask_after += (granted.delay / 2).clamp(ASK_AGAIN, LOOK_AGAIN);
        }
        agreed.slots.add(granted, now);
        self.pace.limit_to(granted.rate, now);
        self.pace.pause(granted.pause, now);
        was_alone
    }

    /// Redis cannot be reached. Return whether it could before.
    fn unreachable(&mut self, refusal: Option<Refusal>, now: Instant) -> bool {
        let Some(agreed) = self.agreed.as_mut() else {
            return false;
        };
        agreed.asking = false;
        agreed.ask_after = now + ALONE;
        let unsaid = agreed.refusal.take();
        let could = !std::mem::replace(&mut agreed.alone, true);
        if could {
            agreed.slots.clear();
            let share = self.pace.rate() / f64::from(agreed.processes);
            self.pace.limit_to(share, now);
        }
        for refusal in refusal.into_iter().chain(unsaid) {
            self.pace.refused(refusal.sent, refusal.pause, now);
        }
        could
    }
}

impl Group {
    fn new(name: String, most: f64, shared: Option<Arc<SharedRate>>) -> Self {
        let now = now();
        let agreed = shared.is_some().then(|| Agreed {
            slots: Slots::default(),
            asking: false,
            ask_after: now,
            alone: false,
            processes: 1,
            refusal: None,
        });
        Self {
            name,
            most,
            shared,
            state: Mutex::new(State {
                pace: Pace::new(most, now),
                waiting: BTreeMap::new(),
                agreed,
            }),
        }
    }

    /// Ask Redis, if that is needed. The task goes on if the call that starts it is dropped.
    fn ask(self: &Arc<Self>, mut state: MutexGuard<'_, State>) {
        let Some(shared) = &self.shared else {
            return;
        };
        let Some(wanted) = state.wanted(self.most, now()) else {
            return;
        };
        // A runtime that ends drops the task at once.
        drop(state);
        let mut asking = Asking {
            group: self.clone(),
            is_answered: false,
        };
        let shared = shared.clone();
        tokio::spawn(async move {
            let group = asking.group.clone();
            let answer = shared.ask(&group.name, &wanted).await;
            asking.is_answered = true;
            let mut state = group.state();
            match answer {
                Ok(granted) => {
                    if state.granted(granted, now()) {
                        shared.returned();
                    }
                }
                Err(error) => {
                    if state.unreachable(wanted.refusal, now()) {
                        shared.lost(&error, state.pace.rate());
                    }
                }
            }
            drop(state);
            drop(asking);
            // The service may have refused another request meanwhile.
            let state = group.state();
            if state.has_unsaid_refusal() {
                group.ask(state);
            }
        });
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A question to Redis that runs. It may be dropped with its runtime, without an answer.
struct Asking {
    group: Arc<Group>,
    is_answered: bool,
}

impl Drop for Asking {
    fn drop(&mut self) {
        let mut state = self.group.state();
        if !self.is_answered {
            state.unreachable(None, now());
        }
        state.wake_first();
    }
}

/// The place of a call among those of its group, for all its attempts.
#[derive(Debug)]
pub(crate) struct Place {
    group: Arc<Group>,
    ticket: u64,
}

impl Place {
    /// Wait for the permit to send a request.
    pub(crate) async fn permit(&self) -> Permit {
        let woken = {
            let mut state = self.group.state();
            // Nobody is passed: those that wait are first.
            if state.waiting.is_empty() && state.ready(now()) == Ready::Now {
                let permit = self.taken(&mut state);
                self.group.ask(state);
                return permit;
            }
            let woken = Arc::new(Notify::new());
            state.waiting.insert(self.ticket, woken.clone());
            self.group.ask(state);
            woken
        };
        // From here on, a dropped future leaves the queue.
        let queued = Queued(self);
        loop {
            let ready = {
                let mut state = self.group.state();
                let first = state.waiting.first_key_value();
                if first.is_some_and(|(ticket, _)| *ticket == self.ticket) {
                    match state.ready(now()) {
                        Ready::Now => {
                            state.waiting.remove(&self.ticket);
                            std::mem::forget(queued);
                            let permit = self.taken(&mut state);
                            state.wake_first();
                            return permit;
                        }
                        later => {
                            self.group.ask(state);
                            later
                        }
                    }
                } else {
                    Ready::WhenSent
                }
            };
            match ready {
                Ready::At(at) => {
                    // A pause, or a place that became free, changes it.
                    let at = at.min(now() + LOOK_AGAIN);
                    let _ = timeout_at(at, woken.notified()).await;
                }
                _ => woken.notified().await,
            }
        }
    }

    fn taken(&self, state: &mut State) -> Permit {
        let (number, slot) = state.take();
        Permit {
            group: self.group.clone(),
            number,
            slot,
            sent: None,
        }
    }
}

/// A call that waits. Dropping it leaves the queue.
struct Queued<'a>(&'a Place);

impl Drop for Queued<'_> {
    fn drop(&mut self) {
        let mut state = self.0.group.state();
        state.waiting.remove(&self.0.ticket);
        state.wake_first();
    }
}

/// The permit to send one request. If it is dropped before anything is sent, it goes to the next call.
#[derive(Debug)]
pub(crate) struct Permit {
    group: Arc<Group>,
    number: u64,
    /// Its time, if Redis gave it.
    slot: Option<Slot>,
    sent: Option<Instant>,
}

impl Permit {
    /// The request is sent now. Return false if it may not be: since the permit was given, the service asked for a pause, the rate
    /// was lowered, or too much time passed. Then wait for another one.
    pub(crate) fn send(&mut self) -> bool {
        let now = now();
        if self.slot.is_some_and(|slot| slot.is_late(now)) {
            return false;
        }
        let mut state = self.group.state();
        let may_send = state.pace.sent(self.number, now);
        if may_send {
            self.sent = Some(now);
            state.wake_first();
        }
        may_send
    }

    /// The service accepted the request.
    pub(crate) fn accepted(&self) {
        self.group.state().pace.accepted(now());
    }

    /// The service answered, not with 2xx. `pause` is what it asks for with 429.
    pub(crate) fn answered(&self, status: StatusCode, pause: impl FnOnce() -> Duration) {
        match status {
            StatusCode::TOO_MANY_REQUESTS => self.refused(pause()),
            _ if status.is_client_error() => self.accepted(),
            _ => {}
        }
    }

    /// The service refused the request, and asks for a pause.
    fn refused(&self, pause: Duration) {
        let now = now();
        let sent = self.sent.unwrap_or(now);
        let mut state = self.group.state();
        if state.agreed().is_none() {
            state.pace.refused(sent, pause, now);
            return;
        }
        state.pace.pause(pause, now);
        let accepted = state.pace.accepted_per_second(pause, now);
        if let Some(agreed) = state.agreed() {
            agreed.slots.clear();
            let refusal = Refusal {
                pause,
                accepted,
                sent,
            };
            let unsaid = agreed.refusal.take();
            agreed.refusal = Some(unsaid.map_or(refusal, |unsaid| unsaid.merged(refusal)));
        }
        self.group.ask(state);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut state = self.group.state();
        if self.sent.is_some() {
            state.pace.ended(self.number, now());
        } else if state.pace.give_back(self.number) {
            if let (Some(slot), Some(agreed)) = (self.slot, state.agreed()) {
                agreed.slots.give_back(slot);
            }
        }
        state.wake_first();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, AtomicUsize};

    use futures_util::FutureExt as _;
    use futures_util::future::join_all;

    use super::super::redis::RedisAddress;
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn limiter(per_second: f64) -> RateLimiter {
        RateLimiter::new(per_second.into(), None)
    }

    /// Take a permit, send, and receive the response at once.
    async fn call(place: &Place) {
        let mut permit = place.permit().await;
        permit.send();
        permit.accepted();
    }

    fn place(limiter: &RateLimiter) -> Place {
        limiter.place("rooms").expect("a limit")
    }

    #[tokio::test(start_paused = true)]
    async fn calls_wait_for_their_turn_in_order() {
        let limiter = limiter(10.0);
        let start = now();
        let order = Mutex::new(Vec::new());
        let calls = (0..40).map(|number| {
            let place = place(&limiter);
            let order = &order;
            async move {
                call(&place).await;
                order.lock().expect("no panic").push(number);
            }
        });
        join_all(calls).await;
        assert_eq!(
            *order.lock().expect("no panic"),
            (0..40).collect::<Vec<_>>()
        );
        let took = now() - start;
        assert!(
            took >= Duration::from_millis(3_800) && took < Duration::from_millis(4_200),
            "{took:?}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_waiter_that_is_dropped_gives_its_place_to_the_next() {
        let limiter = limiter(1.0);
        call(&place(&limiter)).await;
        let start = now();
        let (first, second) = (place(&limiter), place(&limiter));
        let mut dropped = Box::pin(first.permit());
        assert!(dropped.as_mut().now_or_never().is_none());
        let mut next = Box::pin(second.permit());
        assert!(next.as_mut().now_or_never().is_none());
        drop(dropped);
        next.await.send();
        assert!(now() - start < Duration::from_millis(1_100));
    }

    #[tokio::test(start_paused = true)]
    async fn a_permit_that_was_not_used_goes_to_the_next() {
        let limiter = limiter(1.0);
        let start = now();
        for _ in 0..100 {
            drop(place(&limiter).permit().await);
        }
        assert_eq!(now(), start);
        call(&place(&limiter)).await;
        call(&place(&limiter)).await;
        assert!(now() - start >= SECOND);
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_pauses_all_and_a_retry_keeps_its_place() {
        let limiter = limiter(100.0);
        let start = now();
        let refused = place(&limiter);
        let mut permit = refused.permit().await;
        permit.send();
        let later = place(&limiter);
        permit.refused(5 * SECOND);
        drop(permit);
        let order = AtomicUsize::new(0);
        let (after, again) = tokio::join!(
            async {
                call(&later).await;
                order.fetch_add(1, Ordering::Relaxed)
            },
            async {
                tokio::time::sleep(SECOND).await;
                call(&refused).await;
                order.fetch_add(1, Ordering::Relaxed)
            }
        );
        assert!(now() - start >= 5 * SECOND);
        assert!(again < after, "the retry was passed");
    }

    #[tokio::test(start_paused = true)]
    async fn permits_that_were_given_before_a_refusal_are_not_used_after_it() {
        let limiter = RateLimiter::new(RateLimit::adaptive(), None);
        let places: Vec<Place> = (0..1_000).map(|_| place(&limiter)).collect();
        let mut permits = Vec::new();
        for place in &places {
            permits.push(place.permit().await);
        }
        for permit in &mut permits[..20] {
            assert!(permit.send());
            permit.accepted();
        }
        permits[20].send();
        permits[20].refused(5 * SECOND);
        let start = now();
        let order = Mutex::new(Vec::new());
        let again = places.iter().zip(permits).skip(21).enumerate();
        let again = again.map(|(number, (place, mut permit))| {
            let order = &order;
            async move {
                assert!(!permit.send());
                drop(permit);
                call(place).await;
                order.lock().expect("no panic").push(number);
            }
        });
        // Those with the first hundred places.
        join_all(again.take(100)).await;
        let took = now() - start;
        let rate = 4.0 * 0.99;
        assert!(took >= 5 * SECOND && took.as_secs_f64() < 5.0 + 110.0 / rate);
        assert!(order.lock().expect("no panic").is_sorted());
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_call_that_waits_notices_a_rate_that_grew() {
        let limiter = limiter(0.01);
        call(&place(&limiter)).await;
        let start = now();
        let waiting = place(&limiter);
        let mut waiting = Box::pin(waiting.permit());
        assert!(waiting.as_mut().now_or_never().is_none());
        let group = limiter.group("rooms").expect("a limit");
        group.state().pace.limit_to(100.0, now());
        waiting.await.send();
        assert!(now() - start < Duration::from_millis(1_500));
    }

    /// A limiter of several processes, whose Redis is at this port.
    fn shared_limiter(port: u16) -> RateLimiter {
        let url = format!("redis://127.0.0.1:{port}");
        let (address, _) = RedisAddress::read(&url).expect("an address");
        let shared = SharedRate::new(address, String::new());
        RateLimiter::new(100.0.into(), Some(shared))
    }

    fn granted(permits: usize) -> Granted {
        Granted {
            permits,
            delay: Duration::ZERO,
            interval: Duration::from_millis(50),
            processes: 1,
            rate: 100.0,
            pause: Duration::ZERO,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_takes_no_permits_and_is_merged_with_one_that_is_not_said_yet() {
        let limiter = shared_limiter(9);
        let group = limiter.group("rooms").expect("a limit");
        group.state().granted(granted(2), now());
        let (one, two) = (place(&limiter), place(&limiter));
        let (mut one, mut two) = (one.permit().await, two.permit().await);
        assert!(one.send() && two.send());
        group.state().agreed().expect("shared").asking = true;
        one.refused(9 * SECOND);
        two.refused(2 * SECOND);
        let mut state = group.state();
        for ticket in 100..105 {
            state.waiting.insert(ticket, Arc::default());
        }
        assert!(state.has_unsaid_refusal() && state.wanted(100.0, now()).is_none());
        // Redis answered: it is asked at once, though it granted nothing.
        state.agreed().expect("shared").asking = false;
        state.granted(granted(0), now());
        let wanted = state.wanted(100.0, now()).expect("a question");
        let pause = wanted.refusal.expect("a refusal").pause;
        assert_eq!((wanted.permits, pause), (0, 9 * SECOND));
        state.agreed().expect("shared").asking = false;
        let later = now() + SECOND;
        let wanted = state.wanted(100.0, later).expect("a question");
        assert!(wanted.permits == 5 && wanted.refusal.is_none());
    }

    #[tokio::test]
    async fn redis_is_told_of_a_refusal_that_came_while_it_was_asked() {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

        let redis = tokio::net::TcpListener::bind("127.0.0.1:0").await;
        let redis = redis.expect("a port");
        let limiter = shared_limiter(redis.local_addr().expect("an address").port());
        let group = limiter.group("rooms").expect("a limit");
        group.state().granted(granted(1), now());
        let mut permit = place(&limiter).permit().await;
        assert!(permit.send());
        let waiting = place(&limiter);
        let mut waiting = Box::pin(waiting.permit());
        assert!(waiting.as_mut().now_or_never().is_none());
        let (mut connection, _) = redis.accept().await.expect("a connection");
        let mut command = Vec::new();
        let whole = |command: &[u8]| {
            String::from_utf8_lossy(command)
                .trim_end()
                .ends_with("now))}")
        };
        while !whole(&command) {
            connection.read_buf(&mut command).await.expect("SCRIPT");
        }
        connection.write_all(b"$1\r\nd\r\n").await.expect("a reply");
        command.clear();
        while !command.starts_with(b"*8\r\n") || !command.ends_with(b"97\r\n") {
            connection.read_buf(&mut command).await.expect("EVALSHA");
        }
        // Nobody waits or retries.
        permit.refused(SECOND);
        drop((permit, waiting));
        let reply = b"*6\r\n:0\r\n:0\r\n:0\r\n:1\r\n:100000000\r\n:0\r\n";
        connection.write_all(reply).await.expect("a reply");
        command.clear();
        while !command.starts_with(b"*11\r\n") {
            let read = connection.read_buf(&mut command);
            let read = tokio::time::timeout(10 * SECOND, read).await;
            assert!(read.expect("another command").expect("it") > 0);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_permit_of_several_processes_that_was_not_used_keeps_its_time() {
        let limiter = shared_limiter(9);
        let group = limiter.group("rooms").expect("a limit");
        group.state().granted(granted(2), now());
        let start = now();
        drop(place(&limiter).permit().await);
        assert_eq!(group.state().agreed().expect("shared").slots.left(), 2);
        let mut late = place(&limiter).permit().await;
        assert_eq!(now(), start);
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(!late.send());
    }

    #[test]
    fn a_call_after_the_end_of_the_runtime_does_not_block() {
        let (tell, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime");
            let handle = runtime.handle().clone();
            drop(runtime);
            let _entered = handle.enter();
            let place = place(&shared_limiter(9));
            let _ = place.permit().now_or_never();
            tell.send(()).expect("the test waits");
        });
        let ended = told.recv_timeout(30 * SECOND);
        ended.expect("the call to return");
    }

    #[tokio::test(start_paused = true)]
    async fn groups_do_not_wait_for_each_other() {
        let limiter = RateLimiter::new(RateLimit::default().group("rooms", 1.0), None);
        assert!(limiter.place("sessions").is_none());
        call(&place(&limiter)).await;
        let waiting = place(&limiter);
        assert!(waiting.permit().now_or_never().is_none());
        let limiter = RateLimiter::new(RateLimit::from(1.0).group("rooms", 2.0), None);
        call(&limiter.place("rooms").expect("a limit")).await;
        let other = limiter.place("sessions").expect("a limit");
        assert!(other.permit().now_or_never().is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn calls_that_are_dropped_at_any_time_lose_no_permit() {
        let limiter = limiter(50.0);
        let start = now();
        let sent = AtomicU32::new(0);
        let calls = (0..500).map(|number: u64| {
            let place = place(&limiter);
            let sent = &sent;
            async move {
                let call = async {
                    let mut permit = place.permit().await;
                    permit.send();
                    sent.fetch_add(1, Ordering::Relaxed);
                    tokio::time::sleep(Duration::from_millis(number % 40)).await;
                };
                let timeout = Duration::from_millis(number * 7919 % 9_000);
                let _ = tokio::time::timeout(timeout, call).await;
            }
        });
        join_all(calls).await;
        let took = (now() - start).as_secs_f64();
        let sent = sent.load(Ordering::Relaxed);
        assert!(
            f64::from(sent) >= 0.9 * 50.0 * took.min(6.0),
            "{sent} in {took} s"
        );
        // Whoever comes later finds an empty queue.
        tokio::time::sleep(2 * SECOND).await;
        assert!(place(&limiter).permit().now_or_never().is_some());
    }
}
