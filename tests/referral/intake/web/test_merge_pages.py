"""Two records of one family: side by side, merged, found under the old address, and parted again."""

import re
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Browser

from shared.testing.axe import faults_at_every_width
from tests.referral.a_team import ATeam
from tests.referral.intake.test_merge_families import two_records
from tests.referral.web.test_in_a_browser import sign_in, visit
from tests.referral.web.visitor import ADMINISTRATOR, Visitor

REASON = {"reason": "The same address and birthday."}


def fields_in(page: str) -> dict[str, Any]:
    """What the page would post unchanged."""
    hidden = dict(re.findall(r'<input type="hidden" id="\w+" name="(\w+)" value="([^"]*)">', page))
    ticked = re.findall(r'name="same" type="checkbox" value="([^"]+)" checked', page)
    return {**hidden, "same": ticked}


async def merged(staff: Visitor, kept_id: UUID, gone_id: UUID) -> None:
    page = f"/families/{kept_id}/merge?with={gone_id}"
    fields = fields_in((await staff.client.get(page)).text)
    answer = await staff.posts(f"/families/{kept_id}/merge", fields | REASON, seen_on=page)
    assert answer.status_code == 303, answer.text


async def test_two_records_are_seen_side_by_side_with_what_agrees_in_words(team: ATeam, staff: Visitor) -> None:
    kept_id, gone_id = await two_records(team)

    found = (await staff.client.get(f"/families/{kept_id}/merge")).text
    page = (await staff.client.get(f"/families/{kept_id}/merge?with={gone_id}")).text

    assert f'href="/families/{kept_id}/merge?with={gone_id}"' in found
    assert page.count("(the same)") >= 4
    assert "Gran Example" in page
    assert len(fields_in(page)["same"]) == 2


async def test_the_old_address_leads_to_the_kept_family_until_the_merge_is_undone(team: ATeam, staff: Visitor) -> None:
    kept_id, gone_id = await two_records(team)
    await merged(staff, kept_id, gone_id)

    moved = await staff.client.get(f"/families/{gone_id}/tier")
    page = (await staff.client.get(f"/families/{kept_id}/merge?done=merged")).text
    undo = re.search(rf"/families/{kept_id}/merges/[0-9a-f-]+", page)
    assert undo
    answer = await staff.posts(undo[0], {"reason": "They are cousins."}, seen_on=undo[0])
    again = await staff.client.get(f"/families/{gone_id}")

    assert (moved.status_code, moved.headers["location"]) == (303, f"/families/{kept_id}/tier")
    assert "The records are one now." in page
    assert "The same address and birthday." in page
    assert answer.headers["location"] == f"/families/{kept_id}/merge?done=unmerged"
    assert again.status_code == 200


async def test_both_with_open_work_is_refused_with_what_to_do_and_nothing_is_lost(team: ATeam, staff: Visitor) -> None:
    one, other = (await team.accepts()).family_id, (await team.accepts()).family_id
    page = f"/families/{one}/merge?with={other}"
    fields = fields_in((await staff.client.get(page)).text)

    answer = await staff.posts(f"/families/{one}/merge", fields | REASON, seen_on=page)

    assert answer.status_code == 422
    assert "End one of the two pieces of work first" in answer.text
    assert "The same address and birthday." in answer.text


@pytest.mark.parametrize("wrong", [{"same": "x"}, {"reason": " "}, {"other": "x"}])
async def test_what_is_wrong_is_told(team: ATeam, staff: Visitor, wrong: dict[str, str]) -> None:
    kept_id, gone_id = await two_records(team)
    page = f"/families/{kept_id}/merge?with={gone_id}"
    fields = fields_in((await staff.client.get(page)).text)

    answer = await staff.posts(f"/families/{kept_id}/merge", fields | REASON | wrong, seen_on=page)

    assert answer.status_code == 422
    assert "There is a problem" in answer.text


async def test_two_records_of_which_one_has_changed_are_shown_beside_what_was_entered(
    team: ATeam, staff: Visitor
) -> None:
    kept_id, gone_id = await two_records(team)
    page = f"/families/{kept_id}/merge?with={gone_id}"
    fields = fields_in((await staff.client.get(page)).text)

    answer = await staff.posts(f"/families/{kept_id}/merge", fields | REASON | {"kept_version": "9"}, seen_on=page)

    assert answer.status_code == 409
    assert "This has changed in the meantime" in answer.text
    assert REASON["reason"] in answer.text


async def test_an_administrator_looks_and_does_not_merge(team: ATeam, visitor: Visitor) -> None:
    kept_id, gone_id = await two_records(team)
    await visitor.signs_in(ADMINISTRATOR)
    page = f"/families/{kept_id}/merge?with={gone_id}"

    shown = (await visitor.client.get(page)).text
    fields = {"other": str(gone_id), "kept_version": "1", "merged_version": "1", "same": []} | REASON
    answer = await visitor.posts(f"/families/{kept_id}/merge", fields, seen_on="/triage")

    assert "A practitioner or the team lead merges records." in shown
    assert answer.status_code == 403


async def test_what_another_team_has_is_not_found(team: ATeam, other_team: ATeam, staff: Visitor) -> None:
    kept_id, _ = await two_records(team)
    elsewhere = (await other_team.accepts()).family_id

    assert (await staff.client.get(f"/families/{elsewhere}/merge")).status_code == 404
    assert (await staff.client.get(f"/families/{kept_id}/merge?with={elsewhere}")).status_code == 404
    assert (await staff.client.get(f"/families/{kept_id}/merges/{elsewhere}")).status_code == 404


async def test_axe_finds_nothing(team: ATeam, address: str, browser: Browser) -> None:
    kept_id, gone_id = await two_records(team)
    found: list[str] = []

    async with visit(browser, address) as page:
        await sign_in(page, "/triage")
        await page.goto(f"/families/{gone_id}/merge")
        found += await faults_at_every_width(page)
        await page.goto(f"/families/{kept_id}/merge?with={gone_id}")
        found += await faults_at_every_width(page)
        await page.get_by_role("button", name="Merge the two records").click()
        await page.get_by_text("There is a problem").wait_for()
        found += await faults_at_every_width(page)
        await page.get_by_label("How do you know that it is one family?").fill("The same address.")
        await page.get_by_role("button", name="Merge the two records").click()
        await page.get_by_text("The records are one now.").wait_for()
        found += await faults_at_every_width(page)
        await page.get_by_role("link", name="Undo this merge").click()
        await page.get_by_role("button", name="Undo the merge").click()
        await page.get_by_text("There is a problem").wait_for()
        found += await faults_at_every_width(page)

    assert found == []
