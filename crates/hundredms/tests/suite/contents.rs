//! Jobs that read files of recordings: what they ask of a storage, and what they read there.

use std::time::Duration;

use hundredms::jobs::assets::WaitForRecordingAssets;
use hundredms::jobs::contents::{FetchChat, FetchTranscript};
use hundredms::resources::recording_assets::PresignRecordingAsset;
use hundredms::resources::recordings::{StartRecording, TranscriptFormat, TranscriptionConfig};
use hundredms::resources::rooms::CreateRoom;
use hundredms::{Client, ErrorKind, reqwest};
use hundredms_sandbox::JoinPeer;
use serde_json::json;

use crate::checked::Checked;
use crate::queue::{Queue, Reply};
use crate::{client_at, client_of};

const TRANSCRIPT: &str = r#"{"words":[],"sentences":[{"sentence":"Hi.","name":"Ada","peer_id":"p","start_time":"0","end_time":"900"}]}"#;

/// A service that knows one recording with a transcript, whose links lead to `storage`. Each link is new.
async fn service(storage: &Queue, links: usize) -> Queue {
    let asset = json!({
        "id": "asset", "type": "transcript", "status": "completed", "created_at": "2024-05-01T10:00:00Z",
        "metadata": {"output_mode": "json"},
    });
    let recording = json!({
        "id": "job", "room_id": "room", "session_id": "session", "status": "completed", "meeting_url": "", "started_by": "",
        "stopped_by": "", "asset_types": ["transcript"], "recording_assets": [asset],
    });
    let link = |number| {
        let url = format!("http://{}/file?signature={number}", storage.address());
        let link = json!({"id": "asset", "path": "s3://b/file.json", "url": url, "expiry": 60});
        Reply::json(200, &link.to_string())
    };
    let replies = [Reply::json(200, &recording.to_string())];
    Queue::start(replies.into_iter().chain((0..links).map(link))).await
}

fn client(service: &Queue) -> Client {
    client_at(&service.url()).build().expect("a client")
}

#[tokio::test]
async fn a_storage_gets_neither_token_nor_old_links_and_is_tried_again() {
    let storage = Queue::start([
        Reply::json(403, "<Error><Code>AccessDenied</Code></Error>"),
        Reply::CutShort(TRANSCRIPT.to_owned()),
        Reply::json(503, "").with("retry-after", "0"),
        Reply::json(200, TRANSCRIPT),
    ])
    .await;
    let service = service(&storage, 4).await;
    let wanted = FetchTranscript::new().recording_id("job");
    let client = client(&service);
    let job = client.recordings().transcript(wanted).max_retries(3);
    let transcript = job.await.expect("a transcript");
    assert_eq!(transcript.sentences[0].sentence, "Hi.");

    let asked = storage.asked();
    let targets: Vec<&str> = asked.iter().map(|asked| asked.target.as_str()).collect();
    let numbered: Vec<String> = (0..4).map(|n| format!("/file?signature={n}")).collect();
    assert_eq!(targets, numbered);
    for asked in &asked {
        assert_eq!(asked.method, "GET");
        assert_eq!(asked.header("authorization"), None);
        let agent = asked.header("user-agent").expect("a user agent");
        assert!(agent.starts_with("hundredms/"), "{agent}");
    }
}

#[tokio::test]
async fn the_error_of_a_storage_names_neither_link_nor_contents() {
    for (reply, kind, status) in [
        (
            Reply::json(
                404,
                "<Error><Code>NoSuchKey</Code><Key>secret-key</Key></Error>",
            ),
            ErrorKind::NotFound,
            Some(404),
        ),
        (Reply::Garbage, ErrorKind::Connection, None),
        (Reply::json(200, "secret-key"), ErrorKind::Decode, None),
    ] {
        let storage = Queue::start([reply]).await;
        let service = service(&storage, 1).await;
        let wanted = FetchTranscript::new().recording_id("job");
        let client = client(&service);
        let job = client.recordings().transcript(wanted).max_retries(0);
        let error = job.await.expect_err("no transcript");
        let told = format!("{error} {error:?} {}", error.to_json());
        assert_eq!((error.kind(), error.status()), (kind, status), "{told}");
        assert_eq!(error.operation(), Some("recordings.transcript"), "{told}");
        let address = storage.address().to_string();
        assert!(
            ["signature", "secret-key", &address]
                .iter()
                .all(|it| !told.contains(it)),
            "{told}"
        );
        assert_eq!(storage.asked().len(), 1);
    }
}

#[tokio::test]
async fn a_storage_that_always_breaks_at_the_same_place_is_given_up() {
    let storage = Queue::start((0..10).map(|_| Reply::CutShort(TRANSCRIPT.to_owned()))).await;
    let service = service(&storage, 10).await;
    let wanted = FetchTranscript::new().recording_id("job");
    let client = client(&service);
    let job = client.recordings().transcript(wanted).max_retries(2);
    let error = job.await.expect_err("no transcript");
    assert_eq!(error.kind(), ErrorKind::Connection, "{error}");
    assert_eq!(storage.asked().len(), 3);
}

#[tokio::test]
async fn a_job_that_is_dropped_closes_the_connection_to_the_storage() {
    let storage = Queue::start([Reply::Hang]).await;
    let service = service(&storage, 1).await;
    let wanted = FetchTranscript::new().recording_id("job");
    let client = client(&service);
    let job = tokio::spawn(async move { client.recordings().transcript(wanted).await });
    storage.hanging().await;
    job.abort();
    tokio::time::timeout(Duration::from_secs(5), storage.closed())
        .await
        .expect("it is closed at once");
}

#[tokio::test]
async fn exports_of_a_transcript_are_the_files_that_the_service_makes() {
    let sandbox = Checked::start().await;
    let client = client_of(&sandbox).build().expect("a client");
    let room = client.rooms().create(CreateRoom::new().name("n")).await;
    let room = room.expect("a room");
    for (role, name) in [("host", "Ada"), ("guest", "Grace")] {
        let peer = JoinPeer::with_role(&room.id, role).name(name);
        sandbox.join_peer(&peer).expect("a peer");
    }
    let start = StartRecording::new(&room.id)
        .meeting_url("https://meet.example/r")
        .transcription(TranscriptionConfig::new().enabled(true));
    let recording = client.recordings().start(start).await.expect("a recording");
    sandbox
        .advance_clock(Duration::from_secs(30))
        .expect("time");
    client
        .recordings()
        .stop(&recording.id)
        .await
        .expect("a stop");
    let all = WaitForRecordingAssets::new().session_id(&recording.session_id);
    let assets = client.recording_assets().wait(all).await.expect("assets");
    assert_eq!(assets.len(), 5);

    let wanted = FetchTranscript::new().session_id(&recording.session_id);
    let transcript = client.recordings().transcript(wanted).await;
    let transcript = transcript.expect("a transcript");
    let mut compared = 0;
    for asset in assets {
        let mode = asset.metadata.and_then(|metadata| metadata.output_mode);
        let own = match mode {
            Some(TranscriptFormat::Srt) => transcript.to_srt(),
            Some(TranscriptFormat::Txt) => transcript.to_text(),
            _ => continue,
        };
        let link = PresignRecordingAsset::new(&asset.id);
        let link = client.recording_assets().presigned_url(link).await;
        let file = reqwest::get(link.expect("a link").url.expose()).await;
        let file = file.expect("a file").text().await.expect("a text");
        assert_eq!(own, file);
        compared += 1;
    }
    assert_eq!(compared, 2);
    let chat = FetchChat::new().recording_id(&recording.id);
    let chat = client.recordings().chat(chat).await.expect("a chat");
    assert_eq!(chat, []);
    sandbox.finish();
}
