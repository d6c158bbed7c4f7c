//! The functions that JavaScript calls, by name.

use hundredms::{Error, ErrorKind};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::arguments::Arguments;
use crate::clients::Returned;
use crate::{clients, executor, failure, receivers};

/// Call the function `name`. `body` is what some take besides their arguments.
pub(crate) fn invoke(name: &str, mut arguments: Arguments, body: &[u8]) -> Returned {
    match name {
        "client" => clients::create(arguments),
        "forgetClient" => clients::forget(arguments),
        "target" => clients::target(arguments),
        "observe" => clients::observe(arguments),
        "call" => clients::call(arguments),
        "callWithResponse" => clients::call_with_response(arguments),
        "callRaw" => clients::call_raw(arguments),
        "runJob" => clients::run_job(arguments),
        "request" => clients::request(arguments),
        "reconcile" => clients::reconcile(arguments),
        "abort" => {
            executor::abort(arguments.id());
            Ok(Value::Null)
        }
        "openAsset" => clients::open_asset(arguments),
        "readAsset" => clients::read_asset(arguments),
        "closeAsset" => clients::close_asset(arguments),
        "setClockOffset" => clients::set_clock_offset(arguments),
        "provideToken" => clients::provide_token(arguments),
        "link" => clients::link(arguments),
        "authToken" => clients::auth_token(arguments),
        "managementToken" => clients::management_token(arguments),
        "decodeToken" => clients::decode_token(arguments),
        "verifyToken" => clients::verify_token(arguments),
        "receiver" => receivers::create(arguments),
        "forgetReceiver" => receivers::forget(arguments),
        "receive" => receivers::receive(arguments, body),
        "verifySender" => receivers::verify_sender(arguments),
        "parseEvent" => receivers::parse(body),
        "errorKinds" => Ok(ErrorKind::ALL.iter().map(|kind| kind.as_str()).collect()),
        "operations" => Ok(hundredms::operations().map(|info| info.name).collect()),
        "exportTranscript" => {
            let (transcript, format) = (arguments.text(), arguments.text());
            hundredms::jobs::export_transcript(transcript.as_bytes(), &format)
                .map(Value::String)
                .map_err(|error| failure::of_core(&error))
        }
        "refusedArgument" => {
            let (operation, field) = (arguments.text(), arguments.text());
            let error = Error::invalid_request(&operation, &field, &arguments.text());
            Ok(failure::of_core(&error).into())
        }
        "notConfigured" => {
            let error = Error::configuration(arguments.text());
            Ok(failure::of_core(&error).into())
        }
        "unknownEventType" => {
            let error = hundredms::webhooks::EventType::unknown(&arguments.text());
            Ok(failure::of_core(&error).into())
        }
        "sha256" => {
            let digest = Sha256::digest(arguments.text().as_bytes());
            let digits = digest.iter().map(|byte| format!("{byte:02x}"));
            Ok(digits.collect::<String>().into())
        }
        _ => Err(format!("the module has no function {name}")),
    }
}
