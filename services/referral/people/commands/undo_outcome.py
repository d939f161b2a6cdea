"""Take back a birth, a loss or a death that was recorded by mistake; messages stay stopped."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.people.database.people import People, keep_person
from services.referral.people.domain.loss import check_reason
from services.referral.staff.domain.capabilities import CAPABILITIES, JUDGE
from shared.contracts.family import OutcomeUndone
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class UndoOutcome:
    family_id: UUID
    person_id: UUID
    expected_version: int
    """Of the person on the page that the actor corrected."""
    reason: str
    """How the mistake came about; stays in the team."""


async def undo_outcome(command: UndoOutcome, work: UnitOfWork) -> None:
    """Publish OutcomeUndone for each family of the person; what was recorded is kept with the reason.

    Raises:
        NotFound: this team has no such family, or nobody in it has that id.
        NotAllowed: the actor neither practises nor leads the team.
        Conflict: the person was changed after the page was opened.
        RuleBroken: there is nothing to take back, or nobody says why.
    """
    CAPABILITIES.check(work.actor.roles, JUDGE)
    check_reason(command.reason)
    families = Families(work)
    family = await families.get_to_change(command.family_id)
    person = family.member(command.person_id).person
    person.check_seen(command.expected_version)
    await keep_person(work, person, command.reason)
    person.undo_outcome()
    await People(work).save(person)
    others = await families.others_to_change(person.id, family.id)
    for one in (family, *others):
        work.publish(OutcomeUndone(family_id=one.id, person_id=person.id), about=one)
        await families.save(one)
        work.record("outcome.undo", one.id)
