"""What a program uses that PyInstaller or Nuitka has packed: each part of the package, without its metadata."""

import asyncio
import sys

import hundredms
from hundredms import webhooks


async def later(sandbox: hundredms.Sandbox, room_id: str) -> str:
    async with sandbox.async_client() as client:
        return (await client.rooms.get(room_id)).name


def main() -> None:
    with hundredms.Sandbox() as sandbox:
        client = sandbox.client()
        room = client.rooms.create(name="physics-7")
        assert [one.id for one in client.rooms.list()] == [room.id]
        assert asyncio.run(later(sandbox, room.id)) == "physics-7"
        assert client.tokens.decode(client.tokens.auth(room.id, "host")).role == "host"
        try:
            client.templates.get("66b2d2105c803b002ae4f611")
        except hundredms.NotFoundError as error:
            assert error.status == 404
        receiver = webhooks.Receiver(headers={"x-s": "k"})
        seen: list[object] = []
        receiver.fallback(lambda event: seen.append(event.data))
        request = sandbox.webhook_request("peer.join.success", headers={"x-s": "k"})
        assert receiver.handle(request.body, request.headers).status == 200
        with sandbox.deliver_to(receiver, headers={"x-s": "k"}):
            sandbox.join_peer(room_id=room.id, role="host")
        assert [type(data).__name__ for data in seen] == [
            "PeerJoinSuccess",
            "SessionOpenSuccess",
            "PeerJoinSuccess",
        ]
        assert hundredms.models.Room is type(room)
        client.close()
    print(f"hundredms {hundredms.__version__} works, packed: {getattr(sys, 'frozen', '__compiled__' in globals())}")


main()
