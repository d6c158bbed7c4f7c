//! What a control is: its arguments, its result, and what it does.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::error::SandboxError;
use crate::{reading, sandbox_state::SandboxState};

/// A control. Its fields are the arguments.
pub(crate) trait Control: Sized {
    /// The result. `()` is null in JSON.
    type Answer;

    /// The approximate number of bytes of the arguments that the state keeps. 0 if it keeps none, or counts them itself.
    fn kept_bytes(&self) -> usize {
        0
    }

    /// Run it on an up-to-date state.
    fn run(self, sandbox: &mut SandboxState) -> Result<Self::Answer, SandboxError>;
}

/// Run a control on an up-to-date state, if there is room for what the state keeps of its arguments.
pub(crate) fn run<C: Control>(
    sandbox: &mut SandboxState,
    control: C,
) -> Result<C::Answer, SandboxError> {
    let kept = control.kept_bytes();
    if kept == 0 {
        return control.run(sandbox);
    }
    let mut large_values = sandbox.state.large_values;
    large_values.take_bytes(kept)?;
    let answer = control.run(sandbox)?;
    sandbox.state.large_values = large_values;
    Ok(answer)
}

/// Run a control with JSON in and out.
pub(super) fn run_json<C>(
    sandbox: &mut SandboxState,
    arguments: Value,
) -> Result<Value, SandboxError>
where
    C: Control<Answer: Serialize> + DeserializeOwned,
{
    answer(&run::<C>(sandbox, read(arguments)?)?)
}

/// Read the arguments of a control. Null counts as an empty object.
pub(super) fn read<T: DeserializeOwned>(arguments: Value) -> Result<T, SandboxError> {
    let arguments = match arguments {
        Value::Null => json!({}),
        _ => arguments,
    };
    Ok(reading::object(&arguments).map_err(|error| error.about_arguments(&arguments))?)
}

/// The JSON of a control's result.
pub(super) fn answer(answer: &impl Serialize) -> Result<Value, SandboxError> {
    serde_json::to_value(answer).map_err(|error| SandboxError::invalid(error.to_string()))
}

/// The bytes of texts that may be missing.
pub(super) fn bytes<'a>(texts: impl IntoIterator<Item = &'a Option<String>>) -> usize {
    texts.into_iter().flatten().map(String::len).sum()
}
