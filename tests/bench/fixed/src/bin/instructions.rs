//! Does one piece of work so many times, for a tool that counts instructions: `bench-instructions WORK TIMES`.

use std::hint::black_box;

use bench_fixed::{page, room};
use hundredms::resources::rooms::{Room, RoomList};
use hundredms::webhooks::{self, Receiver};
use hundredms::{CallOptions, Client};
use hundredms_sandbox::Sandbox;

type Failure = Box<dyn std::error::Error>;

const EVENT: &str = include_str!("../../../../contract/webhook-examples/peer.join.success.json");

fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [work, times] = words.as_slice() else {
        return Err("bench-instructions WORK TIMES".into());
    };
    let times: usize = times.parse()?;
    match work.as_str() {
        "decode-page" => {
            let page = page(100);
            for _ in 0..times {
                black_box(serde_json::from_str::<RoomList>(black_box(&page))?);
            }
        }
        "encode-room" => {
            let room: Room = serde_json::from_str(&room(1))?;
            for _ in 0..times {
                black_box(serde_json::to_string(black_box(&room))?);
            }
        }
        "sign-token" => {
            let client = Client::builder().keys("key", "secret").build()?;
            for _ in 0..times {
                let token = client.tokens().auth("1", "host").user_id("ada");
                black_box(token.mint()?);
            }
        }
        "webhook" => {
            let receiver = Receiver::builder().header("x-key", "hush").build()?;
            let headers = [("content-type", "application/json"), ("x-key", "hush")];
            for _ in 0..times {
                black_box(receiver.receive(black_box(EVENT), &headers[..], None)?);
            }
        }
        "webhook-as-it-came" => {
            for _ in 0..times {
                black_box(webhooks::parse_json(black_box(EVENT.as_bytes()))?);
            }
        }
        "call" => tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?
            .block_on(calls(times))?,
        other => return Err(format!("{other}: there is no such work").into()),
    }
    Ok(())
}

/// Calls by name, with the sandbox in the same process.
async fn calls(times: usize) -> Result<(), Failure> {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;
    let options = CallOptions::default();
    for _ in 0..times {
        black_box(client.call("rooms.list", b"{}", &options).await?);
    }
    Ok(())
}
