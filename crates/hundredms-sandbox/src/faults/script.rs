//! The fault rules of a sandbox, with their counts, and the tokens that it has accepted.

use std::collections::HashSet;

use fastrand::Rng;
use hyper::http::request::Parts;
use sha2::{Digest as _, Sha256};

use crate::{
    api_response::ApiError,
    faults::{
        accept_gate::AcceptGate,
        fault::{Fault, FaultMatch, FaultReport, FaultTrigger},
        injected_fault::InjectedFault,
    },
    limits, reading,
};

/// A request can carry a fault in this header, as JSON. It affects only that request.
const HEADER: &str = "x-sandbox-fault";

/// Maximum number of remembered tokens that can be expired.
const REMEMBERED: usize = 10_000;

/// The fault rules and their state.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    rules: Vec<Rule>,
    /// The length of the rules as JSON.
    bytes: usize,
    made: u64,
    pub(crate) tokens: AcceptedTokens,
    pub(crate) gate: AcceptGate,
}

#[derive(Debug)]
struct Rule {
    report: FaultReport,
    chance: Rng,
}

impl Faults {
    /// Add a fault rule at the end and return its number. `None` if there are too many.
    pub(crate) fn add(&mut self, fault: Fault) -> Option<u64> {
        let bytes = serde_json::to_vec(&fault).map_or(0, |text| text.len());
        if self.rules.len() == limits::FAULTS || self.bytes + bytes > limits::FAULTS_BYTES {
            return None;
        }
        self.bytes += bytes;
        self.made += 1;
        let seed = match fault.on {
            FaultTrigger::Share { seed, .. } => seed,
            _ => 0,
        };
        self.rules.push(Rule {
            report: FaultReport {
                id: self.made,
                fault,
                matched: 0,
                fired: 0,
            },
            chance: Rng::with_seed(seed),
        });
        Some(self.made)
    }

    pub(crate) fn reports(&self) -> impl Iterator<Item = &FaultReport> {
        self.rules.iter().map(|rule| &rule.report)
    }

    /// Remove all fault rules. Expired tokens become valid again, and connections are accepted again.
    pub(crate) fn clear(&mut self) {
        self.rules.clear();
        self.bytes = 0;
        self.gate.open();
        self.tokens = AcceptedTokens::default();
    }

    /// Return the faults that affect a request for an operation, if any. Fails if the fault in its header is invalid.
    pub(crate) fn inject(
        &mut self,
        parts: &Parts,
        operation: Option<&str>,
    ) -> Result<Option<InjectedFault>, ApiError> {
        let mut injected: Option<InjectedFault> = None;
        for rule in &mut self.rules {
            if rule.affects(operation, parts.method.as_str(), parts.uri.path()) {
                let effect = rule.report.fault.effect.clone();
                InjectedFault::add(&mut injected, rule.report.id, effect);
            }
        }
        if let Some(header) = parts.headers.get(HEADER) {
            let fault: Fault = reading::json(header.as_bytes())
                .and_then(|fault| reading::object(&fault))
                .map_err(|error| bad_header(&error.to_string()))?;
            if fault.matching != FaultMatch::default() || fault.on != FaultTrigger::default() {
                return Err(bad_header(
                    "a fault in the header affects only its own request: remove `match` and `on`",
                ));
            }
            // Without `match`, it names no operation.
            match fault.problem(|_| None) {
                Some(problem) => return Err(bad_header(&problem)),
                None => InjectedFault::add(&mut injected, 0, fault.effect),
            }
        }
        Ok(injected)
    }
}

fn bad_header(why: &str) -> ApiError {
    ApiError::bad_request("The header x-sandbox-fault is invalid").detail(why)
}

impl Rule {
    fn affects(&mut self, operation: Option<&str>, method: &str, path: &str) -> bool {
        let report = &mut self.report;
        if !report.fault.matching.fits(operation, method, path) {
            return false;
        }
        report.matched += 1;
        let affects = match report.fault.on {
            FaultTrigger::Every => true,
            FaultTrigger::Nth { nth } => report.matched == nth,
            FaultTrigger::First { first } => report.matched <= first,
            FaultTrigger::Share { share, .. } => self.chance.f64() < share,
        };
        report.fired += u64::from(affects);
        affects
    }
}

/// The accepted tokens, as in the header, so that they can be expired.
#[derive(Debug, Default)]
pub(crate) struct AcceptedTokens {
    /// Nearly all requests have the same token.
    last: String,
    accepted: HashSet<Digest>,
    expired: HashSet<Digest>,
}

/// The SHA-256 of a token, which may be long.
type Digest = [u8; 32];

fn digest(token: &str) -> Digest {
    Sha256::digest(token.as_bytes()).into()
}

impl AcceptedTokens {
    /// Accept an otherwise valid token, unless it is expired.
    pub(crate) fn admit(&mut self, authorization: Option<&str>) -> Result<(), ApiError> {
        let Some(token) = authorization else {
            return Ok(());
        };
        if self.last == token {
            return Ok(());
        }
        let digest = digest(token);
        if self.expired.contains(&digest) {
            return Err(ApiError::token("token is expired"));
        }
        if self.accepted.len() == REMEMBERED {
            self.accepted.clear();
        }
        self.accepted.insert(digest);
        token.clone_into(&mut self.last);
        Ok(())
    }

    /// Expire all accepted tokens, including this one.
    pub(crate) fn expire(&mut self, authorization: Option<&str>) {
        if self.expired.len() >= REMEMBERED {
            self.expired.clear();
        }
        self.last.clear();
        self.expired.extend(self.accepted.drain());
        self.expired.extend(authorization.map(digest));
    }
}
