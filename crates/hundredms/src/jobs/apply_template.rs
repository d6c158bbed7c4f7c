//! Templates as code: compares a template with its description, and makes it what the description says.

use serde_json::Value;

use super::context::JobContext;
use super::template_description::TemplateDescription;
use super::template_plan::{Desired, Plan, Step, StepCall, Stored};
use crate::define::{job, jobs, model};
use crate::error::{Error, ErrorKind, Result, single_line};
use crate::paging::{Paged, next_cursor};
use crate::resources::templates::{
    DeleteRole, GetRecordingConfigs, GetTemplate, ListTemplates, Template, UpdateRecordingConfigs,
};
use crate::wire::extra::Extra;
use crate::wire::violation::Violation;

jobs![DiffTemplate, ApplyTemplate];

model! {
    /// The changes that make a template what its description says.
    answer TemplatePlan {
        /// Id of the template. Missing if it does not exist yet.
        optional template_id: String,
        /// Name of the template, as it is or will be.
        required name: String,
        /// Whether the template is created.
        required creates: bool,
        /// Whether the changes were made. False if there are none.
        required applied: bool,
        /// The changes, in the order in which they are made. Empty if the template is as described.
        required changes: [TemplateChange],
        /// What is probably a mistake in the description: fields that neither this version nor the stored template knows, and roles that
        /// the template does not have. `apply` logs it as a warning too.
        required warnings: [String],
    }
}

model! {
    /// One change of a template.
    answer TemplateChange {
        /// Path of the value, under the names of the service: `roles.host.priority`.
        required path: String,
        /// The operation that makes the change.
        required operation: String,
        /// The value before. Missing if there is none. Secrets, and texts in fields that this version does not know, are
        /// `[redacted]`.
        optional before: Value,
        /// The value after. Missing if it is removed. Secrets, and texts in fields that this version does not know, are
        /// `[redacted]`.
        optional after: Value,
    }
}

model! {
    /// How many of the calls have been made that change a template.
    answer TemplateProgress {
        /// The operation that is called next.
        required operation: String,
        /// Number of calls that have been made.
        required done: i64,
        /// Number of all calls that change something.
        required total: i64,
    }
}

job! {
    /// Compare a template with its description.
    ///
    /// Returns the changes that `templates.apply` would make, in order, and makes none. The description is partial: what it does not
    /// mention stays as it is. Objects are compared field by field; a list replaces the list. Null removes a role, a destination,
    /// a plugin, the recording storage, or an optional part of them. `recordings` is the list of `templates.get_recordings`; an empty
    /// list removes the configuration. A template that was read is a description too, but without `recordings`, which `templates.get`
    /// does not return: add them, or the configuration stays as it is. `{"$secret": "stored"}` keeps a stored value that
    /// must not be in a file, and is refused where nothing is stored. Returned changes contain no secrets.
    DiffTemplate: "templates.diff" -> TemplatePlan;
    method Templates::diff; timeout 60; reports TemplateProgress;
    arguments {
        /// Id of the template.
        required template_id: String,
        /// What the template should contain: `name`, `roles`, `settings`, `destinations`, `recordings`, `plugins`.
        required desired: TemplateDescription,
    }
}

job! {
    /// Make a template what its description says.
    ///
    /// Finds the template by the `name` in the description, or creates it, and makes the changes that `templates.diff` lists: roles
    /// before what refers to them, removals last. If nothing differs, nothing is written. Only what differs is written, but a role,
    /// the settings and the destinations are each replaced as a whole, so a change that somebody else makes to the same one at the
    /// same time is lost. If a call fails, its error says which changes were made and which were not. Run it again to make the rest.
    /// With `template_id`, a different `name` renames the template. Peers in a running session keep the old rules until they rejoin
    /// or the session restarts.
    ApplyTemplate: "templates.apply" -> TemplatePlan;
    method Templates::apply; timeout 300; reports TemplateProgress;
    arguments {
        /// What the template should contain: `name`, `roles`, `settings`, `destinations`, `recordings`, `plugins`. `templates.diff`
        /// has the rules. `name` is required without `template_id`.
        required desired: TemplateDescription,
        /// Id of the template. Defaults to the template with the name in the description.
        optional template_id: String,
        /// Return the changes without making them. Defaults to `false`.
        optional dry_run: bool,
    }
}

impl DiffTemplate {
    async fn execute(self, context: JobContext<TemplateProgress>) -> Result<TemplatePlan> {
        let desired = read(&context, self.desired)?;
        let template = context.call(GetTemplate::new(self.template_id)).await?;
        let stored = stored(&context, Some(template), &desired).await?;
        let plan = planned(&context, &stored, &desired)?;
        Ok(described(&plan, &stored, &desired, false))
    }
}

impl ApplyTemplate {
    async fn execute(self, context: JobContext<TemplateProgress>) -> Result<TemplatePlan> {
        let desired = read(&context, self.desired)?;
        let template = match (self.template_id, desired.name()) {
            (Some(id), _) => Some(context.call(GetTemplate::new(id)).await?),
            (None, Some(name)) if !name.is_empty() => named(&context, name).await?,
            (None, _) => {
                let violation = Violation::new("is missing; it says which template is meant");
                return Err(refused(&context, &violation.under("name")));
            }
        };
        let stored = stored(&context, template, &desired).await?;
        let plan = planned(&context, &stored, &desired)?;
        let applies = self.dry_run != Some(true) && !plan.steps.is_empty();
        let mut answer = described(&plan, &stored, &desired, applies);
        if applies {
            if !plan.doubts.is_empty() {
                context.warn(plan.doubts.join("; "));
            }
            let template_id = answer.template_id.unwrap_or_default();
            answer.template_id = Some(run(&context, template_id, plan).await?);
        }
        Ok(answer)
    }
}

fn read(context: &JobContext<TemplateProgress>, desired: TemplateDescription) -> Result<Desired> {
    Desired::read(desired).map_err(|violation| refused(context, &violation))
}

fn planned(
    context: &JobContext<TemplateProgress>,
    stored: &Stored,
    desired: &Desired,
) -> Result<Plan> {
    Plan::new(stored, desired).map_err(|violation| refused(context, &violation))
}

fn refused(context: &JobContext<TemplateProgress>, violation: &Violation) -> Error {
    let field = format!("desired.{}", violation.path);
    Error::invalid_request(context.name(), &field, &violation.reason)
}

/// Find a template by its name.
async fn named(context: &JobContext<TemplateProgress>, name: &str) -> Result<Option<Template>> {
    let mut request = ListTemplates::new();
    let mut cursor = None;
    loop {
        let page = context.call(request.clone()).await?;
        cursor = next_cursor::<ListTemplates>(&page, cursor.as_deref())?;
        let found = ListTemplates::items(page);
        let found = found.into_iter().find(|template| template.name == name);
        match &cursor {
            Some(cursor) if found.is_none() => request.resume(cursor.clone()),
            _ => return Ok(found),
        }
    }
}

/// Read the recordings too, if they are described.
async fn stored(
    context: &JobContext<TemplateProgress>,
    template: Option<Template>,
    desired: &Desired,
) -> Result<Stored> {
    let recordings = match &template {
        Some(template) if desired.has_recordings() => {
            context.call(GetRecordingConfigs::new(&template.id)).await?
        }
        _ => Vec::new(),
    };
    Ok(Stored {
        template,
        recordings,
    })
}

fn described(plan: &Plan, stored: &Stored, desired: &Desired, applied: bool) -> TemplatePlan {
    let template = stored.template.as_ref();
    let own_name = template.map(|template| template.name.as_str());
    let changes = plan.changes().map(|(operation, change)| TemplateChange {
        path: change.path.clone(),
        operation: operation.to_owned(),
        before: change.before.clone(),
        after: change.after.clone(),
        extra: Extra::default(),
    });
    TemplatePlan {
        template_id: template.map(|template| template.id.clone()),
        name: desired.name().or(own_name).unwrap_or_default().to_owned(),
        creates: template.is_none(),
        applied,
        changes: changes.collect(),
        warnings: plan.doubts.clone(),
        extra: Extra::default(),
    }
}

/// Make the calls of a plan. Return the id of the template.
async fn run(
    context: &JobContext<TemplateProgress>,
    mut template_id: String,
    plan: Plan,
) -> Result<String> {
    let summaries: Vec<String> = plan.steps.iter().map(Step::summary).collect();
    let total = summaries.len();
    for (done, step) in plan.steps.into_iter().enumerate() {
        context.report(&TemplateProgress {
            operation: step.call.operation().to_owned(),
            done: i64::try_from(done).unwrap_or(i64::MAX),
            total: i64::try_from(total).unwrap_or(i64::MAX),
            extra: Extra::default(),
        });
        make(context, &mut template_id, step.call)
            .await
            .map_err(|error| stopped(error, &summaries, done))?;
    }
    Ok(template_id)
}

/// Make one call.
async fn make(
    context: &JobContext<TemplateProgress>,
    template_id: &mut String,
    call: StepCall,
) -> Result<()> {
    match call {
        StepCall::Create(request) => *template_id = context.call(*request).await?.id,
        StepCall::PutRole(request) => _ = context.call(*request).await?,
        StepCall::UpdateSettings(request) => _ = context.call(*request).await?,
        StepCall::UpdateDestinations(request) => _ = context.call(*request).await?,
        StepCall::Update(rest) => {
            let template = context.call(GetTemplate::new(&*template_id)).await?;
            context.call(rest.in_template(template)).await?;
        }
        StepCall::UpdateRecordings(recordings) => {
            let request = UpdateRecordingConfigs::new(&*template_id, recordings);
            context.call(request).await?;
        }
        StepCall::DeleteRole(name) => {
            let deleted = context.call(DeleteRole::new(&*template_id, name)).await;
            // Deleted by an attempt whose response was lost, or by somebody else.
            deleted.or_else(|error| match error.kind() {
                ErrorKind::NotFound => Ok(()),
                _ => Err(error),
            })?;
        }
    }
    Ok(())
}

/// Say in an error what was done before it and what was not.
fn stopped(error: Error, summaries: &[String], done: usize) -> Error {
    let list = |summaries: &[String]| match summaries {
        [] => "nothing".to_owned(),
        summaries => summaries.join("; "),
    };
    let (made, left) = summaries.split_at(done);
    let message = format!(
        "{}. Done: {}. Not done: {}",
        error.message(),
        list(made),
        list(left)
    );
    error.with(|details| details.message = single_line(&message, 2 * 1_000))
}
