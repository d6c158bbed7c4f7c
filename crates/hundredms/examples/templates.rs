//! Create a template with two roles, and change one of them without losing the rest.
//!
//! Run it with `cargo run --example templates`. It reads `HMS_ACCESS_KEY` and `HMS_SECRET`. Prints:
//!
//! ```text
//! template lessons with the roles student, teacher
//! students publish audio, video
//! students publish audio, video, screen
//! room physics-7 uses it
//! ```

use std::error::Error;

use hundredms::Client;
use hundredms::resources::rooms::CreateRoom;
use hundredms::resources::templates::{
    CreateTemplate, Permissions, PublishKind, PublishParams, RoleInput, SubscribeParams,
    UpdateTemplate,
};

/// Return a role that publishes audio and video, and receives everybody.
// --8<-- [start:role]
fn new_role(name: &str) -> RoleInput {
    RoleInput::new()
        .name(name)
        .publish_params(PublishParams::new().allowed([PublishKind::Audio, PublishKind::Video]))
        .subscribe_params(SubscribeParams::new().subscribe_to_roles(["teacher", "student"]))
}
// --8<-- [end:role]

/// Let a role share its screen. An update replaces the template, so all of it is written back.
async fn allow_screen_share(
    client: &Client,
    template_id: &str,
    role: &str,
) -> hundredms::Result<()> {
    let mut template = client.templates().get(template_id).await?;
    if let Some(role) = template.roles.get_mut(role) {
        let allowed = role.publish_params.allowed.get_or_insert_default();
        allowed.push(PublishKind::Screen);
    }
    client
        .templates()
        .update(UpdateTemplate::from(template))
        .await?;
    Ok(())
}

/// Print what students may publish.
async fn print_student(client: &Client, template_id: &str) -> hundredms::Result<()> {
    let student = client.templates().get_role(template_id, "student").await?;
    let kinds = student.publish_params.allowed.unwrap_or_default();
    let kinds: Vec<_> = kinds.iter().map(PublishKind::as_str).collect();
    println!("students publish {}", kinds.join(", "));
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    // --8<-- [start:create]
    let permissions = Permissions::new()
        .end_room(true)
        .change_role(true)
        .remove_others(true);
    let teacher = new_role("teacher").permissions(permissions);
    let roles = [("teacher", teacher), ("student", new_role("student"))];
    let request = CreateTemplate::new().name("lessons").roles(roles);
    let template = client.templates().create(request).await?;
    // --8<-- [end:create]
    let names: Vec<_> = template.roles.keys().map(String::as_str).collect();
    println!(
        "template {} with the roles {}",
        template.name,
        names.join(", ")
    );

    print_student(&client, &template.id).await?;
    allow_screen_share(&client, &template.id, "student").await?;
    print_student(&client, &template.id).await?;

    // --8<-- [start:room]
    let request = CreateRoom::new()
        .name("physics-7")
        .template_id(&template.id);
    let room = client.rooms().create(request).await?;
    println!("room {} uses it", room.name);
    // --8<-- [end:room]
    Ok(())
}
