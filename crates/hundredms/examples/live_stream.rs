//! Stream a room live over HLS, watch its state, send a cue to the players, and stop.
//!
//! Run it with `cargo run --example live_stream`. It starts a sandbox, whose clock the example moves. Prints:
//!
//! ```text
//! starting: …/master.m3u8
//! running
//! sent a cue to the players
//! completed, with 1 recording of the stream
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::time::Duration;

use hundredms::Client;
use hundredms::jobs::wait::WaitForLiveStream;
use hundredms::resources::live_streams::{LiveStreamRecording, SendTimedMetadata, StartLiveStream};
use hundredms::resources::recordings::{AssetType, MediaJobStatus};
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
    let streams = client.live_streams();
    let request = StartLiveStream::new(&room.id)
        .meeting_url("https://lessons.example/physics-7")
        .recording(LiveStreamRecording::new().hls_vod(true));
    let stream = streams.start(request).await?;
    println!("{}: {}", stream.status, stream.playback.url);
    // --8<-- [end:start]

    // --8<-- [start:state]
    let until_running = WaitForLiveStream::new(&stream.id).until(MediaJobStatus::Running);
    let stream = client.run(until_running).await?;
    println!("{}", stream.status);
    // --8<-- [end:state]

    // --8<-- [start:cue]
    let cue = SendTimedMetadata::new(&stream.id, "poll:optics", 5);
    streams.send_timed_metadata(cue).await?;
    // --8<-- [end:cue]
    println!("sent a cue to the players");

    // --8<-- [start:clock]
    // Only in the sandbox: people watch for ten minutes.
    sandbox.advance_clock(Duration::from_secs(600))?;
    // --8<-- [end:clock]
    // --8<-- [start:stop]
    streams.stop(&stream.id).await?;

    // The recording is uploaded after the stop.
    let stream = streams.wait(&stream.id).await?;
    let assets = stream.recording_assets.iter();
    let videos = assets.filter(|asset| asset.r#type == AssetType::RoomVod);
    println!(
        "{}, with {} recording of the stream",
        stream.status,
        videos.count()
    );
    // --8<-- [end:stop]
    Ok(())
}
