"""What a page asks of its application: a unit of work."""

from contextlib import AbstractAsyncContextManager
from typing import Any

from starlette.requests import Request

from shared.kernel.actor import Actor
from shared.unit_of_work import UnitsOfWork


def begin(request: Request, actor: Actor) -> AbstractAsyncContextManager[Any]:
    """A unit of work of the service's own kind; it ends before the answer is sent, so what that says is committed."""
    units: UnitsOfWork[Any] = request.app.state.units_of_work
    return units.begin(actor, traceparent=request.headers.get("traceparent"))
