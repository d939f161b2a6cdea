"""The diary, and what booking says of it before anything is stored."""

from datetime import date, timedelta

import pytest

from services.referral.contacts.domain.diary import Clash
from services.referral.contacts.web.booking_diary import LOOK
from services.referral.people.domain.subject import Baby
from shared.staff.colleagues import Colleagues
from shared.testing.forms_in_page import forms_in
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW
from tests.referral.contacts.builders import AFamily, a_family
from tests.referral.contacts.web.test_sessions import a_booking, books, records
from tests.referral.governance.builders import restrict
from tests.referral.web.visitor import ADMINISTRATOR, LEAD, PRACTITIONER, Visitor, client_of, pages_of

TOMORROW = NOW + timedelta(days=1)
"""Tuesday 3 March 2026, at the same time of the day."""


@pytest.fixture
async def family(team: ATeam) -> AFamily:
    return await a_family(team)


@pytest.fixture
def root(family: AFamily) -> str:
    return f"/families/{family.family_id}"


async def another(team: ATeam) -> AFamily:
    return await a_family(team, request={"nhs_number": None, "subject": Baby("Max Specimen", date(2025, 12, 1))})


async def booked(family: AFamily, *, days: int = 1) -> None:
    starts_at = NOW.replace(hour=10, minute=0) + timedelta(days=days)
    async with family.team.begin(family.practitioner) as work:
        await Colleagues(work.session).remember(PRACTITIONER.id, PRACTITIONER.name, PRACTITIONER.roles)
    await family.books(starts_at, practitioner_id=PRACTITIONER.id)


async def test_two_visits_at_once_are_said_and_booked_only_on_purpose(
    staff: Visitor, team: ATeam, family: AFamily, root: str
) -> None:
    await booked(await another(team))

    asked = await books(staff, root, family, starts_on="tomorrow", starts_at="10.30")
    (form,) = [one for one in forms_in(asked.text) if "starts_on" in one.fields]

    assert asked.status_code == 422
    assert "The practitioner has another visit at 10am." in asked.text
    assert "anyway" in form.offers
    assert "Max Specimen" in asked.text, "the diary stands beside the form"
    assert "No session yet" in (await staff.client.get(f"{root}/sessions")).text

    stored = await staff.client.post(str(asked.url), data={**form.fields, "anyway": "yes"})
    assert stored.status_code == 303
    assert "1 session:" in (await staff.client.get(f"{root}/sessions")).text


async def test_a_family_twice_on_a_day_is_said(staff: Visitor, family: AFamily, root: str) -> None:
    await booked(family)

    asked = await books(staff, root, family, starts_on="tomorrow", starts_at="4pm", people=[str(family.leonie)])

    assert asked.status_code == 422
    assert "The family has another visit that day, at 10am." in asked.text


async def test_a_second_visit_of_the_same_people_on_a_day_is_asked_about_once(
    staff: Visitor, family: AFamily, root: str
) -> None:
    await booked(family)

    asked = await books(staff, root, family, starts_on="tomorrow", starts_at="10.30")
    (form,) = [one for one in forms_in(asked.text) if "starts_on" in one.fields]
    stored = await staff.client.post(f"{root}/appointments/new", data=form.fields)

    assert (asked.status_code, stored.status_code) == (409, 303)
    assert "Is this a second one?" in asked.text


async def test_an_appointment_that_is_moved_into_another_is_said_too(
    staff: Visitor, team: ATeam, family: AFamily, root: str
) -> None:
    await booked(await another(team))
    await booked(family, days=2)
    page = (await staff.client.get(f"{root}/sessions")).text
    contact_id = page.partition(f"{root}/sessions/new?appointment=")[2][:36]
    move = f"{root}/appointments/{contact_id}/move"
    fields = {**a_booking(family), "version": "1", "starts_on": "tomorrow", "starts_at": "10"}
    for name in ("people", "kind", "note"):
        del fields[name]

    asked = await staff.posts(move, fields, seen_on=move)
    stored = await staff.posts(move, {**fields, "anyway": "yes"}, seen_on=move)

    assert (asked.status_code, stored.status_code) == (422, 303)
    assert "The practitioner has another visit at 10am." in asked.text


async def test_another_week_is_looked_at_without_losing_what_was_typed(
    staff: Visitor, team: ATeam, family: AFamily, root: str
) -> None:
    await booked(await another(team), days=8)

    page = await books(staff, root, family, starts_on="next tue", starts_at="", note="Bring the video.", then=LOOK)

    assert page.status_code == 200
    assert "Max Specimen" in page.text
    assert "Bring the video." in page.text
    assert "There is a problem" not in page.text


async def test_the_next_visit_is_suggested_as_the_last_two_were(staff: Visitor, family: AFamily, root: str) -> None:
    for days in (1, 15):
        await booked(family, days=days)

    form = (await staff.client.get(f"{root}/appointments/new?usual=yes")).text
    bare = (await staff.client.get(f"{root}/appointments/new")).text

    assert 'value="Tue 31 Mar 2026"' in form
    assert 'value="10:00"' in form
    assert 'value="Tue 31 Mar 2026"' not in bare


async def test_the_diary_shows_a_day_a_week_and_the_team(staff: Visitor, team: ATeam, family: AFamily) -> None:
    await booked(family)
    other = await another(team)
    await other.books(NOW.replace(hour=10, minute=0) + timedelta(days=2))

    today = (await staff.client.get("/diary")).text
    tomorrow = (await staff.client.get("/diary?day=2026-03-03")).text
    week = (await staff.client.get("/diary?span=week")).text
    everyone = (await staff.client.get("/diary?span=week&whose=team")).text

    assert "Shannon Example" not in today
    assert "Shannon Example, Leonie Example" in tomorrow
    assert "free" in tomorrow
    assert "Shannon Example" in week
    assert "Max Specimen" not in week
    assert "Max Specimen" in everyone


async def test_a_clash_is_marked_in_words(staff: Visitor, team: ATeam, family: AFamily) -> None:
    await booked(family)
    await booked(await another(team))

    page = (await staff.client.get("/diary?day=2026-03-03")).text
    table = (await staff.client.get("/diary.csv?day=2026-03-03")).text

    assert page.count(Clash.TWO_AT_ONCE.label) == 2
    assert "2 clash with another" in page
    assert table.count(Clash.TWO_AT_ONCE.label) == 2


async def test_a_visit_to_a_restricted_record_names_nobody(staff: Visitor, team: ATeam, family: AFamily) -> None:
    await booked(family)
    await restrict(team, family.family_id, LEAD.id)

    for page in ("/diary?day=2026-03-03", "/diary.csv?day=2026-03-03"):
        text = (await staff.client.get(page)).text
        assert "Restricted record" in text
        assert "Shannon" not in text


async def test_what_was_cancelled_is_not_in_the_diary(staff: Visitor, family: AFamily, root: str) -> None:
    await booked(family)
    contact_id = (await staff.client.get(f"{root}/sessions")).text.partition("?appointment=")[2][:36]
    cancel = f"{root}/appointments/{contact_id}/cancel"
    await staff.posts(cancel, {"version": "1", "attendance": "cancelled_by_family", "note": ""}, seen_on=cancel)

    assert "Shannon" not in (await staff.client.get("/diary?day=2026-03-03")).text
    again = await books(staff, root, family, starts_on="tomorrow", starts_at="10")
    assert again.status_code == 303


async def test_the_administrator_sees_the_teams_diary(team: ATeam, family: AFamily) -> None:
    await booked(family)
    async with client_of(pages_of(team)) as client:
        await Visitor(client).signs_in(ADMINISTRATOR)
        page = (await client.get("/diary?day=2026-03-03")).text

    assert "Shannon Example" in page


@pytest.mark.parametrize("query", ["day=soon", "day=1900-01-01", "span=year", "whose=someone", f"whose={'0' * 32}"])
async def test_what_is_no_diary_is_refused(staff: Visitor, query: str) -> None:
    assert (await staff.client.get(f"/diary?{query}")).status_code == 422


async def test_who_looked_is_in_the_audit_trail(staff: Visitor, team: ATeam, family: AFamily, root: str) -> None:
    await records(staff, root, family)
    await staff.client.get("/diary")
    await staff.client.get("/diary.csv")

    assert {"diary.read", "diary.export"} <= {action for action, _ in await team.audited()}
