"""Keep a template in a file: show what would change, apply it, and apply it again.

Run it with `python template_files.py`. It reads HMS_ACCESS_KEY and HMS_SECRET. Prints:

    would create workshops with the roles guest, host
    created workshops
    roles.guest.priority: 1 becomes 3
    applied
    nothing to change
    guests have the priority 4
    copied workshops to another workspace: guest and host, recorded by host
"""

from __future__ import annotations

# --8<-- [start:imports]
import json

import msgspec

import hundredms
from hundredms.models import Template, TemplatePlan

# --8<-- [end:imports]

# --8<-- [start:file]
# The file, as it may be in a repository.
FILE = """{
  "name": "workshops",
  "roles": {
    "host": { "permissions": { "endRoom": true } },
    "guest": { "publishParams": { "allowed": ["audio"] } }
  },
  "settings": { "region": "eu" },
  "recordings": [
    {
      "name": "lessons", "role": "host",
      "compositeRecording": { "browserComposite": { "enabled": true } }
    }
  ]
}"""
# --8<-- [end:file]


# --8<-- [start:lower]
def lower_guests(template: Template) -> None:
    """Lower the priority of guests by one."""
    guest = template.roles["guest"]
    template.roles["guest"] = msgspec.structs.replace(guest, priority=guest.priority + 1)


# --8<-- [end:lower]


# --8<-- [start:copy]
def copy_template(
    source: hundredms.Client, target: hundredms.Client, template_id: str
) -> TemplatePlan:
    """Create a template of one workspace in another one, or make it the same there."""
    template = source.templates.get(template_id)
    recordings = source.templates.get_recordings(template_id)
    return target.templates.apply({**template.to_dict(), "recordings": recordings})


# --8<-- [end:copy]


def main() -> None:
    """Create a template from a file, and change it."""
    with hundredms.Client() as client:
        # --8<-- [start:plan]
        file = json.loads(FILE)
        plan = client.templates.apply(file, dry_run=True)
        paths = [change.path for change in plan.changes]
        roles = [path.removeprefix("roles.") for path in paths if path.startswith("roles.")]
        print(f"would create {plan.name} with the roles {', '.join(roles)}")
        print("created", client.templates.apply(file).name)
        # --8<-- [end:plan]

        # --8<-- [start:change]
        file["roles"]["guest"]["priority"] = 3
        plan = client.templates.apply(file)
        for change in plan.changes:
            print(f"{change.path}: {change.before} becomes {change.after}")
        print("applied")
        if not client.templates.apply(file).changes:
            print("nothing to change")
        # --8<-- [end:change]

        # --8<-- [start:edit]
        template = client.templates.edit(plan.template_id or "", lower_guests)
        print("guests have the priority", template.roles["guest"].priority)
        # --8<-- [end:edit]

        with hundredms.Sandbox() as sandbox, sandbox.client() as other:
            copied = copy_template(client, other, plan.template_id or "").template_id or ""
            roles = sorted(other.templates.get(copied).roles)
            [recording] = other.templates.get_recordings(copied)
            print(
                f"copied workshops to another workspace: {' and '.join(roles)},",
                f"recorded by {recording.role}",
            )


if __name__ == "__main__":
    main()
