//! Polls: questions to peers, answers and results.

use crate::define::{model, open_enum, operation, operations};

operations![
    CreatePoll,
    GetPoll,
    UpdatePoll,
    UpdatePollQuestion,
    DeletePollQuestion,
    UpdatePollOption,
    DeletePollOption,
    ListPollResponses,
    GetPollResponse,
    ListPollResults,
    GetPollResult,
    ListPollSessions,
    GetPollSession,
    ListPollSessionResponses,
    GetPollSessionResponse,
    ListPollSessionResults,
    GetPollSessionResult
];

operation! {
    /// Create a poll or quiz.
    ///
    /// Stores a poll with its questions, options and right answers, and assigns an id. The call does not start the poll. Either
    /// link it to rooms through the `polls` field of room create and update (it then starts with the session if `start` is `auto`),
    /// or start it in a client SDK with the poll id. Pass the whole question list here, and adjust single questions and options
    /// later. Not idempotent: each call creates a new poll.
    CreatePoll: "polls.create" = POST "/polls" -> Poll;
    method Polls::create; docs "polls/create-polls-via-api"; retry if_unsent, rewrites ["id"];
    body {
        /// Title of the poll.
        optional title: String,
        /// Seconds for which the poll stays open. 0 means until a stop command or the end of the session. At least 0.
        optional duration: i64 [in 0..],
        /// If true, answers are stored without peer id and user id. Defaults to `false`.
        optional anonymous: bool,
        /// Which identity counts as one voter. Defaults to `userid`.
        optional mode: PollMode,
        /// A quiz is a poll whose questions have right answers and scores. Defaults to `poll`.
        optional r#type as "type": PollType,
        /// With `auto`, a poll that is linked to a room starts with each session. With `manual`, a client must start it. Defaults
        /// to `auto`.
        optional start: PollStart,
        /// Questions, ordered by index.
        optional questions: [PollQuestion],
    }
}

operation! {
    /// Return one poll.
    ///
    /// Returns the poll as last written by create and update: settings, questions, options and right answers. It does not contain
    /// votes; use sessions, results and responses for these.
    GetPoll: "polls.get" = GET "/polls/{poll_id}" -> Poll;
    method Polls::get(poll_id); docs "polls/get-polls-via-api"; retry always;
    path {
        /// Id of the poll.
        poll_id,
    }
}

operation! {
    /// Replace a poll.
    ///
    /// Replaces the whole poll and keeps its id. Missing fields are reset to their defaults and missing questions are removed, so
    /// send the full poll.
    UpdatePoll: "polls.update" = POST "/polls/{poll_id}" -> Poll;
    method Polls::update; docs "polls/create-polls-via-api"; retry always, rewrites ["id"];
    path {
        /// Id of the poll.
        poll_id,
    }
    body {
        /// Title of the poll.
        optional title: String,
        /// Seconds for which the poll stays open. 0 means until a stop command or the end of the session. At least 0.
        optional duration: i64 [in 0..],
        /// If true, answers are stored without peer id and user id. Defaults to `false`.
        optional anonymous: bool,
        /// Which identity counts as one voter. Defaults to `userid`.
        optional mode: PollMode,
        /// A quiz is a poll whose questions have right answers and scores. Defaults to `poll`.
        optional r#type as "type": PollType,
        /// With `auto`, a poll that is linked to a room starts with each session. With `manual`, a client must start it. Defaults
        /// to `auto`.
        optional start: PollStart,
        /// Questions, ordered by index.
        optional questions: [PollQuestion],
    }
}

operation! {
    /// Replace one question.
    ///
    /// Replaces the question at this position, including its options and answer, and returns the stored question.
    UpdatePollQuestion: "polls.update_question" = POST "/polls/{poll_id}/questions/{question_id}" -> PollQuestion;
    method Polls::update_question; docs "polls/create-polls-via-api"; retry always, rewrites [];
    path {
        /// Id of the poll.
        poll_id,
        /// Position of the question in the poll, starting at 1. This is the `index` of the question, not a separate id.
        question_id,
    }
    body {
        /// Position of the question, unique in the poll, starting at 1. Used as `question_id` in paths. At least 1.
        optional index: i64 [in 1..],
        /// Wording of the question.
        optional text: String,
        /// Format of `text`. Defaults to `text`.
        optional format: String,
        /// Kind of question: pick one option, pick several, or write a short or a long text.
        optional r#type as "type": PollQuestionType,
        /// Media shown with the question.
        optional attachment: [PollAttachment],
        /// Whether a participant may skip the question. Defaults to `true`.
        optional skippable: bool,
        /// Seconds for which the question is shown. At least 0.
        optional duration: i64 [in 0..],
        /// If true, an answer cannot be changed. Defaults to `false`.
        optional once: bool,
        /// Weight of the question in scores. Defaults to `1`.
        optional weight: i64,
        /// Minimum number of characters of a text answer. At least 0.
        optional answer_min_len: i64 [in 0..],
        /// Maximum number of characters of a text answer. At least 0.
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
    /// Removes the question at this position. The index of all later questions decreases by one, so known positions are invalid
    /// after each delete.
    DeletePollQuestion: "polls.delete_question" = DELETE "/polls/{poll_id}/questions/{question_id}" -> ();
    method Polls::delete_question(poll_id, question_id); docs "polls/create-polls-via-api"; retry if_unsent, look at GetPoll;
    path {
        /// Id of the poll.
        poll_id,
        /// Position of the question in the poll, starting at 1. This is the `index` of the question, not a separate id.
        question_id,
    }
}

operation! {
    /// Replace one option.
    ///
    /// Replaces the option at this position of a question, and returns it.
    UpdatePollOption: "polls.update_option" = POST "/polls/{poll_id}/questions/{question_id}/options/{option_id}" -> PollOption;
    method Polls::update_option; docs "polls/create-polls-via-api"; retry always, rewrites [];
    path {
        /// Id of the poll.
        poll_id,
        /// Position of the question in the poll, starting at 1. This is the `index` of the question, not a separate id.
        question_id,
        /// Position of the option in the question, starting at 1. This is the `index` of the option.
        option_id,
    }
    body {
        /// Position of the option, unique in the question, starting at 1. Used as `option_id` in paths. At least 1.
        optional index: i64 [in 1..],
        /// Label of the option.
        optional text: String,
        /// Weight of the option.
        optional weight: i64,
    }
}

operation! {
    /// Delete one option.
    ///
    /// Removes the option at this position. The index of all later options decreases by one.
    DeletePollOption: "polls.delete_option" = DELETE "/polls/{poll_id}/questions/{question_id}/options/{option_id}" -> ();
    method Polls::delete_option(poll_id, question_id, option_id); docs "polls/create-polls-via-api"; retry if_unsent, look at GetPoll;
    path {
        /// Id of the poll.
        poll_id,
        /// Position of the question in the poll, starting at 1. This is the `index` of the question, not a separate id.
        question_id,
        /// Position of the option in the question, starting at 1. This is the `index` of the option.
        option_id,
    }
}

operation! {
    /// List the answers of participants.
    ///
    /// Returns the answers of participants. If a participant changed an answer, only the newest one is listed, unless `all` is
    /// true.
    ListPollResponses: "polls.list_responses" = GET "/polls/{poll_id}/responses" -> PollResponseList;
    method Polls::list_responses; docs "polls/get-polls-via-api"; retry always, pages last responses or data [PollResponse];
    path {
        /// Id of the poll.
        poll_id,
    }
    query {
        /// Cursor: the `last` value of the previous page, which is the id of its last response.
        optional start: String,
        /// Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service may send
        /// 10 items, or refuse the call: it documents 10 to 100.
        optional limit: i64 [page_size] [in 1..=100],
        /// If true, also list responses that were replaced by later ones. Defaults to false.
        optional all: bool,
        /// Only answers to the question with this index. At least 1.
        filter question: i64 [in 1..],
    }
}

operation! {
    /// Return one answer.
    ///
    /// Returns one answer of a participant by its id.
    GetPollResponse: "polls.get_response" = GET "/polls/{poll_id}/responses/{response_id}" -> PollResponse;
    method Polls::get_response(poll_id, response_id); docs "polls/get-polls-via-api"; retry always;
    path {
        /// Id of the poll.
        poll_id,
        /// Id of the response, from the list of responses.
        response_id,
    }
}

operation! {
    /// List scores of a poll.
    ///
    /// Returns the scores of participants, one item per participant and question. Mainly useful for quizzes.
    ListPollResults: "polls.list_results" = GET "/polls/{poll_id}/results" -> PollResultList;
    method Polls::list_results; docs "polls/get-polls-via-api"; retry always, pages last results or responses|data [PollResult];
    path {
        /// Id of the poll.
        poll_id,
    }
    query {
        /// Cursor: the `last` value of the previous page, which is the id of its last result.
        optional start: String,
        /// Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service may send
        /// 10 items, or refuse the call: it documents 10 to 100.
        optional limit: i64 [page_size] [in 1..=100],
        /// Only answers to the question with this index. At least 1.
        filter question: i64 [in 1..],
        /// Undocumented by the service. Defaults to `false`.
        optional all: bool,
    }
}

operation! {
    /// Return one score.
    ///
    /// Returns the score of one participant for one question, by the id of the result.
    GetPollResult: "polls.get_result" = GET "/polls/{poll_id}/results/{result_id}" -> PollResult;
    method Polls::get_result(poll_id, result_id); docs "polls/get-polls-via-api"; retry always;
    path {
        /// Id of the poll.
        poll_id,
        /// Id of the result, from the list of results.
        result_id,
    }
}

operation! {
    /// List the sessions a poll ran in.
    ///
    /// Returns the runs of a poll: the room session, the start and end, and the number of responses and participants. The session
    /// ids are those of the sessions resource.
    ListPollSessions: "polls.list_sessions" = GET "/polls/{poll_id}/sessions" -> PollSessionList;
    method Polls::list_sessions; docs "polls/get-polls-via-api"; retry always, pages last responses or sessions|data [PollSession];
    path {
        /// Id of the poll.
        poll_id,
    }
    query {
        /// Cursor: the `last` value of the previous page, which is the id of its last item.
        optional start: String,
        /// Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service may send
        /// 10 items, or refuse the call: it documents 10 to 100.
        optional limit: i64 [page_size] [in 1..=100],
    }
}

operation! {
    /// Return the runs of a poll in one session.
    ///
    /// Returns when the poll ran in the room session, and the number of responses and distinct participants. The response is a
    /// page, because a poll can run more than once in a session.
    GetPollSession: "polls.get_session" = GET "/polls/{poll_id}/sessions/{session_id}" -> PollSessionList;
    method Polls::get_session; docs "polls/get-polls-via-api"; retry always, pages last responses or sessions|data [PollSession];
    path {
        /// Id of the poll.
        poll_id,
        /// Id of the room session in which the poll ran, as in the sessions resource.
        session_id,
    }
    query {
        /// Cursor: the `last` value of the previous page, which is the id of its last item.
        optional start: String,
        /// Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service may send
        /// 10 items, or refuse the call: it documents 10 to 100.
        optional limit: i64 [page_size] [in 1..=100],
    }
}

operation! {
    /// List the answers of participants.
    ///
    /// Returns the answers of participants. If a participant changed an answer, only the newest one is listed, unless `all` is
    /// true.
    ListPollSessionResponses: "polls.list_session_responses" = GET "/polls/{poll_id}/sessions/{session_id}/responses" -> PollResponseList;
    method Polls::list_session_responses; docs "polls/get-polls-via-api"; retry always, pages last responses or data [PollResponse];
    path {
        /// Id of the poll.
        poll_id,
        /// Id of the room session in which the poll ran, as in the sessions resource.
        session_id,
    }
    query {
        /// Cursor: the `last` value of the previous page, which is the id of its last response.
        optional start: String,
        /// Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service may send
        /// 10 items, or refuse the call: it documents 10 to 100.
        optional limit: i64 [page_size] [in 1..=100],
        /// If true, also list responses that were replaced by later ones. Defaults to false.
        optional all: bool,
        /// Only answers to the question with this index. At least 1.
        filter question: i64 [in 1..],
    }
}

operation! {
    /// Return one answer.
    ///
    /// Returns one answer of a participant by its id.
    GetPollSessionResponse: "polls.get_session_response" = GET "/polls/{poll_id}/sessions/{session_id}/responses/{response_id}" -> PollResponse;
    method Polls::get_session_response(poll_id, session_id, response_id); docs "polls/get-polls-via-api"; retry always;
    path {
        /// Id of the poll.
        poll_id,
        /// Id of the room session in which the poll ran, as in the sessions resource.
        session_id,
        /// Id of the response, from the list of responses.
        response_id,
    }
}

operation! {
    /// List scores of a poll.
    ///
    /// Returns the scores of participants, one item per participant and question. Mainly useful for quizzes.
    ListPollSessionResults: "polls.list_session_results" = GET "/polls/{poll_id}/sessions/{session_id}/results" -> PollResultList;
    method Polls::list_session_results; docs "polls/get-polls-via-api"; retry always, pages last results or responses|data [PollResult];
    path {
        /// Id of the poll.
        poll_id,
        /// Id of the room session in which the poll ran, as in the sessions resource.
        session_id,
    }
    query {
        /// Cursor: the `last` value of the previous page, which is the id of its last result.
        optional start: String,
        /// Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service may send
        /// 10 items, or refuse the call: it documents 10 to 100.
        optional limit: i64 [page_size] [in 1..=100],
        /// Only answers to the question with this index. At least 1.
        filter question: i64 [in 1..],
        /// Undocumented by the service. Defaults to `false`.
        optional all: bool,
    }
}

operation! {
    /// Return one score.
    ///
    /// Returns the score of one participant for one question, by the id of the result.
    GetPollSessionResult: "polls.get_session_result" = GET "/polls/{poll_id}/sessions/{session_id}/results/{result_id}" -> PollResult;
    method Polls::get_session_result(poll_id, session_id, result_id); docs "polls/get-polls-via-api"; retry always;
    path {
        /// Id of the poll.
        poll_id,
        /// Id of the room session in which the poll ran, as in the sessions resource.
        session_id,
        /// Id of the result, from the list of results.
        result_id,
    }
}

model! {
    /// One question with its options and its right answer.
    both PollQuestion {
        /// Position of the question, unique in the poll, starting at 1. Used as `question_id` in paths. At least 1.
        optional index: i64 [in 1..],
        /// Wording of the question.
        optional text: String,
        /// Format of `text`. Defaults to `text`.
        optional format: String,
        /// Kind of question: pick one option, pick several, or write a short or a long text.
        optional r#type as "type": PollQuestionType,
        /// Media shown with the question.
        optional attachment: [PollAttachment],
        /// Whether a participant may skip the question. Defaults to `true`.
        optional skippable: bool,
        /// Seconds for which the question is shown. At least 0.
        optional duration: i64 [in 0..],
        /// If true, an answer cannot be changed. Defaults to `false`.
        optional once: bool,
        /// Weight of the question in scores. Defaults to `1`.
        optional weight: i64,
        /// Minimum number of characters of a text answer. At least 0.
        optional answer_min_len: i64 [in 0..],
        /// Maximum number of characters of a text answer. At least 0.
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
        /// URL of the file.
        optional url: String [url],
    }
}

model! {
    /// Right answer of a quiz question.
    both PollAnswer {
        /// If true, the answer is hidden while the poll runs.
        optional hidden: bool,
        /// Indexes of the right options. At least 1.
        optional options: [i64] [in 1..],
        /// Right answer of a text question.
        optional text: String,
        /// If false, the comparison ignores case.
        optional case: bool,
        /// If true, the comparison ignores blanks at both ends of the answer.
        optional trim: bool,
    }
}

model! {
    /// One choice of a question.
    both PollOption {
        /// Position of the option, unique in the question, starting at 1. Used as `option_id` in paths. At least 1.
        optional index: i64 [in 1..],
        /// Label of the option.
        optional text: String,
        /// Weight of the option.
        optional weight: i64,
    }
}

model! {
    /// A stored poll.
    answer Poll {
        /// Id assigned by the service.
        required id: String,
        /// Title of the poll.
        optional title: String,
        /// Seconds for which the poll stays open. 0 means until a stop command or the end of the session.
        optional duration: i64,
        /// If true, answers are stored without peer id and user id.
        optional anonymous: bool,
        /// Which identity counts as one voter.
        optional mode: PollMode,
        /// A quiz is a poll whose questions have right answers and scores.
        optional r#type as "type": PollType,
        /// With `auto`, a poll that is linked to a room starts with each session. With `manual`, a client must start it.
        optional start: PollStart,
        /// Questions, ordered by index.
        optional questions: [PollQuestion],
    }
}

/// Copies every field, including those that this version does not know, so that it can be changed and written back.
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
        /// Id of the last item of the page. Pass it as `start` to get the next page.
        optional last: String,
        /// Page size that the service applied.
        optional limit: i64,
        /// The items.
        required responses: [PollResponse],
    }
}

model! {
    /// Answer of one participant to one question.
    answer PollResponse {
        /// Id of the response.
        required id: String,
        /// The poll answered.
        required poll_id: String,
        /// Room session in which it was answered.
        required session_id: String,
        /// Index of the question answered.
        required question: i64,
        /// Time that the participant took to answer.
        optional duration: i64,
        /// True if the question was skipped.
        optional skipped: bool,
        /// Entered text, for text questions.
        optional text: String,
        /// True if this response replaces an earlier one by the same participant.
        optional update: bool,
        /// Id of the response that this one replaces. Present with `update`.
        optional original_response: String,
        /// Number of retries of the participant.
        optional retries: i64,
        /// When the answer was sent.
        optional sent_at: Timestamp,
        /// Peer that answered. Not stored for anonymous polls.
        optional peer_id: String,
        /// User id of the peer. Absent if the peer has none, and not stored for anonymous polls.
        unless_empty user_id: String,
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
        /// Id of the last item of the page. Pass it as `start` to get the next page.
        optional last: String,
        /// Page size that the service applied.
        optional limit: i64,
        /// The items.
        required results: [PollResult],
    }
}

model! {
    /// Score of one participant for one question.
    answer PollResult {
        /// Id of the result.
        required id: String,
        /// The poll scored.
        required poll_id: String,
        /// Room session in which it ran.
        required session_id: String,
        /// Index of the question scored.
        optional question: i64,
        /// Time that the participant took.
        optional duration: i64,
        /// Peer that was scored. Not stored for anonymous polls.
        optional peer_id: String,
        /// User id of the peer. Absent if the peer has none, and not stored for anonymous polls.
        unless_empty user_id: String,
        /// Points reached.
        optional score: i64,
    }
}

model! {
    /// One page of poll runs.
    answer PollSessionList {
        /// Id of the last item of the page. Pass it as `start` to get the next page.
        optional last: String,
        /// Page size that the service applied.
        optional limit: i64,
        /// The items.
        required responses: [PollSession],
    }
}

model! {
    /// One run of a poll inside a room session.
    answer PollSession {
        /// Id of the run.
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
    /// How a poll starts.
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
