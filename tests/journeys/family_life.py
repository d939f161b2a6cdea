"""What happens in a family's life, entered by the pages: people, appointments and what became of them; for journeys."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from playwright.async_api import expect

from tests.journeys.at_work import LONDON
from tests.journeys.practice import Practice
from tests.referral.a_team import ATeam


async def of_people(practice: Practice, form: str, *, whose: str = "", **answers: Any) -> None:
    """A form of the page of the family's people, by the link that leads to it; `whose` is the person's name."""
    await opens_form(practice, form, whose=whose)
    await practice.at_work.enters(**answers)
    await practice.at_work.saves()


async def opens_form(practice: Practice, form: str, *, whose: str = "") -> None:
    work = practice.at_work
    await work.goes_to(f"{practice.family}/people")
    await work.opens(work.page.locator(f'main a[href$="/{form}"]', has_text=whose))


async def books(practice: Practice, day: date, at: str = "10:00", *, who: Sequence[str] = (), **answers: Any) -> None:
    """An appointment, from the family's page."""
    work = practice.at_work
    await work.goes_to(practice.family)
    await work.follows("Book")
    await work.ticks(*who)
    await work.enters(starts_on=day, starts_at=at, **answers)
    await work.presses("Book an appointment")
    await work.sees("The appointment is booked.")


async def misses(practice: Practice, attendance: str) -> None:
    """The appointment of the day, by the link beside it."""
    work = practice.at_work
    await work.goes_to(f"{practice.family}/sessions")
    await work.follows("Record what happened")
    await work.enters(attendance=attendance, minutes="")
    await work.presses("Save")
    await work.sees("The session is saved.")


async def id_of_person(practice: Practice, name: str) -> str:
    """From the links of the people's page, where it stays."""
    work = practice.at_work
    await work.goes_to(f"{practice.family}/people")
    link = work.page.locator('main a[href$="/details"]', has_text=name).first
    return str(await link.get_attribute("href")).split("/")[-2]


async def is_in_banner(practice: Practice, *words: str) -> None:
    banner = practice.at_work.page.locator("section.pairs-who")
    for one in words:
        await expect(banner).to_contain_text(one)


def it_is(team: ATeam, day: date, at: time = time(9)) -> None:
    team.now = datetime.combine(day, at, LONDON)


async def published_by(team: ATeam) -> str:
    """All that left the team, to itself and to the region."""
    return str(await team.published()) + str(await team.published("region"))
