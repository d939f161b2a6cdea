"""The pages of groups."""

import re
from typing import Any

import httpx
import pytest

from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.contacts.builders import a_family
from tests.referral.groups.builders import AGroup, a_group
from tests.referral.web.visitor import ADMINISTRATOR, PRACTITIONER, Visitor, client_of, pages_of


@pytest.fixture
async def group(team: ATeam) -> AGroup:
    return await a_group(team)


async def opens(staff: Visitor, **changes: Any) -> httpx.Response:
    fields = {
        "name": "Baby massage on Mondays",
        "intervention": "baby_massage",
        "practitioner": str(PRACTITIONER.id),
        "venue": "family_hub",
        "capacity": "6",
        "starts_on-day": "2",
        "starts_on-month": "3",
        "starts_on-year": "2026",
        **changes,
    }
    return await staff.posts("/groups/new", fields, seen_on="/groups/new")


async def test_a_group_is_opened_joined_and_ended(staff: Visitor, team: ATeam) -> None:
    assert "No group goes on at the moment." in (await staff.client.get("/groups")).text
    await a_family(team)
    opened = await opens(staff)
    page = opened.headers["location"].split("?")[0]
    before = (await staff.client.get(page)).text
    dyad = re.search(r'<option value="([^"]+)"[^>]*>Shannon Example and Leonie Example', before)
    assert dyad

    joined = await staff.posts(f"{page}/join", {"dyad": dyad[1]}, seen_on=page)
    stored = (await staff.client.get(page)).text
    ending = {"version": "1", "ended_on-day": "30", "ended_on-month": "6", "ended_on-year": "2026"}
    ended = await staff.posts(f"{page}/end", ending, seen_on=page)

    assert [answer.status_code for answer in (opened, joined, ended)] == [303, 303, 303]
    assert "1 of 6 taken" in stored
    assert "Tick the register" not in (await staff.client.get(page)).text
    assert "Baby massage on Mondays" in (await staff.client.get("/groups?state=ended")).text
    assert "Baby massage on Mondays" in (await staff.client.get("/groups.csv?state=ended")).text


async def test_the_register_is_ticked_once_and_is_on_each_familys_page(staff: Visitor, group: AGroup) -> None:
    (family,) = group.families
    await group.adds(family)
    page = f"/groups/{group.id}"
    register = f"{page}/sessions/new"
    fields = {
        "held_on-day": "2",
        "held_on-month": "3",
        "held_on-year": "2026",
        "practitioner": str(PRACTITIONER.id),
        "minutes": "60",
        "topic": "Touch",
        "present": [str(family.leonie), str(family.shannon)],
    }

    without = await staff.posts(register, {**fields, "minutes": ""}, seen_on=register)
    held = await staff.posts(register, fields, seen_on=register)

    assert (without.status_code, held.status_code) == (422, 303)
    assert "Enter the minutes" in without.text
    assert "Touch" in without.text
    assert "Touch" in (await staff.client.get(page)).text
    table = (await staff.client.get(f"{page}/register.csv")).text
    assert re.search(r"2026-03-02,Touch,60,TEA-2026-00000\d,Attended", table)
    assert "60 minutes" in (await staff.client.get(f"/families/{family.family_id}/sessions?kind=group")).text


async def test_somebody_leaves_and_the_register_does_not_name_them_any_more(staff: Visitor, group: AGroup) -> None:
    place_id = await group.adds(group.families[0])
    page = f"/groups/{group.id}"

    leaves = f"{page}/places/{place_id}/leave"
    answer = await staff.posts(leaves, {}, seen_on=leaves)

    assert answer.status_code == 303
    assert "Nobody takes part in this group." in (await staff.client.get(f"{page}/sessions/new")).text


async def test_what_is_wrong_is_said_at_its_place(staff: Visitor, group: AGroup) -> None:
    page = f"/groups/{group.id}"

    for answer, sentence in (
        (await opens(staff, name=""), "Enter the group&#39;s name"),
        (await opens(staff, capacity="200"), "Enter a number from 1 to 100"),
        (await opens(staff, practitioner=str(new_id())), "Choose somebody of the team."),
        (await staff.posts(f"{page}/join", {"dyad": ""}, seen_on=page), "Choose a baby and a carer"),
        (
            await staff.posts(
                f"{page}/end",
                {"version": "1", "ended_on-day": "1", "ended_on-month": "1", "ended_on-year": "2026"},
                seen_on=page,
            ),
            "The day must not be before the group began.",
        ),
    ):
        assert answer.status_code == 422
        assert sentence in answer.text


async def test_a_dyad_of_no_family_with_support_and_an_unknown_group_are_not_found(
    staff: Visitor, group: AGroup
) -> None:
    page = f"/groups/{group.id}"

    unknown = await staff.posts(f"{page}/join", {"dyad": str(new_id())}, seen_on=page)

    assert unknown.status_code == 404
    assert (await staff.client.get(f"/groups/{new_id()}")).status_code == 404


async def test_the_team_administrator_looks_and_does_not_change(team: ATeam, group: AGroup) -> None:
    await group.adds(group.families[0])
    async with client_of(pages_of(team)) as client:
        administrator = Visitor(client)
        await administrator.signs_in(ADMINISTRATOR)
        page = (await client.get(f"/groups/{group.id}")).text
        opened = await opens(administrator, practitioner=str(group.practitioner.id))

    assert "They leave" not in page
    assert "Tick the register" not in page
    assert opened.status_code == 403
