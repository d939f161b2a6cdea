import re
from datetime import date
from typing import Annotated, Any

import httpx
import pytest

from shared.contracts.vocabulary import Code, FamilyAgreement, ReferralReason
from shared.web.date_question import DateParts
from shared.web.forms import Filled, Form, fill
from shared.web.questions import (
    Circumstances,
    Identifier,
    OneCode,
    SeveralCodes,
    SeveralIdentifiers,
    Text,
    WholeNumber,
    YesOrNo,
)
from shared.web.when import YES, When
from tests.web.sample import FamilyForm

TODAY = date(2026, 3, 3)
DEMONSTRATION = Circumstances(TODAY, is_demonstration=True)
IN_USE = Circumstances(TODAY, is_demonstration=False)
RIGHT = {"name": ["Ada"], "reasons": ["bonding", "loss"], "agreement": ["agreed"]}


def sentence(circumstances: Circumstances = DEMONSTRATION, **posted: str | list[str]) -> str | None:
    """What the form says of these answers, the others being right."""
    given = {name.replace("__", "-"): [value] if isinstance(value, str) else value for name, value in posted.items()}
    filled = fill(FamilyForm, {**RIGHT, **given}, circumstances)
    assert (filled.form is None) is bool(filled.errors)
    return filled.errors[0].sentence if filled.errors else None


def test_a_form_that_is_right_gives_typed_answers_and_none_for_what_was_left_out() -> None:
    posted = {**RIGHT, "born_on-day": ["1"], "born_on-month": ["2"], "born_on-year": ["2026"], "interpreter": ["no"]}

    filled = fill(FamilyForm, posted, DEMONSTRATION)

    assert filled.form == FamilyForm(
        name="Ada",
        born_on=date(2026, 2, 1),
        due_on=None,
        nhs_number=None,
        postcode=None,
        email=None,
        telephone=None,
        reasons=frozenset({ReferralReason.BONDING, ReferralReason.LOSS}),
        agreement=FamilyAgreement.AGREED,
        interpreter=False,
        story=None,
    )


@pytest.mark.parametrize("name", ["O'Brien-Ñí", "A", "Zoë", "李", "Ada 👶"])
def test_names_of_all_kinds_are_taken(name: str) -> None:
    assert sentence(name=name) is None


def test_a_name_is_kept_in_one_spelling_without_the_spaces_around_it() -> None:
    filled = fill(FamilyForm, {**RIGHT, "name": ["  Zoe\u0308 "]}, DEMONSTRATION)

    assert filled.form
    assert filled.form.name == "Zoë"


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "' OR 1=1--", "{{7*7}}", "first\r\nsecond\tthird", "one\rtwo"]
)
def test_notes_are_kept_as_they_were_typed(text: str) -> None:
    filled = fill(FamilyForm, {**RIGHT, "story": [text]}, DEMONSTRATION)

    assert filled.form
    assert filled.form.story == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("name", ["", "  ", "\u200b\u200d", "\u3000", "\u0301"])
def test_a_name_that_nobody_can_see_is_missing(name: str) -> None:
    assert sentence(name=name) == "Enter the baby's name"


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Ada\u00a0Lee", "Ada Lee"),
        ("Ada\tLee", "Ada Lee"),
        ("Ada  Lee", "Ada Lee"),
        ("\ufeffAda\u200b", "Ada"),
        ("Ada\u00adLee", "AdaLee"),
        ("\u200eAda\u200f", "Ada"),
        ("Ada\u200d", "Ada"),
        ("\u3000李\u3000明", "李 明"),
        ("می\u200cنا", "می\u200cنا"),
        ("क्\u200dष", "क्\u200dष"),
        ("Ada 👩\u200d🍼", "Ada 👩\u200d🍼"),
    ],
)
def test_what_nobody_sees_in_a_pasted_name_is_not_kept(pasted: str, kept: str) -> None:
    filled = fill(FamilyForm, {**RIGHT, "name": [pasted]}, DEMONSTRATION)

    assert filled.form
    assert filled.form.name == kept


@pytest.mark.parametrize(
    "name", ["A\x00da", "A\x1bda", "Ada\u202e", "A" + chr(0xD800), "A\ufffd", "Ada\u2066", "Ada\nBcc: x", "A\x85da"]
)
def test_a_name_with_characters_that_hide_is_refused(name: str) -> None:
    assert sentence(name=name) == "Type this again: it has characters that cannot be seen"


@pytest.mark.parametrize("name", ["A" * 41, "a" + "\u0323" * 10_000, "👶" * 31])
def test_a_name_that_is_too_long_is_refused_with_the_length_that_fits(name: str) -> None:
    assert sentence(name=name) == "Use 40 characters or fewer"


@pytest.mark.parametrize("written", ["999 000 0018", "999-000-0018"])
def test_an_invented_nhs_number_is_taken_in_a_demonstration_and_not_in_use(written: str) -> None:
    assert sentence(nhs_number=written) is None
    assert "starts with 999" not in (sentence(nhs_number=written) or "")
    assert "are for tests" in (sentence(IN_USE, nhs_number=written) or "")


def test_a_real_nhs_number_is_taken_in_use_and_not_in_a_demonstration() -> None:
    assert sentence(IN_USE, nhs_number="943 476 5919") is None
    assert "use an invented NHS number" in (sentence(nhs_number="943 476 5919") or "")


@pytest.mark.parametrize(
    "written", ["9990000019", "9990000000", "9999999999", "0000000000", "999000001", "99900000181"]
)
def test_a_wrong_nhs_number_is_refused(written: str) -> None:
    assert "10 digits" in (sentence(nhs_number=written) or "")


@pytest.mark.parametrize(
    ("day", "month", "year", "expected"),
    [
        ("29", "2", "2024", None),
        ("3", "March", "2026", None),
        ("29", "2", "2025", "that exists"),
        ("31", "02", "2026", "that exists"),
        ("13", "25", "2026", "that exists"),
        ("1", "1", "0000", "that exists"),
        ("1", "1", "1850", "that exists"),
        ("1", "1", "10000", "as numbers"),
        ("four", "3", "2026", "as numbers"),
        ("٣", "3", "2026", None),
        ("3rd", "Mar.", "2026", None),
        ("3", "sept", "25", None),
        ("3/3/2026", "", "", None),
        ("", "", "3 March 2026", None),
        ("4 March 2026", "", "", "not in the future"),
        ("3 March", "", "", "as numbers"),
        ("3", "", "2026", "Enter the month too"),
        ("4", "3", "2026", "not in the future"),
    ],
)
def test_a_date_is_one_of_the_calendar(day: str, month: str, year: str, expected: str | None) -> None:
    said = sentence(born_on__day=day, born_on__month=month, born_on__year=year)

    assert said is None if expected is None else expected in (said or "")


def test_a_wrong_part_of_a_date_is_the_one_that_the_error_points_at() -> None:
    filled = fill(
        FamilyForm, {**RIGHT, "due_on-day": ["3"], "due_on-month": ["x"], "due_on-year": ["2026"]}, DEMONSTRATION
    )

    assert [error.target for error in filled.errors] == ["due_on-month"]


@pytest.mark.parametrize("written", ["AA1", "FY1", "1"])
def test_a_postcode_that_is_none_is_refused(written: str) -> None:
    assert sentence(postcode=written) == "Enter a full postcode, for example FY1 9ZZ"


@pytest.mark.parametrize(
    "written", ["a@@example.org", "a@b@example.org", "a b@example.org", "a@example", "a@ex..org", "@example.org"]
)
def test_an_email_address_that_is_none_is_refused(written: str) -> None:
    assert sentence(email="name@example.org") is None
    assert sentence(email=written) == "Enter an email address like name@example.org"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("01632 960 001", "01632960001"),
        ("(01632) 960001", "01632960001"),
        ("+44 7700 900123", "07700900123"),
        ("+44 (0)7700 900123", "07700900123"),
        ("0044 7700 900123", "07700900123"),
        ("+353 1 234 5678", "+35312345678"),
    ],
)
def test_a_telephone_number_is_kept_as_digits(written: str, kept: str) -> None:
    filled = fill(FamilyForm, {**RIGHT, "telephone": [written]}, DEMONSTRATION)

    assert filled.form
    assert filled.form.telephone == kept


@pytest.mark.parametrize("written", ["+4400700900123", "0770090", "ring me", "07700 900123 xfive", "+44"])
def test_a_telephone_number_that_is_none_is_refused(written: str) -> None:
    assert "Enter a UK phone number" in (sentence(telephone=written) or "")


@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        ({"reasons": []}, "Choose one reason or more"),
        ({"reasons": ["bonding", "nothing"]}, "Choose from the list only"),
        ({"reasons": ["bonding", "bonding"]}, "Choose from the list only"),
        ({"reasons": ["bonding"] * 900}, "Choose from the list only"),
        ({"agreement": []}, "Choose what the family thinks of it"),
        ({"agreement": "maybe"}, "Choose one from the list"),
        ({"agreement": ["agreed", "disagreed"]}, "Give one answer only"),
        ({"name": ["Ada", "Eve"]}, "Give one answer only"),
        ({"born_on-day": ["1", "2"]}, "Give one answer only"),
        ({"interpreter": "true"}, "Choose yes or no"),
        ({"team": "lancaster"}, "something that this page does not ask for"),
    ],
)
def test_an_answer_that_the_page_does_not_offer_is_refused(posted: dict[str, Any], expected: str) -> None:
    assert expected in (sentence(**posted) or "")


def test_answers_that_are_right_one_by_one_can_be_wrong_together() -> None:
    dates = {
        f"{field}-{part}": [value]
        for field in ("born_on", "due_on")
        for part, value in (("day", "1"), ("month", "2"), ("year", "2026"))
    }

    filled = fill(FamilyForm, {**RIGHT, **dates}, DEMONSTRATION)

    assert filled.form is None
    assert filled.error("due_on") == "Enter a date of birth or a due date, not both"


def test_two_digits_of_a_year_are_of_a_past_day_only_where_the_day_must_be_past() -> None:
    filled = fill(FamilyForm, RIGHT | {"born_on-day": ["1/2/98"], "due_on-day": [""]}, DEMONSTRATION)
    to_come = fill(FamilyForm, RIGHT | {"due_on-day": ["1/2/28"]}, DEMONSTRATION)

    assert filled.form is not None
    assert to_come.form is not None
    assert (filled.form.born_on, to_come.form.due_on) == (date(1998, 2, 1), date(2028, 2, 1))


def test_numbers_and_ids_are_read_within_their_bounds() -> None:
    class VisitForm(Form):
        minutes: Annotated[int, WholeNumber(missing="Enter the minutes", most=600)]
        with_whom: Annotated[Any, Identifier()]
        people: Annotated[Any, SeveralIdentifiers()]
        on: Annotated[date | None, DateParts()]

    def errors(**posted: list[str]) -> list[str]:
        return [error.sentence for error in fill(VisitForm, posted, DEMONSTRATION).errors]

    assert errors(minutes=["50"]) == []
    assert errors(minutes=["601"]) == ["Enter a number from 0 to 600"]
    assert errors(minutes=["99999999999999999999"]) == ["Enter a whole number, in figures"]
    assert errors(minutes=["-1"]) == ["Enter a whole number, in figures"]
    assert errors(minutes=["1"], with_whom=["x"]) == ["Choose one from the list"]
    assert errors(minutes=["1"], people=["x"]) == ["Choose from the list only"]


def test_a_field_without_a_question_is_a_mistake_in_the_program() -> None:
    with pytest.raises(TypeError, match="needs one question"):
        type("Unasked", (Form,), {"__annotations__": {"name": str}})


def ids_and_links(page: str) -> tuple[set[str], list[str]]:
    return set(re.findall(r'\bid="([^"]+)"', page)), re.findall(r'<a href="#([^"]+)"', page)


async def test_everything_typed_comes_back_with_a_summary_whose_links_point_at_the_fields(
    lead: httpx.AsyncClient, csrf: str
) -> None:
    typed = {
        "csrf_token": csrf,
        "name": "",
        "born_on-day": "31",
        "born_on-month": "2",
        "born_on-year": "2026",
        "due_on-day": "x<>",
        "due_on-month": "y",
        "due_on-year": "z",
        "nhs_number": "12<34",
        "postcode": "nowhere",
        "email": "nobody",
        "telephone": "ring",
        "reasons": ["loss"],
        "agreement": "maybe",
        "interpreter": "yes",
        "story": "x" * 201,
    }

    answer = await lead.post("/family", data=typed)

    page = answer.text
    assert answer.status_code == 422
    assert "<title>Error: Add a family" in page
    ids, links = ids_and_links(page.replace('href="#maincontent"', ""))
    assert links == [
        "name",
        "born_on-day",
        "due_on-day",
        "nhs_number",
        "postcode",
        "email",
        "telephone",
        "agreement",
        "story",
    ]
    assert set(links) <= ids
    for shown in (
        'value="31"',
        'value="x&lt;&gt;"',
        'value="12&lt;34"',
        'value="nowhere"',
        'value="nobody"',
        "x" * 201,
    ):
        assert shown in page
    assert page.count(" checked") == 2


async def test_what_the_domain_refuses_is_said_at_its_field_and_keeps_what_was_typed(
    lead: httpx.AsyncClient, csrf: str
) -> None:
    typed = {"csrf_token": csrf, "name": "Duplicate", "reasons": ["loss"], "agreement": "agreed"}

    answer = await lead.post("/family", data=typed)

    assert answer.status_code == 409
    assert '<a href="#name"' in answer.text
    assert 'value="Duplicate"' in answer.text


async def test_a_form_that_is_right_leads_on(lead: httpx.AsyncClient, csrf: str) -> None:
    answer = await lead.post(
        "/family", data={"csrf_token": csrf, "name": "Ada", "reasons": ["loss"], "agreement": "agreed"}
    )

    assert answer.status_code == 303


async def test_a_form_starts_with_what_is_known(lead: httpx.AsyncClient) -> None:
    page = (await lead.get("/family")).text

    assert ">Once upon a time</textarea>" in page
    assert "<title>Add a family" in page


async def test_what_somebody_typed_is_shown_and_never_run(lead: httpx.AsyncClient, csrf: str) -> None:
    answer = await lead.post(
        "/family", data={"csrf_token": csrf, "name": '"><script>alert(1)</script>', "story": "{{7*7}}\x00"}
    )

    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text
    assert "{{7*7}}" in answer.text
    assert "\x00" not in answer.text


class Ending(Code):
    COMPLETE = "complete", "Complete"
    STOPPED = "stopped", "They stopped coming"
    MOVED = "moved", "They moved"


class EndingForm(Form):
    ending: Annotated[Ending, OneCode(of=Ending, missing="Choose how it ended")]
    tried: Annotated[bool | None, YesOrNo(missing="Say whether you tried", applies=When("ending", Ending.STOPPED))]
    how: Annotated[str | None, Text(missing="Write how you tried", applies=When("tried", YES))]
    told: Annotated[
        frozenset[ReferralReason],
        SeveralCodes(of=ReferralReason, missing="Choose one", applies=When("ending", Ending.STOPPED, Ending.MOVED)),
    ]
    moved_on: Annotated[date | None, DateParts(missing="Enter the day", applies=When("ending", Ending.MOVED))]


def ended(**posted: str) -> Filled[EndingForm]:
    return fill(EndingForm, {name.replace("__", "-"): [value] for name, value in posted.items()}, DEMONSTRATION)


def test_a_question_that_applies_must_be_answered() -> None:
    stopped = ended(ending="stopped")
    tried = ended(ending="stopped", tried="yes", told="loss")

    assert [one.sentence for one in stopped.errors] == ["Say whether you tried", "Choose one"]
    assert [one.sentence for one in tried.errors] == ["Write how you tried"]


def test_what_a_question_holds_that_does_not_apply_is_not_read_and_is_shown_again() -> None:
    filled = ended(ending="complete", tried="perhaps", how="x" * 4001, told="no such", moved_on__day="99")

    assert filled.form == EndingForm(ending=Ending.COMPLETE, tried=None, how=None, told=frozenset(), moved_on=None)
    assert filled.value("how") == "x" * 4001
    assert filled.value("moved_on-day") == "99"


def test_what_depends_on_a_question_that_does_not_apply_does_not_apply_either() -> None:
    filled = ended(ending="complete", tried="yes", how="By telephone.")

    assert filled.form
    assert filled.form.how is None


def test_a_question_depends_on_one_that_stands_before_it() -> None:
    with pytest.raises(TypeError, match="which does not stand before it"):

        class _Wrong(Form):  # pyright: ignore[reportUnusedClass] - it cannot be made
            how: Annotated[str | None, Text(applies=When("tried", YES))]
            tried: Annotated[bool | None, YesOrNo()]
