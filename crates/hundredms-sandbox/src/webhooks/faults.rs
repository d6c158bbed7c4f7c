//! What goes wrong with webhooks on purpose: copies, late ones, lost ones.

use crate::control::{WebhookFault, WebhookFaultKind};

/// What happens to one delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Sent,
    /// So many times in all.
    Copied(u32),
    /// After so many later ones.
    Held(u32),
    Lost,
}

/// The faults that are set, each with how often it may still strike and its own random source.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    set: Vec<(WebhookFault, fastrand::Rng)>,
}

impl Faults {
    pub(crate) fn new(faults: Vec<WebhookFault>) -> Self {
        let random = |fault: &WebhookFault| fastrand::Rng::with_seed(fault.seed.unwrap_or(0));
        let set = faults.into_iter();
        Self {
            set: set
                .map(|fault| (random(&fault), fault))
                .map(|(random, fault)| (fault, random))
                .collect(),
        }
    }

    /// Decides about a delivery; the first fault that strikes does so alone.
    pub(crate) fn decide(&mut self, kind: &str) -> Fate {
        for (fault, random) in &mut self.set {
            if fault.event_type.as_ref().is_some_and(|only| only != kind) || fault.next == Some(0) {
                continue;
            }
            if fault.share.is_some_and(|share| random.f64() >= share) {
                continue;
            }
            if let Some(next) = &mut fault.next {
                *next -= 1;
            }
            return match fault.fault {
                WebhookFaultKind::Duplicate => Fate::Copied(fault.copies.unwrap_or(2)),
                WebhookFaultKind::Reorder => Fate::Held(fault.behind.unwrap_or(1)),
                WebhookFaultKind::Drop => Fate::Lost,
            };
        }
        Fate::Sent
    }
}
