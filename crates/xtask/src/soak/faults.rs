//! The faults: five of a hundred requests fail, in every possible way.

use std::time::Duration;

use hundredms_sandbox::{Disconnect, Fault, FaultEffect};
use serde_json::json;

/// The faults, each with its share of the requests.
pub(super) fn faults() -> Vec<Fault> {
    let status = |status| FaultEffect::new().status(status).retry_after(0);
    let lost = |how| FaultEffect::new().disconnect(how);
    let ms = Duration::from_millis;
    let effects = [
        (0.007, status(503)),
        (0.007, status(429)),
        (0.004, status(504).apply()),
        (0.004, lost(Disconnect::CloseBefore)),
        (0.004, lost(Disconnect::CloseAfter)),
        (0.004, lost(Disconnect::ResetBefore)),
        (0.004, lost(Disconnect::ResetAfter)),
        (0.004, FaultEffect::new().cut_body(20)),
        (0.004, FaultEffect::new().drip(64, ms(5))),
        (0.003, FaultEffect::new().delay_answer(ms(50))),
        (0.002, FaultEffect::new().body("<html>hello</html>")),
        (
            0.002,
            FaultEffect::new().body(json!({"id": [1], "name": 7})),
        ),
        // These two affect more than one request: every running call has an old token, or no connection.
        (0.0009, FaultEffect::new().expire_tokens()),
        (0.0001, FaultEffect::new().refuse_connections(ms(20))),
    ];
    let seeded = effects.into_iter().zip(1..);
    seeded
        .map(|((share, effect), seed)| Fault::new(effect).share(share, seed))
        .collect()
}

/// Report if the number of faults is far from five of a hundred.
pub(super) fn amiss(injected: u64, requests: u64) -> Option<String> {
    let is_right = injected * 100 >= requests * 4 && injected * 100 <= requests * 6;
    (requests == 0 || !is_right)
        .then(|| format!("{injected} faults of {requests} requests are not 4 to 6 of a hundred"))
}

#[cfg(test)]
mod tests {
    use hundredms_sandbox::FaultTrigger;

    use super::*;

    #[test]
    fn five_of_a_hundred_go_wrong() {
        let share = |fault: &Fault| match fault.on {
            FaultTrigger::Share { share, .. } => share,
            _ => panic!("{fault:?} has no share"),
        };
        let all: f64 = faults().iter().map(share).sum();
        assert!((all - 0.05).abs() < 1e-9, "{all}");
    }

    #[test]
    fn too_few_faults_and_too_many_are_amiss() {
        assert_eq!(amiss(50, 1000), None);
        assert_eq!((amiss(40, 1000), amiss(60, 1000)), (None, None));
        for (injected, requests) in [(39, 1000), (61, 1000), (0, 1000), (0, 0)] {
            assert!(amiss(injected, requests).is_some(), "{injected} {requests}");
        }
    }
}
