//! Create a token for a user, exchange a room code for one, and verify tokens.
//!
//! Run it with `cargo run --example join_tokens`. It reads `HMS_ACCESS_KEY` and `HMS_SECRET`. Prints:
//!
//! ```text
//! ada joins as host
//! ben joins as guest
//! refused: authentication
//! ```

use std::error::Error;
use std::time::Duration;

use hundredms::resources::room_codes::ExchangeRoomCode;
use hundredms::resources::rooms::CreateRoom;
use hundredms::tokens::Claims;
use hundredms::{Client, ErrorKind};

/// Return who joins as what.
fn describe(claims: Claims) -> String {
    let user = claims.user_id.unwrap_or_default();
    let role = claims.role.unwrap_or_default();
    format!("{user} joins as {role}")
}

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
    Ok(())
}
