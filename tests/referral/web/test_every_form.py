"""Every form, found by the app's own index: what is wrong changes nothing, and one intention is one record."""

import asyncio
import html

import pytest

from services.referral.staff.domain.capabilities import ANSWER_TASK, CAPABILITIES, DECIDE_REFERRAL, JUDGE
from shared.kernel.capability import Capability
from shared.manifest import Person
from shared.staff.form_routes import FormEntry
from shared.testing.form_walk import OTHER, with_other_content
from shared.testing.forms_in_page import problem_in
from shared.testing.office import forms_on
from shared.web.permissions import PUBLIC
from tests.referral.web.every_form import FORMS, one_of_each_kind, sender_of
from tests.referral.web.office import Office
from tests.referral.web.visitor import PEOPLE


@pytest.fixture(params=FORMS, ids=lambda form: form.path)
def form(request: pytest.FixtureRequest) -> FormEntry:
    return request.param


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


@pytest.mark.parametrize("form", one_of_each_kind(FORMS), ids=lambda form: form.path)
async def test_a_form_that_is_out_of_date_changes_nothing(office: Office, form: FormEntry) -> None:
    opened = await office.opens(sender_of(form), form)
    before = await office.stored()

    old = await opened.sends({name: value for name, value in opened.right.items() if name != "intention"})

    assert old.status_code == 422
    assert await office.stored() == before
    if form.page.template:
        assert "This page was out of date, so nothing was saved." in old.text


DEPENDS = {
    "/letters/{letter_id}/issue": JUDGE,
    "/tasks/{task_id}": ANSWER_TASK,
    "/referrals/{referral_id}/danger": DECIDE_REFERRAL,
}
"""What is needed for the letter, the task and the danger of the whole record; for others it may be more, or less."""


def may_send(person: Person, form: FormEntry) -> bool:
    """Their role may see the page, and holds what the form needs."""
    if form.page.may is PUBLIC:
        return True
    needed = form.page.capability
    if needed is not None and not isinstance(needed, Capability):
        needed = DEPENDS[form.path]
    sees = bool(form.page.may.dependency.roles & person.roles)
    return sees and (needed is None or CAPABILITIES.holds(person.roles, needed))


async def test_a_form_is_sent_by_who_may_and_nobody_else_is_shown_it(office: Office, form: FormEntry) -> None:
    opened = await office.opens(sender_of(form), form)
    before = await office.stored()
    for person in PEOPLE:
        client = office.clients[person]
        page = await client.get(opened.page, follow_redirects=True)
        answer = await opened.sends_as(client, page)
        if may_send(person, form):
            assert forms_on(page, form)
            assert answer.status_code == 303, f"{person.name}: {problem_in(answer.text)}"
            await office.goes_back()
            continue
        assert not forms_on(page, form), person.name
        assert (answer.status_code, await office.stored()) == (403, before), person.name
        if page.status_code == 200 and form.page.opens and not form.page.is_read_by_all:
            assert "Ask someone who may" in page.text


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


CONDITIONAL = [form for form in FORMS if any(one.applies for one in form.page.form.questions().values())]
NONSENSE = "Nonsense that nobody asked for"


@pytest.mark.parametrize("form", CONDITIONAL, ids=lambda form: form.path)
async def test_what_a_question_holds_that_does_not_apply_is_ignored(office: Office, form: FormEntry) -> None:
    opened = await office.opens(sender_of(form), form)
    questions = form.page.form.questions()
    needless = [name for name in questions if not form.page.form.asks(name, opened.right)]
    junk = {one: [NONSENSE] for name in needless for one in questions[name].inputs(name)}

    answer = await opened.sends(opened.right | junk)

    assert needless
    assert answer.status_code == 303, problem_in(answer.text)
    assert await holding(office, NONSENSE) == []


async def holding(office: Office, words: str) -> list[str]:
    """The tables that have them."""
    tables = await office.connection.fetch(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    names = [row["relname"] for row in tables]
    count = "SELECT count(*) FROM public.{} t WHERE t::text LIKE '%' || $1::text || '%'"
    return [name for name in names if await office.connection.fetchval(count.format(name), words)]
