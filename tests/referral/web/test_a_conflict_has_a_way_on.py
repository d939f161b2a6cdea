"""Every form that a colleague was quicker with: its page says what can be done with what was entered, and it works."""

import html
import re

import httpx
import pytest

from shared.kernel.identifiers import new_id
from shared.staff.form_routes import FormEntry
from shared.testing.forms_in_page import FormInPage, problem_in
from shared.testing.office import forms_on
from shared.web.questions import WholeNumber
from tests.referral.web.every_form import FORMS, sender_of
from tests.referral.web.office import Office


def versions_in(form: FormEntry) -> list[str]:
    questions = form.page.form.questions().items()
    return [name for name, one in questions if isinstance(one, WholeNumber) and one.is_hidden]


VERSIONED = [form for form in FORMS if form.page.template and versions_in(form)]
"""They change what may have changed meanwhile."""


def offered(page: httpx.Response, form: FormEntry) -> list[FormInPage]:
    return [one for one in forms_on(page, form) if "keep_as" in one.offers]


@pytest.mark.parametrize("form", VERSIONED, ids=lambda form: form.path)
async def test_whoever_a_colleague_was_quicker_than_goes_on_with_what_they_entered_or_leaves_it(
    office: Office, form: FormEntry
) -> None:
    opened = await office.opens(sender_of(form), form)
    assert (await opened.sends()).status_code == 303
    late = opened.right | {"intention": [str(new_id())]}

    refused = await opened.sends(late)

    if refused.status_code != 409:
        return  # it takes the same twice, or its own page says why not
    on = re.findall(r'href="([^"]+)">Go on without saving', refused.text)
    assert (await opened.client.get(html.unescape(on[0]), follow_redirects=True)).status_code == 200
    can_go_on = offered(refused, form)
    assert can_go_on or "save it again" not in refused.text, "what is promised can be done"
    if not can_go_on:
        return
    again = await opened.sends(can_go_on[0].fields | {"keep_as": ["changing"]})
    (shown,) = [one for one in forms_on(again, form) if one.fields["intention"] == late["intention"]]
    stored = await opened.sends(late | {name: shown.fields[name] for name in versions_in(form)})
    assert again.status_code == 200
    assert "save it again" not in stored.text, problem_in(stored.text)


def test_what_forms_change_is_checked_by_its_version() -> None:
    assert len(VERSIONED) > 20
