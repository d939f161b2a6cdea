"""The pages of sessions and appointments, as a practitioner uses them."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import insert, update

from services.referral.database.family_tables import access_need, family_member, person
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.web.visitor import ADMINISTRATOR, PRACTITIONER, Visitor, client_of, pages_of, visible_in


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def a_session(family: AFamily, **changes: Any) -> dict[str, Any]:
    return {
        "version": "",
        "held_on-day": "2",
        "held_on-month": "3",
        "held_on-year": "2026",
        "attendance": "attended",
        "people": [str(family.leonie), str(family.shannon)],
        "minutes": "50",
        "kind": "session",
        "mode": "face_to_face",
        "venue": "home",
        "practitioner": str(PRACTITIONER.id),
        "infant_voice": "Shannon turned towards the voice.",
        "note": "We sang.",
        "elements": ["story", "practical"],
        "supervision": "",
        "concern": "",
        "action": "",
        "told": "",
        **changes,
    }


def a_booking(family: AFamily, **changes: Any) -> dict[str, Any]:
    return {
        "starts_on": "9 mar",
        "starts_at": "2.30pm",
        "people": [str(family.leonie), str(family.shannon)],
        "kind": "session",
        "mode": "face_to_face",
        "venue": "family_hub",
        "practitioner": str(PRACTITIONER.id),
        "note": "",
        **changes,
    }


@pytest.fixture
async def family(team: ATeam) -> AFamily:
    return await a_family(team)


@pytest.fixture
def root(family: AFamily) -> str:
    return f"/families/{family.family_id}"


async def records(staff: Visitor, root: str, family: AFamily, **changes: Any) -> httpx.Response:
    page = f"{root}/sessions/new"
    return await staff.posts(page, a_session(family, **changes), seen_on=page)


async def books(staff: Visitor, root: str, family: AFamily, **changes: Any) -> httpx.Response:
    page = f"{root}/appointments/new"
    return await staff.posts(page, a_booking(family, **changes), seen_on=page)


async def first_session(staff: Visitor, root: str) -> str:
    """The address of the first session of the list."""
    found = re.search(rf'href="({root}/sessions/[0-9a-f-]{{36}})"', (await staff.client.get(f"{root}/sessions")).text)
    assert found
    return found[1]


async def test_a_session_is_recorded_from_the_familys_page_in_three_steps(
    staff: Visitor, family: AFamily, root: str
) -> None:
    form = (await staff.client.get(f"{root}/sessions/new")).text
    assert re.search(r'id="held_on-day"[^>]*value="2"', form)
    assert re.search(rf'value="{PRACTITIONER.id}"[^>]*selected', form)

    answer = await records(staff, root, family)

    assert (answer.status_code, answer.headers["location"]) == (303, f"{root}/sessions?done=recorded")
    page = (await staff.client.get(answer.headers["location"])).text
    assert "The session is saved." in page
    assert "50 minutes" in page
    session = (await staff.client.get(await first_session(staff, root))).text
    assert "Shannon turned towards the voice." in session
    assert "Hearing the family&#39;s story" in session


async def test_the_other_button_stores_the_session_and_goes_on_to_an_outcome_measure(
    staff: Visitor, family: AFamily, root: str
) -> None:
    answer = await records(staff, root, family, then="measure")

    session = (await first_session(staff, root)).rpartition("/")[2]
    assert (answer.status_code, answer.headers["location"]) == (303, f"{root}/measures/choose?session={session}")
    assert "1 session:" in (await staff.client.get(f"{root}/sessions")).text


async def test_the_next_form_is_filled_as_the_last_session_was(staff: Visitor, family: AFamily, root: str) -> None:
    await records(staff, root, family, venue="clinic", kind="review", people=str(family.leonie))

    form = (await staff.client.get(f"{root}/sessions/new")).text

    assert re.search(r'value="clinic"[^>]*checked', form)
    assert re.search(r'value="review"[^>]*selected', form)
    assert re.search(rf'value="{family.leonie}"[^>]*checked', form)
    assert not re.search(rf'value="{family.shannon}"[^>]*checked', form)


async def test_what_was_typed_is_kept_until_it_is_right(staff: Visitor, family: AFamily, root: str) -> None:
    for changes, sentence in (
        ({"minutes": ""}, "Enter the minutes, from 1 to 720."),
        ({"people": ""}, "Choose who was there, or who was expected"),
        ({"held_on-day": "3"}, "The day must be today or in the past"),
        ({"concern": "A bruise."}, "Write what you did at once, or why nothing was needed"),
        ({"practitioner": str(new_id())}, "Choose someone of the team."),
    ):
        answer = await records(staff, root, family, **changes)

        assert answer.status_code == 422, sentence
        assert sentence in answer.text
        assert "We sang." in answer.text
        assert "There is a problem" in answer.text
    assert "No session yet" in (await staff.client.get(f"{root}/sessions")).text


async def test_a_form_that_was_sent_twice_is_one_session(staff: Visitor, family: AFamily, root: str) -> None:
    fields = a_session(family, concern="A bruise.", action="Rang.", told="The lead.", intention=str(new_id()))

    for _ in range(2):
        answer = await staff.posts(f"{root}/sessions/new", fields, seen_on=f"{root}/sessions/new")
        assert answer.status_code == 303

    assert "1 session:" in (await staff.client.get(f"{root}/sessions")).text
    assert (await staff.client.get(f"{root}/risk-notes")).text.count("A bruise.") == 1


async def test_a_session_or_booking_that_was_corrected_before_the_answer_came_is_shown_beside_the_first(
    staff: Visitor, family: AFamily, root: str
) -> None:
    for send, words in ((records, "We sang."), (books, "Bring the video.")):
        once = {"intention": str(new_id())}
        await send(staff, root, family, note=words, **once)
        other = await send(staff, root, family, note=f"{words} And more.", **once)

        assert other.status_code == 409
        shown = visible_in(other.text)
        assert shown.index(words) < shown.index(f"{words} And more.")

    assert "2 sessions:" in (await staff.client.get(f"{root}/sessions")).text


async def test_a_session_is_changed_and_what_stood_there_is_shown(staff: Visitor, family: AFamily, root: str) -> None:
    await records(staff, root, family)
    session = await first_session(staff, root)
    form = (await staff.client.get(f"{session}/change")).text
    assert "We sang." in form

    changed = {**a_session(family), "version": hidden(form, "version"), "note": "We hummed."}
    for name in ("supervision", "concern", "action", "told"):
        del changed[name]
    answer = await staff.posts(f"{session}/change", changed, seen_on=f"{session}/change")

    assert answer.status_code == 303
    page = (await staff.client.get(answer.headers["location"])).text
    assert page.index("We hummed.") < page.index("What stood here before") < page.index("We sang.")

    stale = await staff.posts(f"{session}/change", {**changed, "note": "We danced."}, seen_on=f"{session}/change")
    assert stale.status_code == 409
    assert "We hummed." in stale.text
    assert "We danced." in stale.text


async def test_an_appointment_becomes_the_session(staff: Visitor, team: ATeam, family: AFamily, root: str) -> None:
    answer = await books(staff, root, family)
    assert answer.status_code == 303
    assert "Mon 9 Mar 14:30" in (await staff.client.get(f"{root}/sessions")).text
    appointment = await first_session(staff, root)
    team.now = NOW + timedelta(days=7, hours=8)
    await staff.signs_in(PRACTITIONER)
    form_page = f"{root}/sessions/new?appointment={appointment.rsplit('/', 1)[1]}"
    form = (await staff.client.get(form_page)).text
    assert re.search("Booked for <time[^>]*>Today 14:30", form)

    fields = a_session(family, version=hidden(form, "version"))
    answer = await staff.posts(form_page, {**fields, "held_on-day": "9"}, seen_on=form_page)

    assert answer.status_code == 303
    assert "1 session:" in (await staff.client.get(f"{root}/sessions")).text
    again = await staff.posts(form_page, {**fields, "held_on-day": "9"}, seen_on=form_page)
    assert again.status_code == 409
    assert "Someone recorded this appointment already" in again.text


async def test_an_appointment_is_moved_and_cancelled(staff: Visitor, family: AFamily, root: str) -> None:
    await books(staff, root, family)
    contact_id = (await first_session(staff, root)).rsplit("/", 1)[1]
    move, cancel = f"{root}/appointments/{contact_id}/move", f"{root}/appointments/{contact_id}/cancel"
    fields = {**a_booking(family), "version": "1", "starts_on": "next tue"}
    for name in ("people", "kind", "note"):
        del fields[name]

    moved = await staff.posts(move, fields, seen_on=move)
    stale = await staff.posts(move, fields, seen_on=move)
    cancelled = await staff.posts(
        cancel, {"version": "2", "attendance": "cancelled_by_family", "note": ""}, seen_on=cancel
    )

    assert (moved.status_code, stale.status_code, cancelled.status_code) == (303, 409, 303)
    page = (await staff.client.get(cancelled.headers["location"])).text
    assert "Cancelled by the family" in page
    assert "Booked for</dt>" in page.replace("\n", "").replace("  ", "")
    assert (await staff.client.get(move)).status_code == 303


async def test_a_time_that_london_skips_is_asked_for_again(staff: Visitor, family: AFamily, root: str) -> None:
    answer = await books(staff, root, family, starts_on="29/3", starts_at="1:30am")

    assert answer.status_code == 422
    assert "That time does not exist: the clocks go forward." in answer.text


@pytest.mark.parametrize("time", ["25:00", "half past two", "13pm", "2:75"])
async def test_what_is_no_time_is_asked_for_again(staff: Visitor, family: AFamily, root: str, time: str) -> None:
    answer = await books(staff, root, family, starts_at=time)

    assert answer.status_code == 422
    assert "Enter a time, like 10, 10.30 or 2pm" in answer.text


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("mon", "Today is Monday. Enter “today”, or 9 Mar"),
        ("9", "Enter the month too, like 3 dec or 3/12"),
        ("soon", "Enter a day, like tomorrow, mon, 3/12 or 3 dec"),
        ("", "Enter the day"),
    ],
)
async def test_a_day_that_is_not_clear_is_asked_for_again(
    staff: Visitor, family: AFamily, root: str, day: str, sentence: str
) -> None:
    answer = await books(staff, root, family, starts_on=day)

    assert answer.status_code == 422
    assert sentence in answer.text


async def test_of_twins_it_is_said_which_baby_was_there(
    staff: Visitor, team: ATeam, family: AFamily, root: str
) -> None:
    twin = new_id()
    async with team.engine.begin() as connection:
        await connection.execute(
            insert(person).values(
                id=twin,
                version=1,
                name="Sienna Example",
                born_on=TODAY - timedelta(days=133),
                birth_order=2,
                care_experienced="not_known",
                contact_unsafe=False,
                contact_note="",
            )
        )
        await connection.execute(update(person).where(person.c.id == family.shannon).values(birth_order=1))
        await connection.execute(
            insert(family_member).values(
                family_id=family.family_id, person_id=twin, number=9, kind="baby", from_on=TODAY
            )
        )
    form = (await staff.client.get(f"{root}/sessions/new")).text
    assert "This family has twins or more: tick each baby." in form
    assert not re.search(rf'value="{family.shannon}"[^>]*checked', form)

    neither = await records(staff, root, family, people=str(family.leonie))
    alone = await records(staff, root, family, people=str(family.leonie), no_baby="yes")
    one = await records(staff, root, family, people=[str(family.leonie), str(twin)])

    assert (neither.status_code, alone.status_code, one.status_code) == (422, 303, 303)
    assert "Tick each baby who was there" in neither.text
    assert "Sienna Example" in (await staff.client.get(f"{root}/sessions")).text


async def test_an_interpreter_is_thought_of_when_booking(
    staff: Visitor, team: ATeam, family: AFamily, root: str
) -> None:
    async with team.engine.begin() as connection:
        await connection.execute(
            insert(access_need).values(
                id=new_id(), version=1, person_id=family.leonie, asked_on=TODAY, interpreter_language="pol"
            )
        )
    form = (await staff.client.get(f"{root}/appointments/new")).text
    assert "Leonie Example: interpreter, Polish" in form

    without = await books(staff, root, family)
    booked = await books(staff, root, family, interpreter="booked")

    assert (without.status_code, booked.status_code) == (422, 303)
    assert "choose whether a professional one is booked" in without.text


async def test_the_list_is_filtered_by_its_address_and_downloads_what_it_shows(
    staff: Visitor, family: AFamily, root: str
) -> None:
    await records(staff, root, family)
    missed_too = {"attendance": "was_not_brought", "minutes": "", "infant_voice": "", "elements": "", "note": "-1"}
    await records(staff, root, family, **missed_too, store_too="yes")

    missed = (await staff.client.get(f"{root}/sessions?attendance=was_not_brought")).text
    none = (await staff.client.get(f"{root}/sessions?kind=review")).text
    table = (await staff.client.get(f"{root}/sessions.csv?attendance=was_not_brought")).text
    unknown = await staff.client.get(f"{root}/sessions?kind=dance")

    assert "1 session:" in missed
    assert "No session fits this filter." in none
    assert len(table.strip().splitlines()) == 2
    assert "'-1" in table
    assert unknown.status_code == 422


async def test_more_than_a_page_of_sessions_has_pages(staff: Visitor, family: AFamily, root: str) -> None:
    for _ in range(26):
        await family.has()

    second = (await staff.client.get(f"{root}/sessions?page=2")).text
    beyond = await staff.client.get(f"{root}/sessions?page=3")

    assert second.count("50 minutes") == 1
    assert beyond.status_code == 303


async def test_the_team_administrator_books_and_does_not_record(team: ATeam, family: AFamily, root: str) -> None:
    async with client_of(pages_of(team)) as client:
        administrator = Visitor(client)
        await administrator.signs_in(ADMINISTRATOR)
        page = (await client.get(f"{root}/sessions")).text
        booked = await books(administrator, root, family, practitioner=str(family.practitioner.id))
        recorded = await records(administrator, root, family, practitioner=str(family.practitioner.id))

    assert "Book an appointment" in page
    assert "Record a session" not in page
    assert (booked.status_code, recorded.status_code) == (303, 403)


async def test_each_page_that_was_read_is_in_the_audit_trail(
    staff: Visitor, team: ATeam, family: AFamily, root: str
) -> None:
    await records(staff, root, family)
    await staff.client.get(await first_session(staff, root))

    actions = {action for action, subject in await team.audited() if subject == family.family_id}

    assert {"sessions.read", "session.read", "contact.record"} <= actions


async def test_a_session_of_another_family_is_not_found(staff: Visitor, team: ATeam, family: AFamily) -> None:
    other = await a_family(team, request={"nhs_number": None})
    contact_id: UUID = await family.has()

    for end in ("", "/change"):
        answer = await staff.client.get(f"/families/{other.family_id}/sessions/{contact_id}{end}")
        assert answer.status_code == 404
