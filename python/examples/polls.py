"""Create a quiz, run it in a room, and read the results.

Run it with `python polls.py`. It starts a sandbox, whose peers answer. Prints:

    created the quiz Optics
    2 peers answered
    ada scored 1
    ben scored 0
"""

from __future__ import annotations

# --8<-- [start:imports]
import hundredms
from hundredms.inputs import PollQuestionInput
from hundredms.models import Poll

# --8<-- [end:imports]

# --8<-- [start:question]
QUESTION: PollQuestionInput = {
    "text": "What does a prism do?",
    "type": "single-choice",
    "options": [{"index": 1, "text": "It bends light"}, {"index": 2, "text": "It makes light"}],
    "answer": {"options": [1]},
}
# --8<-- [end:question]


# --8<-- [start:create]
def create_quiz(client: hundredms.Client) -> Poll:
    """Create a quiz that a client starts. With `start="auto"`, link it to rooms instead."""
    return client.polls.create(title="Optics", type="quiz", start="manual", questions=[QUESTION])


# --8<-- [end:create]


def main() -> None:
    """Ask two peers."""
    with hundredms.Sandbox() as sandbox, sandbox.client() as client:
        room = client.rooms.create(name="physics-7")
        # --8<-- [start:ask]
        quiz = create_quiz(client)
        print(f"created the quiz {quiz.title}")

        # The app of the teacher opens the poll, and those of the students answer.
        ada = sandbox.join_peer(room_id=room.id, role="guest", user_id="ada")
        ben = sandbox.join_peer(room_id=room.id, role="guest", user_id="ben")
        sandbox.start_poll(room.id, quiz.id)
        sandbox.answer_poll(quiz.id, 1, peer_id=ada.id, option=1)
        sandbox.answer_poll(quiz.id, 1, peer_id=ben.id, option=2)
        run = sandbox.stop_poll(room.id, quiz.id)
        print(f"{run.unique_participants} peers answered")
        # --8<-- [end:ask]

        # --8<-- [start:results]
        results = list(client.polls.list_results(quiz.id))
        for result in sorted(results, key=lambda result: result.user_id or ""):
            print(f"{result.user_id} scored {result.score}")
        # --8<-- [end:results]


if __name__ == "__main__":
    main()
