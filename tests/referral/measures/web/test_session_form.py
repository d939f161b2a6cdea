"""Recording a session: nothing is said beforehand, the note starts from a template, and the measure comes along."""

import re
from typing import Any

import httpx
import pytest

from services.referral.contacts.domain.note_template import SHIPPED, NoteTemplateName
from services.referral.contacts.web.note_start import MY_LAST_NOTE
from shared.kernel.identifiers import new_id
from shared.testing.forms_in_page import FormInPage, forms_in
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.contacts.web.test_diary import booked
from tests.referral.contacts.web.test_sessions import records
from tests.referral.web.visitor import LEAD, Visitor, client_of, pages_of

EPDS = {f"item_{number}": "2" for number in range(1, 11)}
ATTENDED = re.compile(r'value="attended"[^>]*checked')


@pytest.fixture
async def family(team: ATeam) -> AFamily:
    return await a_family(team)


@pytest.fixture
def root(family: AFamily) -> str:
    return f"/families/{family.family_id}"


def the_form(page: str) -> FormInPage:
    (form,) = [one for one in forms_in(page) if "attendance" in one.offers]
    return form


async def measured(staff: Visitor, root: str, family: AFamily, **changes: Any) -> httpx.Response:
    usual = {"measure": "EPDS", "person_id": str(family.leonie), **EPDS}
    return await records(staff, root, family, **{**usual, **changes})


async def sessions_and_measures(staff: Visitor, root: str) -> tuple[bool, bool]:
    sessions = (await staff.client.get(f"{root}/sessions")).text
    measures = (await staff.client.get(f"{root}/measures.csv")).text
    return "1 session:" in sessions, "EPDS" in measures


async def test_attended_is_said_beforehand_only_of_a_booked_visit(
    staff: Visitor, team: ATeam, family: AFamily, root: str
) -> None:
    await booked(family)
    contact_id = (await staff.client.get(f"{root}/sessions")).text.partition("?appointment=")[2][:36]

    bare = (await staff.client.get(f"{root}/sessions/new")).text
    of_a_visit = (await staff.client.get(f"{root}/sessions/new?appointment={contact_id}")).text

    assert not ATTENDED.search(bare)
    assert ATTENDED.search(of_a_visit)
    assert team.now == NOW


async def test_the_measure_that_is_due_stands_beside_the_note_and_both_are_stored_by_one_press(
    staff: Visitor, family: AFamily, root: str
) -> None:
    form = the_form((await staff.client.get(f"{root}/sessions/new")).text)

    stored = await measured(staff, root, family)
    next_form = the_form((await staff.client.get(f"{root}/sessions/new")).text)

    assert form.fields["measure"] == ["EPDS"]
    assert stored.status_code == 303
    assert await sessions_and_measures(staff, root) == (True, True)
    assert next_form.fields["measure"] != ["EPDS"], "it is not due any more"


async def test_a_half_filled_measure_is_said_and_nothing_is_lost(staff: Visitor, family: AFamily, root: str) -> None:
    asked = await measured(staff, root, family, item_9="", item_10="")
    form = the_form(asked.text)

    assert asked.status_code == 422
    assert "EPDS is half filled in. Answer Item 9, Item 10, or tick “Not answered today”" in asked.text
    assert form.fields["note"] == ["We sang."]
    assert form.fields["item_8"] == ["2"]
    assert await sessions_and_measures(staff, root) == (False, False)

    without = await staff.client.post(str(asked.url), data={**form.fields, "not_answered": "yes"})
    assert without.status_code == 303
    assert await sessions_and_measures(staff, root) == (True, False)


async def test_a_session_without_the_measure_needs_no_answer(staff: Visitor, family: AFamily, root: str) -> None:
    stored = await measured(staff, root, family, **dict.fromkeys(EPDS, ""))

    assert stored.status_code == 303
    assert await sessions_and_measures(staff, root) == (True, False)


async def test_both_or_none_are_stored(staff: Visitor, family: AFamily, root: str) -> None:
    asked = await measured(staff, root, family, person_id=str(family.shannon))

    assert asked.status_code == 422
    assert "Choose the parent or carer whom the measure is about." in asked.text
    assert await sessions_and_measures(staff, root) == (False, False)


async def test_the_same_press_twice_is_one_session_and_one_measure(staff: Visitor, family: AFamily, root: str) -> None:
    once = {"intention": str(new_id())}
    for _ in range(2):
        assert (await measured(staff, root, family, **once)).status_code == 303

    assert (await staff.client.get(f"{root}/measures.csv")).text.count("EPDS") == 1
    assert "1 session:" in (await staff.client.get(f"{root}/sessions")).text


async def test_an_answer_about_self_harm_leads_to_what_must_be_done_today(
    staff: Visitor, family: AFamily, root: str
) -> None:
    stored = await measured(staff, root, family, item_10="1")

    assert stored.headers["location"].startswith("/tasks/")


@pytest.mark.parametrize("name", list(NoteTemplateName))
async def test_a_template_starts_an_empty_note_and_keeps_what_was_entered(
    staff: Visitor, family: AFamily, root: str, name: NoteTemplateName
) -> None:
    page = await records(staff, root, family, then=name.value, note="", attendance="", infant_voice="She smiled.")
    form = the_form(page.text)

    assert page.status_code == 200
    assert "There is a problem" not in page.text
    assert form.fields["note"][0].splitlines() == SHIPPED[name].splitlines()
    assert form.fields["infant_voice"] == ["She smiled."]


async def test_a_template_never_overwrites_a_note(staff: Visitor, family: AFamily, root: str) -> None:
    page = await records(staff, root, family, then="usual_visit")

    assert page.status_code == 422
    assert "The note is not empty, and what you wrote is kept." in page.text
    assert the_form(page.text).fields["note"] == ["We sang."]


async def test_my_last_note_is_a_template_too(staff: Visitor, family: AFamily, root: str) -> None:
    await records(staff, root, family)

    page = (await staff.client.get(f"{root}/sessions/new")).text
    begun = await records(staff, root, family, then=MY_LAST_NOTE, note="")

    assert "My last note, 2 Mar" in page
    assert the_form(begun.text).fields["note"] == ["We sang."]


async def test_the_teams_own_words_start_a_note(team: ATeam, staff: Visitor, family: AFamily, root: str) -> None:
    async with client_of(pages_of(team)) as client:
        lead = Visitor(client)
        await lead.signs_in(LEAD)
        page = "/settings/notes/usual_visit"
        saved = await lead.posts(page, {"number": "0", "text": "How was the week?"}, seen_on=page)
        listed = (await client.get(saved.headers["location"])).text

    begun = await records(staff, root, family, then="usual_visit", note="")

    assert "How was the week?" in listed
    assert the_form(begun.text).fields["note"] == ["How was the week?"]


async def test_the_next_visit_is_booked_from_the_same_press(staff: Visitor, family: AFamily, root: str) -> None:
    stored = await records(staff, root, family, then="book")
    page = (await staff.client.get(stored.headers["location"])).text

    assert stored.headers["location"] == f"{root}/appointments/new?usual=yes&done=recorded"
    assert "The session is saved." in page


async def test_a_call_needs_no_place_and_a_visit_does(staff: Visitor, family: AFamily, root: str) -> None:
    visit = await records(staff, root, family, venue="")
    call = await records(staff, root, family, venue="home", mode="telephone")

    assert (visit.status_code, call.status_code) == (422, 303)
    assert "Choose a place" in visit.text
    assert "Telephone or video" in (await staff.client.get(f"{root}/sessions")).text
