"""Record whether a baby is looked after, and by whom; the status before it stays in the history."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.domain.legal_status import StatusDetails, next_status
from services.referral.staff.domain.capabilities import CAPABILITIES, JUDGE
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RecordLegalStatus:
    family_id: UUID
    person_id: UUID
    expected_version: int
    """How many statuses the page showed; 0 for the first."""
    details: StatusDetails


async def record_legal_status(command: RecordLegalStatus, work: UnitOfWork) -> None:
    """A new line of the history, which ends the one before.

    Raises:
        NotFound: this team has no such family, or nobody in it has that id.
        NotAllowed: the actor neither practises nor leads the team.
        Conflict: another status was recorded after the page was opened.
        RuleBroken: a date cannot be right, or the local authority is missing.
    """
    CAPABILITIES.check(work.actor.roles, JUDGE)
    notes = FamilyNotes(work)
    family = await Families(work).get_to_change(command.family_id)
    person = family.member(command.person_id).person
    last = next(iter(await notes.statuses([person.id])), None)
    status = next_status(new_id(), person.id, last, command.details, seen=command.expected_version, today=work.today)
    await notes.add_status(status, last)
    work.record("legal_status.record", family.id)
