"""A baby and a carer do not take part in a group any more."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.groups.database.groups import Groups
from services.referral.staff.commands.settle_open_work import SettleOpenWork, settle_open_work
from services.referral.staff.database.record_access import check_family
from services.referral.staff.domain.still_open import Settling
from services.referral.staff.queries.still_open import safety_open
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class LeaveGroup:
    group_id: UUID
    place_id: UUID
    safety_to: UUID | None = None
    """The colleague who answers what is open about safety."""


async def leave_group(command: LeaveGroup, work: UnitOfWork) -> None:
    """Today is their last day; what was recorded stays.

    Raises:
        NotFound: this team has no such group, or nobody has that place.
        RestrictedRecord: only named colleagues may see the family, and the actor is none of them.
        NotAllowed: the actor does not work with families.
        Conflict: they have left already.
        RuleBroken: something about the family's safety is open and nobody's.
    """
    groups = Groups(work)
    group = await groups.get_to_change(command.group_id)
    place = group.place(command.place_id)
    await check_family(work, place.family_id)
    group.check_leaves(command.place_id, work.actor.roles)
    families = frozenset({place.family_id})
    things = await safety_open(work, families)
    await settle_open_work(SettleOpenWork(families, things, Settling(command.safety_to)), work)
    await groups.end_place(place, work.today)
    work.record("group.leave", place.family_id)
