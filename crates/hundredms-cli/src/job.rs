//! Runs jobs: `hundredms recordings wait`.

use serde_json::{Map, Value};

use crate::arguments::read;
use crate::failure::{Result, before_repeating};
use crate::output::Format;
use crate::progress::Bars;
use crate::session::Session;
use crate::surface::Method;

/// Run a job, and print its result.
pub(crate) async fn run(session: &Session<'_>, method: &Method) -> Result {
    let arguments = read(method, session.matches, &[])?;
    session.check_fields(method.fields())?;
    let value = result(session, &method.full_name, arguments).await?;
    session.printer_of_change(method.columns()).value(&value)
}

/// Run a job, and return its result.
pub(crate) async fn result(
    session: &Session<'_>,
    name: &str,
    arguments: Map<String, Value>,
) -> Result<Value> {
    let client = session.client()?;
    let bars = Bars::new(session.style.format == Format::Ids);
    let progress = bars.job(name);
    let text = Value::Object(arguments).to_string();
    let job = client.run_json(name, text.as_bytes(), session.options(), Some(progress));
    let answer = session.wait(job, || before_repeating(None, false)).await;
    bars.clear();
    Ok(serde_json::from_slice(&answer??).unwrap_or_default())
}
