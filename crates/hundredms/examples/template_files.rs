//! Keep a template in a file: show what would change, apply it, and apply it again.
//!
//! Run it with `cargo run --example template_files`. It reads `HMS_ACCESS_KEY` and `HMS_SECRET`. Prints:
//!
//! ```text
//! would create workshops with the roles guest, host
//! created workshops
//! roles.guest.priority: 1 becomes 3
//! applied
//! nothing to change
//! guests have the priority 4
//! copied workshops to another workspace: guest and host, recorded by host
//! ```

// --8<-- [start:imports]
use std::error::Error;

use hundredms::Client;
use hundredms::jobs::TemplateDescription;
use hundredms::jobs::apply_template::{ApplyTemplate, TemplatePlan};
// --8<-- [end:imports]
use hundredms_sandbox::Sandbox;

// --8<-- [start:file]
/// The file, as it may be in a repository.
const FILE: &str = r#"{
  "name": "workshops",
  "roles": {
    "host": { "permissions": { "endRoom": true } },
    "guest": { "publishParams": { "allowed": ["audio"] } }
  },
  "settings": { "region": "eu" },
  "recordings": [
    { "name": "lessons", "role": "host", "compositeRecording": { "browserComposite": { "enabled": true } } }
  ]
}"#;
// --8<-- [end:file]

// --8<-- [start:copy]
/// Create a template of one workspace in another one, or make it the same there.
async fn copy_template(
    source: &Client,
    target: &Client,
    template_id: &str,
) -> hundredms::Result<TemplatePlan> {
    let template = source.templates().get(template_id).await?;
    let recordings = source.templates().get_recordings(template_id).await?;
    let description = TemplateDescription::from(template).recordings(recordings);
    target
        .templates()
        .apply(ApplyTemplate::new(description))
        .await
}
// --8<-- [end:copy]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    // --8<-- [start:plan]
    let templates = client.templates();
    let file = TemplateDescription::from_json(FILE)?;

    let request = ApplyTemplate::new(file.clone()).dry_run(true);
    let plan = templates.apply(request).await?;
    let paths = plan.changes.iter().map(|change| change.path.as_str());
    let roles: Vec<_> = paths
        .filter_map(|path| path.strip_prefix("roles."))
        .collect();
    println!(
        "would create {} with the roles {}",
        plan.name,
        roles.join(", ")
    );
    let plan = templates.apply(ApplyTemplate::new(file)).await?;
    println!("created {}", plan.name);
    // --8<-- [end:plan]

    // --8<-- [start:change]
    let changed = FILE.replace("\"guest\": {", "\"guest\": { \"priority\": 3,");
    let file = TemplateDescription::from_json(&changed)?;
    let plan = templates.apply(ApplyTemplate::new(file.clone())).await?;
    for change in &plan.changes {
        let (before, after) = (change.before.as_ref(), change.after.as_ref());
        let shown =
            |value: Option<&_>| value.map_or_else(|| "nothing".to_owned(), ToString::to_string);
        println!(
            "{}: {} becomes {}",
            change.path,
            shown(before),
            shown(after)
        );
    }
    println!("applied");
    if templates
        .apply(ApplyTemplate::new(file))
        .await?
        .changes
        .is_empty()
    {
        println!("nothing to change");
    }
    // --8<-- [end:change]

    // --8<-- [start:edit]
    let template_id = plan.template_id.unwrap_or_default();
    let edited = templates.edit(&template_id, |template| {
        if let Some(guest) = template.roles.get_mut("guest") {
            guest.priority += 1;
        }
    });
    println!(
        "guests have the priority {}",
        edited.await?.roles["guest"].priority
    );
    // --8<-- [end:edit]

    let sandbox = Sandbox::start().await?;
    let other = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;
    let copied = copy_template(&client, &other, &template_id).await?;
    let copied = copied.template_id.unwrap_or_default();
    let roles = other.templates().get(&copied).await?.roles;
    let roles: Vec<String> = roles.into_keys().collect();
    let recordings = other.templates().get_recordings(&copied).await?;
    println!(
        "copied workshops to another workspace: {}, recorded by {}",
        roles.join(" and "),
        recordings[0].role
    );
    Ok(())
}
