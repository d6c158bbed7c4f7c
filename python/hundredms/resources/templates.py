# @generated from crates/hundredms/src/resources/templates.rs by `cargo xtask gen`; do not edit.
"""Templates: roles, settings and destinations that rooms share.

The service also calls them policies.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping, Sequence
from types import NoneType
from typing import Any

from .._pages import AsyncPager, Pager
from .._template_description import TemplateDescription
from ..inputs import (
    DestinationBrowserRecordingInput,
    DestinationHlsInput,
    DestinationRtmpInput,
    DestinationsInput,
    DestinationTranscriptionInput,
    PermissionsInput,
    PublishParamsInput,
    RecordingConfigInput,
    RoleInput,
    SubscribeParamsInput,
    TemplatePluginsInput,
    TemplateRecordingSettingsInput,
    TemplateRoomStateInput,
    TemplateSettingsInput,
)
from ..models.rooms import Region
from ..models.templates import (
    DestinationBrowserRecording,
    DestinationHls,
    DestinationRtmp,
    Destinations,
    DestinationTranscription,
    Permissions,
    PublishParams,
    RecordingConfig,
    Role,
    SubscribeParams,
    Template,
    TemplateList,
    TemplatePlan,
    TemplatePlugins,
    TemplateProgress,
    TemplateRecordingSettings,
    TemplateRoomState,
    TemplateSettings,
)
from ._lazy import lazy
from ._template_editing import AsyncTemplateEditing, TemplateEditing
from ._with_raw_response import (
    WithRawResponse,
    first_page,
    first_page_async,
    responding,
    responding_async,
)


class Templates(TemplateEditing):
    """Templates: roles, settings and destinations that rooms share.

    The service also calls them policies.
    """

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> TemplatesWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return TemplatesWithRawResponse(self._responding())

    def list(
        self,
        *,
        limit: int | None = None,
        start: str | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Pager[Template, TemplateList]:
        """List templates.

        Returns all templates of the account, each with its full content: roles, settings,
        destinations.

        Args:
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            start: Cursor: the `last` value of the previous page.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/list-templates
        """
        return self._pages(
            "templates.list",
            TemplateList,
            "data",
            "start",
            {"limit": limit, "start": start},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def create(
        self,
        *,
        name: str | None = None,
        roles: Mapping[str, Role | RoleInput] | None = None,
        settings: TemplateSettings | TemplateSettingsInput | None = None,
        destinations: Destinations | DestinationsInput | None = None,
        plugins: TemplatePlugins | TemplatePluginsInput | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Template:
        """Create a template.

        A template provides the roles, settings and destinations of rooms. Missing values get their
        defaults. You can send roles as empty objects, let the service fill them, and adjust them
        one by one afterwards. Without a name, the service generates one. If a template with this
        name exists, it is overwritten.

        If the outcome is ambiguous, `templates.list` shows whether it took effect.

        Args:
            name: Unique name: letters, digits, blank, hyphen, dot, underscore and colon. Generated
                if missing. If a template with this name exists, it is overwritten.
            roles: Roles by role name. An empty object uses all defaults.
            settings: Settings to write.
            destinations: Streaming, recording and transcription configurations, each kind as a map
                from destination name to configuration. Pass a name as `destination` to start a
                recording or stream with it.
            plugins: Plugin configuration of a template.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/create-template-via-api
        """
        return self._call(
            "templates.create",
            Template,
            {
                **(extra or {}),
                "name": name,
                "roles": roles,
                "settings": settings,
                "destinations": destinations,
                "plugins": plugins,
            },
            timeout,
            max_retries,
        )

    def get(
        self,
        template_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Template:
        """Return one template.

        Returns a template with all its roles, settings and destinations.

        Args:
            template_id: Id of the template.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/retrieve-a-template
        """
        return self._call(
            "templates.get",
            Template,
            {"template_id": template_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def update(
        self,
        template_id: str,
        *,
        name: str | None = None,
        roles: Mapping[str, Role | RoleInput],
        settings: TemplateSettings | TemplateSettingsInput,
        destinations: Destinations | DestinationsInput | None = None,
        plugins: TemplatePlugins | TemplatePluginsInput | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Template:
        """Replace a template.

        Replaces the whole template: read it, change it, and pass all of it back. Roles that are
        missing from `roles` are deleted. If `destinations` or `plugins` is missing, they are
        deleted too. A field that is missing from a role or from `settings` is reset to its default;
        a role without `publishParams.allowed` may publish everything. Only a missing `name` keeps
        its value. A template that was read can be passed as it is: the fields that the service sets
        are left out, and fields that this version does not know are written back. Renaming to the
        name of another template is refused. Peers in a running session keep the old rules until
        they rejoin or the session restarts.

        Args:
            template_id: Id of the template.
            name: Unique name: letters, digits, blank, hyphen, dot, underscore and colon. Unchanged
                if missing. Must not be the name of another template.
            roles: Roles by role name. An empty object uses all defaults.
            settings: Settings to write.
            destinations: Streaming, recording and transcription configurations, each kind as a map
                from destination name to configuration. Pass a name as `destination` to start a
                recording or stream with it.
            plugins: Plugin configuration of a template.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/update-a-template
        """
        return self._call(
            "templates.update",
            Template,
            {
                **(extra or {}),
                "template_id": template_id,
                "name": name,
                "roles": roles,
                "settings": settings,
                "destinations": destinations,
                "plugins": plugins,
            },
            timeout,
            max_retries,
        )

    def get_destinations(
        self,
        template_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Destinations:
        """Return the destinations of a template.

        Returns the live streaming, RTMP-out and transcription configurations of a template, each
        kind as a map from destination name to configuration.

        Args:
            template_id: Id of the template.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/retrieve-destinations
        """
        return self._call(
            "templates.get_destinations",
            Destinations,
            {"template_id": template_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def update_destinations(
        self,
        template_id: str,
        *,
        browser_recordings: Mapping[
            str, DestinationBrowserRecording | DestinationBrowserRecordingInput
        ]
        | None = None,
        rtmp_destinations: Mapping[str, DestinationRtmp | DestinationRtmpInput] | None = None,
        hls_destinations: Mapping[str, DestinationHls | DestinationHlsInput] | None = None,
        transcriptions: Mapping[str, DestinationTranscription | DestinationTranscriptionInput]
        | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Destinations:
        """Change the destinations of a template.

        Replaces the destinations of a template, and returns the stored destinations. Missing
        destinations are deleted. To configure browser recording, use `templates.update_recordings`.
        Peers in a running session keep the old rules until they rejoin or the session restarts.

        Args:
            template_id: Id of the template.
            browser_recordings: Browser recordings by name; use `templates.update_recordings`
                instead. Deprecated.
            rtmp_destinations: RTMP outputs by name.
            hls_destinations: HLS streams by name.
            transcriptions: Transcriptions by name. Post-call transcripts need a recording, so also
                configure a browser recording or an HLS destination.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/update-destinations
        """
        return self._call(
            "templates.update_destinations",
            Destinations,
            {
                **(extra or {}),
                "template_id": template_id,
                "browserRecordings": browser_recordings,
                "rtmpDestinations": rtmp_destinations,
                "hlsDestinations": hls_destinations,
                "transcriptions": transcriptions,
            },
            timeout,
            max_retries,
        )

    def get_recordings(
        self,
        template_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> builtins.list[RecordingConfig]:
        """Return the recording configuration of a template.

        Returns the recording configurations of a template as a list with at most one item. Switches
        that are off are missing from the response.

        Args:
            template_id: Id of the template.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/configure-recordings
        """
        return self._call(
            "templates.get_recordings",
            list[RecordingConfig],
            {"template_id": template_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def update_recordings(
        self,
        template_id: str,
        *,
        recordings: Sequence[RecordingConfig | RecordingConfigInput],
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> builtins.list[RecordingConfig]:
        """Configure recordings of a template.

        Sets how rooms of the template are recorded: as a room composite by browser or by the media
        server, one file per track, or one file per stream. The list may contain only one
        configuration. It replaces the deprecated switch `settings.recording.enabled` and the
        deprecated `browserRecordings` destinations. Switches that are off are missing from the
        response.

        Args:
            template_id: Id of the template.
            recordings: The recording configuration, or an empty list to remove it. At most 1 item.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/configure-recordings
        """
        return self._call(
            "templates.update_recordings",
            list[RecordingConfig],
            {"template_id": template_id, "recordings": recordings},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    def get_role(
        self,
        template_id: str,
        role_name: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Role:
        """Return one role.

        Returns a role of a template by its name.

        Args:
            template_id: Id of the template.
            role_name: Name of the role inside the template.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/retrieve-a-role
        """
        return self._call(
            "templates.get_role",
            Role,
            {"template_id": template_id, "role_name": role_name},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def put_role(
        self,
        template_id: str,
        role_name: str,
        *,
        name: str | None = None,
        publish_params: PublishParams | PublishParamsInput | None = None,
        subscribe_params: SubscribeParams | SubscribeParamsInput | None = None,
        permissions: Permissions | PermissionsInput | None = None,
        priority: int | None = None,
        max_peer_count: int | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Role:
        """Create or replace one role.

        Creates the role, or replaces it if it exists. Missing fields are reset to their defaults.
        For example, a call with only `permissions` resets `publishParams` (the role may then
        publish audio, video and screen), `subscribeParams`, `priority` and `maxPeerCount`. To
        change one field, read the role, change it, and pass all of it back. Fields that this
        version does not know are written back too. A `name` that differs from the role's name
        renames the role. If the template already has a role with the new name, the call is refused.
        Peers in a running session keep the old rules until they rejoin or the session restarts.

        Args:
            template_id: Id of the template.
            role_name: Name of the role inside the template.
            name: Name of the role, unique in the template. Used in auth tokens and room codes. In
                `put_role`, a different name renames the role. Inside a template, it equals the map
                key.
            publish_params: What a role may publish and in which quality.
            subscribe_params: What a role receives.
            permissions: What peers of a role may do.
            priority: Priority of the role's tracks when the network is bad. 1 is the highest. The
                service documents 5 as the lowest.
            max_peer_count: Maximum number of peers with this role in one session. 0 for no limit,
                -1 for none. At least -1. Defaults to `0`.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/create-update-role
        """
        return self._call(
            "templates.put_role",
            Role,
            {
                **(extra or {}),
                "template_id": template_id,
                "role_name": role_name,
                "name": name,
                "publishParams": publish_params,
                "subscribeParams": subscribe_params,
                "permissions": permissions,
                "priority": priority,
                "maxPeerCount": max_peer_count,
            },
            timeout,
            max_retries,
        )

    def delete_role(
        self,
        template_id: str,
        role_name: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> None:
        """Delete one role.

        Removes a role from a template. A missing role causes a 404.

        Args:
            template_id: Id of the template.
            role_name: Name of the role inside the template.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/delete-a-role
        """
        self._call(
            "templates.delete_role",
            NoneType,
            {"template_id": template_id, "role_name": role_name},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def get_settings(
        self,
        template_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> TemplateSettings:
        """Return the settings of a template.

        Returns the region, recording storage and room-state settings of a template.

        Args:
            template_id: Id of the template.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/retrieve-settings
        """
        return self._call(
            "templates.get_settings",
            TemplateSettings,
            {"template_id": template_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    def update_settings(
        self,
        template_id: str,
        *,
        region: Region | None = None,
        recording: TemplateRecordingSettings | TemplateRecordingSettingsInput | None = None,
        room_state: TemplateRoomState | TemplateRoomStateInput | None = None,
        retry: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> TemplateSettings:
        """Change the settings of a template.

        Replaces the settings of a template, and returns the stored settings. Missing settings are
        reset to their defaults. Peers in a running session keep the old rules until they rejoin or
        the session restarts.

        Args:
            template_id: Id of the template.
            region: Region in which rooms are hosted by default. `auto` selects one automatically.
            recording: Recording switch and storage. If missing or null, 100ms stores recordings.
            room_state: How room state is sent to clients on the preview screen.
            retry: Undocumented by the service.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/update-settings
        """
        return self._call(
            "templates.update_settings",
            TemplateSettings,
            {
                **(extra or {}),
                "template_id": template_id,
                "region": region,
                "recording": recording,
                "roomState": room_state,
                "retry": retry,
            },
            timeout,
            max_retries,
        )

    def diff(
        self,
        template_id: str,
        desired: TemplateDescription,
        *,
        on_progress: Callable[[TemplateProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> TemplatePlan:
        """Compare a template with its description.

        Returns the changes that `templates.apply` would make, in order, and makes none. The
        description is partial: what it does not mention stays as it is. Objects are compared field
        by field; a list replaces the list. Null removes a role, a destination, a plugin, the
        recording storage, or an optional part of them. `recordings` is the list of
        `templates.get_recordings`; an empty list removes the configuration. A template that was
        read is a description too, but without `recordings`, which `templates.get` does not return:
        add them, or the configuration stays as it is. `{"$secret": "stored"}` keeps a stored value
        that must not be in a file, and is refused where nothing is stored. Returned changes contain
        no secrets.

        Args:
            template_id: Id of the template.
            desired: What the template should contain: `name`, `roles`, `settings`, `destinations`,
                `recordings`, `plugins`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 60.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "templates.diff",
            TemplatePlan,
            {"template_id": template_id, "desired": desired},
            TemplateProgress,
            on_progress,
            timeout,
            max_retries,
        )

    def apply(
        self,
        desired: TemplateDescription,
        *,
        template_id: str | None = None,
        dry_run: bool | None = None,
        on_progress: Callable[[TemplateProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> TemplatePlan:
        """Make a template what its description says.

        Finds the template by the `name` in the description, or creates it, and makes the changes
        that `templates.diff` lists: roles before what refers to them, removals last. If nothing
        differs, nothing is written. Only what differs is written, but a role, the settings and the
        destinations are each replaced as a whole, so a change that somebody else makes to the same
        one at the same time is lost. If a call fails, its error says which changes were made and
        which were not. Run it again to make the rest. With `template_id`, a different `name`
        renames the template. Peers in a running session keep the old rules until they rejoin or the
        session restarts.

        Args:
            desired: What the template should contain: `name`, `roles`, `settings`, `destinations`,
                `recordings`, `plugins`. `templates.diff` has the rules. `name` is required without
                `template_id`.
            template_id: Id of the template. Defaults to the template with the name in the
                description.
            dry_run: Return the changes without making them. Defaults to `false`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 300.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return self._run(
            "templates.apply",
            TemplatePlan,
            {"desired": desired, "template_id": template_id, "dry_run": dry_run},
            TemplateProgress,
            on_progress,
            timeout,
            max_retries,
        )


class AsyncTemplates(AsyncTemplateEditing):
    """Templates: roles, settings and destinations that rooms share.

    The service also calls them policies.
    """

    __slots__ = ()

    @lazy
    def with_raw_response(self) -> AsyncTemplatesWithRawResponse:
        """The same methods. Each returns a `Response`: status, headers, attempts."""
        return AsyncTemplatesWithRawResponse(self._responding())

    def list(
        self,
        *,
        limit: int | None = None,
        start: str | None = None,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> AsyncPager[Template, TemplateList]:
        """List templates.

        Returns all templates of the account, each with its full content: roles, settings,
        destinations.

        Args:
            limit: Items per page. A loop over the list reads all pages. Between 1 and 100. Defaults
                to 100. Below 10, the service may send 10 items, or refuse the call: it documents 10
                to 100.
            start: Cursor: the `last` value of the previous page.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/list-templates
        """
        return self._pages(
            "templates.list",
            TemplateList,
            "data",
            "start",
            {"limit": limit, "start": start},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def create(
        self,
        *,
        name: str | None = None,
        roles: Mapping[str, Role | RoleInput] | None = None,
        settings: TemplateSettings | TemplateSettingsInput | None = None,
        destinations: Destinations | DestinationsInput | None = None,
        plugins: TemplatePlugins | TemplatePluginsInput | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Template:
        """Create a template.

        A template provides the roles, settings and destinations of rooms. Missing values get their
        defaults. You can send roles as empty objects, let the service fill them, and adjust them
        one by one afterwards. Without a name, the service generates one. If a template with this
        name exists, it is overwritten.

        If the outcome is ambiguous, `templates.list` shows whether it took effect.

        Args:
            name: Unique name: letters, digits, blank, hyphen, dot, underscore and colon. Generated
                if missing. If a template with this name exists, it is overwritten.
            roles: Roles by role name. An empty object uses all defaults.
            settings: Settings to write.
            destinations: Streaming, recording and transcription configurations, each kind as a map
                from destination name to configuration. Pass a name as `destination` to start a
                recording or stream with it.
            plugins: Plugin configuration of a template.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/create-template-via-api
        """
        return await self._call(
            "templates.create",
            Template,
            {
                **(extra or {}),
                "name": name,
                "roles": roles,
                "settings": settings,
                "destinations": destinations,
                "plugins": plugins,
            },
            timeout,
            max_retries,
        )

    async def get(
        self,
        template_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Template:
        """Return one template.

        Returns a template with all its roles, settings and destinations.

        Args:
            template_id: Id of the template.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/retrieve-a-template
        """
        return await self._call(
            "templates.get",
            Template,
            {"template_id": template_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def update(
        self,
        template_id: str,
        *,
        name: str | None = None,
        roles: Mapping[str, Role | RoleInput],
        settings: TemplateSettings | TemplateSettingsInput,
        destinations: Destinations | DestinationsInput | None = None,
        plugins: TemplatePlugins | TemplatePluginsInput | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Template:
        """Replace a template.

        Replaces the whole template: read it, change it, and pass all of it back. Roles that are
        missing from `roles` are deleted. If `destinations` or `plugins` is missing, they are
        deleted too. A field that is missing from a role or from `settings` is reset to its default;
        a role without `publishParams.allowed` may publish everything. Only a missing `name` keeps
        its value. A template that was read can be passed as it is: the fields that the service sets
        are left out, and fields that this version does not know are written back. Renaming to the
        name of another template is refused. Peers in a running session keep the old rules until
        they rejoin or the session restarts.

        Args:
            template_id: Id of the template.
            name: Unique name: letters, digits, blank, hyphen, dot, underscore and colon. Unchanged
                if missing. Must not be the name of another template.
            roles: Roles by role name. An empty object uses all defaults.
            settings: Settings to write.
            destinations: Streaming, recording and transcription configurations, each kind as a map
                from destination name to configuration. Pass a name as `destination` to start a
                recording or stream with it.
            plugins: Plugin configuration of a template.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/update-a-template
        """
        return await self._call(
            "templates.update",
            Template,
            {
                **(extra or {}),
                "template_id": template_id,
                "name": name,
                "roles": roles,
                "settings": settings,
                "destinations": destinations,
                "plugins": plugins,
            },
            timeout,
            max_retries,
        )

    async def get_destinations(
        self,
        template_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Destinations:
        """Return the destinations of a template.

        Returns the live streaming, RTMP-out and transcription configurations of a template, each
        kind as a map from destination name to configuration.

        Args:
            template_id: Id of the template.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/retrieve-destinations
        """
        return await self._call(
            "templates.get_destinations",
            Destinations,
            {"template_id": template_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def update_destinations(
        self,
        template_id: str,
        *,
        browser_recordings: Mapping[
            str, DestinationBrowserRecording | DestinationBrowserRecordingInput
        ]
        | None = None,
        rtmp_destinations: Mapping[str, DestinationRtmp | DestinationRtmpInput] | None = None,
        hls_destinations: Mapping[str, DestinationHls | DestinationHlsInput] | None = None,
        transcriptions: Mapping[str, DestinationTranscription | DestinationTranscriptionInput]
        | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Destinations:
        """Change the destinations of a template.

        Replaces the destinations of a template, and returns the stored destinations. Missing
        destinations are deleted. To configure browser recording, use `templates.update_recordings`.
        Peers in a running session keep the old rules until they rejoin or the session restarts.

        Args:
            template_id: Id of the template.
            browser_recordings: Browser recordings by name; use `templates.update_recordings`
                instead. Deprecated.
            rtmp_destinations: RTMP outputs by name.
            hls_destinations: HLS streams by name.
            transcriptions: Transcriptions by name. Post-call transcripts need a recording, so also
                configure a browser recording or an HLS destination.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/update-destinations
        """
        return await self._call(
            "templates.update_destinations",
            Destinations,
            {
                **(extra or {}),
                "template_id": template_id,
                "browserRecordings": browser_recordings,
                "rtmpDestinations": rtmp_destinations,
                "hlsDestinations": hls_destinations,
                "transcriptions": transcriptions,
            },
            timeout,
            max_retries,
        )

    async def get_recordings(
        self,
        template_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> builtins.list[RecordingConfig]:
        """Return the recording configuration of a template.

        Returns the recording configurations of a template as a list with at most one item. Switches
        that are off are missing from the response.

        Args:
            template_id: Id of the template.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/configure-recordings
        """
        return await self._call(
            "templates.get_recordings",
            list[RecordingConfig],
            {"template_id": template_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def update_recordings(
        self,
        template_id: str,
        *,
        recordings: Sequence[RecordingConfig | RecordingConfigInput],
        extra_body: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> builtins.list[RecordingConfig]:
        """Configure recordings of a template.

        Sets how rooms of the template are recorded: as a room composite by browser or by the media
        server, one file per track, or one file per stream. The list may contain only one
        configuration. It replaces the deprecated switch `settings.recording.enabled` and the
        deprecated `browserRecordings` destinations. Switches that are off are missing from the
        response.

        Args:
            template_id: Id of the template.
            recordings: The recording configuration, or an empty list to remove it. At most 1 item.
            extra_body: Fields of the body that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/configure-recordings
        """
        return await self._call(
            "templates.update_recordings",
            list[RecordingConfig],
            {"template_id": template_id, "recordings": recordings},
            timeout,
            max_retries,
            extra_body=extra_body,
        )

    async def get_role(
        self,
        template_id: str,
        role_name: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Role:
        """Return one role.

        Returns a role of a template by its name.

        Args:
            template_id: Id of the template.
            role_name: Name of the role inside the template.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/retrieve-a-role
        """
        return await self._call(
            "templates.get_role",
            Role,
            {"template_id": template_id, "role_name": role_name},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def put_role(
        self,
        template_id: str,
        role_name: str,
        *,
        name: str | None = None,
        publish_params: PublishParams | PublishParamsInput | None = None,
        subscribe_params: SubscribeParams | SubscribeParamsInput | None = None,
        permissions: Permissions | PermissionsInput | None = None,
        priority: int | None = None,
        max_peer_count: int | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> Role:
        """Create or replace one role.

        Creates the role, or replaces it if it exists. Missing fields are reset to their defaults.
        For example, a call with only `permissions` resets `publishParams` (the role may then
        publish audio, video and screen), `subscribeParams`, `priority` and `maxPeerCount`. To
        change one field, read the role, change it, and pass all of it back. Fields that this
        version does not know are written back too. A `name` that differs from the role's name
        renames the role. If the template already has a role with the new name, the call is refused.
        Peers in a running session keep the old rules until they rejoin or the session restarts.

        Args:
            template_id: Id of the template.
            role_name: Name of the role inside the template.
            name: Name of the role, unique in the template. Used in auth tokens and room codes. In
                `put_role`, a different name renames the role. Inside a template, it equals the map
                key.
            publish_params: What a role may publish and in which quality.
            subscribe_params: What a role receives.
            permissions: What peers of a role may do.
            priority: Priority of the role's tracks when the network is bad. 1 is the highest. The
                service documents 5 as the lowest.
            max_peer_count: Maximum number of peers with this role in one session. 0 for no limit,
                -1 for none. At least -1. Defaults to `0`.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/create-update-role
        """
        return await self._call(
            "templates.put_role",
            Role,
            {
                **(extra or {}),
                "template_id": template_id,
                "role_name": role_name,
                "name": name,
                "publishParams": publish_params,
                "subscribeParams": subscribe_params,
                "permissions": permissions,
                "priority": priority,
                "maxPeerCount": max_peer_count,
            },
            timeout,
            max_retries,
        )

    async def delete_role(
        self,
        template_id: str,
        role_name: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> None:
        """Delete one role.

        Removes a role from a template. A missing role causes a 404.

        Args:
            template_id: Id of the template.
            role_name: Name of the role inside the template.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/delete-a-role
        """
        await self._call(
            "templates.delete_role",
            NoneType,
            {"template_id": template_id, "role_name": role_name},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def get_settings(
        self,
        template_id: str,
        *,
        extra_query: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> TemplateSettings:
        """Return the settings of a template.

        Returns the region, recording storage and room-state settings of a template.

        Args:
            template_id: Id of the template.
            extra_query: Query parameters that this version does not know, sent as they are.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/retrieve-settings
        """
        return await self._call(
            "templates.get_settings",
            TemplateSettings,
            {"template_id": template_id},
            timeout,
            max_retries,
            extra_query=extra_query,
        )

    async def update_settings(
        self,
        template_id: str,
        *,
        region: Region | None = None,
        recording: TemplateRecordingSettings | TemplateRecordingSettingsInput | None = None,
        room_state: TemplateRoomState | TemplateRoomStateInput | None = None,
        retry: Mapping[str, Any] | None = None,
        extra: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> TemplateSettings:
        """Change the settings of a template.

        Replaces the settings of a template, and returns the stored settings. Missing settings are
        reset to their defaults. Peers in a running session keep the old rules until they rejoin or
        the session restarts.

        Args:
            template_id: Id of the template.
            region: Region in which rooms are hosted by default. `auto` selects one automatically.
            recording: Recording switch and storage. If missing or null, 100ms stores recordings.
            room_state: How room state is sent to clients on the preview screen.
            retry: Undocumented by the service.
            extra: Fields that this version does not know, as in the `extra` of what was read.
            timeout: Seconds for the whole call. Defaults to the client's setting.
            max_retries: How often a failed attempt is repeated. Defaults to the client's setting.

        Service documentation: https://www.100ms.live/docs/server-side/v2/api-reference/policy/update-settings
        """
        return await self._call(
            "templates.update_settings",
            TemplateSettings,
            {
                **(extra or {}),
                "template_id": template_id,
                "region": region,
                "recording": recording,
                "roomState": room_state,
                "retry": retry,
            },
            timeout,
            max_retries,
        )

    async def diff(
        self,
        template_id: str,
        desired: TemplateDescription,
        *,
        on_progress: Callable[[TemplateProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> TemplatePlan:
        """Compare a template with its description.

        Returns the changes that `templates.apply` would make, in order, and makes none. The
        description is partial: what it does not mention stays as it is. Objects are compared field
        by field; a list replaces the list. Null removes a role, a destination, a plugin, the
        recording storage, or an optional part of them. `recordings` is the list of
        `templates.get_recordings`; an empty list removes the configuration. A template that was
        read is a description too, but without `recordings`, which `templates.get` does not return:
        add them, or the configuration stays as it is. `{"$secret": "stored"}` keeps a stored value
        that must not be in a file, and is refused where nothing is stored. Returned changes contain
        no secrets.

        Args:
            template_id: Id of the template.
            desired: What the template should contain: `name`, `roles`, `settings`, `destinations`,
                `recordings`, `plugins`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 60.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "templates.diff",
            TemplatePlan,
            {"template_id": template_id, "desired": desired},
            TemplateProgress,
            on_progress,
            timeout,
            max_retries,
        )

    async def apply(
        self,
        desired: TemplateDescription,
        *,
        template_id: str | None = None,
        dry_run: bool | None = None,
        on_progress: Callable[[TemplateProgress], object] | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
    ) -> TemplatePlan:
        """Make a template what its description says.

        Finds the template by the `name` in the description, or creates it, and makes the changes
        that `templates.diff` lists: roles before what refers to them, removals last. If nothing
        differs, nothing is written. Only what differs is written, but a role, the settings and the
        destinations are each replaced as a whole, so a change that somebody else makes to the same
        one at the same time is lost. If a call fails, its error says which changes were made and
        which were not. Run it again to make the rest. With `template_id`, a different `name`
        renames the template. Peers in a running session keep the old rules until they rejoin or the
        session restarts.

        Args:
            desired: What the template should contain: `name`, `roles`, `settings`, `destinations`,
                `recordings`, `plugins`. `templates.diff` has the rules. `name` is required without
                `template_id`.
            template_id: Id of the template. Defaults to the template with the name in the
                description.
            dry_run: Return the changes without making them. Defaults to `false`.
            on_progress: Called whenever the job has progressed. What it raises ends the job.
            timeout: Seconds for the whole job. Defaults to 300.
            max_retries: How often a failed attempt of each call is repeated. Defaults to the
                client's setting.
        """
        return await self._run(
            "templates.apply",
            TemplatePlan,
            {"desired": desired, "template_id": template_id, "dry_run": dry_run},
            TemplateProgress,
            on_progress,
            timeout,
            max_retries,
        )


class TemplatesWithRawResponse(WithRawResponse):
    """The methods of `Templates`. Each returns a `Response`."""

    list = first_page(Templates.list)
    create = responding(Templates.create)
    get = responding(Templates.get)
    update = responding(Templates.update)
    get_destinations = responding(Templates.get_destinations)
    update_destinations = responding(Templates.update_destinations)
    get_recordings = responding(Templates.get_recordings)
    update_recordings = responding(Templates.update_recordings)
    get_role = responding(Templates.get_role)
    put_role = responding(Templates.put_role)
    delete_role = responding(Templates.delete_role)
    get_settings = responding(Templates.get_settings)
    update_settings = responding(Templates.update_settings)


class AsyncTemplatesWithRawResponse(WithRawResponse):
    """The methods of `AsyncTemplates`. Each returns a `Response`."""

    list = first_page_async(AsyncTemplates.list)
    create = responding_async(AsyncTemplates.create)
    get = responding_async(AsyncTemplates.get)
    update = responding_async(AsyncTemplates.update)
    get_destinations = responding_async(AsyncTemplates.get_destinations)
    update_destinations = responding_async(AsyncTemplates.update_destinations)
    get_recordings = responding_async(AsyncTemplates.get_recordings)
    update_recordings = responding_async(AsyncTemplates.update_recordings)
    get_role = responding_async(AsyncTemplates.get_role)
    put_role = responding_async(AsyncTemplates.put_role)
    delete_role = responding_async(AsyncTemplates.delete_role)
    get_settings = responding_async(AsyncTemplates.get_settings)
    update_settings = responding_async(AsyncTemplates.update_settings)
