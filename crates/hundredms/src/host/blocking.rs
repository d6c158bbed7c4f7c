//! Work that may take long, away from the thread that serves the connections.

/// Do `work` on a thread that may wait. `None` if the runtime ends before.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Some(done),
        Err(failed) => match failed.try_into_panic() {
            Ok(panicked) => std::panic::resume_unwind(panicked),
            Err(_) => None,
        },
    }
}

/// Do `work` here: there is one thread.
#[cfg(target_arch = "wasm32")]
pub(crate) async fn blocking<T>(work: impl FnOnce() -> T) -> Option<T> {
    Some(work())
}
