//! Deliberate faults of deliveries: duplicates, late ones, lost ones.

use fastrand::Rng;

/// What happens to one delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultAction {
    None,
    /// Send this many copies in total.
    Duplicate(u32),
    /// Send this many later deliveries first.
    Reorder(u32),
    Drop,
}

/// A rule, with how often it may still apply and its own random source.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) action: FaultAction,
    /// The only type of event it applies to.
    pub(crate) event_type: Option<String>,
    /// How many more deliveries it applies to. `None` for no limit.
    pub(crate) next: Option<u32>,
    /// The share of deliveries it applies to, from 0 to 1.
    pub(crate) share: Option<f64>,
    pub(crate) random: Rng,
}

impl Rule {
    /// Whether it applies to the next delivery of an event of this type. Counts those it applies to.
    fn applies(&mut self, event_type: &str) -> bool {
        if self
            .event_type
            .as_ref()
            .is_some_and(|only| only != event_type)
            || self.next == Some(0)
        {
            return false;
        }
        if self.share.is_some_and(|share| self.random.f64() >= share) {
            return false;
        }
        if let Some(next) = &mut self.next {
            *next -= 1;
        }
        true
    }
}

/// The rules in force. The first that applies decides alone.
#[derive(Debug, Default)]
pub(crate) struct Faults(pub(crate) Vec<Rule>);

impl Faults {
    /// Decide about a delivery of an event of this type.
    pub(crate) fn decide(&mut self, event_type: &str) -> FaultAction {
        let Self(rules) = self;
        let rule = rules
            .iter_mut()
            .find_map(|rule| rule.applies(event_type).then_some(rule.action));
        rule.unwrap_or(FaultAction::None)
    }
}
