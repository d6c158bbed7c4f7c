//! Does one piece of work so many times, for a tool that counts instructions: `bench-instructions WORK TIMES SERVER`. What answers the
//! calls is another process: `bench-instructions serve` prints its address and serves until its input ends.

use std::hint::black_box;
use std::io::Read;

use bench_fixed::{page, room};
use hundredms::resources::rooms::{ListRooms, Room, RoomList};
use hundredms::webhooks::{self, Receiver};
use hundredms::{CallOptions, Client};

type BoxError = Box<dyn std::error::Error>;

const EVENT: &str = include_str!("../../../../contract/webhook-examples/peer.join.success.json");

fn main() -> Result<(), BoxError> {
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
                black_box(token.create()?);
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
        other => {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(call(other, times, server))?;
        }
    }
    Ok(())
}

/// The work that the server takes part in.
async fn call(work: &str, times: usize, server: &str) -> Result<(), BoxError> {
    let client = Client::builder()
        .keys("key", "secret")
        .base_url(server)
        .build()?;
    let options = CallOptions::default();
    match work {
        "call" => {
            for _ in 0..times {
                let room = client.call("rooms.get", br#"{"room_id":"1"}"#, &options);
                black_box(room.await?);
            }
        }
        "page-by-name" => {
            let page = || client.call("rooms.list", b"{}", &options);
            whole(&serde_json::from_slice(&page().await?.json)?)?;
            for _ in 0..times {
                black_box(page().await?);
            }
        }
        "page-typed" => {
            let rooms = || client.rooms().list(ListRooms::new());
            whole(&rooms().first_page().await?)?;
            for _ in 0..times {
                black_box(rooms().first_page().await?);
            }
        }
        other => return Err(format!("{other}: there is no such work").into()),
    }
    Ok(())
}

/// Fail unless it is the page of 100 that the fixed server gives.
fn whole(page: &RoomList) -> Result<(), BoxError> {
    match page.data.len() {
        100 => Ok(()),
        rooms => Err(format!("a page of {rooms} rooms").into()),
    }
}
