"""What the form of a new referral begins with where a consultation led to it: nothing is asked twice."""

from typing import Any

from services.referral.intake.domain.wanted_referral import WantedReferral
from services.referral.people.database.families import Families
from services.referral.people.domain.family import Family
from services.referral.people.web.forms.family import OtherCaregiver
from shared.kernel.calendar import date_words
from shared.kernel.errors import NotAllowed
from shared.unit_of_work import UnitOfWork


async def answers_of(wanted: WantedReferral, work: UnitOfWork) -> dict[str, Any]:
    """What the consultation's codes say, and the record of a family that it named."""
    held = f" of {date_words(wanted.held_on)}" if wanted.held_on else ""
    known: dict[str, Any] = {
        "source_group": wanted.sector,
        "reasons": wanted.reasons,
        "story": f"It comes from a consultation{held}: what was said is kept there.",
    }
    if wanted.family_id and (family := await _seen(wanted, work)):
        known |= _people(family)
        work.record("family.read", family.id)
    return {name: value for name, value in known.items() if value}


async def _seen(wanted: WantedReferral, work: UnitOfWork) -> Family | None:
    """None where the record is closed to whoever asks: they enter what they are told, and triage finds the family."""
    try:
        return await Families(work).get(wanted.family_id) if wanted.family_id else None
    except NotAllowed:
        return None


def _people(family: Family) -> dict[str, Any]:
    """The first baby, and the carer who looks after them most."""
    said: dict[str, Any] = {}
    if family.babies:
        baby = family.babies[0]
        said |= {"born": "yes" if baby.born_on else "no", "born_on": baby.born_on, "baby_name": baby.name}
        said |= {"due_on": None if baby.born_on else baby.due_on, "nhs_number": baby.nhs_number}
        said["postcode"] = baby.postcode
    if dyad := next(iter(sorted(family.dyads, key=lambda one: not one.is_primary)), None):
        carer = family.member(dyad.carer_id).person
        said |= {"caregiver_name": carer.name, "relationship": dyad.relationship, "caregiver_phone": carer.phone}
        said["postcode"] = said.get("postcode") or carer.postcode
    if len(family.carers) < 2:
        said["other_caregiver"] = OtherCaregiver.NOT_KNOWN
    return said
