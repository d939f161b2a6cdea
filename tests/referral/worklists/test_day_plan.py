from datetime import UTC, date, datetime, timedelta

from services.referral.worklists.queries.day_plan import DayPlan, day_plan
from shared.contracts.pathway_codes import Attendance, ContactKind, Venue
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW
from tests.referral.worklists.builders import READER, a_colleague, a_family, an_appointment, asks, statements_of


async def planned(team: ATeam, today: date | None = None) -> DayPlan:
    async with team.begin(READER) as work:
        return await day_plan(work.session, asks(today=today) if today else asks())


async def test_todays_appointments_are_in_the_order_of_their_times(team: ATeam) -> None:
    family_id, me = await a_family(team), await a_colleague(team, "Priya Sample", READER)
    for hours in (5, -1, 2):
        await an_appointment(team, family_id, me, NOW + timedelta(hours=hours), venue="family_hub")

    plan = await planned(team)

    assert [line.starts_at for line in plan.today] == [NOW + timedelta(hours=hours) for hours in (-1, 2, 5)]
    assert (plan.today[0].kind, plan.today[0].venue) == (ContactKind.SESSION, Venue.FAMILY_HUB)
    assert plan.today[0].family.babies == "Shannon Example"
    assert plan.without_outcome == []


async def test_an_earlier_appointment_stays_until_somebody_says_what_happened(team: ATeam) -> None:
    family_id, me = await a_family(team), await a_colleague(team, "Priya Sample", READER)
    await an_appointment(team, family_id, me, NOW - timedelta(3))
    await an_appointment(team, family_id, me, NOW - timedelta(2), attendance="was_not_brought")
    await an_appointment(team, family_id, me, NOW - timedelta(hours=1), attendance="attended", minutes=60)

    plan = await planned(team)

    assert [line.starts_at for line in plan.without_outcome] == [NOW - timedelta(3)]
    assert [line.attendance for line in plan.today] == [Attendance.ATTENDED]


async def test_another_practitioner_and_the_day_after_tomorrow_are_not_in_it(team: ATeam) -> None:
    family_id, me = await a_family(team), await a_colleague(team, "Priya Sample", READER)
    await an_appointment(team, family_id, me, NOW + timedelta(2))
    await an_appointment(team, family_id, await a_colleague(team, "Mo Sample"), NOW)

    assert await planned(team) == DayPlan([], [], [])


async def test_tomorrow_is_the_next_day_on_which_somebody_works(team: ATeam) -> None:
    family_id, me = await a_family(team), await a_colleague(team, "Priya Sample", READER)
    friday = date(2026, 3, 6)
    for day in (6, 7, 9, 10):
        await an_appointment(team, family_id, me, datetime(2026, 3, day, 10, tzinfo=UTC))

    plan = await planned(team, friday)

    assert [line.starts_at.day for line in plan.today] == [6]
    assert [line.starts_at.day for line in plan.next] == [7, 9]


async def test_the_day_is_the_day_in_london(team: ATeam) -> None:
    family_id, me = await a_family(team), await a_colleague(team, "Priya Sample", READER)
    for hour, minute in ((22, 30), (23, 30)):
        await an_appointment(team, family_id, me, datetime(2026, 6, 9, hour, minute, tzinfo=UTC))

    assert [len((await planned(team, date(2026, 6, day))).today) for day in (9, 10)] == [1, 1]


async def test_a_full_day_costs_one_statement(team: ATeam) -> None:
    me = await a_colleague(team, "Priya Sample", READER)
    for _ in range(3):
        await an_appointment(team, await a_family(team), me, NOW, id=new_id())

    async with team.begin(READER) as work:
        await work.session.connection()
        async with statements_of(team) as sent:
            await day_plan(work.session, asks())

    assert len(sent) == 1
