//! Create a quiz, run it in a room, and read the results.
//!
//! Run it with `cargo run --example polls`. It starts a sandbox, whose peers answer. Prints:
//!
//! ```text
//! created the quiz Optics
//! 2 peers answered
//! ada scored 1
//! ben scored 0
//! ```

// --8<-- [start:imports]
use std::error::Error;

use hundredms::Client;
use hundredms::resources::polls::{
    CreatePoll, ListPollResults, Poll, PollAnswer, PollOption, PollQuestion, PollQuestionType,
    PollStart, PollType,
};
use hundredms::resources::rooms::CreateRoom;
use hundredms_sandbox::{JoinPeer, PollAnswer as PeerAnswer, Sandbox};
// --8<-- [end:imports]

// --8<-- [start:create]
/// Create a quiz that a client starts. With `PollStart::Auto`, link it to rooms instead.
async fn create_quiz(client: &Client) -> hundredms::Result<Poll> {
    let question = PollQuestion::new()
        .text("What does a prism do?")
        .r#type(PollQuestionType::SingleChoice)
        .options([
            PollOption::new().index(1).text("It bends light"),
            PollOption::new().index(2).text("It makes light"),
        ])
        .answer(PollAnswer::new().options([1]));
    let quiz = CreatePoll::new()
        .title("Optics")
        .r#type(PollType::Quiz)
        .start(PollStart::Manual)
        .questions([question]);
    client.polls().create(quiz).await
}
// --8<-- [end:create]

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let client = Client::builder()
        .keys(sandbox.access_key(), sandbox.secret())
        .base_url(sandbox.base_url())
        .build()?;
    let room = client
        .rooms()
        .create(CreateRoom::new().name("physics-7"))
        .await?;
    // --8<-- [start:ask]
    let quiz = create_quiz(&client).await?;
    println!("created the quiz {}", quiz.title.unwrap_or_default());

    // The app of the teacher opens the poll, and those of the students answer.
    let ada = sandbox.join_peer(&JoinPeer::with_role(&room.id, "guest").user_id("ada"))?;
    let ben = sandbox.join_peer(&JoinPeer::with_role(&room.id, "guest").user_id("ben"))?;
    sandbox.start_poll(&room.id, &quiz.id)?;
    sandbox.answer_poll(&PeerAnswer::by_peer(&ada.id, &quiz.id, 1).option(1))?;
    sandbox.answer_poll(&PeerAnswer::by_peer(&ben.id, &quiz.id, 1).option(2))?;
    let run = sandbox.stop_poll(&room.id, &quiz.id)?;
    println!("{} peers answered", run.unique_participants);
    // --8<-- [end:ask]

    // --8<-- [start:results]
    let results = client.polls().list_results(ListPollResults::new(&quiz.id));
    let mut results = results.collect().await?;
    results.sort_by(|one, other| one.user_id.cmp(&other.user_id));
    for result in results {
        let (user, score) = (
            result.user_id.unwrap_or_default(),
            result.score.unwrap_or(0),
        );
        println!("{user} scored {score}");
    }
    // --8<-- [end:results]
    Ok(())
}
