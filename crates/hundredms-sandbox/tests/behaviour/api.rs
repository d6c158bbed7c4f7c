//! A sandbox and a plain HTTP client that carries its tokens.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use hundredms_sandbox::{Builder, Sandbox};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use sha2::Sha256;

pub(crate) struct Api {
    pub(crate) sandbox: Sandbox,
    http: Client,
    token: String,
}

impl Api {
    pub(crate) async fn start() -> Self {
        Self::of(Sandbox::builder()).await
    }

    pub(crate) async fn of(builder: Builder) -> Self {
        let sandbox = builder.start().await.expect("a free port");
        let token = signed(&management_claims(&sandbox), sandbox.secret());
        Self {
            sandbox,
            http: crate::http::client(),
            token,
        }
    }

    /// Create a token that is valid for 24 hours of the virtual clock.
    pub(crate) fn renew_token(&mut self) {
        let now: jiff::Timestamp = self.sandbox.clock().now.parse().expect("a time");
        let mut claims = management_claims(&self.sandbox);
        claims["exp"] = (now.as_second() + 86_400).into();
        self.token = signed(&claims, self.sandbox.secret());
    }

    /// A request below the base URL, without a token.
    pub(crate) fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.sandbox.base_url()))
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        exchange(self.bare(Method::GET, path).bearer_auth(&self.token)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        exchange(
            self.bare(Method::POST, path)
                .bearer_auth(&self.token)
                .json(&body),
        )
        .await
    }

    /// A request below the base URL, with a token.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.bare(method, path).bearer_auth(&self.token)
    }

    /// Posts a text as it is.
    pub(crate) async fn post_text(&self, path: &str, body: &'static str) -> (u16, Value) {
        exchange(
            self.bare(Method::POST, path)
                .bearer_auth(&self.token)
                .body(body),
        )
        .await
    }

    pub(crate) async fn delete(&self, path: &str) -> (u16, Value) {
        exchange(self.bare(Method::DELETE, path).bearer_auth(&self.token)).await
    }

    /// Posts and takes the answer out of a 200.
    pub(crate) async fn posted(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.post(path, body).await;
        assert_eq!(status, 200, "POST {path}: {answer}");
        answer
    }

    /// Gets and takes the answer out of a 200.
    pub(crate) async fn got(&self, path: &str) -> Value {
        let (status, answer) = self.get(path).await;
        assert_eq!(status, 200, "GET {path}: {answer}");
        answer
    }
}

/// Sends a request; no body reads as null.
pub(crate) async fn exchange(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.expect("an answer");
    let status = response.status().as_u16();
    let body = response.bytes().await.expect("a whole body");
    if body.is_empty() {
        (status, Value::Null)
    } else {
        (status, serde_json::from_slice(&body).expect("JSON"))
    }
}

pub(crate) fn management_claims(sandbox: &Sandbox) -> Value {
    let now = jiff::Timestamp::now().as_second();
    json!({
        "access_key": sandbox.access_key(), "type": "management", "version": 2, "jti": "any",
        "iat": now, "nbf": now, "exp": now + 86_400,
    })
}

/// An HS256 token.
pub(crate) fn signed(claims: &Value, secret: &str) -> String {
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
    let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any key");
    mac.update(signed.as_bytes());
    format!(
        "{signed}.{}",
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    )
}

/// The claims of a token, unchecked.
pub(crate) fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).expect("base64url")).expect("JSON")
}
