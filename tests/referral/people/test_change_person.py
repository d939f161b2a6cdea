import asyncio
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from services.referral.people.commands.change_person import ChangePerson, change_person
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from shared.staff.tables import earlier_version
from tests.referral.a_team import ATeam
from tests.referral.people.builders import (
    ADMINISTRATOR,
    OUTSIDER,
    PRACTITIONER,
    accepted,
    does,
    events,
    expecting,
    person_named,
    unborn_of,
)


async def change(
    team: ATeam, family_id: UUID, name: str | None, actor: Actor = PRACTITIONER, seen: int | None = None, **changes: Any
) -> None:
    person = await person_named(team, family_id, name)
    command = ChangePerson(family_id, person.id, seen or person.version, replace(person.details, **changes))
    await does(team, change_person, command, actor)


async def test_a_telephone_number_is_changed_and_the_version_before_is_kept(team: ATeam) -> None:
    family_id = await accepted(team)

    await change(team, family_id, "Leonie Example", ADMINISTRATOR, phone="07700900456", email="leonie@example.org")

    leonie = await person_named(team, family_id, "Leonie Example")
    async with team.engine.connect() as connection:
        row = (await connection.execute(select(earlier_version))).one()
    assert (leonie.phone, leonie.email, leonie.version) == ("07700900456", "leonie@example.org", 2)
    assert (row.record_id, row.version, row.kind, row.content["phone"]) == (leonie.id, 1, "person", "07700 900123")
    assert ("person.change", family_id) in await team.audited()


async def test_of_two_changes_to_one_version_the_second_is_told(team: ATeam) -> None:
    family_id = await accepted(team)
    leonie = await person_named(team, family_id, "Leonie Example")
    commands = [
        ChangePerson(family_id, leonie.id, 1, replace(leonie.details, phone=phone))
        for phone in ("07700900456", "07700900789")
    ]

    results = await asyncio.gather(
        *(does(team, change_person, command) for command in commands), return_exceptions=True
    )

    assert results.count(None) == 1
    assert [type(result) for result in results if result] == [Conflict]


async def test_a_birth_date_that_makes_a_parent_a_child_tells_the_safeguarding_lead_once(team: ATeam) -> None:
    family_id = await accepted(team)

    await change(team, family_id, "Leonie Example", born_on=date(2010, 1, 5))
    await change(team, family_id, "Leonie Example", born_on=date(2010, 1, 6))

    assert [event["kind"] for event in await events(team, "task.raised")] == ["young_parent"]


async def test_an_unborn_baby_is_not_born_by_a_correction(team: ATeam) -> None:
    family_id = await expecting(team)
    baby = await unborn_of(team, family_id)
    details = replace(baby.details, born_on=date(2026, 3, 1))

    with pytest.raises(RuleBroken, match="birth_here"):
        await does(team, change_person, ChangePerson(family_id, baby.id, 1, details))


async def test_a_born_baby_is_not_made_unborn_by_a_correction(team: ATeam) -> None:
    family_id = await accepted(team)

    with pytest.raises(RuleBroken, match="birth_date_gone"):
        await change(team, family_id, "Shannon Example", born_on=None, due_on=date(2026, 4, 1))


async def test_a_number_that_somebody_else_has_is_refused_and_ones_own_is_not(team: ATeam) -> None:
    family_id = await accepted(team)

    with pytest.raises(RuleBroken, match="nhs_number_taken"):
        await change(team, family_id, "Leonie Example", nhs_number="9990000018")
    await change(team, family_id, "Shannon Example", gp_practice="P81999")


async def test_only_the_team_changes_only_its_own_people(team: ATeam) -> None:
    family_id = await accepted(team)
    person = await person_named(team, family_id, "Leonie Example")

    with pytest.raises(NotAllowed):
        await change(team, family_id, "Leonie Example", OUTSIDER, phone="07700900456")
    with pytest.raises(NotFound):
        await does(team, change_person, ChangePerson(family_id, new_id(), 1, person.details))
