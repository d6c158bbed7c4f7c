//! What a program must write for its own tokens where its crates turn on both crypto providers of `jsonwebtoken`. For those of
//! `hundredms` it must write nothing.

use std::error::Error;

use hundredms::Client;
use jsonwebtoken::{EncodingKey, Header, encode};

fn main() -> Result<(), Box<dyn Error>> {
    // With both, `jsonwebtoken` does not know which to take, and `encode` panics. Whoever has the main function says it, once.
    let _ = jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER.install_default();
    println!("{}", own_token()?);
    println!("{}", room_token()?);
    Ok(())
}

/// A token of the program's own.
fn own_token() -> Result<String, Box<dyn Error>> {
    let claims = serde_json::json!({ "sub": "ada" });
    let key = EncodingKey::from_secret(b"another secret")?;
    Ok(encode(&Header::default(), &claims, &key)?)
}

/// A token of `hundredms`, created and verified.
fn room_token() -> Result<String, Box<dyn Error>> {
    let client = Client::builder()
        .keys("access key", "secret")
        .base_url("http://127.0.0.1:9")
        .auth_url("http://127.0.0.1:9")
        .build()?;
    let token = client.tokens().auth("room", "host").create()?;
    client.tokens().verify(token.expose())?;
    Ok(token.expose().to_owned())
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::crypto::{CryptoProvider, aws_lc};

    use super::{own_token, room_token};

    // One test: what is installed is of the process.
    #[test]
    fn tokens_of_hundredms_need_no_provider_of_the_process_and_leave_it_to_the_program() {
        room_token().expect("a token, with nothing installed");
        assert!(CryptoProvider::try_get_default().is_none());
        std::panic::catch_unwind(own_token).expect_err("jsonwebtoken does not know which to take");
        room_token().expect("a token, after that");
        aws_lc::DEFAULT_PROVIDER
            .install_default()
            .expect("nobody has installed one");
        own_token().expect("the program's own token");
        room_token().expect("a token, whatever is installed");
    }
}
