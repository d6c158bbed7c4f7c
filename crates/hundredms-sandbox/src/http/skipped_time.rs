//! Time that a waiting client skips: the header `x-sandbox-advance` of a request advances the virtual clock before the request is
//! handled, and `x-sandbox-next-change` of the response says in how many seconds something happens by itself.

use hyper::{HeaderMap, Response, header::HeaderValue};
use jiff::SignedDuration;

use crate::state::State;

const ADVANCE: &str = "x-sandbox-advance";

const NEXT_CHANGE: &str = "x-sandbox-next-change";

/// What happens later than this does not count. A client that waits for a person, as for the end of a recording, waits in real time.
const SOON: SignedDuration = SignedDuration::from_hours(1);

/// The most that one request advances the clock.
const MAX_ADVANCE: f64 = 60.0;

/// Advance the clock as a request asks, if something happens soon.
pub(crate) fn advance(headers: &HeaderMap, state: &mut State) {
    let asked = headers.get(ADVANCE).and_then(|value| value.to_str().ok());
    let seconds: Option<f64> = asked.and_then(|text| text.parse().ok());
    let by = seconds.filter(|seconds| (0.0..=MAX_ADVANCE).contains(seconds) && *seconds > 0.0);
    let by = by.and_then(|seconds| SignedDuration::try_from_secs_f64(seconds).ok());
    if let Some(by) = by.filter(|_| next_change(state).is_some()) {
        state.advance(by);
    }
}

/// Say when something happens next, if the request asks.
pub(crate) fn add_next_change<B>(headers: &HeaderMap, state: &State, response: &mut Response<B>) {
    if !headers.contains_key(ADVANCE) {
        return;
    }
    let seconds = next_change(state).map(|after| after.as_secs_f64().to_string());
    if let Some(value) = seconds.and_then(|text| HeaderValue::try_from(text).ok()) {
        response.headers_mut().insert(NEXT_CHANGE, value);
    }
}

/// Return after what time something happens by itself, if that is soon.
fn next_change(state: &State) -> Option<SignedDuration> {
    let after = state.next_change()?.duration_since(state.now());
    (after <= SOON).then_some(after)
}
