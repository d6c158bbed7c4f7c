//! Templates with their roles, settings, destinations and recording configurations: `/templates`.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{
    api::{operation::Operation, template_shapes as shapes},
    api_response::{ApiError, ApiResponse},
    clock,
    ids::{ObjectId, uuid},
    paging::{self, Last, Page},
    request::Request,
    state::{
        State,
        templates::{
            Template, object_or_empty, role_not_found, stored_role, stored_settings,
            template_not_found, without_nulls,
        },
    },
};

pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::new("templates.list", "GET", "/templates", list),
    Operation::new("templates.create", "POST", "/templates", create),
    Operation::new("templates.get", "GET", "/templates/{template_id}", get),
    Operation::new(
        "templates.update",
        "POST",
        "/templates/{template_id}",
        update,
    ),
    Operation::new(
        "templates.get_destinations",
        "GET",
        "/templates/{template_id}/destinations",
        get_destinations,
    ),
    Operation::new(
        "templates.update_destinations",
        "POST",
        "/templates/{template_id}/destinations",
        update_destinations,
    ),
    Operation::new(
        "templates.get_recordings",
        "GET",
        "/templates/{template_id}/recordings",
        get_recordings,
    ),
    Operation::new(
        "templates.update_recordings",
        "POST",
        "/templates/{template_id}/recordings",
        update_recordings,
    ),
    Operation::new(
        "templates.get_role",
        "GET",
        "/templates/{template_id}/roles/{role_name}",
        get_role,
    ),
    Operation::new(
        "templates.put_role",
        "POST",
        "/templates/{template_id}/roles/{role_name}",
        put_role,
    ),
    Operation::new(
        "templates.delete_role",
        "DELETE",
        "/templates/{template_id}/roles/{role_name}",
        delete_role,
    ),
    Operation::new(
        "templates.get_settings",
        "GET",
        "/templates/{template_id}/settings",
        get_settings,
    ),
    Operation::new(
        "templates.update_settings",
        "POST",
        "/templates/{template_id}/settings",
        update_settings,
    ),
];

fn list(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let templates = paging::newest_first(&state.templates.by_id, request)?;
    let state = &*state;
    let limit = paging::limit(request)?;
    Ok(ApiResponse::ok(&Page::take(
        limit,
        Last::OfPage,
        templates,
        |template| (template.id.to_string(), template_response(state, template)),
    )))
}

fn get(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let template = state.templates.get(request.argument("template_id"))?;
    Ok(ApiResponse::ok(&template_response(state, template)))
}

fn create(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let body = request.body(&shapes::TEMPLATE)?;
    check_content(body)?;
    let name = body["name"]
        .as_str()
        .map_or_else(|| format!("template-{}", uuid()), str::to_owned);
    let now = state.now();
    let id = match state.templates.named(&name) {
        Some(id) => id,
        None => state.new_id(),
    };
    state.templates.by_name.insert(name.clone(), id);
    let template = state
        .templates
        .by_id
        .entry(id)
        .or_insert_with(|| Template::new(id, name, now));
    template.overwrite(body, now);
    Ok(ApiResponse::ok(&template_response(
        state,
        &state.templates.by_id[&id],
    )))
}

fn update(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let id = state.templates.get(request.argument("template_id"))?.id;
    let body = request.body(&shapes::TEMPLATE_UPDATE)?;
    check_content(body)?;
    let name = body["name"].as_str();
    if name
        .and_then(|name| state.templates.named(name))
        .is_some_and(|other| other != id)
    {
        return Err(ApiError::body_param([
            "name belongs to another template".to_owned()
        ]));
    }
    let now = state.now();
    let templates = &mut state.templates;
    let template = templates
        .by_id
        .get_mut(&id)
        .ok_or_else(template_not_found)?;
    if let Some(name) = name {
        templates.by_name.remove(&template.name);
        templates.by_name.insert(name.to_owned(), id);
        name.clone_into(&mut template.name);
    }
    template.overwrite(body, now);
    Ok(ApiResponse::ok(&template_response(
        state,
        &state.templates.by_id[&id],
    )))
}

fn get_destinations(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let template = state.templates.get(request.argument("template_id"))?;
    Ok(ApiResponse::ok(&template.destinations))
}

fn update_destinations(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let now = state.now();
    let template = state.templates.get_mut(request.argument("template_id"))?;
    let body = request.body(&shapes::DESTINATIONS)?;
    check_destinations(body, &template.settings, "")?;
    template.destinations = object_or_empty(body);
    template.updated_at = now;
    Ok(ApiResponse::ok(&template.destinations))
}

fn get_recordings(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let template = state.templates.get(request.argument("template_id"))?;
    Ok(ApiResponse::ok(&template.recordings))
}

fn update_recordings(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let now = state.now();
    let template = state.templates.get_mut(request.argument("template_id"))?;
    let configs = request
        .body(&shapes::RECORDINGS)?
        .as_array()
        .cloned()
        .unwrap_or_default();
    if let Some(role) = configs
        .iter()
        .filter_map(|config| config["role"].as_str())
        .find(|role| template.role(role).is_none())
    {
        return Err(ApiError::body_param([format!(
            "role {role} is not a role of the template"
        )]));
    }
    template.recordings = configs
        .into_iter()
        .map(without_nulls)
        .map(without_switches_off)
        .collect();
    template.updated_at = now;
    Ok(ApiResponse::ok(&template.recordings))
}

fn get_role(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let template = state.templates.get(request.argument("template_id"))?;
    Ok(ApiResponse::ok(
        template
            .role(request.argument("role_name"))
            .ok_or_else(role_not_found)?,
    ))
}

fn put_role(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let now = state.now();
    let template = state.templates.get_mut(request.argument("template_id"))?;
    let body = request.body(&shapes::ROLE)?;
    check_simulcast(body, "")?;
    let old = request.argument("role_name");
    let name = body["name"]
        .as_str()
        .filter(|name| !name.is_empty())
        .unwrap_or(old);
    if name != old {
        if template.role(name).is_some() {
            return Err(ApiError::body_param([format!(
                "name {name} belongs to another role of the template"
            )]));
        }
        template.roles.shift_remove(old);
    }
    let role = stored_role(name, body);
    template.roles.insert(name.to_owned(), role.clone());
    template.updated_at = now;
    Ok(ApiResponse::ok(&role))
}

fn delete_role(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let now = state.now();
    let template = state.templates.get_mut(request.argument("template_id"))?;
    template
        .roles
        .shift_remove(request.argument("role_name"))
        .ok_or_else(role_not_found)?;
    template.updated_at = now;
    Ok(ApiResponse::no_content())
}

fn get_settings(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let template = state.templates.get(request.argument("template_id"))?;
    Ok(ApiResponse::ok(&template.settings))
}

fn update_settings(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let now = state.now();
    let template = state.templates.get_mut(request.argument("template_id"))?;
    template.settings = stored_settings(request.body(&shapes::SETTINGS)?);
    template.updated_at = now;
    Ok(ApiResponse::ok(&template.settings))
}

/// Check the rules between fields of a template.
fn check_content(body: &Value) -> Result<(), ApiError> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || " ._:-".contains(c);
    if body["name"]
        .as_str()
        .is_some_and(|name| name.is_empty() || !name.chars().all(allowed))
    {
        let rule = "name may have letters, digits, blanks and . _ : - only";
        return Err(ApiError::body_param([rule.to_owned()]));
    }
    for (name, role) in body["roles"].as_object().into_iter().flatten() {
        check_simulcast(role, &format!("roles.{name}."))?;
    }
    check_destinations(&body["destinations"], &body["settings"], "destinations.")
}

/// Check simulcast layers: the first is `f` at full size, then each is smaller, and no rid appears twice.
fn check_simulcast(role: &Value, path: &str) -> Result<(), ApiError> {
    let rank = |layer: &Value| match layer["rid"].as_str() {
        Some("f") => 0,
        Some("h") => 1,
        _ => 2,
    };
    let scale = |layer: &Value| layer["scaleResolutionDownBy"].as_f64().unwrap_or_default();
    for kind in ["video", "screen"] {
        let layers = role["publishParams"]["simulcast"][kind]["layers"]
            .as_array()
            .map_or(&[][..], Vec::as_slice);
        let starts_full = layers
            .first()
            .is_none_or(|first| rank(first) == 0 && scale(first) <= 1.0);
        let descends = layers
            .windows(2)
            .all(|pair| rank(&pair[0]) < rank(&pair[1]) && scale(&pair[0]) < scale(&pair[1]));
        if !(starts_full && descends) {
            let order =
                "must begin with rid f at scale 1, with falling rids and rising scales after it";
            return Err(ApiError::body_param([format!(
                "{path}publishParams.simulcast.{kind}.layers {order}"
            )]));
        }
    }
    Ok(())
}

/// Check the sizes of HLS layers. Zip uploads need a bucket of the customer.
fn check_destinations(destinations: &Value, settings: &Value, path: &str) -> Result<(), ApiError> {
    let own_storage = settings["recording"]["upload"].is_object();
    let mut problems = Vec::new();
    for (name, hls) in destinations["hlsDestinations"]
        .as_object()
        .into_iter()
        .flatten()
    {
        let path = format!("{path}hlsDestinations.{name}");
        if hls["recording"]["enableZipUpload"] == true && !own_storage {
            problems.push(format!(
                "{path}.recording.enableZipUpload needs recording storage of your own"
            ));
        }
        let layers = [
            (&hls["layers"], "layers"),
            (&hls["recording"]["layers"], "recording.layers"),
        ];
        for (layers, field) in layers {
            let bad = layers
                .as_array()
                .into_iter()
                .flatten()
                .any(|layer| !layer_size_fits(layer));
            if bad {
                let rule = "must have an even width and height, the shorter 144 to 1080, the longer 192 to 1920";
                problems.push(format!("{path}.{field} {rule}"));
            }
        }
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(ApiError::body_param(problems))
    }
}

fn layer_size_fits(layer: &Value) -> bool {
    let (Some(width), Some(height)) = (layer["width"].as_i64(), layer["height"].as_i64()) else {
        return true;
    };
    let even = width % 2 == 0 && height % 2 == 0;
    even && (144..=1080).contains(&width.min(height)) && (192..=1920).contains(&width.max(height))
}

/// Return a recording configuration without switches that are false. Their objects stay.
fn without_switches_off(mut config: Value) -> Value {
    for switch in [
        "/compositeRecording/browserComposite",
        "/compositeRecording/customComposite",
        "/trackRecording",
        "/streamRecording",
    ] {
        if let Some(object) = config.pointer_mut(switch).and_then(Value::as_object_mut) {
            object.retain(|_, value| *value != false);
        }
    }
    config
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct TemplateResponse<'a> {
    id: ObjectId,
    name: &'a str,
    customer_id: ObjectId,
    app_id: ObjectId,
    default: bool,
    roles: &'a Map<String, Value>,
    settings: &'a Value,
    destinations: &'a Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    plugins: Option<&'a Value>,
    #[serde(serialize_with = "clock::serialize")]
    created_at: Timestamp,
    #[serde(serialize_with = "clock::serialize")]
    updated_at: Timestamp,
    #[serde(rename = "_id")]
    old_id: ObjectId,
    customer: ObjectId,
    #[serde(flatten)]
    others: &'a Map<String, Value>,
}

fn template_response<'a>(state: &State, template: &'a Template) -> TemplateResponse<'a> {
    TemplateResponse {
        id: template.id,
        name: &template.name,
        customer_id: state.customer_id,
        app_id: state.app_id,
        default: template.id == state.templates.default_id,
        roles: &template.roles,
        settings: &template.settings,
        destinations: &template.destinations,
        plugins: template.plugins.as_ref(),
        created_at: template.created_at,
        updated_at: template.updated_at,
        old_id: template.id,
        customer: state.customer_id,
        others: &template.others,
    }
}
