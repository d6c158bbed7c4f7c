//! Record a room, wait until its files are ready, and get a link to the video.
//!
//! Run it with `cargo run --example recording`. It starts a sandbox, whose clock the example moves. Prints:
//!
//! ```text
//! the recording is starting
//! the recording is completed
//! room-composite of 600 seconds
//! the link is valid for … seconds
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::time::Duration;

use hundredms::Client;
use hundredms::resources::recording_assets::{ListRecordingAssets, PresignRecordingAsset};
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

    // --8<-- [start:start]
    let request = StartRecording::new(&room.id).meeting_url("https://lessons.example/physics-7");
    let started = client.recordings().start(request).await?;
    println!("the recording is {}", started.status);
    // --8<-- [end:start]

    // --8<-- [start:clock]
    // Only in the sandbox: three seconds to start, and ten minutes.
    sandbox.advance_clock(Duration::from_secs(601))?;
    // --8<-- [end:clock]
    // --8<-- [start:stop]
    client.recordings().stop(&started.id).await?;

    // A service need not wait: it receives the webhook `beam.recording.success`. In the sandbox, waiting takes no real time.
    let recording = client.recordings().wait(&started.id).await?;
    println!("the recording is {}", recording.status);
    // --8<-- [end:stop]

    // --8<-- [start:assets]
    let assets = ListRecordingAssets::new().room_id(&room.id);
    for asset in client.recording_assets().list(assets).collect().await? {
        if asset.r#type == AssetType::RoomComposite {
            let seconds = asset.duration.unwrap_or_default();
            println!("{} of {seconds} seconds", asset.r#type);
            let presign = PresignRecordingAsset::new(&asset.id);
            let link = client.recording_assets().presigned_url(presign).await?;
            println!("the link is valid for {} seconds", link.expiry);
        }
    }
    // --8<-- [end:assets]
    Ok(())
}
