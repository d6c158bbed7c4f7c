"""Create a template with two roles, and change one of them without losing the rest.

Run it with `python templates.py`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:

    template lessons with the roles student, teacher
    students publish audio, video
    students publish audio, video, screen
    room physics-7 uses it
"""

from __future__ import annotations

import msgspec

import hundredms
from hundredms.inputs import RoleInput


# --8<-- [start:role]
def new_role(name: str) -> RoleInput:
    """Return a role that publishes audio and video, and receives everybody."""
    return {
        "name": name,
        "publishParams": {"allowed": ["audio", "video"]},
        "subscribeParams": {"subscribeToRoles": ["teacher", "student"]},
    }


# --8<-- [end:role]


def allow_screen_share(client: hundredms.Client, template_id: str, role_name: str) -> None:
    """Let a role share its screen. An update replaces all of the template, so write it all back."""
    template = client.templates.get(template_id)
    role = template.roles[role_name]
    allowed = [*(role.publish_params.allowed or []), "screen"]
    publish = msgspec.structs.replace(role.publish_params, allowed=allowed)
    client.templates.update(
        template.id,
        roles={**template.roles, role_name: msgspec.structs.replace(role, publish_params=publish)},
        settings=template.settings,
        destinations=template.destinations,
        plugins=template.plugins,
        extra=template.extra,
    )


def print_student(client: hundredms.Client, template_id: str) -> None:
    """Print what students may publish."""
    student = client.templates.get_role(template_id, "student")
    print("students publish", ", ".join(student.publish_params.allowed or []))


def main() -> None:
    """Prepare rooms for lessons."""
    with hundredms.Client() as client:
        # --8<-- [start:create]
        teacher = new_role("teacher")
        teacher["permissions"] = {"endRoom": True, "changeRole": True, "removeOthers": True}
        roles = {"teacher": teacher, "student": new_role("student")}
        template = client.templates.create(name="lessons", roles=roles)
        # --8<-- [end:create]
        print(f"template {template.name} with the roles {', '.join(sorted(template.roles))}")

        print_student(client, template.id)
        allow_screen_share(client, template.id, "student")
        print_student(client, template.id)

        # --8<-- [start:room]
        room = client.rooms.create(name="physics-7", template_id=template.id)
        print(f"room {room.name} uses it")
        # --8<-- [end:room]


if __name__ == "__main__":
    main()
