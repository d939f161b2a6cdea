"""The parcels that wait, each with a button."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from shared.kernel.actor import Actor
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms
from shared.staff.work import begin
from shared.unit_of_work import UnitOfWork
from shared.web.forms import Form
from shared.web.pages import render
from tests.services.lending.commands.send_parcel import SendParcel, send_parcel
from tests.services.lending.domain.capabilities import CAPABILITIES
from tests.services.lending.domain.capabilities import SEND as SENDING
from tests.services.lending.queries.parcel_list import parcel_list
from tests.services.lending.web.access import STAFF

router = APIRouter()


class SendForm(Form):
    """Nothing is asked."""


@router.get("/")
async def show_parcels(request: Request, actor: Annotated[Actor, STAFF]) -> Response:
    async with begin(request, actor) as work:
        work.record("parcels.read")
        lines = await parcel_list(work.session)
    return render(request, "parcels.html", lines=lines, may_send=CAPABILITIES.holds(actor.roles, SENDING))


async def _read_parcel(work: UnitOfWork, parcel_id: UUID) -> UUID:  # noqa: ARG001 - the command refuses what is not there
    return parcel_id


async def _send(sent: Sent[UUID, SendForm]) -> None:
    await send_parcel(SendParcel(sent.place), sent.work)


SEND = FormPage(
    path="/parcels/{parcel_id}/send",
    stands_on="/",
    title="Send the parcel",
    capability=SENDING,
    may=STAFF,
    site=Site(_read_parcel),
    form=SendForm,
    store=_send,
)
add_forms(router, SEND)
