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
    """What starts a poll."""

    PollQuestionType: TypeAlias = (
        Literal[
            "single-choice",
            "multiple-choice",
            "short-answer",
            "long-answer",
        ]
        | str
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
    """Position of the question, unique in the poll, counted from 1; used as `question_id` in paths. At least 1."""
    text: str | None = None
    """Wording of the question."""
    format: str | None = None
    """How `text` is to be read; `text` unless set. Default: `text`."""
    type: PollQuestionType | None = None
    """Kind of question: pick one option, pick several, or write a short or a long text."""
    attachment: list[PollAttachment] | None = None
    """Media shown with the question."""
    skippable: bool | None = None
    """Whether a participant may pass over the question. Default: `true`."""
    duration: int | None = None
    """Seconds the question is shown. At least 0."""
    once: bool | None = None
    """If true an answer once sent cannot be changed. Default: `false`."""
    weight: int | None = None
    """How much the question counts in scores. Default: `1`."""
    answer_min_len: int | None = None
    """Fewest characters of a short or long text answer. At least 0."""
    answer_max_len: int | None = None
    """Most characters of a short or long text answer. At least 0."""
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
    """Where the file can be fetched."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class PollAnswer(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Right answer of a quiz question."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    hidden: bool | None = None
    """If true the answer is withheld while the poll runs."""
    options: list[int] | None = None
    """Indexes of the options that make up the right answer. At least 1."""
    text: str | None = None
    """Right answer of a text question."""
    case: bool | None = None
    """If false, upper and lower case count as equal when comparing."""
    trim: bool | None = None
    """If true, blanks at both ends of the given answer are dropped before comparing."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class PollOption(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One choice of a question."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    index: int | None = None
    """Position of the option, unique in the question, counted from 1; used as `option_id` in paths. At least 1."""
    text: str | None = None
    """Label of the option."""
    weight: int | None = None
    """How much the option counts."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class Poll(SecretModel, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stored poll definition."""

    _secrets: ClassVar[frozenset[str]] = frozenset({"extra"})

    id: str
    """Identifier given by the service."""
    title: str | None = None
    """Heading of the poll."""
    duration: int | None = None
    """Seconds the poll stays open once started; 0 means that only a stop command or the end of the session closes it."""
    anonymous: bool | None = None
    """If true, neither peer id nor user id is kept with the answers."""
    mode: PollMode | None = None
    """Which identity counts as one voter."""
    type: PollType | None = None
    """A quiz is a poll whose questions have right answers and scores."""
    start: PollStart | None = None
    """With `auto` a poll linked to a room begins with each session; with `manual` a client has to start it."""
    questions: list[PollQuestion] = []
    """Questions in the order of their index."""
    extra: dict[str, Any] = msgspec.field(name=EXTRA, default={})
    """Fields that the service sent and this version does not know. They are written back."""


class PollResponseList(Model, frozen=True, kw_only=True):
    """One page of poll responses."""

    last: str | None = None
    """Id of the last item of the page; pass it as `start` to get the next page."""
    limit: int | None = None
    """Page size that was applied."""
    responses: list[PollResponse]
    """The items."""


class PollResponse(Model, frozen=True, kw_only=True):
    """What one participant answered to one question."""

    id: str
    """Identifier of the response."""
    poll_id: str
    """The poll answered."""
    session_id: str
    """Room session in which it was answered."""
    question: int
    """Index of the question answered."""
    duration: int | None = None
    """Time the participant took to answer."""
    skipped: bool | None = None
    """True if the question was passed over."""
    text: str | None = None
    """Text that was entered, for text questions."""
    update: bool | None = None
    """True if this response replaces an earlier one by the same participant."""
    original_response: str | None = None
    """Id of the response that this one replaces; goes together with `update`."""
    retries: int | None = None
    """How often the participant tried again."""
    sent_at: datetime | None = None
    """When the answer was sent."""
    peer_id: str | None = None
    """Peer that answered; not kept for anonymous polls."""
    user_id: str | None = None
    """User id that the peer joined with; not kept for anonymous polls."""
    type: PollQuestionType | None = None
    """Kind of the question answered."""
    option: int | None = None
    """Index of the chosen option of a single-choice question."""
    options: list[int] = []
    """Indexes of the chosen options of a multiple-choice question."""


class PollResultList(Model, frozen=True, kw_only=True):
    """One page of poll results."""

    last: str | None = None
    """Id of the last item of the page; pass it as `start` to get the next page."""
    limit: int | None = None
    """Page size that was applied."""
    results: list[PollResult]
    """The items."""


class PollResult(Model, frozen=True, kw_only=True):
    """Score of one participant for one question."""

    id: str
    """Identifier of the result."""
    poll_id: str
    """The poll scored."""
    session_id: str
    """Room session in which it ran."""
    question: int | None = None
    """Index of the question scored."""
    duration: int | None = None
    """Time the participant took."""
    peer_id: str | None = None
    """Peer that was scored; not kept for anonymous polls."""
    user_id: str | None = None
    """User id of that peer; not kept for anonymous polls."""
    score: int | None = None
    """Points reached."""


class PollSessionList(Model, frozen=True, kw_only=True):
    """One page of poll runs."""

    last: str | None = None
    """Id of the last item of the page; pass it as `start` to get the next page."""
    limit: int | None = None
    """Page size that was applied."""
    responses: list[PollSession]
    """The items."""


class PollSession(Model, frozen=True, kw_only=True):
    """One run of a poll inside a room session."""

    id: str
    """Identifier of the run."""
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
