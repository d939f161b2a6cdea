"""A baby dies. From that moment nothing leaves to the family, nothing is asked of them, and the pages speak gently."""

from datetime import date, time, timedelta

from playwright.async_api import Browser, Page, expect

from services.referral.contacts.timers.remind_of_appointments import remind_of_appointments
from tests.journeys.family_life import books, is_in_banner, it_is, of_people, opens_form, published_by
from tests.journeys.practice import Practice, a_practice
from tests.mail.server import AMailServer, a_mail_server
from tests.referral.a_team import ATeam
from tests.referral.messages import send

REFERRED = date(2026, 3, 2)
BEFORE = date(2026, 3, 10)
DIED = date(2026, 3, 11)
TOLD = date(2026, 3, 12)
BOOKED = (date(2026, 3, 12), date(2026, 3, 26))
ENDED = date(2026, 4, 9)


async def test_nothing_leaves_to_a_family_whose_baby_has_died(team: ATeam, address: str, browser: Browser) -> None:
    async with a_mail_server() as server, a_practice(team, address, browser) as practice:
        await _is_to_be_reminded(practice)
        link = await _a_link_is_open(practice)
        await _the_baby_dies(practice)
        await _nothing_leaves(team, server)
        await _the_link_is_closed(practice, browser, link)
        await _nothing_is_asked(practice)
        await _the_work_ends_with_a_day_only(practice)
        await _nothing_leaves(team, server)

    assert practice.at_work.faults == []
    published = await published_by(team)
    for word in ("Leonie", "Shannon", "Example", "example.org", "07700 900", "07700900"):
        assert word not in published


async def _is_to_be_reminded(practice: Practice) -> None:
    await practice.is_referred(REFERRED)
    await practice.is_accepted(REFERRED, "Shannon Example", level="specialist", mdt_on=REFERRED)
    await practice.leads()
    await of_people(practice, "details", whose="Leonie", email="leonie@example.org", contact_unsafe="no")
    await practice.agrees_to("contact_by_email", "Leonie Example")
    await practice.opens_family(BEFORE)
    await practice.records_session(attendance="attended", minutes=60, who=["Leonie Example"])
    for day in BOOKED:
        await books(practice, day, "8:30", who=["Leonie Example"])
    assert await _remind(practice.team) == 1


async def _a_link_is_open(practice: Practice) -> str:
    work = practice.at_work
    await work.goes_to(f"{practice.family}/measures/link?measure=OWN")
    await work.selects("person_id", "Leonie Example")
    await work.enters(timepoint="start")
    await work.presses("Make the link")
    return await work.page.locator(".pairs-link").inner_text()


async def _the_baby_dies(practice: Practice) -> None:
    work = practice.at_work
    await practice.opens_family(TOLD)
    await opens_form(practice, "death", whose="Shannon")
    await work.sees(
        "We are sorry.",
        "Nothing more is sent to this family from the moment you save this",
        "These appointments stay in the diary, without a reminder",
    )
    await work.enters(died_on=DIED)
    await work.presses("Record this and stop all messages")
    await work.sees("This is recorded. Nothing more is sent to the family.")
    await is_in_banner(practice, "died 11 March 2026", "Nothing is sent to this family")
    await expect(work.page.locator(".pairs-who__people")).not_to_contain_text("month")
    await expect(work.page.locator(".pairs-who__people")).not_to_contain_text("none booked")
    await expect(work.page.locator(".pairs-who__do > a")).to_have_count(0)  # nobody is urged to book or to record


async def _nothing_leaves(team: ATeam, server: AMailServer) -> None:
    """The timers of the next weeks, with a mail server that would take everything."""
    for day in (TOLD, BOOKED[1] - timedelta(1), ENDED):
        it_is(team, max(day, team.now.date()), time(18))
        assert await _remind(team) == 0
        assert await send(team, server) == 0
    assert server.taken == []


async def _remind(team: ATeam) -> int:
    return await remind_of_appointments(team.units)


async def _the_link_is_closed(practice: Practice, browser: Browser, link: str) -> None:
    async with a_practice(practice.team, link, browser, width=320) as phone:
        await phone.at_work.goes_to(link)
        assert await phone.at_work.page.locator('[name="item_1"]').count() == 0
        assert phone.at_work.faults == []


async def _nothing_is_asked(practice: Practice) -> None:
    work = practice.at_work
    await practice.opens_family(ENDED)
    assert not await _says(work.page, "No measure from the start", "Your baby")
    await work.goes_to(f"{practice.family}/letters/new?kind=family_appointment")
    await work.sees("No letter can go to", "Messages to this family are stopped")
    assert await work.page.locator('[name="recipient"]').count() == 0
    for path in ("/missing-outcomes?whose=team", "/reviews?whose=team"):
        await work.goes_to(path)
        assert not await _says(work.page, "Shannon Example"), path


async def _the_work_ends_with_a_day_only(practice: Practice) -> None:
    work = practice.at_work
    await work.goes_to(f"{practice.family}/discharge")
    names = await work.page.locator("main form [name]:visible").evaluate_all("all => all.map(one => one.name)")
    assert set(names) <= {"ended_on-day", "ended_on-month", "ended_on-year", "ending"}
    await work.presses("Discharge")
    await work.is_told_of_no_error()
    await is_in_banner(practice, "died 11 March 2026")
    await work.goes_to(f"{practice.family}/letters")
    assert not await _says(work.page, "To the family")
    await work.goes_to("/missing-outcomes?whose=team")
    assert not await _says(work.page, "Shannon Example")


async def _says(page: Page, *words: str) -> bool:
    shown = await page.locator("main").inner_text()
    return any(one in shown for one in words)
