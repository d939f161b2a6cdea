"""A form that was opened after something was saved, and is refused: that comes first, and no success beside it."""

import inspect
import re
from pathlib import Path

import pytest

from services import referral
from shared.staff.form_routes import FormEntry
from tests.referral.web.every_form import FORMS, sender_of
from tests.referral.web.office import Office

AFTER = [form for form in FORMS if "done" in inspect.signature(form.page.site.read).parameters]
"""Their pages say what was done before they were opened."""
SOURCES = [one.read_text() for folder in referral.__path__ for one in Path(folder).rglob("web/**/*.py")]
DONE = sorted({word for one in SOURCES for word in re.findall(r"[?&]done=\W*(\w+)", one)})
SUCCESS = re.compile("nhsuk-notification-banner--success|<p role=.status.>")


@pytest.mark.parametrize("form", AFTER, ids=lambda form: form.path)
async def test_a_page_that_refuses_says_so_first_and_shows_no_success(office: Office, form: FormEntry) -> None:
    opened = await office.opens(sender_of(form), form)
    addresses = (f"{opened.page}{'&' if '?' in opened.page else '?'}done={word}" for word in DONE)
    after = [one for one in addresses if SUCCESS.search((await opened.client.get(one)).text)]

    refused = await opened.client.post(after[0], data=opened.empty)

    assert refused.status_code == 422
    main = refused.text[refused.text.index("<main") :]
    said = re.findall("nhsuk-error-summary|nhsuk-inset-text|nhsuk-notification-banner", main)
    assert said[0] == "nhsuk-error-summary"
    assert not SUCCESS.search(main)
