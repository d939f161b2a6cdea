"""Presses, Back, tabs and time-outs in many orders, over all forms that ask for words: nothing lost, nothing doubled.

Each word that someone types is unlike any other. At the end, what was said to be stored is stored as often as one
press stores it, and what was not is kept for whoever typed it.
"""

import asyncio
import html
import os
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import pytest

from shared.kernel.identifiers import new_id
from shared.staff.form_routes import FormEntry
from shared.testing.forms_in_page import Fields
from shared.testing.office import OpenForm, forms_on
from tests.referral.web.every_form import sender_of
from tests.referral.web.office import Office
from tests.referral.web.test_every_form_keeps_what_was_typed import TYPED, typed_in
from tests.referral.web.visitor import LEAD

SEED = 20261127
SEQUENCES = int(os.environ.get("PAIRS_SEQUENCES", "50"))
"""Each takes about a second. More of them: `PAIRS_SEQUENCES=2000 make test`."""
LENGTH = 8

HOLDING = """
CREATE FUNCTION moment.holding(word text, OUT named text, OUT rows bigint) RETURNS SETOF record
LANGUAGE plpgsql AS $$ BEGIN
    FOR named IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
        EXECUTE format('SELECT count(*) FROM public.%I t WHERE t::text LIKE ''%%'' || $1 || ''%%''', named)
        INTO rows USING word;
        IF rows > 0 THEN RETURN NEXT; END IF;
    END LOOP;
END $$;
"""


async def holding(office: Office, word: str) -> Counter[str]:
    """Table → rows that have the word."""
    found = await office.connection.fetch("SELECT * FROM moment.holding($1)", word)
    return Counter({row["named"]: row["rows"] for row in found})


@dataclass
class Tab:
    """One form in one tab of someone's browser."""

    opened: OpenForm
    fields: Fields
    word: str = ""
    kept: int = 0
    is_shown: bool = True
    """The form is in the tab, and not a page that says why it was refused."""

    def types(self, word: str) -> None:
        self.word = word
        """After the words that the form may need."""
        right = self.opened.right
        asked = self.opened.form.page.form.questions()
        typed = [name for name in typed_in(self.opened.form) if name in right]
        typed = [name for name in typed if asked[name].missing] or typed[:1]
        self.fields = self.fields | {name: [f"{right[name][0]} {word}".strip()] for name in typed}

    def is_a_form_of_its_own(self) -> None:
        self.fields = self.fields | {"intention": [str(new_id())]}
        self.kept = 0


@dataclass
class Hand:
    """Someone who presses whatever there is."""

    office: Office
    form: FormEntry
    chance: random.Random
    tabs: list[Tab] = field(default_factory=list[Tab])
    stored: set[str] = field(default_factory=set[str])
    """Words that a page was said to have stored."""
    story: list[str] = field(default_factory=list[str])

    async def opens_a_tab(self) -> None:
        opened = await self.office.opens(LEAD, self.form)
        tab = Tab(opened, opened.right)
        tab.types(self._word())
        self.tabs.append(tab)

    async def types(self, tab: Tab) -> None:
        tab.types(self._word())
        tab.kept += 1
        typing = {**tab.fields, "keep_as": ["typing"], "keep_number": [str(tab.kept)]}
        answer = await tab.opened.client.post(tab.opened.address, data=typing)
        assert answer.status_code in {204, 401, 409, 303}, answer.status_code
        if answer.status_code in {409, 303}:  # stored already, or gone on elsewhere
            tab.is_a_form_of_its_own()
            await self.types(tab)

    async def presses(self, tab: Tab) -> None:
        await self._goes_on(tab, await tab.opened.sends(tab.fields))

    async def presses_thrice(self, tab: Tab) -> None:
        answers = await asyncio.gather(*(tab.opened.sends(tab.fields) for _ in range(3)))
        for answer in answers:
            await self._goes_on(tab, answer)

    async def goes_back(self, tab: Tab) -> None:
        """And presses again: the browser has the old page still."""
        await tab.opened.client.get(tab.opened.page, follow_redirects=True)
        tab.is_shown = True

    async def goes_for_tea(self, _: Tab) -> None:
        self.office.team.now += timedelta(minutes=31)

    async def _goes_on(self, tab: Tab, answer: httpx.Response) -> None:
        where = answer.headers.get("location", "")
        if answer.status_code == 303 and where.startswith("/sign-in"):
            wanted = html.unescape(
                re.findall(r'name="next" value="([^"]+)"', (await tab.opened.client.get(where)).text)[0]
            )
            await tab.opened.client.post("/sign-in", data={"person": str(LEAD.id), "next": wanted})
            answer = await tab.opened.client.get(wanted, follow_redirects=True)
        elif answer.status_code == 303:
            assert answer.request.method == "POST", f"{answer.request.url} leads to {where}"
            # To a record that was merged into another, a form leads there: it stored nothing, and is kept.
            known = "SELECT count(*) FROM intention WHERE id = $1::text::uuid"
            if await self.office.connection.fetchval(known, tab.fields["intention"][0]):
                self.stored.add(tab.word)
            return
        shown = [one for one in forms_on(answer, self.form) if one.fields.get("intention") == tab.fields["intention"]]
        if shown:
            tab.fields = tab.fields | {"csrf_token": shown[0].fields["csrf_token"]}
            tab.kept = int(shown[0].fields.get("keep_number", ["0"])[0])
        else:
            tab.is_shown = False

    def _word(self) -> str:
        return f"word{self.chance.getrandbits(48):012x}"


async def goes_through(hand: Hand) -> None:
    for _ in range(hand.chance.choice([1, 1, 2, 3])):
        await hand.opens_a_tab()
    steps = [hand.types, hand.types, hand.presses, hand.presses, hand.presses_thrice, hand.goes_back, hand.goes_for_tea]
    for _ in range(LENGTH):
        tab, step = hand.chance.choice(hand.tabs), hand.chance.choice(steps)
        if tab.is_shown or step == hand.goes_back:
            hand.story.append(f"{step.__name__} in tab {hand.tabs.index(tab)}")
            await step(tab)
    for tab in hand.tabs:
        if tab.is_shown:
            await hand.presses(tab)


@pytest.fixture(scope="module")
async def usual(the_office: Office) -> dict[str, Counter[str]]:
    """Form → which tables have a word that was sent once."""
    await the_office.connection.execute(HOLDING)
    return {}


async def stored_once(office: Office, form: FormEntry, usual: dict[str, Counter[str]]) -> Counter[str]:
    if form.path not in usual:
        tab = Tab(opened := await office.opens(sender_of(form), form), opened.right)
        tab.types("wordonce")
        assert (await opened.sends(tab.fields)).status_code == 303
        usual[form.path] = await holding(office, "wordonce")
        await office.goes_back()
    return usual[form.path]


@pytest.mark.parametrize("number", range(SEQUENCES))
async def test_nothing_is_lost_and_nothing_doubled(office: Office, usual: dict[str, Counter[str]], number: int) -> None:
    form = TYPED[number % len(TYPED)]
    once = await stored_once(office, form, usual)
    hand = Hand(office, form, random.Random(SEED + number))
    was, cookies = office.team.now, httpx.Cookies(office.clients[LEAD].cookies)
    try:
        await goes_through(hand)
    finally:
        office.team.now, office.clients[LEAD].cookies = was, cookies

    for tab in hand.tabs:
        found = await holding(office, tab.word)
        if tab.word in hand.stored:
            assert found == once, f"{tab.word} is doubled, or lost, or is a draft still: {hand.story}"
        else:
            assert found["form_draft"], f"{tab.word} is lost: {hand.story}"
    for word in hand.stored - {tab.word for tab in hand.tabs}:
        assert set(await holding(office, word)) <= set(once), hand.story
