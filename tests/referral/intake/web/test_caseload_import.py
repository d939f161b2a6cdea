"""The file of a caseload: what a spreadsheet makes of it, and what is sent instead. Reliability, section 5, 71-83."""

import asyncio
import contextlib
import csv
import hashlib
import html
import io
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import httpx
import pytest
import xlsxwriter
from playwright.async_api import Browser
from sqlalchemy import select, text

from services.referral.database.tables import referral
from services.referral.intake.commands import import_caseload
from services.referral.intake.domain.caseload_row import WrongLines
from services.referral.intake.domain.duplicate import Description, Likeness, compare
from services.referral.intake.queries import possible_duplicates
from services.referral.intake.web.caseload_file import COLUMNS, EXAMPLE, read_caseload
from services.referral.people.domain.subject import Baby
from shared.contracts.vocabulary import ReferralReason
from shared.testing.axe import faults_at_every_width
from shared.web.questions import Circumstances
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY
from tests.referral.intake.test_import_caseload import LENA, SHANNON, take_in
from tests.referral.web.test_in_a_browser import press, visit
from tests.referral.web.visitor import ADMINISTRATOR, PRACTITIONER, PROFESSIONAL, Visitor, csrf_in, hidden_in

PAGE = "/caseload/import"
REVIEWED = EXAMPLE | {"review_on": "2026-04-03"}


@pytest.fixture
async def administrator(visitor: Visitor) -> Visitor:
    await visitor.signs_in(ADMINISTRATOR)
    return visitor


def file_of(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return out.getvalue()


def row(**changes: str) -> dict[str, str]:
    return REVIEWED | changes


GOOD = file_of(row())


async def sends(visitor: Visitor, content: str | bytes, name: str = "caseload.csv", **fields: str) -> httpx.Response:
    hidden = hidden_in((await visitor.client.get(PAGE)).text)
    data = content.encode() if isinstance(content, str) else content
    return await visitor.client.post(PAGE, data={**hidden, **fields}, files={"file": (name, data, "text/csv")})


def hash_of(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


async def stored(team: ATeam) -> int:
    async with team.engine.connect() as connection:
        return await connection.scalar(text("SELECT count(*) FROM referral")) or 0


async def test_the_template_can_be_sent_as_it_is(team: ATeam, administrator: Visitor) -> None:
    template = (await administrator.client.get(f"{PAGE}/template.csv")).content

    answer = await sends(administrator, template)
    page = (await administrator.client.get(answer.headers["location"])).text
    caseload = (await administrator.client.get("/caseload?whose=team")).text

    assert "Every family of the file is in the caseload now." in page
    assert "Shannon Example" in caseload
    assert await stored(team) == 1


WHOLE_FILE: list[tuple[str, str | bytes, str]] = [
    ("71 a heading twice", GOOD.replace("opened_on", "received_on", 1), "A column is there twice: received_on."),
    ("72 a column missing", file_of(row(), columns=COLUMNS[1:]), "A column is missing: received_on."),
    ("72 a column too many", file_of(row(), columns=(*COLUMNS, "diagnosis")), "and no others"),
    ("76 an endless field", file_of(row(story="x" * 140_000)), "a field is too long"),
    ("76 an open quotation", GOOD + '"open', "a quotation mark is not closed"),
    ("77 NUL", GOOD.replace("Shannon", "Shan\x00non"), "characters of another encoding"),
    ("78 a zip file", b"PK\x03\x04" + b"\x00" * 100, "The workbook cannot be read."),
    ("78 a broken spreadsheet", b"\xd0\xcf\x11\xe0" + b"\x00" * 100, "The workbook cannot be read."),
    ("79 too many families", file_of(*[row()] * 501), "One file may have 500 families."),
    ("no file", b"", "Choose a file."),
    ("no family", file_of(), "The file has no family"),
]


@pytest.mark.parametrize(
    ("content", "sentence"), [case[1:] for case in WHOLE_FILE], ids=[case[0] for case in WHOLE_FILE]
)
async def test_a_file_that_is_none_is_refused_as_a_whole(
    team: ATeam, administrator: Visitor, content: str | bytes, sentence: str
) -> None:
    answer = await sends(administrator, content)

    assert answer.status_code == 422
    assert sentence in html.unescape(answer.text)
    assert await stored(team) == 0


LINES: list[tuple[str, str, str]] = [
    ("74 a ragged line", GOOD + "a," * 30 + "b\r\n", "It has 31 fields"),
    (
        "80 a date that is none",
        file_of(row(), row(born_on="12345")),
        "born_on: write a date that exists, as 2026-03-27",
    ),
    ("80 a formula's error", file_of(row(), row(story="#REF!")), "story: the cell has the error of a formula"),
    ("80 a number as a power", file_of(row(), row(nhs_number="9.99E+09")), "nhs_number: Enter the NHS number again"),
    ("a date that does not exist", file_of(row(), row(born_on="2025-02-29")), "born_on: write a date that exists"),
    ("born and due", file_of(row(), row(due_on="2026-05-01")), "born_on: write a date of birth or a due date"),
    ("a level that is none", file_of(row(), row(level="heaven")), "level: Choose one from the list"),
    ("a missing name", file_of(row(), row(caregiver_name=" ")), "caregiver_name: write the parent"),
    ("a carer without a relation", file_of(row(), row(other_relationship="")), "other_relationship: write a name and"),
    ("a review in the past", file_of(row(), row(review_on="2026-01-01", nhs_number="")), "The next review must be"),
]


@pytest.mark.parametrize(("content", "sentence"), [case[1:] for case in LINES], ids=[case[0] for case in LINES])
async def test_a_wrong_line_is_named_by_its_number_and_nothing_is_stored(
    team: ATeam, administrator: Visitor, content: str, sentence: str
) -> None:
    """Line 75: all or nothing."""
    answer = await sends(administrator, content, looked=hash_of(content))

    assert answer.status_code == 422
    assert sentence in html.unescape(answer.text)
    assert "<td>3</td>" in answer.text
    assert await stored(team) == 0


def workbook(*lines: list[Any]) -> bytes:
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet()
    for at, cells in enumerate(lines):
        for place, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(at, place, datetime.combine(cell, time()), day)
            else:
                sheet.write(at, place, cell)
    book.close()
    return packed.getvalue()


def lines_of(**changes: Any) -> list[list[Any]]:
    return [list(COLUMNS), [{**row(), **changes}.get(column, "") for column in COLUMNS]]


def separated(separator: str, **changes: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(lines_of(**changes))
    return out.getvalue()


SMART = "“She said ‘no’” – O’Brien"
AS_PROGRAMS_WRITE = {
    "Excel, CSV UTF-8": b"\xef\xbb\xbf" + GOOD.encode(),
    "Excel, CSV of Windows": file_of(row(baby_name="Zoë", story=SMART)).encode("cp1252"),
    "Excel of another country": separated(";", baby_name="Zoë").encode("cp1252"),
    "Excel, Unicode text": separated("\t").encode("utf-16"),
    "Excel with a hint": ("sep=;\r\n" + separated(";")).encode(),
    "Excel, CSV of an old Mac": file_of(row(baby_name="Zoë")).replace("\r\n", "\r").encode("mac_roman"),
    "Excel, workbook": workbook(
        *lines_of(born_on=date(2025, 10, 20), nhs_number=9990000018, caregiver_phone=7700900123)
    ),
    "LibreOffice, lines of Unix": GOOD.replace("\r\n", "\n").encode(),
    "LibreOffice, UTF-16 without a mark": GOOD.encode("utf-16-le"),
    "LibreOffice, all in quotation marks": "\r\n".join(
        ",".join(f'"{cell}"' for cell in line) for line in lines_of()
    ).encode(),
    "Numbers": GOOD.encode(),
    "Numbers, semicolons": separated(";").encode(),
    "blank rows at the end": (GOOD + "," * (len(COLUMNS) - 1) + "\r\n\r\n" + "  ,  \r\n").encode(),
    "blank columns at the end": "\r\n".join(line + ",,," for line in GOOD.splitlines()).encode(),
    "a row that ends early": GOOD.rstrip("\r\n").rstrip(",").encode(),
    "a heading as people write it": GOOD.replace("baby_name", " Baby name ").replace("due_on", "DUE ON").encode(),
    "another order": file_of(row(), columns=tuple(reversed(COLUMNS))).encode(),
    "days as numbers": file_of(row(born_on="45950", received_on="46027.0")).encode(),
    "a British date": file_of(row(born_on="20/10/2025")).encode(),
    "a date with its time": file_of(row(born_on="20/10/2025 00:00")).encode(),
    "a month by name": file_of(row(born_on="20-Oct-25")).encode(),
    "words for codes": file_of(
        row(
            level="Targeted",
            relationship="Mother or birth parent",
            reasons="Bonding, Neonatal stay",
            risk_support="FALSE",
        )
    ).encode(),
    "spaces that do not break": file_of(row(baby_name="Zoë\u00a0Lee", nhs_number="999\u00a0000\u00a00018")).encode(),
    "a number with a fraction": file_of(row(nhs_number="9990000018.0", caregiver_phone="7700900123.0")).encode(),
}


@pytest.mark.parametrize("content", AS_PROGRAMS_WRITE.values(), ids=AS_PROGRAMS_WRITE)
def test_a_file_is_read_as_programs_write_it(content: bytes) -> None:
    read = read_caseload(content, Circumstances(TODAY, is_demonstration=True))

    assert read.problems == []
    (one,) = read.rows
    assert one.line == (3 if content.startswith(b"sep=") else 2)
    assert isinstance(one.request.subject, Baby)
    assert one.request.subject.born_on == date(2025, 10, 20)
    assert one.request.subject.name in {"Shannon Example", "Zoë", "Zoë Lee"}
    assert one.request.nhs_number == "9990000018"
    assert one.request.caregiver.phone == "07700900123"
    assert one.request.reasons == (ReferralReason.BONDING, ReferralReason.NEONATAL_STAY)
    assert one.request.story in {EXAMPLE["story"], SMART}


def test_a_line_is_counted_as_a_spreadsheet_counts() -> None:
    content = file_of(row(story="one\ntwo\nthree\nfour"), row(), row(born_on="x")).encode()

    (problem,) = read_caseload(content, Circumstances(TODAY, is_demonstration=True)).problems

    assert problem.line == 4


@pytest.mark.parametrize("content", [GOOD.encode("utf-16"), workbook(*lines_of())], ids=["73 UTF-16", "78 a workbook"])
async def test_what_a_spreadsheet_usually_does_is_taken(
    team: ATeam, administrator: Visitor, content: str | bytes
) -> None:
    answer = await sends(administrator, content)

    assert answer.status_code == 303, answer.text
    assert await stored(team) == 1


async def test_the_same_file_twice_is_told_so_and_its_name_is_never_used(team: ATeam, administrator: Visitor) -> None:
    """Lines 82 and 83."""
    first = await sends(administrator, GOOD, name="../../etc/passwd")
    second = await sends(administrator, GOOD, name="another.csv")

    assert [answer.headers["location"] for answer in (first, second)] == [f"{PAGE}?done=stored", f"{PAGE}?done=before"]
    assert "passwd" not in (await administrator.client.get(first.headers["location"])).text
    assert await stored(team) == 1


async def test_families_that_may_be_known_are_listed_until_somebody_has_looked(
    team: ATeam, administrator: Visitor
) -> None:
    await team.accepts(request={"nhs_number": None})
    content = file_of(row())

    shown = await sends(administrator, content)
    another = await sends(administrator, content, looked=hash_of(GOOD + "another"))
    taken = await sends(administrator, content, looked=hash_of(content))

    assert (shown.status_code, another.status_code) == (422, 422)
    assert "Likely the same as a family on record" in shown.text
    assert f'name="looked" type="checkbox" value="{hash_of(content)}"' in shown.text
    assert taken.status_code == 303


async def test_more_than_a_caseload_is_stopped_where_it_is_too_large(team: ATeam, administrator: Visitor) -> None:
    answer = await sends(administrator, GOOD + "x" * 1024 * 1024)

    assert answer.status_code == 413
    assert await stored(team) == 0


async def test_an_upload_needs_the_sessions_token_and_is_taken_nowhere_else(
    team: ATeam, administrator: Visitor
) -> None:
    files: Any = {"file": ("caseload.csv", GOOD.encode(), "text/csv")}
    token = csrf_in((await administrator.client.get(PAGE)).text)

    without = await administrator.client.post(PAGE, files=files)
    elsewhere = await administrator.client.post("/referrals/new", data={"csrf_token": token}, files=files)

    assert (without.status_code, elsewhere.status_code) == (403, 415)
    assert await stored(team) == 0


async def test_a_practitioner_takes_in_no_caseload(visitor: Visitor) -> None:
    await visitor.signs_in(PRACTITIONER)

    assert (await visitor.client.get(PAGE)).status_code == 403


async def test_axe_finds_nothing(team: ATeam, address: str, browser: Browser) -> None:
    await team.accepts(request={"nhs_number": None})
    known: Any = {"name": "caseload.csv", "mimeType": "text/csv", "buffer": GOOD.encode()}
    async with visit(browser, address) as page:
        await page.goto(PAGE)
        await page.get_by_role("button", name=ADMINISTRATOR.name).click()
        await page.wait_for_url(f"**{PAGE}")
        found = await faults_at_every_width(page)
        await press(page, "Import")
        await page.get_by_text("There is a problem").wait_for()
        found += await faults_at_every_width(page)
        await page.locator("#file").set_input_files(known)
        await press(page, "Import")
        await page.get_by_text("Line by line").wait_for()
        found += await faults_at_every_width(page)
        await page.get_by_label("I have looked at each").check()
        await page.locator("#file").set_input_files(known)
        await press(page, "Import")
        await page.get_by_text("Every family of the file is in the caseload now.").wait_for()
        found += await faults_at_every_width(page)

    assert found == []


@contextlib.asynccontextmanager
async def a_line_held_up(team: ATeam, content: bytes, line: int) -> AsyncIterator[None]:
    """Whoever takes in that file waits at that line while the body runs; it begins when they wait."""
    key = UUID(bytes=hashlib.sha256(content + str(line).encode()).digest()[:16])
    async with team.engine.begin() as connection:
        await connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": str(key)})
        yield


async def somebody_waits(team: ATeam) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    async with team.engine.connect() as connection, asyncio.timeout(20):
        while not await connection.scalar(waiting):  # noqa: ASYNC110 - another connection waits
            await asyncio.sleep(0.05)


async def test_whoever_refers_a_family_while_a_caseload_is_taken_in_does_not_wait_for_it(
    team: ATeam, visitor: Visitor
) -> None:
    await visitor.answers_all(PROFESSIONAL)
    rows = [replace(one, received_on=TODAY, opened_on=TODAY) for one in (SHANNON, LENA)]

    async with a_line_held_up(team, b"file", LENA.line):
        importing = asyncio.create_task(take_in(team, *rows, content=b"file"))
        await somebody_waits(team)
        reference = await asyncio.wait_for(visitor.sends(), 10)
        assert not importing.done()
    await importing

    async with team.engine.connect() as connection:
        references = set(await connection.scalars(select(referral.c.reference)))
    assert reference == "TEA-2026-000001"
    assert references == {"TEA-2026-000001", "TEA-2026-000002", "TEA-2026-000003"}


async def test_comparing_a_caseload_with_what_is_known_leaves_the_pages_alone(
    team: ATeam, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[bool] = []

    def note(asked: Description, known: Description) -> Likeness | None:
        compared.append(threading.current_thread() is threading.main_thread())
        return compare(asked, known)

    for module in (possible_duplicates, import_caseload):
        monkeypatch.setattr(module, "compare", note)
    await team.receives()
    with pytest.raises(WrongLines):
        await take_in(team, SHANNON, replace(SHANNON, line=3))

    assert compared
    assert not any(compared)
