//! Stream from an encoder into a room, replace its key, and send the room to two other services.
//!
//! Run it with `cargo run --example rtmp`. It starts a sandbox, which plays the encoder. Prints:
//!
//! ```text
//! the encoder sends to rtmp://ingest.sandbox.invalid/live
//! the room is streamed live: running
//! the old key is invalid
//! the stream to 2 services is starting
//! the stream is running
//! the stream is completed, with 1 file
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::time::Duration;

use hundredms::Client;
use hundredms::jobs::wait::WaitForExternalStream;
use hundredms::resources::external_streams::StartExternalStream;
use hundredms::resources::live_streams::ListLiveStreams;
use hundredms::resources::recordings::MediaJobStatus;
use hundredms::resources::rooms::CreateRoom;
use hundredms::resources::templates::{CreateTemplate, DestinationHls, Destinations, RoleInput};
use hundredms_sandbox::{JoinPeer, RtmpInto, Sandbox};
// --8<-- [end:imports]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;

    // --8<-- [start:template]
    let live = DestinationHls::new("live");
    let request = CreateTemplate::new()
        .name("streamed")
        .roles(["host", "guest"].map(|name| (name, RoleInput::new().name(name))))
        .destinations(Destinations::new().hls_destinations([("live", live)]));
    let template = client.templates().create(request).await?;
    let request = CreateRoom::new()
        .name("physics-7")
        .template_id(&template.id);
    let room = client.rooms().create(request).await?;
    // --8<-- [end:template]

    // --8<-- [start:key]
    let ingest = client.stream_keys().get_or_create(&room.id).await?;
    println!("the encoder sends to {}", ingest.stream_key.url);
    // --8<-- [end:key]

    let encoder = RtmpInto::RoomId(room.id.clone());
    sandbox.start_rtmp_in(&encoder)?;
    sandbox.advance_clock(Duration::from_secs(60))?;
    // --8<-- [start:live]
    let of_room = ListLiveStreams::new().room_id(&room.id);
    for stream in client.live_streams().list(of_room).collect().await? {
        println!("the room is streamed live: {}", stream.status);
    }
    // --8<-- [end:live]
    sandbox.stop_rtmp_in(&encoder)?;

    // --8<-- [start:replace]
    client.stream_keys().disable(&room.id).await?;
    let key = client.stream_keys().create(&room.id).await?;
    if key.id != ingest.stream_key.id {
        println!("the old key is invalid");
    }
    // --8<-- [end:replace]

    sandbox.join_peer(&JoinPeer::with_role(&room.id, "host").name("Ada"))?;
    // --8<-- [start:start]
    let streams = client.external_streams();
    let targets = [
        "rtmp://video.example/live/KEY-ONE",
        "rtmps://tv.example/app/KEY-TWO",
    ];
    let request = StartExternalStream::new(&room.id, targets.map(Into::into))
        .meeting_url(
            client
                .links()
                .recorder("acme", &room.id, "guest")?
                .to_string(),
        )
        .recording(true);
    let stream = streams.start(request).await?;
    let services = stream.rtmp_urls.len();
    println!("the stream to {services} services is {}", stream.status);

    // A service need not wait: it receives the webhook `beam.started.success`. In the sandbox, waiting takes no real time.
    let running = WaitForExternalStream::new(&stream.id).until(MediaJobStatus::Running);
    let stream = client.run(running).await?;
    println!("the stream is {}", stream.status);
    // --8<-- [end:start]

    sandbox.advance_clock(Duration::from_secs(600))?;
    // --8<-- [start:stop]
    streams.stop(&stream.id).await?;
    let stream = streams.wait(&stream.id).await?;
    let files = stream.recording_assets.len();
    println!("the stream is {}, with {files} file", stream.status);
    // --8<-- [end:stop]
    Ok(())
}
