from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select

from services.referral.contacts.domain.appointment import london_moment
from services.referral.contacts.domain.contact_check import Interpreter
from services.referral.database.family_tables import access_need
from services.referral.database.tables import episode
from shared.contracts.pathway_codes import ContactMode
from shared.contracts.vocabulary import Role
from shared.kernel.errors import NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor
from tests.referral.contacts.builders import a_family

TOMORROW = NOW + timedelta(days=1)


async def next_contact_at(team: ATeam) -> Any:
    async with team.engine.connect() as connection:
        return await connection.scalar(select(episode.c.next_contact_at))


async def test_an_appointment_is_open_until_somebody_says_what_happened(team: ATeam) -> None:
    family = await a_family(team)

    contact_id = await family.books(TOMORROW)

    contact = await family.stored(contact_id)
    assert (contact.starts_at, contact.details.held_on) == (TOMORROW, date(2026, 3, 3))
    assert (contact.details.attendance, contact.version) == (None, 1)
    assert await next_contact_at(team) == TOMORROW
    assert not any("contact" in kind for kind, _ in await team.published())
    assert (await team.audited())[-1] == ("appointment.book", family.family_id)


async def test_the_team_administrator_books(team: ATeam) -> None:
    family = await a_family(team)

    await family.books(TOMORROW, actor=an_actor(Role.TEAM_ADMINISTRATOR))

    assert await next_contact_at(team) == TOMORROW


async def test_a_regional_lead_does_not(team: ATeam) -> None:
    family = await a_family(team)

    with pytest.raises(NotAllowed):
        await family.books(TOMORROW, actor=an_actor(Role.REGIONAL_LEAD))


async def test_a_form_that_was_sent_twice_is_one_appointment(team: ATeam) -> None:
    family, contact_id = await a_family(team), new_id()

    await family.books(TOMORROW, contact_id=contact_id)
    await family.books(TOMORROW + timedelta(days=1), contact_id=contact_id)

    assert (await family.stored(contact_id)).starts_at == TOMORROW


@pytest.mark.parametrize(
    ("starts_at", "changes", "field"),
    [
        (NOW, {}, "starts_at"),
        (NOW - timedelta(hours=1), {}, "starts_at"),
        (NOW + timedelta(days=400), {}, "starts_on"),
        (TOMORROW, {"people": frozenset[UUID]()}, "people"),
        (TOMORROW, {"mode": ContactMode.VIDEO}, "venue"),
        (TOMORROW, {"practitioner_id": new_id()}, "practitioner"),
    ],
)
async def test_what_cannot_take_place_is_not_booked(
    team: ATeam, starts_at: datetime, changes: dict[str, Any], field: str
) -> None:
    family = await a_family(team)

    with pytest.raises(RuleBroken) as refusal:
        await family.books(starts_at, **changes)

    assert (refusal.value.field, await next_contact_at(team)) == (field, None)


async def test_an_interpreter_who_is_needed_is_thought_of_before_the_visit(team: ATeam) -> None:
    family = await a_family(team)
    async with team.engine.begin() as connection:
        need = {"id": new_id(), "version": 1, "person_id": family.leonie, "asked_on": TODAY}
        await connection.execute(insert(access_need).values(**need, interpreter_language="pol"))

    with pytest.raises(RuleBroken) as refusal:
        await family.books(TOMORROW)
    await family.books(TOMORROW, interpreter=Interpreter.BOOKED)

    assert refusal.value.field == "interpreter"


async def test_a_family_of_another_team_is_not_found(team: ATeam, other_team: ATeam) -> None:
    family, other = await a_family(team), await a_family(other_team)
    family.episode_id = other.episode_id

    with pytest.raises(NotFound):
        await family.books(TOMORROW)


def test_in_summer_london_is_an_hour_ahead() -> None:
    assert london_moment(date(2026, 7, 1), time(9, 30)) == datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    assert london_moment(date(2026, 1, 5), time(9, 30)) == datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


def test_a_time_over_which_the_clocks_go_forward_does_not_exist() -> None:
    with pytest.raises(RuleBroken) as refusal:
        london_moment(date(2026, 3, 29), time(1, 30))

    assert refusal.value.sentence == "That time does not exist: the clocks go forward. Choose another time."


def test_a_time_that_comes_twice_is_the_first_of_the_two() -> None:
    assert london_moment(date(2026, 10, 25), time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
