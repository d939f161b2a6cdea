"""A group of the team, with families who take part; for tests."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from services.referral.groups.commands.add_to_group import AddToGroup, add_to_group
from services.referral.groups.commands.hold_group_session import HoldGroupSession, hold_group_session
from services.referral.groups.commands.open_group import OpenGroup, open_group
from services.referral.groups.database.groups import Groups
from services.referral.groups.domain.group import Group, GroupSession
from services.referral.people.database.families import Families
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import Venue
from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.contacts.builders import AFamily, a_family


@dataclass
class AGroup:
    """Circle of Security at the family hub, with Leonie and Shannon's family."""

    team: ATeam
    id: UUID
    practitioner: Actor
    families: list[AFamily] = field(default_factory=list[AFamily])

    async def adds(self, family: AFamily, *, carer: UUID | None = None, actor: Actor | None = None) -> UUID:
        """Leonie with her baby, or another carer; gives the place."""
        async with self.team.begin(actor or self.practitioner) as work:
            dyads = (await Families(work).get(family.family_id)).dyads
            dyad = next(one for one in dyads if one.carer_id == (carer or family.leonie))
            return await add_to_group(AddToGroup(self.id, dyad.id), work)

    def session(self, *present: UUID, **changes: Any) -> GroupSession:
        usual = GroupSession(new_id(), TODAY, self.practitioner.id, 90, "Needs and cues", frozenset(present))
        return replace(usual, **changes)

    async def meets(self, session: GroupSession, *, actor: Actor | None = None) -> None:
        async with self.team.begin(actor or self.practitioner) as work:
            await hold_group_session(HoldGroupSession(self.id, session), work)

    async def stored(self) -> Group:
        async with self.team.begin(self.practitioner) as work:
            return await Groups(work).get(self.id)


def an_opening_of(group_id: UUID, practitioner: Actor, **changes: Any) -> OpenGroup:
    usual = OpenGroup(
        group_id,
        "Circle on Tuesdays",
        Intervention.CIRCLE_OF_SECURITY,
        practitioner.id,
        Venue.FAMILY_HUB,
        8,
        date(2026, 3, 1),
    )
    return replace(usual, **changes)


async def a_group(team: ATeam, **changes: Any) -> AGroup:
    """With one family that could join."""
    family = await a_family(team)
    group = AGroup(team, new_id(), family.practitioner, [family])
    async with team.begin(group.practitioner) as work:
        await open_group(an_opening_of(group.id, group.practitioner, **changes), work)
    return group
