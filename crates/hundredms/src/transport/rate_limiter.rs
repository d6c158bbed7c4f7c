//! [`RateLimiter`]: makes the requests of each group wait for their turn.
//!
//! The calls of a group wait in the order in which they began; a retry keeps the place of its call. Only the first one looks at the
//! time. When it has its permit, or is dropped, it wakes the next one. So a thousand waiting calls cost one timer.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use http::StatusCode;
use tokio::sync::Notify;

use super::pace::{Pace, Ready};
use super::rate_limit::RateLimit;
use super::shared_rate::{Granted, Refusal, SharedRate, Slots, Wanted};

/// How long a process goes on alone before it asks Redis again.
const ALONE: Duration = Duration::from_secs(1);

/// The shortest time after which Redis is asked again, if it granted nothing.
const ASK_AGAIN: Duration = Duration::from_millis(10);

/// The time, which tests of tokio can control.
fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

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

    fn take(&mut self) -> u64 {
        if let Some(agreed) = self.agreed() {
            agreed.slots.take();
        }
        self.pace.take()
    }

    /// Return what to ask Redis for, if anything.
    fn wanted(&mut self, most: f64, now: Instant) -> Option<Wanted> {
        let waiting = self.waiting.len();
        let agreed = self.agreed.as_mut()?;
        if agreed.asking || now < agreed.ask_after {
            return None;
        }
        // Alone, even a call that does not wait asks whether Redis is back.
        let least = usize::from(agreed.alone);
        let permits = waiting.saturating_sub(agreed.slots.left()).max(least);
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

    /// Redis answered. Return whether it could not be reached before.
    fn granted(&mut self, granted: Granted, now: Instant) -> bool {
        let Some(agreed) = self.agreed.as_mut() else {
            return false;
        };
        let was_alone = std::mem::replace(&mut agreed.alone, false);
        agreed.processes = granted.processes;
        agreed.ask_after = now;
        if granted.permits == 0 {
            agreed.ask_after += (granted.delay / 2).max(ASK_AGAIN);
        }
        agreed.slots.add(granted, now);
        self.pace.limit_to(granted.rate, now);
        if !granted.pause.is_zero() {
            self.pace.pause(now + granted.pause);
        }
        was_alone
    }

    /// Redis cannot be reached. Return whether it could before.
    fn unreachable(&mut self, refusal: Option<Refusal>, now: Instant) -> bool {
        let Some(agreed) = self.agreed.as_mut() else {
            return false;
        };
        agreed.ask_after = now + ALONE;
        let could = !std::mem::replace(&mut agreed.alone, true);
        if could {
            agreed.slots.clear();
            let share = self.pace.rate() / f64::from(agreed.processes);
            self.pace.limit_to(share, now);
        }
        if let Some(refusal) = refusal {
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
    fn ask(self: &Arc<Self>, state: &mut State) {
        let Some(shared) = &self.shared else {
            return;
        };
        let Some(wanted) = state.wanted(self.most, now()) else {
            return;
        };
        let asking = Asking(self.clone());
        let shared = shared.clone();
        tokio::spawn(async move {
            let answer = shared.ask(&asking.0.name, &wanted).await;
            let mut state = asking.0.state();
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
            // `asking` is dropped after it.
            drop(state);
        });
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A question to Redis that runs. It may be dropped with its runtime.
struct Asking(Arc<Group>);

impl Drop for Asking {
    fn drop(&mut self) {
        let mut state = self.0.state();
        if let Some(agreed) = &mut state.agreed {
            agreed.asking = false;
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
                self.group.ask(&mut state);
                return permit;
            }
            let woken = Arc::new(Notify::new());
            state.waiting.insert(self.ticket, woken.clone());
            self.group.ask(&mut state);
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
                            self.group.ask(&mut state);
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
                    let _ = tokio::time::timeout_at(at.into(), woken.notified()).await;
                }
                _ => woken.notified().await,
            }
        }
    }

    fn taken(&self, state: &mut State) -> Permit {
        Permit {
            group: self.group.clone(),
            number: state.take(),
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
    sent: Option<Instant>,
}

impl Permit {
    /// The request is sent now.
    pub(crate) fn send(&mut self) {
        let now = now();
        self.sent = Some(now);
        let mut state = self.group.state();
        state.pace.sent(self.number, now);
        state.wake_first();
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
        state.pace.pause(now + pause);
        let accepted = state.pace.accepted_per_second(pause, now);
        if let Some(agreed) = state.agreed() {
            agreed.slots.clear();
            let refusal = Refusal {
                pause,
                accepted,
                sent,
            };
            agreed.refusal = Some(refusal);
            agreed.ask_after = now;
        }
        self.group.ask(&mut state);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut state = self.group.state();
        if self.sent.is_some() {
            state.pace.ended(self.number, now());
        } else {
            state.pace.give_back(self.number);
        }
        state.wake_first();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, AtomicUsize};

    use futures_util::FutureExt as _;
    use futures_util::future::join_all;

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
