//! What one sandbox holds behind its lock: the state, its snapshots and the log.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{faults::Faults, request_log::RequestLog, state::State, tokens::Credentials};

/// The state and what is about the state, which snapshots leave alone.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) state: State,
    pub(crate) log: RequestLog,
    pub(crate) faults: Faults,
    pub(crate) snapshots: BTreeMap<u64, State>,
}

/// The world, shared between the server and the [`Sandbox`](crate::Sandbox).
#[derive(Debug, Clone)]
pub(crate) struct SharedWorld(Arc<Mutex<World>>);

impl SharedWorld {
    pub(crate) fn new(credentials: Credentials) -> Self {
        let world = World {
            state: State::new(credentials),
            log: RequestLog::default(),
            faults: Faults::default(),
            snapshots: BTreeMap::default(),
        };
        Self(Arc::new(Mutex::new(world)))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
