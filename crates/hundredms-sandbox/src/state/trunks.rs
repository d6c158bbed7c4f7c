//! The store of SIP trunks.

use std::collections::BTreeSet;

use crate::ids::ObjectId;

/// The trunks. Nothing ever shows what one was made of, so their ids are enough.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trunks(pub(crate) BTreeSet<ObjectId>);

impl Trunks {
    pub(crate) fn get(&self, id: &str) -> Option<ObjectId> {
        let id = id.parse().ok()?;
        self.0.contains(&id).then_some(id)
    }
}
