//! Downloads of the files of assets, and streams of them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use hundredms::jobs::download::DownloadAsset;
use hundredms::jobs::download_all::DownloadAssets;
use hundredms::jobs::downloaded::IfExists;
use hundredms::reqwest::header::{HeaderMap, HeaderValue};
use hundredms::reqwest::{self, redirect};
use hundredms::resources::recording_assets::ListRecordingAssets;
use hundredms::resources::recordings::{AssetType, StartRecording};
use hundredms::resources::rooms::CreateRoom;
use hundredms::{Client, ErrorKind};
use hundredms_sandbox::{Fault, FaultEffect, JoinPeer, Sandbox};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::client_at;
use crate::queue::{Queue, Reply};

const SIZE: i64 = 3_000_000;

fn length(bytes: &[u8]) -> i64 {
    i64::try_from(bytes.len()).expect("a small file")
}

/// A folder that is removed with what is in it.
struct Folder(PathBuf);

impl Folder {
    fn create() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("hundredms-downloads-{}-{count}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).expect("a folder");
        Self(path)
    }

    fn names(&self) -> Vec<String> {
        let files = std::fs::read_dir(&self.0).expect("the folder");
        let name = |file: std::io::Result<std::fs::DirEntry>| file.expect("a file").file_name();
        let mut names: Vec<_> = files
            .map(|file| name(file).to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A recorded room with an asset of a few million bytes.
struct Recorded {
    sandbox: Sandbox,
    client: Client,
    room_id: String,
    asset_id: String,
    folder: Folder,
}

impl Recorded {
    async fn new() -> Self {
        let sandbox = Sandbox::start().await.expect("a sandbox");
        let client = client_with(&sandbox, 2);
        let room = client.rooms().create(CreateRoom::new().name("physics-7"));
        let room_id = room.await.expect("a room").id;
        sandbox
            .join_peer(&JoinPeer::with_role(&room_id, "host"))
            .expect("a peer");
        let start = StartRecording::new(&room_id).meeting_url("https://meet.example/stage");
        let recording = client.recordings().start(start).await.expect("a recording");
        sandbox
            .advance_clock(Duration::from_secs(60))
            .expect("a minute");
        let stopped = client.recordings().stop(&recording.id).await;
        stopped.expect("a recording");
        sandbox
            .advance_clock(Duration::from_secs(60))
            .expect("a minute");
        let assets = ListRecordingAssets::new().r#type(AssetType::RoomComposite);
        let assets = client.recording_assets().list(assets).collect().await;
        let asset_id = assets.expect("assets")[0].id.clone();
        sandbox.resize_asset(&asset_id, SIZE).expect("an asset");
        Self {
            sandbox,
            client,
            room_id,
            asset_id,
            folder: Folder::create(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.0.join(name)
    }

    fn fault(&self, effect: FaultEffect, nth: u64) {
        let fault = Fault::new(effect).operation("storage.get").nth(nth);
        self.sandbox.add_fault(&fault).expect("a fault");
    }

    /// What the file contains.
    async fn contents(&self) -> Vec<u8> {
        let path = self.path("contents");
        let assets = self.client.recording_assets();
        let done = assets.download(&self.asset_id, &path).await;
        assert_eq!(done.expect("a file").size, SIZE);
        let contents = std::fs::read(&path).expect("a file");
        std::fs::remove_file(path).expect("a file");
        contents
    }
}

fn client_with(sandbox: &Sandbox, max_retries: u32) -> Client {
    let client = client_at(&sandbox.base_url()).keys(sandbox.access_key(), sandbox.secret());
    client.max_retries(max_retries).build().expect("a client")
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("a file")
}

#[tokio::test]
async fn a_download_with_breaks_has_the_same_bytes_and_leaves_nothing_else_behind() {
    let recorded = Recorded::new().await;
    let contents = recorded.contents().await;
    assert_eq!(length(&contents), SIZE);
    recorded.sandbox.clear_faults();
    recorded.fault(FaultEffect::new().cut_body(1_234_567), 1);
    recorded.fault(FaultEffect::new().cut_body(765_432), 2);
    recorded.fault(FaultEffect::new().status(403), 3);
    let path = recorded.path("a.mp4");
    let seen = Arc::new(Mutex::new(Vec::new()));
    let reports = seen.clone();
    let assets = recorded.client.recording_assets();
    let download = assets.download(&recorded.asset_id, &path);
    let download = download.on_progress(move |progress| {
        let mut reports = reports.lock().expect("no panic");
        reports.push((progress.bytes_done, progress.bytes_total));
    });
    let done = download.await.expect("a file");
    assert_eq!((done.size, done.received), (SIZE, SIZE));
    assert!(read(&path) == contents);
    assert_eq!(recorded.folder.names(), ["a.mp4"]);
    let seen = seen.lock().expect("no panic");
    assert!(seen.is_sorted(), "{seen:?}");
    assert_eq!(seen.last(), Some(&(SIZE, Some(SIZE))));
}

#[tokio::test]
async fn a_part_is_continued_by_the_same_asset_alone() {
    let recorded = Recorded::new().await;
    let contents = recorded.contents().await;
    recorded.fault(FaultEffect::new().cut_body(2_000_000), 1);
    let path = recorded.path("a.mp4");
    let impatient = client_with(&recorded.sandbox, 0);
    let assets = impatient.recording_assets();
    let error = assets.download(&recorded.asset_id, &path).await;
    assert_eq!(error.expect_err("a break").kind(), ErrorKind::Connection);
    assert_eq!(recorded.folder.names(), ["a.mp4.part", "a.mp4.part.json"]);
    let chats = ListRecordingAssets::new().r#type(AssetType::Chat);
    let chats = recorded
        .client
        .recording_assets()
        .list(chats)
        .collect()
        .await;
    let chat = &chats.expect("assets")[0];
    let other = assets.download(&chat.id, &path).await.expect("a file");
    assert_eq!(other.size, other.received);
    assert_eq!(recorded.folder.names(), ["a.mp4"]);
    recorded.sandbox.clear_faults();
    recorded.fault(FaultEffect::new().cut_body(2_000_000), 1);
    let error = assets.download(&recorded.asset_id, &path).await;
    error.expect_err("a break");
    // What is there stays until the new file is complete.
    assert_eq!(length(&read(&path)), other.size);
    let done = assets.download(&recorded.asset_id, &path).await;
    assert_eq!(done.expect("a file").received, 1_000_000);
    assert!(read(&path) == contents);
    assert_eq!(recorded.folder.names(), ["a.mp4"]);
}

#[tokio::test]
async fn a_part_of_a_file_that_has_changed_is_not_continued() {
    let recorded = Recorded::new().await;
    recorded.fault(FaultEffect::new().cut_body(2_000_000), 1);
    let path = recorded.path("a.mp4");
    let impatient = client_with(&recorded.sandbox, 0);
    let assets = impatient.recording_assets();
    let error = assets.download(&recorded.asset_id, &path).await;
    error.expect_err("a break");
    let resized = recorded.sandbox.resize_asset(&recorded.asset_id, 2_500_000);
    resized.expect("an asset");
    let done = assets.download(&recorded.asset_id, &path).await;
    let done = done.expect("a file");
    assert_eq!((done.size, done.received), (2_500_000, 2_500_000));
}

#[tokio::test]
async fn a_download_that_finds_nothing_leaves_nothing_behind() {
    let recorded = Recorded::new().await;
    recorded.fault(FaultEffect::new().status(404), 1);
    let path = recorded.path("a.mp4");
    let assets = recorded.client.recording_assets();
    let error = assets.download(&recorded.asset_id, &path).await;
    assert_eq!(error.expect_err("no file").kind(), ErrorKind::NotFound);
    assert!(recorded.folder.names().is_empty());
}

#[tokio::test]
async fn a_download_that_fails_early_leaves_the_part_of_another_one() {
    let recorded = Recorded::new().await;
    let (part, note) = (
        recorded.path("a.mp4.part"),
        recorded.path("a.mp4.part.json"),
    );
    std::fs::write(&part, "of another").expect("a file");
    let other = r#"{"asset_id":"other","version":{"etag":"\"e\"","last_modified":null,"size":20}}"#;
    std::fs::write(&note, other).expect("a file");
    recorded.fault(FaultEffect::new().status(404), 1);
    let assets = recorded.client.recording_assets();
    let failed = assets.download(&recorded.asset_id, recorded.path("a.mp4"));
    assert_eq!(
        failed.await.expect_err("no file").kind(),
        ErrorKind::NotFound
    );
    assert_eq!(read(&part), b"of another");
    assert_eq!(read(&note), other.as_bytes());
}

#[tokio::test]
async fn a_file_that_appears_during_a_download_is_not_replaced_if_refused() {
    let recorded = Recorded::new().await;
    let path = recorded.path("a.mp4");
    let job = DownloadAsset::new(&recorded.asset_id, path.as_path()).if_exists(IfExists::Refuse);
    let appears = path.clone();
    let job = recorded.client.run(job).on_progress(move |_| {
        std::fs::write(&appears, "theirs").expect("a file");
    });
    let error = job.await.expect_err("it is there");
    assert_eq!(error.kind(), ErrorKind::File, "{error}");
    assert_eq!(read(&path), b"theirs");

    std::fs::remove_file(&path).expect("a file");
    let job = DownloadAsset::new(&recorded.asset_id, path.as_path()).if_exists(IfExists::Refuse);
    recorded.client.run(job).await.expect("a file");
    assert_eq!(length(&read(&path)), SIZE);
    assert_eq!(recorded.folder.names(), ["a.mp4"]);
}

#[tokio::test]
async fn two_downloads_do_not_write_the_same_file() {
    let recorded = Recorded::new().await;
    recorded.fault(
        FaultEffect::new().drip(10_000, Duration::from_millis(20)),
        1,
    );
    let path = recorded.path("a.mp4");
    let assets = recorded.client.recording_assets();
    let mut first = Box::pin(assets.download(&recorded.asset_id, &path).into_future());
    let began = tokio::time::timeout(Duration::from_millis(500), &mut first).await;
    began.expect_err("it takes longer");
    let second = assets.download(&recorded.asset_id, &path);
    tokio::select! {
        done = &mut first => panic!("{done:?}"),
        error = second => {
            let error = error.expect_err("it is being written");
            assert_eq!(error.kind(), ErrorKind::File, "{error}");
            let part = path.with_extension("mp4.part");
            assert_eq!(error.path(), part.to_str());
            assert!(error.message().ends_with("is being written by another download"), "{error}");
        }
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_error_of_a_full_disk_names_the_file() {
    let recorded = Recorded::new().await;
    let part = recorded.path("a.mp4.part");
    std::os::unix::fs::symlink("/dev/full", &part).expect("a link");
    let path = recorded.path("a.mp4");
    let assets = recorded.client.recording_assets();
    let error = assets.download(&recorded.asset_id, &path).await;
    let error = error.expect_err("no space");
    assert_eq!(error.kind(), ErrorKind::File, "{error}");
    assert_eq!(error.path(), part.to_str());
    assert_eq!(error.operation(), Some("recording_assets.download"));
    assert!(
        error.to_string().contains("No space left on device"),
        "{error}"
    );
    assert!(!path.exists());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_error_of_a_folder_without_permission_names_the_file() {
    let recorded = Recorded::new().await;
    let assets = recorded.client.recording_assets();
    // Not even root may create a file there.
    let error = assets.download(&recorded.asset_id, "/sys/a.mp4").await;
    let error = error.expect_err("no permission");
    assert_eq!(error.kind(), ErrorKind::File, "{error}");
    assert_eq!(error.path(), Some("/sys/a.mp4.part"));
}

#[tokio::test]
async fn all_files_are_downloaded_and_kept_the_second_time() {
    let recorded = Recorded::new().await;
    let to = recorded.path("files");
    let all = || DownloadAssets::new(&to).room_id(&recorded.room_id);
    let assets = recorded.client.recording_assets();
    let first = assets.download_all(all()).await.expect("files");
    assert_eq!(first.files.len(), 2);
    assert!(first.files.iter().all(|file| file.received == file.size));
    let second = assets.download_all(all()).await.expect("files");
    assert!(second.files.iter().all(|file| file.received == 0));
    let fresh = all().if_exists(IfExists::Overwrite);
    let third = assets.download_all(fresh).await.expect("files");
    assert!(third.files.iter().all(|file| file.received == file.size));
    for file in &first.files {
        assert_eq!(length(&read(Path::new(&file.path))), file.size);
        assert_eq!(Path::new(&file.path).parent(), Some(to.as_path()));
    }
}

#[tokio::test]
async fn one_file_that_fails_does_not_keep_the_others() {
    let recorded = Recorded::new().await;
    recorded.fault(FaultEffect::new().status(404), 1);
    let to = recorded.path("files");
    let all = || {
        let all = DownloadAssets::new(&to).room_id(&recorded.room_id);
        all.concurrency(1)
    };
    let assets = recorded.client.recording_assets();
    let error = assets.download_all(all()).await.expect_err("one is gone");
    assert_eq!(error.kind(), ErrorKind::JobFailed);
    let [line] = error.details() else {
        panic!("{error}");
    };
    assert!(
        line.contains("the storage does not have the file"),
        "{line}"
    );
    assert_eq!(std::fs::read_dir(&to).expect("the folder").count(), 1);
    let second = assets.download_all(all()).await.expect("files");
    assert_eq!(second.files.len(), 2);
}

async fn collected(client: &Client, asset_id: &str) -> hundredms::Result<Vec<u8>> {
    let mut stream = client.recording_assets().stream(asset_id);
    let mut bytes = Vec::new();
    while let Some(piece) = stream.next().await {
        bytes.extend_from_slice(&piece?);
    }
    Ok(bytes)
}

#[tokio::test]
async fn a_stream_with_breaks_has_the_same_bytes() {
    let recorded = Recorded::new().await;
    let contents = recorded.contents().await;
    recorded.sandbox.clear_faults();
    recorded.fault(FaultEffect::new().cut_body(1_234_567), 1);
    recorded.fault(FaultEffect::new().status(503), 2);
    // Ignores the range, so what is known is read again.
    recorded.fault(FaultEffect::new().status(200), 3);
    let bytes = collected(&recorded.client, &recorded.asset_id).await;
    assert!(bytes.expect("a file") == contents);
}

#[tokio::test]
async fn a_stream_of_a_file_that_changes_meanwhile_fails() {
    let recorded = Recorded::new().await;
    recorded.fault(FaultEffect::new().cut_body(1_000_000), 1);
    recorded.fault(FaultEffect::new().header("etag", "\"other\""), 2);
    let error = collected(&recorded.client, &recorded.asset_id).await;
    let error = error.expect_err("another file");
    assert_eq!(error.kind(), ErrorKind::JobFailed, "{error}");
    assert!(error.message().starts_with("the file changed"), "{error}");
}

/// A storage that sends as much as is read. It returns the head of the request when the connection is closed.
async fn endless_storage() -> (String, tokio::task::JoinHandle<(String, u64)>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.expect("a head"));
        }
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 100000000000\r\netag: \"a\"\r\n\r\n";
        stream.write_all(answer).await.expect("a connection");
        let (mut sent, piece) = (0, vec![7; 65536]);
        while stream.write_all(&piece).await.is_ok() {
            sent += piece.len() as u64;
        }
        (String::from_utf8_lossy(&head).into_owned(), sent)
    });
    (format!("http://{address}/file?signature=s"), served)
}

fn presigned(url: &str) -> Reply {
    let link = format!(r#"{{"id":"1","path":"s3://bucket/file.mp4","url":"{url}","expiry":100}}"#);
    Reply::json(200, &link)
}

#[tokio::test]
async fn a_stream_reads_only_what_is_wanted_without_our_token_and_ends_when_it_is_dropped() {
    let (url, served) = endless_storage().await;
    let queue = Queue::start([presigned(&url)]).await;
    let client = client_at(&queue.url()).build().expect("a client");
    let mut stream = client.recording_assets().stream("1");
    let piece = stream.next().await.expect("bytes").expect("bytes");
    assert!(piece.iter().all(|byte| *byte == 7) && piece.len() < 2_000_000);
    tokio::time::sleep(Duration::from_millis(300)).await;
    drop(stream);
    let began = Instant::now();
    let (head, sent) = served.await.expect("no panic");
    assert!(began.elapsed() < Duration::from_secs(2));
    // What the system and the client hold, and no more.
    assert!(sent < 20_000_000, "{sent}");
    let head = head.to_ascii_lowercase();
    assert!(head.starts_with("get /file?signature=s http/1.1"), "{head}");
    assert!(!head.contains("authorization"), "{head}");
    assert!(head.contains("accept-encoding: identity"), "{head}");
    assert!(head.contains("user-agent: hundredms/"), "{head}");
}

#[tokio::test]
async fn files_come_through_a_client_of_ones_own_too() {
    let (url, served) = endless_storage().await;
    let queue = Queue::start([presigned(&url)]).await;
    let headers = HeaderMap::from_iter([(
        "x-team".parse().expect("a name"),
        HeaderValue::from_static("video"),
    )]);
    let http = reqwest::Client::builder()
        .no_proxy()
        .redirect(redirect::Policy::none())
        .default_headers(headers);
    let http = http.build().expect("a client");
    let client = client_at(&queue.url()).http_client(http).build();
    let client = client.expect("a client");
    let mut stream = client.recording_assets().stream("1");
    stream.next().await.expect("bytes").expect("bytes");
    drop(stream);
    let (head, _) = served.await.expect("no panic");
    assert!(head.contains("x-team: video"), "{head}");
}

/// A download in a process of its own, where a test has started one; and without that, a download.
#[tokio::test]
async fn a_download_in_a_process_of_its_own() {
    let variable = |name: &str| std::env::var(format!("DOWNLOAD_{name}")).ok();
    let Some(url) = variable("URL") else {
        let recorded = Recorded::new().await;
        assert_eq!(length(&recorded.contents().await), SIZE);
        return;
    };
    let (key, secret) = (variable("KEY"), variable("SECRET"));
    let client = client_at(&url).keys(key.expect("a key"), secret.expect("a secret"));
    let client = client.build().expect("a client");
    let (asset, path) = (variable("ASSET"), variable("PATH"));
    let download = DownloadAsset::new(asset.expect("an asset"), path.expect("a path"));
    client.run(download).await.expect("a file");
}

#[tokio::test]
async fn what_a_killed_process_left_behind_is_continued() {
    let recorded = Recorded::new().await;
    let contents = recorded.contents().await;
    recorded.sandbox.clear_faults();
    let slow = FaultEffect::new().drip(100_000, Duration::from_millis(50));
    recorded.fault(slow, 1);
    let path = recorded.path("a.mp4");
    let mut child = std::process::Command::new(std::env::current_exe().expect("this binary"))
        .args(["downloads::a_download_in_a_process_of_its_own", "--exact"])
        .env("DOWNLOAD_URL", recorded.sandbox.base_url())
        .env("DOWNLOAD_KEY", recorded.sandbox.access_key())
        .env("DOWNLOAD_SECRET", recorded.sandbox.secret())
        .env("DOWNLOAD_ASSET", &recorded.asset_id)
        .env("DOWNLOAD_PATH", &path)
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("a process");
    let part = recorded.path("a.mp4.part");
    let began = Instant::now();
    while part.metadata().map_or(0, |found| found.len()) < 1_000_000 {
        assert!(
            began.elapsed() < Duration::from_secs(60),
            "it has not begun"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    child.kill().expect("the process");
    child.wait().expect("the process");
    assert!(!path.exists());
    let assets = recorded.client.recording_assets();
    let done = assets.download(&recorded.asset_id, &path).await;
    let done = done.expect("a file");
    assert!(done.received < SIZE && done.received > 0, "{done:?}");
    assert!(read(&path) == contents);
    assert_eq!(recorded.folder.names(), ["a.mp4"]);
}
