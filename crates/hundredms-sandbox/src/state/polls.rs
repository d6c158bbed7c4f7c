//! The store of poll definitions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{api_response::ApiError, ids::ObjectId};

/// A poll, stored as in responses.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Poll {
    pub(crate) id: ObjectId,
    #[serde(flatten)]
    pub(crate) definition: Definition,
}

/// The fields of a poll from a client. Missing fields have the values of `default()`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Definition {
    pub(crate) title: String,
    /// Seconds. 0 for no limit.
    pub(crate) duration: i64,
    pub(crate) anonymous: bool,
    pub(crate) mode: Mode,
    #[serde(rename = "type")]
    pub(crate) kind: PollKind,
    pub(crate) start: Start,
    pub(crate) questions: Vec<Question>,
    /// Other fields from the client.
    #[serde(flatten)]
    pub(crate) others: Map<String, Value>,
}

/// Which identity counts as one voter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Mode {
    #[default]
    UserId,
    PeerId,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PollKind {
    #[default]
    Poll,
    Quiz,
}

/// Whether the poll begins with each session of its rooms or when a client starts it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Start {
    #[default]
    Auto,
    Manual,
}

/// One question. Index 0 means its position in the list, until that is known.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Question {
    pub(crate) index: i64,
    pub(crate) text: String,
    pub(crate) format: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<QuestionKind>,
    pub(crate) attachment: Vec<Attachment>,
    pub(crate) skippable: bool,
    pub(crate) duration: i64,
    pub(crate) once: bool,
    pub(crate) weight: i64,
    pub(crate) answer_min_len: i64,
    /// 0 for no limit.
    pub(crate) answer_max_len: i64,
    pub(crate) answer: RightAnswer,
    pub(crate) options: Vec<Choice>,
    #[serde(flatten)]
    pub(crate) others: Map<String, Value>,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            index: 0,
            text: String::new(),
            format: "text".into(),
            kind: None,
            attachment: Vec::new(),
            skippable: true,
            duration: 0,
            once: false,
            weight: 1,
            answer_min_len: 0,
            answer_max_len: 0,
            answer: RightAnswer::default(),
            options: Vec::new(),
            others: Map::new(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum QuestionKind {
    SingleChoice,
    MultipleChoice,
    ShortAnswer,
    LongAnswer,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Attachment {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
}

/// The right answer in a quiz.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct RightAnswer {
    pub(crate) hidden: bool,
    pub(crate) options: Vec<i64>,
    pub(crate) text: String,
    /// Whether upper and lower case differ.
    pub(crate) case: bool,
    /// Whether the given text is trimmed first.
    pub(crate) trim: bool,
}

/// One option of a question. `index` as in [`Question`].
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Choice {
    pub(crate) index: i64,
    pub(crate) text: String,
    pub(crate) weight: i64,
    #[serde(flatten)]
    pub(crate) others: Map<String, Value>,
}

impl Default for Choice {
    fn default() -> Self {
        Self {
            index: 0,
            text: String::new(),
            weight: 1,
            others: Map::new(),
        }
    }
}

/// All definitions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Polls {
    pub(crate) by_id: BTreeMap<ObjectId, Poll>,
}

impl Polls {
    /// Return the poll with this id. 404 if there is none.
    pub(crate) fn get(&self, id: &str) -> Result<&Poll, ApiError> {
        id.parse()
            .ok()
            .and_then(|id| self.by_id.get(&id))
            .ok_or_else(poll_not_found)
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Result<&mut Poll, ApiError> {
        id.parse()
            .ok()
            .and_then(|id| self.by_id.get_mut(&id))
            .ok_or_else(poll_not_found)
    }

    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }
}

fn poll_not_found() -> ApiError {
    ApiError::not_found("Poll not found")
}
