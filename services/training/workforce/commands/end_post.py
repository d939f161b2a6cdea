"""Somebody leaves where they work. They stay on the register: what they learned counts where they go."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE
from services.training.workforce.database.people import People
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EndPost:
    post_id: UUID
    last_on: date
    """Their last day of work."""
    expected_version: int


async def end_post(command: EndPost, work: UnitOfWork) -> None:
    """Raises NotAllowed, NotFound, Conflict and RuleBroken as the domain says."""
    CAPABILITIES.check(work.actor.roles, KEEP_WORKFORCE)
    people = People(work)
    one = await people.get_post(command.post_id)
    one.end(command.last_on, seen=command.expected_version)
    await people.save_posts([one])
    work.record("person.leave_post", one.person_id)
