"""Let a baby and a carer take part in a group."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.groups.database.groups import Groups
from services.referral.groups.domain.group import PlaceInGroup
from services.referral.people.database.families import Families, dyad_not_found
from services.referral.support.database.episodes import Episodes
from shared.kernel.identifiers import new_id
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AddToGroup:
    group_id: UUID
    dyad_id: UUID
    """Of a family that gets support."""


async def add_to_group(command: AddToGroup, work: UnitOfWork) -> UUID:
    """They take part from today; gives the id of their place.

    Raises:
        NotFound: this team has no such group, or no family that gets support has such a baby and carer.
        NotAllowed: the actor does not work with families.
        Conflict: they take part already.
        RuleBroken: the group is full or has ended.
    """
    groups = Groups(work)
    group = await groups.get_to_change(command.group_id)
    family = await Families(work).of_dyad(command.dyad_id)
    dyad = family.dyad(command.dyad_id)
    episode_id = await Episodes(work).open_of(family.id)
    if episode_id is None:
        raise dyad_not_found()
    place = PlaceInGroup(new_id(), family.id, episode_id, dyad.id, dyad.baby_id, dyad.carer_id, work.today)
    group.take_in(place, work.actor.roles)
    await groups.add_place(group, place)
    work.record("group.join", family.id)
    return place.id
