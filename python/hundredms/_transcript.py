"""The methods of a transcript."""

from __future__ import annotations

import msgspec

from . import _native
from ._model import Model


class TranscriptModel(Model, frozen=True, kw_only=True):
    """The exports of `Transcript`. The core writes them: every language returns the same text."""

    def to_srt(self) -> str:
        """Return the transcript as SubRip subtitles: a cue for each sentence, with its speaker.

        Cues are ordered by start. Sentences that overlap remain separate cues. A cue lasts at least
        a millisecond. Line breaks and control characters become spaces, and `-->` becomes `->`.
        Sentences without text are left out.
        """
        return self._export("srt")

    def to_vtt(self) -> str:
        """Return the transcript as WebVTT subtitles: a cue for each sentence, with its speaker.

        As `to_srt`, but `&`, `<` and `>` are escaped.
        """
        return self._export("vtt")

    def to_text(self) -> str:
        """Return the transcript as plain text: a paragraph for each sentence, with its speaker.

        Ordered as for `to_srt`. Line breaks and control characters become spaces.
        """
        return self._export("text")

    def _export(self, format: str) -> str:
        return _native.export_transcript(msgspec.json.encode(self), format)
