"""Give users of a Django project tokens for their lessons: the URLs of the project."""

from __future__ import annotations

# Django has no types.
# pyright: basic
# mypy: disable-error-code="untyped-decorator"
# --8<-- [start:app]
from functools import cache

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

import hundredms


@cache
def get_client() -> hundredms.Client:
    """Make the client of this process at its first call."""
    return hundredms.Client()


@csrf_exempt
def join(request: HttpRequest, number: int) -> JsonResponse:
    """Return a token with which the user joins a lesson."""
    # In your project: the id of request.user, with CSRF checks.
    user_id = request.META.get("HTTP_X_USER_ID", "")
    room = get_client().rooms.create(name=f"lesson-{number}")
    return JsonResponse({"token": get_client().tokens.auth(room.id, "guest", user_id=user_id)})


urlpatterns = [path("lessons/<int:number>/token", join)]
# --8<-- [end:app]
