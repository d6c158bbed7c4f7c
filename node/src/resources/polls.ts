// @generated from crates/hundredms/src/resources/polls.rs by `cargo xtask gen`; not edited by hand.
// Polls: questions to the peers, their answers and results.
import { List } from '../list'
import type { CallOptions } from '../options'
import { coreOf, Resource } from '../resource'

/** Polls: questions to the peers, their answers and results. */
export class Polls extends Resource {
  /**
   * Create a poll or quiz.
   *
   * Stores a poll definition with its questions, options and right answers and gives it an id. The poll is not
   * started: it is linked to rooms through the `polls` field of room create/update (and then begins by itself at
   * session start when `start` is `auto`) or is started by a client SDK with the poll id. Passing the whole
   * question list here and adjusting single questions and options later is the intended flow. Not idempotent: each
   * call makes a new poll.
   *
   * `POST /polls`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
   */
  create(params: PollsCreateParams = {}, options?: CallOptions): Promise<Poll> {
    return coreOf(this).call('polls.create', {}, options, params)
  }

  /**
   * Fetch one poll.
   *
   * Returns the definition as last written by the create and update calls: settings, questions, options and
   * answers. It holds no votes; for those use sessions, results and responses.
   *
   * `GET /polls/{poll_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Identifier returned when the poll was created.
   */
  get(pollId: string, options?: CallOptions): Promise<Poll> {
    return coreOf(this).call('polls.get', { poll_id: pollId }, options)
  }

  /**
   * Rewrite a poll.
   *
   * Replaces the whole poll definition with the body, keeping the id. Fields and questions left out are expected to
   * fall back to defaults or vanish, so send the full object.
   *
   * `POST /polls/{poll_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
   *
   * @param pollId Identifier returned when the poll was created.
   */
  update(pollId: string, params: PollsUpdateParams = {}, options?: CallOptions): Promise<Poll> {
    return coreOf(this).call('polls.update', { poll_id: pollId }, options, params)
  }

  /**
   * Rewrite one question.
   *
   * Replaces the question at the given position, including its options and answer, with the body and returns the
   * question as stored.
   *
   * `POST /polls/{poll_id}/questions/{question_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
   *
   * @param pollId Identifier returned when the poll was created.
   * @param questionId Position of the question inside the poll, counted from 1 (it is the `index` of the question,
   * not a separate id).
   */
  updateQuestion(
    pollId: string,
    questionId: string,
    params: PollsUpdateQuestionParams = {},
    options?: CallOptions,
  ): Promise<PollQuestion> {
    return coreOf(this).call('polls.update_question', { poll_id: pollId, question_id: questionId }, options, params)
  }

  /**
   * Delete one question.
   *
   * Removes the question at the given position. All questions after it move down by one index, so positions known
   * to the caller become stale after each delete.
   *
   * `DELETE /polls/{poll_id}/questions/{question_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
   *
   * @param pollId Identifier returned when the poll was created.
   * @param questionId Position of the question inside the poll, counted from 1 (it is the `index` of the question,
   * not a separate id).
   * @throws AmbiguousOutcomeError when the connection breaks while it is under way; `polls.get` shows whether it
   * took effect.
   */
  deleteQuestion(pollId: string, questionId: string, options?: CallOptions): Promise<void> {
    return coreOf(this).call('polls.delete_question', { poll_id: pollId, question_id: questionId }, options)
  }

  /**
   * Rewrite one option.
   *
   * Replaces the option at the given position of a question with the body and returns it.
   *
   * `POST /polls/{poll_id}/questions/{question_id}/options/{option_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
   *
   * @param pollId Identifier returned when the poll was created.
   * @param questionId Position of the question inside the poll, counted from 1 (it is the `index` of the question,
   * not a separate id).
   * @param optionId Position of the option inside the question, counted from 1 (the `index` of the option).
   */
  updateOption(
    pollId: string,
    questionId: string,
    optionId: string,
    params: PollsUpdateOptionParams = {},
    options?: CallOptions,
  ): Promise<PollOption> {
    return coreOf(this).call(
      'polls.update_option',
      { poll_id: pollId, question_id: questionId, option_id: optionId },
      options,
      params,
    )
  }

  /**
   * Delete one option.
   *
   * Removes the option at the given position. Options after it move down by one index.
   *
   * `DELETE /polls/{poll_id}/questions/{question_id}/options/{option_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
   *
   * @param pollId Identifier returned when the poll was created.
   * @param questionId Position of the question inside the poll, counted from 1 (it is the `index` of the question,
   * not a separate id).
   * @param optionId Position of the option inside the question, counted from 1 (the `index` of the option).
   * @throws AmbiguousOutcomeError when the connection breaks while it is under way; `polls.get` shows whether it
   * took effect.
   */
  deleteOption(pollId: string, questionId: string, optionId: string, options?: CallOptions): Promise<void> {
    return coreOf(this).call(
      'polls.delete_option',
      { poll_id: pollId, question_id: questionId, option_id: optionId },
      options,
    )
  }

  /**
   * List what participants answered.
   *
   * Pages through the answers that participants sent. When a participant changed an answer only the newest one is
   * listed, unless `all` is true.
   *
   * `GET /polls/{poll_id}/responses`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Identifier returned when the poll was created.
   */
  listResponses(
    pollId: string,
    params: PollsListResponsesParams = {},
    options?: CallOptions,
  ): List<PollResponse, PollResponseList> {
    return new List(
      coreOf(this),
      { operation: 'polls.list_responses', items: 'responses', param: 'start' },
      { poll_id: pollId },
      options,
      params,
    )
  }

  /**
   * Fetch one answer.
   *
   * Returns a single answer of a participant by its id, as found in the list of responses.
   *
   * `GET /polls/{poll_id}/responses/{response_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Identifier returned when the poll was created.
   * @param responseId Identifier of one response, as seen in the `id` of a listed response.
   */
  getResponse(pollId: string, responseId: string, options?: CallOptions): Promise<PollResponse> {
    return coreOf(this).call('polls.get_response', { poll_id: pollId, response_id: responseId }, options)
  }

  /**
   * List scores of a poll.
   *
   * Pages through the scores that participants got: one item per participant and question. Mainly of use for
   * quizzes.
   *
   * `GET /polls/{poll_id}/results`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Identifier returned when the poll was created.
   */
  listResults(
    pollId: string,
    params: PollsListResultsParams = {},
    options?: CallOptions,
  ): List<PollResult, PollResultList> {
    return new List(
      coreOf(this),
      { operation: 'polls.list_results', items: 'results', param: 'start' },
      { poll_id: pollId },
      options,
      params,
    )
  }

  /**
   * Fetch one score.
   *
   * Returns the score of one participant for one question by the id of the result.
   *
   * `GET /polls/{poll_id}/results/{result_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Identifier returned when the poll was created.
   * @param resultId Identifier of one result, as seen in the `id` of a listed result.
   */
  getResult(pollId: string, resultId: string, options?: CallOptions): Promise<PollResult> {
    return coreOf(this).call('polls.get_result', { poll_id: pollId, result_id: resultId }, options)
  }

  /**
   * List the sessions a poll ran in.
   *
   * Pages through the runs of one poll: in which room session it ran, when it began and stopped, how many responses
   * and participants it had. The session ids can be used with the Sessions API.
   *
   * `GET /polls/{poll_id}/sessions`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Identifier returned when the poll was created.
   */
  listSessions(
    pollId: string,
    params: PollsListSessionsParams = {},
    options?: CallOptions,
  ): List<PollSession, PollSessionList> {
    return new List(
      coreOf(this),
      { operation: 'polls.list_sessions', items: 'responses', param: 'start' },
      { poll_id: pollId },
      options,
      params,
    )
  }

  /**
   * Fetch the runs of a poll in one session.
   *
   * Shows when the given poll ran inside the given room session and how many responses and distinct participants it
   * had. The documented answer is a page (the same poll may run more than once in a session), not a single object.
   *
   * `GET /polls/{poll_id}/sessions/{session_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Identifier returned when the poll was created.
   * @param sessionId Identifier of the room session in which the poll ran (same id that the Sessions API uses).
   */
  getSession(
    pollId: string,
    sessionId: string,
    params: PollsGetSessionParams = {},
    options?: CallOptions,
  ): List<PollSession, PollSessionList> {
    return new List(
      coreOf(this),
      { operation: 'polls.get_session', items: 'responses', param: 'start' },
      { poll_id: pollId, session_id: sessionId },
      options,
      params,
    )
  }

  /**
   * List what participants answered.
   *
   * Pages through the answers that participants sent. When a participant changed an answer only the newest one is
   * listed, unless `all` is true.
   *
   * `GET /polls/{poll_id}/sessions/{session_id}/responses`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Identifier returned when the poll was created.
   * @param sessionId Identifier of the room session in which the poll ran (same id that the Sessions API uses).
   */
  listSessionResponses(
    pollId: string,
    sessionId: string,
    params: PollsListSessionResponsesParams = {},
    options?: CallOptions,
  ): List<PollResponse, PollResponseList> {
    return new List(
      coreOf(this),
      { operation: 'polls.list_session_responses', items: 'responses', param: 'start' },
      { poll_id: pollId, session_id: sessionId },
      options,
      params,
    )
  }

  /**
   * Fetch one answer.
   *
   * Returns a single answer of a participant by its id, as found in the list of responses.
   *
   * `GET /polls/{poll_id}/sessions/{session_id}/responses/{response_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Identifier returned when the poll was created.
   * @param sessionId Identifier of the room session in which the poll ran (same id that the Sessions API uses).
   * @param responseId Identifier of one response, as seen in the `id` of a listed response.
   */
  getSessionResponse(
    pollId: string,
    sessionId: string,
    responseId: string,
    options?: CallOptions,
  ): Promise<PollResponse> {
    return coreOf(this).call(
      'polls.get_session_response',
      { poll_id: pollId, session_id: sessionId, response_id: responseId },
      options,
    )
  }

  /**
   * List scores of a poll.
   *
   * Pages through the scores that participants got: one item per participant and question. Mainly of use for
   * quizzes.
   *
   * `GET /polls/{poll_id}/sessions/{session_id}/results`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Identifier returned when the poll was created.
   * @param sessionId Identifier of the room session in which the poll ran (same id that the Sessions API uses).
   */
  listSessionResults(
    pollId: string,
    sessionId: string,
    params: PollsListSessionResultsParams = {},
    options?: CallOptions,
  ): List<PollResult, PollResultList> {
    return new List(
      coreOf(this),
      { operation: 'polls.list_session_results', items: 'results', param: 'start' },
      { poll_id: pollId, session_id: sessionId },
      options,
      params,
    )
  }

  /**
   * Fetch one score.
   *
   * Returns the score of one participant for one question by the id of the result.
   *
   * `GET /polls/{poll_id}/sessions/{session_id}/results/{result_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Identifier returned when the poll was created.
   * @param sessionId Identifier of the room session in which the poll ran (same id that the Sessions API uses).
   * @param resultId Identifier of one result, as seen in the `id` of a listed result.
   */
  getSessionResult(pollId: string, sessionId: string, resultId: string, options?: CallOptions): Promise<PollResult> {
    return coreOf(this).call(
      'polls.get_session_result',
      { poll_id: pollId, session_id: sessionId, result_id: resultId },
      options,
    )
  }
}

/** Parameters of `polls.create`. */
export interface PollsCreateParams {
  /** Heading of the poll. */
  readonly title?: string | undefined
  /**
   * Seconds the poll stays open once started; 0 means that only a stop command or the end of the session closes it.
   * At least 0.
   */
  readonly duration?: number | undefined
  /** If true, neither peer id nor user id is kept with the answers. Default: `false`. */
  readonly anonymous?: boolean | undefined
  /** Which identity counts as one voter. Default: `userid`. */
  readonly mode?: PollMode | undefined
  /** A quiz is a poll whose questions have right answers and scores. Default: `poll`. */
  readonly type?: PollType | undefined
  /**
   * With `auto` a poll linked to a room begins with each session; with `manual` a client has to start it. Default:
   * `auto`.
   */
  readonly start?: PollStart | undefined
  /** Questions in the order of their index. */
  readonly questions?: readonly PollQuestion[] | undefined
}

/** Parameters of `polls.update`. */
export interface PollsUpdateParams {
  /** Heading of the poll. */
  readonly title?: string | undefined
  /**
   * Seconds the poll stays open once started; 0 means that only a stop command or the end of the session closes it.
   * At least 0.
   */
  readonly duration?: number | undefined
  /** If true, neither peer id nor user id is kept with the answers. Default: `false`. */
  readonly anonymous?: boolean | undefined
  /** Which identity counts as one voter. Default: `userid`. */
  readonly mode?: PollMode | undefined
  /** A quiz is a poll whose questions have right answers and scores. Default: `poll`. */
  readonly type?: PollType | undefined
  /**
   * With `auto` a poll linked to a room begins with each session; with `manual` a client has to start it. Default:
   * `auto`.
   */
  readonly start?: PollStart | undefined
  /** Questions in the order of their index. */
  readonly questions?: readonly PollQuestion[] | undefined
}

/** Parameters of `polls.update_question`. */
export interface PollsUpdateQuestionParams {
  /** Position of the question, unique in the poll, counted from 1; used as `question_id` in paths. At least 1. */
  readonly index?: number | undefined
  /** Wording of the question. */
  readonly text?: string | undefined
  /** How `text` is to be read; `text` unless set. Default: `text`. */
  readonly format?: string | undefined
  /** Kind of question: pick one option, pick several, or write a short or a long text. */
  readonly type?: PollQuestionType | undefined
  /** Media shown with the question. */
  readonly attachment?: readonly PollAttachment[] | undefined
  /** Whether a participant may pass over the question. Default: `true`. */
  readonly skippable?: boolean | undefined
  /** Seconds the question is shown. At least 0. */
  readonly duration?: number | undefined
  /** If true an answer once sent cannot be changed. Default: `false`. */
  readonly once?: boolean | undefined
  /** How much the question counts in scores. Default: `1`. */
  readonly weight?: number | undefined
  /** Fewest characters of a short or long text answer. At least 0. */
  readonly answer_min_len?: number | undefined
  /** Most characters of a short or long text answer. At least 0. */
  readonly answer_max_len?: number | undefined
  /** Right answer of a quiz question. */
  readonly answer?: PollAnswer | undefined
  /** Choices of a choice question. */
  readonly options?: readonly PollOption[] | undefined
}

/** Parameters of `polls.update_option`. */
export interface PollsUpdateOptionParams {
  /** Position of the option, unique in the question, counted from 1; used as `option_id` in paths. At least 1. */
  readonly index?: number | undefined
  /** Label of the option. */
  readonly text?: string | undefined
  /** How much the option counts. */
  readonly weight?: number | undefined
}

/** Parameters of `polls.list_responses`. */
export interface PollsListResponsesParams {
  /** Cursor: send the `last` value of the page before, that is the id of the last response already seen. */
  readonly start?: string | undefined
  /** How many items to return at most. The service takes 10 to 100; 100 unless set. Between 1 and 100. */
  readonly limit?: number | undefined
  /**
   * By default only the final version of every response is listed; `true` adds the earlier responses that were
   * replaced by an update.
   */
  readonly all?: boolean | undefined
  /** Index of a question; narrows the list to that one question. At least 1. Not empty. */
  readonly question?: number | undefined
}

/** Parameters of `polls.list_results`. */
export interface PollsListResultsParams {
  /** Cursor: send the `last` value of the page before, that is the id of the last result already seen. */
  readonly start?: string | undefined
  /** How many items to return at most. The service takes 10 to 100; 100 unless set. Between 1 and 100. */
  readonly limit?: number | undefined
  /** Index of a question; narrows the list to that one question. At least 1. Not empty. */
  readonly question?: number | undefined
  /** Appears only in the sample request of the results page; meaning not documented for results. Default: `false`. */
  readonly all?: boolean | undefined
}

/** Parameters of `polls.list_sessions`. */
export interface PollsListSessionsParams {
  /** Cursor: send the `last` value of the page before, that is the id of the last item already seen. */
  readonly start?: string | undefined
  /** How many items to return at most. The service takes 10 to 100; 100 unless set. Between 1 and 100. */
  readonly limit?: number | undefined
}

/** Parameters of `polls.get_session`. */
export interface PollsGetSessionParams {
  /** Cursor: send the `last` value of the page before, that is the id of the last item already seen. */
  readonly start?: string | undefined
  /** How many items to return at most. The service takes 10 to 100; 100 unless set. Between 1 and 100. */
  readonly limit?: number | undefined
}

/** Parameters of `polls.list_session_responses`. */
export interface PollsListSessionResponsesParams {
  /** Cursor: send the `last` value of the page before, that is the id of the last response already seen. */
  readonly start?: string | undefined
  /** How many items to return at most. The service takes 10 to 100; 100 unless set. Between 1 and 100. */
  readonly limit?: number | undefined
  /**
   * By default only the final version of every response is listed; `true` adds the earlier responses that were
   * replaced by an update.
   */
  readonly all?: boolean | undefined
  /** Index of a question; narrows the list to that one question. At least 1. Not empty. */
  readonly question?: number | undefined
}

/** Parameters of `polls.list_session_results`. */
export interface PollsListSessionResultsParams {
  /** Cursor: send the `last` value of the page before, that is the id of the last result already seen. */
  readonly start?: string | undefined
  /** How many items to return at most. The service takes 10 to 100; 100 unless set. Between 1 and 100. */
  readonly limit?: number | undefined
  /** Index of a question; narrows the list to that one question. At least 1. Not empty. */
  readonly question?: number | undefined
  /** Appears only in the sample request of the results page; meaning not documented for results. Default: `false`. */
  readonly all?: boolean | undefined
}

/** One question with its options and its right answer. */
export interface PollQuestion {
  /** Position of the question, unique in the poll, counted from 1; used as `question_id` in paths. At least 1. */
  readonly index?: number | undefined
  /** Wording of the question. */
  readonly text?: string | undefined
  /** How `text` is to be read; `text` unless set. Default: `text`. */
  readonly format?: string | undefined
  /** Kind of question: pick one option, pick several, or write a short or a long text. */
  readonly type?: PollQuestionType | undefined
  /** Media shown with the question. */
  readonly attachment?: readonly PollAttachment[] | undefined
  /** Whether a participant may pass over the question. Default: `true`. */
  readonly skippable?: boolean | undefined
  /** Seconds the question is shown. At least 0. */
  readonly duration?: number | undefined
  /** If true an answer once sent cannot be changed. Default: `false`. */
  readonly once?: boolean | undefined
  /** How much the question counts in scores. Default: `1`. */
  readonly weight?: number | undefined
  /** Fewest characters of a short or long text answer. At least 0. */
  readonly answer_min_len?: number | undefined
  /** Most characters of a short or long text answer. At least 0. */
  readonly answer_max_len?: number | undefined
  /** Right answer of a quiz question. */
  readonly answer?: PollAnswer | undefined
  /** Choices of a choice question. */
  readonly options?: readonly PollOption[] | undefined
}

/** Media file of a question. */
export interface PollAttachment {
  /** MIME type of the file. */
  readonly type?: string | undefined
  /** Where the file can be fetched. */
  readonly url?: string | undefined
}

/** Right answer of a quiz question. */
export interface PollAnswer {
  /** If true the answer is withheld while the poll runs. */
  readonly hidden?: boolean | undefined
  /** Indexes of the options that make up the right answer. At least 1. */
  readonly options?: readonly number[] | undefined
  /** Right answer of a text question. */
  readonly text?: string | undefined
  /** If false, upper and lower case count as equal when comparing. */
  readonly case?: boolean | undefined
  /** If true, blanks at both ends of the given answer are dropped before comparing. */
  readonly trim?: boolean | undefined
}

/** One choice of a question. */
export interface PollOption {
  /** Position of the option, unique in the question, counted from 1; used as `option_id` in paths. At least 1. */
  readonly index?: number | undefined
  /** Label of the option. */
  readonly text?: string | undefined
  /** How much the option counts. */
  readonly weight?: number | undefined
}

/** Stored poll definition. */
export interface Poll {
  /** Identifier given by the service. */
  readonly id: string
  /** Heading of the poll. */
  readonly title?: string
  /** Seconds the poll stays open once started; 0 means that only a stop command or the end of the session closes it. */
  readonly duration?: number
  /** If true, neither peer id nor user id is kept with the answers. */
  readonly anonymous?: boolean
  /** Which identity counts as one voter. */
  readonly mode?: PollMode
  /** A quiz is a poll whose questions have right answers and scores. */
  readonly type?: PollType
  /** With `auto` a poll linked to a room begins with each session; with `manual` a client has to start it. */
  readonly start?: PollStart
  /** Questions in the order of their index. */
  readonly questions?: readonly PollQuestion[]
}

/** One page of poll responses. */
export interface PollResponseList {
  /** Id of the last item of the page; pass it as `start` to get the next page. */
  readonly last?: string
  /** Page size that was applied. */
  readonly limit?: number
  /** The items. */
  readonly responses: readonly PollResponse[]
}

/** What one participant answered to one question. */
export interface PollResponse {
  /** Identifier of the response. */
  readonly id: string
  /** The poll answered. */
  readonly poll_id: string
  /** Room session in which it was answered. */
  readonly session_id: string
  /** Index of the question answered. */
  readonly question: number
  /** Time the participant took to answer. */
  readonly duration?: number
  /** True if the question was passed over. */
  readonly skipped?: boolean
  /** Text that was entered, for text questions. */
  readonly text?: string
  /** True if this response replaces an earlier one by the same participant. */
  readonly update?: boolean
  /** Id of the response that this one replaces; goes together with `update`. */
  readonly original_response?: string
  /** How often the participant tried again. */
  readonly retries?: number
  /** When the answer was sent. */
  readonly sent_at?: string
  /** Peer that answered; not kept for anonymous polls. */
  readonly peer_id?: string
  /** User id that the peer joined with; not kept for anonymous polls. */
  readonly user_id?: string
  /** Kind of the question answered. */
  readonly type?: PollQuestionType
  /** Index of the chosen option of a single-choice question. */
  readonly option?: number
  /** Indexes of the chosen options of a multiple-choice question. */
  readonly options?: readonly number[]
}

/** One page of poll results. */
export interface PollResultList {
  /** Id of the last item of the page; pass it as `start` to get the next page. */
  readonly last?: string
  /** Page size that was applied. */
  readonly limit?: number
  /** The items. */
  readonly results: readonly PollResult[]
}

/** Score of one participant for one question. */
export interface PollResult {
  /** Identifier of the result. */
  readonly id: string
  /** The poll scored. */
  readonly poll_id: string
  /** Room session in which it ran. */
  readonly session_id: string
  /** Index of the question scored. */
  readonly question?: number
  /** Time the participant took. */
  readonly duration?: number
  /** Peer that was scored; not kept for anonymous polls. */
  readonly peer_id?: string
  /** User id of that peer; not kept for anonymous polls. */
  readonly user_id?: string
  /** Points reached. */
  readonly score?: number
}

/** One page of poll runs. */
export interface PollSessionList {
  /** Id of the last item of the page; pass it as `start` to get the next page. */
  readonly last?: string
  /** Page size that was applied. */
  readonly limit?: number
  /** The items. */
  readonly responses: readonly PollSession[]
}

/** One run of a poll inside a room session. */
export interface PollSession {
  /** Identifier of the run. */
  readonly id: string
  /** The poll that ran. */
  readonly poll_id: string
  /** Room session in which it ran. */
  readonly session_id: string
  /** When the poll was opened. */
  readonly started_at?: string
  /** When the poll was closed. */
  readonly stopped_at?: string
  /** Number of responses received. */
  readonly total_responses?: number
  /** Number of distinct participants who answered. */
  readonly unique_participants?: number
}

/**
 * Which identity counts as one voter.
 *
 * New values may be added.
 */
export type PollMode = 'userid' | 'peerid' | (string & {})

/**
 * Whether answers are right or wrong.
 *
 * New values may be added.
 */
export type PollType = 'poll' | 'quiz' | (string & {})

/**
 * What starts a poll.
 *
 * New values may be added.
 */
export type PollStart = 'auto' | 'manual' | (string & {})

/**
 * How a question is answered.
 *
 * New values may be added.
 */
export type PollQuestionType = 'single-choice' | 'multiple-choice' | 'short-answer' | 'long-answer' | (string & {})
