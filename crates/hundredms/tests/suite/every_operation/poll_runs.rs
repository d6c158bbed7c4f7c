//! What came of polls in sessions.

use hundredms::resources::polls::{
    GetPollSession, ListPollResponses, ListPollResults, ListPollSessionResponses,
    ListPollSessionResults, ListPollSessions,
};
use hundredms_sandbox::PollAnswer;

use super::Stage;
use super::polls::quiz;

pub(super) async fn tell(stage: &Stage) {
    let polls = stage.client.polls();
    let poll = polls.create(quiz()).await.expect("a poll").id;
    let room = stage.room().await;
    let ada = stage.join(&room, "host", "ada");
    let ben = stage.join(&room, "guest", "ben");
    stage.sandbox.start_poll(&room.id, &poll).expect("a run");
    stage.pass(20);
    let answer = |answer| stage.sandbox.answer_poll(&answer).expect("an answer");
    answer(PollAnswer::by_peer(&ada.id, &poll, 1).option(1));
    answer(PollAnswer::by_peer(&ada.id, &poll, 1).option(2));
    answer(PollAnswer::by_peer(&ben.id, &poll, 1).skipped());
    answer(PollAnswer::by_user(&room.id, "ben", &poll, 2).text("oslo"));
    stage.sandbox.stop_poll(&room.id, &poll).expect("a run");
    let session = &ada.session_id;

    let runs = ListPollSessions::new(&poll).limit(10);
    let runs = polls.list_sessions(runs).collect().await.expect("runs");
    assert_eq!(
        (
            runs.len(),
            runs[0].total_responses,
            runs[0].unique_participants
        ),
        (1, Some(4), Some(2))
    );
    let run = polls.get_session(GetPollSession::new(&poll, session).limit(10));
    assert_eq!(run.collect().await.expect("a run"), runs);

    let responses = ListPollResponses::new(&poll)
        .question(1)
        .all(true)
        .limit(10);
    let responses = polls.list_responses(responses).collect().await;
    let responses = responses.expect("responses");
    assert_eq!(responses.len(), 3);
    let one = polls.get_response(&poll, &responses[0].id).await;
    assert_eq!(one.expect("a response"), responses[0]);
    let of_session = ListPollSessionResponses::new(&poll, session)
        .question(2)
        .all(false)
        .limit(10);
    let of_session = polls.list_session_responses(of_session).collect().await;
    let of_session = of_session.expect("responses");
    assert_eq!(of_session[0].text.as_deref(), Some("oslo"));
    let one = polls.get_session_response(&poll, session, &of_session[0].id);
    assert_eq!(one.await.expect("a response"), of_session[0]);
    let after = ListPollResponses::new(&poll).start(&of_session[0].id);
    let after = polls.list_responses(after).collect().await;
    assert_eq!(after.expect("responses").len(), 2);

    let results = ListPollResults::new(&poll).question(1).all(false).limit(10);
    let results = polls
        .list_results(results)
        .collect()
        .await
        .expect("results");
    let mut scores: Vec<_> = results.iter().map(|result| result.score).collect();
    scores.sort_unstable();
    assert_eq!(scores, [Some(0), Some(3)]);
    let one = polls.get_result(&poll, &results[0].id).await;
    assert_eq!(one.expect("a result"), results[0]);
    let of_session = ListPollSessionResults::new(&poll, session)
        .question(2)
        .all(true)
        .limit(10);
    let of_session = polls.list_session_results(of_session).collect().await;
    let of_session = of_session.expect("results");
    assert_eq!(of_session.len(), 1);
    let one = polls.get_session_result(&poll, session, &of_session[0].id);
    assert_eq!(one.await.expect("a result"), of_session[0]);
}
