"""What needs the team lead, as a page: every number leads to its list, and the most urgent comes first."""

import csv
import html
import io
import re
from datetime import timedelta

from services.referral.governance.queries.team_needs import URGENT, TeamNeed, TeamNeedLine, team_needs
from services.referral.governance.web.needs_me import LISTS
from services.referral.intake.queries.triage_queue import USUAL_TARGETS
from services.referral.support.commands.set_capacity import SetCapacity, set_capacity
from shared.contracts.pathway_codes import TaskKind
from shared.contracts.vocabulary import Role
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor
from tests.referral.staff.test_answer_promise import leaves_a_number
from tests.referral.support.builders import LEAD as THE_LEAD
from tests.referral.web.visitor import LEAD, PRACTITIONER, Visitor
from tests.referral.worklists.builders import READER, a_colleague, a_family, a_settled_family, a_task, asks


async def needed(team: ATeam) -> dict[TeamNeed, TeamNeedLine]:
    async with team.begin(READER) as work:
        return {line.need: line for line in await team_needs(work, asks(), USUAL_TARGETS) if line.how_many}


async def test_a_team_in_which_nothing_is_due_needs_nothing(team: ATeam) -> None:
    await a_settled_family(team, lead_id=await a_colleague(team))

    assert await needed(team) == {}


async def test_each_kind_is_counted_with_the_day_since_when(team: ATeam) -> None:
    priya = await a_colleague(team)
    late = await a_settled_family(team, lead_id=priya, review_on=TODAY - timedelta(3))
    await a_settled_family(team, lead_id=None)
    await a_settled_family(team, lead_id=priya, last_contact_on=TODAY - timedelta(40))
    await a_family(team, days_ago=130, lead_id=priya, last_contact_on=TODAY)
    await a_task(team, late)
    await a_task(team, late, TaskKind.SUPERVISION)
    team.now = NOW - timedelta(20)
    await team.receives()
    team.now = NOW

    found = await needed(team)

    assert {need: line.how_many for need, line in found.items()} == {
        TeamNeed.SAFETY: 1,
        TeamNeed.DECISION: 1,
        TeamNeed.UNLED: 1,
        TeamNeed.WAIT: 1,
        TeamNeed.REVIEW: 1,
        TeamNeed.CONTACT: 1,
    }
    assert found[TeamNeed.REVIEW].since == TODAY - timedelta(3)
    assert found[TeamNeed.DECISION].since == TODAY - timedelta(20)


async def test_what_is_about_safety_comes_first(team: ATeam, visitor: Visitor) -> None:
    await a_task(team, await a_family(team))
    await visitor.signs_in(LEAD)

    page = (await visitor.client.get("/needs-me")).text

    assert page.index(TeamNeed.SAFETY.label) < page.index(TeamNeed.UNLED.label)
    assert list(TeamNeed)[: len(URGENT)] == [need for need in TeamNeed if need in URGENT]
    assert 'href="/tasks?whose=team&amp;state=safety"' in page
    assert ("needs.read", None) in await team.audited()


async def test_every_number_leads_to_a_list_that_there_is(visitor: Visitor) -> None:
    await visitor.signs_in(LEAD)

    assert set(LISTS) == set(TeamNeed)
    assert {href: (await visitor.client.get(href)).status_code for href in LISTS.values()} == dict.fromkeys(
        LISTS.values(), 200
    )


async def test_only_the_lead_sees_it(staff: Visitor) -> None:
    assert (await staff.client.get("/needs-me")).status_code == 403


async def test_a_load_stands_beside_what_somebody_can_carry(team: ATeam, visitor: Visitor) -> None:
    priya = await a_colleague(team, PRACTITIONER.name)
    for _ in range(3):
        await a_family(team, lead_id=priya)
    async with team.begin(THE_LEAD) as work:
        await set_capacity(SetCapacity(priya, 2), work)
    await visitor.signs_in(LEAD)

    for path in ("/needs-me", "/team"):
        page = (await visitor.client.get(path)).text
        assert 'aria-label="Families: 3 of 2, 1 over"' in page
        assert "not for comparing people" in page


async def test_each_number_of_the_team_leads_to_as_many_families_of_that_practitioner(
    team: ATeam, visitor: Visitor
) -> None:
    left = await a_colleague(team, "Lin Sample", an_actor(Role.TEAM_ADMINISTRATOR))  # works with families no more
    for number, leads in enumerate((await a_colleague(team), await a_colleague(team, "Mo Sample"), left, None), 1):
        for _ in range(number):
            seen = {"last_contact_on": TODAY - timedelta(40), "review_on": TODAY - timedelta(3)}
            await a_family(team, days_ago=130, lead_id=leads, **seen)
    await visitor.signs_in(LEAD)

    page = (await visitor.client.get("/team")).text
    numbers = re.findall(r'<a href="([^"]+)">(\d+)<span class="nhsuk-u-visually-hidden">', page)

    assert len(numbers) == 4 * 4
    for href, number in numbers:
        path, _, query = html.unescape(href).partition("?")
        assert (await visitor.client.get(f"{path}?{query}")).status_code == 200
        in_file = list(csv.reader(io.StringIO((await visitor.client.get(f"{path}.csv?{query}")).text)))
        assert len(in_file) - 1 == int(number), href


async def test_the_lead_changes_how_many_families_somebody_can_have(team: ATeam, visitor: Visitor) -> None:
    path = f"/colleagues/{await a_colleague(team)}/capacity"
    await visitor.signs_in(LEAD)

    saved = await visitor.posts(path, {"families": "12"}, seen_on=path)

    assert saved.headers["location"] == "/colleagues?done=capacity"
    assert 'value="12"' in (await visitor.client.get(path)).text


async def test_somebody_who_left_a_number_is_counted_wherever_the_lead_and_the_team_look(
    team: ATeam, visitor: Visitor
) -> None:
    number = await leaves_a_number(team)
    await visitor.signs_in(LEAD)

    page = (await visitor.client.get("/needs-me")).text
    triage = (await visitor.client.get("/triage")).text

    assert f'1</b><span class="nhsuk-u-visually-hidden"> {TeamNeed.NUMBER.label}' in page
    assert f'href="/callbacks/{number}"' in triage
    assert 'Triage<span class="pairs-count">1<' in page


async def test_referrals_over_the_target_lead_to_those_and_each_practitioner_to_their_families(
    team: ATeam, visitor: Visitor
) -> None:
    priya = await a_colleague(team)
    await a_family(team, lead_id=priya)
    await team.receives()
    team.now = NOW - timedelta(20)
    await team.receives()
    team.now = NOW
    await visitor.signs_in(LEAD)

    page = (await visitor.client.get("/needs-me")).text
    in_file = csv.reader(
        io.StringIO((await visitor.client.get(f"{LISTS[TeamNeed.DECISION].replace('?', '.csv?')}")).text)
    )

    assert len(list(in_file)) - 1 == (await needed(team))[TeamNeed.DECISION].how_many == 1
    assert f'href="/caseload?whose={priya}"' in page
