"""Every form, found by the app's own index: what is wrong changes nothing, and one intention is one record."""

import asyncio
import html

import pytest

from shared.staff.form_routes import FormEntry
from shared.web.date_question import DateParts
from shared.web.permissions import PUBLIC
from shared.web.questions import Line, OneCode, Text, WholeNumber
from tests.referral.web.every_form import FORMS, sender_of
from tests.referral.web.forms_in_page import Fields, problem_in
from tests.referral.web.office import Office, OpenForm
from tests.referral.web.visitor import PEOPLE, REGIONAL_LEAD

OTHER = "Other words than before"


@pytest.fixture(params=FORMS, ids=lambda form: form.path)
def form(request: pytest.FixtureRequest) -> FormEntry:
    return request.param


def with_other_content(opened: OpenForm) -> Fields | None:
    """The same form saying something else, in words where it has any; None when it asks nothing."""
    for kind, value in ((Text, OTHER), (Line, OTHER), (WholeNumber, "77"), (DateParts, "1"), (OneCode, None)):
        for name, question in opened.form.page.form.questions().items():
            field = question.inputs(name)[0]
            if type(question) is kind and (field in opened.right or kind is OneCode):
                said = value or next(code.value for code in question.of if [code.value] != opened.right.get(name))
                was = "".join(opened.right.get(field, [])) if kind is Text else ""
                return opened.right | {field: [f"{was} {said}".strip()]}
    return None


def must_be_answered(form: FormEntry) -> bool:
    """It asks something that cannot be left out, or shows what may have changed."""
    return any(question.missing for question in form.page.form.questions().values())


async def test_a_form_that_is_empty_changes_nothing(office: Office, form: FormEntry) -> None:
    opened = await office.opens(sender_of(form), form)
    before = await office.stored()
    if not form.page.form.questions() and not form.page.form_at:
        assert opened.empty == opened.right, "it only asks whether to go on"
        return

    empty = await opened.sends(opened.empty)

    assert empty.status_code == 422 or not must_be_answered(form)
    assert await office.stored() == before
    if form.page.template:
        assert "There is a problem" in empty.text


async def test_a_form_that_is_out_of_date_changes_nothing(office: Office, form: FormEntry) -> None:
    opened = await office.opens(sender_of(form), form)
    before = await office.stored()

    old = await opened.sends({name: value for name, value in opened.right.items() if name != "intention"})

    assert old.status_code == 422
    assert await office.stored() == before
    if form.page.template:
        assert "This page was out of date, so nothing was stored." in old.text


async def test_who_may_not_send_a_form_changes_nothing(office: Office, form: FormEntry) -> None:
    opened = await office.opens(sender_of(form), form)
    before = await office.stored()
    for person in PEOPLE:
        answer = await opened.sends_as(office.clients[person])
        if answer.status_code == 303:
            assert person is not REGIONAL_LEAD or form.page.may is PUBLIC
            await office.goes_back()
        else:
            assert answer.status_code == 403
            assert await office.stored() == before


async def test_one_intention_is_one_record_whatever_is_pressed(office: Office, form: FormEntry) -> None:
    opened = await office.opens(sender_of(form), form)
    first = await opened.sends()
    assert first.status_code == 303, problem_in(first.text)
    stored, rows = await office.stored(), await office.rows()

    again = await opened.sends()
    other = with_other_content(opened)
    refused = await opened.sends(other) if other else None

    assert again.headers["location"] == first.headers["location"]
    assert refused is None or refused.status_code == 409
    assert await office.stored() == stored
    if refused and other and OTHER in str(other.values()) and form.page.template:
        assert OTHER in html.unescape(refused.text)

    await office.goes_back()
    together = await asyncio.gather(*(opened.sends() for _ in range(3)))

    assert [one.status_code for one in together] == [303, 303, 303]
    assert len({one.headers["location"] for one in together}) == 1
    assert await office.rows() == rows
