//! Definitions of polls, with their questions and options: `/polls`.

use std::{collections::BTreeMap, mem};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::{
    answer::{Answer, ApiError},
    ids::ObjectId,
    operations::Operation,
    request::Request,
    shape::{Shape, UNLIMITED, optional},
    state::State,
};

pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::new("polls.create", "POST", "/polls", create),
    Operation::new("polls.get", "GET", "/polls/{poll_id}", get),
    Operation::new("polls.update", "POST", "/polls/{poll_id}", update),
    Operation::new(
        "polls.update_question",
        "POST",
        "/polls/{poll_id}/questions/{question_id}",
        update_question,
    ),
    Operation::new(
        "polls.delete_question",
        "DELETE",
        "/polls/{poll_id}/questions/{question_id}",
        delete_question,
    ),
    Operation::new(
        "polls.update_option",
        "POST",
        "/polls/{poll_id}/questions/{question_id}/options/{option_id}",
        update_option,
    ),
    Operation::new(
        "polls.delete_option",
        "DELETE",
        "/polls/{poll_id}/questions/{question_id}/options/{option_id}",
        delete_option,
    ),
];

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
    title: String,
    /// Seconds; 0 for no end of its own.
    pub(crate) duration: i64,
    pub(crate) anonymous: bool,
    pub(crate) mode: Mode,
    #[serde(rename = "type")]
    pub(crate) kind: PollKind,
    pub(crate) start: Start,
    pub(crate) questions: Vec<Question>,
    /// What a client wrote beside these.
    #[serde(flatten)]
    others: Map<String, Value>,
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

/// One question. `index` 0 stands for its place in the list until that is known.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Question {
    pub(crate) index: i64,
    text: String,
    format: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<QuestionKind>,
    attachment: Vec<Attachment>,
    pub(crate) skippable: bool,
    duration: i64,
    pub(crate) once: bool,
    pub(crate) weight: i64,
    pub(crate) answer_min_len: i64,
    /// 0 for no limit.
    pub(crate) answer_max_len: i64,
    pub(crate) answer: RightAnswer,
    pub(crate) options: Vec<Choice>,
    #[serde(flatten)]
    others: Map<String, Value>,
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
struct Attachment {
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// What counts as right in a quiz.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct RightAnswer {
    hidden: bool,
    pub(crate) options: Vec<i64>,
    pub(crate) text: String,
    /// Whether upper and lower case differ.
    pub(crate) case: bool,
    /// Whether blanks around the given text are dropped first.
    pub(crate) trim: bool,
}

/// One option of a question. `index` as in [`Question`].
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Choice {
    pub(crate) index: i64,
    text: String,
    pub(crate) weight: i64,
    #[serde(flatten)]
    others: Map<String, Value>,
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
    by_id: BTreeMap<ObjectId, Poll>,
}

impl Polls {
    /// The poll with this id. 404 if there is none.
    pub(crate) fn get(&self, id: &str) -> Result<&Poll, ApiError> {
        id.parse()
            .ok()
            .and_then(|id| self.by_id.get(&id))
            .ok_or_else(poll_not_found)
    }

    fn get_mut(&mut self, id: &str) -> Result<&mut Poll, ApiError> {
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

const OPTION: Shape = Shape::Object(&[
    optional("index", Shape::IntegerIn(1, i64::MAX)),
    optional("text", Shape::Text),
    optional("weight", Shape::Integer),
]);

const ATTACHMENT: Shape =
    Shape::Object(&[optional("type", Shape::Text), optional("url", Shape::Text)]);

const QUESTION: Shape = Shape::Object(&[
    optional("index", Shape::IntegerIn(1, i64::MAX)),
    optional("text", Shape::Text),
    optional("format", Shape::Text),
    optional(
        "type",
        Shape::OneOf(&[
            "single-choice",
            "multiple-choice",
            "short-answer",
            "long-answer",
        ]),
    ),
    optional("attachment", Shape::List(&ATTACHMENT, UNLIMITED)),
    optional("skippable", Shape::Bool),
    optional("duration", Shape::IntegerIn(0, i64::MAX)),
    optional("once", Shape::Bool),
    optional("weight", Shape::Integer),
    optional("answer_min_len", Shape::IntegerIn(0, i64::MAX)),
    optional("answer_max_len", Shape::IntegerIn(0, i64::MAX)),
    optional(
        "answer",
        Shape::Object(&[
            optional("hidden", Shape::Bool),
            optional(
                "options",
                Shape::List(&Shape::IntegerIn(1, i64::MAX), UNLIMITED),
            ),
            optional("text", Shape::Text),
            optional("case", Shape::Bool),
            optional("trim", Shape::Bool),
        ]),
    ),
    optional("options", Shape::List(&OPTION, UNLIMITED)),
]);

const POLL: Shape = Shape::Object(&[
    optional("title", Shape::Text),
    optional("duration", Shape::IntegerIn(0, i64::MAX)),
    optional("anonymous", Shape::Bool),
    optional("mode", Shape::OneOf(&["userid", "peerid"])),
    optional("type", Shape::OneOf(&["poll", "quiz"])),
    optional("start", Shape::OneOf(&["auto", "manual"])),
    optional("questions", Shape::List(&QUESTION, UNLIMITED)),
]);

fn create(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let definition = definition(request)?;
    let id = state.new_id();
    let poll = Poll { id, definition };
    let answer = Answer::ok(&poll);
    state.polls.by_id.insert(id, poll);
    Ok(answer)
}

fn get(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    Ok(Answer::ok(state.polls.get(request.argument("poll_id"))?))
}

fn update(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let poll = state.polls.get_mut(request.argument("poll_id"))?;
    poll.definition = definition(request)?;
    Ok(Answer::ok(poll))
}

fn update_question(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let place = question_place(state, request)?;
    let mut question: Question = read(request.body(&QUESTION)?)?;
    number(&mut question.options)?;
    let questions = questions(state, request)?;
    question.index = questions[place].index;
    questions[place] = question;
    Ok(Answer::ok(&questions[place]))
}

fn delete_question(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let place = question_place(state, request)?;
    let questions = questions(state, request)?;
    questions.remove(place);
    for question in &mut questions[place..] {
        question.index -= 1;
    }
    Ok(Answer::no_content())
}

fn update_option(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let question = question_place(state, request)?;
    let question = &mut questions(state, request)?[question];
    let place = option_place(question, request)?;
    let mut choice: Choice = read(request.body(&OPTION)?)?;
    choice.index = question.options[place].index;
    question.options[place] = choice;
    Ok(Answer::ok(&question.options[place]))
}

fn delete_option(state: &mut State, request: &Request) -> Result<Answer, ApiError> {
    let question = question_place(state, request)?;
    let question = &mut questions(state, request)?[question];
    let place = option_place(question, request)?;
    let gone = question.options.remove(place).index;
    for choice in &mut question.options[place..] {
        choice.index -= 1;
    }
    let right = &mut question.answer.options;
    right.retain(|index| *index != gone);
    for index in right.iter_mut().filter(|index| **index > gone) {
        *index -= 1;
    }
    Ok(Answer::no_content())
}

fn questions<'a>(
    state: &'a mut State,
    request: &Request,
) -> Result<&'a mut Vec<Question>, ApiError> {
    let poll = state.polls.get_mut(request.argument("poll_id"))?;
    Ok(&mut poll.definition.questions)
}

/// Where the question of the path stands in its list.
fn question_place(state: &State, request: &Request) -> Result<usize, ApiError> {
    let poll = state.polls.get(request.argument("poll_id"))?;
    let index = request.argument("question_id").parse();
    poll.definition
        .questions
        .iter()
        .position(|question| Ok(question.index) == index)
        .ok_or_else(|| ApiError::not_found("Question not found"))
}

fn option_place(question: &Question, request: &Request) -> Result<usize, ApiError> {
    let index = request.argument("option_id").parse();
    question
        .options
        .iter()
        .position(|choice| Ok(choice.index) == index)
        .ok_or_else(|| ApiError::not_found("Option not found"))
}

/// A whole definition from the body, numbered and in order.
fn definition(request: &Request) -> Result<Definition, ApiError> {
    let mut definition: Definition = read(request.body(&POLL)?)?;
    definition.others.shift_remove("id");
    number(&mut definition.questions)?;
    for question in &mut definition.questions {
        number(&mut question.options)?;
    }
    Ok(definition)
}

/// What is numbered within its list.
trait Indexed {
    const LIST: &str;

    fn index(&mut self) -> &mut i64;
}

impl Indexed for Question {
    const LIST: &str = "questions";

    fn index(&mut self) -> &mut i64 {
        &mut self.index
    }
}

impl Indexed for Choice {
    const LIST: &str = "options";

    fn index(&mut self) -> &mut i64 {
        &mut self.index
    }
}

/// Number items without an index by their position in the list, and sort. 400 if two have the same index.
fn number<T: Indexed>(items: &mut Vec<T>) -> Result<(), ApiError> {
    let mut by_index = BTreeMap::new();
    for (mut item, place) in mem::take(items).into_iter().zip(1..) {
        if *item.index() == 0 {
            *item.index() = place;
        }
        let index = *item.index();
        if by_index.insert(index, item).is_some() {
            let problem = format!("{} have the index {index} twice", T::LIST);
            return Err(ApiError::body_param([problem]));
        }
    }
    items.extend(by_index.into_values());
    Ok(())
}

/// Read a checked body. Null counts as missing.
fn read<T: DeserializeOwned>(body: &Value) -> Result<T, ApiError> {
    serde_json::from_value(without_nulls(body))
        .map_err(|error| ApiError::body_param([error.to_string()]))
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name.clone(), without_nulls(value)))
            .collect(),
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}
