"""Where somebody stops emails by the link in them: nobody signs in, and opening the page does nothing.

A mail program that offers a button of its own sends one request, and asks nothing more (RFC 8058).
"""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.reporting.facts.database.reporting_work import ReportingWork
from services.reporting.subscription.commands.stop_digest import StopDigest, stop_digest
from services.reporting.subscription.database.subscriptions import Subscriptions
from shared.kernel.actor import public_form
from shared.staff.does import does
from shared.staff.form_page import FormPage, Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import ConfirmForm
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.pages import render
from shared.web.permissions import PUBLIC

router = APIRouter(prefix="/stop")


@dataclass(frozen=True)
class StopPlace:
    """Whose emails are stopped."""

    secret: str
    name: str
    """Of the subscription."""
    has_left: bool


async def _read(work: UnitOfWork, secret: str) -> StopPlace:
    subscriptions = Subscriptions(work)
    one = await subscriptions.by_secret(secret)
    name = (await subscriptions.get(one.subscription)).terms.name
    return StopPlace(secret, name, one.left_at is not None)


@router.get("", dependencies=[PUBLIC])
async def say_where(request: Request) -> Response:
    """An address that was cut off."""
    return render(request, "subscription/stop.html", place=None)


@router.get("/{secret}/one-click", dependencies=[PUBLIC])
async def show_question(secret: str) -> Response:
    """The address that mail programs have, opened by somebody."""
    return RedirectResponse(f"/stop/{secret}", 303)


@router.post("/{secret}/one-click", dependencies=[PUBLIC])
async def stop_at_once(request: Request, secret: str) -> Response:
    """What a mail program's own button sends."""
    async with begin(request, public_form()) as work:
        await stop_digest(StopDigest(secret), work)
    return Response("These emails have stopped.\n", media_type="text/plain")


STOP = FormPage[StopPlace, ConfirmForm, ReportingWork](
    path="/{secret}",
    may=PUBLIC,
    site=Site(_read),
    form=ConfirmForm,
    template="subscription/stop.html",
    shows=lambda place: {"place": place},
    store=does(stop_digest, lambda sent: StopDigest(sent.place.secret)),
    to=lambda place: f"/stop/{place.secret}",
)
add_forms(router, STOP)
