//! [`Templates::edit`]: reads a template, lets the caller change it, and writes it back unless somebody else changed it meanwhile.

use bytes::Bytes;
use serde::Serialize;
use serde_json::{Map, Value};

use super::compare::is_same;
use super::context::JobContext;
use super::job::Job;
use super::template_description::TemplateDescription;
use crate::call_options::CallOptions;
use crate::check;
use crate::define::job;
use crate::error::{Error, ErrorKind, Result};
use crate::operation::Request;
use crate::resources::handles::Templates;
use crate::resources::templates::{GetTemplate, Template, UpdateTemplate};
use crate::wire::body::Body;
use crate::wire::deserialize::deserialize;
use crate::wire::mode::Mode;
use crate::wire::stored_secret;

/// No progress is reported.
type Nothing = ();

job! {
    /// Write a template that was read and changed, unless somebody else changed it meanwhile. The bindings read the template and let
    /// the caller change it, because only they can call a callback of their language.
    WriteTemplate: "templates.edit" -> Template;
    by hand; timeout 60; reports Nothing;
    arguments {
        /// Id of the template.
        required template_id: String,
        /// The template as it was read.
        required before: TemplateDescription,
        /// The template to write.
        required after: TemplateDescription,
    }
}

impl WriteTemplate {
    async fn execute(mut self, context: JobContext<Nothing>) -> Result<Template> {
        let before = Value::Object(self.before.0).to_string();
        let before = deserialize::<Template>(Mode::Lenient, before.as_bytes())
            .map_err(|error| refused("before", &error.path, &error.reason))?;
        self.after
            .0
            .insert("template_id".to_owned(), self.template_id.into());
        let after = Value::Object(self.after.0).to_string();
        let after = deserialize::<UpdateTemplate>(Mode::Strict, after.as_bytes())
            .map_err(|error| refused("", &error.path, &check::with_guess(&error.reason)))?;
        write(&context, before.value, after.value).await
    }
}

fn refused(argument: &str, path: &str, reason: &str) -> Error {
    let dot = if argument.is_empty() || path.is_empty() {
        ""
    } else {
        "."
    };
    let field = format!("{argument}{dot}{path}");
    Error::invalid_request(WriteTemplate::INFO.name, &field, reason)
}

/// Write `after`, unless it equals `before` or somebody has changed the template.
async fn write(
    context: &JobContext<Nothing>,
    before: Template,
    after: UpdateTemplate,
) -> Result<Template> {
    if is_same(&body(&UpdateTemplate::from(before.clone())), &body(&after)) {
        return Ok(before);
    }
    stored_secret::refuse(&written(&after), "")
        .map_err(|violation| refused("", &violation.path, &violation.reason))?;
    let now = context.call(GetTemplate::new(&after.template_id)).await?;
    if !is_same(&json(&now), &json(&before)) {
        let message =
            "the template was changed while it was edited, and nothing was written; edit it again";
        return Err(Error::new(ErrorKind::Conflict, message).with(|details| {
            details.operation = Some(context.name().to_owned());
            details.elapsed = context.elapsed();
        }));
    }
    context.call(after).await
}

/// What a request would send.
fn written(request: &UpdateTemplate) -> Bytes {
    let mut body = Body::default();
    request.put_body(&mut body);
    body.finish().unwrap_or_default()
}

fn body(request: &UpdateTemplate) -> Value {
    serde_json::from_slice(&written(request)).unwrap_or_default()
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_else(|_| Value::Object(Map::new()))
}

impl Templates {
    /// Read a template, change it, and write it back, with everything that `change` leaves as it is.
    ///
    /// The template is read again right before it is written. If somebody has changed it since `change` got it, nothing is written.
    /// If `change` changes nothing, nothing is written either. The service has no conditional writes: a change in the milliseconds
    /// between the second read and the write is overwritten. Peers in a running session keep the old rules until they rejoin or the
    /// session restarts.
    ///
    /// ```no_run
    /// # async fn run(client: hundredms::Client) -> hundredms::Result<()> {
    /// let template = client.templates().edit("66112a09d5b8b9a2d1c0e1f2", |template| {
    ///     template.settings.region = "eu".into();
    ///     template.roles.remove("spectator");
    /// }).await?;
    /// # let _ = template;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// `conflict` if somebody changed it meanwhile; else as `templates.get` and `templates.update`.
    pub async fn edit(
        &self,
        template_id: impl Into<String>,
        change: impl FnOnce(&mut Template) + Send,
    ) -> Result<Template> {
        let client = self.client.clone();
        let template_id = template_id.into();
        let context = JobContext::new(client, WriteTemplate::INFO, CallOptions::default(), None);
        let before = context.call(GetTemplate::new(&template_id)).await?;
        let mut after = before.clone();
        change(&mut after);
        let mut after = UpdateTemplate::from(after);
        after.template_id = template_id;
        Box::pin(write(&context, before, after)).await
    }
}
