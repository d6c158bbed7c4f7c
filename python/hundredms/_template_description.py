"""`TemplateDescription`: what a template should contain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from .models.templates import Template

TemplateDescription: TypeAlias = Template | Mapping[str, Any]
"""What a template should contain: a template that was read, or a dictionary as from a file.

The dictionary has any of `name`, `roles`, `settings`, `destinations`, `recordings` and `plugins`,
under the names of the service. It is partial, null removes, and `{"$secret": "stored"}` keeps what
is stored, so its values have more types than those of the arguments of `templates.update`.
"""
