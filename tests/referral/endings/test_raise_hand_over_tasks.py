"""The hand-over is planned from 18 months, and the team is asked once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from services.referral.database.clinical_tables import hand_over
from services.referral.database.contact_tables import task
from services.referral.database.family_tables import person
from services.referral.database.tables import episode
from services.referral.endings.timers.raise_hand_over_tasks import raise_hand_over_tasks
from services.referral.people.domain.person import MemberKind
from services.referral.people.domain.subject import Baby
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.people.builders import adds

BORN_ON = date(2024, 10, 2)
EIGHTEEN_MONTHS = date(2026, 4, 2)


async def runs_on(team: ATeam, day: date) -> int:
    team.now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return await raise_hand_over_tasks(team.units)


async def a_baby(team: ATeam, born_on: date = BORN_ON) -> tuple[UUID, UUID]:
    accepted = await team.accepts(request={"subject": Baby("Shannon Example", born_on)})
    return accepted.family_id, accepted.episode_id


async def tasks(team: ATeam) -> list[Any]:
    async with team.engine.connect() as connection:
        rows = await connection.execute(select(task.c.kind, task.c.family_id, task.c.about, task.c.episode_id))
        return [tuple(row) for row in rows]


async def test_on_the_day_a_baby_is_18_months_the_team_is_asked_and_not_before(team: ATeam) -> None:
    family_id, episode_id = await a_baby(team)

    assert await runs_on(team, EIGHTEEN_MONTHS - timedelta(days=1)) == 0
    assert await runs_on(team, EIGHTEEN_MONTHS) == 1

    assert await tasks(team) == [("hand_over", family_id, episode_id, episode_id)]
    assert "uk.pairs.task.raised.v1" in [kind for kind, _ in await team.published()]


async def test_it_is_asked_once_and_for_twins_once(team: ATeam) -> None:
    family_id, _ = await a_baby(team)
    await adds(team, family_id, MemberKind.BABY, name="Shane Example", born_on=BORN_ON)

    assert await runs_on(team, EIGHTEEN_MONTHS) == 1
    assert await runs_on(team, EIGHTEEN_MONTHS + timedelta(days=30)) == 0
    assert len(await tasks(team)) == 1


async def test_born_on_a_day_that_the_month_lacks_counts_from_the_day_after_it(team: ATeam) -> None:
    await a_baby(team, date(2024, 8, 31))

    assert await runs_on(team, date(2026, 2, 28)) == 0
    assert await runs_on(team, date(2026, 3, 1)) == 1


async def test_nothing_is_asked_where_a_hand_over_is_planned(team: ATeam) -> None:
    _, episode_id = await a_baby(team)
    planned = {"id": new_id(), "version": 1, "episode_id": episode_id, "planned_for": date(2026, 9, 1)}
    said = {"service": "Health visiting", "needs_to_know": "Leonie sings.", "family_view": "They look forward to it."}
    async with team.engine.begin() as connection:
        await connection.execute(insert(hand_over).values(**planned, **said, recorded_by=new_id(), recorded_at=NOW))

    assert await runs_on(team, EIGHTEEN_MONTHS) == 0


async def test_nothing_is_asked_of_a_baby_who_died_or_when_the_work_has_ended(team: ATeam) -> None:
    await a_baby(team)
    async with team.engine.begin() as connection:
        await connection.execute(update(person).where(person.c.born_on == BORN_ON).values(died_on=TODAY))
    assert await runs_on(team, EIGHTEEN_MONTHS) == 0

    async with team.engine.begin() as connection:
        await connection.execute(update(person).where(person.c.born_on == BORN_ON).values(died_on=None))
        await connection.execute(update(episode).values(ended_on=TODAY, ending="moved_area"))
    assert await runs_on(team, EIGHTEEN_MONTHS) == 0
