//! A server with fixed responses: `GET /v2/rooms/{id}` one room, `GET /v2/rooms?name=N` a page of N.
//! Prints the address it listens on and serves until its input ends.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io::{Read, Write};
use std::sync::{LazyLock, Mutex};

use bench_fixed::{page, room};
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;

static ROOM: LazyLock<Bytes> = LazyLock::new(|| room(1).into());
static PAGES: LazyLock<Mutex<HashMap<usize, Bytes>>> = LazyLock::new(Mutex::default);

fn main() -> std::io::Result<()> {
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(serve())
}

async fn serve() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}/v2", listener.local_addr()?);
    std::io::stdout().flush()?;
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        tokio::spawn(
            http1::Builder::new().serve_connection(TokioIo::new(stream), service_fn(answer)),
        );
    }
}

async fn answer(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (parts, body) = request.into_parts();
    let _ = body.collect().await;
    let count = parts
        .uri
        .query()
        .and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("name=")))
        .and_then(|name| name.parse().ok());
    let body = match count {
        Some(count) if parts.uri.path().ends_with("/rooms") => PAGES
            .lock()
            .map(|mut pages| {
                pages
                    .entry(count)
                    .or_insert_with(|| page(count).into())
                    .clone()
            })
            .unwrap_or_default(),
        _ => ROOM.clone(),
    };
    let mut response = Response::new(Full::new(body));
    response.headers_mut().insert(
        http::header::CONTENT_TYPE,
        http::HeaderValue::from_static("application/json"),
    );
    Ok(response)
}
