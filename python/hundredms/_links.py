"""Links at which people and recorders join rooms in the service's own web app."""

from __future__ import annotations

from typing import Any

from . import _native
from ._arguments import text
from ._frames import seal
from ._native import Core
from ._shared import Recipe, Shared


class Links(Shared):
    """Create links to rooms. Nothing here uses the network or blocks.

    `subdomain` is that of the template, as the service's dashboard shows it: `acme` or
    `acme.app.100ms.live`. Templates that were created with the API have none.
    """

    def __init__(self, core: Core, recipe: Recipe) -> None:
        self._core = core
        self._recipe = recipe

    def __reduce__(self) -> tuple[Any, ...]:
        return self._recipe.part("links")

    def join(
        self, subdomain: str, code: str, *, name: str | None = None, user_id: str | None = None
    ) -> str:
        """Create the link at which a person joins with a room code.

        It looks like `https://acme.app.100ms.live/meeting/abc-defg-hij`.

        Args:
            subdomain: Subdomain of the template.
            code: A room code.
            name: Name of the peer, which it cannot change then.
            user_id: Your own id for the user. It is returned in peers, sessions and webhooks.

        Raises:
            InvalidRequestError: A subdomain that is none, or an empty code.
        """
        return _link(self._core, "join", ("code", subdomain, code), None, name, user_id)

    def preview(
        self, subdomain: str, code: str, *, name: str | None = None, user_id: str | None = None
    ) -> str:
        """Create the link at which a person first sees a preview, then joins with a room code.

        It looks like `https://acme.app.100ms.live/preview/abc-defg-hij`.

        Args:
            subdomain: Subdomain of the template.
            code: A room code.
            name: Name of the peer, which it cannot change then.
            user_id: Your own id for the user. It is returned in peers, sessions and webhooks.

        Raises:
            InvalidRequestError: A subdomain that is none, or an empty code.
        """
        return _link(self._core, "preview", ("code", subdomain, code), None, name, user_id)

    def recorder(
        self,
        subdomain: str,
        room_id: str,
        role: str,
        *,
        name: str | None = None,
        user_id: str | None = None,
    ) -> str:
        """Create the link at which a recorder joins without a click.

        It is the `meeting_url` of recordings, live streams and external streams, and looks like
        `https://acme.app.100ms.live/preview/<room_id>/recorder?skip_preview=true`.

        Args:
            subdomain: Subdomain of the template.
            room_id: Id of the room.
            role: Role in which the recorder joins.
            name: Name of the peer.
            user_id: Your own id for the user. It is returned in peers, sessions and webhooks.

        Raises:
            InvalidRequestError: A subdomain that is none, or an empty room id or role.
        """
        checked = text("links.recorder", "role", role)
        return _link(
            self._core, "recorder", ("room_id", subdomain, room_id), checked, name, user_id
        )


def _link(
    core: Core,
    method: str,
    target: tuple[str, str, str],
    role: str | None,
    name: str | None,
    user_id: str | None,
) -> str:
    """Create a link. `target` is what it leads to: the name of the argument, subdomain, value."""
    operation = f"links.{method}"
    field, subdomain, value = target
    return _native.link(
        core,
        method,
        text(operation, "subdomain", subdomain),
        text(operation, field, value),
        role,
        None if name is None else text(operation, "name", name),
        None if user_id is None else text(operation, "user_id", user_id),
    )


seal(Links)
