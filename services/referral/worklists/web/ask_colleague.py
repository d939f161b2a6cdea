"""A form about a family that somebody may not send becomes a request to those who may."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.routing import compile_path

from services.referral.people.web.family_page import FamilyPlace, in_family, read_family
from services.referral.staff.commands.ask_colleague import AskColleague, ask_colleague
from services.referral.staff.web.access import STAFF
from services.referral.worklists.web.forms.ask_colleague import AskColleagueForm
from shared.kernel.capability import Capability
from shared.kernel.errors import NotFound
from shared.staff.answer_words import Ask
from shared.staff.asking import capabilities_of, colleagues_with
from shared.staff.form_page import FormPage, Sent, Site
from shared.staff.form_routes import add_forms, forms_of
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/families/{family_id}")


@dataclass(frozen=True)
class AskedForm:
    """The form that a colleague is asked to send."""

    page: str
    title: str
    needed: Capability


@dataclass(frozen=True)
class AskPlace(FamilyPlace):
    asked: AskedForm
    names: Sequence[str]
    """Who may send it."""


def find_form(request: Request, family_id: UUID, page: str, need: str) -> AskedForm:
    """The form with a name, about this family, that is opened there.

    Args:
        need: the code of what it takes, where that is more than the form always needs; else empty.

    Raises:
        NotFound: there is none, so that the address leads nowhere else.
    """
    for entry in forms_of(request.app.routes):
        needed, pattern = entry.page.capability, compile_path(entry.path)[0]
        if not entry.page.title or not isinstance(needed, Capability) or not (found := pattern.fullmatch(page)):
            continue
        ids = {name: _id(value) for name, value in found.groupdict().items()}
        if ids.pop("family_id", None) == family_id and None not in ids.values():
            return AskedForm(page, entry.page.title, capabilities_of(request).named(need) or needed)
    raise NotFound("ask_form", "There is no such form about this family. Go to the family's page.")


def _id(text: str) -> UUID | None:
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text else None


async def _read(
    work: UnitOfWork, request: Request, family_id: UUID, page: Annotated[str, Query(alias="for")] = "", need: str = ""
) -> AskPlace:
    banner = await read_family(work, family_id, "family.read")
    asked = find_form(request, family_id, page, need)
    return AskPlace(banner, work.today, asked, await colleagues_with(request, work, asked.needed))


async def _ask(sent: Sent[AskPlace, AskColleagueForm]) -> None:
    place, asked = sent.place, sent.place.asked
    command = AskColleague(place.family_id, asked.needed, asked.title, asked.page, sent.form.words)
    await ask_colleague(command, sent.work)


ASK = FormPage(
    path="/ask",
    title="Ask a colleague",
    may=STAFF,
    site=Site(_read, in_family("overview")),
    form=AskColleagueForm,
    store=_ask,
    to=lambda place: f"{place.root}?done=asked",
    template="ask-somebody.html",
    shows=lambda place: {"title": place.asked.title, "needed": place.asked.needed, "names": place.names},
    asks={"words": Ask("What you need, and why")},
)

add_forms(router, ASK)
