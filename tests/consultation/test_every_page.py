"""Every page of consultation: who sees it, who reaches it, what stands in its address, how it looks."""

from dataclasses import replace

import pytest
from playwright.async_api import Browser

from services.consultation.consultations.commands.log_consultation import log_consultation
from services.consultation.consultations.domain.consultation import About
from services.consultation.contents import SERVICE
from shared.contracts.consultation_codes import ConsultationKind, FamilyKnows
from shared.testing.axe import faults_at_every_width
from shared.testing.page_walk import WalkedService, failing, pages_of, unreached, wrongly_answered
from shared.testing.visitor import ADDRESS, client_of, signs_in
from shared.testing.workbook import unlike_files
from tests.consultation.conftest import NOW, PRIYA, AskedTeam, a_log
from tests.consultation.consultations.web.test_log_in_a_browser import sign_in
from tests.consultation.every_page import every_page
from tests.referral.web.test_in_a_browser import visit

NOT_LINKED = ("/helped/{token}", "/helped/thanks", "/book/places/{secret}", "/book/places/{secret}/give-up")
"""A mail or a form leads there, and on from there."""


@pytest.fixture
async def walked(asked: AskedTeam) -> WalkedService:
    return await every_page(asked)


async def test_each_page_is_shown_to_who_may_see_it_and_to_nobody_else(walked: WalkedService) -> None:
    assert await wrongly_answered(walked) == []


async def test_each_page_is_reached_by_links_and_none_is_refused(walked: WalkedService) -> None:
    by_links = {path: several for path, several in walked.addresses.items() if path not in NOT_LINKED}

    assert await unreached(replace(walked, addresses=by_links)) == []


async def test_whatever_stands_in_an_address_no_page_fails(walked: WalkedService) -> None:
    assert await failing(walked) == []


async def test_each_list_comes_as_a_workbook_that_says_what_its_csv_file_says(walked: WalkedService) -> None:
    assert await unlike_files(walked) == []


async def test_a_bar_leads_from_each_page_to_the_services_of_the_team(asked: AskedTeam) -> None:
    beside = f"Referral=http://127.0.0.1:8001,Consultation={ADDRESS}"
    app = pages_of(SERVICE, asked.engine, lambda: NOW, team_services=beside)

    async with client_of(app) as client:
        await signs_in(client, PRIYA)
        page = (await client.get("/organisations")).text

    assert '<a href="http://127.0.0.1:8001/">Referral</a>' in page
    assert '<a href="/" aria-current="true">Consultation</a>' in page
    assert 'aria-label="Services"' not in (await asked.priya.get("/organisations")).text


async def test_a_named_one_leads_to_the_familys_record_in_referral(asked: AskedTeam) -> None:
    beside = f"Referral=http://127.0.0.1:8001,Consultation={ADDRESS}"
    app = pages_of(SERVICE, asked.engine, lambda: NOW, team_services=beside)
    about = About(ConsultationKind.CASE_NAMED, asked.family_id, FamilyKnows.TODAY)
    command = a_log(asked.organisation_id, about=about)
    async with asked.begin(PRIYA) as work:
        await log_consultation(command, work)

    async with client_of(app) as client:
        await signs_in(client, PRIYA)
        for path in ("/consultations", f"/consultations/{command.consultation_id}"):
            page = (await client.get(path)).text
            assert f'<a href="http://127.0.0.1:8001/families/{asked.family_id}">2026-000110</a>' in page


async def test_each_page_is_accessible_and_fits_a_desk_and_a_phone(
    walked: WalkedService, address: str, browser: Browser
) -> None:
    found: list[str] = []
    async with visit(browser, address) as page:
        await sign_in(page, "/")
        for one in (one for several in walked.addresses.values() for one in several):
            await page.goto(one)
            await page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")
            found += await faults_at_every_width(page)
    assert found == []
