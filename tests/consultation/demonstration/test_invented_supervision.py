"""Supervision of a year is invented, and given to the real commands."""

from datetime import UTC, datetime

from services.consultation.demonstration.carry_out import ConsultationDemonstration
from services.consultation.demonstration.supervision import AGREEMENTS, supervision
from services.consultation.supervision.queries.supervision_team import supervision_team
from shared.testing.recycled import KeptEngine, RecycledService
from tests.consultation.conftest import acting, units_of
from tests.consultation.supervision.supervised import TOM

UNTIL = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def test_one_colleague_is_behind_with_nothing_booked_and_the_others_are_not(
    recycled_service: RecycledService, kept_engine: KeptEngine
) -> None:
    engine = await kept_engine(await recycled_service("team-one", "consultation"))
    demonstration = ConsultationDemonstration(engine, "blackpool", bytes(32))
    whole = sorted(supervision("blackpool", UNTIL, 360), key=lambda one: one.at)

    await demonstration.introduce(whole[0].at)
    for one in whole:
        await demonstration.carry_out(one)

    async with units_of(engine).begin(acting(TOM)) as work:
        team = await supervision_team(work)
    assert len(team.lines) == len(AGREEMENTS)
    assert [line.name for line in team.behind] == [line.name for line in team.unbooked] == ["Kofi Template"]
    assert sum(line.terms.is_managed_by_supervisor for line in team.lines) == 1
    assert all(line.next for line in team.lines if line.name != "Kofi Template")
