//! [`Sandbox`]: the emulator of the service, in this process.

use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use hundredms::Lane;
use napi_derive::napi;

use crate::bridge::{Bridge, Shared};
use crate::failure;
use crate::runtime::Outcome;

/// A sandbox. It stops when it is dropped.
#[napi]
pub struct Sandbox {
    sandbox: Arc<OnceLock<hundredms_sandbox::Sandbox>>,
    bridge: Rc<Shared>,
}

#[napi]
impl Sandbox {
    #[napi(constructor)]
    pub fn new(bridge: &Bridge) -> Self {
        Self {
            sandbox: Arc::default(),
            bridge: bridge.shared(),
        }
    }

    /// Start it. The result contains its addresses and credentials.
    #[napi]
    pub fn start(
        &self,
        id: u32,
        port: u16,
        access_key: Option<String>,
        secret: Option<String>,
        host: Option<String>,
        allow_hosts: Vec<String>,
    ) -> napi::Result<()> {
        let started = self.sandbox.clone();
        let mut builder = hundredms_sandbox::Sandbox::builder().port(port);
        if let Some(host) = host {
            builder = builder.host(host);
        }
        for host in allow_hosts {
            builder = builder.allow_host(host);
        }
        if let Some(access_key) = access_key {
            builder = builder.access_key(access_key);
        }
        if let Some(secret) = secret {
            builder = builder.secret(secret);
        }
        let work = async move {
            match builder.start().await {
                Ok(sandbox) => {
                    let sandbox = started.get_or_init(|| sandbox);
                    answer(&serde_json::json!({
                        "baseUrl": sandbox.base_url(),
                        "authUrl": sandbox.auth_url(),
                        "dashboardUrl": sandbox.dashboard_url(),
                        "accessKey": sandbox.access_key(),
                        "secret": sandbox.secret(),
                    }))
                }
                Err(error) => Outcome::Failure(failure::of_start(&error)),
            }
        };
        self.bridge.run(Lane::default(), id, false, Box::pin(work))
    }

    /// Run a control by name, with JSON text in and out.
    #[napi]
    pub fn control(&self, id: u32, name: String, arguments: String) -> napi::Result<()> {
        let sandbox = self.sandbox.clone();
        let work = async move {
            let Some(sandbox) = sandbox.get() else {
                return Outcome::Dropped;
            };
            match sandbox.control_json_async(&name, &arguments).await {
                Ok(json) => Outcome::Answer(json.into(), None),
                Err(error) => Outcome::Failure(failure::of_control(&name, &error)),
            }
        };
        self.bridge.run(Lane::default(), id, false, Box::pin(work))
    }

    /// Stop it after running requests have finished.
    #[napi]
    pub fn stop(&self, id: u32) -> napi::Result<()> {
        let sandbox = self.sandbox.clone();
        let work = async move {
            if let Some(sandbox) = sandbox.get() {
                sandbox.stop().await;
            }
            answer(&serde_json::Value::Null)
        };
        self.bridge.run(Lane::default(), id, false, Box::pin(work))
    }
}

fn answer(value: &serde_json::Value) -> Outcome {
    Outcome::Answer(value.to_string().into(), None)
}
