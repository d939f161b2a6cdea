"""Steps that tests of a family's people have in common."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.referral.people.commands.add_person import AddPerson, add_person
from services.referral.people.database.families import Families
from services.referral.people.domain.family import Family
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.person import MemberKind, Person, PersonDetails
from services.referral.people.domain.subject import Unborn
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, an_actor

PRACTITIONER = an_actor(Role.PRACTITIONER)
ADMINISTRATOR = an_actor(Role.TEAM_ADMINISTRATOR)
OUTSIDER = an_actor(Role.REGIONAL_LEAD)
DUE_ON = date(2026, 4, 20)


async def does(team: ATeam, function: Any, command: Any, actor: Actor = PRACTITIONER) -> Any:
    async with team.begin(actor) as work:
        return await function(command, work)


async def family_of(team: ATeam, family_id: UUID) -> Family:
    async with team.begin(PRACTITIONER) as work:
        return await Families(work).get(family_id)


async def person_named(team: ATeam, family_id: UUID, name: str | None) -> Person:
    family = await family_of(team, family_id)
    return next(one.person for one in family.members if one.person.name == name)


async def accepted(team: ATeam, **request: Any) -> UUID:
    return (await team.accepts(request=request)).family_id


async def expecting(team: ATeam, due_on: date = DUE_ON) -> UUID:
    """A family with one unborn baby."""
    return await accepted(team, subject=Unborn(due_on), nhs_number=None)


async def adds(
    team: ATeam,
    family_id: UUID,
    kind: MemberKind,
    relationships: Mapping[UUID, Relationship | None] | None = None,
    **details: Any,
) -> UUID:
    command = AddPerson(family_id, kind, PersonDetails(**details), relationships or {})
    person_id: UUID = await does(team, add_person, command)
    return person_id


async def unborn_of(team: ATeam, family_id: UUID) -> Person:
    return next(baby for baby in (await family_of(team, family_id)).babies if baby.is_unborn)


async def events(team: ATeam, kind: str) -> list[Any]:
    return [body for type_, body in await team.published() if type_ == f"uk.pairs.{kind}.v1"]


BORN_YESTERDAY = date.fromordinal(TODAY.toordinal() - 1)
