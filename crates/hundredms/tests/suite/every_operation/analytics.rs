//! Analytics: events of a room, the quality of a peer, and the log of webhooks.

use std::time::Duration;

use hundredms::resources::analytics::{
    AnalyticsEvent, AnalyticsEventType, AnalyticsWebhookEvent, DeliveryStatus, GetPeerQualityStats,
    ListAnalyticsEvents, ListWebhookEvents, ReplayWebhookEvents, WebhookEventName,
    WebhookReplayStart, WebhookReplayState,
};
use hundredms::resources::recordings::StartRecording;
use hundredms::resources::rooms::Room;
use hundredms_sandbox::{ClientError, FailedDelivery, LeavePeer, PublishTrack, WebhookTarget};
use jiff::{SignedDuration, Timestamp};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::{MEETING_URL, Stage};

const ERRORS: [&str; 5] = [
    "client.publish.failed",
    "client.subscribe.failed",
    "client.join.failed",
    "client.disconnected",
    "client.connect.failed",
];

pub(super) async fn tell(stage: &Stage) {
    let room = stage.room().await;
    events(stage, &room).await;
    webhooks(stage, &room.id).await;
}

async fn events(stage: &Stage, room: &Room) {
    let analytics = stage.client.analytics();
    let sandbox = &stage.sandbox;
    let ada = stage.join(room, "host", "ada");
    let ben = stage.join(room, "host", "ben");
    for track in [
        PublishTrack::video(&ada.id),
        PublishTrack::screen(&ada.id),
        PublishTrack::audio(&ben.id),
    ] {
        sandbox.publish_track(&track).expect("a track");
    }
    let track = sandbox.publish_track(&PublishTrack::audio(&ada.id));
    let track = track.expect("a track");
    sandbox.mute_track(&track.id, true).expect("the track");
    sandbox.unpublish_track(&track.id).expect("the track");
    for kind in ERRORS {
        let error = ClientError::new(&room.id, kind).peer_id(&ada.id);
        sandbox.report_client_error(&error).expect("an error");
        let stranger = ClientError::new(&room.id, kind).error(4006, "ICEDisconnected");
        sandbox.report_client_error(&stranger).expect("an error");
    }
    let recording = StartRecording::new(&room.id).meeting_url(MEETING_URL);
    let recordings = stage.client.recordings();
    let recording = recordings.start(recording).await.expect("a recording");
    stage.pass(60);
    recordings.stop(&recording.id).await.expect("a stop");
    stage.pass(600);

    let all = analytics.list_events(ListAnalyticsEvents::new(&room.id));
    let all = all.collect().await.expect("events");
    assert!(
        !all.iter()
            .any(|event| matches!(event, AnalyticsEvent::Unknown(_)))
    );
    let count = |is: fn(&AnalyticsEvent) -> bool| all.iter().filter(|event| is(event)).count();
    assert_eq!(count(|event| matches!(event, AnalyticsEvent::Track(_))), 6);
    assert_eq!(
        count(|event| matches!(event, AnalyticsEvent::Recording(_))),
        1
    );
    assert_eq!(all.len(), 6 + 1 + 2 * ERRORS.len());
    let few = ListAnalyticsEvents::new(&room.id)
        .r#type([
            AnalyticsEventType::ClientJoinFailed,
            AnalyticsEventType::ClientDisconnected,
        ])
        .session_id(&ada.session_id)
        .peer_id(&ada.id)
        .user_id("ada")
        .error(true)
        .limit(1);
    let few = analytics.list_events(few).collect().await.expect("events");
    assert_eq!(few.len(), 2, "over two pages");
    let beam = analytics.list_events(ListAnalyticsEvents::new(&room.id).beam_id("none"));
    assert!(beam.collect().await.expect("events").is_empty());

    for peer in [&ada, &ben] {
        let leave = LeavePeer::new(&peer.id);
        sandbox.leave_peer(&leave).expect("a leaver");
    }
    for peer in [&ada, &ben] {
        let stats = GetPeerQualityStats::new(&peer.id, &peer.session_id);
        let stats = analytics.peer_quality_stats(stats).await.expect("series");
        assert_eq!(stats.publisher.video.len(), 1, "{stats:?}");
    }
}

async fn webhooks(stage: &Stage, room: &str) {
    let analytics = stage.client.analytics();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0");
    let listener = listener.await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
                .await;
        }
    });
    let webhook = WebhookTarget::new(format!("http://{address}/"));
    stage.sandbox.set_webhook(&webhook).expect("a webhook");
    let fail = |delivery| {
        let recorded = stage.sandbox.record_failed_delivery(&delivery);
        recorded.expect("a delivery").event_id
    };
    fail(
        FailedDelivery::new(room, "peer.leave.success")
            .data(serde_json::json!({"peer_id": "p"}))
            .error_reason("status 500"),
    );
    let stubborn = fail(FailedDelivery::new(room, "recording.failed").fails_again());
    let now: Timestamp = stage.sandbox.clock().now.parse().expect("a time");
    let (from, to) = (
        now - SignedDuration::from_hours(1),
        now + SignedDuration::from_hours(1),
    );
    let names = [
        WebhookEventName::PeerLeaveSuccess,
        WebhookEventName::RecordingFailed,
    ];
    let failed = ListWebhookEvents::new()
        .start_time(from)
        .end_time(to)
        .room_id(room)
        .status(DeliveryStatus::Failed)
        .event_names(names.clone())
        .limit(1);
    let failed = analytics.list_webhook_events(failed).collect().await;
    assert_eq!(failed.expect("deliveries").len(), 2, "over two pages");

    let replay = analytics
        .replay_webhook_events(
            ReplayWebhookEvents::new()
                .start_time(from)
                .end_time(to)
                .room_id(room)
                .event_names(names)
                .limit(100)
                .offset(0)
                .status(DeliveryStatus::Failed),
        )
        .await
        .expect("a replay");
    assert_eq!(replay.status, WebhookReplayStart::Started);
    let look = || analytics.get_webhook_replay(&replay.workflow_id);
    let running = look().await.expect("the replay");
    assert_eq!(
        (running.status, running.result),
        (WebhookReplayState::Running, None)
    );
    stage.pass(10);
    let settled = stage.sandbox.settle_webhooks(Duration::from_secs(10));
    settled.await.expect("all attempted");
    let done = look().await.expect("the replay");
    assert_eq!(done.status, WebhookReplayState::CompletedWithFailures);
    assert_eq!(done.result.expect("counts").failed_events, [stubborn]);
    let all = ListWebhookEvents::new()
        .room_id(room)
        .status(DeliveryStatus::All);
    let all = analytics.list_webhook_events(all).collect().await;
    let sent = |event: &AnalyticsWebhookEvent| {
        event.event_name.as_str() == "reporter.webhook.delivery.success"
    };
    assert_eq!(
        all.expect("deliveries")
            .iter()
            .filter(|event| sent(event))
            .count(),
        1
    );
}
