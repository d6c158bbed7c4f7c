//! [`RedisConnection`]: the little of Redis' protocol that the shared rate limit needs.
//!
//! Not the crate `redis`, which the store of webhooks uses: wheel and addon have no room for it, and need only one command.

use std::fmt::{self, Write as _};
use std::io::{Error, ErrorKind, Result};
use std::time::Duration;

use percent_encoding::percent_decode_str;
use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader,
};
use url::Url;

use crate::host::time::{runtime_now, timeout_at};
use crate::wire::secret::Secret;

/// The maximum size of a reply. Those of the script have under a hundred bytes.
const MOST: usize = 64 * 1024;

/// Timeout for opening a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

/// Timeout of one command: calls wait meanwhile.
const COMMAND_TIMEOUT: Duration = Duration::from_millis(500);

/// Where Redis is.
#[derive(Clone)]
pub(crate) struct RedisAddress {
    host: String,
    port: u16,
    login: Option<(String, Secret)>,
    database: Option<String>,
    #[cfg(feature = "rustls-no-provider")]
    tls: Option<std::sync::Arc<rustls::ClientConfig>>,
}

/// Without user and password.
impl fmt::Debug for RedisAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl RedisAddress {
    /// Read `redis://user:password@host:port/database`. `None` if it is none.
    pub(crate) fn read(url: &str) -> Option<(Self, bool)> {
        let url = Url::parse(url).ok()?;
        let secure = match url.scheme() {
            "redis" => false,
            "rediss" => true,
            _ => return None,
        };
        let decoded = |text: &str| {
            percent_decode_str(text)
                .decode_utf8()
                .ok()
                .map(String::from)
        };
        let host = url.host_str().filter(|host| !host.is_empty())?;
        let database = url.path().trim_matches('/');
        if !database.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let login = match url.password() {
            Some(password) => Some((decoded(url.username())?, Secret::new(decoded(password)?))),
            None => None,
        };
        let address = Self {
            host: host.trim_matches(['[', ']']).to_owned(),
            port: url.port().unwrap_or(6379),
            login,
            database: (!database.is_empty()).then(|| database.to_owned()),
            #[cfg(feature = "rustls-no-provider")]
            tls: None,
        };
        Some((address, secure))
    }

    /// Use TLS.
    #[cfg(feature = "rustls-no-provider")]
    pub(crate) fn with_tls(mut self, mut config: rustls::ClientConfig) -> Self {
        config.alpn_protocols.clear();
        self.tls = Some(std::sync::Arc::new(config));
        self
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// A connection. After an error it is not usable any more.
pub(crate) struct RedisConnection(BufReader<Box<dyn Stream>>);

impl fmt::Debug for RedisConnection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedisConnection")
    }
}

/// What Redis replies.
#[derive(Debug, PartialEq)]
pub(crate) enum Reply {
    Text(String),
    Integer(i64),
    List(Vec<Self>),
    Null,
    Error(String),
}

impl RedisConnection {
    pub(crate) async fn open(address: &RedisAddress) -> Result<Self> {
        within(CONNECT_TIMEOUT, Self::connected(address)).await
    }

    async fn connected(address: &RedisAddress) -> Result<Self> {
        let mut connection = Self(BufReader::new(stream_to(address).await?));
        if let Some((user, password)) = &address.login {
            let mut words = vec!["AUTH"];
            if !user.is_empty() {
                words.push(user);
            }
            words.push(password.expose());
            connection.agreed(&words).await?;
        }
        if let Some(database) = &address.database {
            connection.agreed(&["SELECT", database]).await?;
        }
        Ok(connection)
    }

    async fn agreed(&mut self, words: &[&str]) -> Result<()> {
        match self.sent(words).await? {
            // The rest may repeat the arguments, such as the password.
            Reply::Error(error) => {
                let code = error.split_whitespace().next().unwrap_or_default();
                let command = words.first().copied().unwrap_or_default();
                Err(Error::other(format!("{command} failed: {code}")))
            }
            _ => Ok(()),
        }
    }

    /// Send a command and read the reply.
    pub(crate) async fn command(&mut self, words: &[&str]) -> Result<Reply> {
        within(COMMAND_TIMEOUT, self.sent(words)).await
    }

    async fn sent(&mut self, words: &[&str]) -> Result<Reply> {
        let mut text = format!("*{}\r\n", words.len());
        for word in words {
            let _ = write!(text, "${}\r\n{word}\r\n", word.len());
        }
        self.0.get_mut().write_all(text.as_bytes()).await?;
        self.0.get_mut().flush().await?;
        self.reply().await
    }

    async fn reply(&mut self) -> Result<Reply> {
        let (kind, rest) = self.line().await?;
        if kind != b'*' {
            return self.single(kind, rest).await;
        }
        let length: usize = rest.parse().map_err(|_| unreadable())?;
        let mut list = Vec::new();
        for _ in 0..length.min(MOST) {
            let (kind, rest) = self.line().await?;
            list.push(self.single(kind, rest).await?);
        }
        Ok(Reply::List(list))
    }

    async fn single(&mut self, kind: u8, rest: String) -> Result<Reply> {
        Ok(match kind {
            b'+' => Reply::Text(rest),
            b'-' => Reply::Error(rest),
            b':' => Reply::Integer(rest.parse().map_err(|_| unreadable())?),
            b'$' if rest == "-1" => Reply::Null,
            b'$' => {
                let length: usize = rest.parse().map_err(|_| unreadable())?;
                if length > MOST {
                    return Err(unreadable());
                }
                let mut text = vec![0; length + 2];
                self.0.read_exact(&mut text).await?;
                text.truncate(length);
                Reply::Text(String::from_utf8(text).map_err(|_| unreadable())?)
            }
            _ => return Err(unreadable()),
        })
    }

    /// Read a line: its first byte, and the rest.
    async fn line(&mut self) -> Result<(u8, String)> {
        let mut line = Vec::new();
        let most = MOST as u64;
        (&mut self.0)
            .take(most)
            .read_until(b'\n', &mut line)
            .await?;
        if line.is_empty() {
            return Err(Error::new(ErrorKind::UnexpectedEof, "the connection broke"));
        }
        let line = line.strip_suffix(b"\r\n").ok_or_else(unreadable)?;
        let (kind, rest) = line.split_first().ok_or_else(unreadable)?;
        Ok((*kind, String::from_utf8_lossy(rest).into_owned()))
    }
}

fn unreadable() -> Error {
    Error::new(ErrorKind::InvalidData, "the reply is not one of Redis")
}

/// Run `future` for at most `time`.
async fn within<T>(time: Duration, future: impl Future<Output = Result<T>>) -> Result<T> {
    let late = || Err(ErrorKind::TimedOut.into());
    timeout_at(runtime_now() + time, future)
        .await
        .unwrap_or_else(late)
}

#[cfg(not(target_arch = "wasm32"))]
async fn stream_to(address: &RedisAddress) -> Result<Box<dyn Stream>> {
    let stream = tokio::net::TcpStream::connect((address.host.as_str(), address.port)).await?;
    stream.set_nodelay(true)?;
    #[cfg(feature = "rustls-no-provider")]
    if let Some(config) = &address.tls {
        let name = rustls::pki_types::ServerName::try_from(address.host.clone())
            .map_err(|_| Error::other("the name of the host is not valid"))?;
        let connector = tokio_rustls::TlsConnector::from(config.clone());
        return Ok(Box::new(connector.connect(name, stream).await?));
    }
    Ok(Box::new(stream))
}

#[cfg(target_arch = "wasm32")]
#[expect(clippy::unused_async, reason = "as on a machine")]
async fn stream_to(_: &RedisAddress) -> Result<Box<dyn Stream>> {
    Err(ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_host_port_login_and_database() {
        let (address, secure) = RedisAddress::read("rediss://ada:p%40ss@[::1]:7000/3").expect("it");
        assert!(secure && address.host == "::1" && address.port == 7000);
        assert_eq!(address.database.as_deref(), Some("3"));
        let (user, password) = address.login.as_ref().expect("a login");
        assert_eq!((user.as_str(), password.expose()), ("ada", "p@ss"));
        assert_eq!(format!("{address:?}"), "::1:7000");
        let (address, secure) = RedisAddress::read("redis://localhost").expect("it");
        assert!(!secure && address.port == 6379 && address.login.is_none());
        for wrong in [
            "",
            "localhost:6379",
            "http://localhost",
            "redis://",
            "redis://h/db",
        ] {
            assert!(RedisAddress::read(wrong).is_none(), "{wrong}");
        }
    }

    #[tokio::test]
    async fn an_error_of_a_login_does_not_show_the_password() {
        let (ours, mut theirs) = tokio::io::duplex(1_000);
        let refused =
            "-ERR unknown command `AUTH`, with args beginning with: `ada` `secret-password`\r\n";
        theirs.write_all(refused.as_bytes()).await.expect("room");
        let mut connection = RedisConnection(BufReader::new(Box::new(ours)));
        let error = connection.agreed(&["AUTH", "ada", "secret-password"]).await;
        assert_eq!(error.expect_err("refused").to_string(), "AUTH failed: ERR");
    }

    #[tokio::test]
    async fn replies_are_read_and_others_are_errors() {
        for (text, expected) in [
            (":5\r\n", Some(Reply::Integer(5))),
            ("$2\r\nab\r\n", Some(Reply::Text("ab".into()))),
            ("$-1\r\n", Some(Reply::Null)),
            ("-NOSCRIPT no\r\n", Some(Reply::Error("NOSCRIPT no".into()))),
            (
                "*2\r\n:1\r\n+OK\r\n",
                Some(Reply::List(vec![
                    Reply::Integer(1),
                    Reply::Text("OK".into()),
                ])),
            ),
            ("HTTP/1.1 400\r\n", None),
            ("$999999\r\n", None),
            (":five\r\n", None),
            (":5", None),
        ] {
            let (ours, mut theirs) = tokio::io::duplex(1_000);
            theirs.write_all(text.as_bytes()).await.expect("room");
            drop(theirs);
            let mut connection = RedisConnection(BufReader::new(Box::new(ours)));
            assert_eq!(connection.reply().await.ok(), expected, "{text:?}");
        }
    }
}
