//! The trace that is active in OpenTelemetry.

use ::opentelemetry::Context;
use ::opentelemetry::trace::{
    FutureExt, SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState,
};
use hundredms::CallOptions;

use super::client_at;
use crate::queue::{Queue, Reply};

#[tokio::test]
async fn a_call_belongs_to_the_span_that_is_active_unless_another_is_named() {
    let queue = Queue::start((0..3).map(|_| Reply::json(404, "{}"))).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let span = Context::new().with_remote_span_context(SpanContext::new(
        TraceId::from(0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c),
        SpanId::from(0xb7ad_6b71_6920_3331),
        TraceFlags::SAMPLED,
        true,
        TraceState::from_key_value([("vendor", "1")]).expect("a state"),
    ));
    let named = "00-0af7651916cd43dd8448eb211c80319d-b7ad6b7169203332-00";
    let get = |options: CallOptions| {
        let client = client.clone();
        async move {
            let found = client.call("rooms.get", br#"{"room_id":"1"}"#, &options);
            found.await.expect_err("no room")
        }
    };
    get(CallOptions::default()).await;
    get(CallOptions::default()).with_context(span.clone()).await;
    let mut options = CallOptions::default();
    options.traceparent = Some(named.to_owned());
    get(options).with_context(span).await;
    let sent = |header: &'static str| -> Vec<_> {
        let asked = queue.asked().into_iter();
        asked
            .map(|asked| asked.header(header).map(str::to_owned))
            .collect()
    };
    let active = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    assert_eq!(
        sent("traceparent"),
        [None, Some(active.to_owned()), Some(named.to_owned())]
    );
    assert_eq!(
        sent("tracestate"),
        [None, Some("vendor=1".to_owned()), None]
    );
}
