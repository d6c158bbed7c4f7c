//! Does one piece of work so many times, for a tool that counts instructions: `bench-instructions WORK TIMES SERVER`. What answers the
//! calls is another process: `bench-instructions serve` prints its address and serves until its input ends.

use std::hint::black_box;
use std::io::Read;

use bench_fixed::{page, room};
use hundredms::resources::rooms::{Room, RoomList};
use hundredms::webhooks::{self, Receiver};
use hundredms::{CallOptions, Client};

type Failure = Box<dyn std::error::Error>;

const EVENT: &str = include_str!("../../../../contract/webhook-examples/peer.join.success.json");

fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if words == ["serve"] {
        println!("{}", bench_fixed::serve()?);
        std::io::stdin().read_to_end(&mut Vec::new())?;
        return Ok(());
    }
    let [work, times, server] = words.as_slice() else {
        return Err("bench-instructions WORK TIMES SERVER".into());
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
        "call" => calls(server, "rooms.get", br#"{"room_id":"1"}"#, times)?,
        // The fixed server gives a page of 100.
        "page-by-name" => calls(server, "rooms.list", b"{}", times)?,
        other => return Err(format!("{other}: there is no such work").into()),
    }
    Ok(())
}

/// Calls by name.
fn calls(server: &str, operation: &str, arguments: &[u8], times: usize) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let client = Client::builder()
        .keys("key", "secret")
        .base_url(server)
        .build()?;
    let options = CallOptions::default();
    runtime.block_on(async {
        for _ in 0..times {
            black_box(client.call(operation, arguments, &options).await?);
        }
        Ok(())
    })
}
