"""The caseload and the waiting list as pages: each row says what is next and leads to where it is done."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.referral.governance.commands.restrict_family import RestrictFamily, restrict_family
from services.referral.people.domain.restriction import RestrictionReason
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor
from tests.referral.web.visitor import PRACTITIONER, Visitor
from tests.referral.worklists.builders import a_colleague, a_family, a_settled_family, a_task

ME = Actor(PRACTITIONER.id, PRACTITIONER.roles)


async def a_family_of_mine(team: ATeam, **standing: Any) -> UUID:
    return await a_family(team, lead_id=await a_colleague(team, PRACTITIONER.name, ME), **standing)


async def page(staff: Visitor, address: str) -> str:
    return (await staff.client.get(address)).text.replace("&amp;", "&")


async def test_a_safety_task_leads_to_the_task(team: ATeam, staff: Visitor) -> None:
    task_id = await a_task(team, await a_family_of_mine(team))

    shown = await page(staff, "/caseload")

    assert f'<a href="/tasks/{task_id}">New risk noted</a>' in shown
    assert 'class="is-alarm"' in shown


@pytest.mark.parametrize(
    ("standing", "words", "leads_to"),
    [
        ({"days_ago": 25}, "No first visit", "appointments/new"),
        ({"days_ago": 25, "next_contact_at": NOW + timedelta(1)}, "No first visit", "sessions"),
        ({"days_ago": 25, "first_contact_on": TODAY}, "No assessment", "plan/assessment"),
        ({"days_ago": 25, "first_contact_on": TODAY, "assessed_on": TODAY}, "No first measure", "measures/choose"),
        ({"days_ago": 0}, "Book a visit", "appointments/new"),
        ({"days_ago": 0, "review_on": TODAY - timedelta(1)}, "Record review", "plan/review"),
    ],
)
async def test_what_is_needed_leads_to_where_it_is_done(
    team: ATeam, staff: Visitor, standing: dict[str, Any], words: str, leads_to: str
) -> None:
    family_id = await a_family_of_mine(team, **standing)

    shown = await page(staff, "/caseload")

    assert f'<a href="/families/{family_id}/{leads_to}">{words}</a>' in shown
    assert 'class="is-late"' in shown


async def test_a_family_that_needs_nothing_says_so_and_stands_out_in_no_way(team: ATeam, staff: Visitor) -> None:
    await a_settled_family(team, lead_id=await a_colleague(team, PRACTITIONER.name, ME))

    shown = await page(staff, "/caseload")

    assert "Nothing due" in shown
    assert 'class="is-' not in shown


async def test_who_leads_is_said_only_where_it_is_not_the_same_in_every_row(team: ATeam, staff: Visitor) -> None:
    await a_family_of_mine(team)
    nobodys = await a_family(team)

    mine, teams = await page(staff, "/caseload?whose=mine"), await page(staff, "/caseload?whose=team")

    assert "Priya S</td>" not in mine
    assert "Priya S</td>" in teams
    assert f'href="/families/{nobodys}/plan/lead"' in teams


async def test_a_reference_is_in_the_file_and_not_on_the_page(team: ATeam, staff: Visitor) -> None:
    await a_family_of_mine(team)

    shown = await page(staff, "/caseload")
    (row,) = csv.DictReader(io.StringIO((await page(staff, "/caseload.csv")).removeprefix("\ufeff")))

    assert "TEA-2026-" not in shown
    assert row["Reference"].startswith("TEA-2026-")
    assert row["What is needed"] == "Nothing booked: Book a visit"
    assert (row["Days until help started"], row["Target in days"], row["Help started"]) == ("0", "28", "Waiting")


async def test_a_chip_has_its_number_keeps_what_else_is_chosen_and_is_taken_off_again(
    team: ATeam, staff: Visitor
) -> None:
    await a_task(team, await a_family_of_mine(team))

    before = await page(staff, "/caseload?whose=mine&tier=targeted&order=name")
    after = await page(staff, "/caseload?whose=mine&need=safety&order=name")

    assert (
        'href="/caseload?need=safety&whose=mine&tier=targeted&order=name">Safety <b class="pairs-worse">1</b>' in before
    )
    assert 'href="/caseload?whose=mine&order=name" aria-current="true">Safety' in after
    assert "My families, 1" in before


async def test_a_family_whom_the_reader_may_not_see_has_no_name_and_no_action(team: ATeam, staff: Visitor) -> None:
    family_id = await a_family(team, days_ago=40)
    async with team.begin(an_actor(Role.TEAM_LEAD)) as work:
        await restrict_family(RestrictFamily(family_id, RestrictionReason.COLLEAGUE, "A colleague's family."), work)

    for address in ("/caseload?whose=team", "/waiting"):
        shown = await page(staff, address)
        assert "Restricted record" in shown
        assert f'href="/families/{family_id}/' not in shown


async def test_the_waiting_list_says_why_help_has_not_started_and_leads_to_it(team: ATeam, staff: Visitor) -> None:
    family_id = await a_family(team, days_ago=40, first_contact_on=TODAY)
    await a_family(team, days_ago=60)
    await team.receives()

    shown = await page(staff, "/waiting")

    assert '<li><a href="/triage">Decision <b>1</b></a></li>' in shown
    assert "2 families · 2 over 28 days · median 40 days" in shown
    assert "No first visit <b>1</b>" in shown
    assert f'<a href="/families/{family_id}/plan/assessment">No assessment' in shown
    assert "over by 12" in shown


async def test_a_call_that_was_promised_and_is_late_leads_to_where_it_is_recorded(team: ATeam, staff: Visitor) -> None:
    family_id = await a_family(team, days_ago=40)
    async with team.engine.begin() as connection:
        late = TODAY - timedelta(4)
        await connection.exec_driver_sql("UPDATE referral SET waiting_well_on = $1", (late,))

    shown = await page(staff, "/waiting")

    assert f'href="/families/{family_id}/sessions/new">Call overdue 4 days' in shown
