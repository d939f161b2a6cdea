"""Holds: what keeps a family's record whatever its date says. The team lead's forms."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter

from services.referral.governance.commands.lift_hold import LiftHold, lift_hold
from services.referral.governance.commands.place_hold import PlaceHold, place_hold
from services.referral.governance.web.forms.governance import HoldForm, LiftHoldForm
from services.referral.people.web.family_page import FamilyPlace, family_site, in_family, read_family
from services.referral.staff.domain.capabilities import LEAD_RECORDS
from services.referral.staff.web.access import STAFF
from shared.staff.answer_words import Ask
from shared.staff.does import does
from shared.staff.form_page import Site
from shared.staff.form_routes import add_forms
from shared.staff.screen import Screen
from shared.unit_of_work import UnitOfWork

router = APIRouter(prefix="/families")


@dataclass(frozen=True)
class HeldRecord(FamilyPlace):
    """A record with the hold that is to be lifted."""

    hold_id: UUID


async def _read_hold(work: UnitOfWork, family_id: UUID, hold_id: UUID) -> HeldRecord:
    return HeldRecord(await read_family(work, family_id, "record.read"), work.today, hold_id)


PLACE = Screen(
    path="/{family_id}/holds/new",
    may=STAFF,
    capability=LEAD_RECORDS,
    site=family_site("record.read", "record", "/record"),
    form=HoldForm,
    title="Place a hold",
    intro=("The record is kept, whatever its date, until someone lifts the hold.",),
    asks={
        "reason": Ask("Why must the record be kept?"),
        "note": Ask("Which inquiry, claim or arrangement is it?", "This stays in the team."),
    },
    store=does(place_hold, lambda sent: PlaceHold(sent.place.family_id, sent.form.reason, sent.form.note)),
    button="Place the hold",
    to=lambda place: f"{place.root}/record?done=held",
)
LIFT = Screen(
    path="/{family_id}/holds/{hold_id}/lift",
    may=STAFF,
    capability=LEAD_RECORDS,
    site=Site(_read_hold, in_family("record", "/record")),
    form=LiftHoldForm,
    title="Lift a hold",
    intro=("The record’s date counts again from now on.",),
    asks={"note": Ask("Why the hold is not needed any more", "This stays in the team.")},
    store=does(lift_hold, lambda sent: LiftHold(sent.place.family_id, sent.place.hold_id, sent.form.note)),
    button="Lift the hold",
    to=lambda place: f"{place.root}/record?done=lifted",
)

add_forms(router, PLACE, LIFT)
