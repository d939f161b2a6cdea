"""Whoever enters something that must be answered at once sees that, and what to do, before anything else."""

import re
from typing import Any

import pytest
from sqlalchemy import func, select

from services.referral.database.contact_tables import task
from services.referral.staff.domain.task import SAFETY, TASK_RULES
from shared.staff.form_routes import FormEntry
from shared.testing.forms_in_page import problem_in
from shared.web.permissions import PUBLIC
from tests.referral.a_team import ATeam
from tests.referral.contacts.builders import a_family
from tests.referral.contacts.test_note_risk import note
from tests.referral.web.every_form import FORMS, WORDS, sender_of
from tests.referral.web.office import Office
from tests.referral.web.visitor import Visitor

_FAMILY = "/families/{family_id}"
ALARMS = {
    f"{_FAMILY}/sessions/new": {"concern": [WORDS], "action": [WORDS], "told": [WORDS]},
    f"{_FAMILY}/risk-notes": {},
    f"{_FAMILY}/measures/new": {"item_10": ["3"]},
    f"{_FAMILY}/measures/{{administration_id}}/correct": {"item_9": ["3"], "reason": [WORDS]},
}
"""Forms by which something is entered that must be answered at once, and what says so in them."""

INSTRUCTIONS = {TASK_RULES.of[kind].instructs for kind in SAFETY}


async def open_alarms(team: ATeam) -> int:
    async with team.engine.connect() as connection:
        query = select(func.count()).where(task.c.kind.in_(SAFETY), task.c.answered_at.is_(None))
        return await connection.scalar(query) or 0


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>([^<]*)", page)
    return found[1].strip() if found else ""


def title(page: str) -> str:
    found = re.search(r"<title>([^<]*)–", page)
    return found[1].strip() if found else ""


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.path)
async def test_whatever_must_be_answered_at_once_is_the_next_page(office: Office, form: FormEntry) -> None:
    if form.page.may is PUBLIC:
        return  # a parent's own page asks nothing of them: tests/referral/measures/web/test_measures.py
    opened, before = await office.opens(sender_of(form), form), await open_alarms(office.team)

    answer = await opened.sends(opened.right | ALARMS.get(form.path, {}))

    assert answer.status_code == 303, problem_in(answer.text)
    where = answer.headers["location"]
    raised = await open_alarms(office.team) - before
    assert (raised > 0) == (form.path in ALARMS)
    assert where.startswith("/tasks/") == (raised > 0)
    if raised:
        page = (await opened.client.get(where)).text
        assert heading(page) in INSTRUCTIONS
        assert title(page) == heading(page)
        assert "Record what you did" in page
        assert "Success" not in page
        assert "What you entered is saved" in page


def test_every_kind_about_safety_says_what_to_do_and_names_nobody() -> None:
    assert all(TASK_RULES.of[kind].instructs for kind in SAFETY)


async def test_after_the_answer_one_goes_on_to_what_was_entered(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    page = f"/families/{family.family_id}/risk-notes"
    words = {"concern": "A bruise.", "action": "Rang the duty desk.", "told": "The health visitor."}
    alarm = (await staff.posts(page, words, seen_on=page)).headers["location"]
    task_page = (await staff.client.get(alarm)).text
    form = re.search(r'<form method="post" action="(/tasks/[^"]+)"', task_page)
    assert form

    answer = await staff.posts(
        form[1].replace("&amp;", "&"), {"version": "1", "answer": "The family is safe."}, seen_on=alarm
    )

    assert answer.headers["location"] == f"{page}?done=noted"


@pytest.mark.parametrize("then", ["//evil.example", "https://evil.example", "\\evil.example"])
async def test_an_alarm_leads_on_to_nowhere_else(team: ATeam, staff: Visitor, then: str) -> None:
    family = await a_family(team)
    await note(family)
    task_id = await _the_task(team)

    page = await staff.client.get(f"/tasks/{task_id}", params={"then": then})

    assert "evil.example" not in page.text


async def _the_task(team: ATeam) -> Any:
    async with team.engine.connect() as connection:
        return await connection.scalar(select(task.c.id))


async def test_nothing_is_a_success_beside_what_nobody_has_answered(team: ATeam, staff: Visitor) -> None:
    family = await a_family(team)
    pages = [
        f"/families/{family.family_id}?done=paused",
        f"/families/{family.family_id}/sessions?done=recorded",
        f"/families/{family.family_id}/people?done=details",
    ]
    before = [(await staff.client.get(page)).text for page in pages]
    await note(family)

    after = [(await staff.client.get(page)).text for page in pages]

    assert [page.count("nhsuk-notification-banner--success") for page in before] == [1] * len(pages)
    assert [page.count("nhsuk-notification-banner--success") for page in after] == [0] * len(pages)
    assert all("The session is saved." in page for page in after[1:2])


@pytest.mark.parametrize(("danger", "worry"), [(True, False), (False, True)])
async def test_a_referral_in_which_somebody_is_in_danger_says_first_what_to_do(
    team: ATeam, staff: Visitor, *, danger: bool, worry: bool
) -> None:
    referral_id = (await team.receives(in_danger=danger)).referral_id
    here = f"/referrals/{referral_id}"
    if worry:
        asks = {
            "asked_for": "The phone number.",
            "chase_on-day": "16",
            "chase_on-month": "3",
            "chase_on-year": "2026",
            "safety_worry": "yes",
        }
        assert (await staff.posts(f"{here}/ask", {"version": "1", **asks}, seen_on=f"{here}/ask")).status_code == 303

    page = (await staff.client.get(f"{here}?done=asked")).text

    assert title(page) == "Check at once that they are safe"
    assert page.index("Check at once that they are safe", page.index("<main")) < page.index("<h1")
    assert "nhsuk-notification-banner--success" not in page
