"""The spine, in real browsers: a referral by a health visitor moves the region's figures, and pages show it."""

import re
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date, timedelta

from playwright.async_api import Browser, Page, expect

from services.referral.intake.commands.accept_referral import AcceptReferral, accept_referral
from services.referral.intake.commands.receive_referral import ReceiveReferral, receive_referral
from services.referral.people.domain.support import Support
from services.referral.support.commands.move_tier import MoveTier, move_tier
from services.referral.team.database.team_work import TeamUnits
from shared.contracts.vocabulary import Level, Role, Urgency
from shared.kernel.actor import public_form
from shared.kernel.clock import machine_clock
from shared.kernel.identifiers import new_id
from tests.guarantees.spine import engine_of
from tests.journeys.network import Network, Running
from tests.journeys.referring import Answers, a_date, a_health_visitors_answers, today
from tests.referral.builders import a_move, a_request, a_team_named, an_actor, an_opening

WITHIN_SECONDS = 5.0
"""The figure is made, passes the gate with all others of the region, and is shown."""
RECEIVED, OPEN_FAMILIES, MOVES = 1, 20, 21
"""Indicators, by their numbers."""


async def sign_in(page: Page, service: Running, person: str) -> None:
    await page.goto(f"{service.url}/sign-in")
    await page.locator("li", has_text=person).get_by_role("button").click()


async def fill(page: Page, answers: Answers) -> None:
    for name, value in answers.items():
        for one in [value] if isinstance(value, str) else value:
            field = page.locator(f'[name="{name}"]')
            if await field.first.get_attribute("type") in {"radio", "checkbox"}:
                await page.check(f'[name="{name}"][value="{one}"]')
            else:
                await field.fill(one)
    await page.get_by_role("button", name="Continue").click()


async def refer(page: Page, service: Running) -> str:
    """A health visitor fills the public form, a question a page, and sends it; the reference that it gives."""
    await page.goto(f"{service.url}/refer")
    await page.get_by_role("button", name="Start").click()
    answers = a_health_visitors_answers()
    while (name := page.url.rsplit("/", 1)[-1]) != "check":
        await fill(page, answers[name])
    await page.get_by_role("button", name="Send").click()
    await page.get_by_text("What happens next").first.wait_for()
    return re.search(r"[A-Z]{3}-\d{4}-\d{6}", await page.content())[0]  # type: ignore[index]


async def earlier_families(team: str, service: Running, number: int) -> None:
    """So many, received, accepted and moved, that the region may see how many there are."""
    engine = engine_of(service.database_url)
    units = TeamUnits(a_team_named(team), engine, region_key=bytes(32), clock=machine_clock)
    lead = an_actor(Role.TEAM_LEAD, Role.PRACTITIONER)
    opening = an_opening(review_on=today() + timedelta(days=84))
    step_up = a_move(
        Support(Level.SPECIALIST), effective_from=today(), mdt_on=today(), review_on=today() + timedelta(days=84)
    )
    for _ in range(number):
        async with units.begin(public_form()) as work:
            receipt = await receive_referral(ReceiveReferral(new_id(), a_request()), work)
        async with units.begin(lead) as work:
            accept_it = AcceptReferral(receipt.referral_id, 1, Urgency.ROUTINE, opening)
            episode_id = (await accept_referral(accept_it, work)).episode_id
        async with units.begin(lead) as work:
            await move_tier(MoveTier(episode_id, 1, step_up), work)
    await engine.dispose()


async def test_a_referral_accepted_and_moved_moves_the_regions_dashboard_without_a_reload(
    network: Network, browser: Browser, a_team: str
) -> None:
    reporting = await network.start_reporting()
    team = await network.start_team(a_team)
    await network.announce(a_team)
    await earlier_families(a_team, team, 6)

    dashboard = await (await browser.new_context()).new_page()
    await sign_in(dashboard, reporting, "Regional lead")
    await expect(dashboard.get_by_role("heading", name="Region at a glance")).to_be_visible()

    async with moves(dashboard, reporting, RECEIVED):
        reference = await refer(await (await browser.new_context()).new_page(), team)
    lead = await (await browser.new_context()).new_page()
    await sign_in(lead, team, "team lead")
    async with moves(dashboard, reporting, OPEN_FAMILIES):
        await accept(lead, team, reference)
    async with moves(dashboard, reporting, MOVES):
        await move(lead)


@asynccontextmanager
async def moves(dashboard: Page, reporting: Running, indicator: int) -> AsyncGenerator[None]:
    """The figure so far of this month goes from 6 to 7 within seconds of the body's end, without a reload."""
    so_far = dashboard.locator("#months-now tbody tr").first
    await dashboard.goto(f"{reporting.url}/indicators/{indicator}")
    await expect(so_far).to_contain_text("6", timeout=20_000)
    await dashboard.evaluate("window.neverReloaded = true")
    yield
    ended = time.monotonic()
    await expect(so_far).to_contain_text("7", timeout=20_000)
    assert (time.monotonic() - ended) < WITHIN_SECONDS
    assert await dashboard.evaluate("window.neverReloaded")


async def accept(lead: Page, service: Running, reference: str) -> None:
    await lead.goto(f"{service.url}/triage")
    await lead.locator("tr", has_text=reference).get_by_role("link").first.click()
    await lead.check('[name="urgency"][value="routine"]')
    await lead.check('[name="level"][value="targeted"]')
    await enter(lead, "review_on", today() + timedelta(days=84))
    await lead.get_by_role("button", name="Save the decision").click()
    await lead.get_by_role("link", name="Open the family's record").click()
    await lead.wait_for_url("**/families/**")


async def move(lead: Page) -> None:
    """From the family's page, where accepting has led to."""
    await lead.locator("summary", has_text="More").click()
    await lead.get_by_role("link", name="Change tier").click()
    await lead.check('[name="level"][value="specialist"]')
    await lead.select_option("[name=reason]", "need_increased")
    await lead.check('[name="family_agreement"][value="agreed"]')
    await enter(lead, "effective_from", today())
    await enter(lead, "mdt_on", today())
    await enter(lead, "review_on", today() + timedelta(days=84))
    await lead.get_by_role("button", name="Save", exact=True).click()
    await lead.get_by_role("alert").wait_for()


async def enter(page: Page, name: str, day: date) -> None:
    for field, value in a_date(name, day).items():
        await page.fill(f'[name="{field}"]', value)
