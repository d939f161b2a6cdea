"""Look at a safety flag again: keep it until another date, or end it."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from services.referral.people.database.family_notes import FamilyNotes
from services.referral.staff.domain.capabilities import CAPABILITIES, JUDGE
from shared.staff.earlier_versions import keep_earlier_version
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ReviewSafetyFlag:
    family_id: UUID
    flag_id: UUID
    expected_version: int
    """Of the flag on the page that the actor decided on."""
    review_on: date | None
    """The next review; None ends the flag."""
    note: str
    """What is known now; why it ends."""


async def review_safety_flag(command: ReviewSafetyFlag, work: UnitOfWork) -> None:
    """Keep the version before; a flag that ended stays on record.

    Raises:
        NotFound: this team has no such family, or it has no such flag.
        NotAllowed: the actor neither practises nor leads the team.
        Conflict: someone reviewed it after the page was opened.
        RuleBroken: it has ended, the date cannot be right, or nobody says why it ends.
    """
    CAPABILITIES.check(work.actor.roles, JUDGE)
    notes = FamilyNotes(work)
    flag = await notes.flag_to_change(command.family_id, command.flag_id)
    before = {name: None if value is None else str(value) for name, value in asdict(flag).items()}
    flag.review(command.review_on, command.note, work.today, seen=command.expected_version)
    await keep_earlier_version(work, "safety_flag", flag.id, command.expected_version, before)
    await notes.save_flag(flag)
    work.record("safety_flag.review", command.family_id)
