//! Record a lesson with transcription, wait for its files, and read what was said.
//!
//! Run it with `cargo run --example transcripts`. It starts a sandbox, whose clock the example moves. Prints:
//!
//! ```text
//! 6 assets are ready
//! Ada: Hello, everyone, and welcome.
//! Grace: Good to see you all again.
//! 00:00:05.000 --> 00:00:06.800
//! Agenda: 2 points
//! chat: the slides are at lessons.example
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::time::Duration;

use hundredms::Client;
use hundredms::jobs::assets::WaitForRecordingAssets;
use hundredms::jobs::contents::{FetchChat, FetchSummary, FetchTranscript};
use hundredms::resources::active_rooms::SendMessage;
use hundredms::resources::recordings::{StartRecording, SummaryConfig, TranscriptionConfig};
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
    sandbox.join_peer(&JoinPeer::with_role(&room.id, "guest").name("Grace"))?;

    // --8<-- [start:start]
    let transcription = TranscriptionConfig::new()
        .enabled(true)
        .summary(SummaryConfig::new().enabled(true));
    let request = StartRecording::new(&room.id)
        .meeting_url("https://lessons.example/physics-7")
        .transcription(transcription);
    let started = client.recordings().start(request).await?;
    // --8<-- [end:start]
    // --8<-- [start:clock]
    sandbox.advance_clock(Duration::from_secs(5))?; // Only in the sandbox. It takes three seconds to start.
    let message = SendMessage::new(&room.id, "the slides are at lessons.example");
    client.active_rooms().send_message(message).await?;
    sandbox.advance_clock(Duration::from_secs(5))?;
    // --8<-- [end:clock]
    // --8<-- [start:wait]
    client.recordings().stop(&started.id).await?;

    // A transcript takes minutes. A sandbox skips them.
    let all = WaitForRecordingAssets::new().recording_id(&started.id);
    let assets = client.recording_assets().wait(all).await?;
    println!("{} assets are ready", assets.len());
    // --8<-- [end:wait]

    // --8<-- [start:transcript]
    let wanted = FetchTranscript::new().recording_id(&started.id);
    let transcript = client.recordings().transcript(wanted).await?;
    for paragraph in transcript.to_text().lines().filter(|line| !line.is_empty()) {
        println!("{paragraph}");
    }
    // Also `to_srt()`.
    let subtitles = transcript.to_vtt();
    let last = subtitles.lines().rfind(|line| line.contains("-->"));
    println!("{}", last.unwrap_or_default());
    // --8<-- [end:transcript]

    // --8<-- [start:summary]
    let wanted = FetchSummary::new().recording_id(&started.id);
    let summary = client.recordings().summary(wanted).await?;
    let section = &summary.sections[0];
    println!("{}: {} points", section.title, section.bullets.len());
    // --8<-- [end:summary]

    // --8<-- [start:chat]
    let wanted = FetchChat::new().recording_id(&started.id);
    for message in client.recordings().chat(wanted).await? {
        println!("{}: {}", message.r#type, message.message);
    }
    // --8<-- [end:chat]
    Ok(())
}
