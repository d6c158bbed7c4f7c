"""`templates.edit`: reads a template, lets the caller change it, and writes it back."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from types import NoneType
from typing import Any, TypeAlias

import msgspec

from .._arguments import refused
from .._calls import read
from .._model import Model
from ..models.templates import Template
from ._resource import AsyncResource, Resource

Changed: TypeAlias = Template | Mapping[str, Any] | None

_JOB = "templates.edit"


def _arguments(template_id: str, before: bytes, template: Template, changed: Any) -> dict[str, Any]:
    """Return the arguments of the job. A template that was changed in place is written."""
    after = template if changed is None else changed
    if not isinstance(after, (Model, Mapping)):
        reason = f"must return a template, a mapping, or None, not {type(after).__name__}"
        raise refused(_JOB, "change", reason)
    return {
        "template_id": template_id,
        "before": msgspec.json.decode(before),
        "after": after,
    }


def _check(change: object) -> None:
    if not callable(change):
        raise refused(_JOB, "change", f"must be callable, not {type(change).__name__}")


class TemplateEditing(Resource):
    """What is written by hand of the templates of a blocking client."""

    __slots__ = ()

    def edit(
        self,
        template_id: str,
        change: Callable[[Template], Changed],
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Template:
        """Read a template, change it, and write it back, with everything else as it is.

            replace = msgspec.structs.replace
            client.templates.edit(
                template_id,
                lambda template: replace(
                    template, settings=replace(template.settings, region="eu")
                ),
            )

        The template is read again right before it is written. If somebody has changed it since
        `change` got it, nothing is written. If `change` changes nothing, nothing is written either.
        The service has no conditional writes: a change in the milliseconds between the second read
        and the write is overwritten. Peers in a running session keep the old rules until they
        rejoin or the session restarts.

        Args:
            template_id: Id of the template.
            change: Called with the template. Returns the template to write, or None if it has
                changed the maps and lists of the template in place. What it raises ends the edit.
            timeout: Seconds for reading, and again for writing. Default to the client's setting
                and to 60.
            max_retries: How often a failed attempt of each call is retried. Defaults to the
                client's setting.

        Raises:
            ConflictError: Somebody has changed the template meanwhile.
            HundredmsError: As `get` and `update` do.
        """
        _check(change)
        given = {"template_id": template_id}
        before = self._calls.json("templates.get", given, timeout, max_retries)
        template = read("templates.get", before, Template)
        changed = change(template)
        if inspect.isawaitable(changed):
            if inspect.iscoroutine(changed):
                changed.close()
            raise refused(_JOB, "change", "must not be async; an AsyncClient takes async callbacks")
        arguments = _arguments(template_id, before, template, changed)
        return self._run(_JOB, Template, arguments, NoneType, None, timeout, max_retries)


class AsyncTemplateEditing(AsyncResource):
    """What is written by hand of the templates of an async client."""

    __slots__ = ()

    async def edit(
        self,
        template_id: str,
        change: Callable[[Template], Changed | Awaitable[Changed]],
        *,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Template:
        """Read a template, change it, and write it back, with everything else as it is.

            replace = msgspec.structs.replace
            await client.templates.edit(
                template_id,
                lambda template: replace(
                    template, settings=replace(template.settings, region="eu")
                ),
            )

        The template is read again right before it is written. If somebody has changed it since
        `change` got it, nothing is written. If `change` changes nothing, nothing is written either.
        The service has no conditional writes: a change in the milliseconds between the second read
        and the write is overwritten. Peers in a running session keep the old rules until they
        rejoin or the session restarts.

        Args:
            template_id: Id of the template.
            change: Called with the template, and awaited if it is async. Returns the template to
                write, or None if it has changed the maps and lists of the template in place. What
                it raises ends the edit.
            timeout: Seconds for reading, and again for writing. Default to the client's setting
                and to 60.
            max_retries: How often a failed attempt of each call is retried. Defaults to the
                client's setting.

        Raises:
            ConflictError: Somebody has changed the template meanwhile.
            HundredmsError: As `get` and `update` do.
        """
        _check(change)
        given = {"template_id": template_id}
        before = await self._calls.json("templates.get", given, timeout, max_retries)
        template = read("templates.get", before, Template)
        returned = change(template)
        if inspect.isawaitable(returned):
            returned = await returned
        arguments = _arguments(template_id, before, template, returned)
        return await self._run(_JOB, Template, arguments, NoneType, None, timeout, max_retries)
