"""How many clicks the daily work takes at most, counted from the caseload. Source: user-interface design, section 8."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from shared.database.engines import create_engine
from shared.tenancy.admin import AdminUrls
from shared.tenancy.databases import url_of
from shared.tenancy.names import database_name
from shared.testing.moment import Moment
from shared.testing.recycled import RecycledService
from tests.journeys.at_work import AtWork
from tests.journeys.practice import Practice, a_practice
from tests.referral.a_team import ATeam
from tests.referral.web.served import served

REFERRED = date(2026, 3, 2)
TODAY = date(2026, 3, 18)
MAX = {"baby_name": "Max Specimen", "born_on": date(2026, 1, 2)}
NO_NUMBER: dict[str, Any] = {"nhs-number": {"nhs_number": ""}}


@dataclass(frozen=True)
class Begun:
    """A team in whose caseload there is one family, and how Priya came there."""

    team: ATeam
    address: str
    practice: Practice
    moment: Moment


@pytest.fixture(scope="module")
async def begun(servers: AdminUrls, recycled_service: RecycledService, chromium: Browser) -> AsyncIterator[Begun]:
    access = await recycled_service("team-of-clicks", "referral")
    team = ATeam("team-of-clicks", create_engine(access.database_url))
    moment = Moment(url_of(servers.postgres, database=database_name(team.slug, "referral")))
    async with served(team) as address:
        async with a_practice(team, address, chromium) as practice:
            await practice.is_referred(REFERRED)
            await practice.is_accepted(REFERRED + timedelta(1), "Shannon Example", level="targeted")
            await practice.leads()
        assert practice.at_work.faults == []
        await moment.keep()
        yield Begun(team, address, practice, moment)
    await moment.forget()
    await team.engine.dispose()


@pytest.fixture
async def practice(begun: Begun, browser: Browser) -> AsyncIterator[Practice]:
    """Priya at her caseload."""
    await begun.moment.go_back()
    async with a_practice(begun.team, begun.address, browser) as practice:
        practice.family = begun.practice.family
        practice.at_work.looked_at |= begun.practice.at_work.looked_at
        yield practice
        assert practice.at_work.faults == []


async def test_who_needs_me_next_takes_no_click_and_their_page_one(practice: Practice) -> None:
    work = await _at_caseload(practice)

    await expect(work.page.locator("tbody tr").first).to_contain_text("Shannon Example")
    assert work.clicks == 0
    await work.follows("Shannon Example")
    await work.sees("Needs you now")
    assert work.clicks <= 1


async def test_a_session_is_recorded_and_put_right_in_three_clicks_each(practice: Practice) -> None:
    work = await _at_caseload(practice)
    await work.follows("Shannon Example")
    await work.follows("Record session")
    await work.enters(attendance="attended", minutes=50)
    await work.presses("Save")
    await work.sees("The session is saved.")
    assert work.clicks <= 3

    work.clicks = 0
    await work.page.locator("tbody a").first.click()
    work.clicks += 1
    await work.follows("Change")
    await work.enters(minutes=60)
    await work.presses("Save")
    await work.sees("The correction is saved.", "60")
    assert work.clicks <= 3


async def test_a_mistake_of_yesterday_is_put_right_from_the_familys_page_in_three_clicks(practice: Practice) -> None:
    await practice.opens_family(TODAY)
    await practice.records_session(attendance="attended", minutes=50, who=["Leonie Example"])
    work = await _at_caseload(practice, TODAY + timedelta(1))
    await work.goes_to(practice.family)

    await work.follows("Session, home, 50 minutes")
    await work.follows("Change")
    await work.enters(minutes=60)
    await work.presses("Save")
    await work.sees("The correction is saved.", "60")
    assert work.clicks <= 3


async def test_a_measure_is_added_and_its_change_seen_in_three_clicks(practice: Practice) -> None:
    await practice.opens_family(TODAY)
    await practice.adds_measure("GAD7", [2, 2, 2, 2, 2, 2, 2], "start")
    work = await _at_caseload(practice, TODAY + timedelta(28))

    await work.follows("Shannon Example")
    await work.opens(work.page.locator('a[href*="/measures/new?measure=GAD7"]'))
    await work.selects("person_id", "Leonie Example")
    await work.enters(**{f"item_{number}": "0" for number in range(1, 8)})
    await work.presses("Save")
    await work.sees("From 14 to 0 since 18 March 2026", "eliable improvement")
    assert work.clicks <= 3


async def test_the_support_is_changed_in_four_clicks(practice: Practice) -> None:
    work = await _at_caseload(practice)
    await work.follows("Shannon Example")
    await work.follows("Change tier")
    await work.enters(level="specialist", reason="need_increased", family_agreement="agreed", mdt_on=TODAY)
    await work.enters(effective_from=TODAY, review_on=TODAY + timedelta(84))
    await work.presses("Save")
    await work.sees("Specialist")
    assert work.clicks <= 4


async def test_a_referral_is_decided_on_in_three_clicks(practice: Practice) -> None:
    await practice.is_referred(TODAY, baby=MAX, **NO_NUMBER)
    work = await _at_caseload(practice)
    await work.follows("Triage")
    await work.follows("Max Specimen")
    await work.enters(urgency="routine", level="universal")
    await work.presses("Save the decision")
    await work.sees("was accepted.")
    assert work.clicks <= 3


async def test_a_referral_is_entered_in_two_clicks_and_one_for_the_form(practice: Practice) -> None:
    work = await _at_caseload(practice)
    await work.follows("Triage")
    await work.follows("New referral")
    await work.enters(in_danger="no", source_group="maternity", referrer_name="Ola Sample")
    await work.enters(referrer_phone="01632 960 003", born="yes", baby_name="Lena Specimen")
    await work.enters(born_on=date(2025, 12, 1), caregiver_name="Mira Specimen", relationship="birth_parent")
    await work.enters(
        interpreter="no", other_caregiver="none", postcode="FY4 9ZZ", reasons=["bonding"], consent="agreed"
    )
    await work.enters(story="Mira says that she feels nothing when Lena cries.")
    await work.saves()
    await work.sees("The referral is saved.")
    assert work.clicks <= 3


@pytest.mark.parametrize("list_of", ["Caseload", "Waiting", "Triage"])
async def test_a_list_is_a_file_in_two_clicks(practice: Practice, list_of: str) -> None:
    await practice.is_referred(TODAY, baby=MAX, **NO_NUMBER)
    work = await _at_caseload(practice)
    await work.follows(list_of)
    await _downloads(work)
    assert work.clicks <= 2


async def _at_caseload(practice: Practice, day: date = TODAY) -> AtWork:
    await practice.at_work.begins_day(day, practice.person, "/caseload")
    return practice.at_work


async def _downloads(work: AtWork) -> None:
    async with work.page.expect_download() as coming:
        await work.page.get_by_role("link", name="Download as CSV").first.click()
    work.clicks += 1
    download = await coming.value
    assert download.suggested_filename.endswith(".csv")
