"""Who works in the team, and when they were last here."""

from datetime import timedelta

from tests.referral.a_team import ATeam
from tests.referral.web.visitor import LEAD, PRACTITIONER, Visitor, client_of, pages_of


async def test_the_lead_sees_when_each_colleague_signed_in_first_and_last(team: ATeam) -> None:
    async with client_of(pages_of(team)) as priyas, client_of(pages_of(team)) as toms:
        priya, tom = Visitor(priyas), Visitor(toms)
        await priya.signs_in(PRACTITIONER)
        first = team.now
        team.now += timedelta(days=3)
        await priya.signs_in(PRACTITIONER)
        await tom.signs_in(LEAD)
        leads = (await toms.get("/colleagues")).text
        own = (await priyas.get("/colleagues")).text

    assert f"Signed in first {first:%a} {first.day} {first:%b}" in leads
    assert f"last {team.now:%a} {team.now.day} {team.now:%b}" in leads
    assert "Signed in" not in own
