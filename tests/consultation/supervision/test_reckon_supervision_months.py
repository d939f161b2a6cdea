"""What the region hears of supervision: a month at a time, two sums, and nobody's id."""

from datetime import date
from decimal import Decimal

from services.consultation.database.supervision_tables import supervision_month
from services.consultation.supervision.commands.agree_supervision import agree_supervision
from services.consultation.supervision.queries.supervision_months import supervision_months
from services.consultation.supervision.queries.supervision_records import supervision_records
from services.consultation.supervision.timers.reckon_supervision_months import MONTHS_BACK, reckon_supervision_months
from shared.contracts.supervision import SupervisionReckoned
from tests.consultation.supervision.conftest import SupervisedTeam
from tests.consultation.supervision.supervised import TOM, a_meeting, an_agreement

RECKONED, REGIONAL = "uk.pairs.supervision.reckoned.v1", "uk.pairs.regional.supervision_reckoned.v1"


async def revised(team: SupervisedTeam) -> dict[date, bool]:
    async with team.begin(TOM) as work:
        lines = await supervision_months(work, await supervision_records(work))
    return {line.month: line.was_revised for line in lines}


async def test_each_month_that_is_over_is_told_once(team: SupervisedTeam) -> None:
    assert await reckon_supervision_months(team.units) == MONTHS_BACK
    assert await reckon_supervision_months(team.units) == 0

    told = {body["month"]: body for body in await team.told(RECKONED)}
    assert max(told) == "2026-10-01"
    assert told["2026-10-01"] == {"month": "2026-10-01", "owed_minutes": 1020, "given_minutes": 360, "people": 3}


async def test_the_region_gets_two_sums_over_84_days_and_nobodys_id(team: SupervisedTeam) -> None:
    await reckon_supervision_months(team.units)

    last = (await team.told(REGIONAL, "region"))[-1]
    assert last == {"month": "2026-10-01", "owed_minutes": 1020, "given_minutes": 360}


def test_of_fewer_than_three_people_the_region_hears_nothing() -> None:
    sums = {"month": date(2026, 10, 1), "owed_minutes": 720, "given_minutes": 600}

    assert SupervisionReckoned(**sums, people=2).for_region() is None
    assert SupervisionReckoned(**sums, people=3).for_region() is not None


async def test_what_is_corrected_after_its_month_is_told_anew_and_the_month_says_revised(team: SupervisedTeam) -> None:
    await reckon_supervision_months(team.units)
    assert await revised(team) == dict.fromkeys((date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)), False)

    await team.holds(a_meeting(date(2026, 10, 30)))

    assert (await revised(team))[date(2026, 10, 1)]
    assert await reckon_supervision_months(team.units) == 1
    assert (await team.told(RECKONED))[-1]["given_minutes"] == 420
    assert (await revised(team))[date(2026, 10, 1)]


async def test_an_agreement_changed_backwards_revises_the_months_that_it_was_in(team: SupervisedTeam) -> None:
    await reckon_supervision_months(team.units)

    async with team.begin(TOM) as work:
        await agree_supervision(an_agreement(from_on=date(2026, 9, 1), share=Decimal("0.5")), work)

    assert await reckon_supervision_months(team.units) == 2
    assert {row.month for row in await team.rows(supervision_month) if row.was_revised} == {
        date(2026, 9, 1),
        date(2026, 10, 1),
    }


async def test_a_month_that_is_not_over_is_not_told(team: SupervisedTeam) -> None:
    team.now = team.now.replace(month=12, day=1, hour=0, minute=30)
    await reckon_supervision_months(team.units)

    assert max(body["month"] for body in await team.told(RECKONED)) == "2026-11-01"
