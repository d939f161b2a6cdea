from datetime import timedelta

from services.referral.worklists.queries.team_list import TeamLine, team_list
from shared.contracts.vocabulary import Role
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, an_actor
from tests.referral.worklists.builders import READER, a_colleague, a_family, asks


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
    assert by_name["Priya Sample"] == TeamLine(priya, "Priya Sample", 3, 3, 2, TODAY - timedelta(1))
    assert by_name["Zoe Sample"].last_contact_on is None


async def test_work_that_ended_does_not_count(team: ATeam) -> None:
    priya = await a_colleague(team, "Priya Sample")
    await a_family(team, lead_id=priya, ended_on=TODAY, ending="completed")

    assert await listed(team) == [TeamLine(priya, "Priya Sample", 0, 0, 0, None)]


async def test_an_administrator_leads_no_families_and_is_not_listed(team: ATeam) -> None:
    await a_colleague(team, "Ann Pattern", an_actor(Role.TEAM_ADMINISTRATOR))

    assert await listed(team) == []
