"""What the region hears of a team's families when a month is over."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, update

from services.referral.database.family_tables import legal_status
from services.referral.database.tables import referral
from services.referral.reckoning.timers.reckon_caseload import reckon_caseload
from shared.contracts.reckoning import CaseloadReckoned
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW
from tests.referral.contacts.builders import a_family
from tests.referral.endings.test_discharge_family import discharge
from tests.referral.support.builders import told_to_the_region

IN_APRIL = datetime(2026, 4, 2, 9, tzinfo=UTC)


async def reckoned(team: ATeam, now: datetime = IN_APRIL) -> Any:
    """The last month, as the region was told it."""
    team.now = now
    await reckon_caseload(team.units)
    return (await told_to_the_region(team, "caseload_reckoned"))[-1]


async def test_the_region_hears_how_many_families_waited_and_were_open_when_a_month_ended(team: ATeam) -> None:
    family = await a_family(team)
    await team.receives()

    assert await reckoned(team) == {
        "month": "2026-03-01",
        "waiting": 2,
        "waiting_over_28_days": 2,
        "longest_wait": None,
        "open_universal": 0,
        "open_targeted": 1,
        "open_specialist": 0,
        "open_risk": 0,
        "reviews_overdue": 0,
        "with_dad": 1,
        "dads_invited": 0,
        "dads_met": 0,
        "looked_after": 0,
        "fields_required": 5,
        "fields_complete": 2,
    }

    team.now = NOW
    await family.has(family.session(people=frozenset({family.dan})))

    met = await reckoned(team)
    assert (met["waiting"], met["dads_met"]) == (1, 1), "what is entered late changes the month in which it was"


async def test_a_month_that_nothing_changed_is_told_once(team: ATeam) -> None:
    await a_family(team)
    await reckoned(team)

    assert await reckon_caseload(team.units) == 0
    assert len(await told_to_the_region(team, "caseload_reckoned")) == 1


async def test_a_review_whose_day_has_passed_is_overdue_and_who_was_discharged_is_not_open(team: ATeam) -> None:
    family = await a_family(team, review_on=date(2026, 3, 20))
    other = await a_family(team)
    await discharge(other)

    told = await reckoned(team)

    assert (told["open_targeted"], told["reviews_overdue"]) == (1, 1)
    assert family.episode_id != other.episode_id


async def test_one_baby_who_is_looked_after_is_told_as_none_and_five_as_five(team: ATeam) -> None:
    families = [await a_family(team) for _ in range(5)]
    async with team.engine.begin() as connection:
        for one in families[:4]:
            await connection.execute(insert(legal_status).values(_looked_after(one.shannon)))

    assert (await reckoned(team))["looked_after"] == 0

    async with team.engine.begin() as connection:
        await connection.execute(insert(legal_status).values(_looked_after(families[4].shannon)))
    assert (await reckoned(team))["looked_after"] == 5


def _looked_after(baby_id: UUID) -> dict[str, Any]:
    return {"id": new_id(), "person_id": baby_id, "number": 1, "status": "section_20", "from_on": date(2026, 3, 2)}


async def test_the_longest_wait_is_a_band_and_none_of_fewer_than_five_families(team: ATeam) -> None:
    for _ in range(4):
        await team.receives()
    async with team.engine.begin() as connection:
        await connection.execute(update(referral).values(received_at=datetime(2026, 1, 5, 9, tzinfo=UTC)))
    assert (await reckoned(team))["longest_wait"] is None

    team.now = NOW
    await team.receives()

    assert (await reckoned(team))["longest_wait"] == "days_85_126"
    event = next(body for kind, body in reversed(await team.published()) if kind == CaseloadReckoned.type)
    assert event["longest_wait"] == 85, "the team itself knows the day"
