"""The pages of conversations about a family and of risk notes."""

from typing import Any

import pytest

from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.web.visitor import ADMINISTRATOR, Visitor, client_of, pages_of, visible_in

CONVERSATION: dict[str, Any] = {
    "kind": "professional",
    "happened_on-day": "2",
    "happened_on-month": "3",
    "happened_on-year": "2026",
    "happened_at": "9am",
    "way": "telephone",
    "profession": "health_visitor",
    "organisation": "Blackpool health visiting",
    "about": "How feeding goes.",
    "minutes": "15",
    "basis": "consent",
    "disclosed": "",
    "disclosed_to": "",
    "no_consent_why": "",
}
RISK = {"concern": "A bruise.", "action": "Rang the duty social worker.", "told": "The team lead."}


@pytest.fixture
async def family(team: ATeam) -> AFamily:
    return await a_family(team)


async def adds(staff: Visitor, family: AFamily, **changes: Any) -> Any:
    page = f"/families/{family.family_id}/liaison/new"
    return await staff.posts(page, CONVERSATION | changes, seen_on=page)


async def test_a_conversation_is_on_the_familys_page_and_in_the_table(staff: Visitor, family: AFamily) -> None:
    root = f"/families/{family.family_id}/liaison"
    assert "Nothing yet" in (await staff.client.get(root)).text

    answer = await adds(staff, family)

    page = (await staff.client.get(answer.headers["location"])).text
    assert "Today 09:00</time>: Health visitor" in page
    assert "The conversation is saved." in page
    assert "How feeding goes." in (await staff.client.get(f"{root}.csv")).text


async def test_a_concern_that_was_shared_without_agreement_says_why(staff: Visitor, family: AFamily) -> None:
    shared = {
        "disclosed": "A bruise on a baby who does not move about yet.",
        "disclosed_to": "The duty social worker",
        "disclosure_basis": "section_47",
        "consent_sought": "not_sought",
    }

    half = await adds(staff, family, disclosed=shared["disclosed"])
    without = await adds(staff, family, **shared)
    stored = await adds(staff, family, **shared, no_consent_why="Asking first could put the baby at risk.")

    assert (half.status_code, without.status_code, stored.status_code) == (422, 422, 303)
    assert "Choose the ground on which it was shared" in half.text
    assert "A bruise on a baby" in half.text
    assert "Write why it was shared without the family&#39;s agreement." in without.text


async def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(staff: Visitor, family: AFamily) -> None:
    for changes, sentence in (
        ({"profession": ""}, "Choose whom you spoke with."),
        ({"basis": ""}, "Choose why it may be shared."),
        ({"happened_at": "11:59pm"}, "The day and time must be in the past."),
        ({"happened_on-day": "3"}, "The day must be today or in the past"),
        ({"minutes": "many"}, "Enter a whole number, in figures"),
    ):
        answer = await adds(staff, family, **changes)

        assert answer.status_code == 422
        assert sentence in answer.text
        assert "How feeding goes." in answer.text


async def test_a_risk_is_noted_and_leads_to_its_task(staff: Visitor, family: AFamily) -> None:
    page = f"/families/{family.family_id}/risk-notes"
    first = (await staff.client.get(page)).text
    assert "No risk has been noted." in first

    empty = await staff.posts(page, RISK | {"told": ""}, seen_on=page)
    answer = await staff.posts(page, RISK, seen_on=page)

    assert (empty.status_code, answer.status_code) == (422, 303)
    assert "Rang the duty social worker." in empty.text
    alarm = (await staff.client.get(answer.headers["location"])).text
    assert "Make sure today that everyone is safe" in alarm
    assert "A new risk was noted" in alarm
    task = answer.headers["location"].partition("?")[0]
    assert f'href="{task}"' in (await staff.client.get(page)).text


async def test_a_corrected_risk_note_under_the_same_intention_is_never_called_a_success(
    staff: Visitor, family: AFamily
) -> None:
    page = f"/families/{family.family_id}/risk-notes"
    once = {"intention": str(new_id())}

    await staff.posts(page, RISK | once, seen_on=page)
    same = await staff.posts(page, RISK | once, seen_on=page)
    other = await staff.posts(page, RISK | once | {"concern": "A bruise, and a burn."}, seen_on=page)

    assert (same.status_code, other.status_code) == (303, 409)
    shown = visible_in(other.text)
    assert shown.index("A bruise.") < shown.index("A bruise, and a burn.")
    assert (await staff.client.get(page)).text.count("A bruise") == 1


async def test_the_team_administrator_reads_and_does_not_add(team: ATeam, family: AFamily) -> None:
    async with client_of(pages_of(team)) as client:
        administrator = Visitor(client)
        await administrator.signs_in(ADMINISTRATOR)
        page = (await client.get(f"/families/{family.family_id}/risk-notes")).text
        answer = await adds(administrator, family)

    assert "Note a new risk" not in page
    assert answer.status_code == 403
