"""Every form that asks for words, found by the app's own index: what is typed is kept until it is stored."""

import html
import re
from datetime import timedelta

import httpx
import pytest

from shared.kernel.identifiers import new_id
from shared.staff.form_routes import FormEntry
from shared.testing.forms_in_page import Fields
from shared.testing.office import OpenForm, forms_on
from shared.web.permissions import PUBLIC
from shared.web.questions import Text
from tests.referral.governance.builders import restrict
from tests.referral.web.every_form import FORMS, one_of_each_kind, sender_of
from tests.referral.web.office import Office
from tests.referral.web.visitor import LEAD, PRACTITIONER, client_of

TYPED = [form for form in FORMS if form.page.is_typed and form.page.may is not PUBLIC]
KINDS = one_of_each_kind(TYPED)
"""Where the engine alone does it: a session that ended, a draft that is put off."""
STORY = "She looks away when it gets loud,\r\nand “nobody” – she says – \U0001f476 sees it. "

SIGNED_OUT = "You had been signed out when you pressed the button, so press it again."

LETTER = "爱"
"""One that takes as many bytes as a letter may."""


@pytest.fixture(params=TYPED, ids=lambda form: form.path)
def form(request: pytest.FixtureRequest) -> FormEntry:
    return request.param


def half_done(opened: OpenForm, words: str = STORY) -> Fields:
    """Words in each field of the page that takes some, and nothing of what must be answered."""
    return {**opened.empty, **{name: [words] for name in typed_in(opened.form) if name in opened.right}}


def shows(page: httpx.Response, form: FormEntry, fields: Fields) -> bool:
    """Each word is where it was typed, in the form that it was typed into."""
    (found,) = [one for one in forms_on(page, form) if one.fields["intention"] == fields["intention"]]
    typed = [name for name in typed_in(form) if name in fields]
    return bool(typed) and all(words_in(found.fields, name) == words_in(fields, name) for name in typed)


def typed_in(form: FormEntry) -> list[str]:
    return [name for name, one in form.page.form.questions().items() if isinstance(one, Text)]


def words_in(fields: Fields, name: str) -> list[str]:
    return "".join(fields.get(name, [])).split()


async def kept(opened: OpenForm, fields: Fields, *, number: int = 1) -> httpx.Response:
    return await opened.sends({**fields, "keep_as": ["typing"], "keep_number": [str(number)]})


async def test_what_is_typed_is_there_again_in_the_page_of_its_own_draft(office: Office, form: FormEntry) -> None:
    opened = await office.opens(sender_of(form), form)
    before = await office.stored()
    fields = half_done(opened)

    answer = await kept(opened, fields)
    again = await opened.client.get(answer.headers["content-location"])
    other = {**half_done(opened, "Another tab."), "intention": [str(new_id())]}
    beside = await kept(opened, other)

    assert (answer.status_code, await office.stored()) == (204, before)
    assert shows(again, form, fields)
    assert "It is not saved yet." in again.text
    assert shows(await opened.client.get(beside.headers["content-location"]), form, other)
    assert shows(await opened.client.get(answer.headers["content-location"]), form, fields)
    assert (await kept(opened, other, number=1)).status_code == 409, "what comes late is not newer"


@pytest.mark.parametrize("form", KINDS, ids=lambda form: form.path)
async def test_it_is_put_off_by_a_button_found_in_a_list_and_thrown_away_there(office: Office, form: FormEntry) -> None:
    opened = await office.opens(sender_of(form), form)
    page = await opened.client.get(opened.page)
    fields = half_done(opened)

    answer = await opened.sends({**fields, "keep_as": ["later"]})
    listed = await opened.client.get(answer.headers["location"])
    (link,) = re.findall(rf'href="([^"]*draft={fields["intention"][0]})"[^>]*>([^<]+)<', listed.text)

    assert all("keep_as" in one.offers for one in forms_on(page, form))
    assert shows(await opened.client.get(html.unescape(link[0])), form, fields)
    assert link[1] != "A form"
    if form.page.opens:
        assert "You began this form before" in (await opened.client.get(opened.page)).text
    await opened.client.post(f"/unfinished/{fields['intention'][0]}/discard", data={"csrf_token": fields["csrf_token"]})
    assert "There is none." in (await opened.client.get("/unfinished")).text


async def test_what_was_wrong_is_shown_by_a_page_that_can_be_opened_again(office: Office, form: FormEntry) -> None:
    opened = await office.opens(sender_of(form), form)
    fields = half_done(opened)

    refused = await opened.sends(fields)
    if refused.status_code == 303 or "Is this a second one?" in refused.text:
        return  # words are all that it asks

    assert refused.request.method == "GET"
    assert "There is a problem" in refused.text
    assert shows(refused, form, fields)
    assert shows(await opened.client.get(str(refused.url)), form, fields)


@pytest.mark.parametrize("form", KINDS, ids=lambda form: form.path)
async def test_a_form_whose_session_has_ended_is_there_after_the_sign_in(office: Office, form: FormEntry) -> None:
    opened = await office.opens(sender_of(form), form)
    before = await office.stored()
    fields = opened.right | half_done(opened)
    was, cookies = office.team.now, httpx.Cookies(opened.client.cookies)
    office.team.now = was + timedelta(minutes=31)
    try:
        sent_away = await opened.sends(fields)
        sign_in = await opened.client.get(sent_away.headers["location"])
        wanted = html.unescape(re.findall(r'name="next" value="([^"]+)"', sign_in.text)[0])
        await opened.client.post("/sign-in", data={"person": str(LEAD.id), "next": wanted})
        page = await opened.client.get(wanted)
    finally:
        office.team.now, opened.client.cookies = was, cookies

    assert "What you typed is kept." in sign_in.text
    assert shows(page, form, fields)
    assert SIGNED_OUT in page.text
    assert await office.stored() == before


@pytest.mark.parametrize("form", KINDS, ids=lambda form: form.path)
async def test_a_tab_from_before_the_sign_in_says_why_the_first_press_saved_nothing(
    office: Office, form: FormEntry
) -> None:
    opened = await office.opens(sender_of(form), form)
    before, cookies = await office.stored(), httpx.Cookies(opened.client.cookies)
    fields = opened.right | half_done(opened)
    await opened.client.post("/sign-in", data={"person": str(LEAD.id), "next": "/my-day"})
    try:
        page = await opened.sends(fields)
    finally:
        opened.client.cookies = cookies

    assert shows(page, form, fields)
    assert SIGNED_OUT in page.text
    assert await office.stored() == before


@pytest.mark.parametrize("form", KINDS, ids=lambda form: form.path)
async def test_what_is_stored_is_no_draft_any_more(office: Office, form: FormEntry) -> None:
    opened = await office.opens(sender_of(form), form)
    place = (await kept(opened, half_done(opened))).headers["content-location"]

    stored = await opened.sends()
    back = await opened.client.get(place)
    unfinished = (await opened.client.get("/unfinished")).text
    later = await kept(opened, half_done(opened), number=7)
    beside = await opened.client.get(later.headers["content-location"])

    assert stored.status_code == 303
    assert back.headers["location"] == stored.headers["location"]
    assert "There is none." in unfinished
    assert beside.status_code in {409, 422}
    assert "She looks away when it gets loud" in html.unescape(beside.text), "what is typed after it was stored"


async def test_a_page_that_somebody_else_opened_keeps_what_was_typed_for_them(office: Office) -> None:
    form = next(one for one in TYPED if one.path == "/families/{family_id}/sessions/new")
    opened = await office.opens(LEAD, form)
    other = next(
        person for person in office.clients if person is not LEAD and form.page.may.dependency.roles & person.roles
    )
    fields = opened.right | half_done(opened)

    refused = await office.clients[other].post(opened.address, data=fields)

    assert refused.status_code == 403
    assert "Someone else was signed in here" in refused.text
    assert "There is none." in (await office.clients[other].get("/unfinished")).text
    assert fields["intention"][0] in (await opened.client.get("/unfinished")).text


@pytest.mark.parametrize(
    "form", [form for form in FORMS if form.page.may is PUBLIC and form.page.template], ids=lambda form: form.path
)
async def test_what_the_public_sent_is_theirs_whoever_is_signed_in_beside_them(office: Office, form: FormEntry) -> None:
    opened = await office.opens(LEAD, form)

    refused = await opened.sends({**opened.empty, "intention": [str(new_id())]})
    async with client_of(office.app) as someone:
        again = await someone.get(str(refused.url))

    addresses = await office.connection.fetch("SELECT address FROM public.form_draft")
    assert (refused.status_code, again.status_code) == (422, 422)
    assert [row["address"] for row in addresses] == [""], "the address of a public page is a secret"
    assert "There is none." in (await opened.client.get("/unfinished")).text


async def test_what_was_typed_about_a_family_is_not_shown_to_whom_it_is_kept_from_since(office: Office) -> None:
    form = next(one for one in TYPED if one.path == "/families/{family_id}/sessions/new")
    opened = await office.opens(PRACTITIONER, form)
    place = (await kept(opened, half_done(opened))).headers["content-location"]
    await restrict(office.team, office.record.family.family_id, LEAD.id)

    page = await opened.client.get(place)

    assert page.status_code == 403
    assert "loud" not in page.text
    assert (await kept(opened, half_done(opened), number=2)).status_code == 204, "nor is it lost"


async def test_what_each_field_accepts_the_form_accepts(office: Office, form: FormEntry) -> None:
    opened = await office.opens(sender_of(form), form)
    questions = {name: form.page.form.questions()[name] for name in typed_in(form) if name in opened.right}
    full = opened.right | {name: [LETTER * one.most_characters] for name, one in questions.items()}
    over = opened.right | {name: [LETTER * (one.most_characters + 1)] for name, one in questions.items()}

    too_long = await opened.sends({**over, "intention": [str(new_id())]})
    kept_whole = await kept(opened, full)
    answer = await opened.sends(full)

    assert (too_long.status_code, kept_whole.status_code) == (422, 204)
    assert "characters or fewer" in too_long.text
    assert shows(too_long, form, {**over, "intention": forms_on(too_long, form)[0].fields["intention"]})
    assert answer.status_code == 303 or "characters or fewer" not in answer.text
