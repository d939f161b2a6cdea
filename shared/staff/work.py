"""What a page asks of its application: a unit of work."""

from contextlib import AbstractAsyncContextManager

from starlette.requests import Request

from shared.kernel.actor import Actor
from shared.unit_of_work import UnitOfWork, UnitsOfWork


def begin(request: Request, actor: Actor) -> AbstractAsyncContextManager[UnitOfWork]:
    """A unit of work that ends before the answer is sent, so that what the answer says is committed."""
    units: UnitsOfWork = request.app.state.units_of_work
    return units.begin(actor, traceparent=request.headers.get("traceparent"))
