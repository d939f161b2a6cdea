"""A referral that someone of the team enters, with what can be typed wrong, and what may be known already."""

import html
import re
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Browser, Page
from sqlalchemy import text

from services.referral.intake.commands.accept_referral import AcceptReferral, accept_referral
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.referral_request import EarlierReceipt
from services.referral.people.domain.safe_contact import SafeContact
from shared.contracts.vocabulary import ReferralRoute, Role, Urgency
from shared.testing.axe import faults_at_every_width
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, an_actor, an_opening
from tests.referral.web.test_in_a_browser import press, sign_in, visit
from tests.referral.web.visitor import ADMINISTRATOR, REGIONAL_LEAD, Visitor, hidden_in

FORM: dict[str, Any] = {
    "in_danger": "no",
    "source_group": "maternity",
    "referrer_name": "Ola Sample",
    "referrer_phone": "01632 960 003",
    "born": "yes",
    "baby_name": "Lena Specimen",
    "born_on-day": "1",
    "born_on-month": "12",
    "born_on-year": "2025",
    "nhs_number": "999 000 0026",
    "caregiver_name": "Mira Specimen",
    "relationship": "birth_parent",
    "caregiver_phone": "07700 900777",
    "contact_ways": ["text"],
    "interpreter": "no",
    "other_caregiver": "none",
    "postcode": "fy4 9zz",
    "reasons": ["bonding"],
    "story": "Mira says that she feels nothing when Lena cries.",
    "consent": "agreed",
}


async def enters(staff: Visitor, **changes: Any) -> Any:
    fields = {name: value for name, value in (FORM | changes).items() if value is not None}
    return await staff.posts("/referrals/new", fields, seen_on="/referrals/new")


async def count(team: ATeam) -> int:
    async with team.engine.connect() as connection:
        return await connection.scalar(text("SELECT count(*) FROM referral")) or 0


async def test_a_telephone_referral_is_stored_and_decided_on_at_once(staff: Visitor) -> None:
    answer = await enters(staff)

    page = (await staff.client.get(answer.headers["location"])).text
    assert "The referral is saved." in page
    assert "Entered by the team" in page
    assert "Save the decision" in page


async def test_what_is_safe_on_a_number_is_asked_and_stands_in_the_familys_header(team: ATeam, staff: Visitor) -> None:
    unsaid = await enters(staff, contact_ways=None, interpreter=None)
    called = await enters(staff, contact_ways=["call"])
    needs = {"interpreter": "yes", "language": "Polish", "talk_times": ["mornings"], "talking_help": "Help to hear"}
    answer = await enters(staff, **needs)
    referral_id = UUID(re.search(r"/referrals/([0-9a-f-]+)", answer.headers["location"])[1])  # type: ignore[index]
    async with team.begin(an_actor(Role.TEAM_LEAD)) as work:
        command = AcceptReferral(referral_id, 1, Urgency.ROUTINE, an_opening())
        accepted = await accept_referral(command, work)

    root = f"/families/{accepted.family_id}"
    header = html.unescape((await staff.client.get(root)).text)

    assert unsaid.status_code == called.status_code == 422
    assert "Choose whether an interpreter is needed" in unsaid.text
    assert "Choose what we do if someone else picks up" in called.text
    for said in ("Text message is safe. No phone call. No voicemail.", "Polish", "Help to hear"):
        assert said in header
    assert "Mornings" in (await staff.client.get(f"{root}/people")).text


async def test_a_parent_who_rings_is_asked_what_is_safe_on_their_own_number(team: ATeam, staff: Visitor) -> None:
    own = {"source_group": "self", "caregiver_phone": None}

    unsaid = await enters(staff, **own, contact_ways=None)
    unasked = await enters(staff, **own, contact_ways=None, not_asked="yes", looked="yes")

    assert "Choose what is safe on this number, or that you have not asked" in unsaid.text
    referral_id = UUID(re.search(r"/referrals/([0-9a-f-]+)", unasked.headers["location"])[1])  # type: ignore[index]
    async with team.begin(an_actor(Role.PRACTITIONER)) as work:
        request = (await Referrals(work).get(referral_id)).request
    assert request.contact == SafeContact(frozenset(), contact_not_asked=True)


async def test_a_second_press_is_one_referral(team: ATeam, staff: Visitor) -> None:
    page = hidden_in((await staff.client.get("/referrals/new")).text)

    first, second = [await enters(staff, **page) for _ in range(2)]

    assert first.headers["location"] == second.headers["location"]
    assert await count(team) == 1


async def test_a_family_that_may_be_known_is_shown_before_anything_is_stored(team: ATeam, staff: Visitor) -> None:
    known = await team.accepts()
    before = await count(team)
    same = {"baby_name": "Shanon Example", "nhs_number": "", "caregiver_name": "Example, Leonie"}
    birthday = {"born_on-day": "20", "born_on-month": "10"}

    shown = await enters(staff, **same, **birthday)
    stored = await enters(staff, **same, **birthday, looked="yes")

    assert shown.status_code == 200
    assert "Look at these families before you save." in shown.text
    assert f'href="/families/{known.family_id}"' in shown.text
    assert "Shannon Example</span> <strong>(nearly the same)</strong>" in shown.text
    assert "Leonie Example</span> <strong>(the same)</strong>" in shown.text
    assert stored.status_code == 303
    assert await count(team) == before + 1
    assert ("family.compare", known.family_id) in await team.audited()


async def test_a_transfer_keeps_the_day_on_which_the_other_team_received_it(team: ATeam, staff: Visitor) -> None:
    day = {"earlier_received_on-day": "5", "earlier_received_on-month": "1", "earlier_received_on-year": "2026"}

    answer = await enters(staff, is_transfer="yes", earlier_team="Lancaster parent-infant team", **day)

    referral_id = UUID(re.search(r"/referrals/([0-9a-f-]+)", answer.headers["location"])[1])  # type: ignore[index]
    async with team.begin(an_actor(Role.PRACTITIONER)) as work:
        request = (await Referrals(work).get(referral_id)).request
    assert request.route is ReferralRoute.TRANSFER
    assert request.earlier == EarlierReceipt(TODAY.replace(month=1, day=5), "Lancaster parent-infant team")
    page = (await staff.client.get(answer.headers["location"])).text
    assert "5 January 2026 by Lancaster parent-infant team" in page


async def test_an_administrator_enters_referrals_and_the_region_does_not(visitor: Visitor) -> None:
    await visitor.signs_in(ADMINISTRATOR)
    assert (await enters(visitor)).status_code == 303
    await visitor.signs_in(REGIONAL_LEAD)

    assert (await visitor.client.get("/referrals/new")).status_code == 403


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("1 wrong check digit", {"nhs_number": "999 000 0019"}, "Enter the NHS number again"),
    ("8 born tomorrow", {"born_on-day": "3", "born_on-month": "3", "born_on-year": "2026"}, "must be today or in the"),
    ("9 born in 1990", {"born_on-year": "1990"}, "This team works with children under 5"),
    ("10 no leap year", {"born_on-day": "29", "born_on-month": "2"}, "Enter a date that exists"),
    ("12 31 February", {"born_on-day": "31", "born_on-month": "02"}, "Enter a date that exists"),
    (
        "14 due long ago",
        {"born": "no", "baby_name": "", "nhs_number": "", "born_on-day": "", "born_on-month": "", "born_on-year": ""}
        | {"due_on-day": "1", "due_on-month": "2", "due_on-year": "2026"},
        "more than 28 days ago",
    ),
    ("16 not born and no due date", {"born": "no"}, "Enter the due date"),
    ("16 neither date", {"born_on-day": "", "born_on-month": "", "born_on-year": ""}, "Enter the baby's date of birth"),
    ("23 nothing to see", {"caregiver_name": "\u200b"}, "Enter the parent or carer's name"),
    ("25 turned direction", {"caregiver_name": "Mira\u202enemicepS"}, "characters that cannot be seen"),
    ("33 lines in a name", {"referrer_name": "Ola\r\nBcc: a@example.org"}, "characters that cannot be seen"),
    ("34 two at signs", {"referrer_email": "ola@@example.org"}, "Enter an email address like"),
    ("35 no such telephone", {"caregiver_phone": "+4400000000"}, "Enter a UK phone number"),
    ("35 no way to answer", {"referrer_phone": "", "referrer_email": ""}, "so that we can answer you"),
    ("36 half a postcode", {"postcode": "AA1"}, "Enter a full postcode"),
    ("38 no answer on consent", {"consent": ""}, "Choose whether the family knows"),
    ("39 not in the list", {"source_group": "wizard"}, "Choose one from the list"),
    ("40 two answers", {"source_group": ["self", "other"]}, "Give one answer only"),
    ("41 another status", {"status": "accepted"}, "something that this page does not ask for"),
    ("43 five hundred reasons", {"reasons": ["bonding"] * 500}, "Choose from the list only"),
    ("another carer without a name", {"other_caregiver": "yes"}, "Enter their name"),
    ("a transfer without a day", {"is_transfer": "yes", "earlier_team": "Lancaster"}, "when the other team received"),
    (
        "a transfer without a team",
        {
            "is_transfer": "yes",
            "earlier_received_on-day": "5",
            "earlier_received_on-month": "1",
            "earlier_received_on-year": "2026",
        },
        "Enter which team",
    ),
]


@pytest.mark.parametrize(("typed", "sentence"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
async def test_what_is_wrong_is_shown_again_with_all_that_was_typed(
    team: ATeam, staff: Visitor, typed: dict[str, Any], sentence: str
) -> None:
    answer = await enters(staff, **typed)

    shown = html.unescape(answer.text)
    assert answer.status_code == 422
    assert sentence in shown
    assert "There is a problem" in shown
    assert "feels nothing when Lena cries" in shown
    targets = re.findall(r'<a href="#([^"]+)">', answer.text)
    assert all(answer.text.count(f'id="{target}"') == 1 for target in targets)
    assert await count(team) == 0


async def fill(page: Page) -> None:
    for name, value in (FORM | {"nhs_number": "9990000018"}).items():
        field = page.locator(f'[name="{name}"]')
        if await field.first.get_attribute("type") in {"radio", "checkbox"}:
            for one in [value] if isinstance(value, str) else value:
                await page.locator(f'[name="{name}"][value="{one}"]').check()
        elif name in {"source_group", "relationship"}:
            await field.select_option(str(value))
        else:
            await field.fill(str(value))


async def test_axe_finds_nothing_while_a_referral_is_entered(team: ATeam, address: str, browser: Browser) -> None:
    await team.accepts()
    found: list[str] = []
    async with visit(browser, address) as page:
        await sign_in(page, "/triage")
        await page.get_by_role("link", name="New referral").click()
        found += await faults_at_every_width(page)
        await press(page, "Save the referral")
        await page.get_by_text("There is a problem").wait_for()
        found += await faults_at_every_width(page)
        await fill(page)
        await press(page, "Save the referral")
        await page.get_by_text("Look at these families before you save.").wait_for()
        found += await faults_at_every_width(page)
        await page.get_by_role("button", name="Save the referral").first.click()
        await page.get_by_text("The referral is saved.").wait_for()
        found += await faults_at_every_width(page)

    assert found == []


@pytest.mark.parametrize("step", ["ask", "priority"])
async def test_axe_finds_nothing_on_the_steps_of_triage(team: ATeam, address: str, browser: Browser, step: str) -> None:
    referral_id = (await team.receives()).referral_id
    async with visit(browser, address) as page:
        await sign_in(page, "/triage")
        await page.goto(f"/referrals/{referral_id}/{step}")
        found = await faults_at_every_width(page)
        await page.locator("main form button").first.click()
        await page.get_by_text("There is a problem").wait_for()
        found += await faults_at_every_width(page)

    assert found == []
