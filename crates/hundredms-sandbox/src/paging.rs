//! Pages of lists: `limit`, the cursor `start`, and the next cursor `last`.

use std::{collections::BTreeMap, ops::Bound};

use jiff::Timestamp;
use serde::Serialize;

use crate::{api_response::ApiError, ids::ObjectId, request::Request};

/// What a page says in `last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Last {
    /// The id of its last item, also on the last page; empty on an empty page.
    OfPage,
    /// The id of its last item while more follow, empty at the end.
    WhileMore,
}

/// One page as the service shows it.
#[derive(Debug, Serialize)]
pub(crate) struct Page<T> {
    pub(crate) limit: usize,
    pub(crate) data: Vec<T>,
    pub(crate) last: String,
}

impl<T> Page<T> {
    /// Take one page from `items`, which begin after the cursor, and turn each item into its cursor and its JSON.
    pub(crate) fn take<I>(
        limit: usize,
        last: Last,
        items: impl IntoIterator<Item = I>,
        response: impl FnMut(I) -> (String, T),
    ) -> Self {
        let mut items = items.into_iter();
        let (cursors, data): (Vec<String>, Vec<T>) =
            items.by_ref().take(limit).map(response).unzip();
        let leads_on = last == Last::OfPage || items.next().is_some();
        let last = cursors
            .into_iter()
            .next_back()
            .filter(|_| leads_on)
            .unwrap_or_default();
        Self { limit, data, last }
    }
}

/// Return the `limit` of a request: 10 to 100, 10 when absent. Values out of range count as the nearest bound, since most
/// lists document no error for them.
pub(crate) fn limit(request: &Request) -> Result<usize, ApiError> {
    let limit = request.query_integer("limit")?.unwrap_or(10).clamp(10, 100);
    Ok(usize::try_from(limit).unwrap_or(10))
}

/// Return the items of a store by id, newest first, beginning after the request's `start`.
pub(crate) fn newest_first<'a, T>(
    items: &'a BTreeMap<ObjectId, T>,
    request: &Request,
) -> Result<impl Iterator<Item = &'a T> + use<'a, T>, ApiError> {
    below_start(items, request, ObjectId::LOWEST, ObjectId::HIGHEST)
}

/// Return the lowest id of a window and where its ids end, after the request's `start`. `None` if it ends before it begins.
pub(crate) fn window(
    request: &Request,
    after: Option<Timestamp>,
    before: Option<Timestamp>,
) -> Result<Option<(ObjectId, Bound<ObjectId>)>, ApiError> {
    let lowest = after.map_or(ObjectId::LOWEST, ObjectId::first_of);
    let highest = before.map_or(ObjectId::HIGHEST, ObjectId::last_of);
    bounds(request, lowest, highest)
}

/// Like [`newest_first`], but only items made in the seconds from `after` to `before`, both included and both optional.
/// The caller compares the milliseconds.
pub(crate) fn newest_first_in_window<'a, T>(
    items: &'a BTreeMap<ObjectId, T>,
    request: &Request,
    after: Option<Timestamp>,
    before: Option<Timestamp>,
) -> Result<impl Iterator<Item = &'a T> + use<'a, T>, ApiError> {
    let lowest = after.map_or(ObjectId::LOWEST, ObjectId::first_of);
    let highest = before.map_or(ObjectId::HIGHEST, ObjectId::last_of);
    below_start(items, request, lowest, highest)
}

fn below_start<'a, T>(
    items: &'a BTreeMap<ObjectId, T>,
    request: &Request,
    lowest: ObjectId,
    highest: ObjectId,
) -> Result<impl Iterator<Item = &'a T> + use<'a, T>, ApiError> {
    let range = bounds(request, lowest, highest)?
        .map(|(lowest, upper)| items.range((Bound::Included(lowest), upper)));
    Ok(range
        .into_iter()
        .flat_map(|range| range.rev().map(|(_, item)| item)))
}

fn bounds(
    request: &Request,
    lowest: ObjectId,
    highest: ObjectId,
) -> Result<Option<(ObjectId, Bound<ObjectId>)>, ApiError> {
    let start = request.query_parsed("start", "the last of another page", |start| {
        start.parse::<ObjectId>().ok()
    })?;
    let upper = match start {
        Some(start) if start <= highest => Bound::Excluded(start.max(lowest)),
        _ => Bound::Included(highest),
    };
    // A window that ends before it begins holds nothing; `range` would panic on it.
    Ok((lowest <= highest).then_some((lowest, upper)))
}
