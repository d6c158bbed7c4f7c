//! Webhook deliveries: `/analytics/webhooks`.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    api::operation::Operation,
    api_response::{ApiError, ApiResponse},
    clock,
    request::Request,
    state::{
        State,
        deliveries::{Delivery, LISTED, Outcome, Range, Selection, Status},
    },
};

pub(crate) const OPERATIONS: &[Operation] = &[Operation::new(
    "analytics.list_webhook_events",
    "GET",
    "/analytics/webhooks",
    list_webhook_events,
)];

fn list_webhook_events(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let (start, end) = (
        request.query_time("start_time")?,
        request.query_time("end_time")?,
    );
    let range = Range::new(state.now(), start, end)?;
    let status = request.query_parsed("status", "all, failed or success", Status::parse)?;
    let event_names: Vec<String> = request
        .query_all("event_names")
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    if !event_names
        .iter()
        .all(|name| LISTED.contains(&name.as_str()))
    {
        let expected = format!("one of {}", LISTED.join(", "));
        return Err(ApiError::query_param("event_names", &expected));
    }
    let size = request.query_integer("limit")?.unwrap_or(50).clamp(1, 100);
    let size = usize::try_from(size).unwrap_or(50);
    let page = request.query_integer("page")?.unwrap_or(1).max(1);
    let page = usize::try_from(page).unwrap_or(usize::MAX);

    let selection = Selection {
        range,
        room_id: request.query("room_id").unwrap_or_default().to_owned(),
        event_names,
        status: status.unwrap_or(Status::All),
    };
    let selected = state.deliveries.selected(&selection);
    let total = selected.len();
    let events: Vec<DeliveryResponse<'_>> = selected
        .into_iter()
        .rev()
        .skip((page - 1).saturating_mul(size))
        .take(size)
        .map(|(_, delivery)| delivery_response(delivery))
        .collect();
    let pages = total.div_ceil(size);
    Ok(ApiResponse::ok(&json!({
        "events": events,
        "pagination": {
            "current_page": page, "page_size": size, "total_pages": pages, "total_items": total,
            "has_next": page < pages, "has_prev": page > 1,
        },
        "summary": {"total_events": total},
    })))
}

#[derive(Debug, Serialize)]
struct DeliveryResponse<'a> {
    event_id: &'a str,
    event_name: &'a str,
    room_id: Cow<'a, str>,
    #[serde(serialize_with = "clock::serialize")]
    event_timestamp: Timestamp,
    payload: Payload<'a>,
}

#[derive(Debug, Serialize)]
struct Payload<'a> {
    event_data: &'a Value,
    webhook_url: &'a str,
    original_event_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_reason: Option<&'a str>,
}

fn delivery_response(delivery: &Delivery) -> DeliveryResponse<'_> {
    let (event_name, error_reason) = match &delivery.outcome {
        Outcome::Failed(reason) => ("reporter.webhook.delivery.failed", Some(reason.as_str())),
        _ => ("reporter.webhook.delivery.success", None),
    };
    let event = &delivery.event;
    DeliveryResponse {
        event_id: &event.id,
        event_name,
        // An event that was sent on demand may be about a room of its own, or about none. The service always has this field.
        room_id: match event.room_id {
            Some(id) => id.to_string().into(),
            None => event.data["room_id"].as_str().unwrap_or_default().into(),
        },
        event_timestamp: delivery.at,
        payload: Payload {
            event_data: &delivery.event.data,
            webhook_url: &delivery.url,
            original_event_name: &delivery.event.kind,
            error_reason,
        },
    }
}
