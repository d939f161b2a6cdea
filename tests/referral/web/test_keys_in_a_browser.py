"""The dialogue of the keys in a real browser: it says what each key of a page does."""

import re

from playwright.async_api import Browser, expect

from tests.referral.a_team import ATeam
from tests.referral.web.every_page import addresses_of
from tests.referral.web.served import served
from tests.referral.web.test_in_a_browser import visit
from tests.referral.web.visitor import LEAD, Visitor, client_of, pages_of
from tests.referral.whole_record import a_whole_record

MARKED = re.compile(r'<[a-z]+[^>]* data-key="[^"]+"[^>]*>[^<]*')


async def test_the_keys_of_every_page_are_named_by_the_words_that_are_read_there(browser: Browser, team: ATeam) -> None:
    record, app = await a_whole_record(team), pages_of(team)
    pages: dict[frozenset[str], str] = {}
    async with client_of(app) as client:
        await Visitor(client).signs_in(LEAD)
        for address in (one for found in addresses_of(app, record).values() for one in found):
            marked = MARKED.findall((await client.get(address)).text)
            pages.setdefault(frozenset(re.sub(r' href="[^"]*"', "", one) for one in marked), address)

    async with served(team) as url, visit(browser, url) as page:
        await page.goto("/sign-in")
        await page.get_by_role("button", name=re.compile(LEAD.name)).click()
        for marked, address in pages.items():
            if not marked:
                continue
            await page.goto(address)
            await page.keyboard.press("?")
            keys = await page.locator("#pairs-keys dt").all_inner_texts()
            said = await page.locator("#pairs-keys dd").all_inner_texts()
            assert len(keys) == len(marked) + 1, address
            for key, words in zip(keys[:-1], said[:-1], strict=True):
                await expect(page.locator(f'[data-key="{key}"]').first).to_have_accessible_name(words)
