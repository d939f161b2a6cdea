from datetime import timedelta

from services.referral.support.commands.set_capacity import SetCapacity, set_capacity
from services.referral.worklists.queries.team_list import TeamLine, team_list
from shared.contracts.vocabulary import Level, Role
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor
from tests.referral.worklists.builders import READER, a_colleague, a_family, an_appointment, asks, statements_of


async def listed(team: ATeam) -> list[TeamLine]:
    async with team.begin(READER) as work:
        return list(await team_list(work.session, asks()))


async def test_the_team_is_listed_by_name_and_never_by_number(team: ATeam) -> None:
    priya, mo = await a_colleague(team, "Priya Sample"), await a_colleague(team, "Mo Sample")
    await a_colleague(team, "Zoe Sample")
    for days in (1, 29, 40):
        await a_family(team, lead_id=priya, last_contact_on=TODAY - timedelta(days), review_on=TODAY - timedelta(3))
    await a_family(team, lead_id=mo)
    await a_family(team)

    assert [(line.name, line.open_families) for line in await listed(team)] == [
        ("Mo Sample", 1),
        ("Priya Sample", 3),
        ("Zoe Sample", 0),
        ("No practitioner yet", 1),
    ]
    by_name = {line.name: line for line in await listed(team)}
    assert (by_name["Priya Sample"].reviews_overdue, by_name["Priya Sample"].long_without_contact) == (3, 2)
    assert (by_name["Zoe Sample"].reviews_overdue, by_name["Zoe Sample"].long_without_contact) == (0, 0)


async def test_a_line_says_what_each_carries_beside_what_they_can(team: ATeam) -> None:
    priya = await a_colleague(team, "Priya Sample")
    async with team.begin(an_actor(Role.TEAM_LEAD)) as work:
        await set_capacity(SetCapacity(priya, 8), work)
    old = await a_family(team, days_ago=130, lead_id=priya, level=Level.SPECIALIST)
    await a_family(team, lead_id=priya, level=Level.TARGETED)
    for days in (0, 7):
        await an_appointment(team, old, priya, NOW - timedelta(days), attendance="attended", minutes=60)

    (line,) = await listed(team)

    assert (line.open_families, line.capacity, line.sessions_this_week, line.over_target) == (2, 8, 1, 1)
    assert {tier.value: number for tier, number in line.tiers.items() if number} == {"targeted": 1, "specialist": 1}


async def test_the_team_costs_one_statement(team: ATeam) -> None:
    async with team.begin(READER) as work:
        await work.session.connection()
        async with statements_of(team) as sent:
            await team_list(work.session, asks())

    assert len(sent) == 1


async def test_work_that_ended_does_not_count(team: ATeam) -> None:
    priya = await a_colleague(team, "Priya Sample")
    await a_family(team, lead_id=priya, ended_on=TODAY, ending="completed")

    assert [(line.name, line.open_families, line.over_target) for line in await listed(team)] == [
        ("Priya Sample", 0, 0)
    ]


async def test_an_administrator_leads_no_families_and_is_not_listed(team: ATeam) -> None:
    await a_colleague(team, "Ann Pattern", an_actor(Role.TEAM_ADMINISTRATOR))

    assert await listed(team) == []
