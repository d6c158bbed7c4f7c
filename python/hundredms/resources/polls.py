# @generated from crates/hundredms/src/resources/polls.rs by `cargo xtask gen`; do not edit.
"""The operations of polls."""

from __future__ import annotations

from types import NoneType
from .._absent import ABSENT
from ..models.polls import (
    Poll,
    PollOption,
    PollQuestion,
    PollResponse,
    PollResponseList,
    PollResult,
    PollResultList,
    PollSessionList,
)
from ._lazy import lazy
from ._resource import AsyncResource, Resource
from ._with_raw_response import (
    WithRawResponse,
    first_page,
    first_page_async,
    responding,
    responding_async,
)

from collections.abc import Mapping, Sequence
from typing import Any

from .._pages import AsyncPager, Pager
from ..inputs import PollAnswerInput, PollAttachmentInput, PollOptionInput, PollQuestionInput
from ..models.polls import (
    PollAnswer,
    PollAttachment,
    PollMode,
    PollQuestionType,
    PollSession,
    PollStart,
    PollType,
)


class Polls(Resource):
    """The operations of polls."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> PollsWithRawResponse:
        """The same operations, each of which gives a `Response`: status, headers, attempts."""
        return PollsWithRawResponse(self._responding())

    def create(
        self,
        *,
        title: str | None = None,
        duration: int | None = None,
        anonymous: bool | None = None,
        mode: PollMode | None = None,
        type: PollType | None = None,
        start: PollStart | None = None,
        questions: Sequence[PollQuestion | PollQuestionInput] | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Poll:
        """Create a poll or quiz.

        Stores a poll definition with its questions, options and right answers and gives it an id.
        The poll is not started: it is linked to rooms through the `polls` field of room
        create/update (and then begins by itself at session start when `start` is `auto`) or is
        started by a client SDK with the poll id. Passing the whole question list here and adjusting
        single questions and options later is the intended flow. Not idempotent: each call makes a
        new poll.

        Args:
            title: Heading of the poll.
            duration: Seconds the poll stays open once started; 0 means that only a stop command or
                the end of the session closes it. At least 0.
            anonymous: If true, neither peer id nor user id is kept with the answers. Default:
                `false`.
            mode: Which identity counts as one voter. Default: `userid`.
            type: A quiz is a poll whose questions have right answers and scores. Default: `poll`.
            start: With `auto` a poll linked to a room begins with each session; with `manual` a
                client has to start it. Default: `auto`.
            questions: Questions in the order of their index.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
        """
        return self._call(
            "polls.create",
            Poll,
            {
                **(extra or {}),
                "title": title,
                "duration": duration,
                "anonymous": anonymous,
                "mode": mode,
                "type": type,
                "start": start,
                "questions": questions,
            },
            timeout,
            max_retries,
        )

    def get(
        self,
        poll_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Poll:
        """Fetch one poll.

        Returns the definition as last written by the create and update calls: settings, questions,
        options and answers. It holds no votes; for those use sessions, results and responses.

        Args:
            poll_id: Identifier returned when the poll was created.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._call(
            "polls.get",
            Poll,
            {"poll_id": poll_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def update(
        self,
        poll_id: str,
        *,
        title: str | None = None,
        duration: int | None = None,
        anonymous: bool | None = None,
        mode: PollMode | None = None,
        type: PollType | None = None,
        start: PollStart | None = None,
        questions: Sequence[PollQuestion | PollQuestionInput] | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Poll:
        """Rewrite a poll.

        Replaces the whole poll definition with the body, keeping the id. Fields and questions left
        out are expected to fall back to defaults or vanish, so send the full object.

        Args:
            poll_id: Identifier returned when the poll was created.
            title: Heading of the poll.
            duration: Seconds the poll stays open once started; 0 means that only a stop command or
                the end of the session closes it. At least 0.
            anonymous: If true, neither peer id nor user id is kept with the answers. Default:
                `false`.
            mode: Which identity counts as one voter. Default: `userid`.
            type: A quiz is a poll whose questions have right answers and scores. Default: `poll`.
            start: With `auto` a poll linked to a room begins with each session; with `manual` a
                client has to start it. Default: `auto`.
            questions: Questions in the order of their index.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
        """
        return self._call(
            "polls.update",
            Poll,
            {
                **(extra or {}),
                "poll_id": poll_id,
                "title": title,
                "duration": duration,
                "anonymous": anonymous,
                "mode": mode,
                "type": type,
                "start": start,
                "questions": questions,
            },
            timeout,
            max_retries,
        )

    def update_question(
        self,
        poll_id: str,
        question_id: str,
        *,
        index: int | None = None,
        text: str | None = None,
        format: str | None = None,
        type: PollQuestionType | None = None,
        attachment: Sequence[PollAttachment | PollAttachmentInput] | None = None,
        skippable: bool | None = None,
        duration: int | None = None,
        once: bool | None = None,
        weight: int | None = None,
        answer_min_len: int | None = None,
        answer_max_len: int | None = None,
        answer: PollAnswer | PollAnswerInput | None = None,
        options: Sequence[PollOption | PollOptionInput] | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> PollQuestion:
        """Rewrite one question.

        Replaces the question at the given position, including its options and answer, with the body
        and returns the question as stored.

        Args:
            poll_id: Identifier returned when the poll was created.
            question_id: Position of the question inside the poll, counted from 1 (it is the `index`
                of the question, not a separate id).
            index: Position of the question, unique in the poll, counted from 1; used as
                `question_id` in paths. At least 1.
            text: Wording of the question.
            format: How `text` is to be read; `text` unless set. Default: `text`.
            type: Kind of question: pick one option, pick several, or write a short or a long text.
            attachment: Media shown with the question.
            skippable: Whether a participant may pass over the question. Default: `true`.
            duration: Seconds the question is shown. At least 0.
            once: If true an answer once sent cannot be changed. Default: `false`.
            weight: How much the question counts in scores. Default: `1`.
            answer_min_len: Fewest characters of a short or long text answer. At least 0.
            answer_max_len: Most characters of a short or long text answer. At least 0.
            answer: Right answer of a quiz question.
            options: Choices of a choice question.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
        """
        return self._call(
            "polls.update_question",
            PollQuestion,
            {
                **(extra or {}),
                "poll_id": poll_id,
                "question_id": question_id,
                "index": index,
                "text": text,
                "format": format,
                "type": type,
                "attachment": attachment,
                "skippable": skippable,
                "duration": duration,
                "once": once,
                "weight": weight,
                "answer_min_len": answer_min_len,
                "answer_max_len": answer_max_len,
                "answer": answer,
                "options": options,
            },
            timeout,
            max_retries,
        )

    def delete_question(
        self,
        poll_id: str,
        question_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> None:
        """Delete one question.

        Removes the question at the given position. All questions after it move down by one index,
        so positions known to the caller become stale after each delete.

        If the outcome is ambiguous, `polls.get` shows whether it took effect.

        Args:
            poll_id: Identifier returned when the poll was created.
            question_id: Position of the question inside the poll, counted from 1 (it is the `index`
                of the question, not a separate id).
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
        """
        self._call(
            "polls.delete_question",
            NoneType,
            {"poll_id": poll_id, "question_id": question_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def update_option(
        self,
        poll_id: str,
        question_id: str,
        option_id: str,
        *,
        index: int | None = None,
        text: str | None = None,
        weight: int | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> PollOption:
        """Rewrite one option.

        Replaces the option at the given position of a question with the body and returns it.

        Args:
            poll_id: Identifier returned when the poll was created.
            question_id: Position of the question inside the poll, counted from 1 (it is the `index`
                of the question, not a separate id).
            option_id: Position of the option inside the question, counted from 1 (the `index` of
                the option).
            index: Position of the option, unique in the question, counted from 1; used as
                `option_id` in paths. At least 1.
            text: Label of the option.
            weight: How much the option counts.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
        """
        return self._call(
            "polls.update_option",
            PollOption,
            {
                **(extra or {}),
                "poll_id": poll_id,
                "question_id": question_id,
                "option_id": option_id,
                "index": index,
                "text": text,
                "weight": weight,
            },
            timeout,
            max_retries,
        )

    def delete_option(
        self,
        poll_id: str,
        question_id: str,
        option_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> None:
        """Delete one option.

        Removes the option at the given position. Options after it move down by one index.

        If the outcome is ambiguous, `polls.get` shows whether it took effect.

        Args:
            poll_id: Identifier returned when the poll was created.
            question_id: Position of the question inside the poll, counted from 1 (it is the `index`
                of the question, not a separate id).
            option_id: Position of the option inside the question, counted from 1 (the `index` of
                the option).
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
        """
        self._call(
            "polls.delete_option",
            NoneType,
            {"poll_id": poll_id, "question_id": question_id, "option_id": option_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def list_responses(
        self,
        poll_id: str,
        *,
        start: str | None = None,
        limit: int | None = None,
        all: bool | None = None,
        question: int = ABSENT,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Pager[PollResponse, PollResponseList]:
        """List what participants answered.

        Pages through the answers that participants sent. When a participant changed an answer only
        the newest one is listed, unless `all` is true.

        Args:
            poll_id: Identifier returned when the poll was created.
            start: Cursor: send the `last` value of the page before, that is the id of the last
                response already seen.
            limit: How many items to return at most. The service takes 10 to 100; 100 unless set.
            all: By default only the final version of every response is listed; `true` adds the
                earlier responses that were replaced by an update.
            question: Index of a question; narrows the list to that one question. At least 1.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._pages(
            "polls.list_responses",
            PollResponseList,
            "responses",
            "start",
            {"poll_id": poll_id, "start": start, "limit": limit, "all": all, "question": question},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def get_response(
        self,
        poll_id: str,
        response_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> PollResponse:
        """Fetch one answer.

        Returns a single answer of a participant by its id, as found in the list of responses.

        Args:
            poll_id: Identifier returned when the poll was created.
            response_id: Identifier of one response, as seen in the `id` of a listed response.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._call(
            "polls.get_response",
            PollResponse,
            {"poll_id": poll_id, "response_id": response_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def list_results(
        self,
        poll_id: str,
        *,
        start: str | None = None,
        limit: int | None = None,
        question: int = ABSENT,
        all: bool | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Pager[PollResult, PollResultList]:
        """List scores of a poll.

        Pages through the scores that participants got: one item per participant and question.
        Mainly of use for quizzes.

        Args:
            poll_id: Identifier returned when the poll was created.
            start: Cursor: send the `last` value of the page before, that is the id of the last
                result already seen.
            limit: How many items to return at most. The service takes 10 to 100; 100 unless set.
            question: Index of a question; narrows the list to that one question. At least 1.
            all: Appears only in the sample request of the results page; meaning not documented for
                results. Default: `false`.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._pages(
            "polls.list_results",
            PollResultList,
            "results",
            "start",
            {"poll_id": poll_id, "start": start, "limit": limit, "question": question, "all": all},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def get_result(
        self,
        poll_id: str,
        result_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> PollResult:
        """Fetch one score.

        Returns the score of one participant for one question by the id of the result.

        Args:
            poll_id: Identifier returned when the poll was created.
            result_id: Identifier of one result, as seen in the `id` of a listed result.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._call(
            "polls.get_result",
            PollResult,
            {"poll_id": poll_id, "result_id": result_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def list_sessions(
        self,
        poll_id: str,
        *,
        start: str | None = None,
        limit: int | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Pager[PollSession, PollSessionList]:
        """List the sessions a poll ran in.

        Pages through the runs of one poll: in which room session it ran, when it began and stopped,
        how many responses and participants it had. The session ids can be used with the Sessions
        API.

        Args:
            poll_id: Identifier returned when the poll was created.
            start: Cursor: send the `last` value of the page before, that is the id of the last item
                already seen.
            limit: How many items to return at most. The service takes 10 to 100; 100 unless set.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._pages(
            "polls.list_sessions",
            PollSessionList,
            "responses",
            "start",
            {"poll_id": poll_id, "start": start, "limit": limit},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def get_session(
        self,
        poll_id: str,
        session_id: str,
        *,
        start: str | None = None,
        limit: int | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Pager[PollSession, PollSessionList]:
        """Fetch the runs of a poll in one session.

        Shows when the given poll ran inside the given room session and how many responses and
        distinct participants it had. The documented answer is a page (the same poll may run more
        than once in a session), not a single object.

        Args:
            poll_id: Identifier returned when the poll was created.
            session_id: Identifier of the room session in which the poll ran (same id that the
                Sessions API uses).
            start: Cursor: send the `last` value of the page before, that is the id of the last item
                already seen.
            limit: How many items to return at most. The service takes 10 to 100; 100 unless set.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._pages(
            "polls.get_session",
            PollSessionList,
            "responses",
            "start",
            {"poll_id": poll_id, "session_id": session_id, "start": start, "limit": limit},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def list_session_responses(
        self,
        poll_id: str,
        session_id: str,
        *,
        start: str | None = None,
        limit: int | None = None,
        all: bool | None = None,
        question: int = ABSENT,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Pager[PollResponse, PollResponseList]:
        """List what participants answered.

        Pages through the answers that participants sent. When a participant changed an answer only
        the newest one is listed, unless `all` is true.

        Args:
            poll_id: Identifier returned when the poll was created.
            session_id: Identifier of the room session in which the poll ran (same id that the
                Sessions API uses).
            start: Cursor: send the `last` value of the page before, that is the id of the last
                response already seen.
            limit: How many items to return at most. The service takes 10 to 100; 100 unless set.
            all: By default only the final version of every response is listed; `true` adds the
                earlier responses that were replaced by an update.
            question: Index of a question; narrows the list to that one question. At least 1.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._pages(
            "polls.list_session_responses",
            PollResponseList,
            "responses",
            "start",
            {
                "poll_id": poll_id,
                "session_id": session_id,
                "start": start,
                "limit": limit,
                "all": all,
                "question": question,
            },
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def get_session_response(
        self,
        poll_id: str,
        session_id: str,
        response_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> PollResponse:
        """Fetch one answer.

        Returns a single answer of a participant by its id, as found in the list of responses.

        Args:
            poll_id: Identifier returned when the poll was created.
            session_id: Identifier of the room session in which the poll ran (same id that the
                Sessions API uses).
            response_id: Identifier of one response, as seen in the `id` of a listed response.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._call(
            "polls.get_session_response",
            PollResponse,
            {"poll_id": poll_id, "session_id": session_id, "response_id": response_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def list_session_results(
        self,
        poll_id: str,
        session_id: str,
        *,
        start: str | None = None,
        limit: int | None = None,
        question: int = ABSENT,
        all: bool | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Pager[PollResult, PollResultList]:
        """List scores of a poll.

        Pages through the scores that participants got: one item per participant and question.
        Mainly of use for quizzes.

        Args:
            poll_id: Identifier returned when the poll was created.
            session_id: Identifier of the room session in which the poll ran (same id that the
                Sessions API uses).
            start: Cursor: send the `last` value of the page before, that is the id of the last
                result already seen.
            limit: How many items to return at most. The service takes 10 to 100; 100 unless set.
            question: Index of a question; narrows the list to that one question. At least 1.
            all: Appears only in the sample request of the results page; meaning not documented for
                results. Default: `false`.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._pages(
            "polls.list_session_results",
            PollResultList,
            "results",
            "start",
            {
                "poll_id": poll_id,
                "session_id": session_id,
                "start": start,
                "limit": limit,
                "question": question,
                "all": all,
            },
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def get_session_result(
        self,
        poll_id: str,
        session_id: str,
        result_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> PollResult:
        """Fetch one score.

        Returns the score of one participant for one question by the id of the result.

        Args:
            poll_id: Identifier returned when the poll was created.
            session_id: Identifier of the room session in which the poll ran (same id that the
                Sessions API uses).
            result_id: Identifier of one result, as seen in the `id` of a listed result.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._call(
            "polls.get_session_result",
            PollResult,
            {"poll_id": poll_id, "session_id": session_id, "result_id": result_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )


class AsyncPolls(AsyncResource):
    """The operations of polls."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AsyncPollsWithRawResponse:
        """The same operations, each of which gives a `Response`: status, headers, attempts."""
        return AsyncPollsWithRawResponse(self._responding())

    async def create(
        self,
        *,
        title: str | None = None,
        duration: int | None = None,
        anonymous: bool | None = None,
        mode: PollMode | None = None,
        type: PollType | None = None,
        start: PollStart | None = None,
        questions: Sequence[PollQuestion | PollQuestionInput] | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Poll:
        """Create a poll or quiz.

        Stores a poll definition with its questions, options and right answers and gives it an id.
        The poll is not started: it is linked to rooms through the `polls` field of room
        create/update (and then begins by itself at session start when `start` is `auto`) or is
        started by a client SDK with the poll id. Passing the whole question list here and adjusting
        single questions and options later is the intended flow. Not idempotent: each call makes a
        new poll.

        Args:
            title: Heading of the poll.
            duration: Seconds the poll stays open once started; 0 means that only a stop command or
                the end of the session closes it. At least 0.
            anonymous: If true, neither peer id nor user id is kept with the answers. Default:
                `false`.
            mode: Which identity counts as one voter. Default: `userid`.
            type: A quiz is a poll whose questions have right answers and scores. Default: `poll`.
            start: With `auto` a poll linked to a room begins with each session; with `manual` a
                client has to start it. Default: `auto`.
            questions: Questions in the order of their index.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
        """
        return await self._call(
            "polls.create",
            Poll,
            {
                **(extra or {}),
                "title": title,
                "duration": duration,
                "anonymous": anonymous,
                "mode": mode,
                "type": type,
                "start": start,
                "questions": questions,
            },
            timeout,
            max_retries,
        )

    async def get(
        self,
        poll_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Poll:
        """Fetch one poll.

        Returns the definition as last written by the create and update calls: settings, questions,
        options and answers. It holds no votes; for those use sessions, results and responses.

        Args:
            poll_id: Identifier returned when the poll was created.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return await self._call(
            "polls.get",
            Poll,
            {"poll_id": poll_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def update(
        self,
        poll_id: str,
        *,
        title: str | None = None,
        duration: int | None = None,
        anonymous: bool | None = None,
        mode: PollMode | None = None,
        type: PollType | None = None,
        start: PollStart | None = None,
        questions: Sequence[PollQuestion | PollQuestionInput] | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Poll:
        """Rewrite a poll.

        Replaces the whole poll definition with the body, keeping the id. Fields and questions left
        out are expected to fall back to defaults or vanish, so send the full object.

        Args:
            poll_id: Identifier returned when the poll was created.
            title: Heading of the poll.
            duration: Seconds the poll stays open once started; 0 means that only a stop command or
                the end of the session closes it. At least 0.
            anonymous: If true, neither peer id nor user id is kept with the answers. Default:
                `false`.
            mode: Which identity counts as one voter. Default: `userid`.
            type: A quiz is a poll whose questions have right answers and scores. Default: `poll`.
            start: With `auto` a poll linked to a room begins with each session; with `manual` a
                client has to start it. Default: `auto`.
            questions: Questions in the order of their index.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
        """
        return await self._call(
            "polls.update",
            Poll,
            {
                **(extra or {}),
                "poll_id": poll_id,
                "title": title,
                "duration": duration,
                "anonymous": anonymous,
                "mode": mode,
                "type": type,
                "start": start,
                "questions": questions,
            },
            timeout,
            max_retries,
        )

    async def update_question(
        self,
        poll_id: str,
        question_id: str,
        *,
        index: int | None = None,
        text: str | None = None,
        format: str | None = None,
        type: PollQuestionType | None = None,
        attachment: Sequence[PollAttachment | PollAttachmentInput] | None = None,
        skippable: bool | None = None,
        duration: int | None = None,
        once: bool | None = None,
        weight: int | None = None,
        answer_min_len: int | None = None,
        answer_max_len: int | None = None,
        answer: PollAnswer | PollAnswerInput | None = None,
        options: Sequence[PollOption | PollOptionInput] | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> PollQuestion:
        """Rewrite one question.

        Replaces the question at the given position, including its options and answer, with the body
        and returns the question as stored.

        Args:
            poll_id: Identifier returned when the poll was created.
            question_id: Position of the question inside the poll, counted from 1 (it is the `index`
                of the question, not a separate id).
            index: Position of the question, unique in the poll, counted from 1; used as
                `question_id` in paths. At least 1.
            text: Wording of the question.
            format: How `text` is to be read; `text` unless set. Default: `text`.
            type: Kind of question: pick one option, pick several, or write a short or a long text.
            attachment: Media shown with the question.
            skippable: Whether a participant may pass over the question. Default: `true`.
            duration: Seconds the question is shown. At least 0.
            once: If true an answer once sent cannot be changed. Default: `false`.
            weight: How much the question counts in scores. Default: `1`.
            answer_min_len: Fewest characters of a short or long text answer. At least 0.
            answer_max_len: Most characters of a short or long text answer. At least 0.
            answer: Right answer of a quiz question.
            options: Choices of a choice question.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
        """
        return await self._call(
            "polls.update_question",
            PollQuestion,
            {
                **(extra or {}),
                "poll_id": poll_id,
                "question_id": question_id,
                "index": index,
                "text": text,
                "format": format,
                "type": type,
                "attachment": attachment,
                "skippable": skippable,
                "duration": duration,
                "once": once,
                "weight": weight,
                "answer_min_len": answer_min_len,
                "answer_max_len": answer_max_len,
                "answer": answer,
                "options": options,
            },
            timeout,
            max_retries,
        )

    async def delete_question(
        self,
        poll_id: str,
        question_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> None:
        """Delete one question.

        Removes the question at the given position. All questions after it move down by one index,
        so positions known to the caller become stale after each delete.

        If the outcome is ambiguous, `polls.get` shows whether it took effect.

        Args:
            poll_id: Identifier returned when the poll was created.
            question_id: Position of the question inside the poll, counted from 1 (it is the `index`
                of the question, not a separate id).
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
        """
        await self._call(
            "polls.delete_question",
            NoneType,
            {"poll_id": poll_id, "question_id": question_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def update_option(
        self,
        poll_id: str,
        question_id: str,
        option_id: str,
        *,
        index: int | None = None,
        text: str | None = None,
        weight: int | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> PollOption:
        """Rewrite one option.

        Replaces the option at the given position of a question with the body and returns it.

        Args:
            poll_id: Identifier returned when the poll was created.
            question_id: Position of the question inside the poll, counted from 1 (it is the `index`
                of the question, not a separate id).
            option_id: Position of the option inside the question, counted from 1 (the `index` of
                the option).
            index: Position of the option, unique in the question, counted from 1; used as
                `option_id` in paths. At least 1.
            text: Label of the option.
            weight: How much the option counts.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
        """
        return await self._call(
            "polls.update_option",
            PollOption,
            {
                **(extra or {}),
                "poll_id": poll_id,
                "question_id": question_id,
                "option_id": option_id,
                "index": index,
                "text": text,
                "weight": weight,
            },
            timeout,
            max_retries,
        )

    async def delete_option(
        self,
        poll_id: str,
        question_id: str,
        option_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> None:
        """Delete one option.

        Removes the option at the given position. Options after it move down by one index.

        If the outcome is ambiguous, `polls.get` shows whether it took effect.

        Args:
            poll_id: Identifier returned when the poll was created.
            question_id: Position of the question inside the poll, counted from 1 (it is the `index`
                of the question, not a separate id).
            option_id: Position of the option inside the question, counted from 1 (the `index` of
                the option).
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/create-polls-via-api
        """
        await self._call(
            "polls.delete_option",
            NoneType,
            {"poll_id": poll_id, "question_id": question_id, "option_id": option_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def list_responses(
        self,
        poll_id: str,
        *,
        start: str | None = None,
        limit: int | None = None,
        all: bool | None = None,
        question: int = ABSENT,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncPager[PollResponse, PollResponseList]:
        """List what participants answered.

        Pages through the answers that participants sent. When a participant changed an answer only
        the newest one is listed, unless `all` is true.

        Args:
            poll_id: Identifier returned when the poll was created.
            start: Cursor: send the `last` value of the page before, that is the id of the last
                response already seen.
            limit: How many items to return at most. The service takes 10 to 100; 100 unless set.
            all: By default only the final version of every response is listed; `true` adds the
                earlier responses that were replaced by an update.
            question: Index of a question; narrows the list to that one question. At least 1.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._pages(
            "polls.list_responses",
            PollResponseList,
            "responses",
            "start",
            {"poll_id": poll_id, "start": start, "limit": limit, "all": all, "question": question},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def get_response(
        self,
        poll_id: str,
        response_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> PollResponse:
        """Fetch one answer.

        Returns a single answer of a participant by its id, as found in the list of responses.

        Args:
            poll_id: Identifier returned when the poll was created.
            response_id: Identifier of one response, as seen in the `id` of a listed response.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return await self._call(
            "polls.get_response",
            PollResponse,
            {"poll_id": poll_id, "response_id": response_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def list_results(
        self,
        poll_id: str,
        *,
        start: str | None = None,
        limit: int | None = None,
        question: int = ABSENT,
        all: bool | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncPager[PollResult, PollResultList]:
        """List scores of a poll.

        Pages through the scores that participants got: one item per participant and question.
        Mainly of use for quizzes.

        Args:
            poll_id: Identifier returned when the poll was created.
            start: Cursor: send the `last` value of the page before, that is the id of the last
                result already seen.
            limit: How many items to return at most. The service takes 10 to 100; 100 unless set.
            question: Index of a question; narrows the list to that one question. At least 1.
            all: Appears only in the sample request of the results page; meaning not documented for
                results. Default: `false`.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._pages(
            "polls.list_results",
            PollResultList,
            "results",
            "start",
            {"poll_id": poll_id, "start": start, "limit": limit, "question": question, "all": all},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def get_result(
        self,
        poll_id: str,
        result_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> PollResult:
        """Fetch one score.

        Returns the score of one participant for one question by the id of the result.

        Args:
            poll_id: Identifier returned when the poll was created.
            result_id: Identifier of one result, as seen in the `id` of a listed result.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return await self._call(
            "polls.get_result",
            PollResult,
            {"poll_id": poll_id, "result_id": result_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def list_sessions(
        self,
        poll_id: str,
        *,
        start: str | None = None,
        limit: int | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncPager[PollSession, PollSessionList]:
        """List the sessions a poll ran in.

        Pages through the runs of one poll: in which room session it ran, when it began and stopped,
        how many responses and participants it had. The session ids can be used with the Sessions
        API.

        Args:
            poll_id: Identifier returned when the poll was created.
            start: Cursor: send the `last` value of the page before, that is the id of the last item
                already seen.
            limit: How many items to return at most. The service takes 10 to 100; 100 unless set.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._pages(
            "polls.list_sessions",
            PollSessionList,
            "responses",
            "start",
            {"poll_id": poll_id, "start": start, "limit": limit},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def get_session(
        self,
        poll_id: str,
        session_id: str,
        *,
        start: str | None = None,
        limit: int | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncPager[PollSession, PollSessionList]:
        """Fetch the runs of a poll in one session.

        Shows when the given poll ran inside the given room session and how many responses and
        distinct participants it had. The documented answer is a page (the same poll may run more
        than once in a session), not a single object.

        Args:
            poll_id: Identifier returned when the poll was created.
            session_id: Identifier of the room session in which the poll ran (same id that the
                Sessions API uses).
            start: Cursor: send the `last` value of the page before, that is the id of the last item
                already seen.
            limit: How many items to return at most. The service takes 10 to 100; 100 unless set.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._pages(
            "polls.get_session",
            PollSessionList,
            "responses",
            "start",
            {"poll_id": poll_id, "session_id": session_id, "start": start, "limit": limit},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def list_session_responses(
        self,
        poll_id: str,
        session_id: str,
        *,
        start: str | None = None,
        limit: int | None = None,
        all: bool | None = None,
        question: int = ABSENT,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncPager[PollResponse, PollResponseList]:
        """List what participants answered.

        Pages through the answers that participants sent. When a participant changed an answer only
        the newest one is listed, unless `all` is true.

        Args:
            poll_id: Identifier returned when the poll was created.
            session_id: Identifier of the room session in which the poll ran (same id that the
                Sessions API uses).
            start: Cursor: send the `last` value of the page before, that is the id of the last
                response already seen.
            limit: How many items to return at most. The service takes 10 to 100; 100 unless set.
            all: By default only the final version of every response is listed; `true` adds the
                earlier responses that were replaced by an update.
            question: Index of a question; narrows the list to that one question. At least 1.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._pages(
            "polls.list_session_responses",
            PollResponseList,
            "responses",
            "start",
            {
                "poll_id": poll_id,
                "session_id": session_id,
                "start": start,
                "limit": limit,
                "all": all,
                "question": question,
            },
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def get_session_response(
        self,
        poll_id: str,
        session_id: str,
        response_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> PollResponse:
        """Fetch one answer.

        Returns a single answer of a participant by its id, as found in the list of responses.

        Args:
            poll_id: Identifier returned when the poll was created.
            session_id: Identifier of the room session in which the poll ran (same id that the
                Sessions API uses).
            response_id: Identifier of one response, as seen in the `id` of a listed response.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return await self._call(
            "polls.get_session_response",
            PollResponse,
            {"poll_id": poll_id, "session_id": session_id, "response_id": response_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def list_session_results(
        self,
        poll_id: str,
        session_id: str,
        *,
        start: str | None = None,
        limit: int | None = None,
        question: int = ABSENT,
        all: bool | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncPager[PollResult, PollResultList]:
        """List scores of a poll.

        Pages through the scores that participants got: one item per participant and question.
        Mainly of use for quizzes.

        Args:
            poll_id: Identifier returned when the poll was created.
            session_id: Identifier of the room session in which the poll ran (same id that the
                Sessions API uses).
            start: Cursor: send the `last` value of the page before, that is the id of the last
                result already seen.
            limit: How many items to return at most. The service takes 10 to 100; 100 unless set.
            question: Index of a question; narrows the list to that one question. At least 1.
            all: Appears only in the sample request of the results page; meaning not documented for
                results. Default: `false`.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._pages(
            "polls.list_session_results",
            PollResultList,
            "results",
            "start",
            {
                "poll_id": poll_id,
                "session_id": session_id,
                "start": start,
                "limit": limit,
                "question": question,
                "all": all,
            },
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def get_session_result(
        self,
        poll_id: str,
        session_id: str,
        result_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> PollResult:
        """Fetch one score.

        Returns the score of one participant for one question by the id of the result.

        Args:
            poll_id: Identifier returned when the poll was created.
            session_id: Identifier of the room session in which the poll ran (same id that the
                Sessions API uses).
            result_id: Identifier of one result, as seen in the `id` of a listed result.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return await self._call(
            "polls.get_session_result",
            PollResult,
            {"poll_id": poll_id, "session_id": session_id, "result_id": result_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )


class PollsWithRawResponse(WithRawResponse):
    """The operations of polls, each of which gives a `Response`."""

    create = responding(Polls.create)
    get = responding(Polls.get)
    update = responding(Polls.update)
    update_question = responding(Polls.update_question)
    delete_question = responding(Polls.delete_question)
    update_option = responding(Polls.update_option)
    delete_option = responding(Polls.delete_option)
    list_responses = first_page(Polls.list_responses)
    get_response = responding(Polls.get_response)
    list_results = first_page(Polls.list_results)
    get_result = responding(Polls.get_result)
    list_sessions = first_page(Polls.list_sessions)
    get_session = first_page(Polls.get_session)
    list_session_responses = first_page(Polls.list_session_responses)
    get_session_response = responding(Polls.get_session_response)
    list_session_results = first_page(Polls.list_session_results)
    get_session_result = responding(Polls.get_session_result)


class AsyncPollsWithRawResponse(WithRawResponse):
    """The operations of polls, each of which gives a `Response`."""

    create = responding_async(AsyncPolls.create)
    get = responding_async(AsyncPolls.get)
    update = responding_async(AsyncPolls.update)
    update_question = responding_async(AsyncPolls.update_question)
    delete_question = responding_async(AsyncPolls.delete_question)
    update_option = responding_async(AsyncPolls.update_option)
    delete_option = responding_async(AsyncPolls.delete_option)
    list_responses = first_page_async(AsyncPolls.list_responses)
    get_response = responding_async(AsyncPolls.get_response)
    list_results = first_page_async(AsyncPolls.list_results)
    get_result = responding_async(AsyncPolls.get_result)
    list_sessions = first_page_async(AsyncPolls.list_sessions)
    get_session = first_page_async(AsyncPolls.get_session)
    list_session_responses = first_page_async(AsyncPolls.list_session_responses)
    get_session_response = responding_async(AsyncPolls.get_session_response)
    list_session_results = first_page_async(AsyncPolls.list_session_results)
    get_session_result = responding_async(AsyncPolls.get_session_result)
