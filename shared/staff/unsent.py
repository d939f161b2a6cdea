"""What comes when the session of its page has ended: it is kept for whoever opened the page, and nothing is stored."""

from typing import Any

from starlette.requests import Request

from shared.kernel.actor import Actor
from shared.staff.form_answer import FormVisit
from shared.staff.form_page import FormPage
from shared.staff.form_routes import FormEndpoint


async def keep_unsent(request: Request, author: Actor) -> str | None:
    """The address at which they find what they typed; None when it was no form of ours."""
    endpoint = request.scope.get("endpoint")
    if not isinstance(endpoint, FormEndpoint):
        return None
    page: FormPage[Any, Any, Any] = endpoint.page  # pyright: ignore[reportUnknownVariableType] - of any place
    return await FormVisit(page, request, author, {}, request.url.path).keep_unsent()
