//! Create a token for a user, exchange a room code for one, and verify tokens.
//!
//! Run it with `cargo run --example join_tokens`. It reads `HMS_ACCESS_KEY` and `HMS_SECRET`. Prints:
//!
//! ```text
//! ada joins as host
//! ben joins as guest
//! refused: authentication
//! ```

// --8<-- [start:imports]
use std::error::Error;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use hundredms::resources::room_codes::ExchangeRoomCode;
use hundredms::resources::rooms::{CreateRoom, ListRooms};
use hundredms::tokens::Claims;
use hundredms::{Client, ErrorKind};
// --8<-- [end:imports]

/// Return who joins as what.
fn describe(claims: Claims) -> String {
    let user = claims.user_id.unwrap_or_default();
    let role = claims.role.unwrap_or_default();
    format!("{user} joins as {role}")
}

// --8<-- [start:axum]
/// What the handler answers instead of a token.
struct Refused(StatusCode, String);

impl From<hundredms::Error> for Refused {
    fn from(error: hundredms::Error) -> Self {
        // What is wrong between this server and the service, such as the secret, is not for the caller.
        eprintln!("{error}");
        Self(
            StatusCode::BAD_GATEWAY,
            "no token: try again later".to_owned(),
        )
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, self.1).into_response()
    }
}

/// Return a token with which the user joins a lesson.
async fn join(
    State(client): State<Client>,
    Path(number): Path<u32>,
    headers: HeaderMap,
) -> Result<String, Refused> {
    // Who is signed in. In your app: from the session, not from a header.
    let user_id = headers.get("x-user-id").and_then(|id| id.to_str().ok());
    let Some(user_id) = user_id.filter(|id| !id.is_empty()) else {
        return Err(Refused(
            StatusCode::UNAUTHORIZED,
            "sign in first".to_owned(),
        ));
    };
    let request = CreateRoom::new().name(format!("lesson-{number}"));
    let room = client.rooms().create(request).await?;
    let token = client.tokens().auth(&room.id, "guest").user_id(user_id);
    Ok(token.create()?.expose().to_owned())
}

/// Return the app. A test passes the client of a sandbox.
fn app(client: Client) -> Router {
    Router::new()
        .route("/lessons/{number}/token", post(join))
        .with_state(client)
}
// --8<-- [end:axum]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    let room = client
        .rooms()
        .create(CreateRoom::new().name("physics-7"))
        .await?;

    // --8<-- [start:token]
    // For a user who is signed in to your app. Nothing is sent: the client signs the token.
    let token = client
        .tokens()
        .auth(&room.id, "host")
        .user_id("ada")
        .valid_for(Duration::from_secs(3600))
        .create()?;
    let claims = client.tokens().verify(token.expose())?;
    println!("{}", describe(claims));
    // --8<-- [end:token]

    // --8<-- [start:code]
    // For a user who has the code of a role.
    let code = client
        .room_codes()
        .create_for_role(&room.id, "guest")
        .await?;
    let exchanged = client
        .room_codes()
        .auth_token(ExchangeRoomCode::new(&code.code).user_id("ben"))
        .await?;
    let claims = client.tokens().verify(exchanged.token.expose())?;
    println!("{}", describe(claims));
    // --8<-- [end:code]

    // --8<-- [start:verify]
    // `verify` checks signature and times. `decode` only reads the claims.
    let other = Client::with_keys("another-key", "another-secret")?;
    match other.tokens().verify(token.expose()) {
        Err(error) if error.kind() == ErrorKind::Authentication => {
            println!("refused: {}", error.kind());
        }
        other => drop(other?),
    }
    // --8<-- [end:verify]

    drop(app(client.clone()));
    let refused = join(State(client.clone()), Path(0), HeaderMap::new()).await;
    assert!(matches!(refused, Err(Refused(StatusCode::UNAUTHORIZED, _))));
    let mut rooms = client.rooms().list(ListRooms::new().name("lesson-0"));
    assert!(
        rooms.next().await.transpose()?.is_none(),
        "a room of nobody"
    );
    let headers = HeaderMap::from_iter([(
        HeaderName::from_static("x-user-id"),
        HeaderValue::from_static("cy"),
    )]);
    let answer = join(State(client.clone()), Path(7), headers).await;
    let token = answer.map_err(|Refused(status, _)| status.to_string())?;
    let claims = client.tokens().verify(&token)?;
    assert_eq!(describe(claims), "cy joins as guest");
    let error = other.tokens().verify(&token).expect_err("another secret");
    let Refused(status, text) = error.into();
    assert_eq!(
        (status, text.as_str()),
        (StatusCode::BAD_GATEWAY, "no token: try again later")
    );
    Ok(())
}
