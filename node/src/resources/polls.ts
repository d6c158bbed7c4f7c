// @generated from crates/hundredms/src/resources/polls.rs by `cargo xtask gen`; not edited by hand.
// Polls: questions to peers, answers and results.
import { List } from '../list'
import type { CallOptions } from '../options'
import { coreOf, Resource } from '../resource'

/** Polls: questions to peers, answers and results. */
export class Polls extends Resource {
  /**
   * Create a poll or quiz.
   *
   * Stores a poll with its questions, options and right answers, and assigns an id. The call does not start the
   * poll. Either link it to rooms through the `polls` field of room create and update (it then starts with the
   * session if `start` is `auto`), or start it in a client SDK with the poll id. Pass the whole question list here,
   * and adjust single questions and options later. Not idempotent: each call creates a new poll.
   *
   * `POST /polls`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
   */
  create(params: PollsCreateParams = {}, options?: CallOptions): Promise<Poll> {
    return coreOf(this).call('polls.create', {}, options, params)
  }

  /**
   * Return one poll.
   *
   * Returns the poll as last written by create and update: settings, questions, options and right answers. It does
   * not contain votes; use sessions, results and responses for these.
   *
   * `GET /polls/{poll_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Id of the poll.
   */
  get(pollId: string, options?: CallOptions): Promise<Poll> {
    return coreOf(this).call('polls.get', { poll_id: pollId }, options)
  }

  /**
   * Replace a poll.
   *
   * Replaces the whole poll and keeps its id. Missing fields are reset to their defaults and missing questions are
   * removed, so send the full poll.
   *
   * `POST /polls/{poll_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
   *
   * @param pollId Id of the poll.
   */
  update(pollId: string, params: PollsUpdateParams = {}, options?: CallOptions): Promise<Poll> {
    return coreOf(this).call('polls.update', { poll_id: pollId }, options, params)
  }

  /**
   * Replace one question.
   *
   * Replaces the question at this position, including its options and answer, and returns the stored question.
   *
   * `POST /polls/{poll_id}/questions/{question_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
   *
   * @param pollId Id of the poll.
   * @param questionId Position of the question in the poll, starting at 1. This is the `index` of the question, not
   * a separate id.
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
   * Removes the question at this position. The index of all later questions decreases by one, so known positions
   * are invalid after each delete.
   *
   * `DELETE /polls/{poll_id}/questions/{question_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
   *
   * @param pollId Id of the poll.
   * @param questionId Position of the question in the poll, starting at 1. This is the `index` of the question, not
   * a separate id.
   * @throws AmbiguousOutcomeError when the connection breaks while it is under way; `polls.get` shows whether it
   * took effect.
   */
  deleteQuestion(pollId: string, questionId: string, options?: CallOptions): Promise<void> {
    return coreOf(this).call('polls.delete_question', { poll_id: pollId, question_id: questionId }, options)
  }

  /**
   * Replace one option.
   *
   * Replaces the option at this position of a question, and returns it.
   *
   * `POST /polls/{poll_id}/questions/{question_id}/options/{option_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
   *
   * @param pollId Id of the poll.
   * @param questionId Position of the question in the poll, starting at 1. This is the `index` of the question, not
   * a separate id.
   * @param optionId Position of the option in the question, starting at 1. This is the `index` of the option.
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
   * Removes the option at this position. The index of all later options decreases by one.
   *
   * `DELETE /polls/{poll_id}/questions/{question_id}/options/{option_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
   *
   * @param pollId Id of the poll.
   * @param questionId Position of the question in the poll, starting at 1. This is the `index` of the question, not
   * a separate id.
   * @param optionId Position of the option in the question, starting at 1. This is the `index` of the option.
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
   * List the answers of participants.
   *
   * Returns the answers of participants. If a participant changed an answer, only the newest one is listed, unless
   * `all` is true.
   *
   * `GET /polls/{poll_id}/responses`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Id of the poll.
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
   * Return one answer.
   *
   * Returns one answer of a participant by its id.
   *
   * `GET /polls/{poll_id}/responses/{response_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Id of the poll.
   * @param responseId Id of the response, from the list of responses.
   */
  getResponse(pollId: string, responseId: string, options?: CallOptions): Promise<PollResponse> {
    return coreOf(this).call('polls.get_response', { poll_id: pollId, response_id: responseId }, options)
  }

  /**
   * List scores of a poll.
   *
   * Returns the scores of participants, one item per participant and question. Mainly useful for quizzes.
   *
   * `GET /polls/{poll_id}/results`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Id of the poll.
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
   * Return one score.
   *
   * Returns the score of one participant for one question, by the id of the result.
   *
   * `GET /polls/{poll_id}/results/{result_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Id of the poll.
   * @param resultId Id of the result, from the list of results.
   */
  getResult(pollId: string, resultId: string, options?: CallOptions): Promise<PollResult> {
    return coreOf(this).call('polls.get_result', { poll_id: pollId, result_id: resultId }, options)
  }

  /**
   * List the sessions a poll ran in.
   *
   * Returns the runs of a poll: the room session, the start and end, and the number of responses and participants.
   * The session ids are those of the sessions resource.
   *
   * `GET /polls/{poll_id}/sessions`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Id of the poll.
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
   * Return the runs of a poll in one session.
   *
   * Returns when the poll ran in the room session, and the number of responses and distinct participants. The
   * response is a page, because a poll can run more than once in a session.
   *
   * `GET /polls/{poll_id}/sessions/{session_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Id of the poll.
   * @param sessionId Id of the room session in which the poll ran, as in the sessions resource.
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
   * List the answers of participants.
   *
   * Returns the answers of participants. If a participant changed an answer, only the newest one is listed, unless
   * `all` is true.
   *
   * `GET /polls/{poll_id}/sessions/{session_id}/responses`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Id of the poll.
   * @param sessionId Id of the room session in which the poll ran, as in the sessions resource.
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
   * Return one answer.
   *
   * Returns one answer of a participant by its id.
   *
   * `GET /polls/{poll_id}/sessions/{session_id}/responses/{response_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Id of the poll.
   * @param sessionId Id of the room session in which the poll ran, as in the sessions resource.
   * @param responseId Id of the response, from the list of responses.
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
   * Returns the scores of participants, one item per participant and question. Mainly useful for quizzes.
   *
   * `GET /polls/{poll_id}/sessions/{session_id}/results`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Id of the poll.
   * @param sessionId Id of the room session in which the poll ran, as in the sessions resource.
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
   * Return one score.
   *
   * Returns the score of one participant for one question, by the id of the result.
   *
   * `GET /polls/{poll_id}/sessions/{session_id}/results/{result_id}`; service documentation:
   * https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
   *
   * @param pollId Id of the poll.
   * @param sessionId Id of the room session in which the poll ran, as in the sessions resource.
   * @param resultId Id of the result, from the list of results.
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
  /** Title of the poll. */
  readonly title?: string | undefined
  /** Seconds for which the poll stays open. 0 means until a stop command or the end of the session. At least 0. */
  readonly duration?: number | undefined
  /** If true, answers are stored without peer id and user id. Defaults to `false`. */
  readonly anonymous?: boolean | undefined
  /** Which identity counts as one voter. Defaults to `userid`. */
  readonly mode?: PollMode | undefined
  /** A quiz is a poll whose questions have right answers and scores. Defaults to `poll`. */
  readonly type?: PollType | undefined
  /**
   * With `auto`, a poll that is linked to a room starts with each session. With `manual`, a client must start it.
   * Defaults to `auto`.
   */
  readonly start?: PollStart | undefined
  /** Questions, ordered by index. */
  readonly questions?: readonly PollQuestion[] | undefined
}

/** Parameters of `polls.update`. */
export interface PollsUpdateParams {
  /** Title of the poll. */
  readonly title?: string | undefined
  /** Seconds for which the poll stays open. 0 means until a stop command or the end of the session. At least 0. */
  readonly duration?: number | undefined
  /** If true, answers are stored without peer id and user id. Defaults to `false`. */
  readonly anonymous?: boolean | undefined
  /** Which identity counts as one voter. Defaults to `userid`. */
  readonly mode?: PollMode | undefined
  /** A quiz is a poll whose questions have right answers and scores. Defaults to `poll`. */
  readonly type?: PollType | undefined
  /**
   * With `auto`, a poll that is linked to a room starts with each session. With `manual`, a client must start it.
   * Defaults to `auto`.
   */
  readonly start?: PollStart | undefined
  /** Questions, ordered by index. */
  readonly questions?: readonly PollQuestion[] | undefined
}

/** Parameters of `polls.update_question`. */
export interface PollsUpdateQuestionParams {
  /** Position of the question, unique in the poll, starting at 1. Used as `question_id` in paths. At least 1. */
  readonly index?: number | undefined
  /** Wording of the question. */
  readonly text?: string | undefined
  /** Format of `text`. Defaults to `text`. */
  readonly format?: string | undefined
  /** Kind of question: pick one option, pick several, or write a short or a long text. */
  readonly type?: PollQuestionType | undefined
  /** Media shown with the question. */
  readonly attachment?: readonly PollAttachment[] | undefined
  /** Whether a participant may skip the question. Defaults to `true`. */
  readonly skippable?: boolean | undefined
  /** Seconds for which the question is shown. At least 0. */
  readonly duration?: number | undefined
  /** If true, an answer cannot be changed. Defaults to `false`. */
  readonly once?: boolean | undefined
  /** Weight of the question in scores. Defaults to `1`. */
  readonly weight?: number | undefined
  /** Minimum number of characters of a text answer. At least 0. */
  readonly answer_min_len?: number | undefined
  /** Maximum number of characters of a text answer. At least 0. */
  readonly answer_max_len?: number | undefined
  /** Right answer of a quiz question. */
  readonly answer?: PollAnswer | undefined
  /** Choices of a choice question. */
  readonly options?: readonly PollOption[] | undefined
}

/** Parameters of `polls.update_option`. */
export interface PollsUpdateOptionParams {
  /** Position of the option, unique in the question, starting at 1. Used as `option_id` in paths. At least 1. */
  readonly index?: number | undefined
  /** Label of the option. */
  readonly text?: string | undefined
  /** Weight of the option. */
  readonly weight?: number | undefined
}

/** Parameters of `polls.list_responses`. */
export interface PollsListResponsesParams {
  /** Cursor: the `last` value of the previous page, which is the id of its last response. */
  readonly start?: string | undefined
  /**
   * Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service
   * may send 10 items, or refuse the call: it documents 10 to 100.
   */
  readonly limit?: number | undefined
  /** If true, also list responses that were replaced by later ones. Defaults to false. */
  readonly all?: boolean | undefined
  /** Only answers to the question with this index. At least 1. Not empty. */
  readonly question?: number | undefined
}

/** Parameters of `polls.list_results`. */
export interface PollsListResultsParams {
  /** Cursor: the `last` value of the previous page, which is the id of its last result. */
  readonly start?: string | undefined
  /**
   * Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service
   * may send 10 items, or refuse the call: it documents 10 to 100.
   */
  readonly limit?: number | undefined
  /** Only answers to the question with this index. At least 1. Not empty. */
  readonly question?: number | undefined
  /** Undocumented by the service. Defaults to `false`. */
  readonly all?: boolean | undefined
}

/** Parameters of `polls.list_sessions`. */
export interface PollsListSessionsParams {
  /** Cursor: the `last` value of the previous page, which is the id of its last item. */
  readonly start?: string | undefined
  /**
   * Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service
   * may send 10 items, or refuse the call: it documents 10 to 100.
   */
  readonly limit?: number | undefined
}

/** Parameters of `polls.get_session`. */
export interface PollsGetSessionParams {
  /** Cursor: the `last` value of the previous page, which is the id of its last item. */
  readonly start?: string | undefined
  /**
   * Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service
   * may send 10 items, or refuse the call: it documents 10 to 100.
   */
  readonly limit?: number | undefined
}

/** Parameters of `polls.list_session_responses`. */
export interface PollsListSessionResponsesParams {
  /** Cursor: the `last` value of the previous page, which is the id of its last response. */
  readonly start?: string | undefined
  /**
   * Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service
   * may send 10 items, or refuse the call: it documents 10 to 100.
   */
  readonly limit?: number | undefined
  /** If true, also list responses that were replaced by later ones. Defaults to false. */
  readonly all?: boolean | undefined
  /** Only answers to the question with this index. At least 1. Not empty. */
  readonly question?: number | undefined
}

/** Parameters of `polls.list_session_results`. */
export interface PollsListSessionResultsParams {
  /** Cursor: the `last` value of the previous page, which is the id of its last result. */
  readonly start?: string | undefined
  /**
   * Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults to 100. Below 10, the service
   * may send 10 items, or refuse the call: it documents 10 to 100.
   */
  readonly limit?: number | undefined
  /** Only answers to the question with this index. At least 1. Not empty. */
  readonly question?: number | undefined
  /** Undocumented by the service. Defaults to `false`. */
  readonly all?: boolean | undefined
}

/** One question with its options and its right answer. */
export interface PollQuestion {
  /** Position of the question, unique in the poll, starting at 1. Used as `question_id` in paths. At least 1. */
  readonly index?: number | undefined
  /** Wording of the question. */
  readonly text?: string | undefined
  /** Format of `text`. Defaults to `text`. */
  readonly format?: string | undefined
  /** Kind of question: pick one option, pick several, or write a short or a long text. */
  readonly type?: PollQuestionType | undefined
  /** Media shown with the question. */
  readonly attachment?: readonly PollAttachment[] | undefined
  /** Whether a participant may skip the question. Defaults to `true`. */
  readonly skippable?: boolean | undefined
  /** Seconds for which the question is shown. At least 0. */
  readonly duration?: number | undefined
  /** If true, an answer cannot be changed. Defaults to `false`. */
  readonly once?: boolean | undefined
  /** Weight of the question in scores. Defaults to `1`. */
  readonly weight?: number | undefined
  /** Minimum number of characters of a text answer. At least 0. */
  readonly answer_min_len?: number | undefined
  /** Maximum number of characters of a text answer. At least 0. */
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
  /** URL of the file. */
  readonly url?: string | undefined
}

/** Right answer of a quiz question. */
export interface PollAnswer {
  /** If true, the answer is hidden while the poll runs. */
  readonly hidden?: boolean | undefined
  /** Indexes of the right options. At least 1. */
  readonly options?: readonly number[] | undefined
  /** Right answer of a text question. */
  readonly text?: string | undefined
  /** If false, the comparison ignores case. */
  readonly case?: boolean | undefined
  /** If true, the comparison ignores blanks at both ends of the answer. */
  readonly trim?: boolean | undefined
}

/** One choice of a question. */
export interface PollOption {
  /** Position of the option, unique in the question, starting at 1. Used as `option_id` in paths. At least 1. */
  readonly index?: number | undefined
  /** Label of the option. */
  readonly text?: string | undefined
  /** Weight of the option. */
  readonly weight?: number | undefined
}

/** A stored poll. */
export interface Poll {
  /** Id assigned by the service. */
  readonly id: string
  /** Title of the poll. */
  readonly title?: string
  /** Seconds for which the poll stays open. 0 means until a stop command or the end of the session. */
  readonly duration?: number
  /** If true, answers are stored without peer id and user id. */
  readonly anonymous?: boolean
  /** Which identity counts as one voter. */
  readonly mode?: PollMode
  /** A quiz is a poll whose questions have right answers and scores. */
  readonly type?: PollType
  /** With `auto`, a poll that is linked to a room starts with each session. With `manual`, a client must start it. */
  readonly start?: PollStart
  /** Questions, ordered by index. */
  readonly questions?: readonly PollQuestion[]
}

/** One page of poll responses. */
export interface PollResponseList {
  /** Id of the last item of the page. Pass it as `start` to get the next page. */
  readonly last?: string
  /** Page size that the service applied. */
  readonly limit?: number
  /** The items. */
  readonly responses: readonly PollResponse[]
}

/** Answer of one participant to one question. */
export interface PollResponse {
  /** Id of the response. */
  readonly id: string
  /** The poll answered. */
  readonly poll_id: string
  /** Room session in which it was answered. */
  readonly session_id: string
  /** Index of the question answered. */
  readonly question: number
  /** Time that the participant took to answer. */
  readonly duration?: number
  /** True if the question was skipped. */
  readonly skipped?: boolean
  /** Entered text, for text questions. */
  readonly text?: string
  /** True if this response replaces an earlier one by the same participant. */
  readonly update?: boolean
  /** Id of the response that this one replaces. Present with `update`. */
  readonly original_response?: string
  /** Number of retries of the participant. */
  readonly retries?: number
  /** When the answer was sent. */
  readonly sent_at?: string
  /** Peer that answered. Not stored for anonymous polls. */
  readonly peer_id?: string
  /** User id of the peer. Absent if the peer has none, and not stored for anonymous polls. */
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
  /** Id of the last item of the page. Pass it as `start` to get the next page. */
  readonly last?: string
  /** Page size that the service applied. */
  readonly limit?: number
  /** The items. */
  readonly results: readonly PollResult[]
}

/** Score of one participant for one question. */
export interface PollResult {
  /** Id of the result. */
  readonly id: string
  /** The poll scored. */
  readonly poll_id: string
  /** Room session in which it ran. */
  readonly session_id: string
  /** Index of the question scored. */
  readonly question?: number
  /** Time that the participant took. */
  readonly duration?: number
  /** Peer that was scored. Not stored for anonymous polls. */
  readonly peer_id?: string
  /** User id of the peer. Absent if the peer has none, and not stored for anonymous polls. */
  readonly user_id?: string
  /** Points reached. */
  readonly score?: number
}

/** One page of poll runs. */
export interface PollSessionList {
  /** Id of the last item of the page. Pass it as `start` to get the next page. */
  readonly last?: string
  /** Page size that the service applied. */
  readonly limit?: number
  /** The items. */
  readonly responses: readonly PollSession[]
}

/** One run of a poll inside a room session. */
export interface PollSession {
  /** Id of the run. */
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
 * How a poll starts.
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
