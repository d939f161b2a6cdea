"""Somebody who was away for long is back, or it is known when they will be."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.workforce.database.people import People
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EndLeave:
    leave_id: UUID
    back_on: date
    """Their first day at work."""
    expected_version: int


async def end_leave(command: EndLeave, work: UnitOfWork) -> None:
    """Raises NotAllowed, NotFound, Conflict and RuleBroken as the domain says."""
    CAPABILITIES.check(work.actor.roles, KEEP_WORKFORCE)
    people = People(work)
    away = await people.get_leave(command.leave_id)
    away.end(command.back_on, seen=command.expected_version)
    await people.save_leave(away)
    work.record("person.end_leave", away.person_id)
