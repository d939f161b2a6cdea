"""Every list of a team: what is chosen stays chosen, its file leaves nothing out, and whoever looks is on record."""

import csv
import html
import io
import re
from collections.abc import AsyncIterator
from urllib.parse import parse_qsl, urlsplit

import pytest

from services.referral.contents import SERVICE
from services.referral.governance.domain.audit_words import ACTIONS
from shared.staff.filter import Filter
from shared.staff.list_routes import lists_of
from shared.testing.workbook import rows_of
from tests.referral.a_team import ATeam
from tests.referral.web.every_list import FIXED, filling_of
from tests.referral.web.visitor import LEAD, Visitor, client_of, pages_of
from tests.referral.worklists.builders import statements_of

LISTS = {path: listed for page in SERVICE.pages() for path, listed in lists_of(page.router.routes).items()}
FILTERS = [(path, by) for path, listed in LISTS.items() for by in listed.filters]
FEW, MANY = 2, 60
FILE_LINK = re.compile(r'<a class="pairs-do" href="([^"]+)" aria-label="Download as CSV">')
EXCEL_LINK = re.compile(r'<a class="pairs-do" href="([^"]+)" aria-label="Download as Excel">')
LINK_TO_THE_LIST = re.compile(r'href="([^"]*(?:page=2|\.csv)[^"]*)"')
EMPTY = re.compile(r'<p class="pairs-empty">\s*[A-Z][^<]{15,}')

every_list = pytest.mark.parametrize("path", [path for path in LISTS if path not in FIXED])
every_filter = pytest.mark.parametrize(("path", "by"), FILTERS, ids=[f"{path} by {by.name}" for path, by in FILTERS])


@pytest.fixture
async def lead(team: ATeam) -> AsyncIterator[Visitor]:
    async with client_of(pages_of(team)) as client:
        visitor = Visitor(client)
        await visitor.signs_in(LEAD)
        yield visitor


async def page(visitor: Visitor, address: str) -> str:
    answer = await visitor.client.get(address)
    if answer.headers.get("location", "").startswith("/sign-in"):
        await visitor.signs_in(LEAD)  # what fills the list may have put the clock forward
        answer = await visitor.client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return answer.text


async def file(visitor: Visitor, address: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO((await page(visitor, address)).removeprefix("\ufeff"), newline="")))


def file_of(address: str) -> str:
    path, _, query = address.partition("?")
    return f"{path}.csv?{query}"


def adding(address: str, part: str) -> str:
    """The address with one part of its query anew."""
    path, _, query = address.partition("?")
    kept = [one for one in query.split("&") if one and one.partition("=")[0] != part.partition("=")[0]]
    return f"{path}?{'&'.join([*kept, part])}"


def rows_in(text: str) -> int:
    table = text.partition("<tbody>")[2].partition("</tbody>")[0]
    return table.count("<tr ")


@every_list
@pytest.mark.timeout(60)
async def test_a_long_list_is_whole_in_its_pages_and_in_its_file_and_costs_as_much_as_a_short_one(
    team: ATeam, lead: Visitor, path: str
) -> None:
    filling = await filling_of(path, team)
    await filling.adds(FEW - filling.already)
    for address in (filling.address, file_of(filling.address)):
        await page(lead, address)
    async with statements_of(team) as for_few:
        short = [rows_in(await page(lead, filling.address)), len(await file(lead, file_of(filling.address)))]

    await filling.adds(MANY - FEW)
    await page(lead, filling.address)
    async with statements_of(team) as for_many:
        first = await page(lead, filling.address)
        heading, *rows = await file(lead, html.unescape(FILE_LINK.findall(first)[0]))
    workbook = rows_of(await lead.client.get(html.unescape(EXCEL_LINK.findall(first)[0])))
    pages = [first, *[await page(lead, adding(filling.address, f"page={number}")) for number in (2, 3)]]

    assert short == [FEW, 1 + FEW]
    assert [rows_in(one) for one in pages] == [25, 25, 10]
    assert len(rows) == MANY
    assert {len(row) for row in rows} == {len(heading)}
    assert len(set(heading)) == len(heading)
    assert (workbook[0], len(workbook)) == (heading, 1 + MANY)
    assert len(for_many) == len(for_few)


@every_filter
async def test_what_is_chosen_stays_chosen_in_the_pager_and_in_the_file(
    team: ATeam, lead: Visitor, path: str, by: Filter
) -> None:
    filling = await filling_of(path, team)
    await filling.adds(26)

    for code in by.choices:
        address = adding(filling.address, f"{by.name}={code}")
        text = await page(lead, address)
        links = [html.unescape(link) for link in LINK_TO_THE_LIST.findall(text)]
        beyond = await lead.client.get(adding(address, "page=9999"))

        assert beyond.status_code == 303
        assert {parts_of(link).get(by.name) for link in [*links, beyond.headers["location"]]} == {by.in_address(code)}
        assert f'value="{code}" selected' in text or by.is_chips or not by.label


@every_filter
async def test_a_filter_that_no_list_has_is_refused_with_what_to_do(
    lead: Visitor, team: ATeam, path: str, by: Filter
) -> None:
    wrong = adding((await filling_of(path, team)).address, f"{by.name}=wizard")

    for answer in (await lead.client.get(wrong), await lead.client.get(file_of(wrong))):
        assert answer.status_code == 422
        assert "Choose a filter from the list on the page." in answer.text


@every_list
async def test_a_page_beyond_the_last_leads_to_the_first(lead: Visitor, team: ATeam, path: str) -> None:
    address = (await filling_of(path, team)).address

    beyond = await lead.client.get(adding(address, "page=9"))

    assert beyond.status_code == 303
    assert "page" not in parts_of(beyond.headers["location"])
    assert (await lead.client.get(beyond.headers["location"])).status_code == 200


@every_list
async def test_an_empty_list_says_so_and_its_file_has_only_a_heading(lead: Visitor, team: ATeam, path: str) -> None:
    filling = await filling_of(path, team)

    text = await page(lead, filling.address)

    assert len(await file(lead, file_of(filling.address))) == 1 + filling.already
    if filling.already:
        assert rows_in(text) == filling.already
    else:
        assert EMPTY.search(text)
        assert "<tbody>" not in text


@every_list
async def test_who_looks_at_a_list_or_downloads_it_is_in_the_audit_trail(lead: Visitor, team: ATeam, path: str) -> None:
    address = (await filling_of(path, team)).address
    before = len(await team.audited())

    await page(lead, address)
    await file(lead, file_of(address))

    assert [action for action, _ in await team.audited()][before:] == [LISTS[path].reads, LISTS[path].exports]
    assert {LISTS[path].reads, LISTS[path].exports} <= set(ACTIONS)


def parts_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))
