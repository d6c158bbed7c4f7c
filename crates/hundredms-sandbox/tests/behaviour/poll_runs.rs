//! Polls in sessions: runs, responses, results.

use std::time::Duration;

use hundredms_sandbox::{JoinPeer, LeavePeer, Peer, PollAnswer};
use serde_json::{Value, json};

use crate::api::Api;

/// A sandbox with a room in which `u1` and `u2` are.
struct Class {
    api: Api,
    room_id: String,
    first: Peer,
    second: Peer,
}

impl Class {
    async fn with_polls(polls: &[&str]) -> Self {
        let api = Api::start().await;
        Self::in_api(api, polls).await
    }

    async fn in_api(api: Api, polls: &[&str]) -> Self {
        let room = api.posted("/rooms", json!({"polls": polls})).await;
        let room_id = room["id"].as_str().unwrap().to_owned();
        let join = |user: &str| {
            let join = JoinPeer::with_role(&room_id, "guest").user_id(user);
            api.sandbox.join_peer(&join).unwrap()
        };
        let (first, second) = (join("u1"), join("u2"));
        Self {
            api,
            room_id,
            first,
            second,
        }
    }

    async fn poll(&self, definition: Value) -> String {
        let poll = self.api.posted("/polls", definition).await;
        poll["id"].as_str().unwrap().to_owned()
    }

    async fn started(&self, definition: Value) -> String {
        let id = self.poll(definition).await;
        self.api.sandbox.start_poll(&self.room_id, &id).unwrap();
        id
    }

    fn score(&self, answer: &PollAnswer) -> i64 {
        self.api.sandbox.answer_poll(answer).unwrap().score
    }

    fn refusal(&self, answer: &PollAnswer) -> u16 {
        self.api.sandbox.answer_poll(answer).unwrap_err().status()
    }
}

fn capital(kind: &str, answer: &Value) -> Value {
    json!({"type": kind, "questions": [
        {"type": "short-answer", "weight": 4, "answer": answer, "answer_min_len": 2, "answer_max_len": 8},
    ]})
}

#[tokio::test]
async fn a_quiz_gives_the_weight_of_a_question_for_a_right_answer() {
    let class = Class::with_polls(&[]).await;
    let id = class
        .started(json!({"type": "quiz", "questions": [
            {"type": "single-choice", "weight": 3, "answer": {"options": [2]}, "options": [{}, {}]},
            {"type": "multiple-choice", "weight": 5, "answer": {"options": [1, 3]}, "options": [{}, {}, {}]},
            {"type": "short-answer", "answer": {"text": "Oslo", "trim": true}},
        ]}))
        .await;
    let answer = |question| PollAnswer::by_peer(&class.first.id, &id, question);
    assert_eq!(class.score(&answer(1).option(1)), 0);
    assert_eq!(class.score(&answer(1).option(2)), 3);
    assert_eq!(class.score(&answer(2).options([1])), 0);
    assert_eq!(class.score(&answer(2).options([3, 1])), 5);
    assert_eq!(class.score(&answer(3).skipped()), 0);
    assert_eq!(class.score(&answer(3).text(" oslo ")), 1);

    let results = class.api.got(&format!("/polls/{id}/results")).await;
    let scores: Vec<_> = results["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| (&result["question"], &result["score"], &result["user_id"]))
        .collect();
    let user = json!("u1");
    assert_eq!(
        scores,
        [
            (&json!(3), &json!(1), &user),
            (&json!(2), &json!(5), &user),
            (&json!(1), &json!(3), &user)
        ]
    );
}

#[tokio::test]
async fn case_and_trim_say_how_a_text_is_compared() {
    let class = Class::with_polls(&[]).await;
    let exact = json!({"text": "Oslo", "case": true, "trim": false});
    let id = class.started(capital("quiz", &exact)).await;
    let answer = |text: &str| class.score(&PollAnswer::by_peer(&class.first.id, &id, 1).text(text));
    assert_eq!([answer("oslo"), answer("Oslo "), answer("Oslo")], [0, 0, 4]);
}

#[tokio::test]
async fn a_poll_counts_the_weights_of_the_chosen_options() {
    let class = Class::with_polls(&[]).await;
    let id = class
        .started(
            json!({"questions": [{"type": "multiple-choice", "weight": 2,
            "options": [{"weight": 1}, {"weight": 10}, {"weight": 100}]}]}),
        )
        .await;
    let answer = PollAnswer::by_peer(&class.first.id, &id, 1).options([1, 3]);
    assert_eq!(class.score(&answer), 202);
}

#[tokio::test]
async fn answers_that_no_participant_could_send_are_refused() {
    let class = Class::with_polls(&[]).await;
    let id = class
        .started(json!({"questions": [
            {"type": "single-choice", "skippable": false, "options": [{}, {}]},
            {"type": "multiple-choice", "options": [{}, {}]},
            {"type": "long-answer", "answer_min_len": 2, "answer_max_len": 4},
        ]}))
        .await;
    let answer = |question| PollAnswer::by_peer(&class.first.id, &id, question);
    for bad in [
        answer(1),
        answer(1).option(1).text("a"),
        answer(1).skipped(),
        answer(1).option(3),
        answer(1).options([1, 2]),
        answer(1).text("a"),
        answer(2).options([]),
        answer(2).options([1, 1]),
        answer(3).option(1),
        answer(3).text("a"),
        answer(3).text("abcde"),
    ] {
        assert_eq!(class.refusal(&bad), 400, "{bad:?}");
    }
    assert_eq!(class.refusal(&answer(4).text("abc")), 404);
    let nobody = PollAnswer::by_peer("nobody", &id, 3).text("abc");
    assert_eq!(class.refusal(&nobody), 404);
    let elsewhere = PollAnswer::by_user(&class.room_id, "u3", &id, 3).text("abc");
    assert_eq!(class.refusal(&elsewhere), 404);
    let (path, leaver) = (format!("/polls/{id}/responses"), &class.second.id);
    class
        .api
        .sandbox
        .leave_peer(&LeavePeer::new(leaver))
        .unwrap();
    let gone = PollAnswer::by_peer(leaver, &id, 3).text("abc");
    assert_eq!(class.refusal(&gone), 404);
    assert_eq!(class.api.got(&path).await["responses"], json!([]));
}

#[tokio::test]
async fn a_changed_answer_replaces_the_one_before_and_all_shows_both() {
    let class = Class::with_polls(&[]).await;
    let id = class
        .started(capital("quiz", &json!({"text": "Oslo"})))
        .await;
    class
        .api
        .sandbox
        .advance_clock(Duration::from_secs(7))
        .unwrap();
    let answer = |text: &str| {
        let answer = PollAnswer::by_peer(&class.first.id, &id, 1).text(text);
        class.api.sandbox.answer_poll(&answer).unwrap()
    };
    let (first, second, third) = (answer("Bergen"), answer("Turku"), answer("Oslo"));
    assert_eq!(first.result_id, third.result_id);

    let path = format!("/polls/{id}/responses");
    let page = class.api.got(&path).await;
    let response = &page["responses"][0];
    let (sent_at, duration) = (&response["sent_at"], response["duration"].as_i64().unwrap());
    assert!((7_000..60_000).contains(&duration));
    assert_eq!(
        page,
        json!({"limit": 10, "last": third.response_id, "responses": [{
            "id": third.response_id, "poll_id": id, "session_id": class.first.session_id, "question": 1,
            "type": "short-answer", "duration": duration, "skipped": false, "text": "Oslo", "update": true,
            "original_response": second.response_id, "retries": 2, "sent_at": sent_at,
            "peer_id": class.first.id, "user_id": "u1",
        }]})
    );
    let all = class.api.got(&format!("{path}?all=true")).await;
    let replaced: Vec<_> = all["responses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|response| response["original_response"].as_str())
        .collect();
    assert_eq!(
        replaced,
        [Some(&*second.response_id), Some(&*first.response_id), None]
    );
    let old = class
        .api
        .got(&format!("{path}/{}", first.response_id))
        .await;
    assert_eq!(
        (&old["text"], &old["update"], &old["retries"]),
        (&json!("Bergen"), &json!(false), &json!(0))
    );
}

#[tokio::test]
async fn once_takes_one_answer_of_each_voter() {
    let class = Class::with_polls(&[]).await;
    let id = class
        .started(json!({"questions": [{"once": true, "options": [{}, {}]}]}))
        .await;
    let answer = |peer: &Peer| PollAnswer::by_peer(&peer.id, &id, 1).option(1);
    class.score(&answer(&class.first));
    assert_eq!(class.refusal(&answer(&class.first)), 409);
    class.score(&answer(&class.second));
}

#[tokio::test]
async fn the_mode_says_whether_a_user_or_each_of_its_peers_is_a_voter() {
    let class = Class::with_polls(&[]).await;
    let again = JoinPeer::with_role(&class.room_id, "guest").user_id("u1");
    let again = class.api.sandbox.join_peer(&again).unwrap();
    for (mode, voters) in [("userid", 1), ("peerid", 2)] {
        let id = class
            .started(json!({"mode": mode, "questions": [{"options": [{}, {}]}]}))
            .await;
        class.score(&PollAnswer::by_peer(&class.first.id, &id, 1).option(1));
        class.score(&PollAnswer::by_peer(&again.id, &id, 1).option(2));
        let run = class.api.sandbox.stop_poll(&class.room_id, &id).unwrap();
        assert_eq!(
            (run.unique_participants, run.total_responses),
            (voters, 2),
            "{mode}"
        );
    }
}

#[tokio::test]
async fn an_anonymous_poll_keeps_no_ids_and_still_tells_voters_apart() {
    let class = Class::with_polls(&[]).await;
    let id = class
        .started(json!({"anonymous": true, "questions": [{"options": [{}, {}]}]}))
        .await;
    for _ in 0..2 {
        class.score(&PollAnswer::by_peer(&class.first.id, &id, 1).option(1));
        class.score(&PollAnswer::by_user(&class.room_id, "u2", &id, 1).option(2));
    }
    for (list, items) in [("responses", "responses"), ("results", "results")] {
        let page = class.api.got(&format!("/polls/{id}/{list}")).await;
        let page = page[items].as_array().unwrap();
        assert_eq!(page.len(), 2);
        assert!(
            page.iter()
                .all(|item| item["peer_id"].is_null() && item["user_id"].is_null())
        );
    }
}

#[tokio::test]
async fn a_poll_may_run_twice_in_a_session_but_not_at_once() {
    let class = Class::with_polls(&[]).await;
    let (sandbox, room_id) = (&class.api.sandbox, &class.room_id);
    let id = class.poll(json!({"questions": [{}]})).await;
    assert_eq!(sandbox.stop_poll(room_id, &id).unwrap_err().status(), 404);
    let first = sandbox.start_poll(room_id, &id).unwrap();
    assert_eq!(first.stopped_at, None);
    assert_eq!(sandbox.start_poll(room_id, &id).unwrap_err().status(), 409);
    class.score(&PollAnswer::by_peer(&class.first.id, &id, 1).text("a"));
    sandbox.stop_poll(room_id, &id).unwrap();
    let late = PollAnswer::by_peer(&class.first.id, &id, 1).text("b");
    assert_eq!(class.refusal(&late), 404);
    let second = sandbox.start_poll(room_id, &id).unwrap();

    let session = &first.session_id;
    let runs = class.api.got(&format!("/polls/{id}/sessions")).await;
    assert_eq!(
        (&runs["last"], &runs["responses"][1]["id"]),
        (&json!(first.id), &json!(first.id))
    );
    assert_eq!(
        runs["responses"][0],
        json!({"id": second.id, "poll_id": id, "session_id": session, "started_at": second.started_at,
               "total_responses": 0, "unique_participants": 0})
    );
    assert!(runs["responses"][1]["stopped_at"].is_string());
    assert_eq!(
        class
            .api
            .got(&format!("/polls/{id}/sessions/{session}"))
            .await,
        runs
    );
}

#[tokio::test]
async fn a_run_ends_by_the_duration_of_the_poll_or_with_its_session() {
    let class = Class::with_polls(&[]).await;
    let sandbox = &class.api.sandbox;
    let timed = class.started(json!({"duration": 30})).await;
    let open = class.started(json!({})).await;
    let endless = class.started(json!({"duration": i64::MAX})).await;
    let stopped = async |id: &str| {
        let runs = class.api.got(&format!("/polls/{id}/sessions")).await;
        let run = &runs["responses"][0];
        let time = |name: &str| run[name].as_str()?.parse::<jiff::Timestamp>().ok();
        time("stopped_at").map(|end| end.duration_since(time("started_at").unwrap()).as_millis())
    };
    sandbox.advance_clock(Duration::from_secs(20)).unwrap();
    assert_eq!(stopped(&timed).await, None);
    sandbox.advance_clock(Duration::from_secs(60)).unwrap();
    assert_eq!(stopped(&timed).await, Some(30_000));
    assert_eq!(stopped(&open).await, None);
    for peer in [&class.first, &class.second] {
        sandbox.leave_peer(&LeavePeer::new(&peer.id)).unwrap();
    }
    assert!(stopped(&open).await.is_some() && stopped(&endless).await.is_some());
    assert_eq!(
        sandbox
            .start_poll(&class.room_id, &open)
            .unwrap_err()
            .status(),
        404
    );
}

#[tokio::test]
async fn polls_of_a_room_that_start_by_themselves_begin_with_each_session() {
    let api = Api::start().await;
    let mut ids = Vec::new();
    for start in ["auto", "manual"] {
        let poll = api
            .posted("/polls", json!({"start": start, "questions": [{}]}))
            .await;
        ids.push(poll["id"].as_str().unwrap().to_owned());
    }
    let linked = [&*ids[0], &*ids[1], &*ids[0], "unknown"];
    let class = Class::in_api(api, &linked).await;
    let runs = async |id: &str| {
        let runs = class.api.got(&format!("/polls/{id}/sessions")).await;
        runs["responses"].as_array().unwrap().len()
    };
    assert_eq!((runs(&ids[0]).await, runs(&ids[1]).await), (1, 0));
    for peer in [&class.first, &class.second] {
        let leave = LeavePeer::new(&peer.id);
        class.api.sandbox.leave_peer(&leave).unwrap();
    }
    let back = JoinPeer::with_role(&class.room_id, "guest");
    class.api.sandbox.join_peer(&back).unwrap();
    assert_eq!((runs(&ids[0]).await, runs(&ids[1]).await), (2, 0));
}

#[tokio::test]
async fn rewriting_a_poll_does_not_reach_a_run() {
    let class = Class::with_polls(&[]).await;
    let id = class
        .started(capital("quiz", &json!({"text": "Oslo"})))
        .await;
    class.api.posted(&format!("/polls/{id}"), json!({})).await;
    let answer = PollAnswer::by_peer(&class.first.id, &id, 1).text("Oslo");
    assert_eq!(class.score(&answer), 4);
}

#[tokio::test]
async fn records_are_found_under_the_poll_and_under_their_session_only() {
    let class = Class::with_polls(&[]).await;
    let api = &class.api;
    let id = class.started(json!({"questions": [{}, {}]})).await;
    let other = class.started(json!({"questions": [{}]})).await;
    let answered = api
        .sandbox
        .answer_poll(&PollAnswer::by_peer(&class.first.id, &id, 1).text("a"))
        .unwrap();
    class.score(&PollAnswer::by_peer(&class.second.id, &id, 2).text("b"));

    let in_poll = format!("/polls/{id}");
    let in_session = format!("{in_poll}/sessions/{}", class.first.session_id);
    for (list, record) in [
        ("responses", &answered.response_id),
        ("results", &answered.result_id),
    ] {
        let page = api.got(&format!("{in_session}/{list}?question=1")).await;
        assert_eq!(page[list].as_array().unwrap().len(), 1);
        let found = api.got(&format!("{in_session}/{list}/{record}")).await;
        assert_eq!(page[list][0], found);
        assert_eq!(api.got(&format!("{in_poll}/{list}/{record}")).await, found);
        assert_eq!(
            api.got(&format!("{in_poll}/{list}")).await,
            api.got(&format!("{in_session}/{list}")).await
        );
        for missing in [
            format!("/polls/{other}/{list}/{record}"),
            format!("{in_poll}/{list}/{other}"),
            format!("{in_poll}/sessions/{other}/{list}"),
            format!("{in_poll}/sessions/nonsense/{list}/{record}"),
            format!("/polls/nonsense/{list}"),
        ] {
            assert_eq!(api.get(&missing).await.0, 404, "{missing}");
        }
    }
    assert_eq!(api.get(&format!("{in_poll}/sessions/{other}")).await.0, 404);
}

#[tokio::test]
async fn responses_come_page_by_page() {
    let class = Class::with_polls(&[]).await;
    let questions: Vec<_> = (0..25).map(|_| json!({})).collect();
    let id = class.started(json!({"questions": questions})).await;
    for question in 1..=25 {
        class.score(&PollAnswer::by_peer(&class.first.id, &id, question).text("a"));
    }
    let (mut start, mut seen) = (String::new(), Vec::new());
    loop {
        let path = format!("/polls/{id}/responses?limit=10&start={start}");
        let page = class.api.got(&path).await;
        let items = page["responses"].as_array().unwrap();
        seen.extend(items.iter().map(|item| item["question"].as_i64().unwrap()));
        page["last"].as_str().unwrap().clone_into(&mut start);
        if items.is_empty() {
            break;
        }
    }
    assert_eq!(seen, (1..=25).rev().collect::<Vec<_>>());
}
