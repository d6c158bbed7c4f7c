//! Definitions of polls, with their questions and options: `/polls`.

use std::{collections::BTreeMap, mem};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    api::operation::Operation,
    api_response::{ApiError, ApiResponse},
    request::Request,
    shape::{Shape, UNLIMITED, optional},
    state::{
        State,
        polls::{Choice, Definition, Poll, Question},
    },
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

fn create(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let definition = definition(request)?;
    let id = state.new_id();
    let poll = Poll { id, definition };
    let answer = ApiResponse::ok(&poll);
    state.polls.by_id.insert(id, poll);
    Ok(answer)
}

fn get(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    Ok(ApiResponse::ok(
        state.polls.get(request.argument("poll_id"))?,
    ))
}

fn update(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let poll = state.polls.get_mut(request.argument("poll_id"))?;
    poll.definition = definition(request)?;
    Ok(ApiResponse::ok(poll))
}

fn update_question(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let place = question_place(state, request)?;
    let mut question: Question = read(request.body(&QUESTION)?)?;
    number(&mut question.options)?;
    let questions = questions(state, request)?;
    question.index = questions[place].index;
    questions[place] = question;
    Ok(ApiResponse::ok(&questions[place]))
}

fn delete_question(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let place = question_place(state, request)?;
    let questions = questions(state, request)?;
    questions.remove(place);
    for question in &mut questions[place..] {
        question.index -= 1;
    }
    Ok(ApiResponse::no_content())
}

fn update_option(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
    let question = question_place(state, request)?;
    let question = &mut questions(state, request)?[question];
    let place = option_place(question, request)?;
    let mut choice: Choice = read(request.body(&OPTION)?)?;
    choice.index = question.options[place].index;
    question.options[place] = choice;
    Ok(ApiResponse::ok(&question.options[place]))
}

fn delete_option(state: &mut State, request: &Request) -> Result<ApiResponse, ApiError> {
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
    Ok(ApiResponse::no_content())
}

fn questions<'a>(
    state: &'a mut State,
    request: &Request,
) -> Result<&'a mut Vec<Question>, ApiError> {
    let poll = state.polls.get_mut(request.argument("poll_id"))?;
    Ok(&mut poll.definition.questions)
}

/// Return where the question of the path stands in its list.
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

/// Return a whole definition from the body, numbered and in order.
fn definition(request: &Request) -> Result<Definition, ApiError> {
    let mut definition: Definition = read(request.body(&POLL)?)?;
    definition.others.shift_remove("id");
    number(&mut definition.questions)?;
    for question in &mut definition.questions {
        number(&mut question.options)?;
    }
    Ok(definition)
}

/// An item with a number in its list.
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
