//! Record a room, download its files, and read the video as a stream.
//!
//! Run it with `cargo run --example downloads`. It starts a sandbox, whose clock the example moves. Prints:
//!
//! ```text
//! chat: … bytes
//! room-composite: … bytes
//! nothing is downloaded twice
//! lesson.mp4 has … bytes
//! the video has … bytes, all of which were read
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::time::Duration;

use hundredms::Client;
use hundredms::jobs::download_all::DownloadAssets;
use hundredms::resources::recordings::{AssetType, StartRecording};
use hundredms::resources::rooms::CreateRoom;
use hundredms_sandbox::{JoinPeer, Sandbox};
// --8<-- [end:imports]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;
    let room = client
        .rooms()
        .create(CreateRoom::new().name("physics-7"))
        .await?;
    sandbox.join_peer(&JoinPeer::with_role(&room.id, "host").name("Ada"))?;
    let request = StartRecording::new(&room.id).meeting_url("https://lessons.example/physics-7");
    let recording = client.recordings().start(request).await?;
    sandbox.advance_clock(Duration::from_secs(601))?; // It takes three seconds to start.
    client.recordings().stop(&recording.id).await?;
    client.recordings().wait(&recording.id).await?;

    let folder = std::env::temp_dir().join(format!("downloads-{}", std::process::id()));
    // --8<-- [start:all]
    let all = DownloadAssets::new(&folder).recording_id(&recording.id);
    let mut files = client
        .recording_assets()
        .download_all(all.clone())
        .await?
        .files;
    files.sort_by_key(|file| file.r#type.to_string());
    for file in &files {
        println!("{}: {} bytes", file.r#type, file.size);
    }
    // Files that are there with the right size are kept.
    let again = client.recording_assets().download_all(all).await?;
    if again.files.iter().all(|file| file.received == 0) {
        println!("nothing is downloaded twice");
    }
    // --8<-- [end:all]

    // --8<-- [start:one]
    let video = files
        .iter()
        .find(|file| file.r#type == AssetType::RoomComposite)
        .ok_or("there is no video")?;
    let path = folder.join("lesson.mp4");
    // Progress is reported at most ten times a second, and at the end.
    let assets = client.recording_assets();
    let download = assets.download(&video.asset_id, path);
    let done = download
        .on_progress(|progress| {
            let total = progress.bytes_total.unwrap_or_default();
            eprintln!("{} of {total} bytes", progress.bytes_done);
        })
        .await?;
    println!("lesson.mp4 has {} bytes", done.size);
    // --8<-- [end:one]

    // --8<-- [start:stream]
    let mut read = 0;
    let mut pieces = client.recording_assets().stream(&video.asset_id);
    while let Some(piece) = pieces.next().await {
        read += piece?.len();
    }
    // --8<-- [end:stream]
    println!("the video has {read} bytes, all of which were read");
    std::fs::remove_dir_all(folder)?;
    Ok(())
}
