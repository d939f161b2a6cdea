"""Letters and messages in a real browser: with and without scripts, wide and narrow, by keyboard."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page

from services.referral.letters.domain.letter_kind import LetterKind
from shared.testing.axe import faults_at_every_width
from tests.mail.server import a_mail_server
from tests.referral.a_team import ATeam
from tests.referral.letters.builders import referral_of, write
from tests.referral.messages import a_family_with_email, queue, send
from tests.referral.web.test_in_a_browser import press, sign_in, visit

WORDS = "# We would like to see you\n\nDear Leonie\n\n## What happens now\n\nWe call you.\n\n- On Monday"


async def issues_a_letter(page: Page, root: str) -> None:
    await page.goto(f"{root}/letters")
    await page.get_by_role("link", name="To the family: we will work with you").click()
    await page.get_by_label("Leonie Example").check()
    await press(page, "Start the letter")
    await page.wait_for_url("**/letters/*?done=written")
    await page.get_by_role("link", name="Fill in the gaps").click()
    await page.get_by_label("The letter", exact=True).fill(WORDS)
    await press(page, "Save")
    await page.wait_for_url("**/letters/*?done=edited")
    await press(page, "Finish and lock")
    await page.wait_for_url("**/letters/*?done=issued")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
async def test_a_practitioner_issues_a_letter(team: ATeam, address: str, browser: Browser, *, scripts: bool) -> None:
    family = await a_family_with_email(team)
    root = f"/families/{family.family_id}"
    async with visit(browser, address, java_script_enabled=scripts) as page:
        await sign_in(page, "/caseload")
        await issues_a_letter(page, root)
        issued = await page.get_by_role("article", name="The letter").inner_text()
        await page.get_by_role("link", name="Print view").click()
        alone = await page.locator("main").inner_text()

    for shown in (issued, alone):
        assert "Our reference: TEA-2026-000001-L1" in shown
        assert "We would like to see you" in shown


async def test_the_pages_of_letters_are_accessible_empty_full_and_after_an_error(
    team: ATeam, address: str, browser: Browser
) -> None:
    family = await a_family_with_email(team)
    root = f"/families/{family.family_id}/letters"
    found: list[str] = []
    async with visit(browser, address) as page:
        await sign_in(page, "/caseload")
        for path in (root, f"{root}?state=issued", f"{root}/new", f"{root}/new?kind=family_appointment"):
            await page.goto(path)
            found += await faults_at_every_width(page)
        await press(page, "Start the letter")
        await page.wait_for_selector(".nhsuk-error-summary")
        found += await faults_at_every_width(page)
        for path in await pages_of_a_letter(team, family, page):
            await page.goto(path)
            found += await faults_at_every_width(page)
        await press(page, "Save")
        await page.goto(f"{root}/new?kind=professional_discharged")
        found += await faults_at_every_width(page)
        await issues_a_letter(page, f"/families/{family.family_id}")
        found += await faults_at_every_width(page)
        await page.goto(root)
        found += await faults_at_every_width(page)

    assert found == []


async def pages_of_a_letter(team: ATeam, family: Any, page: Page) -> list[str]:
    letter_id = await write(
        team,
        family.practitioner,
        await referral_of(team, family.family_id),
        LetterKind.PROFESSIONAL_DISCHARGED,
        "gp",
    )
    assert page.url
    return [f"/letters/{letter_id}", f"/letters/{letter_id}.html", f"/letters/{letter_id}/edit"]


async def test_the_templates_and_the_messages_are_accessible(team: ATeam, address: str, browser: Browser) -> None:
    family = await a_family_with_email(team)
    found: list[str] = []
    async with visit(browser, address) as page:
        await page.goto("/messages")
        await page.get_by_role("button", name="Tom Specimen").click()
        await page.wait_for_url("**/messages")
        found += await faults_at_every_width(page)
        async with a_mail_server() as server:
            server.answers = {"RCPT": "550 no such mailbox"}
            await queue(family)
            await send(team, server)
        for path in ("/messages", "/messages?state=sent", "/settings/letters", "/settings/letters/safety_net_family"):
            await page.goto(path)
            found += await faults_at_every_width(page)
        await page.goto("/settings/letters/family_missed")
        found += await faults_at_every_width(page)
        await page.get_by_label("Words", exact=True).fill("No title {{ wrong }}")
        await press(page, "Preview")
        await page.wait_for_selector(".nhsuk-error-summary")
        found += await faults_at_every_width(page)

    assert found == []
