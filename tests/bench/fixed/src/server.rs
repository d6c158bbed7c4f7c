//! The least server of fixed answers: a thread for each connection, without a runtime.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

use crate::{page, room};

/// Serve one room, and a page of 100 wherever a limit is asked for, on threads of their own; gives the base URL.
///
/// # Errors
/// When there is no port.
pub fn serve() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}/v2", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || answer(stream));
        }
    });
    Ok(url)
}

/// Answer until the connection ends.
fn answer(mut answers: TcpStream) -> io::Result<()> {
    let [one, many] = [room(1), page(100)].map(|body| {
        let length = body.len();
        format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
    });
    answers.set_nodelay(true)?;
    let mut requests = BufReader::new(answers.try_clone()?);
    while let Some((line, length)) = head(&mut requests) {
        let mut body = vec![0; length];
        requests.read_exact(&mut body)?;
        let answer = if line.contains("limit=") { &many } else { &one };
        answers.write_all(answer.as_bytes())?;
    }
    Ok(())
}

/// The first line of a request, and how long its body is; none at the end.
fn head(requests: &mut impl BufRead) -> Option<(String, usize)> {
    let (mut first, mut length) = (String::new(), 0);
    requests
        .read_line(&mut first)
        .ok()
        .filter(|read| *read > 0)?;
    loop {
        let mut line = String::new();
        requests.read_line(&mut line).ok()?;
        if line.trim().is_empty() {
            return Some((first, length));
        }
        if let Some((name, value)) = line.split_once(':') {
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().ok()?;
            }
        }
    }
}
