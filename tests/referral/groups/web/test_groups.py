"""The pages of groups."""

import re
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from services.referral.database.contact_tables import contact_person
from services.referral.groups.web.forms.group import family_field
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
    assert "No groups running." in (await staff.client.get("/groups")).text
    await a_family(team)
    opened = await opens(staff)
    page = opened.headers["location"].split("?")[0]
    joining = f"{page}/join?whose=team"
    offered = (await staff.client.get(joining)).text
    dyads = re.findall(r'name="dyads" value="([^"]+)"', offered)
    assert "<b>Shannon Example</b> with Leonie Example" in offered

    joined = await staff.posts(joining, {"dyads": dyads}, seen_on=joining)
    stored = (await staff.client.get(page)).text
    ending = {"version": "1", "ended_on-day": "30", "ended_on-month": "6", "ended_on-year": "2026"}
    ended = await staff.posts(f"{page}/end", ending, seen_on=page)

    assert [answer.status_code for answer in (opened, joined, ended)] == [303, 303, 303]
    assert len(dyads) > 1
    assert f"{len(dyads)} of 6 places taken" in stored
    assert "/sessions/new" not in (await staff.client.get(page)).text
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
        family_field(family.family_id): "came",
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


def a_register(**answers: Any) -> dict[str, Any]:
    day = {"held_on-day": "2", "held_on-month": "3", "held_on-year": "2026"}
    return {**day, "practitioner": str(PRACTITIONER.id), "minutes": "60", **answers}


async def what_happened(staff: Visitor, group: AGroup) -> list[str]:
    rows = (await staff.client.get(f"/groups/{group.id}/register.csv")).text.strip().splitlines()[1:]
    return sorted(row.split(",")[-1] for row in rows)


async def test_one_press_says_that_everyone_came(staff: Visitor, team: ATeam, group: AGroup) -> None:
    await group.adds(group.families[0])
    for _ in range(7):
        await group.adds(await a_family(team, request={"nhs_number": None}))
    register = f"/groups/{group.id}/sessions/new"

    held = await staff.posts(register, a_register(everyone="came"), seen_on=register)

    assert held.status_code == 303
    assert await what_happened(staff, group) == ["Attended"] * 8


async def test_each_family_has_a_row_that_says_what_happened(staff: Visitor, team: ATeam, group: AGroup) -> None:
    families = [group.families[0], *[await a_family(team, request={"nhs_number": None}) for _ in range(2)]]
    for family in families:
        await group.adds(family)
    register = f"/groups/{group.id}/sessions/new"
    marks = [family_field(family.family_id) for family in families]
    answers = dict(zip(marks, ("came", "apologies", "not_come"), strict=True))

    half = await staff.posts(register, a_register(**{marks[0]: "came"}), seen_on=register)
    held = await staff.posts(register, a_register(**answers), seen_on=register)

    assert (half.status_code, held.status_code) == (422, 303)
    assert "Choose for each family: came, sent apologies or did not come" in half.text
    assert len(await what_happened(staff, group)) == 3
    assert "Cancelled by the family" in await what_happened(staff, group)


async def test_of_a_family_that_came_only_those_are_on_record_who_were_there(staff: Visitor, group: AGroup) -> None:
    (family,) = group.families
    await group.adds(family)
    register = f"/groups/{group.id}/sessions/new"
    answers = a_register(**{family_field(family.family_id): "came", "there": str(family.leonie)})

    await staff.posts(register, answers, seen_on=register)

    async with group.team.engine.connect() as connection:
        assert list(await connection.scalars(select(contact_person.c.person_id))) == [family.leonie]


async def test_the_minutes_of_the_last_session_are_suggested(staff: Visitor, group: AGroup) -> None:
    await group.adds(group.families[0])
    await group.meets(group.session(minutes=75))

    assert 'value="75"' in (await staff.client.get(f"/groups/{group.id}/sessions/new")).text


async def test_families_who_could_join_are_chosen_by_the_babys_age(staff: Visitor, group: AGroup) -> None:
    page = f"/groups/{group.id}/join?whose=team"

    young = (await staff.client.get(f"{page}&age=to_6_months")).text
    old = (await staff.client.get(f"{page}&age=older")).text

    assert "Shannon Example" in young
    assert "No family fits this filter." in old


async def test_a_group_is_filled_by_all_who_were_ticked_or_by_none(staff: Visitor, team: ATeam) -> None:
    group = await a_group(team, capacity=1)
    page = f"/groups/{group.id}/join?whose=team"
    dyads = re.findall(r'name="dyads" value="([^"]+)"', (await staff.client.get(page)).text)

    refused = await staff.posts(page, {"dyads": dyads}, seen_on=page)

    assert refused.status_code == 422
    assert "The group is full." in refused.text
    assert (await group.stored()).places == []


async def test_somebody_leaves_and_the_register_does_not_name_them_any_more(staff: Visitor, group: AGroup) -> None:
    place_id = await group.adds(group.families[0])
    page = f"/groups/{group.id}"

    leaves = f"{page}/places/{place_id}/leave"
    answer = await staff.posts(leaves, {}, seen_on=leaves)

    assert answer.status_code == 303
    assert "No one is in this group." in (await staff.client.get(f"{page}/sessions/new")).text


async def test_what_is_wrong_is_said_at_its_place(staff: Visitor, group: AGroup) -> None:
    page = f"/groups/{group.id}"

    for answer, sentence in (
        (await opens(staff, name=""), "Enter the group&#39;s name"),
        (await opens(staff, capacity="200"), "Enter a number from 1 to 100"),
        (await opens(staff, practitioner=str(new_id())), "Choose someone of the team."),
        (await staff.posts(f"{page}/join", {}, seen_on=page), "Tick at least one baby and carer"),
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

    unknown = await staff.posts(f"{page}/join", {"dyads": str(new_id())}, seen_on=page)

    assert unknown.status_code == 404
    assert (await staff.client.get(f"/groups/{new_id()}")).status_code == 404


async def test_the_team_administrator_looks_and_does_not_change(team: ATeam, group: AGroup) -> None:
    await group.adds(group.families[0])
    async with client_of(pages_of(team)) as client:
        administrator = Visitor(client)
        await administrator.signs_in(ADMINISTRATOR)
        page = (await client.get(f"/groups/{group.id}")).text
        opened = await opens(administrator, practitioner=str(group.practitioner.id))

    assert "/leave" not in page
    assert "/sessions/new" not in page
    assert opened.status_code == 403
