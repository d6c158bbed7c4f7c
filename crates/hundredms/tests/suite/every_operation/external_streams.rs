//! External streams.

use hundredms::Secret;
use hundredms::resources::external_streams::{ListExternalStreams, StartExternalStream};
use hundredms::resources::recordings::{MediaJobStatus, Resolution};

use super::{MEETING_URL, Stage};

pub(super) async fn tell(stage: &Stage) {
    let streams = stage.client.external_streams();
    let room = stage.room().await;
    stage.join(&room, "host", "ada");
    let target = || vec![Secret::from("rtmps://live.example.org/app/not-real")];
    let started = streams
        .start(
            StartExternalStream::new(&room.id, target())
                .meeting_url(MEETING_URL)
                .recording(true)
                .resolution(Resolution::new(720, 1280)),
        )
        .await
        .expect("a stream");
    assert_eq!((&started.rtmp_urls, started.recording), (&target(), true));
    stage.pass(60);
    let running = ListExternalStreams::new()
        .room_id(&room.id)
        .session_id(&started.session_id)
        .status(MediaJobStatus::Running)
        .limit(10);
    let running = streams.list(running).collect().await.expect("streams");
    assert_eq!(running.len(), 1);
    streams.stop(&started.id).await.expect("a stop");
    stage.pass(600);
    let done = streams.get(&started.id).await.expect("the stream");
    assert_eq!(done.status, MediaJobStatus::Completed);
    assert!(!done.recording_assets.is_empty());

    let again = StartExternalStream::new(&room.id, target()).meeting_url(MEETING_URL);
    streams.start(again).await.expect("a stream");
    stage.pass(5);
    let stopped = streams.stop_all(&room.id).await.expect("a stop");
    assert_eq!((stopped.data.len(), stopped.error), (1, None));
    let after = ListExternalStreams::new().start(&stopped.data[0].id);
    let after = streams.list(after).collect().await.expect("streams");
    let ids: Vec<_> = after.iter().map(|stream| &stream.id).collect();
    assert_eq!(ids, [&done.id]);
}
