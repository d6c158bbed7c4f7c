"""Transcripts, summaries and chats of recordings, and their exports."""

from __future__ import annotations

import asyncio

import pytest

import hundredms
from hundredms.models import RecordingAsset, Transcript, TranscriptSentence


def recorded(client: hundredms.Client, sandbox: hundredms.Sandbox) -> str:
    """Record ten seconds with two people and a message."""
    room = client.rooms.create(name="physics-7")
    sandbox.join_peer(room_id=room.id, role="host", name="Ada")
    sandbox.join_peer(room_id=room.id, role="guest", name="Grace")
    recording = client.recordings.start(
        room.id,
        meeting_url="https://meet.example/stage",
        transcription={"enabled": True, "summary": {"enabled": True}},
    )
    sandbox.advance_clock(10)
    client.active_rooms.send_message(room.id, message="a\nb", role="host")
    sandbox.advance_clock(10)
    client.recordings.stop(recording.id)
    return recording.id


def test_what_a_recording_contains_is_typed(hundredms_sandbox: hundredms.Sandbox) -> None:
    with hundredms_sandbox.client() as client:
        recording_id = recorded(client, hundredms_sandbox)
        with pytest.raises(hundredms.JobFailedError, match="still") as raised:
            client.recordings.summary(recording_id=recording_id)
        assert raised.value.state == "stopping"
        assets = client.recording_assets.wait(recording_id=recording_id)
        assert {type(asset) for asset in assets} == {RecordingAsset}
        assert {asset.status for asset in assets} == {"completed"}
        transcript = client.recordings.transcript(recording_id=recording_id)
        assert transcript.sentences[0].name == "Ada"
        assert transcript.words[0].word == "Hello"
        assert transcript.to_text().startswith("Ada: Hello, everyone, and welcome.\n\nGrace: ")
        summary = client.recordings.summary(recording_id=recording_id)
        assert summary.sections[-1].format == "paragraph"
        (message,) = client.recordings.chat(recording_id=recording_id)
        assert (message.message, message.roles) == ("a\nb", ["host"])
        assert message.sent_at is not None
        assert message.sent_at.tzinfo is not None


def test_the_async_client_reads_them_too(hundredms_sandbox: hundredms.Sandbox) -> None:
    with hundredms_sandbox.client() as client:
        recording_id = recorded(client, hundredms_sandbox)

    async def read() -> None:
        seen: list[int] = []
        async with hundredms_sandbox.async_client() as client:
            await client.recording_assets.wait(
                recording_id=recording_id,
                types=["transcript"],
                on_progress=lambda progress: seen.append(progress.completed),
            )
            transcript = await client.recordings.transcript(recording_id=recording_id)
        assert seen[-1] == 3
        assert transcript.to_srt().count("-->") == len(transcript.sentences)

    asyncio.run(read())


def test_a_transcript_of_your_own_is_exported() -> None:
    sentences = [
        TranscriptSentence(sentence="é --> <x>", name="B & C", start_time=3_600_001, end_time=0),
        TranscriptSentence(sentence="first\nline", start_time=5, end_time=1500),
    ]
    transcript = Transcript(sentences=sentences, words=[])
    assert transcript.to_srt() == (
        "1\n00:00:00,005 --> 00:00:01,500\nfirst line\n\n"
        "2\n01:00:00,001 --> 01:00:00,002\nB & C: é -> <x>\n"
    )
    assert transcript.to_vtt() == (
        "WEBVTT\n\n00:00:00.005 --> 00:00:01.500\nfirst line\n\n"
        "01:00:00.001 --> 01:00:00.002\n<v B &amp; C>é --&gt; &lt;x&gt;\n"
    )
    assert transcript.to_text() == "first line\n\nB & C: é --> <x>\n"
    assert Transcript(sentences=[], words=[]).to_vtt() == "WEBVTT\n"
