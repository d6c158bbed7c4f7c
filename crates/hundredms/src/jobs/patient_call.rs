//! [`patient_call`]: one of many calls of a job. A service that is busy does not end the job.

use std::time::Duration;

use super::context::JobContext;
use crate::error::{ErrorKind, Result};
use crate::operation::Operation;
use crate::response::Response;
use crate::transport::backoff::jittered;

/// How often a call is made again that was refused with 429 on every attempt of the retry policy.
const MORE_CALLS: u32 = 5;

/// If the service refuses a call without saying for how long.
const PAUSE: Duration = Duration::from_secs(1);

/// Make a call. One that is refused with 429 is made again after the pause that the service asks for, unless the job ends before.
pub(super) async fn patient_call<O: Operation, P>(
    context: &JobContext<P>,
    request: O,
) -> Result<Response<O::Output>> {
    let mut called = context.call_with_response(request.clone()).await;
    for _ in 0..MORE_CALLS {
        let pause = match &called {
            Err(error) if error.kind() == ErrorKind::RateLimited => {
                error.retry_after().unwrap_or(PAUSE)
            }
            _ => break,
        };
        if pause >= context.left()? {
            break;
        }
        let pause = jittered(pause);
        called = context.respond_after(pause, request.clone()).await;
    }
    called
}
