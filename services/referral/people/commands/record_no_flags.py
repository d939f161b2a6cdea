"""Record that someone asked, and that no safety flag is known: not the same as that nobody asked."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.people.database.families import Families
from services.referral.people.database.family_notes import FamilyNotes
from services.referral.people.domain.safety_flag import check_no_flags
from services.referral.staff.domain.capabilities import CAPABILITIES, JUDGE
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RecordNoFlags:
    family_id: UUID


async def record_no_flags(command: RecordNoFlags, work: UnitOfWork) -> None:
    """From today; asked again, the day moves on.

    Raises:
        NotFound: this team has no such family.
        NotAllowed: the actor neither practises nor leads the team.
        RuleBroken: a flag counts.
    """
    CAPABILITIES.check(work.actor.roles, JUDGE)
    families = Families(work)
    family = await families.get_to_change(command.family_id)
    check_no_flags(await FamilyNotes(work).flags(family.id))
    family.safety_asked_on = work.today
    await families.save(family)
    work.record("safety_flag.none", family.id)
