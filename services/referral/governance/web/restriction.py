"""Who may see a family's record: the team lead's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.referral.governance.commands.lift_restriction import LiftRestriction, lift_restriction
from services.referral.governance.commands.restrict_family import restrict_family
from services.referral.governance.web.forms.governance import LiftForm, RestrictForm
from services.referral.people.database.restrictions import Restrictions
from services.referral.people.domain.restriction import Restriction, RestrictionReason
from services.referral.people.web.family_page import FamilyPlace, in_family, read_family
from services.referral.staff.domain.capabilities import LEAD_RECORDS
from services.referral.staff.web.access import LEAD
from shared.staff.answer_words import Ask, Values
from shared.staff.colleagues import Colleague, Colleagues
from shared.staff.does import does
from shared.staff.form_page import FormPage, Site
from shared.staff.form_routes import add_forms
from shared.unit_of_work import UnitOfWork
from shared.web.forms import blank

router = APIRouter(prefix="/families")


@dataclass(frozen=True)
class RestrictionPlace(FamilyPlace):
    """Who may see a record now, and who could."""

    restriction: Restriction | None
    colleagues: Sequence[Colleague]


async def _read(work: UnitOfWork, family_id: UUID) -> RestrictionPlace:
    banner = await read_family(work, family_id, "restriction.read")
    restriction = await Restrictions(work).read(family_id)
    return RestrictionPlace(banner, work.today, restriction, await Colleagues(work.session).everyone())


def _known(place: RestrictionPlace) -> Values:
    now = place.restriction
    return {"reason": now.reason, "colleagues": now.colleagues, "note": now.note} if now else {}


def _shown(place: RestrictionPlace) -> dict[str, Any]:
    return {
        "restriction": place.restriction,
        "colleagues": place.colleagues,
        "reasons": list(RestrictionReason),
        "form": RESTRICT.blank(place),
        "lifted": blank(LiftForm),
    }


_SITE = Site(_read, in_family("record", "/record"))
_TEMPLATE = "governance/restriction.html"
_ASKS = {"reason": Ask("Why"), "colleagues": Ask("Who may see it"), "lift_note": Ask("Why it need not be restricted")}

RESTRICT = FormPage(
    path="/{family_id}/restriction",
    may=LEAD,
    capability=LEAD_RECORDS,
    title="Change who may see the record",
    site=_SITE,
    form=RestrictForm,
    suggested=_known,
    store=does(restrict_family, lambda sent: sent.form.to_command(sent.place.family_id)),
    to=lambda place: f"{place.root}/record?done=restricted",
    template=_TEMPLATE,
    shows=_shown,
    called="form",
    asks=_ASKS,
    choices=lambda place: {"colleagues": place.colleagues},
)
LIFT = FormPage(
    path="/{family_id}/restriction/lift",
    title="Lift the restriction of a record",
    stands_on="/{family_id}/restriction",
    may=LEAD,
    capability=LEAD_RECORDS,
    site=_SITE,
    form=LiftForm,
    store=does(
        lift_restriction, lambda sent: LiftRestriction(sent.place.family_id, sent.form.seen, sent.form.lift_note)
    ),
    to=lambda place: f"{place.root}/record?done=unrestricted",
    template=_TEMPLATE,
    shows=_shown,
    called="lifted",
    asks=_ASKS,
    stored=RESTRICT.stored_words,
)

add_forms(router, RESTRICT, LIFT)
