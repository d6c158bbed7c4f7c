//! Polls as they are written.

use hundredms::resources::polls::{
    CreatePoll, PollAnswer, PollAttachment, PollMode, PollOption, PollQuestion, PollQuestionType,
    PollStart, PollType, UpdatePoll, UpdatePollOption, UpdatePollQuestion,
};

use super::Stage;

pub(super) fn quiz() -> CreatePoll {
    CreatePoll::new()
        .title("Friday warm-up")
        .duration(180)
        .anonymous(false)
        .mode(PollMode::Userid)
        .r#type(PollType::Quiz)
        .start(PollStart::Manual)
        .questions([choice(), capital()])
}

fn choice() -> PollQuestion {
    PollQuestion::new()
        .index(1)
        .text("Which release comes first?")
        .format("text")
        .r#type(PollQuestionType::SingleChoice)
        .attachment([PollAttachment::new()
            .r#type("image/png")
            .url("https://cdn.example.org/roadmap.png")])
        .skippable(true)
        .duration(45)
        .once(false)
        .weight(3)
        .answer(PollAnswer::new().hidden(true).options([2]))
        .options(["Spring", "Autumn", "Never"].map(|text| PollOption::new().text(text).weight(1)))
}

fn capital() -> PollQuestion {
    PollQuestion::new()
        .index(2)
        .text("Name the capital of Norway")
        .r#type(PollQuestionType::ShortAnswer)
        .answer_min_len(2)
        .answer_max_len(40)
        .answer(PollAnswer::new().text("Oslo").case(false).trim(true))
}

pub(super) async fn tell(stage: &Stage) {
    let polls = stage.client.polls();
    let made = polls.create(quiz()).await.expect("a poll");
    assert_eq!((made.duration, made.questions.len()), (Some(180), 2));
    assert_eq!(polls.get(&made.id).await.expect("the poll"), made);
    let updated = polls
        .update(
            UpdatePoll::new(&made.id)
                .title("Friday warm-up, second take")
                .duration(60)
                .anonymous(true)
                .mode(PollMode::Peerid)
                .r#type(PollType::Quiz)
                .start(PollStart::Auto)
                .questions([choice(), capital()]),
        )
        .await
        .expect("the poll");
    assert_eq!(
        (updated.anonymous, updated.mode, updated.start),
        (Some(true), Some(PollMode::Peerid), Some(PollStart::Auto))
    );

    let question = polls
        .update_question(
            UpdatePollQuestion::new(&made.id, "1")
                .index(1)
                .text("Which release is first?")
                .format("text")
                .r#type(PollQuestionType::MultipleChoice)
                .attachment([PollAttachment::new()])
                .skippable(false)
                .duration(30)
                .once(true)
                .weight(5)
                .answer_min_len(0)
                .answer_max_len(0)
                .answer(PollAnswer::new().options([1, 2]))
                .options(["A", "B", "C"].map(|text| PollOption::new().text(text))),
        )
        .await
        .expect("the question");
    assert_eq!((question.index, question.weight), (Some(1), Some(5)));
    let option = UpdatePollOption::new(&made.id, "1", "2")
        .index(2)
        .text("Autumn, after all")
        .weight(2);
    let option = polls.update_option(option).await.expect("the option");
    assert_eq!(option.text.as_deref(), Some("Autumn, after all"));
    let gone = polls.delete_option(&made.id, "1", "3").await;
    gone.expect("nothing");
    let gone = polls.delete_question(&made.id, "2").await;
    gone.expect("nothing");
    let left = polls.get(&made.id).await.expect("the poll").questions;
    let options = left[0].options.as_ref().map(Vec::len);
    assert_eq!((left.len(), options), (1, Some(2)));
}
