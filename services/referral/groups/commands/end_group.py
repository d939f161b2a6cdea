"""End a group: it does not meet any more, and its register stays."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.groups.database.groups import Groups
from services.referral.staff.commands.settle_open_work import SettleOpenWork, settle_open_work
from services.referral.staff.domain.still_open import Settling
from services.referral.staff.queries.still_open import safety_open
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class EndGroup:
    group_id: UUID
    expected_version: int
    """Of the group on the page."""
    ended_on: date
    """The last day on which it meets; it may be to come."""
    safety_to: UUID | None = None
    """The colleague who answers what is open about the safety of a family that takes part."""


async def end_group(command: EndGroup, work: UnitOfWork) -> None:
    """Nobody can join any more.

    Raises:
        NotFound: this team has no such group.
        NotAllowed: the actor does not work with families.
        Conflict: it was ended or changed after the page was opened.
        RuleBroken: it had not begun by that day, or something about a family's safety is open and nobody's.
    """
    groups = Groups(work)
    group = await groups.get_to_change(command.group_id)
    group.end(command.ended_on, work.actor.roles, seen=command.expected_version)
    families = frozenset(one.family_id for one in group.places if one.left_on is None)
    things = await safety_open(work, families)
    await settle_open_work(SettleOpenWork(families, things, Settling(command.safety_to)), work)
    await groups.save(group)
    work.record("group.end", group.id)
