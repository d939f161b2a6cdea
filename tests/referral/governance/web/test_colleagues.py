"""Who works in the team, and when they were last here."""

import re
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

    said = re.sub(r"<[^>]*>", "", leads).replace("\xa0", " ")
    assert f"First sign-in: {first:%a} {first.day} {first:%b}" in said
    assert "Last: Today" in said
    assert "First sign-in" not in own
