//! What a program does with TLS of its own, in a process where nothing is installed as the default.

#[test]
fn a_program_has_reqwest_and_rustls_of_its_own() {
    let client = hundredms::Client::with_keys("key", "secret").expect("a client");
    drop(reqwest::Client::new());
    drop(rustls::ClientConfig::builder());
    drop(client);
    drop(reqwest::Client::new());
}
