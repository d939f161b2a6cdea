"""The same form filled in twice, as by two colleagues after one visit, is two records only when someone says so."""

import asyncio
import html
import re

import pytest

from shared.kernel.identifiers import new_id
from shared.staff.form_routes import FormEntry
from shared.testing.forms_in_page import problem_in
from shared.testing.office import OpenForm, forms_on
from shared.web.form_body import TOO_FIELD
from tests.referral.web.every_form import FORMS, sender_of
from tests.referral.web.office import Office

ASKING = [form for form in FORMS if form.page.alike is not None]


def again(opened: OpenForm) -> OpenForm:
    """The same words, by a form that was opened anew."""
    own = {"intention": [str(new_id())]}
    right = {name: values for name, values in opened.right.items() if name != TOO_FIELD} | own
    return OpenForm(opened.form, opened.client, opened.page, opened.address, opened.empty | own, right)


def test_what_must_ask_does() -> None:
    asking = {form.path for form in ASKING}

    assert asking == {
        "/families/{family_id}/sessions/new",
        "/families/{family_id}/appointments/new",
        "/families/{family_id}/liaison/new",
        "/families/{family_id}/risk-notes",
        "/families/{family_id}/measures/new",
        "/families/{family_id}/measures/skip",
        "/families/{family_id}/measures/link",
        "/families/{family_id}/letters/new",
        "/referrals/{referral_id}/letters/new",
        "/families/{family_id}/people/add-baby",
        "/families/{family_id}/people/add-carer",
        "/families/{family_id}/people/add-other",
        "/families/{family_id}/people/add-flag",
        "/families/{family_id}/plan/add-goal",
        "/families/{family_id}/subject-access",
        "/groups/new",
        "/groups/{group_id}/sessions/new",
    }


@pytest.mark.parametrize("form", ASKING, ids=lambda form: form.path)
async def test_a_second_one_is_asked_about_and_is_changed_or_stored_when_somebody_says_so(
    office: Office, form: FormEntry
) -> None:
    opened = await office.opens(sender_of(form), form)
    right = named(opened)
    first = await right.sends()
    assert first.status_code == 303, problem_in(first.text)
    stored = await office.stored()

    second = await again(right).sends()

    assert second.status_code == 409
    assert "Is this a second one?" in second.text
    assert second.text.index("Save this too") < second.text.index("There already"), "it stands beside the question"
    assert await office.stored() == stored
    main = second.text[second.text.index("<main") :]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', main)
    fields: dict[str, list[str]] = {}
    for name, value in hidden:
        fields.setdefault(name, []).append(html.unescape(value))
    changed = await right.sends({**fields, "keep_as": ["changing"]})
    assert changed.status_code == 200
    assert "Is this a second one?" not in changed.text
    assert [one.fields["intention"] for one in forms_on(changed, form)] == [fields["intention"]]
    before = sum((await office.rows()).values())
    stored_too = await right.sends(fields)
    assert stored_too.status_code == 303, problem_in(stored_too.text)
    assert sum((await office.rows()).values()) > before


def named(opened: OpenForm) -> OpenForm:
    """Whoever is added has a name."""
    if "name" not in opened.right or "/people/add-" not in opened.form.path:
        return opened
    right = opened.right | {"name": ["Robin Example"]}
    return OpenForm(opened.form, opened.client, opened.page, opened.address, opened.empty, right)


async def test_two_that_are_sent_at_once_are_one_and_a_question(office: Office) -> None:
    form = next(one for one in ASKING if one.path == "/families/{family_id}/liaison/new")
    found = await office.opens(sender_of(form), form)
    right = found.right | {"profession": ["midwife"]}
    opened = OpenForm(form, found.client, found.page, found.address, found.empty, right)

    answers = await asyncio.gather(again(opened).sends(), again(opened).sends())

    assert sorted(one.status_code for one in answers) == [303, 409]


MEANT = {
    "/families/{family_id}/ask": "who asks once more reminds those who may; each is a task that is answered",
    "/families/{family_id}/subject-access/{request_id}/decide": "the later decision on a part holds; both stay",
}
"""Forms that store another one each time that they are filled in, without a question, and why."""


@pytest.mark.parametrize("form", [one for one in FORMS if one not in ASKING], ids=lambda form: form.path)
async def test_a_form_that_does_not_ask_stores_no_second_one(office: Office, form: FormEntry) -> None:
    opened = await office.opens(sender_of(form), form)
    at_first = sum((await office.rows()).values())
    assert (await opened.sends()).status_code == 303
    once = sum((await office.rows()).values())

    await again(opened).sends()
    twice = sum((await office.rows()).values())

    stores_another = twice > once > at_first
    assert stores_another == (form.path in MEANT)
