"""New group."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.groups.database.groups import Groups
from services.referral.groups.domain.group import Group
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import Venue
from shared.kernel.same_fields import same_fields
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class OpenGroup:
    group_id: UUID
    """New, and the same for the same form sent twice, which is stored once."""
    name: str
    intervention: Intervention
    practitioner_id: UUID
    """Who leads it."""
    venue: Venue
    capacity: int
    """Of dyads; from 1 to 100."""
    starts_on: date


async def open_group(command: OpenGroup, work: UnitOfWork) -> None:
    """Nobody takes part yet.

    Raises:
        NotAllowed: the actor does not work with families.
        RuleBroken: something is missing or out of range.
    """
    groups = Groups(work)
    group = same_fields(Group, command, without="ended_on places version", id=command.group_id)
    group.check(work.actor.roles, await groups.colleagues())
    if await groups.add(group):
        work.record("group.open", group.id)
