# @generated from crates/hundredms/src/resources/polls.rs by `cargo xtask gen`; do not edit.
"""Models of polls."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

import msgspec

from .._model import EXTRA, Model, SecretModel

if TYPE_CHECKING:
    PollMode: TypeAlias = Literal["userid", "peerid"] | str
    """Which identity counts as one voter."""

    PollType: TypeAlias = Literal["poll", "quiz"] | str
    """Whether answers are right or wrong."""

    PollStart: TypeAlias = Literal["auto", "manual"] | str
    """How a poll starts."""

    PollQuestionType: TypeAlias = (
        Literal["single-choice", "multiple-choice", "short-answer", "long-answer"] | str
    )
    """How a question is answered."""
else:
    # The service may add words, and msgspec reads no union of words and text.
    PollMode = str
    PollType = str
    PollStart = str
    PollQuestionType = str


class PollQuestion(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question with its options and its right answer."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    index: int | None = None
    """Position of the question, unique in the poll, starting at 1. Used as `question_id` in paths. At least 1."""
    text: str | None = None
    """Wording of the question."""
    format: str | None = None
    """Format of `text`. Defaults to `text`."""
    type: PollQuestionType | None = None
    """Kind of question: pick one option, pick several, or write a short or a long text."""
    attachment: list[PollAttachment] | None = None
    """Media shown with the question."""
    skippable: bool | None = None
    """Whether a participant may skip the question. Defaults to `true`."""
    duration: int | None = None
    """Seconds for which the question is shown. At least 0."""
    once: bool | None = None
    """If true, an answer cannot be changed. Defaults to `false`."""
    weight: int | None = None
    """Weight of the question in scores. Defaults to `1`."""
    answer_min_len: int | None = None
    """Minimum number of characters of a text answer. At least 0."""
    answer_max_len: int | None = None
    """Maximum number of characters of a text answer. At least 0."""
    answer: PollAnswer | None = None
    """Right answer of a quiz question."""
    options: list[PollOption] | None = None
    """Choices of a choice question."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class PollAttachment(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Media file of a question."""

    _urls: ClassVar[frozenset[str]] = frozenset({"url"})

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    type: str | None = None
    """MIME type of the file."""
    url: str | None = None
    """URL of the file."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class PollAnswer(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Right answer of a quiz question."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    hidden: bool | None = None
    """If true, the answer is hidden while the poll runs."""
    options: list[int] | None = None
    """Indexes of the right options. At least 1."""
    text: str | None = None
    """Right answer of a text question."""
    case: bool | None = None
    """If false, the comparison ignores case."""
    trim: bool | None = None
    """If true, the comparison ignores blanks at both ends of the answer."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class PollOption(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One choice of a question."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    index: int | None = None
    """Position of the option, unique in the question, starting at 1. Used as `option_id` in paths. At least 1."""
    text: str | None = None
    """Label of the option."""
    weight: int | None = None
    """Weight of the option."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class Poll(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stored poll."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    id: str
    """Id assigned by the service."""
    title: str | None = None
    """Title of the poll."""
    duration: int | None = None
    """Seconds for which the poll stays open. 0 means until a stop command or the end of the session."""
    anonymous: bool | None = None
    """If true, answers are stored without peer id and user id."""
    mode: PollMode | None = None
    """Which identity counts as one voter."""
    type: PollType | None = None
    """A quiz is a poll whose questions have right answers and scores."""
    start: PollStart | None = None
    """With `auto`, a poll that is linked to a room starts with each session. With `manual`, a client must start it."""
    questions: list[PollQuestion] = []
    """Questions, ordered by index."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class PollResponseList(Model, frozen=True, kw_only=True):
    """One page of poll responses."""

    last: str | None = None
    """Id of the last item of the page. Pass it as `start` to get the next page."""
    limit: int | None = None
    """Page size that the service applied."""
    responses: list[PollResponse]
    """The items."""


class PollResponse(Model, frozen=True, kw_only=True):
    """Answer of one participant to one question."""

    id: str
    """Id of the response."""
    poll_id: str
    """The poll answered."""
    session_id: str
    """Room session in which it was answered."""
    question: int
    """Index of the question answered."""
    duration: int | None = None
    """Time that the participant took to answer."""
    skipped: bool | None = None
    """True if the question was skipped."""
    text: str | None = None
    """Entered text, for text questions."""
    update: bool | None = None
    """True if this response replaces an earlier one by the same participant."""
    original_response: str | None = None
    """Id of the response that this one replaces. Present with `update`."""
    retries: int | None = None
    """Number of retries of the participant."""
    sent_at: datetime | None = None
    """When the answer was sent."""
    peer_id: str | None = None
    """Peer that answered. Not stored for anonymous polls."""
    user_id: str | None = None
    """User id of the peer. Absent if the peer has none, and not stored for anonymous polls."""
    type: PollQuestionType | None = None
    """Kind of the question answered."""
    option: int | None = None
    """Index of the chosen option of a single-choice question."""
    options: list[int] = []
    """Indexes of the chosen options of a multiple-choice question."""


class PollResultList(Model, frozen=True, kw_only=True):
    """One page of poll results."""

    last: str | None = None
    """Id of the last item of the page. Pass it as `start` to get the next page."""
    limit: int | None = None
    """Page size that the service applied."""
    results: list[PollResult]
    """The items."""


class PollResult(Model, frozen=True, kw_only=True):
    """Score of one participant for one question."""

    id: str
    """Id of the result."""
    poll_id: str
    """The poll scored."""
    session_id: str
    """Room session in which it ran."""
    question: int | None = None
    """Index of the question scored."""
    duration: int | None = None
    """Time that the participant took."""
    peer_id: str | None = None
    """Peer that was scored. Not stored for anonymous polls."""
    user_id: str | None = None
    """User id of the peer. Absent if the peer has none, and not stored for anonymous polls."""
    score: int | None = None
    """Points reached."""


class PollSessionList(Model, frozen=True, kw_only=True):
    """One page of poll runs."""

    last: str | None = None
    """Id of the last item of the page. Pass it as `start` to get the next page."""
    limit: int | None = None
    """Page size that the service applied."""
    responses: list[PollSession]
    """The items."""


class PollSession(Model, frozen=True, kw_only=True):
    """One run of a poll inside a room session."""

    id: str
    """Id of the run."""
    poll_id: str
    """The poll that ran."""
    session_id: str
    """Room session in which it ran."""
    started_at: datetime | None = None
    """When the poll was opened."""
    stopped_at: datetime | None = None
    """When the poll was closed."""
    total_responses: int | None = None
    """Number of responses received."""
    unique_participants: int | None = None
    """Number of distinct participants who answered."""
