"""A regional lead's month, from looking in for two minutes to the yearly review: each task is done on the pages."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page
from pypdf import PdfReader
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from services.reporting.publication.domain.published_point import Audience
from services.reporting.publication.domain.span import months_later
from shared.kernel.calendar import month_words
from shared.kernel.postgres import Connection
from shared.testing.events import Feed
from tests.reporting.builders import a_series, publish
from tests.reporting.dashboard.web.a_published_region import NOW, THIS_MONTH, publish_region

LAST_MONTH = months_later(THIS_MONTH, -1)
AS_AT = f"{LAST_MONTH:%Y-%m}"


@pytest.fixture(autouse=True)
async def region(engine: AsyncEngine, feed: Feed, connection: Connection) -> None:
    """Five teams, of which Barrow is silent; a revision of last month; births of Blackpool's area."""
    await publish_region(engine, feed, is_told_outside=True)
    async with AsyncSession(engine) as session, session.begin():
        revised = a_series(17, indicator=9, team="preston", of=[20], starts=LAST_MONTH)
        await publish(session, revised, month=LAST_MONTH, cause="late")
        await publish(session, revised, audience=Audience.OUTSIDE, month=LAST_MONTH, cause="late")
    await connection.execute(
        "INSERT INTO parameter_entered (id, team, name, month, value, source, entered_by, entered_at) "
        "VALUES (gen_random_uuid(), 'blackpool', 'births', '2020-01-01', 1480, 'ONS', gen_random_uuid(), $1)",
        NOW - timedelta(days=1),
    )


class Lead:
    """Somebody at a browser, who sees what stands there and presses what it offers."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self._address = page, address

    async def opens(self, path: str) -> None:
        answer = await self.page.goto(self._address + path)
        assert answer
        assert answer.status == 200, path

    async def sees(self, *words: str) -> None:
        shown = " ".join((await self.page.inner_text("main")).split())
        assert [one for one in words if one not in shown] == [], self.page.url

    async def follows(self, link: str) -> None:
        await self.page.get_by_role("link", name=link).first.click()
        await self.page.wait_for_load_state()

    async def takes(self, link: str) -> Path:
        async with self.page.expect_download() as coming:
            await self.page.get_by_role("link", name=link).first.click()
        return Path(await (await coming.value).path())

    async def presses(self, button: str) -> None:
        await self.page.get_by_role("button", name=button, exact=True).click()
        await self.page.wait_for_load_state()


@pytest.fixture
def lead(page: Page, address: str) -> Lead:
    return Lead(page, address)


@pytest.mark.timeout(240)
async def test_each_task_of_a_month_is_done_on_the_pages(lead: Lead) -> None:
    await looks_in_daily(lead)
    await chases_completeness(lead)
    await explains_a_point(lead)
    await sees_what_was_frozen_and_what_changed(lead)
    await reports_to_the_board(lead)
    await meets_a_team(lead)
    await decides_a_recalculation(lead)
    await reckons_need(lead)
    await reviews_a_definition(lead)
    await lets_a_machine_and_a_mail_tell(lead)


async def looks_in_daily(lead: Lead) -> None:
    """Is there anything new, and is the data alive?"""
    await lead.opens("/")
    await lead.sees("Since ", "new", "Preston", "Burnley")
    assert await lead.page.locator("#freshness-now").inner_text()


async def chases_completeness(lead: Lead) -> None:
    await lead.opens("/")
    await lead.follows("Data quality")
    await lead.sees("to ask about", "streams", "Barrow")
    assert (await lead.takes("Workbook")).stat().st_size > 1000
    await lead.follows("Ask the team")
    asked = await lead.page.get_by_label("What is to be done, or answered?").input_value()
    assert "is usual. Is that right?" in asked
    await lead.page.get_by_label("Who owns it?").select_option(label="Regional lead")
    await lead.presses("Save")
    await lead.sees("Saved. It stands on the team’s page too", "Question to the team", "Open")
    await lead.opens("/data-quality")
    await lead.sees("Regional lead, due")


async def explains_a_point(lead: Lead) -> None:
    await lead.opens("/indicators/9?team=preston")
    await lead.follows("Add a note")
    await lead.page.get_by_label("Month").select_option(AS_AT)
    await lead.page.get_by_label("What happened").fill("A second clinic opened.")
    await lead.presses("Save the note")
    await lead.sees("A second clinic opened.", "Regional lead")


async def sees_what_was_frozen_and_what_changed(lead: Lead) -> None:
    await lead.opens("/snapshots")
    await lead.sees(month_words(LAST_MONTH), "Provisional teams", "Released", "Came late")
    await lead.follows("Readiness")
    await lead.sees("Barrow", "Ready")
    await lead.opens("/revisions")
    await lead.sees("Decided within 5 working days", "Preston", "17 of 20")


async def reports_to_the_board(lead: Lead) -> None:
    """The same view for good, as a report, a workbook and a picture."""
    await lead.opens(f"/?as_at={AS_AT}")
    report = PdfReader(await lead.takes("PDF report"))
    assert "The region: parent-infant relationship teams" in report.pages[0].extract_text().replace("\n", " ")
    assert (await lead.takes("Workbook")).stat().st_size > 1000
    await lead.opens("/indicators/9")
    assert (await lead.takes("PNG")).read_bytes().startswith(b"\x89PNG")


async def meets_a_team(lead: Lead) -> None:
    await lead.opens("/team/preston")
    await lead.sees("Preston", "question", "1 note", "A second clinic opened.")
    await lead.follows("New action")
    await lead.page.get_by_label("What is to be done, or answered?").fill("Share the new text reminder.")
    await lead.page.get_by_label("Who owns it?").select_option(label="Regional lead")
    await lead.presses("Save")
    await lead.opens("/team/preston")
    await lead.sees("Share the new text reminder.", "Regional lead, due")
    await lead.follows("Compare")
    await lead.page.get_by_label("The other team").select_option("burnley")
    await lead.presses("Compare")
    await lead.sees("stand out from their own past", "Decided within 5 working days: Burnley", "Beyond chance")
    await lead.opens("/actions")
    await lead.page.get_by_role("row", name="Share the new text reminder.").get_by_text("Close").click()
    await lead.page.get_by_label("What came of it").fill("Shared on Monday.")
    await lead.presses("Save")
    await lead.sees("Saved. It is closed", "Shared on Monday.")
    await lead.opens("/indicators/9")
    await lead.sees("Burnley", "Preston", "Barrow", "The same as a table")


async def decides_a_recalculation(lead: Lead) -> None:
    month = f"{months_later(THIS_MONTH, -8):%Y-%m}"
    await lead.opens(f"/indicators/9/steps/new?team=burnley&month={month}")
    await lead.sees("As it is", "With new limits from", "It cannot be taken back.")
    await lead.page.get_by_label("What changed, and how you know").fill("Duty triage ended, minutes of 9 March.")
    await lead.presses("Begin limits anew")
    await lead.sees("1 recalculation", "Duty triage ended, minutes of 9 March.")


async def reckons_need(lead: Lead) -> None:
    await lead.opens("/need")
    await lead.sees("1,480", "are expected in the region, as one assumes", "(used here)")
    await lead.opens("/workforce")
    await lead.sees("Workforce")


async def reviews_a_definition(lead: Lead) -> None:
    await lead.opens("/indicators/9")
    await lead.sees("What it counts", "Version", "Next review", "None is set")
    await lead.follows("Set a target")
    await lead.page.get_by_label("Try a target of").fill("95")
    await lead.presses("Preview")
    await lead.sees("As it is: no target", "With 95 from")
    await lead.page.get_by_label("Who set it, and where is it written?").fill("Board paper of 9 March")
    await lead.presses("Save")
    await lead.sees("95 from", "Board paper of 9 March")


async def lets_a_machine_and_a_mail_tell(lead: Lead) -> None:
    await lead.opens("/subscriptions")
    await lead.follows("New subscription")
    await lead.page.get_by_label("Which figure", exact=True).select_option("9")
    await lead.presses("How often would it have fired?")
    await lead.sees("It would have fired", "in the last 24 months")
    await lead.page.get_by_label("Name it").fill("Every Monday")
    await lead.page.get_by_label("All figures").check()
    await lead.page.get_by_label("Everywhere that you see").check()
    await lead.page.get_by_label("Every Monday at 7:30am").check()
    await lead.page.get_by_label("API, where a program asks").check()
    await lead.presses("Save")
    await lead.sees("Copy it now", "pairs_", "What it tells now", "What ran, and what came of it")
    await lead.follows("Send one now")
    await lead.presses("Send one now")
    await lead.sees("One is on its way.", "Sent on request")
    await lead.opens("/subscriptions")
    await lead.sees("Every Monday", "Next")
