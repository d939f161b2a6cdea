"""Where an administrator asks a practitioner."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from shared.staff.ask_page import AskColleagueForm, FormAsked, PageAskedFor, ask_page, form_asked
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork
from tests.services.lending.commands.ask_colleague import AskColleague, ask_colleague
from tests.services.lending.web.access import STAFF

router = APIRouter()


@dataclass(frozen=True)
class AskedAboutParcel:
    parcel_id: UUID
    asked: FormAsked


async def _read(
    work: UnitOfWork, request: Request, parcel_id: UUID, page: PageAskedFor = "", need: str = ""
) -> AskedAboutParcel:
    return AskedAboutParcel(parcel_id, await form_asked(work, request, ("parcel_id", parcel_id), page, need))


async def _ask(sent: Sent[AskedAboutParcel, AskColleagueForm]) -> None:
    asked = sent.place.asked
    await ask_colleague(AskColleague(sent.place.parcel_id, asked.needed, asked.page, sent.form.words), sent.work)


ASK = ask_page(
    path="/parcels/{parcel_id}/ask",
    may=STAFF,
    site=Site(_read, lambda _: {"back": "/"}),
    store=_ask,
    to=lambda _: "/tasks",
)
add_forms(router, ASK)
