//! Verify the signature of a webhook by hand, where no receiver can be used.
//!
//! Run it with `cargo run --example webhook_signature`. It starts a sandbox, which signs webhooks. Prints:
//!
//! ```text
//! the webhook is signed
//! another body is not signed
//! with another key it is not signed
//! ```

use std::error::Error;

use hundredms_sandbox::{Sandbox, SendWebhook, WebhookTarget};

// --8<-- [start:verify]
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Return whether the value of `x-100ms-signature` is that of the received bytes.
fn is_signed(body: &[u8], signature: &str, key: &str) -> bool {
    let digits = signature.as_bytes().chunks(2);
    let bytes = digits.map(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
    let (Some(given), Ok(mac)) = (
        bytes.collect::<Option<Vec<u8>>>(),
        Hmac::<Sha256>::new_from_slice(key.as_bytes()),
    ) else {
        return false;
    };
    mac.chain_update(body).verify_slice(&given).is_ok() // in constant time
}
// --8<-- [end:verify]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let key = "the key of the workspace";
    let sandbox = Sandbox::start().await?;
    let target = WebhookTarget::new("").signing_key(key);
    let event = SendWebhook::new("peer.join.success");
    let request = sandbox.webhook_request(&event, Some(&target))?;
    let signature = &request.headers["x-100ms-signature"];
    let body = request.body.as_bytes();
    let other = [body, b" "].concat();
    if is_signed(body, signature, key) {
        println!("the webhook is signed");
    }
    if !is_signed(&other, signature, key) {
        println!("another body is not signed");
    }
    if !is_signed(body, signature, "another key") {
        println!("with another key it is not signed");
    }
    Ok(())
}
