"""The main job against a sandbox: from a template to a room that is over, and mistakes on the way.

Ends with exit code 0 only if every answer was as expected.
"""

from __future__ import annotations

import socket
from collections.abc import Callable

import hundredms
from hundredms.inputs import RoleInput
from hundredms.sandbox import ControlError

steps = 0


def step(what: str, came: object) -> None:
    """Say what was done and what came of it."""
    global steps
    steps += 1
    print(f"  {steps:>2}. {what:<46} {came}")


def expect(holds: bool, what: str) -> None:
    """Fail unless an answer is as it should be."""
    if not holds:
        raise SystemExit(f"not as expected: {what}")


def role(name: str) -> RoleInput:
    """Give a role of the template."""
    return {
        "name": name,
        "priority": 1,
        "publishParams": {"allowed": ["audio", "video"]},
        "subscribeParams": {"subscribeToRoles": ["teacher", "student"]},
    }


def tell(sandbox: hundredms.Sandbox, client: hundredms.Client) -> None:
    """Tell the story."""
    teacher = role("teacher")
    teacher["permissions"] = {"endRoom": True, "changeRole": True}
    template = client.templates.create(
        name="lessons", roles={"teacher": teacher, "student": role("student")}
    )
    expect(len(template.roles) == 2, "the template has two roles")
    step("made a template with two roles", ", ".join(template.roles))

    room = client.rooms.create(name="physics-7", template_id=template.id, max_duration_seconds=3600)
    expect((room.name, room.template_id) == ("physics-7", template.id), "the room is as asked for")
    step("made a room", room.name)

    codes = {code.role: code.code for code in client.room_codes.create(room.id).data}
    expect(len(codes) == 2, "there is a code for each role")
    step("made a code for each role", ", ".join(codes.values()))

    exchanged = client.room_codes.auth_token(code=codes["student"], user_id="ben")
    claims = client.tokens.check(exchanged.token)
    expect(claims.role == "student", "the code stands for its role")
    step("exchanged a code for a token", f"role {claims.role}")

    minted = client.tokens.auth(room.id, "teacher", user_id="ada")
    ada = sandbox.join_peer(minted, name="Ada")
    ben = sandbox.join_peer(exchanged.token, name="Ben")
    step("minted a token; two peers joined", f"{ada.name}, {ben.name}")

    peers = client.active_rooms.list_peers(room.id).peers
    expect(len(peers) == 2, "both are there")
    step("listed the peers", ", ".join(f"{peer.name} ({peer.role})" for peer in peers.values()))

    promoted = client.active_rooms.update_peer(room.id, ben.id, role="teacher")
    expect(promoted.role == "teacher", "the peer has the new role")
    step("promoted a peer", f"{promoted.name} is a {promoted.role}")

    client.active_rooms.send_message(room.id, message="Welcome!", peer_id=ben.id)
    messages = sandbox.messages(room.id)
    expect([message.message for message in messages] == ["Welcome!"], "the message arrived")
    step("sent a message to one peer", messages[0].message)

    record(sandbox, client, room.id)
    ask(sandbox, client, room.id, [ada.id, ben.id])

    sandbox.advance_clock(300)
    sandbox.leave_peer(ben.id)
    session = client.sessions.list(room_id=room.id).first_page().data[0]
    expect(session.active and len(session.peers) == 2, "the session knows both")
    for peer in session.peers.values():
        if peer.joined_at and peer.left_at:
            there = f"for {(peer.left_at - peer.joined_at).total_seconds() / 60:.0f} minutes"
        else:
            there = "and still is"
        step("saw who was in the session", f"{peer.name} was there {there}")
    left = [peer.left_at for peer in session.peers.values() if peer.name == "Ben"]
    expect(left != [None], "the session knows when Ben left")

    ended = client.active_rooms.end(room.id, reason="class is over", lock=True)
    expect(not client.rooms.get(room.id).enabled, "the room is locked")
    step("ended the room and locked it", ended.message)
    try:
        sandbox.join_peer(minted)
    except ControlError as refused:
        expect(refused.status == 403, "a locked room turns peers away")
    else:
        expect(False, "nobody can join a locked room")


def record(sandbox: hundredms.Sandbox, client: hundredms.Client, room_id: str) -> None:
    """Record a while, and get the file."""
    recording = client.recordings.start(room_id, meeting_url="https://lessons.example/physics-7")
    sandbox.advance_clock(600)
    running = client.recordings.get(recording.id)
    expect(running.status == "running", "the recording runs")
    step("started a recording, and ten minutes passed", running.status)

    client.recordings.stop(recording.id)
    sandbox.advance_clock(600)
    done = client.recordings.get(recording.id)
    expect(done.status == "completed", "the recording is complete")
    step("stopped it, and its files were made", done.status)

    assets = list(client.recording_assets.list(room_id=room_id))
    videos = [asset for asset in assets if asset.type == "room-composite"]
    expect(len(videos) == 1, "there is a recorded file")
    step("listed its files", f"{videos[0].type}, {videos[0].duration} s")

    link = client.recording_assets.presigned_url(videos[0].id)
    expect(link.url.startswith("http"), "the link is a URL")
    step("got a link to one", f"good for {link.expiry} s")


def ask(
    sandbox: hundredms.Sandbox, client: hundredms.Client, room_id: str, peers: list[str]
) -> None:
    """Ask a question, and read what was answered."""
    poll = client.polls.create(
        title="Optics",
        type="quiz",
        mode="peerid",
        start="manual",
        questions=[
            {
                "text": "What does a prism do?",
                "type": "single-choice",
                "options": [
                    {"index": 1, "text": "bends light"},
                    {"index": 2, "text": "makes light"},
                ],
                "answer": {"options": [1]},
            }
        ],
    )
    sandbox.start_poll(room_id, poll.id)
    for peer_id, choice in zip(peers, [1, 2], strict=True):
        sandbox.answer_poll(poll.id, 1, peer_id=peer_id, option=choice)
    sandbox.stop_poll(room_id, poll.id)
    step("asked a question; both answered", poll.title)
    scores = [result.score for result in client.polls.list_results(poll.id)]
    expect(any(score and score > 0 for score in scores), "somebody was right")
    step("read the results", f"scores {scores}")


def mistakes(sandbox: hundredms.Sandbox, client: hundredms.Client) -> None:
    """Make one mistake of each common kind, and show the error that comes back."""

    def mistake(what: str, call: Callable[[], object], kind: type[Exception]) -> None:
        try:
            call()
        except kind as error:
            step(what, error)
        else:
            expect(False, f"{what}: there was no {kind.__name__}")

    nowhere = "66b2d2105c803b002ae4f611"
    mistake("no access key", lambda: hundredms.Client("", ""), hundredms.ConfigurationError)
    mistake(
        "an argument with a typo",
        lambda: client.call_raw("rooms.create", {"nmae": "physics"}),
        hundredms.InvalidRequestError,
    )
    mistake(
        "a value out of range",
        lambda: client.rooms.create(max_duration_seconds=5),
        hundredms.InvalidRequestError,
    )
    mistake("a room that is not there", lambda: client.rooms.get(nowhere), hundredms.NotFoundError)
    mistake(
        "a template that is not there",
        lambda: client.rooms.create(template_id=nowhere),
        hundredms.BadRequestError,
    )
    room = client.rooms.create(name="closed")
    client.rooms.disable(room.id)
    mistake(
        "codes for a disabled room",
        lambda: client.room_codes.create(room.id),
        hundredms.PermissionDeniedError,
    )
    wrong = hundredms.Client(sandbox.access_key, "another-secret", base_url=sandbox.base_url)
    mistake("a wrong secret", lambda: wrong.rooms.get(room.id), hundredms.AuthenticationError)

    with socket.create_server(("127.0.0.1", 0)) as nobody:
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}/v2"
        silent = hundredms.Client("key", "secret", base_url=address)
        mistake(
            "a server that says nothing",
            lambda: silent.rooms.get(room.id, timeout=0.2),
            hundredms.TimeoutError,
        )
        mistake(
            "a start that nobody answered",
            lambda: silent.recordings.start(room.id, timeout=0.2),
            hundredms.AmbiguousOutcomeError,
        )
    mistake(
        "a server that is not there",
        lambda: silent.rooms.get(room.id, max_retries=0),
        hundredms.ConnectionError,
    )


def main() -> None:
    """Tell the story, then the mistakes."""
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        print(f"Python, against a sandbox at {sandbox.base_url}\n")
        tell(sandbox, client)
        print("\n  Mistakes, and what is said of them:\n")
        mistakes(sandbox, client)
    print(f"\n{steps} steps, every answer as expected.")


if __name__ == "__main__":
    main()
