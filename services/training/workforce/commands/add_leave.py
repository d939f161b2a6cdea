"""Somebody is away for long."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.workforce.database.people import People
from services.training.workforce.domain.long_leave import LongLeave
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AddLeave:
    leave_id: UUID
    person_id: UUID
    from_on: date
    back_on: date | None = None


async def add_leave(command: AddLeave, work: UnitOfWork) -> None:
    """Raises NotAllowed, NotFound, and RuleBroken when it ends before it begins."""
    CAPABILITIES.check(work.actor.roles, KEEP_WORKFORCE)
    people = People(work)
    one = await people.get_to_change(command.person_id)
    away = LongLeave(command.leave_id, one.id, command.from_on, command.back_on)
    away.check()
    await people.add_leave(away)
    work.record("person.add_leave", one.id)
