"""The living part of a demonstration: at work when a team is, and only with families that it made itself."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from services.referral.demonstration.carry_out import Demonstration
from services.referral.demonstration.history import volume_of
from services.referral.demonstration.living import LivingTeam
from shared.contracts.vocabulary import Role
from shared.demonstration.moments import is_at_work
from shared.demonstration.program import Tempo
from tests.referral.a_team import REGION_KEY, ATeam
from tests.referral.builders import a_team_named, an_actor

BLACKPOOL = a_team_named("blackpool")
MONDAY = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)


class Living:
    """A team that lives on a simulated clock."""

    def __init__(self, team: ATeam, tempo: Tempo) -> None:
        self.team = team
        self.now = MONDAY
        self.demonstration = Demonstration(team.engine, BLACKPOOL, REGION_KEY)
        self.living = LivingTeam(
            team.engine, self.demonstration, BLACKPOOL, clock=lambda: self.now, chance=random.Random(7), tempo=tempo
        )

    async def go_on(self, *, looks: int, every: timedelta) -> None:
        for _ in range(looks):
            self.now += every
            await self.living.look()

    async def one(self, query: str, **values: Any) -> Any:
        async with self.team.engine.connect() as connection:
            return (await connection.execute(text(query), values)).scalar()

    async def column(self, query: str) -> list[Any]:
        async with self.team.engine.connect() as connection:
            return list(await connection.scalars(text(query)))


async def living_team(team: ATeam, tempo: Tempo) -> Living:
    living = Living(team, tempo)
    await living.demonstration.introduce(MONDAY - timedelta(1))
    return living


async def test_it_refers_as_many_families_as_came_in_the_last_month_and_in_office_hours_only(team: ATeam) -> None:
    living = await living_team(team, Tempo.USUAL)
    await living.go_on(looks=21 * 24 * 2, every=timedelta(minutes=30))
    moments = await living.column("SELECT received_at FROM referral")

    assert all(is_at_work(at) for at in moments)
    assert all(is_at_work(at) for at in await living.column("SELECT recorded_at FROM contact"))
    assert 0.5 < len(moments) / (volume_of("blackpool").last * 15 / 21) < 1.6


async def test_a_family_of_its_own_is_decided_on_met_and_understood(team: ATeam) -> None:
    living = await living_team(team, Tempo.USUAL)
    await living.go_on(looks=110 * 12, every=timedelta(hours=2))

    assert await living.one("SELECT count(*) FROM referral WHERE decided_on IS NOT NULL") > 10
    for milestone in ("first_contact_on", "assessed_on", "formulated_on", "plan_agreed_on"):
        assert await living.one(f"SELECT count(*) FROM episode WHERE {milestone} IS NOT NULL") > 1


async def test_it_goes_fast_at_any_hour_if_it_is_told_to(team: ATeam) -> None:
    living = await living_team(team, Tempo.FAST)
    await living.go_on(looks=60, every=timedelta(seconds=15))

    assert await living.one("SELECT count(*) FROM referral") > 8
    assert await living.one("SELECT count(*) FROM contact WHERE attendance IS NOT NULL") > 3


async def test_what_somebody_entered_and_what_was_there_before_is_left_alone(team: ATeam) -> None:
    mine = await team.receives()
    theirs = await team.accepts()
    before = len(await team.audited())

    living = await living_team(team, Tempo.FAST)
    await living.go_on(looks=60, every=timedelta(minutes=30))

    touched = {subject for _, subject in (await team.audited())[before:]}
    assert len(touched) > 10
    assert not touched & {mine.referral_id, theirs.family_id}
    assert await living.one("SELECT decided_on FROM referral WHERE id = :id", id=mine.referral_id) is None


async def test_a_family_of_its_own_that_somebody_opened_is_theirs_from_then_on(team: ATeam) -> None:
    living = await living_team(team, Tempo.FAST)
    await living.go_on(looks=1, every=timedelta(minutes=1))
    opened = await living.one("SELECT id FROM referral")
    async with team.begin(an_actor(Role.TEAM_LEAD)) as work:
        work.record("referral.read", opened)

    await living.go_on(looks=60, every=timedelta(minutes=1))

    assert await living.one("SELECT decided_on FROM referral WHERE id = :id", id=opened) is None
    assert await living.one("SELECT count(*) FROM referral WHERE decided_on IS NOT NULL") > 3
