from datetime import UTC, date, datetime

from services.referral.people.commands.record_birth import RecordBirth, record_birth
from services.referral.people.domain.person import Birth
from services.referral.people.timers.raise_birth_tasks import raise_birth_tasks
from tests.referral.a_team import ATeam
from tests.referral.people.builders import DUE_ON, does, events, expecting, unborn_of

DAY_28 = datetime(2026, 5, 18, 12, tzinfo=UTC)
DAY_29 = datetime(2026, 5, 19, 12, tzinfo=UTC)


async def runs(team: ATeam, now: datetime) -> int:
    team.now = now
    return await raise_birth_tasks(team.units)


async def test_a_due_date_28_days_ago_is_no_worry_yet_and_29_days_ago_asks_once(team: ATeam) -> None:
    assert date(2026, 4, 20) == DUE_ON
    await expecting(team)

    assert await runs(team, DAY_28) == 0
    assert await runs(team, DAY_29) == 1
    assert await runs(team, DAY_29) == 0
    assert [event["kind"] for event in await events(team, "task.raised")] == ["birth_not_recorded"]


async def test_a_recorded_birth_asks_nothing(team: ATeam) -> None:
    family_id = await expecting(team)
    baby = await unborn_of(team, family_id)
    team.now = DAY_28
    await does(team, record_birth, RecordBirth(family_id, baby.id, 1, Birth(DUE_ON)))

    assert await runs(team, DAY_29) == 0
