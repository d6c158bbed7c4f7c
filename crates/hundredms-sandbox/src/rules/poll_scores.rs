//! Answers to poll questions: which ones a question accepts, and their scores.

use std::collections::BTreeSet;

use crate::{
    api_response::ApiError,
    state::polls::{Definition, PollKind, Question, QuestionKind},
};

/// What a participant answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Given {
    Skipped,
    /// Indexes of the options chosen.
    Options(Vec<i64>),
    Text(String),
}

impl Question {
    /// Return the kind. Depends on the options if the definition has none.
    pub(crate) fn effective_kind(&self) -> QuestionKind {
        let read_off = if self.options.is_empty() {
            QuestionKind::ShortAnswer
        } else {
            QuestionKind::SingleChoice
        };
        self.kind.unwrap_or(read_off)
    }

    /// Fail with 400 for an answer that a participant cannot send.
    pub(crate) fn check(&self, given: &Given) -> Result<(), ApiError> {
        let problem = match (self.effective_kind(), given) {
            (_, Given::Skipped) if self.skippable => return Ok(()),
            (_, Given::Skipped) => "the question cannot be skipped",
            (QuestionKind::SingleChoice, Given::Options(chosen)) if chosen.len() != 1 => {
                "the question takes one option"
            }
            (QuestionKind::SingleChoice | QuestionKind::MultipleChoice, Given::Options(chosen)) => {
                let known = |index: &i64| self.options.iter().any(|option| option.index == *index);
                if chosen.is_empty() {
                    "the question takes one option or more"
                } else if chosen.iter().collect::<BTreeSet<_>>().len() < chosen.len() {
                    "an option is chosen twice"
                } else if !chosen.iter().all(known) {
                    "the question has no such option"
                } else {
                    return Ok(());
                }
            }
            (QuestionKind::SingleChoice | QuestionKind::MultipleChoice, Given::Text(_)) => {
                "the question takes options, no text"
            }
            (QuestionKind::ShortAnswer | QuestionKind::LongAnswer, Given::Text(text)) => {
                let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
                if length < self.answer_min_len {
                    "the text is shorter than the question allows"
                } else if self.answer_max_len > 0 && length > self.answer_max_len {
                    "the text is longer than the question allows"
                } else {
                    return Ok(());
                }
            }
            (QuestionKind::ShortAnswer | QuestionKind::LongAnswer, Given::Options(_)) => {
                "the question takes text, no options"
            }
        };
        Err(ApiError::bad_request(problem))
    }

    fn is_right(&self, given: &Given) -> bool {
        let right = &self.answer;
        match given {
            Given::Skipped => false,
            Given::Options(chosen) => {
                !chosen.is_empty()
                    && chosen.iter().collect::<BTreeSet<_>>()
                        == right.options.iter().collect::<BTreeSet<_>>()
            }
            Given::Text(text) => {
                let text = if right.trim { text.trim() } else { text };
                !right.text.is_empty()
                    && if right.case {
                        text == right.text
                    } else {
                        text.to_lowercase() == right.text.to_lowercase()
                    }
            }
        }
    }
}

/// Return the points of an answer: in a quiz the weight of the question if the answer is right; in a poll, where none is right
/// or wrong, that weight times the weights of the chosen options.
pub(crate) fn score(poll: &Definition, question: &Question, given: &Given) -> i64 {
    match (poll.kind, given) {
        (PollKind::Quiz, given) if question.is_right(given) => question.weight,
        (PollKind::Poll, Given::Options(chosen)) => question
            .options
            .iter()
            .filter(|option| chosen.contains(&option.index))
            .fold(0_i64, |sum, option| sum.saturating_add(option.weight))
            .saturating_mul(question.weight),
        _ => 0,
    }
}
