//! [`in_map`]: marks the calls of a run of [`map`](crate::bulk::map), which wait for their turn as long as that takes.

use std::future::Future;

tokio::task_local! {
    static IN_MAP: ();
}

/// Run `call` as one of a run of `map`: waiting for its turn does not count against the timeouts of the calls that it makes.
pub(crate) fn in_map<F: Future>(call: F) -> impl Future<Output = F::Output> {
    IN_MAP.scope((), call)
}

/// Return whether the future that runs now is within [`in_map`].
pub(crate) fn is_in_map() -> bool {
    IN_MAP.try_with(|()| ()).is_ok()
}
