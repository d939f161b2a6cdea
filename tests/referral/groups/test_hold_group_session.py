from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from services.referral.database.contact_tables import contact, contact_person
from services.referral.database.family_tables import access_need, person
from shared.contracts.vocabulary import Role
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.groups.builders import AGroup, a_group


async def a_group_of_two(team: ATeam) -> tuple[AGroup, AFamily, AFamily]:
    group, other = await a_group(team), await a_family(team, request={"nhs_number": None})
    (family,) = group.families
    await group.adds(family)
    await group.adds(other)
    return group, family, other


async def contacts(team: ATeam) -> dict[Any, Any]:
    """Of each family."""
    async with team.engine.connect() as connection:
        rows = await connection.execute(select(contact).order_by(contact.c.id))
        return {row.family_id: row for row in rows}


async def test_each_family_has_a_contact_of_its_own_from_one_register(team: ATeam) -> None:
    group, family, other = await a_group_of_two(team)

    await group.meets(group.session(family.leonie, family.shannon))

    stored = await contacts(team)
    came, missed = stored[family.family_id], stored[other.family_id]
    assert (came.kind, came.attendance, came.minutes, came.venue) == ("group", "attended", 90, "family_hub")
    assert (missed.attendance, missed.minutes) == ("was_not_brought", None)
    kinds = [kind for kind, _ in await team.published()]
    assert kinds.count("uk.pairs.contact.recorded.v1") == 2
    assert kinds.count("uk.pairs.wait.stopped.v1") == 1
    assert (await team.audited())[-1] == ("group.hold_session", group.id)


async def test_only_the_people_who_were_ticked_were_there(team: ATeam) -> None:
    group, family, _ = await a_group_of_two(team)

    await group.meets(group.session(family.leonie))

    row = (await contacts(team))[family.family_id]
    async with team.engine.connect() as connection:
        there = await connection.scalars(
            select(contact_person.c.person_id).where(contact_person.c.contact_id == row.id)
        )
        assert list(there) == [family.leonie]


async def test_whoever_told_us_before_has_cancelled(team: ATeam) -> None:
    group, family, other = await a_group_of_two(team)

    await group.meets(group.session(family.leonie, apologies=frozenset({other.family_id})))

    assert (await contacts(team))[other.family_id].attendance == "cancelled_by_family"


async def test_a_register_that_was_sent_twice_is_stored_once(team: ATeam) -> None:
    group, family, _ = await a_group_of_two(team)
    session = group.session(family.leonie)

    await group.meets(session)
    await group.meets(session)

    assert [kind for kind, _ in await team.published()].count("uk.pairs.contact.recorded.v1") == 2


async def test_missed_group_sessions_count_like_others(team: ATeam) -> None:
    group, family, _ = await a_group_of_two(team)

    for _ in range(2):
        await group.meets(group.session(family.leonie))

    raised = [body["kind"] for kind, body in await team.published() if kind == "uk.pairs.task.raised.v1"]
    assert raised == ["non_attendance"]


async def test_a_bereaved_family_is_not_expected_any_more(team: ATeam) -> None:
    group, family, other = await a_group_of_two(team)
    async with team.engine.begin() as connection:
        await connection.execute(update(person).where(person.c.id == other.shannon).values(died_on=TODAY))
    team.now = NOW + timedelta(days=1)

    await group.meets(group.session(family.leonie, held_on=TODAY + timedelta(days=1)))

    assert list(await contacts(team)) == [family.family_id]


async def test_the_register_says_whether_an_interpreter_took_part(team: ATeam) -> None:
    group, family, other = await a_group_of_two(team)
    async with team.engine.begin() as connection:
        for one in (family, other):
            need = {"id": new_id(), "version": 1, "person_id": one.leonie, "asked_on": TODAY}
            await connection.execute(insert(access_need).values(**need, interpreter_language="pol"))

    await group.meets(group.session(family.leonie, other.leonie, interpreted=frozenset({family.family_id})))

    stored = await contacts(team)
    assert (stored[family.family_id].interpreter, stored[other.family_id].interpreter) == ("used", "none")


@pytest.mark.parametrize(
    "held_on", [TODAY + timedelta(days=1), date(2026, 2, 28), date(2026, 3, 1)], ids=["to come", "early", "empty"]
)
async def test_on_a_day_that_cannot_be_right_nothing_is_stored(team: ATeam, held_on: date) -> None:
    group, family, _ = await a_group_of_two(team)

    with pytest.raises(RuleBroken) as refusal:
        await group.meets(group.session(family.leonie, held_on=held_on))

    assert (refusal.value.field, await contacts(team)) == ("held_on", {})


async def test_the_team_administrator_ticks_no_register_and_an_unknown_group_is_not_found(team: ATeam) -> None:
    group, family, _ = await a_group_of_two(team)

    with pytest.raises(NotAllowed):
        await group.meets(group.session(family.leonie), actor=an_actor(Role.TEAM_ADMINISTRATOR))
    group.id = new_id()
    with pytest.raises(NotFound):
        await group.meets(group.session(family.leonie))
