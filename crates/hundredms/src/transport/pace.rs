//! [`Pace`]: when the next request of a group may be sent, by the user's limit and by what the service refuses.
//!
//! Three conditions hold for each request:
//!
//! - a token bucket: requests are sent at `rate` per second, and after a lull at most a fifth of a second's worth at once;
//! - a window: at most as many requests reach the service within any second as `rate` says. A request counts from when it reached
//!   the service, which is known from its response. So a stalled machine, or a network that delivers a second's requests at once,
//!   does not exceed a limit that the service counts in windows;
//! - the pause that the service asked for.
//!
//! The rate adapts: a refusal (429) lowers it to what the service accepted before, once for all requests that were sent at the old
//! rate. It holds for a while, then it grows as requests are accepted, at most to twice what was accepted of late. So
//! a client that sends nothing keeps its rate.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};
use std::time::Duration;

use crate::host::time::Instant;

/// How much may be sent at once after a lull, in seconds of the rate.
const BURST: f64 = 0.2;

/// The share of what the service accepted at which requests continue after a refusal.
const SAFE: f64 = 0.99;

/// How long a lowered rate holds before it grows, after the first refusal. At least, after the pause, for the time over which the
/// service counts.
const HOLD: Duration = Duration::from_secs(20);

/// The longest time for which a lowered rate holds.
const LONGEST_HOLD: Duration = Duration::from_secs(320);

/// How a lowered rate grows in the time over which the service counts.
const GROWTH: f64 = 1.01;

/// How it grows if the refusal did not show what the service accepts, up to what an earlier one showed: as in the slow start of TCP.
const FAST_GROWTH: f64 = 2.0;

/// How many requests the service accepts in the time over which it counts, before a refusal that shows what it accepts, for a client
/// without a limit of its own. With fewer before it, as after those of another process, it continues with this many in that time, or
/// with one per second if that is more.
const KNOWN: f64 = 10.0;

/// A request without a response is assumed to have reached the service after this time.
const SLACK: Duration = Duration::from_millis(250);

/// How many responses show the shortest time between a request and its response.
const ENOUGH: u32 = 10;

/// Above this rate, the window is not enforced.
const MOST_IN_WINDOW: f64 = 20_000.0;

/// A lowered rate is at least this, in requests per second, unless the user's limit is lower.
const LEAST: f64 = 1.0;

/// No wait is longer.
const LONGEST_WAIT: Duration = Duration::from_secs(30 * 24 * 3600);

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);

/// Whether a request may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ready {
    Now,
    At(Instant),
    /// When a request that has its permit is sent, or gives it back.
    WhenSent,
}

/// The state of one group.
#[derive(Debug)]
pub(crate) struct Pace {
    /// The user's limit. Infinite if there is none.
    most: f64,
    rate: f64,
    tokens: f64,
    refilled: Instant,
    paused_until: Instant,
    window: Window,
    accepted: Counter,
    accepted_in_minute: Counter,
    slowed: Option<Slowed>,
    found: Option<Found>,
}

/// The last refusal that lowered the rate.
#[derive(Debug)]
struct Slowed {
    at: Instant,
    /// Over which time the service counts.
    over: Duration,
    /// When the rate grows again, if a request is accepted then.
    grows_at: Instant,
}

/// What the last refusal that showed it says of the service.
#[derive(Debug)]
struct Found {
    /// The rate after it.
    rate: f64,
    hold: Duration,
}

impl Pace {
    /// Allow `most` per second. Infinite for what the service accepts.
    pub(crate) fn new(most: f64, now: Instant) -> Self {
        Self {
            most,
            rate: most,
            tokens: burst(most),
            refilled: now,
            paused_until: now,
            window: Window::default(),
            accepted: Counter::new(Duration::from_millis(5), SECOND),
            accepted_in_minute: Counter::new(SECOND, MINUTE),
            slowed: None,
            found: None,
        }
    }

    /// Return the requests per second that are allowed now.
    pub(crate) fn rate(&self) -> f64 {
        self.rate
    }

    /// Return whether the next request may be sent.
    pub(crate) fn ready(&mut self, now: Instant) -> Ready {
        match self.open(now) {
            Ready::Now => {}
            later => return later,
        }
        self.refill(now);
        // A wait is rounded to nanoseconds, so a token may lack a little at its end.
        if self.rate.is_infinite() || self.tokens > 1.0 - 1e-6 {
            return Ready::Now;
        }
        Ready::At(now + seconds((1.0 - self.tokens) / self.rate))
    }

    /// Return whether pause and window allow a request.
    pub(crate) fn open(&mut self, now: Instant) -> Ready {
        if now < self.paused_until {
            return Ready::At(self.paused_until);
        }
        self.window.ready(self.rate, now)
    }

    /// Take the permit for one request, and return its number.
    pub(crate) fn take(&mut self) -> u64 {
        self.tokens = (self.tokens - 1.0).max(0.0);
        self.window.take()
    }

    /// Give back a permit with which nothing was sent. Return whether it was valid until now.
    pub(crate) fn give_back(&mut self, number: u64) -> bool {
        let is_valid = self.window.give_back(number);
        if is_valid {
            self.tokens = (self.tokens + 1.0).min(burst(self.rate));
        }
        is_valid
    }

    /// Use a permit. Return false if it was withdrawn: then nothing may be sent with it.
    pub(crate) fn sent(&mut self, number: u64, now: Instant) -> bool {
        self.window.sent(number, now)
    }

    /// Withdraw the permits with which nothing was sent: they were for another rate, or for before a pause.
    fn withdraw(&mut self) {
        let count = self.window.withdraw();
        #[expect(clippy::cast_precision_loss, reason = "they are few")]
        let tokens = self.tokens + count as f64;
        self.tokens = tokens.min(burst(self.rate));
    }

    /// A request ended: with a response, or dropped.
    pub(crate) fn ended(&mut self, number: u64, now: Instant) {
        self.window.ended(number, now);
    }

    /// The service accepted a request.
    pub(crate) fn accepted(&mut self, now: Instant) {
        self.accepted.count(now);
        self.accepted_in_minute.count(now);
        self.grow(now);
    }

    /// The service refused a request that was sent at `sent`, and asks for a pause. Return what it accepted per second before, if
    /// this lowers the rate.
    pub(crate) fn refused(&mut self, sent: Instant, pause: Duration, now: Instant) -> Option<f64> {
        self.pause(pause, now);
        if self.slowed.as_ref().is_some_and(|slowed| sent <= slowed.at) {
            return None;
        }
        let accepted = self.accepted_per_second(pause, now);
        let over = counted_over(pause);
        // What it continues with if it was fewer.
        let enough = if self.rate.is_infinite() {
            KNOWN / over.as_secs_f64()
        } else {
            self.rate / 2.0
        };
        let known = accepted >= enough;
        let rate = if known { accepted * SAFE } else { enough };
        self.rate = rate.min(self.rate * SAFE).max(LEAST.min(self.most));
        self.withdraw();
        let hold = if known { self.find() } else { over };
        self.slowed = Some(Slowed {
            at: now,
            over,
            grows_at: (now + hold).max(self.paused_until + over),
        });
        Some(accepted)
    }

    /// The refusal shows what the service accepts. Return how long the rate holds.
    fn find(&mut self) -> Duration {
        let rate = self.rate;
        let again = self.found.as_ref();
        let again = again.filter(|found| rate > found.rate * 0.9 && rate < found.rate * 1.1);
        let hold = again.map_or(HOLD, |found| (found.hold * 2).min(LONGEST_HOLD));
        self.found = Some(Found { rate, hold });
        hold
    }

    /// Send nothing for this time, also with permits that were given already.
    pub(crate) fn pause(&mut self, time: Duration, now: Instant) {
        if time.is_zero() {
            return;
        }
        self.paused_until = self.paused_until.max(now + time.min(LONGEST_WAIT));
        self.withdraw();
    }

    /// Continue at this rate, and do not change it.
    pub(crate) fn limit_to(&mut self, rate: f64, now: Instant) {
        let is_lower = rate < self.rate;
        self.slowed = None;
        self.found = None;
        self.most = rate;
        self.set_rate(rate, now);
        if is_lower {
            self.withdraw();
        }
    }

    fn set_rate(&mut self, rate: f64, now: Instant) {
        self.refill(now);
        self.rate = rate;
    }

    /// What the service accepts per second: measured over the time over which it counts.
    pub(crate) fn accepted_per_second(&mut self, pause: Duration, now: Instant) -> f64 {
        let over = counted_over(pause);
        let counter = if over > SECOND {
            &mut self.accepted_in_minute
        } else {
            &mut self.accepted
        };
        f64::from(counter.within(over, now)) / over.as_secs_f64()
    }

    /// Let a lowered rate grow, once in the time over which the service counts.
    fn grow(&mut self, now: Instant) {
        let Some(slowed) = &mut self.slowed else {
            return;
        };
        if now < slowed.grows_at || self.rate >= self.most {
            return;
        }
        let over = slowed.over;
        slowed.grows_at = now + over;
        let rate = match &self.found {
            Some(found) if self.rate >= found.rate => self.rate * GROWTH,
            Some(found) => (self.rate * FAST_GROWTH).min(found.rate),
            None => self.rate * FAST_GROWTH,
        };
        let shown = self.accepted_per_second(over, now) * 2.0;
        self.set_rate(rate.min(shown).min(self.most).max(self.rate), now);
    }

    fn refill(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.refilled);
        if passed.is_zero() {
            return;
        }
        self.refilled = now;
        if self.rate.is_finite() {
            let tokens = self.tokens + passed.as_secs_f64() * self.rate;
            self.tokens = tokens.min(burst(self.rate));
        }
    }
}

/// Over which time the service counts: a second, or the pause that it asks for if that is longer.
fn counted_over(pause: Duration) -> Duration {
    pause.clamp(SECOND, MINUTE)
}

fn burst(rate: f64) -> f64 {
    if rate.is_infinite() {
        return 1.0;
    }
    (rate * BURST).max(1.0)
}

/// A number of seconds as a time, rounded up, so that the wait is not repeated for a nanosecond.
fn seconds(number: f64) -> Duration {
    Duration::try_from_secs_f64(number).map_or(LONGEST_WAIT, |time| {
        time.min(LONGEST_WAIT) + Duration::from_nanos(1)
    })
}

/// The requests that may have reached the service within the last second.
#[derive(Debug, Default)]
struct Window {
    last_number: u64,
    /// Those without a response, and when each was sent. `None` if that is yet to come.
    open: BTreeMap<u64, Option<Instant>>,
    /// When the responses to the others came, earliest first. They had reached the service before that by the shortest time. It is
    /// subtracted late, because the first responses, over connections that were just opened, do not show it.
    ended: BinaryHeap<Reverse<Instant>>,
    fastest: Fastest,
}

/// The shortest time between a request and its response, of late.
#[derive(Debug, Default)]
struct Fastest {
    /// Of the last minute that has ended.
    before: Option<Duration>,
    now: Option<(Instant, Duration)>,
    seen: u32,
}

impl Fastest {
    fn add(&mut self, took: Duration, now: Instant) {
        self.seen = self.seen.saturating_add(1);
        self.now = match self.now {
            Some((since, fastest)) if now.saturating_duration_since(since) < MINUTE => {
                Some((since, fastest.min(took)))
            }
            ended => {
                self.before = ended.map(|(_, fastest)| fastest);
                Some((now, took))
            }
        };
    }

    /// Return it. Zero as long as few responses were seen.
    fn get(&self) -> Duration {
        match self.now {
            Some((_, now)) if self.seen >= ENOUGH => {
                self.before.map_or(now, |before| before.min(now))
            }
            _ => Duration::ZERO,
        }
    }
}

impl Window {
    fn ready(&mut self, rate: f64, now: Instant) -> Ready {
        if rate > MOST_IN_WINDOW {
            self.ended.clear();
            return Ready::Now;
        }
        let capacity = rate.ceil().max(1.0);
        let length = seconds(capacity / rate);
        let back = self.fastest.get().min(length);
        let leaves = |Reverse(ended): &Reverse<Instant>| *ended + length.saturating_sub(back);
        while self.ended.peek().is_some_and(|first| leaves(first) <= now) {
            self.ended.pop();
        }
        #[expect(clippy::cast_precision_loss, reason = "they are few")]
        let is_free = |count: usize| (count as f64) < capacity;
        if is_free(self.ended.len() + self.open.len()) {
            return Ready::Now;
        }
        let ends = |sent: &Option<Instant>| sent.map(|sent| sent + SLACK + length);
        let open = self.open.values();
        let open = open.filter(|sent| ends(sent).is_none_or(|end| end > now));
        if is_free(self.ended.len() + open.clone().count()) {
            return Ready::Now;
        }
        let next = self.ended.peek().map(leaves);
        match next.into_iter().chain(open.filter_map(ends)).min() {
            Some(next) => Ready::At(next),
            None => Ready::WhenSent,
        }
    }

    fn take(&mut self) -> u64 {
        self.last_number += 1;
        self.open.insert(self.last_number, None);
        self.last_number
    }

    /// Return whether the permit was valid.
    fn give_back(&mut self, number: u64) -> bool {
        self.open.remove(&number).is_some()
    }

    /// Return whether the permit was valid.
    fn sent(&mut self, number: u64, now: Instant) -> bool {
        let open = self.open.get_mut(&number);
        open.map(|sent| *sent = Some(now)).is_some()
    }

    /// Forget the permits with which nothing was sent. Return how many.
    fn withdraw(&mut self) -> usize {
        let before = self.open.len();
        self.open.retain(|_, sent| sent.is_some());
        before - self.open.len()
    }

    fn ended(&mut self, number: u64, now: Instant) {
        let Some(Some(sent)) = self.open.remove(&number) else {
            return;
        };
        let took = now.saturating_duration_since(sent);
        self.fastest.add(took, now);
        let took = took.min(self.fastest.get() + SLACK);
        self.ended.push(Reverse(sent + took));
    }
}

/// How often something happened within a time.
#[derive(Debug)]
struct Counter {
    /// What happens within this time is counted together.
    grain: Duration,
    kept: Duration,
    counts: VecDeque<(Instant, u32)>,
}

impl Counter {
    fn new(grain: Duration, kept: Duration) -> Self {
        Self {
            grain,
            kept,
            counts: VecDeque::new(),
        }
    }

    fn count(&mut self, now: Instant) {
        match self.counts.back_mut() {
            Some((at, count)) if now.saturating_duration_since(*at) < self.grain => *count += 1,
            _ => {
                self.forget(now);
                self.counts.push_back((now, 1));
            }
        }
    }

    fn forget(&mut self, now: Instant) {
        while let Some((at, _)) = self.counts.front() {
            if now.saturating_duration_since(*at) <= self.kept + self.grain {
                break;
            }
            self.counts.pop_front();
        }
    }

    fn within(&mut self, time: Duration, now: Instant) -> u32 {
        self.forget(now);
        let counts = self.counts.iter().rev();
        counts
            .take_while(|(at, _)| now.saturating_duration_since(*at) < time)
            .map(|(_, count)| count)
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// How long a response takes.
    const BACK: Duration = Duration::from_millis(2);

    /// A service that accepts a number of requests in each second, and asks for a pause of a second.
    struct Service {
        most: usize,
        /// Within this time.
        window: Duration,
        arrived: VecDeque<Duration>,
        refused: u32,
    }

    impl Service {
        fn new(per_second: usize) -> Self {
            Self {
                most: per_second,
                window: SECOND,
                arrived: VecDeque::new(),
                refused: 0,
            }
        }

        fn accepts(&mut self, at: Duration) -> bool {
            while self
                .arrived
                .front()
                .is_some_and(|&old| at.saturating_sub(old) >= self.window)
            {
                self.arrived.pop_front();
            }
            if self.arrived.len() >= self.most {
                self.refused += 1;
                return false;
            }
            self.arrived.push_back(at);
            true
        }
    }

    /// Make `count` calls, at most `most` at a time. Each takes `latency` to the service, and `BACK` back. Return the time.
    fn run(
        pace: &mut Pace,
        start: Instant,
        service: &mut Service,
        count: u32,
        most: usize,
        latency: impl Fn(u32) -> Duration,
    ) -> Duration {
        #[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
        enum Event {
            Arrival(u64, Duration),
            Answer(u64, Duration, bool),
            Look,
        }
        let mut events = std::collections::BTreeSet::new();
        let (mut now, mut serial, mut number, mut running, mut done) =
            (Duration::ZERO, 0_u64, 0_u32, 0, 0);
        let mut end = Duration::ZERO;
        let mut looks_at = None;
        while done < count {
            while running < most && done + u32::try_from(running).expect("few") < count {
                match pace.ready(start + now) {
                    Ready::Now => {
                        let permit = pace.take();
                        pace.sent(permit, start + now);
                        running += 1;
                        number += 1;
                        serial += 1;
                        events.insert((now + latency(number), serial, Event::Arrival(permit, now)));
                    }
                    Ready::At(at) => {
                        let at = at - start;
                        if looks_at.is_none_or(|looks| looks <= now || at < looks) {
                            looks_at = Some(at);
                            serial += 1;
                            events.insert((at.max(now), serial, Event::Look));
                        }
                        break;
                    }
                    Ready::WhenSent => unreachable!("every request is sent at once"),
                }
            }
            let (at, _, event) = events.pop_first().expect("something happens");
            now = now.max(at);
            match event {
                Event::Arrival(permit, sent) => {
                    let accepted = service.accepts(now);
                    serial += 1;
                    events.insert((now + BACK, serial, Event::Answer(permit, sent, accepted)));
                }
                Event::Answer(permit, sent, accepted) => {
                    running -= 1;
                    pace.ended(permit, start + now);
                    if accepted {
                        pace.accepted(start + now);
                        done += 1;
                        end = now;
                    } else {
                        pace.refused(start + sent, service.window, start + now);
                    }
                }
                Event::Look => looks_at = None,
            }
        }
        end
    }

    fn near(number: u32) -> Duration {
        Duration::from_micros(1_500 + u64::from(number % 17) * 150)
    }

    /// 10,000 calls, with a limit of the client and one of the service. Return the seconds, and how many were refused.
    fn ten_thousand(most: f64, service: usize, latency: impl Fn(u32) -> Duration) -> (f64, u32) {
        let start = Instant::now();
        let mut pace = Pace::new(most, start);
        let mut service = Service::new(service);
        let time = run(&mut pace, start, &mut service, 10_000, 32, latency);
        (time.as_secs_f64(), service.refused)
    }

    #[test]
    fn the_right_limit_takes_the_best_time_and_nothing_is_refused() {
        let (seconds, refused) = ten_thousand(500.0, 500, near);
        assert!(
            seconds < 21.0 && refused == 0,
            "{seconds} s, {refused} refused"
        );
    }

    #[test]
    fn a_network_that_varies_breaks_no_limit() {
        let far = |number: u32| Duration::from_millis(10 + u64::from(number * 7919 % 13));
        let (seconds, refused) = ten_thousand(500.0, 500, far);
        assert!(
            seconds < 21.0 && refused == 0,
            "{seconds} s, {refused} refused"
        );
    }

    #[test]
    fn a_limit_that_is_too_high_finds_the_services() {
        for most in [510.0, 700.0, 1_000.0, 5_000.0] {
            let (seconds, refused) = ten_thousand(most, 500, near);
            assert!(
                seconds < 21.1 && refused < 100,
                "{most}: {seconds} s, {refused} refused"
            );
        }
    }

    #[test]
    fn without_a_limit_the_services_is_found() {
        let (seconds, refused) = ten_thousand(f64::INFINITY, 500, near);
        assert!(
            seconds < 21.0 && refused < 100,
            "{seconds} s, {refused} refused"
        );
    }

    /// 100 calls without a limit, to a service that accepts 20 per second and has just accepted this many of another client. Return
    /// the seconds, and how many were refused.
    fn a_hundred_after(others: usize, most: usize) -> (f64, u32) {
        let start = Instant::now();
        let mut pace = Pace::new(f64::INFINITY, start);
        let mut service = Service::new(20);
        service.arrived.extend(vec![Duration::ZERO; others]);
        let time = run(&mut pace, start, &mut service, 100, most, near);
        (time.as_secs_f64(), service.refused)
    }

    #[test]
    fn a_refusal_because_of_others_does_not_slow_a_client_for_long() {
        for most in [1, 8, 32] {
            for others in [0, 12, 18, 20] {
                let (seconds, refused) = a_hundred_after(others, most);
                // Of these, 1 is the pause, and 1 the first at 10 per second.
                let longest = if others == 0 { 5.1 } else { 7.5 };
                assert!(
                    seconds < longest && refused < 40,
                    "{others} before, {most} at once: {seconds} s, {refused} refused"
                );
            }
        }
    }

    #[test]
    fn a_client_that_is_refused_because_of_others_takes_no_more_than_it_can_get() {
        let start = Instant::now();
        let mut pace = Pace::new(f64::INFINITY, start);
        // 2 per second are left.
        let mut service = Service::new(2);
        service.arrived.extend([Duration::ZERO; 2]);
        let time = run(&mut pace, start, &mut service, 30, 8, near);
        assert!(time < 25 * SECOND, "{time:?}");
        assert!(service.refused < 20, "{}", service.refused);
    }

    #[test]
    fn a_service_that_counts_by_the_minute_is_not_asked_for_more_each_second() {
        let start = Instant::now();
        let mut pace = Pace::new(f64::INFINITY, start);
        pace.refused(start, MINUTE, start);
        assert!((pace.rate() - LEAST).abs() < 1e-9, "{}", pace.rate());
        accept(&mut pace, start + MINUTE, MINUTE);
        assert!((pace.rate() - LEAST).abs() < 1e-9, "{}", pace.rate());
        accept(&mut pace, start + 2 * MINUTE, MINUTE);
        assert!((pace.rate() - 2.0 * LEAST).abs() < 0.1, "{}", pace.rate());
    }

    #[test]
    fn a_client_alone_finds_the_limit_of_a_service_that_counts_by_the_minute() {
        for per_minute in [100, 600] {
            let start = Instant::now();
            let mut pace = Pace::new(f64::INFINITY, start);
            let mut service = Service::new(per_minute);
            service.window = MINUTE;
            let calls = u32::try_from(per_minute).expect("few") * 6;
            let time = run(&mut pace, start, &mut service, calls, 1, near);
            assert!(
                service.refused < 4 && time < 490 * SECOND,
                "{per_minute}: {time:?}, {} refused",
                service.refused
            );
        }
    }

    #[test]
    fn a_lowered_rate_grows_back_to_the_limit() {
        let start = Instant::now();
        let mut pace = Pace::new(500.0, start);
        for _ in 0..300 {
            pace.accepted(start);
        }
        assert_eq!(pace.refused(start, SECOND, start), Some(300.0));
        assert!(pace.rate() < 298.0);
        assert_eq!(pace.ready(start + SECOND / 2), Ready::At(start + SECOND));
        accept(&mut pace, start + SECOND, SECOND * 19);
        assert!(pace.rate() < 298.0);
        accept(&mut pace, start + HOLD, MINUTE);
        assert!((pace.rate() - 500.0).abs() < 0.1);
    }

    /// The service accepts as many as the rate allows, for this time.
    fn accept(pace: &mut Pace, from: Instant, time: Duration) {
        let mut now = from;
        while now < from + time {
            pace.accepted(now);
            now += seconds(1.0 / pace.rate());
        }
    }

    #[test]
    fn a_client_that_sends_nothing_keeps_its_lowered_rate() {
        for accepted in [0, 9, 10, 300] {
            for pause in [SECOND, MINUTE] {
                let start = Instant::now();
                let mut pace = Pace::new(f64::INFINITY, start);
                for _ in 0..accepted {
                    pace.accepted(start);
                }
                pace.refused(start, pause, start);
                let lowered = pace.rate();
                for idle in [11, 30, 3_600, 24 * 3_600] {
                    let now = start + idle * SECOND;
                    pace.ready(now);
                    pace.accepted(now);
                    assert!((pace.rate() - lowered).abs() < 1e-9, "{}", pace.rate());
                }
            }
        }
    }

    #[test]
    fn a_rate_that_is_not_used_does_not_grow() {
        let start = Instant::now();
        let mut pace = Pace::new(f64::INFINITY, start);
        pace.refused(start, SECOND, start);
        for tenth in 10..600 {
            pace.accepted(start + tenth * SECOND / 10);
        }
        // 10 per second were accepted.
        assert!(pace.rate() <= 20.0 + 1e-9, "{}", pace.rate());
    }

    #[test]
    fn a_rate_that_was_found_is_not_forgotten_after_a_refusal_because_of_others() {
        let mut now = Instant::now();
        let mut pace = Pace::new(f64::INFINITY, now);
        for _ in 0..100 {
            pace.accepted(now);
        }
        pace.refused(now, SECOND, now);
        now += 10 * SECOND;
        pace.refused(now, SECOND, now);
        assert!((pace.rate() - 49.5).abs() < 1e-9, "{}", pace.rate());
        accept(&mut pace, now + SECOND, 3 * SECOND);
        assert!((pace.rate() - 99.0).abs() < 1.5, "{}", pace.rate());
        accept(&mut pace, now + 4 * SECOND, 3 * SECOND);
        assert!(pace.rate() < 105.0, "{}", pace.rate());
    }

    #[test]
    fn requests_of_the_old_rate_lower_it_once() {
        let start = Instant::now();
        let mut pace = Pace::new(100.0, start);
        let later = start + Duration::from_millis(10);
        assert!(pace.refused(start, SECOND, later).is_some());
        let lowered = pace.rate();
        assert!(pace.refused(start, SECOND, later + SECOND).is_none());
        assert!((pace.rate() - lowered).abs() < 1e-9);
        assert!(
            pace.refused(later + SECOND, SECOND, later + 2 * SECOND)
                .is_some()
        );
        assert!(pace.rate() < lowered);
    }

    #[test]
    fn a_service_that_counts_by_the_minute_is_found_too() {
        let start = Instant::now();
        let mut pace = Pace::new(f64::INFINITY, start);
        for _ in 0..600 {
            pace.accepted(start);
        }
        pace.refused(start, MINUTE, start + SECOND / 2);
        assert!((pace.rate() - 9.8).abs() < 0.1, "{}", pace.rate());
    }

    #[test]
    fn a_fraction_of_a_request_per_second_is_a_request_in_several() {
        let start = Instant::now();
        let mut pace = Pace::new(0.5, start);
        assert_eq!(pace.ready(start), Ready::Now);
        let number = pace.take();
        pace.sent(number, start);
        pace.ended(number, start);
        let Ready::At(next) = pace.ready(start) else {
            panic!("a wait");
        };
        let wait = next - start;
        assert!(wait >= 2 * SECOND && wait < 2 * SECOND + Duration::from_millis(260));
    }

    #[test]
    fn a_pause_and_a_lower_rate_withdraw_what_is_not_sent() {
        let start = Instant::now();
        let mut pace = Pace::new(f64::INFINITY, start);
        let permits = [(); 1_000].map(|()| pace.take());
        assert!(pace.sent(permits[0], start));
        pace.refused(start, SECOND, start + SECOND / 10);
        let after = start + 2 * SECOND;
        assert!(permits[1..].iter().all(|&permit| !pace.sent(permit, after)));
        // They do not fill the window, nor are they given back twice.
        pace.ended(permits[0], start + SECOND / 10);
        assert_eq!(pace.ready(after), Ready::Now);
        assert!(!pace.give_back(permits[1]));
        let permit = pace.take();
        assert!(pace.sent(permit, after));
    }

    #[test]
    fn refusals_lower_the_rate_to_one_per_second_or_to_the_lower_limit_of_the_user() {
        for (most, least) in [(f64::INFINITY, 1.0), (500.0, 1.0), (0.25, 0.25)] {
            let start = Instant::now();
            let mut pace = Pace::new(most, start);
            for number in 0..2_000 {
                let now = start + number * SECOND;
                pace.refused(now, SECOND, now);
            }
            assert!((pace.rate() - least).abs() < 1e-9, "{}", pace.rate());
        }
    }

    #[test]
    fn no_rate_and_no_pause_is_too_long_for_the_clock() {
        let start = Instant::now();
        for most in [f64::MIN_POSITIVE, 1e-18, 1e-9] {
            let mut pace = Pace::new(most, start);
            let permit = pace.take();
            pace.sent(permit, start);
            pace.ended(permit, start);
            assert!(matches!(pace.ready(start), Ready::At(_)));
            pace.refused(start, Duration::MAX, start);
            assert!(matches!(pace.ready(start), Ready::At(_)));
        }
    }

    proptest! {
        #[test]
        fn no_second_has_more_arrivals_than_the_limit(
            most in 1_u32..300,
            delays in prop::collection::vec(0_u64..40, 1..50),
        ) {
            let start = Instant::now();
            let mut pace = Pace::new(f64::from(most), start);
            let mut service = Service::new(most as usize);
            // One of the first shows how near the service is.
            let latency = |number: u32| match number {
                3 => Duration::from_millis(5),
                _ => Duration::from_millis(5 + delays[number as usize % delays.len()]),
            };
            run(&mut pace, start, &mut service, (most * 4).min(300), 1_000, latency);
            prop_assert_eq!(service.refused, 0);
        }
    }
}
