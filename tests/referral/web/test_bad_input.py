"""What people type wrong, and what is sent on purpose. Source: reliability, section 5, lines 1 to 43.

Lines 17 and 19 to 21 are about questions that this form does not ask (a parent's age, a time of day). Line 18, a child
above the remit, is a warning in triage.
"""

import html
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import text

from tests.referral.a_team import ATeam
from tests.referral.web.visitor import PARENT, PROFESSIONAL, Visitor

PROBLEM = "Enter the NHS number again"
NO_DATE = "Enter a date that exists"
HIDDEN = "characters that cannot be seen"
OTHER_QUESTIONS = "something that this page does not ask for"
FROM_LIST = "Choose one from the list"


def born(day: str, month: str, year: str) -> dict[str, str]:
    return {"born_on-day": day, "born_on-month": month, "born_on-year": year}


def due(day: str, month: str, year: str) -> dict[str, str]:
    return {"due_on-day": day, "due_on-month": month, "due_on-year": year}


WRONG: list[tuple[str, str, dict[str, Any], str]] = [
    ("1 wrong check digit", "nhs-number", {"nhs_number": "999 000 0019"}, PROBLEM),
    ("2 no check digit exists", "nhs-number", {"nhs_number": "9990000000"}, PROBLEM),
    ("3 ten nines", "nhs-number", {"nhs_number": "9999999999"}, PROBLEM),
    ("3 not an invented number", "nhs-number", {"nhs_number": "9434765919"}, "use an invented NHS number"),
    ("4 ten noughts", "nhs-number", {"nhs_number": "0000000000"}, PROBLEM),
    ("6 full-width digits", "nhs-number", {"nhs_number": "９９９０００００１８"}, PROBLEM),
    ("6 Arabic digits", "nhs-number", {"nhs_number": "٩٩٩٠٠٠٠٠١٨"}, PROBLEM),
    ("7 nine digits", "nhs-number", {"nhs_number": "999000001"}, PROBLEM),
    ("7 eleven digits", "nhs-number", {"nhs_number": "99900000180"}, PROBLEM),
    ("8 born tomorrow", "baby", born("3", "3", "2026"), "must be today or in the past"),
    ("9 born in 1850", "baby", born("1", "1", "1850"), NO_DATE),
    ("9 born in 1990", "baby", born("1", "1", "1990"), "This team works with children under 5"),
    ("10 no leap year", "baby", born("29", "2", "2025"), NO_DATE),
    ("12 31 February", "baby", born("31", "02", "2026"), NO_DATE),
    ("13 month first", "baby", born("13", "25", "2025"), NO_DATE),
    ("14 due long ago", "due", due("1", "2", "2026"), "more than 28 days ago"),
    ("15 due far ahead", "due", due("1", "2", "2027"), "more than 300 days away"),
    ("16 born and due", "baby", born("1", "1", "2026") | due("1", "5", "2026"), OTHER_QUESTIONS),
    ("22 year nought", "baby", born("1", "1", "0000"), NO_DATE),
    ("22 year 10000", "baby", born("1", "1", "10000"), "as numbers"),
    ("22 a part missing", "baby", born("", "1", "2026"), "Enter the day too"),
    ("23 spaces only", "baby", {"baby_name": "   "}, "Enter the baby"),
    ("23 nothing to see", "baby", {"baby_name": "\u200b\u200d"}, "Enter the baby"),
    ("25 turned direction", "baby", {"baby_name": "Shannon\u202eelpmaxE"}, HIDDEN),
    ("26 NUL", "story", {"story": "She looks\x00away"}, HIDDEN),
    ("28 ten thousand accents", "baby", {"baby_name": "a" + "\u0301" * 10_000}, "Use 100 characters or fewer"),
    ("28 too long a story", "story", {"story": "x" * 4001}, "Use 4000 characters or fewer"),
    ("33 lines in a name", "referrer", {"referrer_name": "Ola\r\nBcc: a@example.org"}, HIDDEN),
    ("34 two at signs", "referrer", {"email": "ola@@example.org"}, "Enter an email address like"),
    (
        "34 lines in an address",
        "referrer",
        {"email": "ola@example.org\r\nBcc: a@example.org"},
        "email address|cannot be seen",
    ),
    ("35 no such telephone", "referrer", {"phone": "+4400000000"}, "Enter a UK phone number"),
    ("35 no way to answer", "referrer", {"email": "", "phone": ""}, "so that we can answer you"),
    ("36 half a postcode", "home", {"postcode": "AA1"}, "Enter a full postcode"),
    ("38 no answer on consent", "consent", {"consent": ""}, "Choose whether the family knows"),
    ("38 no answer on danger", "danger", {"in_danger": ""}, "Choose yes if anyone is in immediate danger"),
    ("39 not in the list", "who", {"source_group": "wizard"}, FROM_LIST),
    ("39 not in the list of reasons", "reasons", {"reasons": ["bonding", "curse"]}, "Choose from the list only"),
    ("40 two answers", "who", {"source_group": ["self", "other"]}, "Give one answer only"),
    ("40 two names", "baby", {"baby_name": ["Shannon", "Lena"]}, "Give one answer only"),
    ("40 one reason twice", "reasons", {"reasons": ["bonding", "bonding"]}, "Choose from the list only"),
    ("41 another team", "home", {"team": "lancaster"}, OTHER_QUESTIONS),
    ("41 another id", "home", {"id": "00000000-0000-0000-0000-000000000001"}, OTHER_QUESTIONS),
    ("41 another status", "home", {"status": "accepted"}, OTHER_QUESTIONS),
    ("42 one field too many", "story", {"diagnosis": "none"}, OTHER_QUESTIONS),
    ("43 five hundred reasons", "reasons", {"reasons": ["bonding"] * 500}, "Choose from the list only"),
]


@pytest.mark.parametrize(("page", "typed", "sentence"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
async def test_a_wrong_answer_is_kept_on_the_page_with_what_to_do(
    visitor: Visitor, page: str, typed: dict[str, Any], sentence: str
) -> None:
    path = PARENT if page == "due" else PROFESSIONAL
    await visitor.answers_all(path, before=page)

    answer = await visitor.answers(page, path[page] | typed)

    assert answer.status_code == 422
    shown = html.unescape(answer.text).replace("\r", "")
    assert any(part in shown for part in sentence.split("|"))
    assert "There is a problem" in shown
    for value in typed_values(typed, path[page]):
        assert value in shown
    assert (await visitor.opens("go-on")).headers["location"] == f"{visitor.form}/{page}"
    assert (await visitor.client.post(f"{visitor.form}/check")).headers["location"] == f"{visitor.form}/{page}"


def typed_values(typed: dict[str, Any], asked: dict[str, Any]) -> list[str]:
    """What must still be on the page: all that belongs to its own inputs, but for what no page can hold."""
    own = {name: value for name, value in typed.items() if name in asked and isinstance(value, str)}
    in_lists = {"source_group", "consent", "in_danger", "reasons"}
    return [value.replace("\x00", "").replace("\r", "") for name, value in own.items() if name not in in_lists]


FINE: list[tuple[str, str, dict[str, str], str]] = [
    ("5 spaces", "nhs-number", {"nhs_number": " 999 000 0018 "}, "999 000 0018"),
    ("5 hyphens", "nhs-number", {"nhs_number": "999-000-0018"}, "999 000 0018"),
    ("11 leap day", "baby", born("29", "2", "2024"), "29 February 2024"),
    ("18 above the remit", "baby", born("1", "1", "2023"), "1 January 2023"),
    ("24 apostrophe, hyphen, accent", "baby", {"baby_name": "O'Brien-Ñí"}, "O'Brien-Ñí"),
    ("24 one letter", "baby", {"baby_name": "A"}, ">A<"),
    ("29 emoji", "story", {"story": "She smiles 🙂"}, "She smiles 🙂"),
    ("30 script", "story", {"story": "<script>alert(1)</script>"}, "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("31 SQL", "baby", {"baby_name": "' OR 1=1--"}, "&#39; OR 1=1--"),
    ("32 template", "baby", {"baby_name": "{{7*7}}"}, "{{7*7}}"),
    ("37 forces", "home", {"postcode": "bfpo 57"}, "BFPO 57"),
    ("37 Girobank", "home", {"postcode": "GIR 0AA"}, "GIR 0AA"),
    ("37 no fixed home", "home", {"postcode": "ZZ99 3VZ"}, "ZZ99 3VZ"),
]


@pytest.mark.parametrize(("page", "typed", "shown"), [case[1:] for case in FINE], ids=[case[0] for case in FINE])
async def test_what_is_only_unusual_is_taken_as_it_is(
    visitor: Visitor, page: str, typed: dict[str, str], shown: str
) -> None:
    await visitor.answers_all(PROFESSIONAL | {page: PROFESSIONAL[page] | typed})

    check = (await visitor.client.get(f"{visitor.form}/check")).text

    assert shown in check.replace("\n", "").replace("  ", "") or shown in html.unescape(check)
    assert "<script>alert" not in check
    assert await visitor.sends()


async def test_what_is_not_text_at_all_is_refused(team: ATeam, visitor: Visitor) -> None:
    """Line 27: half a character cannot be shown again, and neither can 2,000 fields."""
    await visitor.answers_all(PROFESSIONAL, before="baby")
    before = await stored(team)
    form = {"Content-Type": "application/x-www-form-urlencoded"}

    half = await visitor.client.post(f"{visitor.form}/baby", content=b"baby_name=%ED%A0%80", headers=form)
    many = await visitor.client.post(
        f"{visitor.form}/baby", content=urlencode([("baby_name", "x")] * 2000), headers=form
    )

    assert half.status_code == 400
    assert many.status_code == 422
    assert "too many fields" in many.text
    assert await stored(team) == before


async def stored(team: ATeam) -> list[Any]:
    """All that the service keeps for the public form."""
    async with team.engine.connect() as connection:
        drafts = (await connection.execute(text("SELECT id, answers FROM referral_draft"))).all()
        referrals = (await connection.execute(text("SELECT id FROM referral"))).all()
        return [*drafts, *referrals]
