//! The same calls with reqwest, and with this crate.
//!
//! Run it with `cargo run --example own_requests`. It reads `HMS_ACCESS_KEY` and `HMS_SECRET`. Prints:
//!
//! ```text
//! before: ["physics-7"], missing: true
//! after: ["physics-7"], missing: true
//! ```

use std::error::Error;

// --8<-- [start:before]
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jsonwebtoken::{EncodingKey, Header, encode};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

fn management_token() -> Result<String, Box<dyn Error>> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let claims = json!({
        "access_key": std::env::var("HMS_ACCESS_KEY")?,
        "type": "management",
        "version": 2,
        "jti": uuid::Uuid::new_v4().to_string(),
        "iat": now,
        "nbf": now,
        "exp": now + 86400,
    });
    let key = EncodingKey::from_secret(std::env::var("HMS_SECRET")?.as_bytes())?;
    Ok(encode(&Header::default(), &claims, &key)?)
}

async fn call(
    http: &reqwest::Client,
    method: Method,
    path: &str,
    body: Option<Value>,
) -> Result<Option<Value>, Box<dyn Error>> {
    let base = std::env::var("HMS_BASE_URL").unwrap_or("https://api.100ms.live/v2".into());
    let mut request = http
        .request(method, base + path)
        .bearer_auth(management_token()?)
        .timeout(Duration::from_secs(30));
    if let Some(body) = body {
        request = request
            .header("content-type", "application/json")
            .body(body.to_string());
    }
    let response = request.send().await?;
    if response.status() == StatusCode::NOT_FOUND {
        return Ok(None);
    }
    let text = response.error_for_status()?.text().await?;
    Ok(Some(serde_json::from_str(&text)?))
}

async fn open_lesson_before(
    http: &reqwest::Client,
    name: &str,
) -> Result<Vec<String>, Box<dyn Error>> {
    call(http, Method::POST, "/rooms", Some(json!({ "name": name }))).await?;
    let mut names = Vec::new();
    let mut path = "/rooms".to_owned();
    loop {
        let page = call(http, Method::GET, &path, None).await?;
        let page = page.unwrap_or_default();
        for room in page["data"].as_array().into_iter().flatten() {
            names.push(room["name"].as_str().unwrap_or_default().to_owned());
        }
        match page["last"].as_str() {
            Some(last) if !last.is_empty() => path = format!("/rooms?start={last}"),
            _ => return Ok(names),
        }
    }
}
// --8<-- [end:before]

// --8<-- [start:after]
use hundredms::resources::rooms::{CreateRoom, ListRooms, Room};
use hundredms::{Client, ErrorKind};

async fn open_lesson(client: &Client, name: &str) -> hundredms::Result<Vec<String>> {
    client.rooms().create(CreateRoom::new().name(name)).await?;
    let mut names = Vec::new();
    let mut rooms = client.rooms().list(ListRooms::new());
    while let Some(room) = rooms.next().await {
        names.push(room?.name);
    }
    Ok(names)
}

async fn find_room(client: &Client, room_id: &str) -> hundredms::Result<Option<Room>> {
    match client.rooms().get(room_id).await {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        found => Ok(Some(found?)),
    }
}
// --8<-- [end:after]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let missing = "66b2d2105c803b002ae4f611";
    let http = reqwest::Client::new();
    let names = open_lesson_before(&http, "physics-7").await?;
    let room = call(&http, Method::GET, &format!("/rooms/{missing}"), None).await?;
    println!("before: {names:?}, missing: {}", room.is_none());
    let client = Client::from_env()?;
    let names = open_lesson(&client, "physics-7").await?;
    let room = find_room(&client, missing).await?;
    println!("after: {names:?}, missing: {}", room.is_none());
    Ok(())
}
