//! [`Scope`]: of what a job reads the assets; and [`Calls`]: its calls, over all pages.

use std::fmt;
use std::time::Duration;

use super::context::JobContext;
use crate::error::{Error, Result};
use crate::operation::Operation;
use crate::paging::{Paged, next_cursor};
use crate::resources::recordings::AssetType;

/// Of what a job reads the assets.
#[derive(Debug, Clone)]
pub(super) enum Scope {
    Session(String),
    Room(String),
    Recording(String),
}

/// The arguments of which exactly one must be given.
#[derive(Debug, Default)]
#[expect(clippy::struct_field_names, reason = "they are named as the arguments")]
pub(super) struct GivenIds {
    pub(super) session_id: Option<String>,
    pub(super) room_id: Option<String>,
    pub(super) recording_id: Option<String>,
}

impl Scope {
    /// Return what the one argument selects. `names` lists the possible arguments.
    pub(super) fn of<P>(context: &JobContext<P>, names: &str, given: GivenIds) -> Result<Self> {
        let GivenIds {
            session_id,
            room_id,
            recording_id,
        } = given;
        let fields = [
            ("session_id", &session_id),
            ("room_id", &room_id),
            ("recording_id", &recording_id),
        ];
        let empty = fields.iter().find(|(_, id)| id.as_deref() == Some(""));
        if let Some((name, _)) = empty {
            let reason = "must not be empty";
            return Err(Error::invalid_request(context.name(), name, reason));
        }
        match (session_id, room_id, recording_id) {
            (Some(id), None, None) => Ok(Self::Session(id)),
            (None, Some(id), None) => Ok(Self::Room(id)),
            (None, None, Some(id)) => Ok(Self::Recording(id)),
            _ => {
                let reason = format!("exactly one of {names} must be given");
                Err(Error::invalid_request(context.name(), "", &reason))
            }
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Session(id) => write!(f, "session {id}"),
            Self::Room(id) => write!(f, "room {id}"),
            Self::Recording(id) => write!(f, "recording {id}"),
        }
    }
}

/// Return whether assets of this type are wanted. An empty list means all, as if it was absent.
pub(super) fn is_wanted(types: Option<&[AssetType]>, kind: &AssetType) -> bool {
    types.is_none_or(|types| types.is_empty() || types.contains(kind))
}

/// The calls of a job, of which the first comes after a pause.
#[derive(Debug)]
pub(super) struct Calls<'a, P> {
    context: &'a JobContext<P>,
    pause: Option<Duration>,
}

impl<'a, P> Calls<'a, P> {
    pub(super) fn new(context: &'a JobContext<P>) -> Self {
        Self {
            context,
            pause: None,
        }
    }

    /// The first call comes after a pause, which a sandbox skips.
    pub(super) fn after(context: &'a JobContext<P>, pause: Duration) -> Self {
        Self {
            context,
            pause: Some(pause),
        }
    }

    pub(super) async fn call<O: Operation>(&mut self, request: O) -> Result<O::Output> {
        match self.pause.take() {
            Some(pause) => self.context.call_after(pause, request).await,
            None => self.context.call(request).await,
        }
    }

    /// Return the items of all pages of a list.
    pub(super) async fn list<O: Paged>(&mut self, mut request: O) -> Result<Vec<O::Item>> {
        let (mut items, mut cursor) = (Vec::new(), None);
        loop {
            let page = self.call(request.clone()).await?;
            cursor = next_cursor::<O>(&page, cursor.as_deref())?;
            items.extend(O::items(page));
            match &cursor {
                Some(cursor) => request.resume(cursor.clone()),
                None => return Ok(items),
            }
        }
    }
}
