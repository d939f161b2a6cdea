"""Someone at work in a real browser: follows links, fills forms, presses buttons, and counts the clicks.

Every page that they come to is looked at by axe once, and must not be wider than the window.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from playwright.async_api import Locator, Page, expect

from shared.manifest import Person
from shared.testing.axe import axe_faults
from tests.referral.a_team import ATeam

LONDON = ZoneInfo("Europe/London")
AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


@dataclass
class AtWork:
    """One browser window of one person."""

    page: Page
    team: ATeam
    clicks: int = 0
    faults: list[str] = field(default_factory=list[str])
    looked_at: set[str] = field(default_factory=set[str])

    async def begins_day(self, day: date, person: Person, path: str = "/caseload") -> None:
        """Nine in the morning: sign in, as nobody stays signed in over night; nothing is counted yet."""
        self.team.now = datetime.combine(day, time(9), LONDON)
        await self.page.context.clear_cookies()
        await self.page.goto(f"/sign-in?next={path}")
        await self.page.get_by_role("button", name=re.compile(re.escape(person.name))).click()
        await self.page.wait_for_url(f"**{path}")
        self.clicks = 0
        await self.look()

    async def goes_to(self, path: str) -> None:
        """By a bookmark."""
        await self.page.goto(path)
        await self.look()

    async def follows(self, words: str) -> None:
        """The first link with these words; some look like buttons."""
        await self.opens(self.page.locator("a", has_text=words))

    async def opens(self, links: Locator) -> None:
        """The first of them that is in sight; when none is, the first, once what it is folded into is open."""
        await links.first.wait_for(state="attached")
        shown = links.filter(visible=True)
        if not await shown.count():
            await self._unfold(links.first)
        await shown.first.click()
        await self._clicked()

    async def presses(self, words: str) -> None:
        await self.page.get_by_role("button", name=words, exact=True).first.click()
        await self._clicked()

    async def enters(self, **answers: Any) -> None:
        """Type, choose or tick by the field's name: a text, a code, several codes, or a date."""
        for name, answer in answers.items():
            await self._enter(name, answer)

    async def saves(self) -> None:
        """Press the button of the page's form; nothing is wrong with what was entered."""
        await self.page.locator("main form button.nhsuk-button").first.click()
        await self._clicked()
        await self.is_told_of_no_error()

    async def is_told_of_no_error(self) -> None:
        summary = self.page.locator(".nhsuk-error-summary")
        assert await summary.count() == 0, await summary.inner_text()

    async def ticks(self, *labels: str) -> None:
        """Checkboxes with these words."""
        for label in labels:
            await self.page.locator("main label", has_text=label).first.check()

    async def selects(self, name: str, words: str) -> None:
        """The first choice of a list (or of radios) that has these words."""
        choices = self.page.locator(f'main select[name="{name}"]')
        if await choices.count():
            await self._unfold(choices.first)
            option = choices.locator("option", has_text=words).first
            await choices.select_option(await option.get_attribute("value"))
            return
        item = self.page.locator(f'main div:has(> [name="{name}"])', has_text=words)
        await item.locator("input").first.check()

    async def sees(self, *words: str) -> None:
        for one in words:
            await expect(self.page.locator("main")).to_contain_text(one)

    async def look(self) -> None:
        """What axe says of the page, and whether it is too wide: once for each kind of page and its state."""
        kind = AN_ID.sub("…", self.page.url)
        if kind in self.looked_at:
            return
        self.looked_at.add(kind)
        self.faults += await axe_faults(self.page)

    async def _clicked(self) -> None:
        self.clicks += 1
        await self.page.wait_for_load_state()
        await self.look()

    async def _unfold(self, one: Locator) -> None:
        """Open what it is folded into."""
        for fold in await one.locator("xpath=ancestor::details[not(@open)]/summary").all():
            await fold.click()
            self.clicks += 1

    async def _enter(self, name: str, answer: Any) -> None:
        inputs = self.page.locator(f'main [name="{name}"]')
        if isinstance(answer, date) and await inputs.count():
            await inputs.fill(f"{answer:%d/%m/%Y}")
            return
        if isinstance(answer, date):
            for part in ("day", "month", "year"):
                await self.page.locator(f'main [name="{name}-{part}"]').fill(str(getattr(answer, part)))
            return
        await self._unfold(inputs.first)
        match await inputs.first.evaluate("one => one.type"):
            case "radio" | "checkbox":
                for value in [answer] if isinstance(answer, str) else answer:
                    await self.page.locator(f'main [name="{name}"][value="{value}"]').check()
            case "select-one":
                await inputs.first.select_option(str(answer))
            case _:
                await inputs.first.fill(str(answer))
