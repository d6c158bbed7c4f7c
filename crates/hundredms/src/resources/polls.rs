//! Polls: questions to the peers, their answers and results.

use crate::by_name::{Entry, entry};
use crate::define::{model, open_enum, operation};

pub(super) const OPERATIONS: &[Entry] = &[
    entry::<CreatePoll>(),
    entry::<GetPoll>(),
    entry::<UpdatePoll>(),
    entry::<UpdatePollQuestion>(),
    entry::<DeletePollQuestion>(),
    entry::<UpdatePollOption>(),
    entry::<DeletePollOption>(),
    entry::<ListPollResponses>(),
    entry::<GetPollResponse>(),
    entry::<ListPollResults>(),
    entry::<GetPollResult>(),
    entry::<ListPollSessions>(),
    entry::<GetPollSession>(),
    entry::<ListPollSessionResponses>(),
    entry::<GetPollSessionResponse>(),
    entry::<ListPollSessionResults>(),
    entry::<GetPollSessionResult>(),
];

operation! {
    /// Create a poll or quiz.
    ///
    /// Stores a poll definition with its questions, options and right answers and gives it an id. The poll is not
    /// started: it is linked to rooms through the `polls` field of room create/update (and then begins by itself at
    /// session start when `start` is `auto`) or is started by a client SDK with the poll id. Passing the whole
    /// question list here and adjusting single questions and options later is the intended flow. Not idempotent: each
    /// call makes a new poll.
    CreatePoll: "polls.create" = POST "/polls" -> Poll;
    method Polls::create; docs "polls/create-polls-via-api"; retry if_unsent, rewrites ["id"];
    body {
        /// Heading of the poll.
        optional title: String,
        /// Seconds the poll stays open once started; 0 means that only a stop command or the end of the session
        /// closes it. At least 0.
        optional duration: i64 [in 0..],
        /// If true, neither peer id nor user id is kept with the answers. Default: `false`.
        optional anonymous: bool,
        /// Which identity counts as one voter. Default: `userid`.
        optional mode: PollMode,
        /// A quiz is a poll whose questions have right answers and scores. Default: `poll`.
        optional r#type as "type": PollType,
        /// With `auto` a poll linked to a room begins with each session; with `manual` a client has to start it.
        /// Default: `auto`.
        optional start: PollStart,
        /// Questions in the order of their index.
        optional questions: [PollQuestion],
    }
}

operation! {
    /// Fetch one poll.
    ///
    /// Returns the definition as last written by the create and update calls: settings, questions, options and
    /// answers. It holds no votes; for those use sessions, results and responses.
    GetPoll: "polls.get" = GET "/polls/{poll_id}" -> Poll;
    method Polls::get(poll_id); docs "polls/get-polls-via-api"; retry always;
    path {
        /// Identifier returned when the poll was created.
        poll_id,
    }
}

operation! {
    /// Rewrite a poll.
    ///
    /// Replaces the whole poll definition with the body, keeping the id. Fields and questions left out are expected
    /// to fall back to defaults or vanish, so send the full object.
    UpdatePoll: "polls.update" = POST "/polls/{poll_id}" -> Poll;
    method Polls::update; docs "polls/create-polls-via-api"; retry always, rewrites ["id"];
    path {
        /// Identifier returned when the poll was created.
        poll_id,
    }
    body {
        /// Heading of the poll.
        optional title: String,
        /// Seconds the poll stays open once started; 0 means that only a stop command or the end of the session
        /// closes it. At least 0.
        optional duration: i64 [in 0..],
        /// If true, neither peer id nor user id is kept with the answers. Default: `false`.
        optional anonymous: bool,
        /// Which identity counts as one voter. Default: `userid`.
        optional mode: PollMode,
        /// A quiz is a poll whose questions have right answers and scores. Default: `poll`.
        optional r#type as "type": PollType,
        /// With `auto` a poll linked to a room begins with each session; with `manual` a client has to start it.
        /// Default: `auto`.
        optional start: PollStart,
        /// Questions in the order of their index.
        optional questions: [PollQuestion],
    }
}

operation! {
    /// Rewrite one question.
    ///
    /// Replaces the question at the given position, including its options and answer, with the body and returns the
    /// question as stored.
    UpdatePollQuestion: "polls.update_question" = POST "/polls/{poll_id}/questions/{question_id}" -> PollQuestion;
    method Polls::update_question; docs "polls/create-polls-via-api"; retry always, rewrites [];
    path {
        /// Identifier returned when the poll was created.
        poll_id,
        /// Position of the question inside the poll, counted from 1 (it is the `index` of the question, not a
        /// separate id).
        question_id,
    }
    body {
        /// Position of the question, unique in the poll, counted from 1; used as `question_id` in paths. At least 1.
        optional index: i64 [in 1..],
        /// Wording of the question.
        optional text: String,
        /// How `text` is to be read; `text` unless set. Default: `text`.
        optional format: String,
        /// Kind of question: pick one option, pick several, or write a short or a long text.
        optional r#type as "type": PollQuestionType,
        /// Media shown with the question.
        optional attachment: [PollAttachment],
        /// Whether a participant may pass over the question. Default: `true`.
        optional skippable: bool,
        /// Seconds the question is shown. At least 0.
        optional duration: i64 [in 0..],
        /// If true an answer once sent cannot be changed. Default: `false`.
        optional once: bool,
        /// How much the question counts in scores. Default: `1`.
        optional weight: i64,
        /// Fewest characters of a short or long text answer. At least 0.
        optional answer_min_len: i64 [in 0..],
        /// Most characters of a short or long text answer. At least 0.
        optional answer_max_len: i64 [in 0..],
        /// Right answer of a quiz question.
        optional answer: PollAnswer,
        /// Choices of a choice question.
        optional options: [PollOption],
    }
}

operation! {
    /// Delete one question.
    ///
    /// Removes the question at the given position. All questions after it move down by one index, so positions known
    /// to the caller become stale after each delete.
    DeletePollQuestion: "polls.delete_question" = DELETE "/polls/{poll_id}/questions/{question_id}" -> ();
    method Polls::delete_question(poll_id, question_id); docs "polls/create-polls-via-api"; retry if_unsent, look at "polls.get";
    path {
        /// Identifier returned when the poll was created.
        poll_id,
        /// Position of the question inside the poll, counted from 1 (it is the `index` of the question, not a
        /// separate id).
        question_id,
    }
}

operation! {
    /// Rewrite one option.
    ///
    /// Replaces the option at the given position of a question with the body and returns it.
    UpdatePollOption: "polls.update_option" = POST "/polls/{poll_id}/questions/{question_id}/options/{option_id}" -> PollOption;
    method Polls::update_option; docs "polls/create-polls-via-api"; retry always, rewrites [];
    path {
        /// Identifier returned when the poll was created.
        poll_id,
        /// Position of the question inside the poll, counted from 1 (it is the `index` of the question, not a
        /// separate id).
        question_id,
        /// Position of the option inside the question, counted from 1 (the `index` of the option).
        option_id,
    }
    body {
        /// Position of the option, unique in the question, counted from 1; used as `option_id` in paths. At least 1.
        optional index: i64 [in 1..],
        /// Label of the option.
        optional text: String,
        /// How much the option counts.
        optional weight: i64,
    }
}

operation! {
    /// Delete one option.
    ///
    /// Removes the option at the given position. Options after it move down by one index.
    DeletePollOption: "polls.delete_option" = DELETE "/polls/{poll_id}/questions/{question_id}/options/{option_id}" -> ();
    method Polls::delete_option(poll_id, question_id, option_id); docs "polls/create-polls-via-api"; retry if_unsent, look at "polls.get";
    path {
        /// Identifier returned when the poll was created.
        poll_id,
        /// Position of the question inside the poll, counted from 1 (it is the `index` of the question, not a
        /// separate id).
        question_id,
        /// Position of the option inside the question, counted from 1 (the `index` of the option).
        option_id,
    }
}

operation! {
    /// List what participants answered.
    ///
    /// Pages through the answers that participants sent. When a participant changed an answer only the newest one is
    /// listed, unless `all` is true.
    ListPollResponses: "polls.list_responses" = GET "/polls/{poll_id}/responses" -> PollResponseList;
    method Polls::list_responses; docs "polls/get-polls-via-api"; retry always, pages last responses or data [PollResponse];
    path {
        /// Identifier returned when the poll was created.
        poll_id,
    }
    query {
        /// Cursor: send the `last` value of the page before, that is the id of the last response already seen.
        optional start: String,
        /// How many items to return at most. The service takes 10 to 100; 100 unless set.
        optional limit: i64 [page_size] [in 1..=100],
        /// By default only the final version of every response is listed; `true` adds the earlier responses that were
        /// replaced by an update.
        optional all: bool,
        /// Index of a question; narrows the list to that one question. At least 1.
        filter question: i64 [in 1..],
    }
}

operation! {
    /// Fetch one answer.
    ///
    /// Returns a single answer of a participant by its id, as found in the list of responses.
    GetPollResponse: "polls.get_response" = GET "/polls/{poll_id}/responses/{response_id}" -> PollResponse;
    method Polls::get_response(poll_id, response_id); docs "polls/get-polls-via-api"; retry always;
    path {
        /// Identifier returned when the poll was created.
        poll_id,
        /// Identifier of one response, as seen in the `id` of a listed response.
        response_id,
    }
}

operation! {
    /// List scores of a poll.
    ///
    /// Pages through the scores that participants got: one item per participant and question. Mainly of use for
    /// quizzes.
    ListPollResults: "polls.list_results" = GET "/polls/{poll_id}/results" -> PollResultList;
    method Polls::list_results; docs "polls/get-polls-via-api"; retry always, pages last results or responses|data [PollResult];
    path {
        /// Identifier returned when the poll was created.
        poll_id,
    }
    query {
        /// Cursor: send the `last` value of the page before, that is the id of the last result already seen.
        optional start: String,
        /// How many items to return at most. The service takes 10 to 100; 100 unless set.
        optional limit: i64 [page_size] [in 1..=100],
        /// Index of a question; narrows the list to that one question. At least 1.
        filter question: i64 [in 1..],
        /// Appears only in the sample request of the results page; meaning not documented for results. Default:
        /// `false`.
        optional all: bool,
    }
}

operation! {
    /// Fetch one score.
    ///
    /// Returns the score of one participant for one question by the id of the result.
    GetPollResult: "polls.get_result" = GET "/polls/{poll_id}/results/{result_id}" -> PollResult;
    method Polls::get_result(poll_id, result_id); docs "polls/get-polls-via-api"; retry always;
    path {
        /// Identifier returned when the poll was created.
        poll_id,
        /// Identifier of one result, as seen in the `id` of a listed result.
        result_id,
    }
}

operation! {
    /// List the sessions a poll ran in.
    ///
    /// Pages through the runs of one poll: in which room session it ran, when it began and stopped, how many
    /// responses and participants it had. The session ids can be used with the Sessions API.
    ListPollSessions: "polls.list_sessions" = GET "/polls/{poll_id}/sessions" -> PollSessionList;
    method Polls::list_sessions; docs "polls/get-polls-via-api"; retry always, pages last responses or sessions|data [PollSession];
    path {
        /// Identifier returned when the poll was created.
        poll_id,
    }
    query {
        /// Cursor: send the `last` value of the page before, that is the id of the last item already seen.
        optional start: String,
        /// How many items to return at most. The service takes 10 to 100; 100 unless set.
        optional limit: i64 [page_size] [in 1..=100],
    }
}

operation! {
    /// Fetch the runs of a poll in one session.
    ///
    /// Shows when the given poll ran inside the given room session and how many responses and distinct participants
    /// it had. The documented answer is a page (the same poll may run more than once in a session), not a single
    /// object.
    GetPollSession: "polls.get_session" = GET "/polls/{poll_id}/sessions/{session_id}" -> PollSessionList;
    method Polls::get_session; docs "polls/get-polls-via-api"; retry always, pages last responses or sessions|data [PollSession];
    path {
        /// Identifier returned when the poll was created.
        poll_id,
        /// Identifier of the room session in which the poll ran (same id that the Sessions API uses).
        session_id,
    }
    query {
        /// Cursor: send the `last` value of the page before, that is the id of the last item already seen.
        optional start: String,
        /// How many items to return at most. The service takes 10 to 100; 100 unless set.
        optional limit: i64 [page_size] [in 1..=100],
    }
}

operation! {
    /// List what participants answered.
    ///
    /// Pages through the answers that participants sent. When a participant changed an answer only the newest one is
    /// listed, unless `all` is true.
    ListPollSessionResponses: "polls.list_session_responses" = GET "/polls/{poll_id}/sessions/{session_id}/responses" -> PollResponseList;
    method Polls::list_session_responses; docs "polls/get-polls-via-api"; retry always, pages last responses or data [PollResponse];
    path {
        /// Identifier returned when the poll was created.
        poll_id,
        /// Identifier of the room session in which the poll ran (same id that the Sessions API uses).
        session_id,
    }
    query {
        /// Cursor: send the `last` value of the page before, that is the id of the last response already seen.
        optional start: String,
        /// How many items to return at most. The service takes 10 to 100; 100 unless set.
        optional limit: i64 [page_size] [in 1..=100],
        /// By default only the final version of every response is listed; `true` adds the earlier responses that were
        /// replaced by an update.
        optional all: bool,
        /// Index of a question; narrows the list to that one question. At least 1.
        filter question: i64 [in 1..],
    }
}

operation! {
    /// Fetch one answer.
    ///
    /// Returns a single answer of a participant by its id, as found in the list of responses.
    GetPollSessionResponse: "polls.get_session_response" = GET "/polls/{poll_id}/sessions/{session_id}/responses/{response_id}" -> PollResponse;
    method Polls::get_session_response(poll_id, session_id, response_id); docs "polls/get-polls-via-api"; retry always;
    path {
        /// Identifier returned when the poll was created.
        poll_id,
        /// Identifier of the room session in which the poll ran (same id that the Sessions API uses).
        session_id,
        /// Identifier of one response, as seen in the `id` of a listed response.
        response_id,
    }
}

operation! {
    /// List scores of a poll.
    ///
    /// Pages through the scores that participants got: one item per participant and question. Mainly of use for
    /// quizzes.
    ListPollSessionResults: "polls.list_session_results" = GET "/polls/{poll_id}/sessions/{session_id}/results" -> PollResultList;
    method Polls::list_session_results; docs "polls/get-polls-via-api"; retry always, pages last results or responses|data [PollResult];
    path {
        /// Identifier returned when the poll was created.
        poll_id,
        /// Identifier of the room session in which the poll ran (same id that the Sessions API uses).
        session_id,
    }
    query {
        /// Cursor: send the `last` value of the page before, that is the id of the last result already seen.
        optional start: String,
        /// How many items to return at most. The service takes 10 to 100; 100 unless set.
        optional limit: i64 [page_size] [in 1..=100],
        /// Index of a question; narrows the list to that one question. At least 1.
        filter question: i64 [in 1..],
        /// Appears only in the sample request of the results page; meaning not documented for results. Default:
        /// `false`.
        optional all: bool,
    }
}

operation! {
    /// Fetch one score.
    ///
    /// Returns the score of one participant for one question by the id of the result.
    GetPollSessionResult: "polls.get_session_result" = GET "/polls/{poll_id}/sessions/{session_id}/results/{result_id}" -> PollResult;
    method Polls::get_session_result(poll_id, session_id, result_id); docs "polls/get-polls-via-api"; retry always;
    path {
        /// Identifier returned when the poll was created.
        poll_id,
        /// Identifier of the room session in which the poll ran (same id that the Sessions API uses).
        session_id,
        /// Identifier of one result, as seen in the `id` of a listed result.
        result_id,
    }
}

model! {
    /// One question with its options and its right answer.
    both PollQuestion {
        /// Position of the question, unique in the poll, counted from 1; used as `question_id` in paths. At least 1.
        optional index: i64 [in 1..],
        /// Wording of the question.
        optional text: String,
        /// How `text` is to be read; `text` unless set. Default: `text`.
        optional format: String,
        /// Kind of question: pick one option, pick several, or write a short or a long text.
        optional r#type as "type": PollQuestionType,
        /// Media shown with the question.
        optional attachment: [PollAttachment],
        /// Whether a participant may pass over the question. Default: `true`.
        optional skippable: bool,
        /// Seconds the question is shown. At least 0.
        optional duration: i64 [in 0..],
        /// If true an answer once sent cannot be changed. Default: `false`.
        optional once: bool,
        /// How much the question counts in scores. Default: `1`.
        optional weight: i64,
        /// Fewest characters of a short or long text answer. At least 0.
        optional answer_min_len: i64 [in 0..],
        /// Most characters of a short or long text answer. At least 0.
        optional answer_max_len: i64 [in 0..],
        /// Right answer of a quiz question.
        optional answer: PollAnswer,
        /// Choices of a choice question.
        optional options: [PollOption],
    }
}

model! {
    /// Media file of a question.
    both PollAttachment {
        /// MIME type of the file.
        optional r#type as "type": String,
        /// Where the file can be fetched.
        optional url: String [url],
    }
}

model! {
    /// Right answer of a quiz question.
    both PollAnswer {
        /// If true the answer is withheld while the poll runs.
        optional hidden: bool,
        /// Indexes of the options that make up the right answer. At least 1.
        optional options: [i64] [in 1..],
        /// Right answer of a text question.
        optional text: String,
        /// If false, upper and lower case count as equal when comparing.
        optional case: bool,
        /// If true, blanks at both ends of the given answer are dropped before comparing.
        optional trim: bool,
    }
}

model! {
    /// One choice of a question.
    both PollOption {
        /// Position of the option, unique in the question, counted from 1; used as `option_id` in paths. At least 1.
        optional index: i64 [in 1..],
        /// Label of the option.
        optional text: String,
        /// How much the option counts.
        optional weight: i64,
    }
}

model! {
    /// Stored poll definition.
    answer Poll {
        /// Identifier given by the service.
        required id: String,
        /// Heading of the poll.
        optional title: String,
        /// Seconds the poll stays open once started; 0 means that only a stop command or the end of the session
        /// closes it.
        optional duration: i64,
        /// If true, neither peer id nor user id is kept with the answers.
        optional anonymous: bool,
        /// Which identity counts as one voter.
        optional mode: PollMode,
        /// A quiz is a poll whose questions have right answers and scores.
        optional r#type as "type": PollType,
        /// With `auto` a poll linked to a room begins with each session; with `manual` a client has to start it.
        optional start: PollStart,
        /// Questions in the order of their index.
        optional questions: [PollQuestion],
    }
}

/// All of it, to change and write back, with the fields that this version does not know.
impl From<Poll> for UpdatePoll {
    fn from(poll: Poll) -> Self {
        Self {
            poll_id: poll.id,
            title: poll.title,
            duration: poll.duration,
            anonymous: poll.anonymous,
            mode: poll.mode,
            r#type: poll.r#type,
            start: poll.start,
            questions: Some(poll.questions),
            extra: poll.extra,
        }
    }
}

model! {
    /// One page of poll responses.
    answer PollResponseList {
        /// Id of the last item of the page; pass it as `start` to get the next page.
        optional last: String,
        /// Page size that was applied.
        optional limit: i64,
        /// The items.
        required responses: [PollResponse],
    }
}

model! {
    /// What one participant answered to one question.
    answer PollResponse {
        /// Identifier of the response.
        required id: String,
        /// The poll answered.
        required poll_id: String,
        /// Room session in which it was answered.
        required session_id: String,
        /// Index of the question answered.
        required question: i64,
        /// Time the participant took to answer.
        optional duration: i64,
        /// True if the question was passed over.
        optional skipped: bool,
        /// Text that was entered, for text questions.
        optional text: String,
        /// True if this response replaces an earlier one by the same participant.
        optional update: bool,
        /// Id of the response that this one replaces; goes together with `update`.
        optional original_response: String,
        /// How often the participant tried again.
        optional retries: i64,
        /// When the answer was sent.
        optional sent_at: Timestamp,
        /// Peer that answered; not kept for anonymous polls.
        optional peer_id: String,
        /// User id that the peer joined with; not kept for anonymous polls.
        optional user_id: String,
        /// Kind of the question answered.
        optional r#type as "type": PollQuestionType,
        /// Index of the chosen option of a single-choice question.
        optional option: i64,
        /// Indexes of the chosen options of a multiple-choice question.
        optional options: [i64],
    }
}

model! {
    /// One page of poll results.
    answer PollResultList {
        /// Id of the last item of the page; pass it as `start` to get the next page.
        optional last: String,
        /// Page size that was applied.
        optional limit: i64,
        /// The items.
        required results: [PollResult],
    }
}

model! {
    /// Score of one participant for one question.
    answer PollResult {
        /// Identifier of the result.
        required id: String,
        /// The poll scored.
        required poll_id: String,
        /// Room session in which it ran.
        required session_id: String,
        /// Index of the question scored.
        optional question: i64,
        /// Time the participant took.
        optional duration: i64,
        /// Peer that was scored; not kept for anonymous polls.
        optional peer_id: String,
        /// User id of that peer; not kept for anonymous polls.
        optional user_id: String,
        /// Points reached.
        optional score: i64,
    }
}

model! {
    /// One page of poll runs.
    answer PollSessionList {
        /// Id of the last item of the page; pass it as `start` to get the next page.
        optional last: String,
        /// Page size that was applied.
        optional limit: i64,
        /// The items.
        required responses: [PollSession],
    }
}

model! {
    /// One run of a poll inside a room session.
    answer PollSession {
        /// Identifier of the run.
        required id: String,
        /// The poll that ran.
        required poll_id: String,
        /// Room session in which it ran.
        required session_id: String,
        /// When the poll was opened.
        optional started_at: Timestamp,
        /// When the poll was closed.
        optional stopped_at: Timestamp,
        /// Number of responses received.
        optional total_responses: i64,
        /// Number of distinct participants who answered.
        optional unique_participants: i64,
    }
}

open_enum! {
    /// Which identity counts as one voter.
    PollMode {
        Userid = "userid",
        Peerid = "peerid",
    }
}

open_enum! {
    /// Whether answers are right or wrong.
    PollType {
        Poll = "poll",
        Quiz = "quiz",
    }
}

open_enum! {
    /// What starts a poll.
    PollStart {
        Auto = "auto",
        Manual = "manual",
    }
}

open_enum! {
    /// How a question is answered.
    PollQuestionType {
        SingleChoice = "single-choice",
        MultipleChoice = "multiple-choice",
        ShortAnswer = "short-answer",
        LongAnswer = "long-answer",
    }
}
