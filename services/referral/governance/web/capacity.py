"""How many families a colleague can carry, as the team lead says it."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter

from services.referral.staff.domain.capabilities import LEAD_WORK
from services.referral.staff.web.access import LEAD
from services.referral.support.commands.set_capacity import SetCapacity, no_such_colleague, set_capacity
from services.referral.support.queries.colleague_trainings import colleague_capacity_of, colleague_name
from services.referral.support.web.forms.capacity import CapacityForm
from shared.staff.answer_words import Ask
from shared.staff.does import does
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork

router = APIRouter()


@dataclass(frozen=True)
class Carrier:
    """A colleague who works with families."""

    id: UUID
    name: str
    families: int | None
    """As many as they can carry; None: nobody said."""


async def _read(work: UnitOfWork, colleague_id: UUID) -> Carrier:
    if (name := await colleague_name(work.session, colleague_id)) is None:
        raise no_such_colleague()
    work.record("colleagues.read", colleague_id)
    return Carrier(colleague_id, name, await colleague_capacity_of(work.session, colleague_id))


CAPACITY = Screen(
    path="/colleagues/{colleague_id}/capacity",
    may=LEAD,
    capability=LEAD_WORK,
    site=Site(_read, lambda _: {"back": "/colleagues"}),
    form=CapacityForm,
    suggested=lambda place: {"families": place.families},
    title="How many families they can have",
    about=lambda place: place.name,
    intro=("For planning only. The team page shows it beside the families they have now.",),
    asks={"families": Ask("Families at the same time")},
    store=does(set_capacity, lambda sent: SetCapacity(sent.place.id, sent.form.families)),
    to=lambda _: "/colleagues?done=capacity",
    button="Save",
)

add_forms(router, CAPACITY)
