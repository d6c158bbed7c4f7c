//! [`Plan`]: the changes that make a template what its description says, and the calls that make them, in a safe order.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::compare::is_same;
use super::template_description::TemplateDescription;
use super::template_doubts::doubts;
use super::template_secrets::{check_credentials, check_stored, inner, masked, take_stored};
use crate::check;
use crate::operation::Operation;
use crate::resources::templates::{
    CreateTemplate, Destinations, PutRole, RecordingConfig, Role, RoleInput, Template,
    TemplatePlugins, TemplateSettingsInput, UpdateDestinations, UpdateTemplate,
    UpdateTemplateSettings,
};
use crate::wire::deserialize::deserialize;
use crate::wire::extra::Extra;
use crate::wire::field::Wire;
use crate::wire::hints::Hints;
use crate::wire::mode::Mode;
use crate::wire::shape::Shape;
use crate::wire::violation::Violation;

/// The parts of a description that have their own rules. Other names belong to fields that this version does not know.
const PARTS: [&str; 6] = [
    "name",
    "roles",
    "settings",
    "destinations",
    "recordings",
    "plugins",
];

/// A template as it is stored.
#[derive(Default)]
pub(super) struct Stored {
    pub(super) template: Option<Template>,
    pub(super) recordings: Vec<RecordingConfig>,
}

impl Stored {
    /// The template with its recordings.
    fn json(&self) -> Value {
        let mut json = self.template.as_ref().map_or_else(|| json!({}), written);
        if !self.recordings.is_empty() {
            json["recordings"] = written(&self.recordings);
        }
        json
    }
}

/// The changes, in the order in which they are made.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    /// What is probably a mistake in the description.
    pub(super) doubts: Vec<String>,
}

/// One call, and what it changes.
pub(super) struct Step {
    pub(super) call: StepCall,
    pub(super) changes: Vec<Change>,
}

/// A change of one value, without secrets.
pub(super) struct Change {
    /// The path of the value: `roles.host.priority`.
    pub(super) path: String,
    /// `None` if there is no value.
    pub(super) before: Option<Value>,
    pub(super) after: Option<Value>,
}

pub(super) enum StepCall {
    Create(Box<CreateTemplate>),
    PutRole(Box<PutRole>),
    UpdateSettings(Box<UpdateTemplateSettings>),
    UpdateDestinations(Box<UpdateDestinations>),
    Update(Box<Rest>),
    UpdateRecordings(Vec<RecordingConfig>),
    DeleteRole(String),
}

/// What only `templates.update` changes.
#[derive(Default)]
pub(super) struct Rest {
    name: Option<String>,
    /// `Some(None)` removes them.
    #[expect(clippy::option_option, reason = "absent, null, or plugins")]
    plugins: Option<Option<TemplatePlugins>>,
    /// Null to remove the field.
    unknown: Map<String, Value>,
}

impl StepCall {
    pub(super) fn operation(&self) -> &'static str {
        match self {
            Self::Create(_) => CreateTemplate::INFO.name,
            Self::PutRole(_) => PutRole::INFO.name,
            Self::UpdateSettings(_) => UpdateTemplateSettings::INFO.name,
            Self::UpdateDestinations(_) => UpdateDestinations::INFO.name,
            Self::Update(_) => UpdateTemplate::INFO.name,
            Self::UpdateRecordings(_) => "templates.update_recordings",
            Self::DeleteRole(_) => "templates.delete_role",
        }
    }
}

impl Rest {
    /// The request that changes only this in `template`.
    pub(super) fn in_template(self, template: Template) -> UpdateTemplate {
        let mut unknown: Map<String, Value> = (*template.extra).clone();
        for (name, value) in self.unknown {
            if value.is_null() {
                unknown.remove(&name);
            } else {
                unknown.insert(name, value);
            }
        }
        let mut request = UpdateTemplate::from(template);
        request.extra = Extra::from(unknown);
        request.name = self.name.or(request.name);
        if let Some(plugins) = self.plugins {
            request.plugins = plugins;
        }
        request
    }
}

/// A description whose parts can be put into a template.
pub(super) struct Desired {
    parts: Map<String, Value>,
    /// The paths of values that stay as they are stored.
    kept: Vec<Vec<String>>,
}

impl Desired {
    /// Check the outline of a description. The fields that the service sets in a template are ignored, so a template that was read is a
    /// description.
    pub(super) fn read(
        TemplateDescription(mut parts): TemplateDescription,
    ) -> Result<Self, Violation> {
        let set_by_service = UpdateTemplate::INFO.rewrites.unwrap_or_default();
        parts.retain(|name, _| !set_by_service.contains(&name.as_str()));
        let kept = take_stored(&mut parts)?;
        let unknown: Map<String, Value> = parts
            .iter()
            .filter(|(name, _)| !PARTS.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        check::unknown_fields(&Extra::from(unknown), &PARTS, &[], &mut Hints::default())?;
        for (part, kind) in [
            ("roles", "object"),
            ("settings", "object"),
            ("destinations", "object"),
        ] {
            if parts.get(part).is_some_and(|value| !value.is_object()) {
                return Err(Violation::new(format!("must be an {kind}")).under(part));
            }
        }
        if parts.get("name").is_some_and(|name| !name.is_string()) {
            return Err(Violation::new("must be a string").under("name"));
        }
        check_nulls(&Value::Object(parts.clone()), &mut Vec::new())?;
        name_destinations(&mut parts);
        if parts.get("recordings").is_some_and(Value::is_null) {
            parts.insert("recordings".to_owned(), json!([]));
        }
        Ok(Self { parts, kept })
    }

    pub(super) fn name(&self) -> Option<&str> {
        self.parts.get("name").and_then(Value::as_str)
    }

    pub(super) fn has_recordings(&self) -> bool {
        self.parts.contains_key("recordings")
            || self.kept.iter().any(|path| path[0] == "recordings")
    }

    /// Refuse to keep what is not stored, or does not fit what is stored.
    fn check_kept(&self, stored: &Stored) -> Result<(), Violation> {
        if self.kept.is_empty() {
            return Ok(());
        }
        let values = stored.json();
        let desired = Value::Object(self.parts.clone());
        self.kept.iter().try_for_each(|path| {
            check_stored(&values, path)?;
            check_credentials(&values, &desired, path)
        })
    }

    fn part(&self, name: &str) -> &Value {
        self.parts.get(name).unwrap_or(&Value::Null)
    }

    /// The roles that the description mentions, by name. Whether a map keeps its order depends on the features of a program.
    fn roles(&self) -> BTreeMap<&String, &Value> {
        let roles = self.part("roles").as_object().into_iter().flatten();
        roles.collect()
    }

    /// The roles that the description wants to exist.
    fn wanted_roles(&self) -> impl Iterator<Item = (&String, &Value)> {
        let roles = self.roles().into_iter();
        roles.filter(|(_, role)| !role.is_null())
    }

    fn unknown(&self) -> impl Iterator<Item = (&String, &Value)> {
        let parts: BTreeMap<_, _> = self.parts.iter().collect();
        let parts = parts.into_iter();
        parts.filter(|(name, _)| !PARTS.contains(&name.as_str()))
    }
}

/// Refuse null where it would not remove a value but reset it to a default of the service, because the next comparison would find a
/// difference again.
fn check_nulls(value: &Value, path: &mut Vec<String>) -> Result<(), Violation> {
    match value {
        Value::Null => {
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            let removes = match path[..] {
                ["roles", _]
                | ["roles", _, "subscribeParams", "subscribeDegradation"]
                | ["settings", "recording", ..]
                | ["destinations", _, ..] => true,
                ["roles" | "settings" | "destinations" | "name", ..] => false,
                _ => true,
            };
            if removes {
                return Ok(());
            }
            let reason = "must not be null: give the value, or leave it out to keep it";
            Err(Violation {
                path: path.join("."),
                reason: reason.to_owned(),
            })
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                path.push(name.clone());
                check_nulls(value, path)?;
                path.pop();
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Let the name of a destination default to the name under which it stands.
fn name_destinations(parts: &mut Map<String, Value>) {
    let kinds = parts.get_mut("destinations").and_then(Value::as_object_mut);
    for destinations in kinds.into_iter().flat_map(Map::values_mut) {
        for (name, destination) in destinations.as_object_mut().into_iter().flatten() {
            if let Some(fields) = destination.as_object_mut() {
                fields
                    .entry("name")
                    .or_insert_with(|| Value::from(name.as_str()));
            }
        }
    }
}

/// A value of a part, and its JSON.
struct Part<T> {
    value: T,
    json: Value,
}

impl<T: Wire + Serialize + DeserializeOwned> Part<T> {
    /// Put what is `desired` into a value.
    fn merged(path: &str, stored: Option<&Value>, desired: &Value) -> Result<Self, Violation> {
        let mut merged = stored.cloned().unwrap_or_else(|| json!({}));
        merge(&mut merged, desired);
        Self::read(path, &merged)
    }

    fn read(path: &str, json: &Value) -> Result<Self, Violation> {
        let text = json.to_string();
        let read = deserialize::<T>(Mode::Strict, text.as_bytes()).map_err(|error| Violation {
            path: crate::wire::hints::join(path, &error.path),
            reason: check::with_guess(&error.reason).into_owned(),
        })?;
        Ok(Self {
            json: written(&read.value),
            value: read.value,
        })
    }

    /// Check the limits. Values that stay as they are may be outside them.
    fn checked(self, path: &str) -> Result<Self, Violation> {
        let checked = self.value.check(&mut Hints::default());
        checked.map_err(|violation| violation.under(path))?;
        Ok(self)
    }
}

fn written(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// Put `patch` into `target`: objects are merged, null removes, everything else replaces.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(fields) = patch else {
        target.clone_from(patch);
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    let Some(target) = target.as_object_mut() else {
        return;
    };
    for (name, value) in fields {
        if value.is_null() {
            target.remove(name);
        } else {
            merge(target.entry(name.clone()).or_insert(Value::Null), value);
        }
    }
}

/// Return a recording configuration without switches that are off, as the service returns it.
fn without_switches_off(mut config: Value) -> Value {
    fn drop_switches(value: &mut Value) {
        for value in value
            .as_object_mut()
            .into_iter()
            .flatten()
            .map(|(_, value)| value)
        {
            drop_switches(value);
        }
        if let Some(fields) = value.as_object_mut() {
            fields.retain(|name, value| {
                !(matches!(name.as_str(), "enabled" | "autoStart") && *value == false)
            });
        }
    }
    for recording in ["compositeRecording", "trackRecording", "streamRecording"] {
        if let Some(value) = config.get_mut(recording) {
            drop_switches(value);
        }
    }
    config
}

impl Plan {
    /// Plan how `stored` becomes what is `desired`. Paths of violations are those in the description.
    ///
    /// A role is written before what may refer to it: new ones first, and of these first those that refer to existing ones only. Own
    /// storage is set before, and removed after the destinations that need it. Roles are deleted last.
    pub(super) fn new(stored: &Stored, desired: &Desired) -> Result<Self, Violation> {
        desired.check_kept(stored)?;
        let mut steps = Vec::new();
        if let Some(template) = &stored.template {
            let id = &template.id;
            steps.extend(new_roles(template, desired)?);
            steps.extend(changed_roles(template, desired)?);
            let settings = settings(template, desired)?;
            let destinations = destinations(id, &template.destinations, desired)?;
            let removes_storage = settings.as_ref().is_some_and(|(_, removes)| *removes);
            let settings = settings.map(|(step, _)| step);
            if removes_storage {
                steps.extend(destinations);
                steps.extend(settings);
            } else {
                steps.extend(settings);
                steps.extend(destinations);
            }
            steps.extend(rest(template, desired)?);
        } else {
            steps.push(create(desired)?);
        }
        steps.extend(recordings(&stored.recordings, desired)?);
        if let Some(template) = &stored.template {
            steps.extend(removed_roles(template, desired));
        }
        let doubts = doubts(&stored.json(), &Value::Object(desired.parts.clone()));
        Ok(Self { steps, doubts })
    }

    /// The changes in order, each with the operation that makes it.
    pub(super) fn changes(&self) -> impl Iterator<Item = (&'static str, &Change)> {
        self.steps.iter().flat_map(|step| {
            let operation = step.call.operation();
            step.changes.iter().map(move |change| (operation, change))
        })
    }
}

impl Step {
    /// A call that makes these changes. `None` if there are none.
    fn making(changes: Vec<Change>, call: impl FnOnce() -> StepCall) -> Option<Self> {
        (!changes.is_empty()).then(|| Self {
            call: call(),
            changes,
        })
    }

    /// What it does, in one line: `roles.host.priority (templates.put_role)`.
    pub(super) fn summary(&self) -> String {
        let paths: Vec<&str> = self
            .changes
            .iter()
            .map(|change| change.path.as_str())
            .collect();
        format!("{} ({})", paths.join(", "), self.call.operation())
    }
}

fn create(desired: &Desired) -> Result<Step, Violation> {
    let name = desired.name().unwrap_or_default();
    let mut request = CreateTemplate::new();
    let mut changes = differences(None, Some(&name.into()), Some(String::SHAPE), "name");
    request.name = Some(name.to_owned());
    let mut roles = BTreeMap::new();
    for (role_name, role) in desired.wanted_roles() {
        let (path, role) = wanted_role(None, role_name, role)?;
        changes.extend(differences(
            None,
            Some(&role.json),
            Some(RoleInput::SHAPE),
            &path,
        ));
        roles.insert(role_name.clone(), role.value);
    }
    request.roles = Some(roles).filter(|roles| !roles.is_empty());
    if desired.part("settings").is_object() {
        let part =
            Part::<TemplateSettingsInput>::merged("settings", None, desired.part("settings"))?;
        let part = part.checked("settings")?;
        changes.extend(differences(
            None,
            Some(&part.json),
            Some(TemplateSettingsInput::SHAPE),
            "settings",
        ));
        request.settings = Some(part.value);
    }
    if desired.part("destinations").is_object() {
        let part =
            Part::<Destinations>::merged("destinations", None, desired.part("destinations"))?;
        let part = part.checked("destinations")?;
        changes.extend(differences(
            None,
            Some(&part.json),
            Some(Destinations::SHAPE),
            "destinations",
        ));
        request.destinations = Some(part.value);
    }
    if !desired.part("plugins").is_null() {
        let part = Part::<TemplatePlugins>::merged("plugins", None, desired.part("plugins"))?;
        let part = part.checked("plugins")?;
        changes.extend(differences(
            None,
            Some(&part.json),
            Some(TemplatePlugins::SHAPE),
            "plugins",
        ));
        request.plugins = Some(part.value);
    }
    let mut unknown = Map::new();
    for (name, value) in desired.unknown().filter(|(_, value)| !value.is_null()) {
        changes.extend(differences(None, Some(value), None, name));
        unknown.insert(name.clone(), value.clone());
    }
    request.extra = Extra::from(unknown);
    Ok(Step {
        call: StepCall::Create(Box::new(request)),
        changes,
    })
}

/// A role as it is wanted, with its path.
fn wanted_role(
    stored: Option<&Role>,
    name: &str,
    desired: &Value,
) -> Result<(String, Part<RoleInput>), Violation> {
    let path = format!("roles.{name}");
    let mut desired = desired.clone();
    let Some(fields) = desired.as_object_mut() else {
        return Err(Violation::new("must be an object, or null to remove the role").under(&path));
    };
    match fields.get("name") {
        None => _ = fields.insert("name".to_owned(), name.into()),
        Some(own) if own == name => {}
        Some(_) => {
            let reason = "must be the name under which the role stands; to rename a role, use `templates.put_role`";
            return Err(Violation::new(reason).under(&format!("{path}.name")));
        }
    }
    let part = match stored {
        None => Part::merged(&path, None, &desired)?.checked(&path)?,
        Some(role) => Part::merged(&path, Some(&written(role)), &desired)?,
    };
    Ok((path, part))
}

fn put_role(template_id: &str, name: &str, role: RoleInput) -> StepCall {
    let mut request = PutRole::new(template_id, name);
    request.name = role.name;
    request.publish_params = role.publish_params;
    request.subscribe_params = role.subscribe_params;
    request.permissions = role.permissions;
    request.priority = role.priority;
    request.max_peer_count = role.max_peer_count;
    request.extra = role.extra;
    StepCall::PutRole(Box::new(request))
}

fn new_roles(template: &Template, desired: &Desired) -> Result<Vec<Step>, Violation> {
    let mut known: BTreeSet<String> = template.roles.keys().cloned().collect();
    let mut new = Vec::new();
    for (name, role) in desired.wanted_roles() {
        if !known.contains(name) {
            new.push((name, wanted_role(None, name, role)?));
        }
    }
    let mut steps = Vec::new();
    while !new.is_empty() {
        let refers_to_known = |role: &RoleInput| {
            let others = role.subscribe_params.as_ref();
            let others = others.and_then(|params| params.subscribe_to_roles.as_ref());
            others.is_none_or(|others| {
                let own = role.name.as_ref();
                others
                    .iter()
                    .all(|other| known.contains(other) || Some(other) == own)
            })
        };
        // Roles that refer to each other are written by name.
        let next = new
            .iter()
            .position(|(_, (_, role))| refers_to_known(&role.value));
        let (name, (path, role)) = new.remove(next.unwrap_or(0));
        known.insert(name.clone());
        let change = Change {
            after: Some(masked(&role.json, Some(RoleInput::SHAPE))),
            before: None,
            path,
        };
        steps.push(Step {
            changes: vec![change],
            call: put_role(&template.id, name, role.value),
        });
    }
    Ok(steps)
}

fn changed_roles(template: &Template, desired: &Desired) -> Result<Vec<Step>, Violation> {
    let mut steps = Vec::new();
    for (name, role) in desired.wanted_roles() {
        let Some(stored) = template.roles.get(name) else {
            continue;
        };
        let (path, part) = wanted_role(Some(stored), name, role)?;
        let before = written(&RoleInput::from(stored.clone()));
        let changes = differences(
            Some(&before),
            Some(&part.json),
            Some(RoleInput::SHAPE),
            &path,
        );
        if !changes.is_empty() {
            let part = part.checked(&path)?;
            steps.extend(Step::making(changes, || {
                put_role(&template.id, name, part.value)
            }));
        }
    }
    Ok(steps)
}

fn removed_roles(template: &Template, desired: &Desired) -> Vec<Step> {
    let roles = desired.roles().into_iter();
    let removed = roles.filter(|(name, role)| role.is_null() && template.roles.contains_key(*name));
    let steps = removed.map(|(name, _)| {
        let stored = written(&RoleInput::from(template.roles[name].clone()));
        Step {
            changes: vec![Change {
                path: format!("roles.{name}"),
                before: Some(masked(&stored, Some(RoleInput::SHAPE))),
                after: None,
            }],
            call: StepCall::DeleteRole(name.clone()),
        }
    });
    steps.collect()
}

/// The step, and whether it removes the own storage.
fn settings(template: &Template, desired: &Desired) -> Result<Option<(Step, bool)>, Violation> {
    let part = desired.part("settings");
    if part.is_null() {
        return Ok(None);
    }
    let before = TemplateSettingsInput::from(template.settings.clone());
    let has_storage = |settings: &TemplateSettingsInput| {
        let recording = settings.recording.as_ref();
        recording.is_some_and(|recording| recording.upload.is_some())
    };
    let had_storage = has_storage(&before);
    let before = written(&before);
    let part = Part::<TemplateSettingsInput>::merged("settings", Some(&before), part)?;
    let shape = Some(TemplateSettingsInput::SHAPE);
    let changes = differences(Some(&before), Some(&part.json), shape, "settings");
    if changes.is_empty() {
        return Ok(None);
    }
    let part = part.checked("settings")?;
    let removes = had_storage && !has_storage(&part.value);
    let mut request = UpdateTemplateSettings::new(&template.id);
    request.region = part.value.region;
    request.recording = part.value.recording;
    request.room_state = part.value.room_state;
    request.retry = part.value.retry;
    request.extra = part.value.extra;
    let step = Step::making(changes, || StepCall::UpdateSettings(Box::new(request)));
    Ok(step.map(|step| (step, removes)))
}

fn destinations(
    template_id: &str,
    stored: &Destinations,
    desired: &Desired,
) -> Result<Option<Step>, Violation> {
    let part = desired.part("destinations");
    if part.is_null() {
        return Ok(None);
    }
    let before = written(stored);
    let part = Part::<Destinations>::merged("destinations", Some(&before), part)?;
    let shape = Some(Destinations::SHAPE);
    let changes = differences(Some(&before), Some(&part.json), shape, "destinations");
    if changes.is_empty() {
        return Ok(None);
    }
    let part = part.checked("destinations")?;
    let request = UpdateDestinations::from_destinations(template_id, part.value);
    Ok(Step::making(changes, || {
        StepCall::UpdateDestinations(Box::new(request))
    }))
}

/// What only `templates.update` changes: name, plugins, and fields that this version does not know.
fn rest(template: &Template, desired: &Desired) -> Result<Option<Step>, Violation> {
    let mut rest = Rest::default();
    let mut changes = Vec::new();
    if let Some(name) = desired.name() {
        let (before, after) = (Value::from(template.name.as_str()), Value::from(name));
        changes.extend(differences(
            Some(&before),
            Some(&after),
            Some(String::SHAPE),
            "name",
        ));
        rest.name = Some(name.to_owned());
    }
    if let Some(part) = desired.parts.get("plugins") {
        let before = template.plugins.as_ref().map(written);
        let after = if part.is_null() {
            None
        } else {
            let part = Part::<TemplatePlugins>::merged("plugins", before.as_ref(), part)?;
            Some(part.checked("plugins")?)
        };
        let json = after.as_ref().map(|part| &part.json);
        let found = differences(
            before.as_ref(),
            json,
            Some(TemplatePlugins::SHAPE),
            "plugins",
        );
        if !found.is_empty() {
            rest.plugins = Some(after.map(|part| part.value));
            changes.extend(found);
        }
    }
    for (name, patch) in desired.unknown() {
        let before = template.extra.get(name);
        let mut after = before.cloned().unwrap_or_default();
        merge(&mut after, patch);
        let after = Some(after).filter(|after| !after.is_null());
        let found = differences(before, after.as_ref(), None, name);
        if !found.is_empty() {
            rest.unknown.insert(name.clone(), after.unwrap_or_default());
            changes.extend(found);
        }
    }
    Ok(Step::making(changes, || StepCall::Update(Box::new(rest))))
}

fn recordings(stored: &[RecordingConfig], desired: &Desired) -> Result<Option<Step>, Violation> {
    let part = desired.part("recordings");
    if part.is_null() {
        return Ok(None);
    }
    let part = Part::<Vec<RecordingConfig>>::read("recordings", part)?.checked("recordings")?;
    if part.value.len() > 1 {
        return Err(Violation::new("has more than one item: at most 1").under("recordings"));
    }
    let before: Vec<Value> = stored
        .iter()
        .map(written)
        .map(without_switches_off)
        .collect();
    let after: Vec<Value> = part
        .value
        .iter()
        .map(written)
        .map(without_switches_off)
        .collect();
    let shape = Some(<Vec<RecordingConfig>>::SHAPE);
    let changes = differences(
        Some(&before.into()),
        Some(&after.into()),
        shape,
        "recordings",
    );
    Ok(Step::making(changes, || {
        StepCall::UpdateRecordings(part.value)
    }))
}

/// Compare two values: objects field by field, lists as a whole.
fn differences(
    before: Option<&Value>,
    after: Option<&Value>,
    shape: Option<&Shape>,
    path: &str,
) -> Vec<Change> {
    let mut changes = Vec::new();
    add_differences(&mut changes, before, after, shape, path);
    changes
}

fn add_differences(
    changes: &mut Vec<Change>,
    before: Option<&Value>,
    after: Option<&Value>,
    shape: Option<&Shape>,
    path: &str,
) {
    match (before, after) {
        (Some(Value::Object(before)), Some(Value::Object(after))) => {
            let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
            for name in names {
                let path = format!("{path}.{name}");
                add_differences(
                    changes,
                    before.get(name),
                    after.get(name),
                    inner(shape, name),
                    &path,
                );
            }
        }
        (Some(before), Some(after)) if is_same(before, after) => {}
        (None, None) => {}
        (before, after) => changes.push(Change {
            path: path.to_owned(),
            before: before.map(|value| masked(value, shape)),
            after: after.map(|value| masked(value, shape)),
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Desired, Plan, StepCall, Stored};
    use crate::jobs::template_description::TemplateDescription;
    use crate::resources::templates::Template;
    use crate::wire::violation::Violation;

    fn template() -> Template {
        let template = json!({
            "id": "66112a09d5b8b9a2d1c0e1f2", "name": "class", "customerId": "c", "colour": "red",
            "roles": {
                "host": {
                    "name": "host", "publishParams": {"allowed": ["audio"]}, "priority": 1, "maxPeerCount": 0,
                    "subscribeParams": {"subscribeToRoles": ["host"]}, "permissions": {"mute": true},
                },
                "guest": {
                    "name": "guest", "publishParams": {"allowed": []}, "priority": 2, "maxPeerCount": 0,
                    "subscribeParams": {}, "permissions": {},
                },
            },
            "settings": {"region": "eu", "roomState": {}, "retry": {}, "recording": {"upload": {
                "type": "s3", "location": "bucket", "prefix": "", "credentials": {"key": "AKIA", "secretKey": "hush"},
            }}},
            "destinations": {"rtmpDestinations": {"tube": {"name": "tube", "rtmpUrls": ["rtmp://a/live/key"]}}},
        });
        serde_json::from_value(template).expect("a template")
    }

    fn planned(desired: &Value) -> Result<Plan, Violation> {
        let description = TemplateDescription(desired.as_object().expect("an object").clone());
        let stored = Stored {
            template: Some(template()),
            ..Stored::default()
        };
        Plan::new(&stored, &Desired::read(description)?)
    }

    fn changes(desired: &Value) -> Vec<(String, &'static str, Value, Value)> {
        let plan = planned(desired).expect("a description");
        let changes = plan.changes();
        let changes = changes.map(|(operation, change)| {
            let (before, after) = (change.before.clone(), change.after.clone());
            let value = Option::unwrap_or_default;
            (change.path.clone(), operation, value(before), value(after))
        });
        changes.collect()
    }

    #[test]
    fn what_was_read_changes_nothing() {
        let read = serde_json::to_value(template()).expect("JSON");
        assert_eq!(changes(&read), []);
        assert_eq!(changes(&json!({})), []);
        assert_eq!(
            changes(&json!({"roles": {"stranger": null, "host": {}}})),
            []
        );
    }

    #[test]
    fn roles_are_written_before_what_refers_to_them_and_removed_last() {
        let desired = json!({
            "recordings": [{"name": "r", "role": "bot"}],
            "roles": {
                "guest": null,
                "aide": {"subscribeParams": {"subscribeToRoles": ["bot", "host"]}},
                "bot": {"subscribeParams": {"subscribeToRoles": ["host"]}},
                "host": {"subscribeParams": {"subscribeToRoles": ["host", "aide"]}},
            },
            "settings": {"recording": {"upload": null}},
            "destinations": {"rtmpDestinations": {"tube": null}},
            "name": "lesson",
        });
        let order: Vec<_> = changes(&desired)
            .into_iter()
            .map(|(path, operation, ..)| (path, operation))
            .collect();
        let expected = [
            ("roles.bot", "templates.put_role"),
            ("roles.aide", "templates.put_role"),
            (
                "roles.host.subscribeParams.subscribeToRoles",
                "templates.put_role",
            ),
            (
                "destinations.rtmpDestinations.tube",
                "templates.update_destinations",
            ),
            ("settings.recording.upload", "templates.update_settings"),
            ("name", "templates.update"),
            ("recordings", "templates.update_recordings"),
            ("roles.guest", "templates.delete_role"),
        ];
        let expected = expected.map(|(path, operation)| (path.to_owned(), operation));
        assert_eq!(order, expected);
    }

    #[test]
    fn secrets_are_masked() {
        let desired = json!({
            "settings": {"recording": {"upload": {"credentials": {"secretKey": "new"}}}},
            "destinations": {"rtmpDestinations": {"tube": {"rtmpUrls": ["rtmp://b/live/other"]}}},
            "colour": "blue",
        });
        let all = changes(&desired);
        let hidden = json!("[redacted]");
        assert_eq!(all.len(), 3);
        for (path, _, before, after) in all {
            let one = |value: &Value| {
                value
                    .as_array()
                    .map_or(value.clone(), |items| items[0].clone())
            };
            assert_eq!(
                (one(&before), one(&after)),
                (hidden.clone(), hidden.clone()),
                "{path}"
            );
        }
    }

    #[test]
    fn secrets_that_are_left_out_stay_as_they_are_stored() {
        let read = serde_json::to_string(&template()).expect("JSON");
        let mut description = TemplateDescription::from_json(&read).expect("a description");
        let mut paths = description.leave_out_secrets();
        paths.sort();
        let expected = [
            "colour",
            "destinations.rtmpDestinations.tube.rtmpUrls",
            "settings.recording.upload.credentials.key",
            "settings.recording.upload.credentials.secretKey",
        ];
        assert_eq!(paths, expected);
        let mut desired = serde_json::to_value(&description).expect("JSON");
        for secret in ["AKIA", "hush", "rtmp://", "\"red\""] {
            assert!(!desired.to_string().contains(secret), "{desired}");
        }
        assert_eq!(changes(&desired), []);
        // Left out again, as from a template in which it was stored by mistake, it is the same.
        let once = description.clone();
        let mut again = description.leave_out_secrets();
        again.sort();
        assert_eq!((again, &description), (paths, &once));
        desired["settings"]["region"] = "us".into();
        // One half that is written as it is stored fits the other half.
        desired["settings"]["recording"]["upload"]["credentials"]["key"] = "AKIA".into();
        let plan = planned(&desired).expect("a description");
        let [StepCall::UpdateSettings(request)] =
            plan.steps.iter().map(|step| &step.call).collect::<Vec<_>>()[..]
        else {
            panic!("not one update of the settings");
        };
        let sent = serde_json::to_value(&request.recording).expect("JSON");
        assert_eq!(sent["upload"]["credentials"]["secretKey"], "hush");
        let new = Stored::default();
        let parts = description.0.clone();
        let desired = Desired::read(TemplateDescription(parts)).expect("a description");
        let refused = Plan::new(&new, &desired).err().expect("it is refused");
        assert!(
            refused.reason.contains("nothing is stored there"),
            "{refused:?}"
        );
    }

    #[test]
    fn what_does_not_fit_is_refused_with_its_path() {
        for (desired, path, reason) in [
            (
                json!({"settings": {"recording": {"upload": {"credentials": {"secretKey": {"$secret": "hush"}}}}}}),
                "settings.recording.upload.credentials.secretKey",
                "must be {\"$secret\":\"stored\"}",
            ),
            (
                json!({"settings": {"recording": {"upload": {"credentials": {"$secret": "stored", "key": "AKIB"}}}}}),
                "settings.recording.upload.credentials",
                "`$secret` must be the only field of its object",
            ),
            (
                json!({"settings": {"recording": {"upload": {"location": "other", "credentials": {"key": {"$secret": "stored"}}}}}}),
                "settings.recording.upload.credentials.key",
                "the stored credentials are for another `location`: write the value instead of {\"$secret\":\"stored\"}",
            ),
            (
                json!({"settings": {"recording": {"upload": {"type": "gs", "location": "bucket", "credentials": {"$secret": "stored"}}}}}),
                "settings.recording.upload.credentials",
                "the stored credentials are for another `type`",
            ),
            (
                json!({"settings": {"recording": {"upload": {"credentials": {"key": "AKIB", "secretKey": {"$secret": "stored"}}}}}}),
                "settings.recording.upload.credentials.secretKey",
                "`key` changes, which belongs to it: write this value too",
            ),
            (
                json!({"roles": {"host": {"colour": {"$secret": "stored"}}}}),
                "roles.host.colour",
                "nothing is stored there",
            ),
            (
                json!({"roles": {"host": {"permission": {}}}}),
                "roles.host.permission",
                "did you mean `permissions`",
            ),
            (
                json!({"roles": {"host": {"priority": "high"}}}),
                "roles.host.priority",
                "expected an integer",
            ),
            (
                json!({"roles": {"host": {"priority": 11}}}),
                "roles.host.priority",
                "out of range",
            ),
            (
                json!({"roles": {"host": {"priority": null}}}),
                "roles.host.priority",
                "must not be null",
            ),
            (
                json!({"roles": {"host": {"name": "boss"}}}),
                "roles.host.name",
                "to rename a role",
            ),
            (json!({"roles": []}), "roles", "must be an object"),
            (json!({"rolls": {}}), "rolls", "did you mean `roles`"),
            (
                json!({"settings": {"region": null}}),
                "settings.region",
                "must not be null",
            ),
            (
                json!({"recordings": [{"name": "a", "role": "host"}, {"name": "b", "role": "host"}]}),
                "recordings",
                "at most 1",
            ),
        ] {
            let violation = planned(&desired).err().expect("it is refused");
            assert_eq!(violation.path, path, "{desired}");
            assert!(violation.reason.contains(reason), "{}", violation.reason);
        }
    }
}
