"""What a practitioner does with a family, step by step, by the pages: for the journeys."""

import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode, urlsplit

from playwright.async_api import Browser

from shared.manifest import Person
from shared.testing.axe import WIDE
from tests.journeys.at_work import LONDON, AtWork
from tests.referral.a_team import ATeam
from tests.referral.web.visitor import PRACTITIONER, PROFESSIONAL, Answers


@dataclass
class Practice:
    """One family's way through a team, in one browser window."""

    team: ATeam
    at_work: AtWork
    family: str = ""
    """Its address, once it has one."""
    person: Person = PRACTITIONER
    """Who is at work."""

    async def refers(self, day: date, *, at: time = time(9), usual: Answers = PROFESSIONAL, **changes: Any) -> None:
        """By the pages of the public form; `changes` are the answers of whole pages that differ from the usual ones."""
        self.team.now = datetime.combine(day, at, LONDON)
        work = self.at_work
        await work.page.context.clear_cookies()
        await work.goes_to("/refer")
        await work.presses("Start")
        for name, fields in {**usual, **changes}.items():
            await work.page.wait_for_url(f"**/refer/*/{name}")
            await work.enters(**fields)
            await work.presses("Continue")
        await work.page.wait_for_url("**/refer/*/check")
        await work.presses("Send")
        await work.page.wait_for_url("**/refer/*/sent")

    async def is_referred(
        self, day: date, *, usual: Answers = PROFESSIONAL, without: Sequence[str] = (), **changes: Any
    ) -> None:
        """The same, page by page, but for the window: for what begins with a referral and is not about it."""
        self.team.now = datetime.combine(day, time(9), LONDON)
        await self.at_work.page.context.clear_cookies()
        answers = {name: fields for name, fields in {**usual, **changes}.items() if name not in without}
        arrived = await self._posts("/refer", {})
        for name, fields in answers.items():
            assert arrived.endswith(f"/{name}")
            arrived = await self._posts(arrived, fields)
        assert arrived.endswith("/check")
        assert (await self._posts(arrived, {})).endswith("/sent")

    async def _posts(self, path: str, answers: Mapping[str, Any]) -> str:
        """Gives the path to which that leads."""
        fields: dict[str, Any] = {}
        for name, answer in answers.items():
            parts = ("day", "month", "year") if isinstance(answer, date) else ()
            fields |= {f"{name}-{part}": getattr(answer, part) for part in parts} or {name: answer}
        headers = {"content-type": "application/x-www-form-urlencoded"}
        answer = await self.at_work.page.request.post(path, data=urlencode(fields, doseq=True), headers=headers)
        assert answer.status == 200, await answer.text()
        return urlsplit(answer.url).path

    async def opens_family(self, day: date, person: Person | None = None) -> None:
        """In the morning, from the caseload of the whole team."""
        await self.at_work.begins_day(day, person or self.person, "/caseload")
        await self.at_work.goes_to(self.family)
        self.at_work.clicks = 0

    async def is_accepted(self, day: date, baby: str, *, level: str, **answers: Any) -> None:
        """Triage takes the family on; the family's page is open then."""
        work = self.at_work
        await work.begins_day(day, self.person, "/triage")
        await work.follows(baby)
        await work.enters(urgency="routine", level=level, **answers)
        await work.presses("Save the decision")
        await work.sees("was accepted.")
        await work.follows("Open the family's record")
        self.family = "/" + "/".join(work.page.url.split("?")[0].split("/")[3:])

    async def leads(self) -> None:
        """The signed-in practitioner takes the lead."""
        await self.fills("lead", lead_id=str(self.person.id))

    async def fills(self, form: str, *, whose: str = "", **answers: Any) -> None:
        """One form of the plan, by the link on the plan's page that leads to it."""
        work = self.at_work
        await work.goes_to(f"{self.family}/plan")
        here = f"{self.family}/plan/" if form != "discharge" else f"{self.family}/"
        await work.opens(work.page.locator(f'a[href="{here}{form}"]'))
        if whose:
            await work.selects("person_id", whose)
        await work.enters(**answers)
        await work.saves()

    async def records_session(self, *, who: Sequence[str] = (), strand: str = "", **answers: Any) -> None:
        """From the family's page."""
        work = self.at_work
        await work.goes_to(self.family)
        work.clicks = 0
        await work.follows("Record session")
        await work.ticks(*who)
        if strand:
            await work.selects("strand", strand)
        await work.enters(**answers)
        await work.presses("Save")
        await work.is_told_of_no_error()

    async def adds_measure(
        self, code: str, answers: Sequence[int], timepoint: str, about: str = "Leonie Example"
    ) -> None:
        """From the family's page to the score."""
        work = self.at_work
        await work.goes_to(self.family)
        work.clicks = 0
        await work.follows("Add measure")
        await work.opens(work.page.locator(f'a[href*="/measures/new?measure={code}"]'))
        await work.selects("person_id", about)
        items = {f"item_{number}": str(answer) for number, answer in enumerate(answers, start=1)}
        await work.enters(timepoint=timepoint, **items)
        await work.presses("Save")
        await work.is_told_of_no_error()

    async def talks_with(self, about: str, **answers: Any) -> None:
        """A conversation with other professionals."""
        work = self.at_work
        await work.goes_to(f"{self.family}/liaison/new")
        await work.enters(about=about, **answers)
        await work.saves()

    async def agrees_to(self, scope: str, who: str) -> None:
        """A choice of the family's own, given face to face."""
        work = self.at_work
        await work.goes_to(f"{self.family}/people/add-consent")
        await work.selects("person_id", who)
        await work.selects("given_by", who)
        await work.enters(scope=scope, method="face_to_face")
        await work.saves()

    async def issues_letter(self, kind: str, to: str) -> bytes:
        """Write it from its template, fill in what the record does not know, issue it, and fetch it as PDF."""
        work = self.at_work
        await work.goes_to(f"{self.family}/letters/new?kind={kind}")
        await work.selects("recipient", to)
        await work.saves()
        address = work.page.url.split("?")[0]
        if await work.page.get_by_text("Fill in the gaps").count():
            await work.goes_to(f"{address}/edit")
            words = await work.page.locator('textarea[name="text"]').input_value()
            await work.enters(text=re.sub(r"\[\[.*?\]\]", "as we agreed", words))
            await work.saves()
        await work.presses("Finish and lock")
        await work.is_told_of_no_error()
        answer = await work.page.request.get(f"{address}.pdf")
        assert answer.status == 200
        return await answer.body()

    async def rates_goal(self, rating: int) -> None:
        """The first one that is open."""
        work = self.at_work
        await work.goes_to(f"{self.family}/plan")
        await work.opens(work.page.locator('a[href$="/rate-goal"]'))
        await work.enters(rating=rating)
        await work.saves()

    async def agrees_plan(self, first: str, for_first: str, second: str = "", for_second: str = "") -> None:
        """One strand or two, given by the signed-in practitioner."""
        work = self.at_work
        await work.goes_to(f"{self.family}/plan")
        await work.opens(work.page.locator('a[href$="/plan/agree"]'))
        await work.enters(agreed_with="The family", preference="met")
        await self._strand("", first, for_first)
        if second:
            await self._strand("second_", second, for_second)
        await work.saves()

    async def _strand(self, prefix: str, intervention: str, whom: str) -> None:
        work = self.at_work
        await work.enters(**{f"{prefix}intervention": intervention, f"{prefix}planned_sessions": 5})
        await work.selects(f"{prefix}person_id", whom)
        await work.selects(f"{prefix}practitioner_id", self.person.name)


@asynccontextmanager
async def a_practice(
    team: ATeam, address: str, browser: Browser, *, width: int = WIDE, **options: Any
) -> AsyncGenerator[Practice]:
    context = await browser.new_context(viewport={"width": width, "height": 900}, base_url=address, **options)
    yield Practice(team, AtWork(await context.new_page(), team))
    await context.close()
