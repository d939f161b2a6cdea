"""A stranger checks a certificate: with the code and the surname they learn what is printed, and else nothing."""

import re
from collections.abc import AsyncIterator
from io import BytesIO

import httpx
import pytest
from pypdf import PdfReader
from sqlalchemy import select, text, update

from services.training.certificates.commands.reissue_certificate import ReissueCertificate, reissue_certificate
from services.training.certificates.commands.withdraw_completion import WithdrawCompletion, withdraw_completion
from services.training.certificates.domain.certificate import code_from, code_in, is_same_surname
from services.training.contents import SERVICE
from services.training.database.course_tables import booking, certificate
from services.training.database.workforce_tables import person
from shared.kernel.actor import Actor
from shared.testing.page_walk import pages_of
from shared.testing.visitor import client_of, hidden_in
from tests.training.a_course import LEAD, TeachingTeam

NAMED = {"given_name": "Niamh", "family_name": "O’Brien"}
WORD = re.compile(r"[A-Za-z0-9’]+")


@pytest.fixture
async def stranger(teaching: TeachingTeam) -> AsyncIterator[httpx.AsyncClient]:
    app = pages_of(SERVICE, teaching.engine, lambda: teaching.now)
    async with client_of(app) as client:
        yield client


async def issued(team: TeachingTeam) -> str:
    """The code of Niamh O'Brien's certificate."""
    await team.completed(1)
    async with team.engine.begin() as connection:
        await connection.execute(update(person).where(person.c.given_name == "Ada1").values(**NAMED))
    async with team.work(Actor(LEAD.id, LEAD.roles)) as work:
        await reissue_certificate(ReissueCertificate((await team.completions())[0].id), work)
    [row] = await team.rows(select(certificate.c.code).where(certificate.c.replaced_by.is_(None)))
    return row.code


async def checks(stranger: httpx.AsyncClient, code: str, family_name: str) -> httpx.Response:
    form = hidden_in((await stranger.get("/check")).text)
    return await stranger.post("/check", data={**form, "code": code, "family_name": family_name})


async def test_code_and_surname_show_what_is_printed(teaching: TeachingTeam, stranger: httpx.AsyncClient) -> None:
    code = await issued(teaching)

    found = await checks(stranger, f"{code[:5].lower()}-{code[5:]}", "obrien")

    assert "Real and in date" in found.text
    assert "Niamh O’Brien" in found.text
    assert found.headers["x-robots-tag"] == "noindex"


async def test_every_miss_has_one_answer(teaching: TeachingTeam, stranger: httpx.AsyncClient) -> None:
    code = await issued(teaching)

    misses = [await checks(stranger, *asked) for asked in ((code, "Smith"), ("0" * 20, "O’Brien"), ("x", "y"))]

    assert len({one.content for one in misses}) == 1
    assert {one.status_code for one in misses} == {200}
    assert "O’Brien" not in misses[0].text


async def test_the_eleventh_try_in_a_minute_is_asked_to_wait(stranger: httpx.AsyncClient) -> None:
    answers = [(await checks(stranger, "0" * 20, "Smith")).status_code for _ in range(11)]

    assert answers == [200] * 10 + [429]


async def test_withdrawn_says_the_day_and_not_why(teaching: TeachingTeam, stranger: httpx.AsyncClient) -> None:
    code = await issued(teaching)
    [held] = await teaching.completions()
    async with teaching.work(Actor(LEAD.id, LEAD.roles)) as work:
        await withdraw_completion(WithdrawCompletion(held.id, held.version, "Somebody else was there"), work)

    found = (await checks(stranger, code, "O’Brien")).text

    assert "Withdrawn on 2 March 2026" in found
    assert "Somebody else" not in found


async def test_one_that_somebody_changed_in_the_database_is_unknown(
    teaching: TeachingTeam, stranger: httpx.AsyncClient
) -> None:
    code = await issued(teaching)
    changed = text("UPDATE certificate SET printed[1] = 'Niamh O’Brien-Doe' WHERE code = :code")
    async with teaching.engine.begin() as connection:
        await connection.execute(changed, {"code": code})

    assert "We can’t find this certificate" in (await checks(stranger, code, "O’Brien")).text


async def test_one_of_before_certificates_were_signed_is_as_real(
    teaching: TeachingTeam, stranger: httpx.AsyncClient
) -> None:
    code = await issued(teaching)
    async with teaching.engine.begin() as connection:
        await connection.execute(update(certificate).values(signed=""))

    assert "Real and in date" in (await checks(stranger, code, "O’Brien")).text


async def test_an_expired_one_is_still_real(teaching: TeachingTeam, stranger: httpx.AsyncClient) -> None:
    code = await issued(teaching)
    teaching.now = teaching.now.replace(year=2030)

    assert "Real, and no longer in date" in (await checks(stranger, code, "O’Brien")).text


async def test_the_old_name_leads_to_no_new_one(teaching: TeachingTeam, stranger: httpx.AsyncClient) -> None:
    await issued(teaching)
    [old] = await teaching.rows(select(certificate).where(certificate.c.replaced_by.is_not(None)))

    found = (await checks(stranger, old.code, "Example")).text
    by_new_name = (await checks(stranger, old.code, "O’Brien")).text

    assert "Replaced by a newer certificate" in found
    assert "O’Brien" not in found
    assert old.replaced_by not in found
    assert "We can’t find this certificate" in by_new_name


async def test_who_was_erased_is_unknown(teaching: TeachingTeam, stranger: httpx.AsyncClient) -> None:
    code = await issued(teaching)
    async with teaching.engine.begin() as connection:
        await connection.execute(
            update(person).values(erased_on=teaching.now.date(), erased_by=LEAD.id, erased_why="asked")
        )

    assert "We can’t find this certificate" in (await checks(stranger, code, "O’Brien")).text


async def test_every_word_on_the_page_is_on_the_paper_or_in_the_template(
    teaching: TeachingTeam, stranger: httpx.AsyncClient
) -> None:
    code = await issued(teaching)
    [booked] = await teaching.rows(
        select(booking.c.secret).where(booking.c.id == (await teaching.completions())[0].booking_id)
    )

    found = (await checks(stranger, code, "O’Brien")).text
    empty = (await checks(stranger, "0" * 20, "O’Brien")).text
    file = await stranger.get(f"/place/{booked.secret}/certificate.pdf")
    paper = " ".join(page.extract_text() for page in PdfReader(BytesIO(file.content)).pages)

    shown = set(WORD.findall(re.sub(r"<[^>]+>", " ", found[found.index("<main") :])))
    template = (
        "Real and in date Checked today 2 March 2026 Name Course Completed Valid until Given by Does the paper say"
    )
    template += " anything else Then don’t trust Check another"
    known = {*WORD.findall(paper), *WORD.findall(template), *WORD.findall(re.sub(r"<[^>]+>", " ", empty))}
    assert shown - known == set()
    assert code[:5] in paper
    assert "Niamh O’Brien" in paper


async def test_the_same_certificate_is_the_same_file(teaching: TeachingTeam, stranger: httpx.AsyncClient) -> None:
    await issued(teaching)
    [row] = await teaching.rows(
        select(booking.c.secret).where(booking.c.id == (await teaching.completions())[0].booking_id)
    )

    first, second = [(await stranger.get(f"/place/{row.secret}/certificate.pdf")).content for _ in range(2)]

    assert first == second
    assert b"pdfuaid" in first


def test_a_code_has_no_letter_that_is_misread_and_is_read_as_people_copy_it() -> None:
    code = code_from(bytes(range(200, 213)))

    assert len(code) == 20
    assert not set(code) & set("OILU")
    assert code_in("o1il-" + code.lower()[4:]) == "0111" + code[4:]


@pytest.mark.parametrize(
    ("typed", "printed", "same"),
    [
        ("obrien", "O’Brien", True),
        ("Lindqvist ", "Lindqvist", True),
        ("muller", "Müller", True),
        ("Ivanova", "Иванова", True),
        ("س", "Shaw", False),
        ("س", "Hayes", False),
        ("Hussain", "حسن", False),
        ("Smith Jones", "Jones-Smith", False),
        ("", "", False),
    ],
)
def test_a_surname_is_the_same_without_accents_and_signs(typed: str, printed: str, same: bool) -> None:
    assert is_same_surname(typed, printed) is same
