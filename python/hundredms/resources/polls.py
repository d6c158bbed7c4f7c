# @generated from crates/hundredms/src/resources/polls.rs by `cargo xtask gen`; do not edit.
"""Polls: questions to peers, answers and results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import NoneType
from typing import Any

from .._absent import ABSENT
from .._pages import AsyncPager, Pager
from ..inputs import PollAnswerInput, PollAttachmentInput, PollOptionInput, PollQuestionInput
from ..models.polls import (
    Poll,
    PollAnswer,
    PollAttachment,
    PollMode,
    PollOption,
    PollQuestion,
    PollQuestionType,
    PollResponse,
    PollResponseList,
    PollResult,
    PollResultList,
    PollSession,
    PollSessionList,
    PollStart,
    PollType,
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


class Polls(Resource):
    """Polls: questions to peers, answers and results."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> PollsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
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

        Stores a poll with its questions, options and right answers, and assigns an id. The call
        does not start the poll. Either link it to rooms through the `polls` field of room create
        and update (it then starts with the session if `start` is `auto`), or start it in a client
        SDK with the poll id. Pass the whole question list here, and adjust single questions and
        options later. Not idempotent: each call creates a new poll.

        Args:
            title: Title of the poll.
            duration: Seconds for which the poll stays open. 0 means until a stop command or the end
                of the session. At least 0.
            anonymous: If true, answers are stored without peer id and user id. Defaults to `false`.
            mode: Which identity counts as one voter. Defaults to `userid`.
            type: A quiz is a poll whose questions have right answers and scores. Defaults to
                `poll`.
            start: With `auto`, a poll that is linked to a room starts with each session. With
                `manual`, a client must start it. Defaults to `auto`.
            questions: Questions, ordered by index.
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
        """Return one poll.

        Returns the poll as last written by create and update: settings, questions, options and
        right answers. It does not contain votes; use sessions, results and responses for these.

        Args:
            poll_id: Id of the poll.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return self._call(
            "polls.get", Poll, {"poll_id": poll_id}, timeout, max_retries, extra_query=extra_query
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
        """Replace a poll.

        Replaces the whole poll and keeps its id. Missing fields are reset to their defaults and
        missing questions are removed, so send the full poll.

        Args:
            poll_id: Id of the poll.
            title: Title of the poll.
            duration: Seconds for which the poll stays open. 0 means until a stop command or the end
                of the session. At least 0.
            anonymous: If true, answers are stored without peer id and user id. Defaults to `false`.
            mode: Which identity counts as one voter. Defaults to `userid`.
            type: A quiz is a poll whose questions have right answers and scores. Defaults to
                `poll`.
            start: With `auto`, a poll that is linked to a room starts with each session. With
                `manual`, a client must start it. Defaults to `auto`.
            questions: Questions, ordered by index.
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
        """Replace one question.

        Replaces the question at this position, including its options and answer, and returns the
        stored question.

        Args:
            poll_id: Id of the poll.
            question_id: Position of the question in the poll, starting at 1. This is the `index` of
                the question, not a separate id.
            index: Position of the question, unique in the poll, starting at 1. Used as
                `question_id` in paths. At least 1.
            text: Wording of the question.
            format: Format of `text`. Defaults to `text`.
            type: Kind of question: pick one option, pick several, or write a short or a long text.
            attachment: Media shown with the question.
            skippable: Whether a participant may skip the question. Defaults to `true`.
            duration: Seconds for which the question is shown. At least 0.
            once: If true, an answer cannot be changed. Defaults to `false`.
            weight: Weight of the question in scores. Defaults to `1`.
            answer_min_len: Minimum number of characters of a text answer. At least 0.
            answer_max_len: Maximum number of characters of a text answer. At least 0.
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

        Removes the question at this position. The index of all later questions decreases by one, so
        known positions are invalid after each delete.

        If the outcome is ambiguous, `polls.get` shows whether it took effect.

        Args:
            poll_id: Id of the poll.
            question_id: Position of the question in the poll, starting at 1. This is the `index` of
                the question, not a separate id.
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
        """Replace one option.

        Replaces the option at this position of a question, and returns it.

        Args:
            poll_id: Id of the poll.
            question_id: Position of the question in the poll, starting at 1. This is the `index` of
                the question, not a separate id.
            option_id: Position of the option in the question, starting at 1. This is the `index` of
                the option.
            index: Position of the option, unique in the question, starting at 1. Used as
                `option_id` in paths. At least 1.
            text: Label of the option.
            weight: Weight of the option.
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

        Removes the option at this position. The index of all later options decreases by one.

        If the outcome is ambiguous, `polls.get` shows whether it took effect.

        Args:
            poll_id: Id of the poll.
            question_id: Position of the question in the poll, starting at 1. This is the `index` of
                the question, not a separate id.
            option_id: Position of the option in the question, starting at 1. This is the `index` of
                the option.
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
        """List the answers of participants.

        Returns the answers of participants. If a participant changed an answer, only the newest one
        is listed, unless `all` is true.

        Args:
            poll_id: Id of the poll.
            start: Cursor: the `last` value of the previous page, which is the id of its last
                response.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            all: If true, also list responses that were replaced by later ones. Defaults to false.
            question: Only answers to the question with this index. At least 1.
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
        """Return one answer.

        Returns one answer of a participant by its id.

        Args:
            poll_id: Id of the poll.
            response_id: Id of the response, from the list of responses.
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

        Returns the scores of participants, one item per participant and question. Mainly useful for
        quizzes.

        Args:
            poll_id: Id of the poll.
            start: Cursor: the `last` value of the previous page, which is the id of its last
                result.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            question: Only answers to the question with this index. At least 1.
            all: Undocumented by the service. Defaults to `false`.
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
        """Return one score.

        Returns the score of one participant for one question, by the id of the result.

        Args:
            poll_id: Id of the poll.
            result_id: Id of the result, from the list of results.
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

        Returns the runs of a poll: the room session, the start and end, and the number of responses
        and participants. The session ids are those of the sessions resource.

        Args:
            poll_id: Id of the poll.
            start: Cursor: the `last` value of the previous page, which is the id of its last item.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
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
        """Return the runs of a poll in one session.

        Returns when the poll ran in the room session, and the number of responses and distinct
        participants. The response is a page, because a poll can run more than once in a session.

        Args:
            poll_id: Id of the poll.
            session_id: Id of the room session in which the poll ran, as in the sessions resource.
            start: Cursor: the `last` value of the previous page, which is the id of its last item.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
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
        """List the answers of participants.

        Returns the answers of participants. If a participant changed an answer, only the newest one
        is listed, unless `all` is true.

        Args:
            poll_id: Id of the poll.
            session_id: Id of the room session in which the poll ran, as in the sessions resource.
            start: Cursor: the `last` value of the previous page, which is the id of its last
                response.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            all: If true, also list responses that were replaced by later ones. Defaults to false.
            question: Only answers to the question with this index. At least 1.
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
        """Return one answer.

        Returns one answer of a participant by its id.

        Args:
            poll_id: Id of the poll.
            session_id: Id of the room session in which the poll ran, as in the sessions resource.
            response_id: Id of the response, from the list of responses.
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

        Returns the scores of participants, one item per participant and question. Mainly useful for
        quizzes.

        Args:
            poll_id: Id of the poll.
            session_id: Id of the room session in which the poll ran, as in the sessions resource.
            start: Cursor: the `last` value of the previous page, which is the id of its last
                result.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            question: Only answers to the question with this index. At least 1.
            all: Undocumented by the service. Defaults to `false`.
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
        """Return one score.

        Returns the score of one participant for one question, by the id of the result.

        Args:
            poll_id: Id of the poll.
            session_id: Id of the room session in which the poll ran, as in the sessions resource.
            result_id: Id of the result, from the list of results.
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
    """Polls: questions to peers, answers and results."""

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AsyncPollsWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
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

        Stores a poll with its questions, options and right answers, and assigns an id. The call
        does not start the poll. Either link it to rooms through the `polls` field of room create
        and update (it then starts with the session if `start` is `auto`), or start it in a client
        SDK with the poll id. Pass the whole question list here, and adjust single questions and
        options later. Not idempotent: each call creates a new poll.

        Args:
            title: Title of the poll.
            duration: Seconds for which the poll stays open. 0 means until a stop command or the end
                of the session. At least 0.
            anonymous: If true, answers are stored without peer id and user id. Defaults to `false`.
            mode: Which identity counts as one voter. Defaults to `userid`.
            type: A quiz is a poll whose questions have right answers and scores. Defaults to
                `poll`.
            start: With `auto`, a poll that is linked to a room starts with each session. With
                `manual`, a client must start it. Defaults to `auto`.
            questions: Questions, ordered by index.
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
        """Return one poll.

        Returns the poll as last written by create and update: settings, questions, options and
        right answers. It does not contain votes; use sessions, results and responses for these.

        Args:
            poll_id: Id of the poll.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/polls/get-polls-via-api
        """
        return await self._call(
            "polls.get", Poll, {"poll_id": poll_id}, timeout, max_retries, extra_query=extra_query
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
        """Replace a poll.

        Replaces the whole poll and keeps its id. Missing fields are reset to their defaults and
        missing questions are removed, so send the full poll.

        Args:
            poll_id: Id of the poll.
            title: Title of the poll.
            duration: Seconds for which the poll stays open. 0 means until a stop command or the end
                of the session. At least 0.
            anonymous: If true, answers are stored without peer id and user id. Defaults to `false`.
            mode: Which identity counts as one voter. Defaults to `userid`.
            type: A quiz is a poll whose questions have right answers and scores. Defaults to
                `poll`.
            start: With `auto`, a poll that is linked to a room starts with each session. With
                `manual`, a client must start it. Defaults to `auto`.
            questions: Questions, ordered by index.
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
        """Replace one question.

        Replaces the question at this position, including its options and answer, and returns the
        stored question.

        Args:
            poll_id: Id of the poll.
            question_id: Position of the question in the poll, starting at 1. This is the `index` of
                the question, not a separate id.
            index: Position of the question, unique in the poll, starting at 1. Used as
                `question_id` in paths. At least 1.
            text: Wording of the question.
            format: Format of `text`. Defaults to `text`.
            type: Kind of question: pick one option, pick several, or write a short or a long text.
            attachment: Media shown with the question.
            skippable: Whether a participant may skip the question. Defaults to `true`.
            duration: Seconds for which the question is shown. At least 0.
            once: If true, an answer cannot be changed. Defaults to `false`.
            weight: Weight of the question in scores. Defaults to `1`.
            answer_min_len: Minimum number of characters of a text answer. At least 0.
            answer_max_len: Maximum number of characters of a text answer. At least 0.
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

        Removes the question at this position. The index of all later questions decreases by one, so
        known positions are invalid after each delete.

        If the outcome is ambiguous, `polls.get` shows whether it took effect.

        Args:
            poll_id: Id of the poll.
            question_id: Position of the question in the poll, starting at 1. This is the `index` of
                the question, not a separate id.
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
        """Replace one option.

        Replaces the option at this position of a question, and returns it.

        Args:
            poll_id: Id of the poll.
            question_id: Position of the question in the poll, starting at 1. This is the `index` of
                the question, not a separate id.
            option_id: Position of the option in the question, starting at 1. This is the `index` of
                the option.
            index: Position of the option, unique in the question, starting at 1. Used as
                `option_id` in paths. At least 1.
            text: Label of the option.
            weight: Weight of the option.
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

        Removes the option at this position. The index of all later options decreases by one.

        If the outcome is ambiguous, `polls.get` shows whether it took effect.

        Args:
            poll_id: Id of the poll.
            question_id: Position of the question in the poll, starting at 1. This is the `index` of
                the question, not a separate id.
            option_id: Position of the option in the question, starting at 1. This is the `index` of
                the option.
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
        """List the answers of participants.

        Returns the answers of participants. If a participant changed an answer, only the newest one
        is listed, unless `all` is true.

        Args:
            poll_id: Id of the poll.
            start: Cursor: the `last` value of the previous page, which is the id of its last
                response.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            all: If true, also list responses that were replaced by later ones. Defaults to false.
            question: Only answers to the question with this index. At least 1.
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
        """Return one answer.

        Returns one answer of a participant by its id.

        Args:
            poll_id: Id of the poll.
            response_id: Id of the response, from the list of responses.
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

        Returns the scores of participants, one item per participant and question. Mainly useful for
        quizzes.

        Args:
            poll_id: Id of the poll.
            start: Cursor: the `last` value of the previous page, which is the id of its last
                result.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            question: Only answers to the question with this index. At least 1.
            all: Undocumented by the service. Defaults to `false`.
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
        """Return one score.

        Returns the score of one participant for one question, by the id of the result.

        Args:
            poll_id: Id of the poll.
            result_id: Id of the result, from the list of results.
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

        Returns the runs of a poll: the room session, the start and end, and the number of responses
        and participants. The session ids are those of the sessions resource.

        Args:
            poll_id: Id of the poll.
            start: Cursor: the `last` value of the previous page, which is the id of its last item.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
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
        """Return the runs of a poll in one session.

        Returns when the poll ran in the room session, and the number of responses and distinct
        participants. The response is a page, because a poll can run more than once in a session.

        Args:
            poll_id: Id of the poll.
            session_id: Id of the room session in which the poll ran, as in the sessions resource.
            start: Cursor: the `last` value of the previous page, which is the id of its last item.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
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
        """List the answers of participants.

        Returns the answers of participants. If a participant changed an answer, only the newest one
        is listed, unless `all` is true.

        Args:
            poll_id: Id of the poll.
            session_id: Id of the room session in which the poll ran, as in the sessions resource.
            start: Cursor: the `last` value of the previous page, which is the id of its last
                response.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            all: If true, also list responses that were replaced by later ones. Defaults to false.
            question: Only answers to the question with this index. At least 1.
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
        """Return one answer.

        Returns one answer of a participant by its id.

        Args:
            poll_id: Id of the poll.
            session_id: Id of the room session in which the poll ran, as in the sessions resource.
            response_id: Id of the response, from the list of responses.
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

        Returns the scores of participants, one item per participant and question. Mainly useful for
        quizzes.

        Args:
            poll_id: Id of the poll.
            session_id: Id of the room session in which the poll ran, as in the sessions resource.
            start: Cursor: the `last` value of the previous page, which is the id of its last
                result.
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            question: Only answers to the question with this index. At least 1.
            all: Undocumented by the service. Defaults to `false`.
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
        """Return one score.

        Returns the score of one participant for one question, by the id of the result.

        Args:
            poll_id: Id of the poll.
            session_id: Id of the room session in which the poll ran, as in the sessions resource.
            result_id: Id of the result, from the list of results.
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
    """The methods of `Polls`. Each returns a `Response`."""

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
    """The methods of `AsyncPolls`. Each returns a `Response`."""

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
