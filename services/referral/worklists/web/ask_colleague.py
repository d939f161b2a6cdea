"""A form about a family that someone may not send becomes a request to those who may."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request

from services.referral.people.web.family_page import FamilyPlace, in_family, read_family
from services.referral.staff.commands.ask_colleague import AskColleague, ask_colleague
from services.referral.staff.web.access import STAFF
from shared.staff.ask_page import AskColleagueForm, FormAsked, PageAskedFor, ask_page, form_asked
from shared.staff.form_page import Sent, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/families/{family_id}")


@dataclass(frozen=True)
class AskPlace(FamilyPlace):
    asked: FormAsked


async def _read(
    work: UnitOfWork, request: Request, family_id: UUID, page: PageAskedFor = "", need: str = ""
) -> AskPlace:
    banner = await read_family(work, family_id, "family.read")
    return AskPlace(banner, work.today, await form_asked(work, request, ("family_id", family_id), page, need))


async def _ask(sent: Sent[AskPlace, AskColleagueForm]) -> None:
    asked = sent.place.asked
    command = AskColleague(sent.place.family_id, asked.needed, asked.title, asked.page, sent.form.words)
    await ask_colleague(command, sent.work)


ASK = ask_page(
    path="/ask",
    may=STAFF,
    site=Site(_read, in_family("overview")),
    store=_ask,
    to=lambda place: f"{place.root}?done=asked",
)

add_forms(router, ASK)
